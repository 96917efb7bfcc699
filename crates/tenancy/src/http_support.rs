//! The JSON API of support sessions.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use base::id::SupportId;
use kernel::web::body::Json;
use kernel::web::membership;
use kernel::web::problem::{Failure, Invalid, Problem};
use kernel::web::route::{Access, Doc, Route};
use kernel::{Action, App, Grants, Op};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::support::service::{self, Mode, Wanted};

pub(crate) fn routes() -> Vec<Route> {
    let mut all = for_staff();
    all.extend(for_tenants());
    all
}

fn for_staff() -> Vec<Route> {
    vec![
        Route::api(
            "/api/v1/platform/support-sessions",
            "begin_support",
            Access::Staff,
            post(begin),
            Doc::new("post", "Look into a tenant as staff, or ask to.", 201)
                .takes::<Begin>()
                .answers::<BegunBody>(),
        ),
        Route::api(
            "/api/v1/platform/support-sessions/current",
            "stop_support",
            Access::Bare,
            delete(stop),
            Doc::new("delete", "Stop the support session that one is in.", 204),
        ),
    ]
}

fn for_tenants() -> Vec<Route> {
    vec![
        Route::api(
            "/api/v1/tenants/{tenant}/support-sessions",
            "list_support",
            Access::tenant(Action::SeeAudit),
            get(list),
            Doc::new("get", "Who of the staff looked into a tenant, newest first.", 200)
                .answers::<SupportList>(),
        ),
        Route::api(
            "/api/v1/tenants/{tenant}/support-sessions/{support_id}",
            "end_support",
            Access::tenant(Action::ManageSupport),
            delete(end),
            Doc::new("delete", "End a support session at once.", 204),
        ),
        Route::api(
            "/api/v1/tenants/{tenant}/support-sessions/{support_id}/answer",
            "answer_support",
            Access::tenant(Action::ManageSupport),
            put(answer),
            Doc::new("put", "Let staff in who asked, or not.", 204).takes::<YesOrNo>(),
        ),
        Route::api(
            "/api/v1/tenants/{tenant}/support-mode",
            "set_support_mode",
            Access::tenant(Action::ManageSupport),
            put(set_mode),
            Doc::new("put", "Say whether staff may look in at once, have to ask, or may not.", 204)
                .takes::<OneMode>(),
        ),
    ]
}

/// A support session to be.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Begin {
    /// Slug or identifier.
    tenant: String,
    /// Why, in at least two words; the tenant reads it.
    reason: String,
    /// 1 to 60.
    minutes: u32,
    /// Whether to change name, description and contact as well; else it is looking alone.
    #[serde(default)]
    settings: bool,
}

/// One that began, or waits for an owner.
#[derive(Serialize, JsonSchema)]
struct BegunBody {
    id: String,
    /// `open` or `asked`.
    state: String,
    /// When it, or the question, ends.
    ends_at: String,
}

/// A tenant's support sessions.
#[derive(Serialize, JsonSchema)]
struct SupportList {
    /// `open`, `ask` or `closed`.
    mode: String,
    items: Vec<SupportBody>,
}

/// A support session.
#[derive(Serialize, JsonSchema)]
struct SupportBody {
    id: String,
    /// Name of who looked.
    staff: String,
    reason: String,
    /// Whether settings could be changed.
    settings: bool,
    /// `asked`, `open`, `ended` or `refused`.
    state: String,
    asked_at: String,
    ends_at: String,
    ended_at: Option<String>,
}

/// An owner's answer.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct YesOrNo {
    allow: bool,
}

/// Whether staff may look in at once.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OneMode {
    /// `open`, `ask` or `closed`.
    mode: String,
}

async fn begin(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<Begin>,
) -> Result<Response, Failure> {
    let wanted = Wanted {
        tenant: &body.tenant,
        reason: &body.reason,
        minutes: body.minutes,
        grants: Grants { settings: body.settings },
    };
    let begun = service::begin(&app, &op, &wanted).await?;
    let answer = BegunBody {
        id: begun.id.to_string(),
        state: if begun.open { "open" } else { "asked" }.to_owned(),
        ends_at: begun.until.iso(),
    };
    Ok((StatusCode::CREATED, Answer(answer)).into_response())
}

async fn stop(State(app): State<Arc<App>>, op: Op) -> Result<StatusCode, Failure> {
    service::stop(&app, &op).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn list(
    State(app): State<Arc<App>>,
    op: Op,
    Path(wanted): Path<String>,
) -> Result<Answer<SupportList>, Failure> {
    let own = membership(&app, &op, &wanted)?;
    let (rows, mode) = service::list(&app, &op, &own)?;
    let items = rows.into_iter().map(|s| SupportBody {
        id: s.id.to_string(),
        staff: s.staff.reveal().clone(),
        reason: s.reason.reveal().clone(),
        settings: s.settings,
        state: s.state,
        asked_at: s.asked_at.iso(),
        ends_at: s.ends_at.iso(),
        ended_at: s.ended_at.map(|at| at.iso()),
    });
    Ok(Answer(SupportList { mode, items: items.collect() }))
}

fn id_of(text: &str) -> Result<SupportId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

async fn end(
    State(app): State<Arc<App>>,
    op: Op,
    Path((wanted, id)): Path<(String, String)>,
) -> Result<StatusCode, Failure> {
    let own = membership(&app, &op, &wanted)?;
    service::end(&app, &op, &own, id_of(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn answer(
    State(app): State<Arc<App>>,
    op: Op,
    Path((wanted, id)): Path<(String, String)>,
    Json(body): Json<YesOrNo>,
) -> Result<StatusCode, Failure> {
    let own = membership(&app, &op, &wanted)?;
    let let_in = service::answer(&app, &op, &own, id_of(&id)?, body.allow).await?;
    if body.allow && !let_in {
        return Err(Problem::not_found().into()); // who asked has gone
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn set_mode(
    State(app): State<Arc<App>>,
    op: Op,
    Path(wanted): Path<String>,
    Json(body): Json<OneMode>,
) -> Result<StatusCode, Failure> {
    let own = membership(&app, &op, &wanted)?;
    let mode = Mode::parse(&body.mode)
        .ok_or_else(|| Problem::invalid(vec![Invalid::new("mode", "error-support-mode")]))?;
    service::set_mode(&app, &op, &own, mode).await?;
    Ok(StatusCode::NO_CONTENT)
}
