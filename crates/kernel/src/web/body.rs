//! Bodies, parsed at the door: JSON and forms, refused as problems.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;

use super::problem::Problem;
use crate::app::App;

/// A JSON body.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Arc<App>> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return Err(Problem::of_status(status, "the body must be application/json"));
        }
        let bytes = Bytes::from_request(request, app)
            .await
            .map_err(|e| Problem::of_status(e.status(), plain(&e.body_text())))?;
        serde_json::from_slice(&bytes).map(Self).map_err(|e| refuse_json(&e))
    }
}

/// An HTML form's body.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Arc<App>> for Form<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Problem> {
        match axum::Form::<T>::from_request(request, app).await {
            Ok(axum::Form(body)) => Ok(Self(body)),
            Err(rejection) => Err(refuse_form(&rejection)),
        }
    }
}

/// The query string.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<Arc<App>> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        match axum::extract::Query::<T>::from_request_parts(parts, app).await {
            Ok(axum::extract::Query(query)) => Ok(Self(query)),
            Err(e) => Err(refuse_query(&e)),
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    let kind = kind.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

/// Broken JSON is a bad request; JSON of another shape is a refused value. The parser's words are shown
/// only where they name a field: elsewhere they would repeat what was sent, which may be a password.
fn refuse_json(error: &serde_json::Error) -> Problem {
    if !error.is_data() {
        let place = format!("line {}, column {}", error.line(), error.column());
        return Problem::of_status(StatusCode::BAD_REQUEST, format!("broken JSON at {place}"));
    }
    let said = error.to_string();
    let named = said.starts_with("missing field") || said.starts_with("unknown field");
    let detail =
        if named { plain(said.split(" at line").next().unwrap_or("")) } else { String::new() };
    let detail =
        if detail.is_empty() { "a value is of another type than wanted".into() } else { detail };
    Problem::of_status(StatusCode::UNPROCESSABLE_ENTITY, detail)
}

fn refuse_form(rejection: &FormRejection) -> Problem {
    Problem::of_status(rejection.status(), plain(&rejection.body_text()))
}

fn refuse_query(rejection: &QueryRejection) -> Problem {
    Problem::of_status(rejection.status(), plain(&rejection.body_text()))
}

/// The parser's own words, without what the client sent: it may hold a password.
fn plain(text: &str) -> String {
    let end = text.find(": ").map_or(text.len(), |at| at);
    text.chars().take(end.min(120)).filter(|c| !c.is_control()).collect()
}
