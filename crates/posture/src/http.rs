//! What outsiders fetch: the JSON, the evidence, the log, the keys.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base::Fault;
use kernel::web::problem::{Failure, Problem};
use kernel::web::route::{Access, Route};
use kernel::{App, log};
use serde_json::{Value, json};

use crate::{digest, evidence, lever, view};

pub(crate) fn routes() -> Vec<Route> {
    use Access::Open;
    vec![
        Route::page("/security.json", "security_json", Open, get(security)),
        Route::page("/security/evidence/{hash}", "security_evidence", Open, get(one_evidence)),
        Route::page("/security/keys", "security_keys", Open, get(keys)),
        Route::page("/checkpoint", "checkpoint", Open, get(checkpoint)),
        Route::page("/tile/{*path}", "tile", Open, get(tile)),
    ]
}

async fn security(State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let claims = view::claims_json(&app)?;
    let rows = json!(claims);
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for state in rows.as_array().into_iter().flatten().filter_map(|c| c["state"].as_str()) {
        *counts.entry(state).or_default() += 1;
    }
    let digests = digest::now(&app);
    let paused = app.store.posture().read(lever::store::find)?;
    let body = json!({
        "vendor": app.brand.load().product,
        "generated_at": app.clock.now(),
        "binary": format!("sha256:{}", digests.binary),
        "config": format!("sha256:{}", digests.config),
        "routes": format!("sha256:{}", digests.routes),
        "checkpoint": checkpoint_json(&app)?,
        "paused": paused.map(|(why, since)| json!({ "why": why, "since": since })),
        "counts": counts,
        "claims": rows,
    });
    let headers = [(header::CACHE_CONTROL, "no-cache")];
    Ok((headers, Json(body)).into_response())
}

fn checkpoint_json(app: &App) -> Result<Value, Fault> {
    let Some(head) = evidence::service::head(app)? else { return Ok(Value::Null) };
    let mut lines = head.note.lines();
    let (origin, root) = (lines.next(), lines.nth(1));
    Ok(json!({ "origin": origin, "size": head.size, "root": root, "at": head.at }))
}

async fn one_evidence(
    State(app): State<Arc<App>>,
    Path(hash): Path<String>,
) -> Result<Response, Failure> {
    let found = app.store.posture().read(|tx| evidence::store::find(tx, &hash))?;
    let envelope = found.ok_or_else(Problem::not_found)?;
    // Named by its own hash: it can never change.
    let headers = [
        (header::CONTENT_TYPE, "application/vnd.dsse+json"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, envelope).into_response())
}

async fn keys(State(app): State<Arc<App>>) -> Result<Json<Value>, Failure> {
    let public = evidence::note_key(&app)?;
    let private = audit::note_key(&app)?;
    let key = |name: &str, vkey: String, signs: &str| json!({ "name": name, "vkey": vkey, "algorithm": "ed25519", "signs": signs });
    Ok(Json(json!({ "keys": [
        key(public.name(), public.verifier_key(), "checkpoints and evidence of the public log"),
        key(private.name(), private.verifier_key(), "checkpoints of the private audit log"),
    ] })))
}

async fn checkpoint(State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let head = evidence::service::head(&app)?.ok_or_else(Problem::not_found)?;
    let headers =
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    Ok((headers, head.note).into_response())
}

async fn tile(State(app): State<Arc<App>>, Path(path): Path<String>) -> Result<Response, Failure> {
    let bytes =
        app.store.posture().read(|tx| log::tile(tx, &path))?.ok_or_else(Problem::not_found)?;
    let keep =
        if path.contains(".p/") { "no-cache" } else { "public, max-age=31536000, immutable" };
    let headers =
        [(header::CONTENT_TYPE, "application/octet-stream"), (header::CACHE_CONTROL, keep)];
    Ok((headers, bytes).into_response())
}
