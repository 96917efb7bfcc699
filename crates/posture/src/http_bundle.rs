//! `/security/bundle`: everything that a verifier needs, in one file. The format is in `docs/verify.md`.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base::{Fault, FaultKind};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::web::problem::{Failure, Problem};
use kernel::web::route::{Access, Route};
use kernel::{App, log};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{claim, evidence, http, run, view};

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::page("/security/bundle", "security_bundle", Access::Open, get(bundle))]
}

/// A falsification counts for thirty days; a day more, so that its edge is inside.
const DAYS: Duration = Duration::from_hours(31 * 24);
/// Leaves in one bundle.
const LEAVES_MAX: u64 = 1_000_000;

#[derive(Deserialize)]
struct Asked {
    /// The first leaf that is wanted, for whoever pinned an older checkpoint.
    from: Option<u64>,
}

async fn bundle(
    State(app): State<Arc<App>>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let whole = tokio::task::spawn_blocking(move || make(&app, asked.from))
        .await
        .map_err(|e| Fault::internal(format!("making a bundle: {e}")))?;
    let whole = whole?.ok_or_else(Problem::not_found)?;
    let headers = [
        (header::CONTENT_DISPOSITION, "attachment; filename=\"security-bundle.json\""),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    Ok((headers, Json(whole)).into_response())
}

/// The bundle of the last checkpoint; `None` before the first one.
pub(crate) fn make(app: &App, from: Option<u64>) -> Result<Option<Value>, Fault> {
    // The verdicts first: what is signed afterwards can only be newer than what they rest on.
    let security = http::document(app)?;
    let since = app.clock.now().minus(DAYS);
    let made = app.store.posture().read(|tx| {
        let Some(head) = log::head(tx)? else { return Ok(None) };
        let needed = [run::store::oldest_needed(tx, since)?, claim::store::oldest_promise(tx)?];
        let oldest = needed.into_iter().flatten().min().unwrap_or(0);
        let oldest = u64::try_from(oldest).unwrap_or(0).min(head.size);
        let from = from.unwrap_or(oldest).min(oldest);
        if head.size - from > LEAVES_MAX {
            return Err(Fault::new(FaultKind::Full, "too many leaves for one bundle: use tiles"));
        }
        let frontier = log::frontier(tx, from)?;
        let leaves = log::leaves(tx, from, head.size)?;
        Ok(Some((head, from, frontier, leaves)))
    })?;
    let Some((head, from, frontier, leaves)) = made else { return Ok(None) };
    let leaves: Vec<String> =
        leaves.iter().map(|leaf| String::from_utf8_lossy(leaf).into_owned()).collect();
    Ok(Some(json!({
        "format": "vouchsafe-bundle-v1",
        "security": security,
        "keys": http::keys_json(app)?,
        "checkpoint": head.note,
        "from": from,
        "frontier": frontier.iter().map(|h| STANDARD.encode(h.0)).collect::<Vec<_>>(),
        "leaves": leaves,
        "evidence": envelopes(app)?,
    })))
}

/// The envelopes that the present verdicts rest on, by hash.
fn envelopes(app: &App) -> Result<BTreeMap<String, Value>, Fault> {
    let mut wanted: Vec<String> = Vec::new();
    for judged in view::judged(app)? {
        wanted.extend(judged.evidence().map(str::to_owned));
        wanted.extend(judged.falsifications.last().map(|f| f.evidence.clone()));
    }
    let mut found = BTreeMap::new();
    for hash in wanted {
        let text = app.store.posture().read(|tx| evidence::store::find(tx, &hash))?;
        if let Some(text) = text {
            // As text: its hash is over these very bytes.
            found.insert(hash, Value::String(text));
        }
    }
    Ok(found)
}
