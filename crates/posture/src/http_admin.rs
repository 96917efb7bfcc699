//! The operator's JSON API of the proofs: run now, pause, resume. What they show is public already.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, post, put};
use kernel::web::body::Json;
use kernel::web::problem::Failure;
use kernel::web::route::{Access, Doc, Route};
use kernel::{App, Op};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::lever;

pub(crate) fn routes() -> Vec<Route> {
    use Access::Staff;
    vec![
        Route::api(
            "/api/v1/posture/run",
            "run_probes",
            Staff,
            post(run),
            Doc::new("post", "Run every probe now.", 202),
        ),
        Route::api(
            "/api/v1/posture/pause",
            "pause_probes",
            Staff,
            put(pause),
            Doc::new("put", "Stop all probes, with a public reason; proofs expire meanwhile.", 204)
                .takes::<Pause>(),
        ),
        Route::api(
            "/api/v1/posture/pause",
            "resume_probes",
            Staff,
            delete(resume),
            Doc::new("delete", "Let probes run again, at once.", 204),
        ),
    ]
}

/// Why probes are stopped; everybody reads it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Pause {
    why: String,
}

async fn run(State(app): State<Arc<App>>, op: Op) -> Result<Response, Failure> {
    lever::run_now(&app, &op).await?;
    Ok((StatusCode::ACCEPTED, Answer(serde_json::json!({}))).into_response())
}

async fn pause(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<Pause>,
) -> Result<StatusCode, Failure> {
    lever::pause(&app, &op, &body.why).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn resume(State(app): State<Arc<App>>, op: Op) -> Result<StatusCode, Failure> {
    lever::resume(&app, &op).await?;
    Ok(StatusCode::NO_CONTENT)
}
