//! The plain listener of a production: it leads to HTTPS and does nothing else.
//!
//! A body is never read: whoever posts a password here has sent it in the clear already, and gets an error
//! that says so instead of being led on with it.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::App;

const PLAIN: &str =
    "This address leads to HTTPS and takes nothing over plain HTTP. What you sent was not read.\n";

/// Answers every path.
pub(crate) fn router(app: &Arc<App>) -> Router {
    Router::new().fallback(lead).with_state(Arc::clone(app))
}

async fn lead(State(app): State<Arc<App>>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::FORBIDDEN, [(header::CONNECTION, "close")], PLAIN).into_response();
    }
    let path = request.uri().path_and_query().map_or("/", |p| p.as_str());
    (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, app.url(path))]).into_response()
}
