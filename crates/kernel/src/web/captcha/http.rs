//! Where challenges are fetched: by our own pages' script, by ALTCHA's widget, and by programs.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::Purpose;
use crate::app::App;
use crate::op::Op;
use crate::web::problem::{Failure, Problem};
use crate::web::route::{Access, Doc, Route};

pub(in crate::web) fn routes() -> Vec<Route> {
    vec![Route::api(
        "/api/v1/captcha/{purpose}",
        "get_captcha",
        Access::Open,
        get(challenge),
        Doc::new(
            "get",
            "A proof of work (ALTCHA v2) to solve before `sign-in` or `sign-up`; present it within two minutes, once, as \
             base64 of challenge and solution in the `Captcha` header. 204: none is wanted.",
            200,
        )
        .answers::<Challenge>(),
    )]
}

/// A challenge.
#[derive(Serialize, JsonSchema)]
struct Challenge {
    /// What to derive keys with: algorithm, cost, nonce, salt, and the prefix that the key has to begin with.
    parameters: Value,
    /// Signature of the parameters.
    signature: String,
}

async fn challenge(
    State(app): State<Arc<App>>,
    op: Op,
    Path(purpose): Path<String>,
) -> Result<Response, Failure> {
    let purpose = Purpose::parse(&purpose).ok_or_else(Problem::not_found)?;
    Ok(match super::challenge(&app, &op, purpose)? {
        Some(made) => {
            let signature = made["signature"].as_str().unwrap_or_default().to_owned();
            let parameters = made["parameters"].clone();
            Json(Challenge { parameters, signature }).into_response()
        }
        None => StatusCode::NO_CONTENT.into_response(),
    })
}
