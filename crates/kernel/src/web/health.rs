//! Liveness, readiness and figures for monitoring.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base::Fault;
use store::{Outbox, queue};

use super::problem::Failure;
use super::route::{Access, Route};
use crate::app::App;
use crate::settings;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::page("/healthz", "health", Access::Open, get(healthz)),
        Route::page("/readyz", "ready", Access::Open, get(readyz)),
        Route::page("/metrics", "metrics", Access::Evaluation, get(metrics)),
    ]
}

async fn healthz() -> &'static str {
    "ok\n"
}

/// `/metrics` alone, for a listener of its own.
pub fn metrics_router(app: &Arc<App>) -> axum::Router {
    axum::Router::new().route("/metrics", get(metrics)).with_state(Arc::clone(app))
}

/// Ready means: the control file answers.
async fn readyz(State(app): State<Arc<App>>) -> Response {
    match app.store.control().read(|tx| settings::find(tx, settings::INSTALLATION)) {
        Ok(_) => "ok\n".into_response(),
        Err(fault) => {
            tracing::error!(fault = %fault.chain(), "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "control data cannot be read\n").into_response()
        }
    }
}

/// OpenMetrics text.
async fn metrics(State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let (waiting, jobs) = app
        .store
        .control()
        .read(|tx| Ok::<_, Fault>((Outbox::waiting(tx)?, queue::all(tx, 10_000)?)))?;
    let failed = jobs.iter().filter(|j| j.state == "failed").count();
    let text = format!(
        "# TYPE vouchsafe_outbox_entries gauge\nvouchsafe_outbox_entries {waiting}\n\
         # TYPE vouchsafe_jobs gauge\nvouchsafe_jobs{{state=\"waiting\"}} {}\n\
         vouchsafe_jobs{{state=\"failed\"}} {failed}\n\
         # TYPE vouchsafe_open_tenants gauge\nvouchsafe_open_tenants {}\n{}# EOF\n",
        jobs.len() - failed,
        app.store.open_tenants(),
        app.proofs.metrics(&app)?,
    );
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}
