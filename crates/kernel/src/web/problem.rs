//! Problems (RFC 9457): what a client is told when something is refused or failed.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::id::TraceId;
use base::{Fault, FaultKind};
use serde::Serialize;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::access::{Denied, Unshown};
use crate::scope::Scope;

/// The kind of problem that pages answer by leading to where a second factor is set up.
pub(super) const FACTOR_WANTED: &str = "kernel/second-factor-wanted";
/// The kind of problem that pages answer by asking who it is.
pub(super) const SHOW_FIRST: &str = "kernel/show-first";

/// A field of a form or body that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Invalid {
    /// Which field.
    pub field: &'static str,
    /// Id of the text that says why.
    pub text: &'static str,
}

impl Invalid {
    /// A refused field.
    #[must_use]
    pub fn new(field: &'static str, text: &'static str) -> Self {
        Self { field, text }
    }
}

/// What a client may know.
#[derive(Clone, Debug)]
pub struct Problem {
    /// `domain/name`; its page is `/problem/domain/name`.
    pub kind: &'static str,
    /// Status.
    pub status: StatusCode,
    /// What is the matter this time, for programmers; empty for none.
    pub detail: String,
    /// Refused fields.
    pub invalid: Vec<Invalid>,
    /// Seconds after which trying again makes sense.
    pub retry_after: Option<u32>,
}

impl Problem {
    /// A problem of a kind.
    #[must_use]
    pub fn new(kind: &'static str, status: StatusCode, detail: impl Into<String>) -> Self {
        Self { kind, status, detail: detail.into(), invalid: Vec::new(), retry_after: None }
    }

    /// Not there, or not for you to know of.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new("kernel/not-found", StatusCode::NOT_FOUND, "")
    }

    /// Known, but not allowed.
    #[must_use]
    pub fn forbidden() -> Self {
        Self::new("kernel/forbidden", StatusCode::FORBIDDEN, "")
    }

    /// Nobody is signed in.
    #[must_use]
    pub fn not_signed_in() -> Self {
        Self::new("kernel/not-signed-in", StatusCode::UNAUTHORIZED, "")
    }

    /// More requests from one address than are taken; good again after some seconds.
    #[must_use]
    pub fn too_many(seconds: u32) -> Self {
        let mut problem = Self::of_status(StatusCode::TOO_MANY_REQUESTS, "too many from here");
        problem.retry_after = Some(seconds);
        problem
    }

    /// A second factor has to be set up first.
    #[must_use]
    pub fn factor_wanted() -> Self {
        let detail = "a second factor is required here: set one up first";
        Self::new(FACTOR_WANTED, StatusCode::FORBIDDEN, detail)
    }

    /// Staff have to come with a hardware key.
    #[must_use]
    pub fn hardware_key_wanted() -> Self {
        let detail = "staff have to sign in with a hardware key here";
        Self::new("kernel/hardware-key-wanted", StatusCode::FORBIDDEN, detail)
    }

    /// Staff have to sign the confidentiality agreement first.
    #[must_use]
    pub fn agreement_wanted() -> Self {
        let detail = "staff sign the confidentiality agreement before anything is open to them";
        Self::new("kernel/agreement-wanted", StatusCode::FORBIDDEN, detail)
    }

    /// The access token may not do this (RFC 6750, section 3.1).
    #[must_use]
    pub fn scope_wanted(scope: Scope, for_one_tenant: bool) -> Self {
        let detail = match for_one_tenant {
            true => "the access token is for one tenant alone".to_owned(),
            false => format!("the access token lacks the scope {}", scope.word()),
        };
        Self::new("kernel/scope-wanted", StatusCode::FORBIDDEN, detail)
    }

    /// Access tokens open the API; pages show more of a person than any scope says.
    #[must_use]
    pub fn token_on_page() -> Self {
        let detail = "access tokens are for the API, whose paths begin with /api/";
        Self::new("kernel/token-on-page", StatusCode::FORBIDDEN, detail)
    }

    /// The person has to show again who they are.
    #[must_use]
    pub fn show_first() -> Self {
        let detail = "show again who you are, then repeat this";
        Self::new(SHOW_FIRST, StatusCode::FORBIDDEN, detail)
    }

    /// Fields were refused.
    #[must_use]
    pub fn invalid(invalid: Vec<Invalid>) -> Self {
        let mut problem = Self::new(
            "kernel/invalid",
            StatusCode::UNPROCESSABLE_ENTITY,
            "some fields were refused",
        );
        problem.invalid = invalid;
        problem
    }

    /// The problem that a bare status stands for.
    #[must_use]
    pub fn of_status(status: StatusCode, detail: impl Into<String>) -> Self {
        let kind = match status.as_u16() {
            401 => "kernel/not-signed-in",
            403 => "kernel/forbidden",
            404 => "kernel/not-found",
            405 => "kernel/method-not-allowed",
            413 => "kernel/too-large",
            415 => "kernel/unsupported-media-type",
            422 => "kernel/invalid",
            429 => "kernel/too-many-requests",
            503 => "kernel/overloaded",
            400..=499 => "kernel/bad-request",
            _ => "kernel/internal",
        };
        Self::new(kind, status, detail)
    }

    /// The document, without `instance` and `trace`, which the outermost layer knows.
    #[must_use]
    pub fn document(&self) -> Value {
        let title = self.status.canonical_reason().unwrap_or("Problem");
        let mut document = json!({
            "type": format!("/problem/{}", self.kind),
            "title": title,
            "status": self.status.as_u16(),
        });
        if !self.detail.is_empty() {
            document["detail"] = json!(self.detail);
        }
        if !self.invalid.is_empty() {
            document["errors"] = json!(self.invalid);
        }
        document
    }
}

/// A handler's way out: a problem for the client, or a fault for the log.
#[derive(Debug)]
pub enum Failure {
    /// On our side.
    Fault(Fault),
    /// On theirs.
    Problem(Problem),
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<Denied> for Failure {
    fn from(_: Denied) -> Self {
        Self::Problem(Problem::forbidden())
    }
}

impl From<Unshown> for Failure {
    fn from(why: Unshown) -> Self {
        Self::Problem(match why {
            Unshown::Denied => Problem::forbidden(),
            Unshown::ShowFirst => Problem::show_first(),
        })
    }
}

/// Carried in a response's extensions for the outermost layer.
#[derive(Clone)]
pub(crate) struct Slot(pub(crate) Problem);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let problem = match self {
            Self::Problem(problem) => problem,
            Self::Fault(fault) => of_fault(&fault),
        };
        problem.into_response()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.document())).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Bearer");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
        }
        response.extensions_mut().insert(Slot(self));
        response
    }
}

/// Between two lines about too many requests.
const SELDOM: Duration = Duration::from_secs(1);

/// One line a second, with how many it stands for: a storm shall not fill the disk with words about itself.
fn say_overloaded(fault: &Fault) {
    static SAID: Mutex<(Option<Instant>, u64)> = Mutex::new((None, 0));
    let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    said.1 += 1;
    if said.0.is_none_or(|at| at.elapsed() >= SELDOM) {
        tracing::warn!(fault = %fault.chain(), times = said.1, "overloaded");
        *said = (Some(Instant::now()), 0);
    }
}

/// The fault is logged here, once; the client learns only what to do.
fn of_fault(fault: &Fault) -> Problem {
    match fault.kind() {
        FaultKind::Overloaded => {
            say_overloaded(fault);
            let mut problem = Problem::new(
                "kernel/overloaded",
                StatusCode::SERVICE_UNAVAILABLE,
                "try again in a moment",
            );
            problem.retry_after = Some(2);
            problem
        }
        FaultKind::Full => {
            tracing::error!(fault = %fault.chain(), "the disk is full");
            let mut problem = Problem::new(
                "kernel/disk-full",
                StatusCode::SERVICE_UNAVAILABLE,
                "the change was not made, and nothing was lost",
            );
            problem.retry_after = Some(60);
            problem
        }
        FaultKind::Conflict | FaultKind::Corrupt | FaultKind::Internal => {
            tracing::error!(fault = %fault.chain(), "request failed");
            Problem::new("kernel/internal", StatusCode::INTERNAL_SERVER_ERROR, "")
        }
    }
}

/// The document with what belongs to this request.
pub(crate) fn complete(mut document: Value, path: &str, trace: TraceId) -> Value {
    document["instance"] = json!(path);
    document["trace"] = json!(trace);
    document
}
