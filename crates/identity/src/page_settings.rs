//! The pages of one's own settings: name, password, colours and language.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use base::{Fault, Secret, Timestamp};
use kernel::text::Lang;
use kernel::web::body::Form;
use kernel::web::limit::Group;
use kernel::web::page::{
    self, LANG_COOKIE, Shell, THEME_COOKIE, View, done, html, html_with, local_path,
};
use kernel::web::problem::{Failure, Problem};
use kernel::web::route::{Access, Route};
use kernel::web::trap::PublicForm;
use kernel::{App, Op};
use serde::Deserialize;

use crate::problem::Refused;
use crate::{account, password};

pub(crate) fn routes() -> Vec<Route> {
    use Access::{Bare, Open, Person};
    vec![
        Route::page("/dashboard/settings", "settings", Bare, get(settings)),
        Route::page("/dashboard/settings/profile", "settings_profile", Person, post(rename)),
        Route::page("/dashboard/settings/password", "settings_password", Bare, post(change)),
        Route::page("/dashboard/settings/theme", "settings_theme", Person, post(set_theme)),
        Route::page("/language", "language", Open, post(set_language)).limited(Group::SignIn),
    ]
}

#[derive(Template)]
#[template(path = "settings.html")]
struct SettingsPage {
    shell: Shell,
    name: String,
    email: String,
    changed_at: Timestamp,
    profile: page::Form,
    password: page::Form,
}

fn settings_page(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    profile: page::Form,
    password: page::Form,
) -> Result<SettingsPage, Failure> {
    let account = op.person().ok_or_else(Problem::not_signed_in)?.account;
    let known = account::service::get(app, account)?.ok_or_else(Problem::not_found)?;
    Ok(SettingsPage {
        shell: Shell::new(app, op, view, "title-settings")?,
        name: known.name.reveal().clone(),
        email: known.email.reveal().to_owned(),
        changed_at: known.password_changed_at,
        profile,
        password,
    })
}

async fn settings(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    html(&settings_page(&app, &op, &view, page::Form::default(), page::Form::default())?)
}

#[derive(Deserialize)]
struct ProfileForm {
    name: String,
}

async fn rename(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Form(form): Form<ProfileForm>,
) -> Result<Response, Failure> {
    match account::service::rename(&app, &op, &form.name).await {
        Ok(()) => Ok(done("/dashboard/settings", "profile-saved")),
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::with([("name", form.name)]).refused(&app, &op, &invalid);
            let page = settings_page(&app, &op, &view, kept, page::Form::default())?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Deserialize)]
struct PasswordForm {
    current: Secret<String>,
    password: Secret<String>,
}

async fn change(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Form(form): Form<PasswordForm>,
) -> Result<Response, Failure> {
    match password::service::change(&app, &op, &form.current, &form.password).await {
        Ok(()) => Ok(done("/dashboard/settings", "password-changed")),
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::default().refused(&app, &op, &invalid);
            let page = settings_page(&app, &op, &view, page::Form::default(), kept)?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Deserialize)]
struct ThemeForm {
    theme: String,
}

async fn set_theme(Form(form): Form<ThemeForm>) -> Result<Response, Failure> {
    let theme = match form.theme.as_str() {
        chosen @ ("dark" | "light") => chosen,
        _ => "system",
    };
    let text = format!("{THEME_COOKIE}={theme}; Path=/; Max-Age=31536000; SameSite=Lax");
    let value = HeaderValue::from_str(&text)
        .map_err(|_| Fault::internal("a theme is not a header value"))?;
    Ok(([(header::SET_COOKIE, value)], done("/dashboard/settings", "theme-saved")).into_response())
}

#[derive(Deserialize)]
struct LanguageForm {
    lang: String,
    #[serde(default)]
    next: String,
}

/// Chooses a language for this browser, and for letters to whoever is signed in.
async fn set_language(
    State(app): State<Arc<App>>,
    op: Op,
    PublicForm(form): PublicForm<LanguageForm, false>,
) -> Result<Response, Failure> {
    let lang = Lang::parse(&form.lang).ok_or_else(Problem::not_found)?;
    if op.person().is_some() {
        account::service::set_lang(&app, &op, lang).await?;
    }
    let text = format!("{LANG_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax", lang.code());
    let next = if form.next.is_empty() { "/" } else { local_path(&form.next) };
    Ok(([(header::SET_COOKIE, text)], Redirect::to(next)).into_response())
}
