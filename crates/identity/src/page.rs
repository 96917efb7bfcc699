//! The pages of identity: parse, the same verbs, a template.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use base::id::SessionId;
use base::{Secret, Timestamp};
use kernel::captcha::{self, By, Presented, Purpose};
use kernel::web::body::Query;
use kernel::web::limit::Group;
use kernel::web::page::{self, Shell, View, done, html, html_with, local_path};
use kernel::web::problem::{Failure, Invalid, Problem};
use kernel::web::route::{Access, Route};
use kernel::web::trap::PublicForm;
use kernel::{App, Op};
use serde::Deserialize;

use crate::page_factor::go_on;
use crate::problem::Refused;
use crate::session::Opened;
use crate::signin::Finished;
use crate::{device, reset, session, signin, signup};

pub(crate) fn routes() -> Vec<Route> {
    use Access::{Open, Person};
    vec![
        Route::page("/", "home", Open, get(home)),
        Route::page("/login", "login", Open, get(show_login).post(login)).limited(Group::SignIn),
        Route::page("/logout", "logout", Access::Bare, post(logout)),
        Route::page("/signup", "signup", Open, get(show_signup).post(sign_up))
            .limited(Group::Letter),
        Route::page("/signup/sent", "signup_sent", Open, get(signup_sent)),
        Route::page("/confirm", "confirm", Open, get(show_confirm).post(confirm))
            .limited(Group::SignIn),
        Route::page("/recover", "recover", Open, get(show_recover).post(recover))
            .limited(Group::Letter),
        Route::page("/recover/sent", "recover_sent", Open, get(recover_sent)),
        Route::page("/reset", "reset", Open, get(show_reset).post(finish_reset))
            .limited(Group::SignIn),
        Route::page("/not-me", "not_me", Open, get(show_not_me).post(not_me))
            .limited(Group::SignIn),
        Route::page("/dashboard/sessions", "sessions", Person, get(sessions)),
        Route::page(
            "/dashboard/sessions/revoke-others",
            "sessions_revoke_others",
            Person,
            post(revoke_others),
        ),
        Route::page("/dashboard/sessions/{id}/revoke", "sessions_revoke", Person, post(revoke)),
    ]
}

/// How long a browser is remembered.
const BROWSER_LIFE_S: u64 = 400 * 86_400;

/// The headers that hand a browser its session, and a new one what it is known again by.
pub fn cookie(app: &App, opened: &Opened) -> AppendHeaders<Vec<(HeaderName, String)>> {
    let age = app.config.session.absolute().as_secs();
    let one = |name: String, value: &str, age: u64| {
        let text = format!("{name}={value}; Path=/; Max-Age={age}; Secure; HttpOnly; SameSite=Lax");
        (header::SET_COOKIE, text)
    };
    let mut all = vec![one(app.cookie_name(), opened.cookie.reveal(), age)];
    if let Some(browser) = &opened.browser {
        all.push(one(app.browser_cookie_name(), &browser.reveal(), BROWSER_LIFE_S));
    }
    AppendHeaders(all)
}

fn no_cookie_header(app: &App) -> [(HeaderName, String); 1] {
    let text = format!("{}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax", app.cookie_name());
    [(header::SET_COOKIE, text)]
}

async fn home(op: Op) -> Redirect {
    Redirect::to(if op.person().is_some() { "/dashboard" } else { "/login" })
}

#[derive(Template)]
#[template(path = "signin.html")]
struct SignInPage {
    shell: Shell,
    form: page::Form,
    next: String,
    sign_up_open: bool,
    captcha: captcha::View,
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
    /// What a mailed link brings instead of a solved challenge.
    #[serde(default)]
    pass: String,
}

async fn show_login(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Query(asked): Query<Next>,
) -> Result<Response, Failure> {
    let next = local_path(&asked.next).to_owned();
    if op.person().is_some() {
        return Ok(Redirect::to(&next).into_response());
    }
    let captcha = captcha::view(&app, &op, Purpose::SignIn, &asked.pass);
    sign_in_page(&app, &op, &view, (StatusCode::OK, page::Form::default()), (next, captcha))
}

fn sign_in_page(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    (status, form): (StatusCode, page::Form),
    (next, captcha): (String, captcha::View),
) -> Result<Response, Failure> {
    let shell = Shell::new(app, op, view, "title-signin")?;
    let sign_up_open = app.config.sign_up.open;
    let page = SignInPage { shell, form, next, sign_up_open, captcha };
    Ok(page.captcha.open(html_with(status, &page)?))
}

#[derive(Deserialize)]
struct LoginForm {
    email: String,
    password: Secret<String>,
    #[serde(default)]
    next: String,
    #[serde(flatten)]
    captcha: Presented,
}

async fn login(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    PublicForm(form): PublicForm<LoginForm, false>,
) -> Result<Response, Failure> {
    let next = local_path(&form.next).to_owned();
    let again = |status: StatusCode, email: String, why: Invalid, captcha: captcha::View| {
        let kept = page::Form::with([("email", email)]).refused(&app, &op, &[why]);
        sign_in_page(&app, &op, &view, (status, kept), (next.clone(), captcha))
    };
    let shown = |pass: &str| captcha::view(&app, &op, Purpose::SignIn, pass);
    let asked = (Purpose::SignIn, By::Page);
    if let Err(why) = captcha::check(&app, &op, asked, &form.email, &form.captcha).await {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return again(status, form.email, why.on_form(), shown("").after(true));
    }
    match signin::service::present_password(&app, &op, &form.email, &form.password).await {
        Ok(Finished::Open(opened)) => {
            Ok((cookie(&app, &opened), Redirect::to(&next)).into_response())
        }
        Ok(Finished::Next(begun)) => Ok(go_on(&app, &begun, &next)),
        Err(refused) => {
            let (status, text) = match &refused {
                Refused::WrongCredentials => (StatusCode::UNPROCESSABLE_ENTITY, "error-signin"),
                r if r.is_overloaded() => (StatusCode::SERVICE_UNAVAILABLE, "error-busy"),
                _ => return Err(refused.into()),
            };
            let captcha = shown(&form.captcha.pass);
            again(status, form.email, Invalid::new("email", text), captcha)
        }
    }
}

async fn logout(State(app): State<Arc<App>>, op: Op) -> Result<Response, Failure> {
    session::service::sign_out(&app, &op).await?;
    Ok((no_cookie_header(&app), done("/login", "signed-out")).into_response())
}

#[derive(Template)]
#[template(path = "signup.html")]
struct SignUpPage {
    shell: Shell,
    form: page::Form,
    captcha: captcha::View,
}

async fn show_signup(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Query(asked): Query<Next>,
) -> Result<Response, Failure> {
    if !app.config.sign_up.open {
        return Err(Refused::SignUpClosed.into());
    }
    let captcha = captcha::view(&app, &op, Purpose::SignUp, &asked.pass);
    sign_up_page(&app, &op, &view, (StatusCode::OK, page::Form::default()), captcha)
}

fn sign_up_page(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    (status, form): (StatusCode, page::Form),
    captcha: captcha::View,
) -> Result<Response, Failure> {
    let shell = Shell::new(app, op, view, "title-signup")?;
    let page = SignUpPage { shell, form, captcha };
    Ok(page.captcha.open(html_with(status, &page)?))
}

#[derive(Deserialize)]
struct SignUpForm {
    name: String,
    email: String,
    password: Secret<String>,
    #[serde(flatten)]
    captcha: Presented,
}

async fn sign_up(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    PublicForm(form): PublicForm<SignUpForm>,
) -> Result<Response, Failure> {
    let purpose = (Purpose::SignUp, By::Page);
    let solved = captcha::check(&app, &op, purpose, &form.email, &form.captcha).await;
    let asked = match &solved {
        Ok(()) => {
            signup::service::request(&app, &op, &form.email, &form.name, &form.password).await
        }
        Err(why) => Err(vec![why.on_form()].into()),
    };
    match asked {
        Ok(()) => Ok(Redirect::to("/signup/sent").into_response()),
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::with([("name", form.name), ("email", form.email)])
                .refused(&app, &op, &invalid);
            let kept = (StatusCode::UNPROCESSABLE_ENTITY, kept);
            let pass = if solved.is_ok() { form.captcha.pass.as_str() } else { "" };
            let captcha = captcha::view(&app, &op, Purpose::SignUp, pass).after(solved.is_err());
            sign_up_page(&app, &op, &view, kept, captcha)
        }
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Template)]
#[template(path = "sent.html")]
struct SentPage {
    shell: Shell,
    heading: String,
    text: String,
}

pub(crate) fn sent(app: &Arc<App>, op: &Op, view: &View, what: &str) -> Result<Response, Failure> {
    let heading = app.words(op.lang).get(&format!("sent-{what}-heading"));
    let text = app.words(op.lang).get(&format!("sent-{what}-text"));
    html(&SentPage { shell: Shell::new(app, op, view, "title-sent")?, heading, text })
}

async fn signup_sent(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    sent(&app, &op, &view, "signup")
}

async fn recover_sent(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
) -> Result<Response, Failure> {
    sent(&app, &op, &view, "recover")
}

#[derive(Deserialize)]
struct WithToken {
    #[serde(default)]
    token: String,
}

#[derive(Template)]
#[template(path = "confirm.html")]
struct ConfirmPage {
    shell: Shell,
    token: String,
}

async fn show_confirm(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Query(asked): Query<WithToken>,
) -> Result<Response, Failure> {
    // A button, not the mere visit: mail scanners follow links.
    let shell = Shell::new(&app, &op, &view, "title-confirm")?;
    html(&ConfirmPage { shell, token: asked.token })
}

async fn confirm(
    State(app): State<Arc<App>>,
    op: Op,
    PublicForm(form): PublicForm<WithToken, false>,
) -> Result<Response, Failure> {
    signup::service::confirm(&app, &op, &form.token).await?;
    Ok(done("/login", "confirmed"))
}

#[derive(Template)]
#[template(path = "not_me.html")]
struct NotMePage {
    shell: Shell,
    token: String,
}

async fn show_not_me(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Query(asked): Query<WithToken>,
) -> Result<Response, Failure> {
    let shell = Shell::new(&app, &op, &view, "title-not-me")?;
    html(&NotMePage { shell, token: asked.token })
}

async fn not_me(
    State(app): State<Arc<App>>,
    op: Op,
    PublicForm(form): PublicForm<WithToken, false>,
) -> Result<Response, Failure> {
    // Straight on to the new password: whoever has the letter has the mailbox.
    let link = device::service::not_me(&app, &op, &form.token).await?;
    let path = link.find("/reset").map_or("/recover", |at| &link[at..]);
    Ok((no_cookie_header(&app), Redirect::to(&format!("{path}&notice=not-me"))).into_response())
}

#[derive(Template)]
#[template(path = "recover.html")]
struct RecoverPage {
    shell: Shell,
    form: page::Form,
}

async fn show_recover(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
) -> Result<Response, Failure> {
    let shell = Shell::new(&app, &op, &view, "title-recover")?;
    html(&RecoverPage { shell, form: page::Form::default() })
}

#[derive(Deserialize)]
struct WithEmail {
    email: String,
}

async fn recover(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    PublicForm(form): PublicForm<WithEmail>,
) -> Result<Response, Failure> {
    match reset::service::request(&app, &op, &form.email).await {
        Ok(()) => Ok(Redirect::to("/recover/sent").into_response()),
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::with([("email", form.email)]).refused(&app, &op, &invalid);
            let shell = Shell::new(&app, &op, &view, "title-recover")?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &RecoverPage { shell, form: kept })
        }
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Template)]
#[template(path = "reset.html")]
struct ResetPage {
    shell: Shell,
    form: page::Form,
    token: String,
}

async fn show_reset(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Query(asked): Query<WithToken>,
) -> Result<Response, Failure> {
    let shell = Shell::new(&app, &op, &view, "title-reset")?;
    html(&ResetPage { shell, form: page::Form::default(), token: asked.token })
}

#[derive(Deserialize)]
struct ResetForm {
    token: String,
    password: Secret<String>,
}

async fn finish_reset(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    PublicForm(form): PublicForm<ResetForm>,
) -> Result<Response, Failure> {
    match reset::service::finish(&app, &op, &form.token, &form.password).await {
        Ok(()) => Ok(done("/login", "password-reset")),
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::default().refused(&app, &op, &invalid);
            let shell = Shell::new(&app, &op, &view, "title-reset")?;
            let page = ResetPage { shell, form: kept, token: form.token };
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(refused) => Err(refused.into()),
    }
}

struct SessionRow {
    id: String,
    current: bool,
    device: String,
    icon: String,
    address: String,
    near: Option<String>,
    created_at: Timestamp,
    last_active_at: Timestamp,
    method: String,
}

#[derive(Template)]
#[template(path = "sessions.html")]
struct SessionsPage {
    shell: Shell,
    sessions: Vec<SessionRow>,
    others: usize,
}

async fn sessions(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    let sessions: Vec<SessionRow> = session::service::list(&app, &op)?
        .into_iter()
        .map(|s| SessionRow {
            id: s.id.to_string(),
            current: s.current,
            icon: icon(&s.device).to_owned(),
            device: s.device,
            address: s.address,
            near: s.near,
            created_at: s.made_at,
            last_active_at: s.last_active_at,
            method: app
                .words(op.lang)
                .get(&format!("session-method-{}", s.method.replace('_', "-"))),
        })
        .collect();
    let others = sessions.iter().filter(|s| !s.current).count();
    html(&SessionsPage { shell: Shell::new(&app, &op, &view, "title-sessions")?, sessions, others })
}

fn icon(device: &str) -> &'static str {
    if device.contains("iPhone") || device.contains("Android") || device.contains("iPad") {
        "phone"
    } else if device.contains(" on ") {
        "laptop"
    } else {
        "terminal"
    }
}

async fn revoke(
    State(app): State<Arc<App>>,
    op: Op,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: SessionId = id.parse().map_err(|_| Problem::not_found())?;
    session::service::revoke(&app, &op, id).await?;
    Ok(done("/dashboard/sessions", "session-revoked"))
}

async fn revoke_others(State(app): State<Arc<App>>, op: Op) -> Result<Response, Failure> {
    session::service::revoke_others(&app, &op).await?;
    Ok(done("/dashboard/sessions", "others-revoked"))
}
