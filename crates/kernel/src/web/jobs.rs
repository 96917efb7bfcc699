//! `/admin/jobs`: what waits, and what needs a person.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use base::Timestamp;
use store::queue;

use super::page::{Shell, View, html};
use super::problem::Failure;
use super::route::{Access, Route};
use crate::access::Action;
use crate::app::App;
use crate::op::Op;

const ROWS: i64 = 200;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::page("/admin/jobs", "admin_jobs", Access::Staff, get(list))]
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
