//! How long an answer about proofs may be kept: never beyond the next moment at which one of them expires.

use axum::http::{HeaderValue, header};
use axum::response::Response;
use kernel::App;

use crate::verdict::State;
use crate::view::Judged;

/// Seconds at most: a new result shall be seen soon.
const MOST_S: u64 = 60;

/// The header's value. What a signed-in person sees carries their name and is not kept at all.
pub(crate) fn keep<'j>(
    app: &App,
    judged: impl Iterator<Item = &'j Judged>,
    signed_in: bool,
) -> String {
    if signed_in {
        return "no-store".into();
    }
    let now = app.clock.now();
    let ends = judged
        .filter(|j| matches!(j.verdict.state, State::Proven | State::Attested | State::Mismatch))
        .filter_map(|j| j.verdict.valid_until)
        .map(|until| until.since(now).as_secs())
        .min();
    format!("public, max-age={}", ends.unwrap_or(MOST_S).min(MOST_S))
}

/// The answer with that header. The page differs for whoever is signed in, and by language, so caches must tell
/// them apart.
pub(crate) fn with(mut response: Response, keep: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(keep) {
        response.headers_mut().insert(header::CACHE_CONTROL, value);
        response
            .headers_mut()
            .append(header::VARY, HeaderValue::from_static("cookie, accept-language"));
    }
    response
}
