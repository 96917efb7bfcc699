//! `/admin/jobs`: what waits, and what needs a person.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use base::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use store::queue;

use super::page::{Shell, View, html};
use super::problem::Failure;
use super::route::{Access, Doc, Route};
use crate::access::Action;
use crate::app::App;
use crate::op::Op;

const ROWS: i64 = 200;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::page("/admin/jobs", "admin_jobs", Access::Staff, get(list)),
        Route::api(
            "/api/v1/jobs",
            "list_jobs",
            Access::Staff,
            get(list_json),
            Doc::new("get", "Jobs that wait or failed, failed ones first.", 200)
                .answers::<JobList>(),
        ),
    ]
}

/// Jobs.
#[derive(Serialize, JsonSchema)]
struct JobList {
    items: Vec<JobBody>,
}

/// A job that is not done.
#[derive(Serialize, JsonSchema)]
struct JobBody {
    id: String,
    kind: String,
    /// `waiting` or `failed`.
    state: String,
    attempts: i64,
    due_at: String,
    last_error: Option<String>,
}

struct JobRow {
    id: String,
    kind: String,
    state: String,
    attempts: i64,
    due_at: Timestamp,
    error: Option<String>,
    place: String,
}

#[derive(Template)]
#[template(path = "admin_jobs.html")]
struct JobsPage {
    shell: Shell,
    jobs: Vec<JobRow>,
    waiting: usize,
    failed: usize,
}

async fn list(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    op.permit(Action::SeePlatform)?;
    let jobs: Vec<JobRow> = app
        .store
        .control()
        .read(|tx| queue::all(tx, ROWS))?
        .into_iter()
        .map(|job| JobRow {
            id: job.id.to_string(),
            kind: job.kind,
            state: job.state,
            attempts: job.attempts,
            due_at: job.due_at,
            error: job.last_error,
            place: "control".into(),
        })
        .collect();
    let failed = jobs.iter().filter(|j| j.state == "failed").count();
    let waiting = jobs.len() - failed;
    html(&JobsPage { shell: Shell::new(&app, &op, &view, "title-jobs")?, jobs, waiting, failed })
}

async fn list_json(State(app): State<Arc<App>>, op: Op) -> Result<Json<JobList>, Failure> {
    op.permit(Action::SeePlatform)?;
    let items = app
        .store
        .control()
        .read(|tx| queue::all(tx, ROWS))?
        .into_iter()
        .map(|job| JobBody {
            id: job.id.to_string(),
            kind: job.kind,
            state: job.state,
            attempts: job.attempts,
            due_at: job.due_at.iso(),
            last_error: job.last_error,
        })
        .collect();
    Ok(Json(JobList { items }))
}
