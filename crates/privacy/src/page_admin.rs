//! The operator's page of privacy: sub-processors, and who signed the agreement.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use base::id::ProcessorId;
use kernel::config::Outbound;
use kernel::web::body::Form;
use kernel::web::page::{self, Shell, View, done, html, html_with};
use kernel::web::problem::{Failure, Problem};
use kernel::web::route::{Access, Route};
use kernel::{Action, App, Op};
use serde::Deserialize;

use crate::dpa::service::{self as dpa, Shown};
use crate::problem::Refused;
use crate::processor::service::{self as processors, Typed};
use crate::processor::store::Processor;

/// Signatures on the page.
const SIGNATURES: i64 = 50;

pub(crate) fn routes() -> Vec<Route> {
    use Access::Staff;
    vec![
        Route::page("/admin/privacy", "admin_privacy", Staff, get(show).post(announce)),
        Route::page("/admin/privacy/processors/{id}/end", "admin_processor_end", Staff, post(end)),
    ]
}

#[derive(Template)]
#[template(path = "admin_privacy.html")]
struct PrivacyPage {
    shell: Shell,
    processors: Vec<Processor>,
    undeclared: Vec<Outbound>,
    signatures: Vec<Shown>,
    notice_days: u32,
    form: page::Form,
}

fn privacy_page(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    form: page::Form,
) -> Result<PrivacyPage, Failure> {
    op.permit(Action::SeePlatform)?;
    let processors = processors::all(app)?;
    Ok(PrivacyPage {
        shell: Shell::new(app, op, view, "title-admin-privacy")?,
        undeclared: processors::undeclared(app, &processors),
        processors,
        signatures: dpa::newest(app, op, SIGNATURES)?,
        notice_days: app.config.privacy.notice_days,
        form,
    })
}

async fn show(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    html(&privacy_page(&app, &op, &view, page::Form::default())?)
}

#[derive(Deserialize)]
struct NewForm {
    name: String,
    purpose: String,
    country: String,
    #[serde(default)]
    hosts: String,
    at_work: Option<String>,
}

async fn announce(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Form(form): Form<NewForm>,
) -> Result<Response, Failure> {
    let typed = Typed {
        name: &form.name,
        purpose: &form.purpose,
        country: &form.country,
        hosts: &form.hosts,
    };
    match processors::announce(&app, &op, &typed, form.at_work.is_some()).await {
        Ok(_) => Ok(done("/admin/privacy", "processor-announced")),
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::with([
                ("name", form.name),
                ("purpose", form.purpose),
                ("country", form.country),
                ("hosts", form.hosts),
                ("at_work", form.at_work.unwrap_or_default()),
            ])
            .refused(&app, &op, &invalid);
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &privacy_page(&app, &op, &view, kept)?)
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn end(
    State(app): State<Arc<App>>,
    op: Op,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: ProcessorId = id.parse().map_err(|_| Problem::not_found())?;
    processors::end(&app, &op, id).await?;
    Ok(done("/admin/privacy", "processor-ended"))
}
