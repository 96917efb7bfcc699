//! What every form that anybody can send carries against programs: a field that no person sees, and the time when the
//! page was made. Programs that fill the field are sent on as if all were well; a form that comes back within a
//! moment is asked to come again.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use base::Timestamp;
use serde::de::DeserializeOwned;

use super::body::Form;
use super::captcha;
use super::problem::Problem;
use crate::app::App;
use crate::op::Op;

/// The field that stays empty.
pub const BAIT: &str = "website";
/// The field with the time.
pub const STAMP: &str = "stamp";
/// No person reads and fills a form faster.
const LEAST: Duration = Duration::from_millis(700);
/// What a filled trap weighs as trouble: nobody does it by mistake.
const FILLED: u32 = 2;
/// How long a page may lie open.
const LIFE: Duration = Duration::from_hours(24);

/// The time of a page, with a keyed hash of it.
#[must_use]
pub fn stamp(app: &App, now: Timestamp) -> String {
    format!("{}.{}", now.0, mark(app, now.0))
}

fn mark(app: &App, at: i64) -> String {
    crypt::hex(&app.blind_index("form stamp", &at.to_string())[..8])
}

/// When the page of a stamp was made; `None` when it is not one of ours.
fn made(app: &App, text: &str) -> Option<Timestamp> {
    let (at, hash) = text.split_once('.')?;
    let at: i64 = at.parse().ok()?;
    crypt::equal(hash.as_bytes(), mark(app, at).as_bytes()).then_some(Timestamp(at))
}

/// A form that anybody can send. `SLOW`: a person needs time to fill it, unlike one that a password manager fills.
pub struct PublicForm<T, const SLOW: bool = true>(pub T);

impl<T: DeserializeOwned, const SLOW: bool> FromRequest<Arc<App>> for PublicForm<T, SLOW> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Response> {
        let op = request.extensions().get::<Op>().cloned();
        let fields = Form::<Vec<(String, String)>>::from_request(request, app)
            .await
            .map_err(IntoResponse::into_response)?
            .0;
        let value = |name: &str| fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
        if value(BAIT).is_some_and(|text| !text.is_empty()) {
            tracing::info!("a form with a filled trap was dropped");
            if let Some(op) = op {
                captcha::note_trouble(app, &op, FILLED);
            }
            return Err(Redirect::to("/").into_response());
        }
        let now = app.clock.now();
        let made = value(STAMP).and_then(|text| made(app, text));
        let fresh = made.is_some_and(|at| at <= now && now.since(at) < LIFE);
        if value(BAIT).is_none() || !fresh {
            let detail = "the form is not one of ours, or its page is too old: load it again";
            return Err(Problem::of_status(StatusCode::BAD_REQUEST, detail).into_response());
        }
        if SLOW && made.is_some_and(|at| now.since(at) < LEAST) {
            let mut problem = Problem::new(
                "kernel/too-quick",
                StatusCode::TOO_MANY_REQUESTS,
                "the form came back faster than anybody fills it: send it again",
            );
            problem.retry_after = Some(1);
            return Err(problem.into_response());
        }
        let rest = fields.iter().filter(|(n, _)| n != BAIT && n != STAMP);
        let text =
            rest.fold(url::form_urlencoded::Serializer::new(String::new()), |mut out, (n, v)| {
                out.append_pair(n, v);
                out
            });
        let mut text = text;
        let text = text.finish();
        match serde_urlencoded::from_str(&text) {
            Ok(body) => Ok(Self(body)),
            Err(_) => {
                let detail = "a field is missing or of another kind than wanted";
                Err(Problem::of_status(StatusCode::UNPROCESSABLE_ENTITY, detail).into_response())
            }
        }
    }
}
