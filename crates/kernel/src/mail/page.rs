//! `/dev/mail`: the letters of an evaluation. Only there, and only for this machine.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base::{Fault, Timestamp};
use serde_json::json;

use super::{Letter, Sealed, lay_out, open, store};
use crate::app::App;
use crate::op::Op;
use crate::web::page::{Shell, View, html};
use crate::web::problem::{Failure, Problem};
use crate::web::route::{Access, Route};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::page("/dev/mail", "dev_mail", Access::Evaluation, get(list)),
        Route::page("/dev/mail.json", "dev_mail_json", Access::Evaluation, get(list_json)),
        Route::page("/dev/mail/{id}", "dev_mail_show", Access::Evaluation, get(show)),
        Route::page("/dev/mail/{id}/html", "dev_mail_html", Access::Evaluation, get(show_html)),
    ]
}

struct MailRow {
    id: String,
    to: String,
    subject: String,
    at: Timestamp,
}

#[derive(Template)]
#[template(path = "dev_mail.html")]
struct ListPage {
    shell: Shell,
    mails: Vec<MailRow>,
}

#[derive(Template)]
#[template(path = "dev_mail_show.html")]
struct ShowPage {
    shell: Shell,
    id: String,
    to: String,
    subject: String,
    at: Timestamp,
    text: String,
    links: Vec<String>,
}

fn kept(app: &App) -> Result<Vec<(String, Letter, Timestamp)>, Fault> {
    let rows = app.store.control().read(store::newest)?;
    let mut out = Vec::new();
    for (payload, at) in rows {
        if let Some((id, letter)) = parse(app, &payload)? {
            out.push((id, letter, at));
        }
    }
    Ok(out)
}

fn parse(app: &App, payload: &[u8]) -> Result<Option<(String, Letter)>, Fault> {
    let Ok(sealed) = serde_json::from_slice::<Sealed>(payload) else { return Ok(None) };
    Ok(open(app, &sealed)?.map(|letter| (sealed.id, letter)))
}

fn one(app: &App, id: &str) -> Result<(String, Letter, Timestamp), Failure> {
    let row = app.store.control().read(|tx| store::find(tx, id))?;
    let (payload, at) = row.ok_or_else(Problem::not_found)?;
    let (id, letter) = parse(app, &payload)?.ok_or_else(Problem::not_found)?;
    Ok((id, letter, at))
}

async fn list(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    let mails = kept(&app)?
        .into_iter()
        .map(|(id, letter, at)| MailRow { id, to: letter.to, subject: letter.subject, at })
        .collect();
    html(&ListPage { shell: Shell::new(&app, &op, &view, "title-mail")?, mails })
}

async fn list_json(State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let mut items = Vec::new();
    for (id, letter, at) in kept(&app)? {
        let (text, _) = lay_out(&app, &letter)?;
        items.push(
            json!({ "id": id, "to": letter.to, "subject": letter.subject, "at": at, "text": text }),
        );
    }
    Ok(axum::Json(json!({ "items": items })).into_response())
}

async fn show(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let (id, letter, at) = one(&app, &id)?;
    let (text, _) = lay_out(&app, &letter)?;
    let shell = Shell::new(&app, &op, &view, "title-mail")?;
    let links = letter.action.into_iter().map(|(_, url)| url).collect();
    html(&ShowPage { shell, id, to: letter.to, subject: letter.subject, at, text, links })
}

async fn show_html(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let (_, letter, _) = one(&app, &id)?;
    let (_, page) = lay_out(&app, &letter)?;
    // A letter carries its own style block, as mail programs load no sheets; nothing else may load or run.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'";
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, policy),
    ];
    Ok((headers, page).into_response())
}
