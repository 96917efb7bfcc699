//! The JSON API of signing up: its rules, the judge of a password, the letter's link.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base::Secret;
use base::text::Email;
use kernel::captcha::{self, By, Presented, Purpose};
use kernel::web::body::Json;
use kernel::web::limit::Group;
use kernel::web::problem::{Failure, Invalid, Problem};
use kernel::web::route::{Access, Doc, Route};
use kernel::{App, Op};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{breach, disposable, password, signup};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::api(
            "/api/v1/sign-up",
            "sign_up",
            Access::Open,
            post(sign_up),
            Doc::new(
                "post",
                "Ask for an account; the answer is the same for every address. Wants a solved challenge of get_captcha.",
                202,
            )
                .takes::<SignUp>(),
        )
        .limited(Group::Letter),
        Route::api(
            "/api/v1/sign-up/rules",
            "sign_up_rules",
            Access::Open,
            get(rules),
            Doc::new("get", "What applies to sign-ups and sign-ins here.", 200).answers::<Rules>(),
        ),
        Route::api(
            "/api/v1/password/strength",
            "judge_password",
            Access::Open,
            post(strength),
            Doc::new("post", "How strong a password is, and whether it is taken here.", 200)
                .takes::<Judge>()
                .answers::<Judged>(),
        )
        .limited(Group::Meter),
        Route::api(
            "/api/v1/confirm",
            "confirm_address",
            Access::Open,
            post(confirm),
            Doc::new("post", "Open the account whose letter was followed.", 204)
                .takes::<OneToken>(),
        )
        .limited(Group::SignIn),
    ]
}

/// Asks for an account.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SignUp {
    email: String,
    #[schemars(with = "String")]
    password: Secret<String>,
    name: String,
}

/// A password to judge, with the words that its owner's enemies try first.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Judge {
    #[schemars(with = "String")]
    password: Secret<String>,
    #[serde(default)]
    email: String,
    #[serde(default)]
    name: String,
}

/// What a meter shows.
#[derive(Serialize, JsonSchema)]
struct Judged {
    /// 0 to 4.
    score: u8,
    /// Decimal digits of the number of guesses that it takes.
    guesses_log10: f64,
    /// Whether it would be taken, lists of stolen ones aside.
    accepted: bool,
    /// In words, in the reader's language.
    words: String,
}

/// What applies here.
#[derive(Serialize, JsonSchema)]
struct Rules {
    /// Whether anybody may open an account.
    open: bool,
    /// Characters of a password.
    password_chars: (usize, usize),
    /// Whether a challenge has to be solved before a sign-up: `always`, `risk` or `off`.
    captcha_sign_up: &'static str,
    /// The same before a password.
    captcha_sign_in: &'static str,
    /// `nist` or `classic`.
    password_policy: &'static str,
    /// What new passwords are compared with: `file`, `service` or `none`.
    stolen_passwords: &'static str,
    /// Wrong passwords or codes from one address until it is locked out there.
    lockout_attempts: u32,
    lockout_minutes: u32,
    /// Passwords, codes and passkeys an address may present a minute.
    sign_ins_per_minute: u32,
    /// Sign-ups and lost passwords an address may send a minute.
    letters_per_minute: u32,
    /// Letters that strangers can have sent to one mailbox in an hour.
    letters_per_mailbox_hour: u32,
    /// Providers of addresses to throw away that are refused.
    disposable_entries: usize,
    /// The day when that list was drawn.
    disposable_drawn: String,
}

/// The token of a letter's link.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OneToken {
    token: String,
}

async fn sign_up(
    State(app): State<Arc<App>>,
    op: Op,
    headers: HeaderMap,
    Json(body): Json<SignUp>,
) -> Result<Response, Failure> {
    let presented = Presented::by_header(&headers);
    captcha::check(&app, &op, (Purpose::SignUp, By::Program), &body.email, &presented)
        .await
        .map_err(Problem::from)?;
    signup::service::request(&app, &op, &body.email, &body.name, &body.password).await?;
    Ok((StatusCode::ACCEPTED, Answer(serde_json::json!({}))).into_response())
}

async fn rules(State(app): State<Arc<App>>) -> Answer<Rules> {
    let (config, list) = (&app.config, disposable::list(&app));
    Answer(Rules {
        open: config.sign_up.open,
        captcha_sign_up: captcha::rule(&app, Purpose::SignUp),
        captcha_sign_in: captcha::rule(&app, Purpose::SignIn),
        password_chars: (base::limit::PASSWORD_CHARS_MIN, base::limit::PASSWORD_CHARS_MAX),
        password_policy: config.password.policy.word(),
        stolen_passwords: breach::service::source(&app),
        lockout_attempts: config.lockout.attempts,
        lockout_minutes: config.lockout.minutes,
        sign_ins_per_minute: config.limits.sign_ins_per_minute,
        letters_per_minute: config.limits.letters_per_minute,
        letters_per_mailbox_hour: config.limits.letters_per_mailbox_hour,
        disposable_entries: if config.sign_up.disposable { 0 } else { list.len() },
        disposable_drawn: list.drawn.clone(),
    })
}

/// Nothing of it is kept, and nobody is told.
async fn strength(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<Judge>,
) -> Result<Answer<Judged>, Failure> {
    if password::service::too_long(&body.password) {
        return Err(Problem::invalid(vec![Invalid::new("password", "error-password-long")]).into());
    }
    let policy = app.config.password.policy;
    let judged = password::strength::of(body.password.reveal(), &[&body.email, &body.name]);
    // Half an address is no reason: a made-up one judges the password alone.
    let email = Email::parse(&body.email).or_else(|_| Email::parse("nobody@example.com"));
    let why = email
        .ok()
        .and_then(|email| password::policy::why_not(policy, &body.password, &email, &body.name));
    let words = app.words(op.lang);
    let score = words.get(&format!("meter-score-{}", judged.score));
    let hints = why.into_iter().chain(judged.hints).map(|id| words.get(id));
    let words = std::iter::once(score).chain(hints).map(|w| w.trim_end_matches('.').to_owned());
    Ok(Answer(Judged {
        score: judged.score,
        guesses_log10: judged.guesses_log10,
        accepted: why.is_none(),
        words: format!("{}.", words.collect::<Vec<_>>().join(". ")),
    }))
}

async fn confirm(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<OneToken>,
) -> Result<StatusCode, Failure> {
    signup::service::confirm(&app, &op, &body.token).await?;
    Ok(StatusCode::NO_CONTENT)
}
