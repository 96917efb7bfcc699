//! `/security/bundle`: everything that a verifier needs, in one file. The format is in `docs/verify.md`.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base::Fault;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::web::problem::{Failure, Problem};
use kernel::web::route::{Access, Route};
use kernel::{App, log};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{evidence, http, view};

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::page("/security/bundle", "security_bundle", Access::Open, get(bundle))]
}

/// Leaves in one bundle.
const LEAVES_MAX: u64 = 500_000;

#[derive(Default)]
struct Turn(tokio::sync::Mutex<()>);

#[derive(Deserialize)]
struct Asked {
    /// The first leaf that is wanted, for whoever pinned an older checkpoint.
    from: Option<u64>,
}

async fn bundle(
    State(app): State<Arc<App>>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    // One at a time: each holds the whole log in memory for a moment.
    let turn = app.kept.get(Turn::default);
    let _turn = turn.0.lock().await;
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

/// Tries to catch a moment in which nothing is written.
const TRIES: usize = 20;

/// The bundle of the last checkpoint; `None` before the first one. Page and log are of one moment: a run that is
/// recorded between the two would make an honest page contradict its own log.
pub(crate) fn make(app: &App, from: Option<u64>) -> Result<Option<Value>, Fault> {
    for _ in 0..TRIES {
        let size = app.store.posture().read(log::size)?;
        let (security, evidence) = (http::document(app, &view::judged(app)?)?, envelopes(app)?);
        let read = app.store.posture().read(|tx| match log::head(tx)? {
            Some(head) if head.size == size => read(tx, head, from).map(Some),
            _ => Ok(None),
        })?;
        let Some((head, from, frontier, leaves)) = read else { continue };
        let leaves: Vec<String> =
            leaves.iter().map(|leaf| String::from_utf8_lossy(leaf).into_owned()).collect();
        return Ok(Some(json!({
            "format": "vouchsafe-bundle-v1",
            "security": security,
            "keys": http::keys_json(app)?,
            "checkpoint": head.note,
            "from": from,
            "frontier": frontier.iter().map(|h| STANDARD.encode(h.0)).collect::<Vec<_>>(),
            "leaves": leaves,
            "evidence": evidence,
        })));
    }
    Ok(None)
}

type Read = (log::Head, u64, Vec<ledger::Hash>, Vec<Vec<u8>>);

/// The leaves from `from` on; of a very long log the newest only, which a verifier calls partial.
fn read(tx: &::store::Tx<'_>, head: log::Head, from: Option<u64>) -> Result<Read, Fault> {
    let from = from.unwrap_or(0).min(head.size).max(head.size.saturating_sub(LEAVES_MAX));
    let frontier = log::frontier(tx, from)?;
    let leaves = log::leaves(tx, from, head.size)?;
    Ok((head, from, frontier, leaves))
}

/// The envelopes that the present verdicts rest on, by hash.
fn envelopes(app: &App) -> Result<BTreeMap<String, Value>, Fault> {
    let mut wanted: Vec<String> = Vec::new();
    for judged in view::judged(app)? {
        wanted.extend(judged.evidence().map(str::to_owned));
        wanted.extend(judged.falsification().map(str::to_owned));
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
