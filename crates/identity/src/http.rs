//! The JSON API of identity: parse, one verb, serialise.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use base::Secret;
use base::id::{SessionId, TokenId};
use kernel::captcha::{self, By, Presented, Purpose};
use kernel::text::Lang;
use kernel::web::body::Json;
use kernel::web::limit::Group;
use kernel::web::problem::{Failure, Problem};
use kernel::web::route::{Access, Doc, Route};
use kernel::{App, Op};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::http_factor::answered;
use crate::token::service::Typed;
use crate::{account, http_signup, password, reset, session, signin, token};

pub(crate) fn routes() -> Vec<Route> {
    let mut all = vec![
        Route::api(
            "/api/v1/sign-in",
            "sign_in",
            Access::Open,
            post(sign_in),
            Doc::new(
                "post",
                "Sign in; sets the session cookie. Wants a solved challenge of get_captcha.",
                200,
            )
            .takes::<SignIn>()
            .answers::<SignedIn>(),
        )
        .limited(Group::SignIn),
        Route::api(
            "/api/v1/sign-out",
            "sign_out",
            Access::Person,
            post(sign_out),
            Doc::new("post", "End the present session.", 204),
        ),
        Route::api(
            "/api/v1/me/name",
            "rename_me",
            Access::Person,
            put(rename),
            Doc::new("put", "Change the own name.", 204).takes::<OneName>(),
        ),
        Route::api(
            "/api/v1/me/language",
            "set_my_language",
            Access::Person,
            put(set_language),
            Doc::new("put", "Choose the language of letters to oneself.", 204)
                .takes::<OneLanguage>(),
        ),
    ];
    all.extend(http_signup::routes());
    all.extend(password_routes());
    all.extend(session_routes());
    all.extend(token_routes());
    all
}

fn password_routes() -> Vec<Route> {
    vec![
        Route::api(
            "/api/v1/password",
            "change_password",
            Access::Bare,
            post(change_password),
            Doc::new("post", "Change the own password; every other session ends.", 204)
                .takes::<ChangePassword>(),
        ),
        Route::api(
            "/api/v1/password-reset",
            "request_password_reset",
            Access::Open,
            post(request_reset),
            Doc::new("post", "Ask for a letter; the answer is the same for every address.", 202)
                .takes::<OneEmail>(),
        )
        .limited(Group::Letter),
        Route::api(
            "/api/v1/password-reset/finish",
            "reset_password",
            Access::Open,
            post(finish_reset),
            Doc::new("post", "Set a new password with a letter's link; every session ends.", 204)
                .takes::<FinishReset>(),
        )
        .limited(Group::SignIn),
    ]
}

fn session_routes() -> Vec<Route> {
    vec![
        Route::api(
            "/api/v1/session",
            "show_session",
            Access::Person,
            get(show_session),
            Doc::new("get", "Whether the present credential counts, and whose it is.", 200)
                .answers::<Present>(),
        ),
        Route::api(
            "/api/v1/sessions",
            "list_sessions",
            Access::Person,
            get(list_sessions),
            Doc::new("get", "The own live sessions, the present one first.", 200)
                .answers::<SessionList>(),
        ),
        Route::api(
            "/api/v1/sessions",
            "revoke_other_sessions",
            Access::Person,
            delete(revoke_others),
            Doc::new("delete", "End every own session but the present one.", 200)
                .answers::<Ended>(),
        ),
        Route::api(
            "/api/v1/sessions/{session_id}",
            "revoke_session",
            Access::Person,
            delete(revoke_session),
            Doc::new("delete", "End an own session; its next request is refused.", 204),
        ),
    ]
}

fn token_routes() -> Vec<Route> {
    vec![
        Route::api(
            "/api/v1/tokens",
            "list_tokens",
            Access::Person,
            get(list_tokens),
            Doc::new("get", "The own access tokens, newest first; ended ones stay visible.", 200)
                .answers::<TokenList>(),
        ),
        Route::api(
            "/api/v1/tokens",
            "create_token",
            Access::Person,
            post(create_token),
            Doc::new("post", "Make an access token; it is shown once.", 201)
                .takes::<NewToken>()
                .answers::<CreatedToken>(),
        ),
        Route::api(
            "/api/v1/tokens/{token_id}",
            "revoke_token",
            Access::Person,
            delete(revoke_token),
            Doc::new("delete", "Revoke an own access token.", 204),
        ),
    ]
}

/// Address and password.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SignIn {
    email: String,
    #[schemars(with = "String")]
    password: Secret<String>,
}

/// The session, and what is still missing.
#[derive(Serialize, JsonSchema)]
pub(crate) struct SignedIn {
    pub(crate) session: String,
    /// `null`, or the next step: `second_factor` or `confirm_location`.
    pub(crate) next: Option<&'static str>,
}

/// A person's name.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OneName {
    name: String,
}

/// A language.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OneLanguage {
    /// `en` or `de`.
    #[schemars(with = "String")]
    lang: Lang,
}

/// The present and the new password.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ChangePassword {
    #[schemars(with = "String")]
    current: Secret<String>,
    #[schemars(with = "String")]
    password: Secret<String>,
}

/// An address.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OneEmail {
    email: String,
}

/// A letter's token and the new password.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct FinishReset {
    token: String,
    #[schemars(with = "String")]
    password: Secret<String>,
}

/// The present credential.
#[derive(Serialize, JsonSchema)]
struct Present {
    account: String,
    /// The session, if it came with a cookie.
    session: Option<String>,
    /// The access token, if it came with one.
    token: Option<String>,
}

/// Sessions.
#[derive(Serialize, JsonSchema)]
struct SessionList {
    items: Vec<SessionBody>,
}

/// A live session.
#[derive(Serialize, JsonSchema)]
struct SessionBody {
    id: String,
    current: bool,
    device: String,
    address: String,
    /// Where that is, roughly, if the operator has a database of places.
    near: Option<String>,
    created_at: String,
    last_active_at: String,
    /// How its person showed who they are: `password`, `totp`, `passkey`, …
    method: String,
}

/// How many sessions ended.
#[derive(Serialize, JsonSchema)]
struct Ended {
    ended: usize,
}

/// Access tokens.
#[derive(Serialize, JsonSchema)]
struct TokenList {
    items: Vec<TokenBody>,
}

/// An access token, without its secret.
#[derive(Serialize, JsonSchema)]
struct TokenBody {
    id: String,
    name: String,
    created_at: String,
    expires_at: String,
    last_used_at: Option<String>,
    /// `active`, `expired` or `revoked`.
    state: String,
    /// What it may, as far as its person may.
    scopes: Vec<String>,
    /// Identifier of the tenant that it is for alone.
    tenant: Option<String>,
}

/// A token to make. It may what its scopes say, as far as its person may; never change what lets one in.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewToken {
    name: String,
    /// 1 to 90.
    expires_in_days: u32,
    /// `tenant:read`, `tenant:write`, `tenant:admin`, `audit:read`, `account:read`, `account:write`; for staff
    /// `platform:read`, `platform:write`; or `all`. One at least.
    scopes: Vec<String>,
    /// Slug or identifier of the tenant that it is for alone.
    #[serde(default)]
    tenant: Option<String>,
}

/// A fresh token.
#[derive(Serialize, JsonSchema)]
struct CreatedToken {
    id: String,
    /// Shown once.
    token: String,
}

async fn sign_in(
    State(app): State<Arc<App>>,
    op: Op,
    headers: HeaderMap,
    Json(body): Json<SignIn>,
) -> Result<Response, Failure> {
    let presented = Presented::by_header(&headers);
    captcha::check(&app, &op, (Purpose::SignIn, By::Program), &body.email, &presented)
        .await
        .map_err(Problem::from)?;
    let finished =
        signin::service::present_password(&app, &op, &body.email, &body.password).await?;
    Ok(answered(&app, &finished))
}

async fn sign_out(State(app): State<Arc<App>>, op: Op) -> Result<StatusCode, Failure> {
    session::service::sign_out(&app, &op).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn rename(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<OneName>,
) -> Result<StatusCode, Failure> {
    account::service::rename(&app, &op, &body.name).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn set_language(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<OneLanguage>,
) -> Result<StatusCode, Failure> {
    account::service::set_lang(&app, &op, body.lang).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn change_password(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<ChangePassword>,
) -> Result<StatusCode, Failure> {
    password::service::change(&app, &op, &body.current, &body.password).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn request_reset(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<OneEmail>,
) -> Result<Response, Failure> {
    reset::service::request(&app, &op, &body.email).await?;
    Ok((StatusCode::ACCEPTED, Answer(serde_json::json!({}))).into_response())
}

async fn finish_reset(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<FinishReset>,
) -> Result<StatusCode, Failure> {
    reset::service::finish(&app, &op, &body.token, &body.password).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn show_session(op: Op) -> Result<Answer<Present>, Failure> {
    let person = op.person().ok_or_else(Problem::not_signed_in)?;
    Ok(Answer(Present {
        account: person.account.to_string(),
        session: person.session.map(|s| s.to_string()),
        token: person.token.map(|t| t.to_string()),
    }))
}

async fn list_sessions(
    State(app): State<Arc<App>>,
    op: Op,
) -> Result<Answer<SessionList>, Failure> {
    let items = session::service::list(&app, &op)?
        .into_iter()
        .map(|s| SessionBody {
            id: s.id.to_string(),
            current: s.current,
            device: s.device,
            address: s.address,
            near: s.near,
            created_at: s.made_at.iso(),
            last_active_at: s.last_active_at.iso(),
            method: s.method,
        })
        .collect();
    Ok(Answer(SessionList { items }))
}

async fn revoke_session(
    State(app): State<Arc<App>>,
    op: Op,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    let id: SessionId = id.parse().map_err(|_| Problem::not_found())?;
    session::service::revoke(&app, &op, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn revoke_others(State(app): State<Arc<App>>, op: Op) -> Result<Answer<Ended>, Failure> {
    let ended = session::service::revoke_others(&app, &op).await?;
    Ok(Answer(Ended { ended }))
}

async fn list_tokens(State(app): State<Arc<App>>, op: Op) -> Result<Answer<TokenList>, Failure> {
    let items = token::service::list(&app, &op)?
        .into_iter()
        .map(|t| TokenBody {
            id: t.id.to_string(),
            name: t.name,
            created_at: t.made_at.iso(),
            expires_at: t.expires_at.iso(),
            last_used_at: t.last_used_at.map(|at| at.iso()),
            state: t.state.to_owned(),
            scopes: t.scopes.words().into_iter().map(str::to_owned).collect(),
            tenant: t.only.map(|tenant| tenant.to_string()),
        })
        .collect();
    Ok(Answer(TokenList { items }))
}

async fn create_token(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<NewToken>,
) -> Result<Response, Failure> {
    let (name, days, scopes) = (body.name, body.expires_in_days, body.scopes);
    let typed = Typed { name, days, scopes, only: body.tenant.unwrap_or_default() };
    let created = token::service::create(&app, &op, &typed).await?;
    let answer = CreatedToken { id: created.id.to_string(), token: created.token.reveal().clone() };
    Ok((StatusCode::CREATED, Answer(answer)).into_response())
}

async fn revoke_token(
    State(app): State<Arc<App>>,
    op: Op,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    let id: TokenId = id.parse().map_err(|_| Problem::not_found())?;
    token::service::revoke(&app, &op, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
