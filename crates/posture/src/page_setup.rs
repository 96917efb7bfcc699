//! The last step of the set-up: the first proof, while it is made.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use kernel::web::page::{Shell, View, html, state_look};
use kernel::web::problem::Failure;
use kernel::web::route::{Access, Route};
use kernel::{Action, App, Op};

use crate::view;

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::page("/setup/proof", "setup_proof", Access::Staff, get(show))]
}

#[derive(Template)]
#[template(path = "setup_proof.html")]
struct ProofPage {
    shell: Shell,
    state: String,
    label: String,
    tone: String,
    mark: String,
    attempts: u64,
    violations: u64,
    measured: String,
    reason: Option<String>,
}

async fn show(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    op.permit(Action::ManagePosture)?;
    let judged = view::judged(&app)?;
    let first = judged.first();
    // Until the first run has ended there is nothing to say but that it is being made.
    let state = match first {
        Some(j) if j.history.probes.is_empty() => "running",
        Some(j) => j.verdict.state.word(),
        None => "unchecked",
    };
    let (tone, mark) = state_look(state);
    let verdict = first.map(|j| &j.verdict);
    let measured = verdict.and_then(|v| v.measured.as_ref());
    html(&ProofPage {
        shell: Shell::new(&app, &op, &view, "title-setup")?,
        label: app.words(op.lang).get(&format!("state-{state}")),
        state: state.to_owned(),
        tone: tone.to_owned(),
        mark: mark.to_owned(),
        attempts: verdict.map_or(0, |v| v.attempts),
        violations: verdict.map_or(0, |v| v.violations),
        measured: measured.map_or_else(String::new, |m| format!("{:.3} {}", m.value, m.unit)),
        reason: verdict.filter(|_| state != "running").and_then(|v| v.reason.clone()),
    })
}
