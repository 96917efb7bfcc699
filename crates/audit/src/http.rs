//! The JSON API of the audit log.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use base::Timestamp;
use base::limit::PAGE_ROWS_MAX;
use kernel::web::body::Query;
use kernel::web::problem::{Failure, Invalid, Problem};
use kernel::web::route::{Access, Doc, Route};
use kernel::{Action, App, Op};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::entry::service::{self, Shown};
use crate::page::{export_all, filter};

const QUERY: &[(&str, &str)] = &[
    ("actor", "who: an account's identifier or address, or system:…"),
    ("action", "what: session finds session.revoked and its siblings"),
    ("target", "to what: an identifier or address"),
    ("tenant", "in which tenant: slug or identifier"),
    ("address", "from which network address, exactly"),
    ("result", "done or refused"),
    ("from", "not before: RFC 3339, or a date"),
    ("to", "before: RFC 3339, or a date"),
    ("q", "words in action or target"),
    ("cursor", "where the last page ended"),
    ("limit", "rows, 1 to 100"),
];

/// The filter alone: an export has no pages.
const FILTER: &[(&str, &str)] = QUERY.split_at(9).0;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::api(
            "/api/v1/audit-events",
            "list_audit_events",
            Access::Staff,
            get(list),
            Doc::new("get", "Entries of the audit log, newest first.", 200)
                .answers::<EventPage>()
                .with_query(QUERY),
        ),
        Route::api(
            "/api/v1/audit-events/export",
            "export_audit_events",
            Access::Staff,
            get(export),
            Doc::new("get", "All entries that a filter finds, one JSON document per line.", 200)
                .with_query(FILTER),
        ),
    ]
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    pub(crate) actor: Option<String>,
    pub(crate) action: Option<String>,
    pub(crate) target: Option<String>,
    pub(crate) tenant: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) result: Option<String>,
    pub(crate) trace: Option<String>,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    pub(crate) q: Option<String>,
    pub(crate) cursor: Option<i64>,
    pub(crate) limit: Option<usize>,
}

impl Asked {
    /// Refuses a date that is none, instead of leaving it out of account.
    pub(crate) fn check_dates(&self) -> Result<(), Problem> {
        for (field, value) in [("from", &self.from), ("to", &self.to)] {
            if value.as_deref().is_some_and(|v| Timestamp::parse(v).is_none()) {
                return Err(Problem::invalid(vec![Invalid::new(field, "error-date")]));
            }
        }
        Ok(())
    }
}

/// A page of entries.
#[derive(Serialize, JsonSchema)]
pub(crate) struct EventPage {
    pub(crate) items: Vec<EventBody>,
    /// Cursor of the next page.
    pub(crate) next: Option<i64>,
}

/// An entry of the audit log.
#[derive(Serialize, JsonSchema)]
pub struct EventBody {
    id: String,
    /// Its number in the log, counted from zero.
    seq: i64,
    /// RFC 3339.
    at: String,
    action: String,
    actor: String,
    actor_name: String,
    target: Option<String>,
    target_name: Option<String>,
    tenant: Option<String>,
    address: String,
    device: String,
    result: String,
    trace: String,
    detail: Value,
}

impl From<Shown> for EventBody {
    fn from(shown: Shown) -> Self {
        let named = shown.entry.target.is_some().then_some(shown.target);
        Self {
            id: shown.entry.id,
            seq: shown.seq,
            at: shown.entry.at,
            action: shown.entry.action,
            actor: shown.entry.actor,
            actor_name: shown.actor,
            target: shown.entry.target,
            target_name: named,
            tenant: shown.entry.tenant,
            address: shown.address,
            device: shown.device,
            result: shown.entry.result,
            trace: shown.entry.trace,
            detail: shown.entry.detail,
        }
    }
}

/// The newest entries, for the command line.
pub fn newest(app: &App, limit: i64) -> Result<Vec<EventBody>, base::Fault> {
    let shown = service::page(app, &crate::entry::store::Filter::default(), None, limit)?;
    Ok(shown.into_iter().map(EventBody::from).collect())
}

async fn list(
    State(app): State<Arc<App>>,
    op: Op,
    Query(asked): Query<Asked>,
) -> Result<Json<EventPage>, Failure> {
    op.permit(Action::ReadAudit)?;
    asked.check_dates()?;
    let limit = asked.limit.unwrap_or(50).clamp(1, PAGE_ROWS_MAX) as i64;
    let wanted = filter(&app, &asked)?;
    let shown = service::page(&app, &wanted, asked.cursor, limit)?;
    let full = shown.len() as i64 == limit;
    let next = shown.last().filter(|_| full).map(|s| s.seq);
    Ok(Json(EventPage { items: shown.into_iter().map(EventBody::from).collect(), next }))
}

async fn export(
    State(app): State<Arc<App>>,
    op: Op,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    op.permit(Action::ReadAudit)?;
    asked.check_dates()?;
    export_all(&app, &op, &asked).await
}
