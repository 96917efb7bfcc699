//! JSON of a sign-in that waits for its mailed link.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::post;
use kernel::web::body::Json;
use kernel::web::limit::Group;
use kernel::web::problem::Failure;
use kernel::web::route::{Access, Doc, Route};
use kernel::{App, Op};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::http::SignedIn;
use crate::http_factor::answered;
use crate::page_factor::attempt_cookie;
use crate::signin::{Finished, finish, location};

pub(crate) fn routes() -> Vec<Route> {
    let api = |path, name, handler, doc| {
        Route::api(path, name, Access::Open, handler, doc).limited(Group::SignIn)
    };
    vec![
        api(
            "/api/v1/sign-in/location",
            "confirm_location",
            post(confirm_location),
            Doc::new(
                "post",
                "Use the link that was mailed: the sign-in may go on where it began.",
                204,
            )
            .takes::<OneToken>(),
        ),
        api(
            "/api/v1/sign-in/continue",
            "continue_sign_in",
            post(resume),
            Doc::new(
                "post",
                "Go on with a sign-in that waits for its mailed link; opens the session.",
                200,
            )
            .answers::<SignedIn>(),
        ),
    ]
}

/// The token of a mailed link.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OneToken {
    token: String,
}

async fn confirm_location(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<OneToken>,
) -> Result<StatusCode, Failure> {
    location::confirm(&app, &op, &body.token).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn resume(
    State(app): State<Arc<App>>,
    op: Op,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let cookie = attempt_cookie(&app, &headers);
    let begun = finish::waiting_as_begun(&app, &op, &cookie)?;
    let finished = match location::resume(&app, &op, &cookie).await? {
        Some(opened) => Finished::Open(Box::new(opened)),
        None => Finished::Next(begun),
    };
    Ok(answered(&app, &finished))
}
