//! Where browsers without scripts have a link mailed that stands for a solved challenge.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use kernel::captcha::Purpose;
use kernel::web::limit::Group;
use kernel::web::page::{self, Shell, View, html_with};
use kernel::web::problem::Failure;
use kernel::web::route::{Access, Route};
use kernel::web::trap::PublicForm;
use kernel::{App, Op};
use serde::Deserialize;

use crate::page::sent;
use crate::problem::Refused;
use crate::signin::way;

pub(crate) fn routes() -> Vec<Route> {
    use Access::Open;
    vec![
        Route::page("/login/link", "login_link", Open, get(show_signin).post(mail_signin))
            .limited(Group::Letter),
        Route::page("/login/link/sent", "login_link_sent", Open, get(signin_sent)),
        Route::page("/signup/link", "signup_link", Open, get(show_signup).post(mail_signup))
            .limited(Group::Letter),
        Route::page("/signup/link/sent", "signup_link_sent", Open, get(signup_sent)),
    ]
}

#[derive(Template)]
#[template(path = "captcha_link.html")]
struct LinkPage {
    shell: Shell,
    form: page::Form,
    /// Where the form goes.
    path: &'static str,
    /// Where its reader came from.
    back: &'static str,
}

#[derive(Deserialize)]
struct OneEmail {
    email: String,
}

fn link_page(
    (app, op, view): (&Arc<App>, &Op, &View),
    purpose: Purpose,
    (status, form): (StatusCode, page::Form),
) -> Result<Response, Failure> {
    if purpose == Purpose::SignUp && !app.config.sign_up.open {
        return Err(Refused::SignUpClosed.into());
    }
    let shell = Shell::new(app, op, view, "title-captcha-link")?;
    let (path, back) = match purpose {
        Purpose::SignIn => ("/login/link", "/login"),
        Purpose::SignUp => ("/signup/link", "/signup"),
    };
    html_with(status, &LinkPage { shell, form, path, back })
}

async fn mail(
    (app, op, view): (&Arc<App>, &Op, &View),
    purpose: Purpose,
    email: String,
) -> Result<Response, Failure> {
    match way::request(app, op, purpose, &email).await {
        Ok(()) => {
            let page = match purpose {
                Purpose::SignIn => "/login/link/sent",
                Purpose::SignUp => "/signup/link/sent",
            };
            Ok(Redirect::to(page).into_response())
        }
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::with([("email", email)]).refused(app, op, &invalid);
            link_page((app, op, view), purpose, (StatusCode::UNPROCESSABLE_ENTITY, kept))
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn show_signin(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    let fresh = (StatusCode::OK, page::Form::default());
    link_page((&app, &op, &view), Purpose::SignIn, fresh)
}

async fn show_signup(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    let fresh = (StatusCode::OK, page::Form::default());
    link_page((&app, &op, &view), Purpose::SignUp, fresh)
}

async fn mail_signin(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    PublicForm(form): PublicForm<OneEmail>,
) -> Result<Response, Failure> {
    mail((&app, &op, &view), Purpose::SignIn, form.email).await
}

async fn mail_signup(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    PublicForm(form): PublicForm<OneEmail>,
) -> Result<Response, Failure> {
    mail((&app, &op, &view), Purpose::SignUp, form.email).await
}

async fn signin_sent(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    sent(&app, &op, &view, "link-signin")
}

async fn signup_sent(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    sent(&app, &op, &view, "link-signup")
}
