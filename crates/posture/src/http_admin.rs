//! The operator's JSON API of the proofs: run, falsify, pause, publish, withdraw. What they show is public
//! already.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use kernel::web::body::Json;
use kernel::web::problem::Failure;
use kernel::web::route::{Access, Doc, Route};
use kernel::{Action, App, Op};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::view::ClaimJson;
use crate::{claim, lever, view};

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
                .takes::<Why>(),
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

/// What can be done about one claim.
pub(crate) fn of_claims() -> Vec<Route> {
    use Access::Staff;
    vec![
        Route::api(
            "/api/v1/posture/catalogue",
            "list_catalogue",
            Staff,
            get(catalogue),
            Doc::new("get", "All 336 claims of the catalogue with their states.", 200)
                .answers::<ClaimList>(),
        ),
        Route::api(
            "/api/v1/posture/claims/{claim}",
            "publish_claim",
            Staff,
            put(publish),
            Doc::new("put", "Publish a claim, or change its figures; the change is public.", 204)
                .takes::<Figures>(),
        ),
        Route::api(
            "/api/v1/posture/claims/{claim}/withdraw",
            "withdraw_claim",
            Staff,
            post(withdraw),
            Doc::new("post", "Withdraw a published claim, with a public reason.", 204)
                .takes::<Why>(),
        ),
        Route::api(
            "/api/v1/posture/claims/{claim}/pause",
            "pause_claim",
            Staff,
            post(pause_claim),
            Doc::new("post", "Stop the probe of one claim, with a public reason.", 204)
                .takes::<Why>(),
        ),
        Route::api(
            "/api/v1/posture/claims/{claim}/run",
            "run_claim",
            Staff,
            post(run_claim),
            Doc::new("post", "Run the probe of one claim now.", 202),
        ),
        Route::api(
            "/api/v1/posture/claims/{claim}/falsify",
            "falsify_claim",
            Staff,
            post(falsify_claim),
            Doc::new("post", "Show anew that the probe of one claim can fail, and run it.", 202),
        ),
    ]
}

/// A reason; everybody reads it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Why {
    why: String,
}

/// New values of a claim's figures, by name; those that are left out stay.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Figures {
    figures: BTreeMap<String, f64>,
}

/// The whole catalogue.
#[derive(Serialize, JsonSchema)]
struct ClaimList {
    items: Vec<ClaimJson>,
}

async fn run(State(app): State<Arc<App>>, op: Op) -> Result<Response, Failure> {
    lever::run_now(&app, &op).await?;
    Ok((StatusCode::ACCEPTED, Answer(serde_json::json!({}))).into_response())
}

async fn pause(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<Why>,
) -> Result<StatusCode, Failure> {
    lever::pause(&app, &op, &body.why).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn resume(State(app): State<Arc<App>>, op: Op) -> Result<StatusCode, Failure> {
    lever::resume(&app, &op).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn catalogue(State(app): State<Arc<App>>, op: Op) -> Result<Answer<ClaimList>, Failure> {
    op.permit(Action::ManagePosture)?;
    Ok(Answer(ClaimList { items: view::catalogue_json(&app)? }))
}

async fn publish(
    State(app): State<Arc<App>>,
    op: Op,
    Path(id): Path<String>,
    Json(body): Json<Figures>,
) -> Result<StatusCode, Failure> {
    claim::publish(&app, &op, &id, &body.figures).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn withdraw(
    State(app): State<Arc<App>>,
    op: Op,
    Path(id): Path<String>,
    Json(body): Json<Why>,
) -> Result<StatusCode, Failure> {
    claim::withdraw(&app, &op, &id, &body.why).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn pause_claim(
    State(app): State<Arc<App>>,
    op: Op,
    Path(id): Path<String>,
    Json(body): Json<Why>,
) -> Result<StatusCode, Failure> {
    claim::pause(&app, &op, &id, &body.why).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn run_claim(
    State(app): State<Arc<App>>,
    op: Op,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    lever::run_one(&app, &op, &id, false).await?;
    Ok(StatusCode::ACCEPTED)
}

async fn falsify_claim(
    State(app): State<Arc<App>>,
    op: Op,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    lever::run_one(&app, &op, &id, true).await?;
    Ok(StatusCode::ACCEPTED)
}
