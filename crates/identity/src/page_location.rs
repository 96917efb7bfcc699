//! The pages of a sign-in that waits for its mailed link: the one that waits, and the one that the link opens. Both work
//! without scripts.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use kernel::web::body::Query;
use kernel::web::limit::Group;
use kernel::web::page::{Shell, View, done, encode, html, local_path};
use kernel::web::problem::Failure;
use kernel::web::route::{Access, Route};
use kernel::web::trap::PublicForm;
use kernel::{App, Op};
use serde::Deserialize;

use crate::page_factor::attempt_cookie;
use crate::problem::Refused;
use crate::signin::{finish, location};

pub(crate) fn routes() -> Vec<Route> {
    use Access::Open;
    vec![
        Route::page("/login/location", "login_location", Open, get(show_waiting).post(resume))
            .limited(Group::SignIn),
        Route::page("/sign-in-here", "sign_in_here", Open, get(show_link).post(confirm))
            .limited(Group::SignIn),
        Route::page("/sign-in-here/refuse", "sign_in_not_here", Open, post(refuse))
            .limited(Group::SignIn),
    ]
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    next: String,
    /// Whether the person has pressed already, and the link was not used.
    #[serde(default)]
    early: bool,
}

#[derive(Template)]
#[template(path = "login_location.html")]
struct WaitingPage {
    shell: Shell,
    next: String,
    early: bool,
}

async fn show_waiting(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    match finish::waiting_as_begun(&app, &op, &attempt_cookie(&app, &headers)) {
        Ok(begun) if begun.next == location::STAGE => html(&WaitingPage {
            shell: Shell::new(&app, &op, &view, "title-location")?,
            next: local_path(&asked.next).to_owned(),
            early: asked.early,
        }),
        Ok(_) | Err(Refused::Gone) => Ok(anew()),
        Err(refused) => Err(refused.into()),
    }
}

/// The sign-in has waited too long, or is over: it begins anew.
fn anew() -> Response {
    Redirect::to("/login?notice=sign-in-anew").into_response()
}

async fn resume(
    State(app): State<Arc<App>>,
    op: Op,
    headers: HeaderMap,
    PublicForm(form): PublicForm<Asked, false>,
) -> Result<Response, Failure> {
    let next = local_path(&form.next);
    match location::resume(&app, &op, &attempt_cookie(&app, &headers)).await {
        Ok(Some(opened)) => Ok((crate::cookie(&app, &opened), Redirect::to(next)).into_response()),
        Ok(None) => {
            let to = format!("/login/location?early=true&next={}", encode(next));
            Ok(Redirect::to(&to).into_response())
        }
        Err(Refused::Gone) => Ok(anew()),
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Deserialize)]
struct WithToken {
    #[serde(default)]
    token: String,
}

#[derive(Template)]
#[template(path = "sign_in_here.html")]
struct LinkPage {
    shell: Shell,
    token: String,
    device: String,
    address: String,
}

async fn show_link(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Query(asked): Query<WithToken>,
) -> Result<Response, Failure> {
    // Buttons, not the mere visit: mail scanners follow links.
    let place = location::shown(&app, &op, &asked.token)?;
    let shell = Shell::new(&app, &op, &view, "title-location")?;
    let ip = place.address.parse().ok();
    let address = crate::place::beside(&app, op.lang, ip);
    html(&LinkPage { shell, token: asked.token, device: place.device, address })
}

async fn confirm(
    State(app): State<Arc<App>>,
    op: Op,
    headers: HeaderMap,
    PublicForm(form): PublicForm<WithToken, false>,
) -> Result<Response, Failure> {
    location::confirm(&app, &op, &form.token).await?;
    let here = finish::waiting_as_begun(&app, &op, &attempt_cookie(&app, &headers)).is_ok();
    // In another browser there is nothing to go on with.
    Ok(done(if here { "/login/location" } else { "/login" }, "location-confirmed"))
}

async fn refuse(
    State(app): State<Arc<App>>,
    op: Op,
    PublicForm(form): PublicForm<WithToken, false>,
) -> Result<Response, Failure> {
    location::refuse(&app, &op, &form.token).await?;
    Ok(done("/recover", "location-refused"))
}
