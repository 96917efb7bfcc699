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
use kernel::{App, Mode, log};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use crate::canary::store as canaries;
use crate::http_cache as cache;
use crate::run::store as runs;
use crate::view::{self, ClaimJson, Judged};
use crate::{assess, digest, evidence, integrity};

pub(crate) fn routes() -> Vec<Route> {
    use Access::Open;
    vec![
        Route::page("/security.json", "security_json", Open, get(security)),
        Route::page("/security/schema.json", "security_schema", Open, get(schema)),
        Route::page("/security/evidence/{hash}", "security_evidence", Open, get(one_evidence)),
        Route::page("/security/keys", "security_keys", Open, get(keys)),
        Route::page("/checkpoint", "checkpoint", Open, get(checkpoint)),
        Route::page("/tile/{*path}", "tile", Open, get(tile)),
    ]
}

async fn security(State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let judged = view::judged(&app)?;
    let keep = cache::keep(&app, judged.iter(), false);
    Ok(cache::with(Json(document(&app, &judged)?).into_response(), &keep))
}

/// `/security.json`. Its schema is at `/security/schema.json`.
pub(crate) fn document(app: &App, judged: &[Judged]) -> Result<SecurityJson, Fault> {
    let claims: Vec<ClaimJson> = judged.iter().map(|j| view::claim_json(app, j)).collect();
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for claim in &claims {
        *counts.entry(claim.state).or_default() += 1;
    }
    let digests = digest::now(app);
    let (residue, (canaries, retired)) = app
        .store
        .posture()
        .read(|tx| Ok::<_, Fault>((runs::residue(tx)?, canaries::count(tx)?)))?;
    Ok(SecurityJson {
        schema: app.url("/security/schema.json"),
        vendor: app.brand.load().product.clone(),
        generated_at: app.clock.now().iso(),
        environment: view::environment(app, None),
        mode: if app.config.mode == Mode::Evaluation { "evaluation" } else { "production" },
        binary: format!("sha256:{}", digests.binary),
        config: format!("sha256:{}", digests.config),
        routes: format!("sha256:{}", digests.routes),
        checkpoint: checkpoint_json(app)?,
        paused: view::paused(app)?.map(|(why, since)| PausedJson { why, since: since.iso() }),
        doubt: integrity::doubt(app),
        overhead: assess::overhead(app),
        canaries,
        residue: residue + retired,
        counts,
        claims,
    })
}

/// The whole page for programs.
#[derive(Serialize, JsonSchema)]
pub(crate) struct SecurityJson {
    #[serde(rename = "$schema")]
    schema: String,
    vendor: String,
    generated_at: String,
    /// `real` or `shadow`.
    environment: &'static str,
    /// `evaluation` or `production`.
    mode: &'static str,
    binary: String,
    config: String,
    routes: String,
    checkpoint: Option<CheckpointJson>,
    paused: Option<PausedJson>,
    /// Why no line counts as proven although runs held: the log itself does not verify, say.
    doubt: Option<String>,
    /// What proving cost over the last hour, as a share of one core.
    overhead: f64,
    canaries: i64,
    /// Retired canaries whose accounts still exist, and what probes could not clean up.
    residue: i64,
    counts: BTreeMap<&'static str, u64>,
    claims: Vec<ClaimJson>,
}

#[derive(Serialize, JsonSchema)]
struct CheckpointJson {
    origin: String,
    size: u64,
    root: String,
    at: String,
}

#[derive(Serialize, JsonSchema)]
struct PausedJson {
    why: String,
    since: String,
}

async fn schema() -> Response {
    let schema = schemars::schema_for!(SecurityJson);
    let headers = [
        (header::CONTENT_TYPE, "application/schema+json"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    (headers, Json(schema)).into_response()
}

fn checkpoint_json(app: &App) -> Result<Option<CheckpointJson>, Fault> {
    let Some(head) = evidence::service::head(app)? else { return Ok(None) };
    let mut lines = head.note.lines().map(str::to_owned);
    let (origin, root) = (lines.next().unwrap_or_default(), lines.nth(1).unwrap_or_default());
    Ok(Some(CheckpointJson { origin, size: head.size, root, at: head.at.iso() }))
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
    Ok(Json(keys_json(&app)?))
}

/// The public keys, with what each signs.
pub(crate) fn keys_json(app: &App) -> Result<Value, Fault> {
    let public = evidence::note_key(app)?;
    let private = audit::note_key(app)?;
    let key = |name: &str, vkey: String, signs: &str| json!({ "name": name, "vkey": vkey, "algorithm": "ed25519", "signs": signs });
    Ok(json!({ "keys": [
        key(public.name(), public.verifier_key(), "checkpoints and evidence of the public log"),
        key(private.name(), private.verifier_key(), "checkpoints of the private audit log"),
    ] }))
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
