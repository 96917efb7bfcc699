//! The set-up wizard. Its last step, the first proof, is posture's.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base::Secret;
use kernel::config::Mode;
use kernel::web::body::{Form, Query};
use kernel::web::limit::Group;
use kernel::web::page::{self, Shell, View, html, html_with};
use kernel::web::problem::Failure;
use kernel::web::route::{Access, Route};
use kernel::web::trap::PublicForm;
use kernel::{App, Op};
use serde::Deserialize;

use crate::brand::service::DEFAULT_ACCENT;
use crate::page::see_other;
use crate::problem::Refused;
use crate::setup::service::{self, Typed};
use crate::{brand, setup};

pub(crate) fn routes() -> Vec<Route> {
    use Access::{Open, Staff};
    vec![
        Route::page("/setup", "setup", Open, get(show).post(complete)).limited(Group::SignIn),
        Route::page("/setup/look", "setup_look", Staff, get(show_look).post(look)),
        Route::page("/setup/mail", "setup_mail", Staff, get(show_mail).post(mail)),
        Route::page("/setup/kit", "setup_kit", Staff, get(show_kit).post(kit)),
        Route::page("/setup/kit.txt", "setup_kit_file", Staff, get(kit_file)),
    ]
}

#[derive(Template)]
#[template(path = "setup.html")]
struct SetupPage {
    shell: Shell,
    form: page::Form,
    token: String,
    expired: bool,
}

#[derive(Deserialize)]
struct WithToken {
    #[serde(default)]
    token: String,
}

fn setup_page(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    form: page::Form,
    token: String,
) -> Result<SetupPage, Failure> {
    let opens = app.store.control().read(|tx| identity::setup::opens(tx, &token, op.now))?;
    let shell = Shell::new(app, op, view, "title-setup")?;
    Ok(SetupPage { shell, form, token, expired: !opens })
}

async fn show(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Query(asked): Query<WithToken>,
) -> Result<Response, Failure> {
    let page = setup_page(&app, &op, &view, page::Form::default(), asked.token)?;
    let status = if page.expired { StatusCode::GONE } else { StatusCode::OK };
    html_with(status, &page)
}

#[derive(Deserialize)]
struct SetupForm {
    token: String,
    organisation: String,
    name: String,
    email: String,
    password: Secret<String>,
}

async fn complete(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    PublicForm(form): PublicForm<SetupForm, false>,
) -> Result<Response, Failure> {
    let typed = Typed {
        token: &form.token,
        organisation: &form.organisation,
        name: &form.name,
        email: &form.email,
        password: &form.password,
    };
    match setup::complete(&app, &op, &typed).await {
        Ok(complete) => {
            let cookie = identity::cookie(&app, &complete.opened);
            Ok((cookie, see_other("/setup/look")).into_response())
        }
        Err(Refused::Gone) => {
            let page = setup_page(&app, &op, &view, page::Form::default(), String::new())?;
            html_with(StatusCode::GONE, &page)
        }
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::with([
                ("organisation", form.organisation),
                ("name", form.name),
                ("email", form.email),
            ])
            .refused(&app, &op, &invalid);
            let page = setup_page(&app, &op, &view, kept, form.token)?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Template)]
#[template(path = "setup_look.html")]
struct LookPage {
    shell: Shell,
    form: page::Form,
}

/// The brand as a form shows it.
pub(crate) fn brand_form(app: &App) -> page::Form {
    let brand = app.brand.load();
    let accent = brand.accent.clone().unwrap_or_else(|| DEFAULT_ACCENT.to_owned());
    page::Form::with([("product", brand.product.clone()), ("accent", accent)])
}

async fn show_look(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    let shell = Shell::new(&app, &op, &view, "title-setup")?;
    html(&LookPage { shell, form: brand_form(&app) })
}

#[derive(Deserialize)]
pub(crate) struct LookForm {
    pub(crate) product: String,
    pub(crate) accent: String,
}

async fn look(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Form(form): Form<LookForm>,
) -> Result<Response, Failure> {
    match brand::service::change(&app, &op, &form.product, &form.accent).await {
        Ok(()) => Ok(see_other("/setup/mail")),
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::with([("product", form.product), ("accent", form.accent)])
                .refused(&app, &op, &invalid);
            let shell = Shell::new(&app, &op, &view, "title-setup")?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &LookPage { shell, form: kept })
        }
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Template)]
#[template(path = "setup_mail.html")]
struct MailPage {
    shell: Shell,
    smtp: bool,
    evaluation: bool,
    form: page::Form,
    sent: bool,
}

fn mail_page(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    form: page::Form,
    sent: bool,
) -> Result<MailPage, Failure> {
    Ok(MailPage {
        shell: Shell::new(app, op, view, "title-setup")?,
        smtp: app.config.mail.is_some(),
        evaluation: app.config.mode == Mode::Evaluation,
        form,
        sent,
    })
}

async fn show_mail(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    html(&mail_page(&app, &op, &view, page::Form::default(), false)?)
}

#[derive(Deserialize)]
struct MailForm {
    #[serde(default)]
    to: String,
    #[serde(rename = "do")]
    wanted: String,
}

async fn mail(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Form(form): Form<MailForm>,
) -> Result<Response, Failure> {
    if form.wanted != "test" {
        return Ok(see_other("/setup/kit"));
    }
    match service::test_mail(&app, &op, &form.to).await {
        Ok(()) => {
            let kept = page::Form::with([("to", form.to)]);
            html(&mail_page(&app, &op, &view, kept, true)?)
        }
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::with([("to", form.to)]).refused(&app, &op, &invalid);
            let page = mail_page(&app, &op, &view, kept, false)?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Template)]
#[template(path = "setup_kit.html")]
struct KitPage {
    shell: Shell,
    words: Vec<String>,
    form: page::Form,
    first: usize,
    second: usize,
}

fn kit_page(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    form: page::Form,
) -> Result<Option<KitPage>, Failure> {
    let kit = match service::kit(app, op) {
        Ok(kit) => kit,
        Err(Refused::Gone) => return Ok(None),
        Err(refused) => return Err(refused.into()),
    };
    let shell = Shell::new(app, op, view, "title-setup")?;
    let (first, second) = kit.asked;
    Ok(Some(KitPage { shell, words: kit.words, form, first, second }))
}

async fn show_kit(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    match kit_page(&app, &op, &view, page::Form::default())? {
        Some(page) => {
            service::note_shown(&app, &op).await?;
            html(&page)
        }
        None => Ok(see_other("/setup/proof")), // confirmed already: never shown again
    }
}

#[derive(Deserialize)]
struct KitForm {
    w_first: String,
    w_second: String,
}

async fn kit(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Form(form): Form<KitForm>,
) -> Result<Response, Failure> {
    match service::confirm_kit(&app, &op, &form.w_first, &form.w_second).await {
        Ok(()) | Err(Refused::Gone) => Ok(see_other("/setup/proof")),
        Err(Refused::Invalid(invalid)) => {
            let values = [("w_first", form.w_first), ("w_second", form.w_second)];
            let kept = page::Form::with(values).refused(&app, &op, &invalid);
            match kit_page(&app, &op, &view, kept)? {
                Some(page) => html_with(StatusCode::UNPROCESSABLE_ENTITY, &page),
                None => Ok(see_other("/setup/proof")),
            }
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn kit_file(State(app): State<Arc<App>>, op: Op) -> Result<Response, Failure> {
    let kit = service::kit(&app, &op)?;
    service::note_shown(&app, &op).await?;
    let lines: Vec<String> =
        kit.words.iter().enumerate().map(|(n, word)| format!("{:2} {word}", n + 1)).collect();
    let text = app.words(op.lang).with(
        "setup-kit-file",
        &[("product", &app.brand.load().product), ("installation", &app.installation)],
    );
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"recovery-kit.txt\""),
    ];
    Ok((headers, format!("{text}\n\n{}\n", lines.join("\n"))).into_response())
}
