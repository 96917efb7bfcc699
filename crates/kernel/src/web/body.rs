//! Bodies, parsed at the door: JSON and forms, refused as problems.

use std::sync::Arc;

use axum::extract::rejection::{FormRejection, JsonRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::problem::Problem;
use crate::app::App;

/// A JSON body.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Arc<App>> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Problem> {
        match axum::Json::<T>::from_request(request, app).await {
            Ok(axum::Json(body)) => Ok(Self(body)),
            Err(rejection) => Err(refuse_json(&rejection)),
        }
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

fn refuse_json(rejection: &JsonRejection) -> Problem {
    let status = match rejection.status() {
        // Well-formed JSON of another shape is a refused value; everything else keeps its status.
        StatusCode::UNPROCESSABLE_ENTITY => StatusCode::UNPROCESSABLE_ENTITY,
        other => other,
    };
    Problem::of_status(status, plain(&rejection.body_text()))
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
