//! The CAPTCHA before sign-up and sign-in: a proof of work by the ALTCHA protocol, which a browser does by itself while
//! its person types. Who has no scripts has a link mailed instead. On the pages a service can stand in its place.
//!
//! Absent: pictures and riddles.

mod http;
mod puzzle;
mod service;
mod trouble;
mod way;

use std::sync::Arc;

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Deserialize;

pub(super) use http::routes;
pub use puzzle::solve;
pub use trouble::note as note_trouble;
pub use way::pass;

use super::problem::{Invalid, Problem};
use crate::app::App;
use crate::config::{Captcha, Provider, When};
use crate::op::Op;
use puzzle::Board;

/// The kind of problem that says that a challenge has to be solved first.
pub const WANTED: &str = "kernel/captcha-wanted";
/// The header in which a program presents a solution.
pub const HEADER: HeaderName = HeaderName::from_static("captcha");

/// What a CAPTCHA stands before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Presenting a password.
    SignIn,
    /// Asking for an account.
    SignUp,
}

impl Purpose {
    /// Both.
    pub const ALL: [Self; 2] = [Self::SignIn, Self::SignUp];

    /// The word on the wire.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::SignUp => "sign-up",
        }
    }

    /// The purpose of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.word() == word)
    }

    /// The purpose of an operation of the API, by its path.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        path.strip_prefix("/api/v1/").and_then(Self::parse)
    }

    fn when(self, config: &Captcha) -> When {
        match self {
            Self::SignIn => config.sign_in,
            Self::SignUp => config.sign_up,
        }
    }
}

/// What a form or a program presents.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Presented {
    /// A solution of our own challenge, as ALTCHA's widget writes it.
    #[serde(default)]
    altcha: String,
    /// A mailed link's part that stands for a solution.
    #[serde(default)]
    pub pass: String,
    #[serde(default, rename = "cf-turnstile-response")]
    turnstile: String,
    #[serde(default, rename = "h-captcha-response")]
    hcaptcha: String,
}

impl Presented {
    /// What a program presents in its header.
    #[must_use]
    pub fn by_header(headers: &HeaderMap) -> Self {
        let altcha = headers.get(HEADER).and_then(|v| v.to_str().ok()).unwrap_or_default();
        Self { altcha: altcha.to_owned(), ..Self::default() }
    }
}

/// Why somebody has to solve one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsolved {
    /// The service that should judge it did not answer.
    Down,
    /// Nothing was presented.
    Missing,
    /// It is too old, was used, is for something else, or is wrong.
    Refused,
}

impl Unsolved {
    /// The id of its text on a form.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Down => "error-captcha-down",
            Self::Missing => "error-captcha-missing",
            Self::Refused => "error-captcha-refused",
        }
    }

    /// As a refused field of a form, which belongs to none.
    #[must_use]
    pub fn on_form(self) -> Invalid {
        Invalid::new("", self.text())
    }
}

impl From<Unsolved> for Problem {
    fn from(why: Unsolved) -> Self {
        let detail = match why {
            Unsolved::Down => "the solution could not be judged: get a challenge of ours",
            Unsolved::Missing => "get a challenge, solve it, and present it in the Captcha header",
            Unsolved::Refused => "the solution is too old, was used, or is wrong: solve a new one",
        };
        Self::new(WANTED, StatusCode::FORBIDDEN, detail)
    }
}

/// How a form asks for one.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// `built-in`, `turnstile`, `hcaptcha`, or empty when none is wanted.
    pub provider: &'static str,
    /// What it is for, as a word of the wire.
    pub purpose: &'static str,
    /// The service's key for this site.
    pub site_key: String,
    /// The service's script.
    pub script: &'static str,
    /// The mailed link's part that stands for a solution.
    pub pass: String,
    /// Whether something was presented just now and refused: then the way around is shown to everybody.
    pub failed: bool,
    origin: &'static str,
}

impl View {
    /// The same after what was presented was refused. A link's part is not offered again.
    #[must_use]
    pub fn after(self, refused: bool) -> Self {
        Self { failed: refused && !self.provider.is_empty(), ..self }
    }

    /// Whether a service's script stands on the page.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        !self.script.is_empty()
    }

    /// Lets a page load the service's script, if one stands on it.
    #[must_use]
    pub fn open(&self, mut page: Response) -> Response {
        if self.is_foreign() {
            let at = self.origin;
            let policy = format!(
                "default-src 'none'; script-src 'self' {at}; style-src 'self' 'unsafe-inline' {at}; img-src 'self' data:; \
                 connect-src 'self' {at}; font-src 'self'; frame-src {at}; form-action 'self'; base-uri 'none'; \
                 frame-ancestors 'none'"
            );
            if let Ok(value) = HeaderValue::from_str(&policy) {
                page.headers_mut().insert(header::CONTENT_SECURITY_POLICY, value);
            }
        }
        page
    }
}

/// Who presents something, which says what may stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A form of our pages.
    Page,
    /// A program, which no service serves: it solves our own challenge.
    Program,
}

/// Whether this request has to bring a solution.
#[must_use]
pub fn is_wanted(app: &App, op: &Op, purpose: Purpose) -> bool {
    match purpose.when(&app.config.captcha) {
        When::Always => true,
        When::Off => false,
        When::Risk => trouble::of(app, op).is_some(),
    }
}

/// What a form shows.
#[must_use]
pub fn view(app: &App, op: &Op, purpose: Purpose, pass: &str) -> View {
    // A link that is too old must not stand in the way of what else leads on.
    let pass = if way::is_young(op, pass) { pass.to_owned() } else { String::new() };
    let purpose_word = purpose.word();
    if !is_wanted(app, op, purpose) {
        return View { purpose: purpose_word, ..View::default() };
    }
    let service = (pass.is_empty()).then(|| service::in_use(app)).flatten();
    let site_key = app.config.captcha.site_key.clone().unwrap_or_default();
    match service {
        Some(service) => View {
            provider: service.word,
            purpose: purpose_word,
            site_key,
            script: service.script,
            pass,
            failed: false,
            origin: service.origin,
        },
        None => View { provider: "built-in", purpose: purpose_word, pass, ..View::default() },
    }
}

/// A challenge to solve, as ALTCHA's clients read it; `None` when nothing has to be solved.
pub fn challenge(
    app: &App,
    op: &Op,
    purpose: Purpose,
) -> Result<Option<serde_json::Value>, base::Fault> {
    if !is_wanted(app, op, purpose) {
        return Ok(None);
    }
    board(app).challenge(app, op, purpose, trouble::factor(app, op)).map(Some)
}

/// Takes a solution, which then is used up.
pub async fn check(
    app: &Arc<App>,
    op: &Op,
    (purpose, by): (Purpose, By),
    email: &str,
    presented: &Presented,
) -> Result<(), Unsolved> {
    if !is_wanted(app, op, purpose) || way::is_open(app, op, purpose, email, &presented.pass) {
        return Ok(());
    }
    let service = (by == By::Page).then(|| service::in_use(app)).flatten();
    if let Some(service) = service {
        let token = match app.config.captcha.provider {
            Provider::Turnstile => &presented.turnstile,
            _ => &presented.hcaptcha,
        };
        return service.judge(app, op, purpose, token).await;
    }
    board(app).take(app, op, purpose, &presented.altcha)
}

/// Words for the page that says what applies here.
#[must_use]
pub fn rule(app: &App, purpose: Purpose) -> &'static str {
    purpose.when(&app.config.captcha).word()
}

fn board(app: &App) -> Arc<Board> {
    app.kept.get(|| Board::new(app))
}
