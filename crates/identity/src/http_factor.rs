//! The JSON API of second factors: parse, one verb, serialise.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use base::Secret;
use base::id::PasskeyId;
use kernel::web::body::Json;
use kernel::web::limit::Group;
use kernel::web::problem::{Failure, Problem};
use kernel::web::route::{Access, Doc, Route};
use kernel::{App, Op};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use webauthn_rs::prelude::{PublicKeyCredential, RegisterPublicKeyCredential};

use crate::factor::{Method, passkey, phone, service};
use crate::http::SignedIn;
use crate::page_factor::{attempt_cookie, begun_cookie};
use crate::session::Opened;
use crate::signin::{Finished, finish, show};

pub(crate) fn routes() -> Vec<Route> {
    let mut all = sign_in_routes();
    all.extend(crate::http_location::routes());
    all.extend(app_routes());
    all.extend(passkey_routes());
    all.extend(other_routes());
    all.extend(show_routes());
    all
}

fn sign_in_routes() -> Vec<Route> {
    let api = |path, name, handler, doc| {
        Route::api(path, name, Access::Open, handler, doc).limited(Group::SignIn)
    };
    vec![
        api(
            "/api/v1/sign-in/factor",
            "present_second_factor",
            post(present),
            Doc::new("post", "Present a second factor; opens the session.", 200)
                .takes::<Presented>()
                .answers::<SignedIn>(),
        ),
        api(
            "/api/v1/sign-in/factor/code",
            "send_second_factor_code",
            post(send_code),
            Doc::new("post", "Have a code sent for the sign-in that waits.", 202)
                .takes::<OneMethod>(),
        ),
        api(
            "/api/v1/sign-in/factor/passkey",
            "begin_second_factor_passkey",
            post(begin_second),
            Doc::new("post", "Begin to present a passkey as the second factor.", 200)
                .answers::<BegunBody>(),
        ),
        api(
            "/api/v1/sign-in/passkey",
            "begin_passkey_sign_in",
            post(begin_sign_in),
            Doc::new("post", "Begin a sign-in with a passkey; no address is needed.", 200)
                .answers::<BegunBody>(),
        ),
        api(
            "/api/v1/sign-in/passkey/finish",
            "finish_passkey_sign_in",
            post(finish_sign_in),
            Doc::new("post", "Finish a sign-in with a passkey; opens the session.", 200)
                .takes::<PasskeyAnswer>()
                .answers::<SignedIn>(),
        ),
    ]
}

fn app_routes() -> Vec<Route> {
    let api = |path, name, handler, doc| Route::api(path, name, Access::Bare, handler, doc);
    vec![
        api(
            "/api/v1/factors",
            "list_factors",
            get(list),
            Doc::new("get", "The own second factors.", 200).answers::<FactorsBody>(),
        ),
        api(
            "/api/v1/factors/totp",
            "enrol_totp",
            post(enrol_totp),
            Doc::new("post", "Prepare an authenticator app; its secret is shown once.", 201)
                .answers::<SheetBody>(),
        ),
        api(
            "/api/v1/factors/totp/confirm",
            "confirm_totp",
            post(confirm_totp),
            Doc::new(
                "post",
                "Take the first code of a new app; its codes count from then on.",
                204,
            )
            .takes::<OneCode>(),
        ),
        api(
            "/api/v1/factors/totp",
            "remove_totp",
            delete(remove_totp),
            Doc::new("delete", "Remove the authenticator app.", 204),
        ),
        api(
            "/api/v1/factors/backup-codes",
            "create_backup_codes",
            post(create_backup_codes),
            Doc::new("post", "Make ten new backup codes; the old ones stop working.", 201)
                .answers::<BackupCodes>(),
        ),
    ]
}

fn passkey_routes() -> Vec<Route> {
    let api = |path, name, handler, doc| Route::api(path, name, Access::Bare, handler, doc);
    vec![
        api(
            "/api/v1/factors/passkeys",
            "begin_passkey_registration",
            post(begin_registration),
            Doc::new("post", "Begin to add a passkey.", 200).answers::<BegunBody>(),
        ),
        api(
            "/api/v1/factors/passkeys/finish",
            "finish_passkey_registration",
            post(finish_registration),
            Doc::new("post", "Finish adding a passkey.", 201)
                .takes::<NewPasskey>()
                .answers::<PasskeyAdded>(),
        ),
        api(
            "/api/v1/factors/passkeys/{passkey_id}",
            "rename_passkey",
            put(rename_passkey),
            Doc::new("put", "Give an own passkey another name.", 204).takes::<PasskeyName>(),
        ),
        api(
            "/api/v1/factors/passkeys/{passkey_id}",
            "remove_passkey",
            delete(remove_passkey),
            Doc::new("delete", "Remove an own passkey.", 204),
        ),
    ]
}

fn other_routes() -> Vec<Route> {
    let api = |path, name, handler, doc| Route::api(path, name, Access::Bare, handler, doc);
    vec![
        api(
            "/api/v1/factors/mail",
            "set_mail_codes",
            put(set_mail_codes),
            Doc::new("put", "Switch codes by mail on or off.", 204).takes::<OnOff>(),
        ),
        api(
            "/api/v1/factors/phone",
            "begin_phone",
            post(begin_phone),
            Doc::new("post", "Send a code to a new telephone number.", 202).takes::<OneNumber>(),
        ),
        api(
            "/api/v1/factors/phone/confirm",
            "confirm_phone",
            post(confirm_phone),
            Doc::new("post", "Take the code that came; codes can go there from then on.", 204)
                .takes::<OneCode>(),
        ),
        api(
            "/api/v1/factors/phone",
            "remove_phone",
            delete(remove_phone),
            Doc::new("delete", "Remove the telephone number.", 204),
        ),
    ]
}

fn show_routes() -> Vec<Route> {
    let api = |path, name, handler, doc| Route::api(path, name, Access::Bare, handler, doc);
    vec![
        api(
            "/api/v1/session/show",
            "show_again",
            post(show_again),
            Doc::new("post", "Show again who one is; counts for ten minutes.", 204)
                .takes::<Shown>(),
        ),
        api(
            "/api/v1/session/show/passkey",
            "begin_show_passkey",
            post(begin_show),
            Doc::new("post", "Begin to show it with a passkey.", 200).answers::<BegunBody>(),
        ),
    ]
}

/// A second factor: a code, or a passkey's answer.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Presented {
    /// `totp`, `backup_code`, `mail`, `sms` or `passkey`.
    method: String,
    #[serde(default)]
    #[schemars(with = "String")]
    code: Option<Secret<String>>,
    #[serde(default)]
    ceremony: Option<String>,
    #[serde(default)]
    #[schemars(with = "Option<Value>")]
    credential: Option<PublicKeyCredential>,
}

/// How somebody shows again who they are.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Shown {
    /// `password`, `totp`, `backup_code` or `passkey`.
    method: String,
    #[serde(default)]
    #[schemars(with = "String")]
    password: Option<Secret<String>>,
    #[serde(default)]
    #[schemars(with = "String")]
    code: Option<Secret<String>>,
    #[serde(default)]
    ceremony: Option<String>,
    #[serde(default)]
    #[schemars(with = "Option<Value>")]
    credential: Option<PublicKeyCredential>,
}

/// How a code is sent.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OneMethod {
    /// `mail` or `sms`.
    method: String,
}

/// A code.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OneCode {
    #[schemars(with = "String")]
    code: Secret<String>,
}

/// A telephone number.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OneNumber {
    /// In international form, `+49…`.
    number: String,
}

/// On or off.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OnOff {
    on: bool,
}

/// The browser's answer to a ceremony (WebAuthn, section 5.1).
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PasskeyAnswer {
    ceremony: String,
    #[schemars(with = "Value")]
    credential: PublicKeyCredential,
}

/// The browser's answer to a registration.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewPasskey {
    ceremony: String,
    name: String,
    #[schemars(with = "Value")]
    credential: RegisterPublicKeyCredential,
}

/// A passkey's name.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PasskeyName {
    name: String,
}

/// A ceremony that has begun.
#[derive(Serialize, JsonSchema)]
struct BegunBody {
    /// Goes back with the browser's answer; counts once, for five minutes.
    ceremony: String,
    /// What `navigator.credentials` is asked.
    options: Value,
}

impl From<passkey::Begun> for BegunBody {
    fn from(begun: passkey::Begun) -> Self {
        Self { ceremony: begun.ceremony, options: begun.options }
    }
}

/// A passkey was added.
#[derive(Serialize, JsonSchema)]
struct PasskeyAdded {
    id: String,
}

/// What an authenticator app needs.
#[derive(Serialize, JsonSchema)]
struct SheetBody {
    /// Base32.
    secret: String,
    /// `otpauth://…`
    url: String,
}

/// Ten codes, shown once.
#[derive(Serialize, JsonSchema)]
struct BackupCodes {
    codes: Vec<String>,
}

/// The own second factors.
#[derive(Serialize, JsonSchema)]
struct FactorsBody {
    totp: bool,
    passkeys: Vec<PasskeyBody>,
    backup_codes_left: i64,
    mail: bool,
    /// The last digits of the telephone.
    phone: Option<String>,
}

/// A passkey.
#[derive(Serialize, JsonSchema)]
struct PasskeyBody {
    id: String,
    name: String,
    /// Whether it is a hardware key that staff are let in with.
    hardware: bool,
    created_at: String,
    last_used_at: Option<String>,
}

fn method(word: &str) -> Result<Method, Failure> {
    Method::parse(word).ok_or_else(|| {
        Problem::of_status(StatusCode::UNPROCESSABLE_ENTITY, "unknown method").into()
    })
}

fn missing() -> Failure {
    Problem::of_status(StatusCode::UNPROCESSABLE_ENTITY, "the method's field is missing").into()
}

fn signed_in(app: &App, opened: &Opened) -> Response {
    let answer = SignedIn { session: opened.id().to_string(), next: None };
    (crate::cookie(app, opened), Answer(answer)).into_response()
}

/// How a step of a sign-in ended: with a session, or with what is wanted next.
pub(crate) fn answered(app: &App, finished: &Finished) -> Response {
    match finished {
        Finished::Open(opened) => signed_in(app, opened),
        Finished::Next(begun) => {
            let answer = SignedIn { session: begun.session.to_string(), next: Some(begun.next) };
            ([begun_cookie(app, begun)], Answer(answer)).into_response()
        }
    }
}

async fn present(
    State(app): State<Arc<App>>,
    op: Op,
    headers: HeaderMap,
    Json(body): Json<Presented>,
) -> Result<Response, Failure> {
    let cookie = attempt_cookie(&app, &headers);
    let finished = match (method(&body.method)?, body.code, body.ceremony, body.credential) {
        (Method::Passkey, _, Some(ceremony), Some(credential)) => {
            finish::present_passkey(&app, &op, &cookie, &ceremony, &credential).await?
        }
        (Method::Passkey, ..) | (_, None, ..) => return Err(missing()),
        (method, Some(code), ..) => {
            finish::present_code(&app, &op, &cookie, method, code.reveal()).await?
        }
    };
    Ok(answered(&app, &finished))
}

async fn send_code(
    State(app): State<Arc<App>>,
    op: Op,
    headers: HeaderMap,
    Json(body): Json<OneMethod>,
) -> Result<Response, Failure> {
    let cookie = attempt_cookie(&app, &headers);
    finish::send_code(&app, &op, &cookie, method(&body.method)?).await?;
    Ok((StatusCode::ACCEPTED, Answer(serde_json::json!({}))).into_response())
}

async fn begin_second(
    State(app): State<Arc<App>>,
    op: Op,
    headers: HeaderMap,
) -> Result<Answer<BegunBody>, Failure> {
    let cookie = attempt_cookie(&app, &headers);
    Ok(Answer(finish::begin_passkey(&app, &op, &cookie).await?.into()))
}

async fn begin_sign_in(State(app): State<Arc<App>>, op: Op) -> Result<Answer<BegunBody>, Failure> {
    Ok(Answer(passkey::begin_sign_in(&app, &op).await?.into()))
}

async fn finish_sign_in(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<PasskeyAnswer>,
) -> Result<Response, Failure> {
    let done = passkey::finish_sign_in(&app, &op, &body.ceremony, &body.credential).await?;
    Ok(answered(&app, &done))
}

async fn list(State(app): State<Arc<App>>, op: Op) -> Result<Answer<FactorsBody>, Failure> {
    let own = service::own(&app, &op)?;
    let passkeys = own.passkeys.into_iter().map(|p| PasskeyBody {
        id: p.id.to_string(),
        name: p.name,
        hardware: p.hardware,
        created_at: p.made_at.iso(),
        last_used_at: p.last_used_at.map(|at| at.iso()),
    });
    Ok(Answer(FactorsBody {
        totp: own.totp.is_some(),
        passkeys: passkeys.collect(),
        backup_codes_left: own.backup_codes_left,
        mail: own.mail_codes,
        phone: own.phone,
    }))
}

async fn enrol_totp(State(app): State<Arc<App>>, op: Op) -> Result<Response, Failure> {
    let sheet = service::enrol_totp(&app, &op).await?;
    let answer = SheetBody {
        secret: sheet.letters.reveal().replace(' ', ""),
        url: sheet.url.reveal().clone(),
    };
    Ok((StatusCode::CREATED, Answer(answer)).into_response())
}

async fn confirm_totp(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<OneCode>,
) -> Result<StatusCode, Failure> {
    service::confirm_totp(&app, &op, body.code.reveal()).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn remove_totp(State(app): State<Arc<App>>, op: Op) -> Result<StatusCode, Failure> {
    service::remove_totp(&app, &op).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn create_backup_codes(State(app): State<Arc<App>>, op: Op) -> Result<Response, Failure> {
    let codes = service::create_backup_codes(&app, &op).await?;
    let codes = codes.iter().map(|c| c.reveal().clone()).collect();
    Ok((StatusCode::CREATED, Answer(BackupCodes { codes })).into_response())
}

async fn begin_registration(
    State(app): State<Arc<App>>,
    op: Op,
) -> Result<Answer<BegunBody>, Failure> {
    Ok(Answer(passkey::begin_registration(&app, &op).await?.into()))
}

async fn finish_registration(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<NewPasskey>,
) -> Result<Response, Failure> {
    let (ceremony, name) = (&body.ceremony, &body.name);
    let id = passkey::finish_registration(&app, &op, ceremony, name, &body.credential).await?;
    Ok((StatusCode::CREATED, Answer(PasskeyAdded { id: id.to_string() })).into_response())
}

async fn rename_passkey(
    State(app): State<Arc<App>>,
    op: Op,
    Path(id): Path<String>,
    Json(body): Json<PasskeyName>,
) -> Result<StatusCode, Failure> {
    let id: PasskeyId = id.parse().map_err(|_| Problem::not_found())?;
    passkey::rename(&app, &op, id, &body.name).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn remove_passkey(
    State(app): State<Arc<App>>,
    op: Op,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    let id: PasskeyId = id.parse().map_err(|_| Problem::not_found())?;
    passkey::remove(&app, &op, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn set_mail_codes(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<OnOff>,
) -> Result<StatusCode, Failure> {
    service::set_mail_codes(&app, &op, body.on).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn begin_phone(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<OneNumber>,
) -> Result<Response, Failure> {
    phone::begin(&app, &op, &body.number).await?;
    Ok((StatusCode::ACCEPTED, Answer(serde_json::json!({}))).into_response())
}

async fn confirm_phone(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<OneCode>,
) -> Result<StatusCode, Failure> {
    phone::confirm(&app, &op, body.code.reveal()).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn remove_phone(State(app): State<Arc<App>>, op: Op) -> Result<StatusCode, Failure> {
    phone::remove(&app, &op).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn show_again(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<Shown>,
) -> Result<StatusCode, Failure> {
    if body.method == "password" {
        show::with_password(&app, &op, &body.password.ok_or_else(missing)?).await?;
        return Ok(StatusCode::NO_CONTENT);
    }
    match (method(&body.method)?, body.code, body.ceremony, body.credential) {
        (Method::Passkey, _, Some(ceremony), Some(credential)) => {
            show::with_passkey(&app, &op, &ceremony, &credential).await?;
        }
        (Method::Passkey, ..) | (_, None, ..) => return Err(missing()),
        (method, Some(code), ..) => show::with_code(&app, &op, method, code.reveal()).await?,
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn begin_show(State(app): State<Arc<App>>, op: Op) -> Result<Answer<BegunBody>, Failure> {
    Ok(Answer(show::begin_passkey(&app, &op).await?.into()))
}
