//! The pages of second factors: presenting one, setting them up, showing again who one is. Everything but passkeys
//! works without scripts.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use base::id::PasskeyId;
use base::{Secret, Timestamp};
use kernel::text::Words;
use kernel::web::body::{Form, Query};
use kernel::web::limit::Group;
use kernel::web::page::{self, Shell, View, done, html, html_with, local_path};
use kernel::web::problem::{Failure, Invalid, Problem};
use kernel::web::route::{Access, Route};
use kernel::web::trap::PublicForm;
use kernel::{App, HardwareKey, Op};
use serde::Deserialize;

use crate::factor::{Method, passkey, phone, service, totp};
use crate::problem::Refused;
use crate::signin::finish::Begun;
use crate::signin::{Finished, finish, location, show};

const HERE: &str = "/dashboard/security";

pub(crate) fn routes() -> Vec<Route> {
    use Access::{Bare, Open};
    vec![
        Route::page("/login/factor", "second_factor", Open, get(show_factor).post(present))
            .limited(Group::SignIn),
        Route::page("/login/factor/code", "second_factor_code", Open, post(send_code))
            .limited(Group::SignIn),
        Route::page("/show", "show_again_page", Bare, get(show_show).post(show_again)),
        Route::page(HERE, "account_security", Bare, get(security)),
        Route::page("/dashboard/security/totp", "totp", Bare, get(show_totp).post(enrol_totp)),
        Route::page("/dashboard/security/totp/confirm", "totp_confirm", Bare, post(confirm_totp)),
        Route::page("/dashboard/security/totp/remove", "totp_remove", Bare, post(remove_totp)),
        Route::page(
            "/dashboard/security/backup-codes",
            "backup_codes",
            Bare,
            post(create_backup_codes),
        ),
        Route::page("/dashboard/security/mail-codes", "mail_codes", Bare, post(set_mail_codes)),
        Route::page("/dashboard/security/phone", "phone", Bare, post(begin_phone)),
        Route::page(
            "/dashboard/security/phone/confirm",
            "phone_confirm",
            Bare,
            post(confirm_phone),
        ),
        Route::page("/dashboard/security/phone/remove", "phone_remove", Bare, post(remove_phone)),
        Route::page(
            "/dashboard/security/passkeys/{id}/name",
            "passkey_name",
            Bare,
            post(rename_passkey),
        ),
        Route::page(
            "/dashboard/security/passkeys/{id}/remove",
            "passkey_remove",
            Bare,
            post(remove_passkey),
        ),
    ]
}

fn attempt_name(app: &App) -> String {
    format!("{}-attempt", app.cookie_name())
}

/// The cookie of a sign-in that waits.
pub(crate) fn attempt_cookie(app: &App, headers: &HeaderMap) -> String {
    kernel::web::cookie(headers, &attempt_name(app)).unwrap_or_default().to_owned()
}

/// The header that hands a browser its waiting sign-in, for as long as any of its steps may take.
pub(crate) fn begun_cookie(app: &App, begun: &Begun) -> (HeaderName, String) {
    let text = format!(
        "{}={}; Path=/; Max-Age=1800; Secure; HttpOnly; SameSite=Lax",
        attempt_name(app),
        begun.cookie.reveal()
    );
    (header::SET_COOKIE, text)
}

/// Leads a browser whose sign-in waits to the page of its next step.
pub(crate) fn go_on(app: &App, begun: &Begun, next: &str) -> Response {
    let step = if begun.next == location::STAGE { "/login/location" } else { "/login/factor" };
    let to = format!("{step}?next={}", page::encode(next));
    ([begun_cookie(app, begun)], Redirect::to(&to)).into_response()
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    method: String,
    #[serde(default)]
    next: String,
}

struct Way {
    word: &'static str,
    label: String,
    icon: &'static str,
}

fn way(words: Words<'_>, method: Method) -> Way {
    let icon = match method {
        Method::Backup => "key",
        Method::Mail => "mail",
        Method::Passkey => "passkey",
        Method::Sms | Method::Totp => "phone",
    };
    let id = format!("factor-way-{}", method.word().replace('_', "-"));
    Way { word: method.word(), label: words.get(&id), icon }
}

#[derive(Template)]
#[template(path = "second_factor.html")]
struct FactorPage {
    shell: Shell,
    form: page::Form,
    method: &'static str,
    others: Vec<Way>,
    passkey: bool,
    left: i64,
    next: String,
}

async fn show_factor(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let cookie = attempt_cookie(&app, &headers);
    match factor_page(&app, &op, &view, &cookie, &asked, page::Form::default()) {
        Ok(page) => html(&page),
        // The sign-in has waited too long, or is over: it begins anew.
        Err(Failure::Problem(p)) if p.status == StatusCode::GONE => {
            Ok(Redirect::to("/login?notice=sign-in-anew").into_response())
        }
        Err(failure) => Err(failure),
    }
}

fn factor_page(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    cookie: &str,
    asked: &Asked,
    form: page::Form,
) -> Result<FactorPage, Failure> {
    let factors = finish::methods(app, op, cookie)?;
    let methods = factors.methods();
    let wanted = Method::parse(&asked.method).filter(|m| methods.contains(m));
    let chosen = wanted.or_else(|| methods.iter().copied().find(|m| *m != Method::Passkey));
    let chosen = chosen.unwrap_or(Method::Passkey);
    let words = app.words(op.lang);
    let others = methods.iter().filter(|m| **m != chosen && **m != Method::Passkey);
    Ok(FactorPage {
        shell: Shell::new(app, op, view, "title-factor")?,
        form,
        method: chosen.word(),
        others: others.map(|m| way(words, *m)).collect(),
        passkey: methods.contains(&Method::Passkey),
        left: factors.backup_codes_left,
        next: local_path(&asked.next).to_owned(),
    })
}

#[derive(Deserialize)]
struct FactorForm {
    method: String,
    code: Secret<String>,
    #[serde(default)]
    next: String,
}

async fn present(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    headers: HeaderMap,
    PublicForm(form): PublicForm<FactorForm, false>,
) -> Result<Response, Failure> {
    let cookie = attempt_cookie(&app, &headers);
    let method = Method::parse(&form.method).ok_or_else(Problem::not_found)?;
    match finish::present_code(&app, &op, &cookie, method, form.code.reveal()).await {
        Ok(Finished::Open(opened)) => {
            let next = local_path(&form.next);
            Ok((crate::cookie(&app, &opened), Redirect::to(next)).into_response())
        }
        Ok(Finished::Next(begun)) => Ok(go_on(&app, &begun, local_path(&form.next))),
        Err(Refused::Gone) => Ok(Redirect::to("/login?notice=sign-in-anew").into_response()),
        Err(Refused::WrongFactor) => {
            let invalid = [Invalid::new("code", "error-code-wrong")];
            let kept = page::Form::default().refused(&app, &op, &invalid);
            let asked = Asked { method: form.method, next: form.next };
            let page = factor_page(&app, &op, &view, &cookie, &asked, kept)?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn send_code(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    headers: HeaderMap,
    PublicForm(form): PublicForm<Asked, false>,
) -> Result<Response, Failure> {
    let cookie = attempt_cookie(&app, &headers);
    let method = Method::parse(&form.method).ok_or_else(Problem::not_found)?;
    match finish::send_code(&app, &op, &cookie, method).await {
        Ok(()) => {
            let next = page::encode(local_path(&form.next));
            let to = format!("/login/factor?method={}&next={next}&notice=code-sent", form.method);
            Ok(Redirect::to(&to).into_response())
        }
        Err(Refused::Gone) => Ok(Redirect::to("/login?notice=sign-in-anew").into_response()),
        Err(Refused::Invalid(mut invalid)) => {
            invalid.iter_mut().for_each(|i| i.field = "code");
            let kept = page::Form::default().refused(&app, &op, &invalid);
            let page = factor_page(&app, &op, &view, &cookie, &form, kept)?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Template)]
#[template(path = "show.html")]
struct ShowPage {
    shell: Shell,
    form: page::Form,
    passkey: bool,
    totp: bool,
    backup: bool,
    password: bool,
    key: HardwareKey,
    next: String,
}

fn show_page(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    next: &str,
    form: page::Form,
) -> Result<ShowPage, Failure> {
    let ways = show::ways(app, op)?;
    Ok(ShowPage {
        shell: Shell::new(app, op, view, "title-show")?,
        form,
        passkey: ways.passkey,
        totp: ways.totp,
        backup: ways.backup,
        password: ways.password,
        key: op.person().map_or(HardwareKey::NotAsked, |p| p.hardware),
        next: local_path(next).to_owned(),
    })
}

async fn show_show(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    html(&show_page(&app, &op, &view, &asked.next, page::Form::default())?)
}

#[derive(Deserialize)]
struct ShowForm {
    method: String,
    shown: Secret<String>,
    #[serde(default)]
    next: String,
}

async fn show_again(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Form(form): Form<ShowForm>,
) -> Result<Response, Failure> {
    let shown = match Method::parse(&form.method) {
        Some(method) => show::with_code(&app, &op, method, form.shown.reveal()).await,
        None => show::with_password(&app, &op, &form.shown).await,
    };
    match shown {
        Ok(()) => Ok(Redirect::to(local_path(&form.next)).into_response()),
        Err(Refused::WrongFactor) => {
            let invalid = [Invalid::new("shown", "error-shown-wrong")];
            let kept = page::Form::default().refused(&app, &op, &invalid);
            let page = show_page(&app, &op, &view, &form.next, kept)?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(refused) => Err(refused.into()),
    }
}

struct PasskeyRow {
    id: String,
    name: String,
    hardware: bool,
    made_at: Timestamp,
    last_used_at: Option<Timestamp>,
}

#[derive(Template)]
#[template(path = "account_security.html")]
struct SecurityPage {
    shell: Shell,
    passkeys: Vec<PasskeyRow>,
    totp: Option<service::Used>,
    mail_codes: bool,
    phone: Option<String>,
    phone_pending: bool,
    sms_on: bool,
    left: i64,
    any: bool,
    key: HardwareKey,
    codes: Vec<String>,
    shown_until: Option<Timestamp>,
    number: page::Form,
    code: page::Form,
}

/// What the page shows beside what the account has.
#[derive(Default)]
struct Extra {
    codes: Vec<String>,
    number: page::Form,
    code: page::Form,
    phone_pending: bool,
}

fn security_page(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    extra: Extra,
) -> Result<SecurityPage, Failure> {
    let own = service::own(app, op)?;
    let person = op.person().ok_or_else(Problem::not_signed_in)?;
    let until = person.shown_at.plus(kernel::access::SHOWN);
    Ok(SecurityPage {
        shell: Shell::new(app, op, view, "title-account-security")?,
        any: own.count() > 0,
        key: person.hardware,
        passkeys: own
            .passkeys
            .into_iter()
            .map(|p| PasskeyRow {
                id: p.id.to_string(),
                name: p.name,
                hardware: p.hardware,
                made_at: p.made_at,
                last_used_at: p.last_used_at,
            })
            .collect(),
        totp: own.totp,
        mail_codes: own.mail_codes,
        phone: own.phone,
        phone_pending: extra.phone_pending,
        sms_on: own.sms_on,
        left: own.backup_codes_left,
        codes: extra.codes,
        shown_until: (until > op.now).then_some(until),
        number: extra.number,
        code: extra.code,
    })
}

async fn security(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    html(&security_page(&app, &op, &view, Extra::default())?)
}

#[derive(Template)]
#[template(path = "totp.html")]
struct TotpPage {
    shell: Shell,
    sheet: totp::Sheet,
    form: page::Form,
}

async fn enrol_totp(State(app): State<Arc<App>>, op: Op) -> Result<Response, Failure> {
    service::enrol_totp(&app, &op).await?;
    Ok(Redirect::to("/dashboard/security/totp").into_response())
}

fn totp_page(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    form: page::Form,
) -> Result<Option<TotpPage>, Failure> {
    let Some(sheet) = service::pending_totp(app, op)? else { return Ok(None) };
    Ok(Some(TotpPage { shell: Shell::new(app, op, view, "title-totp")?, sheet, form }))
}

async fn show_totp(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    match totp_page(&app, &op, &view, page::Form::default())? {
        Some(page) => html(&page),
        None => Ok(Redirect::to(HERE).into_response()),
    }
}

#[derive(Deserialize)]
struct CodeForm {
    code: Secret<String>,
}

async fn confirm_totp(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Form(form): Form<CodeForm>,
) -> Result<Response, Failure> {
    match service::confirm_totp(&app, &op, form.code.reveal()).await {
        // The paper comes right after: whoever has none loses the account with the phone.
        Ok(true) => fresh_codes(&app, &op, &view).await,
        Ok(false) => Ok(done(HERE, "totp-added")),
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::default().refused(&app, &op, &invalid);
            match totp_page(&app, &op, &view, kept)? {
                Some(page) => html_with(StatusCode::UNPROCESSABLE_ENTITY, &page),
                None => Ok(Redirect::to(HERE).into_response()),
            }
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn remove_totp(State(app): State<Arc<App>>, op: Op) -> Result<Response, Failure> {
    service::remove_totp(&app, &op).await?;
    Ok(done(HERE, "factor-removed"))
}

/// Shown in the answer itself: a redirect would have to carry the secrets somewhere.
async fn fresh_codes(app: &Arc<App>, op: &Op, view: &View) -> Result<Response, Failure> {
    let codes = service::create_backup_codes(app, op).await?;
    let codes = codes.iter().map(|c| c.reveal().clone()).collect();
    html(&security_page(app, op, view, Extra { codes, ..Extra::default() })?)
}

async fn create_backup_codes(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
) -> Result<Response, Failure> {
    fresh_codes(&app, &op, &view).await
}

#[derive(Deserialize)]
struct SwitchForm {
    on: String,
}

async fn set_mail_codes(
    State(app): State<Arc<App>>,
    op: Op,
    Form(form): Form<SwitchForm>,
) -> Result<Response, Failure> {
    let on = form.on == "yes";
    service::set_mail_codes(&app, &op, on).await?;
    Ok(done(HERE, if on { "mail-codes-on" } else { "factor-removed" }))
}

#[derive(Deserialize)]
struct NumberForm {
    number: String,
}

async fn begin_phone(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Form(form): Form<NumberForm>,
) -> Result<Response, Failure> {
    match phone::begin(&app, &op, &form.number).await {
        Ok(()) => {
            let extra = Extra { phone_pending: true, ..Extra::default() };
            html(&security_page(&app, &op, &view, extra)?)
        }
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::with([("number", form.number)]).refused(&app, &op, &invalid);
            let extra = Extra { number: kept, ..Extra::default() };
            let page = security_page(&app, &op, &view, extra)?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn confirm_phone(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Form(form): Form<CodeForm>,
) -> Result<Response, Failure> {
    match phone::confirm(&app, &op, form.code.reveal()).await {
        Ok(()) => Ok(done(HERE, "phone-added")),
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::default().refused(&app, &op, &invalid);
            let extra = Extra { code: kept, phone_pending: true, ..Extra::default() };
            let page = security_page(&app, &op, &view, extra)?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn remove_phone(State(app): State<Arc<App>>, op: Op) -> Result<Response, Failure> {
    phone::remove(&app, &op).await?;
    Ok(done(HERE, "factor-removed"))
}

#[derive(Deserialize)]
struct NameForm {
    name: String,
}

async fn rename_passkey(
    State(app): State<Arc<App>>,
    op: Op,
    Path(id): Path<String>,
    Form(form): Form<NameForm>,
) -> Result<Response, Failure> {
    let id: PasskeyId = id.parse().map_err(|_| Problem::not_found())?;
    passkey::rename(&app, &op, id, &form.name).await?;
    Ok(done(HERE, "passkey-renamed"))
}

async fn remove_passkey(
    State(app): State<Arc<App>>,
    op: Op,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: PasskeyId = id.parse().map_err(|_| Problem::not_found())?;
    passkey::remove(&app, &op, id).await?;
    Ok(done(HERE, "factor-removed"))
}
