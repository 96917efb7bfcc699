//! The operator's page of the proofs: run now, pause, resume.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use base::Timestamp;
use kernel::web::body::Form;
use kernel::web::page::{Shell, View, done, html, html_with};
use kernel::web::problem::Failure;
use kernel::web::route::{Access, Route};
use kernel::{Action, App, Op};
use serde::Deserialize;

use crate::canary::store as canaries;
use crate::page::{ClaimRow, claim_row};
use crate::run::store as runs;
use crate::{lever, view};

pub(crate) fn routes() -> Vec<Route> {
    use Access::Staff;
    vec![
        Route::page("/admin/posture", "admin_posture", Staff, get(show)),
        Route::page("/admin/posture/run", "admin_posture_run", Staff, post(run)),
        Route::page("/admin/posture/pause", "admin_posture_pause", Staff, post(pause)),
        Route::page("/admin/posture/resume", "admin_posture_resume", Staff, post(resume)),
    ]
}

#[derive(Template)]
#[template(path = "admin_posture.html")]
struct PosturePage {
    shell: Shell,
    claims: Vec<ClaimRow>,
    paused: Option<String>,
    canaries: i64,
    residue: i64,
    next_at: Option<Timestamp>,
}

fn page(app: &Arc<App>, op: &Op, view: &View) -> Result<PosturePage, Failure> {
    op.permit(Action::ManagePosture)?;
    let mut claims = Vec::new();
    let mut next_at = None;
    for judged in view::judged(app)? {
        next_at = next_at.max(judged.verdict.valid_until);
        claims.push(claim_row(app, &judged)?);
    }
    let (paused, ((canaries, retired), left)) = app.store.posture().read(|tx| {
        Ok::<_, base::Fault>((lever::store::find(tx)?, (canaries::count(tx)?, runs::residue(tx)?)))
    })?;
    let shell = Shell::new(app, op, view, "title-posture")?;
    Ok(PosturePage {
        shell,
        claims,
        paused: paused.map(|(why, _)| why),
        canaries,
        // Retired canaries are accounts still; and what probes could not clean up.
        residue: retired + left,
        next_at,
    })
}

async fn show(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    html(&page(&app, &op, &view)?)
}

async fn run(State(app): State<Arc<App>>, op: Op) -> Result<Response, Failure> {
    lever::run_now(&app, &op).await?;
    Ok(done("/admin/posture", "posture-run"))
}

#[derive(Deserialize)]
struct PauseForm {
    #[serde(default)]
    why: String,
}

async fn pause(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Form(form): Form<PauseForm>,
) -> Result<Response, Failure> {
    if form.why.trim().is_empty() {
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page(&app, &op, &view)?);
    }
    lever::pause(&app, &op, &form.why).await?;
    Ok(done("/admin/posture", "paused"))
}

async fn resume(State(app): State<Arc<App>>, op: Op) -> Result<Response, Failure> {
    lever::resume(&app, &op).await?;
    Ok(done("/admin/posture", "resumed"))
}
