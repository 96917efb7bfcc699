//! The JSON API of a tenant's life.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use kernel::web::body::Json;
use kernel::web::membership;
use kernel::web::problem::Failure;
use kernel::web::route::{Access, Doc, Route};
use kernel::{Action, App, Op};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::life::service;

pub(crate) fn routes() -> Vec<Route> {
    let mut all = for_owners();
    all.extend(for_staff());
    all
}

fn for_owners() -> Vec<Route> {
    let close = Access::tenant(Action::CloseTenant);
    vec![
        Route::api(
            "/api/v1/tenants/{tenant}/close",
            "close_tenant",
            close,
            post(close_tenant),
            Doc::new("post", "Close a tenant. It can be opened again for thirty days.", 200)
                .takes::<Close>()
                .answers::<Closed>(),
        ),
        Route::api(
            "/api/v1/tenants/{tenant}/export",
            "export_tenant",
            close,
            get(export_tenant),
            Doc::new("get", "Everything that is kept about a tenant, but for its log.", 200),
        ),
        Route::api(
            "/api/v1/tenants/{tenant}/reopen",
            "reopen_tenant",
            Access::Person,
            post(reopen),
            Doc::new("post", "Open a tenant again that one closed as its owner.", 204),
        ),
    ]
}

fn for_staff() -> Vec<Route> {
    vec![
        Route::api(
            "/api/v1/platform/tenants/{tenant}/suspend",
            "suspend_tenant",
            Access::Staff,
            post(suspend),
            Doc::new("post", "Keep everybody out of a tenant; its owners are told why.", 204)
                .takes::<Suspend>(),
        ),
        Route::api(
            "/api/v1/platform/tenants/{tenant}/resume",
            "resume_tenant",
            Access::Staff,
            post(resume),
            Doc::new("post", "Let the people of a suspended tenant in again.", 204),
        ),
    ]
}

/// A word against slips.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Close {
    /// The tenant's slug.
    confirm: String,
}

/// A tenant that was closed.
#[derive(Serialize, JsonSchema)]
struct Closed {
    /// When it is deleted for good; until then it can be opened again.
    deleted_from: String,
}

/// Why a tenant is suspended.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Suspend {
    /// 12 to 500 characters; the owners read it.
    reason: String,
}

async fn close_tenant(
    State(app): State<Arc<App>>,
    op: Op,
    Path(wanted): Path<String>,
    Json(body): Json<Close>,
) -> Result<Answer<Closed>, Failure> {
    let own = membership(&app, &op, &wanted)?;
    let until = service::close(&app, &op, &own, &body.confirm).await?;
    Ok(Answer(Closed { deleted_from: until.iso() }))
}

async fn export_tenant(
    State(app): State<Arc<App>>,
    op: Op,
    Path(wanted): Path<String>,
) -> Result<Answer<serde_json::Value>, Failure> {
    let own = membership(&app, &op, &wanted)?;
    Ok(Answer(service::export(&app, &op, &own)?))
}

async fn reopen(
    State(app): State<Arc<App>>,
    op: Op,
    Path(wanted): Path<String>,
) -> Result<StatusCode, Failure> {
    service::reopen(&app, &op, &wanted).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn suspend(
    State(app): State<Arc<App>>,
    op: Op,
    Path(wanted): Path<String>,
    Json(body): Json<Suspend>,
) -> Result<StatusCode, Failure> {
    service::suspend(&app, &op, &wanted, &body.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn resume(
    State(app): State<Arc<App>>,
    op: Op,
    Path(wanted): Path<String>,
) -> Result<StatusCode, Failure> {
    service::resume(&app, &op, &wanted).await?;
    Ok(StatusCode::NO_CONTENT)
}
