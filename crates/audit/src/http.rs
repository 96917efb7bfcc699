//! The JSON API of the audit log.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use base::limit::PAGE_ROWS_MAX;
use kernel::web::body::Query;
use kernel::web::membership;
use kernel::web::problem::Failure;
use kernel::web::route::{Access, Doc, Route};
use kernel::{Action, App, Op};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::entry::service::{self, Shown};
use crate::http_export::{self as export, plain};
use crate::view::{Asked, Scope};

const QUERY: &[(&str, &str)] = &[
    ("cursor", "where the last page ended"),
    ("limit", "rows, 1 to 100"),
    ("actor", "who: an account's identifier or address, or system:…"),
    ("action", "what: session finds session.revoked and its siblings"),
    ("target", "to what: an identifier or address"),
    ("tenant", "in which tenant: slug or identifier"),
    ("address", "from which network address, exactly"),
    ("result", "done or refused"),
    ("from", "not before: RFC 3339, or a date"),
    ("to", "before: RFC 3339, or a date"),
    ("trace", "of which request"),
    ("q", "words in action or target"),
    ("format", "ndjson, csv or json"),
];

/// Pages, and the filter; they have one format.
const PAGES: &[(&str, &str)] = QUERY.split_at(12).0;
/// The filter, and the format: an export has no pages.
const EXPORT: &[(&str, &str)] = QUERY.split_at(2).1;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::api(
            "/api/v1/audit-events",
            "list_audit_events",
            Access::Staff,
            get(list),
            Doc::new("get", "Entries of the audit log, newest first.", 200)
                .answers::<EventPage>()
                .with_query(PAGES),
        ),
        Route::api(
            "/api/v1/audit-events/export",
            "export_audit_events",
            Access::Staff,
            get(export),
            Doc::new("get", "All entries that a filter finds, newest first, as a file.", 200)
                .with_query(EXPORT),
        ),
        Route::api(
            "/api/v1/audit-events/archive",
            "archive_audit_events",
            Access::Staff,
            get(archive),
            Doc::new(
                "get",
                "The whole log with its signed checkpoint: vouchsafe verify checks the file offline.",
                200,
            ),
        ),
        Route::api(
            "/api/v1/tenants/{tenant}/audit-events",
            "list_tenant_audit_events",
            Access::tenant(Action::SeeAudit),
            get(tenant_list),
            Doc::new("get", "What the audit log says of a tenant, newest first.", 200)
                .answers::<EventPage>()
                .with_query(PAGES),
        ),
        Route::api(
            "/api/v1/tenants/{tenant}/audit-events/export",
            "export_tenant_audit_events",
            Access::tenant(Action::SeeAudit),
            get(tenant_export),
            Doc::new("get", "All entries of a tenant that a filter finds, as a file.", 200)
                .with_query(EXPORT),
        ),
    ]
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
    /// The support session that it was done in.
    support: Option<String>,
    /// Words for people, such as the reason of a support session.
    note: Option<String>,
    detail: Value,
}

impl EventBody {
    /// The first line of a table of entries.
    pub(crate) const COLUMNS: [&str; 16] = [
        "seq",
        "id",
        "at",
        "action",
        "actor",
        "actor_name",
        "target",
        "target_name",
        "tenant",
        "address",
        "device",
        "result",
        "trace",
        "support",
        "note",
        "detail",
    ];

    /// Its line in that table.
    pub(crate) fn cells(&self) -> [String; 16] {
        let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
        [
            self.seq.to_string(),
            self.id.clone(),
            self.at.clone(),
            self.action.clone(),
            self.actor.clone(),
            self.actor_name.clone(),
            or_empty(&self.target),
            or_empty(&self.target_name),
            or_empty(&self.tenant),
            self.address.clone(),
            self.device.clone(),
            self.result.clone(),
            self.trace.clone(),
            or_empty(&self.support),
            or_empty(&self.note),
            if self.detail.is_null() { String::new() } else { self.detail.to_string() },
        ]
        .map(plain)
    }
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
            support: shown.entry.support,
            note: shown.note,
            detail: shown.entry.detail,
        }
    }
}

/// The newest entries, for the command line.
pub fn newest(app: &App, limit: i64) -> Result<Vec<EventBody>, base::Fault> {
    let shown = service::page(app, &crate::entry::store::Filter::default(), None, limit)?;
    Ok(shown.into_iter().map(EventBody::from).collect())
}

async fn archive(State(app): State<Arc<App>>, op: Op) -> Result<Response, Failure> {
    op.permit(Action::ReadAudit)?;
    export::send_archive(&app, &op).await
}

async fn list(
    State(app): State<Arc<App>>,
    op: Op,
    Query(asked): Query<Asked>,
) -> Result<Json<EventPage>, Failure> {
    op.permit(Action::ReadAudit)?;
    page(&app, &Scope::platform(), &asked)
}

async fn export(
    State(app): State<Arc<App>>,
    op: Op,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    op.permit(Action::ReadAudit)?;
    asked.check_dates()?;
    export::send(&app, &op, Scope::platform(), &asked).await
}

async fn tenant_list(
    State(app): State<Arc<App>>,
    op: Op,
    Path(wanted): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Json<EventPage>, Failure> {
    let own = membership(&app, &op, &wanted)?;
    op.permit_in(&own, Action::SeeAudit)?;
    page(&app, &Scope::tenant(&own), &asked)
}

async fn tenant_export(
    State(app): State<Arc<App>>,
    op: Op,
    Path(wanted): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &wanted)?;
    op.permit_in(&own, Action::SeeAudit)?;
    asked.check_dates()?;
    export::send(&app, &op, Scope::tenant(&own), &asked).await
}

fn page(app: &App, scope: &Scope, asked: &Asked) -> Result<Json<EventPage>, Failure> {
    asked.check_dates()?;
    let limit = asked.limit.unwrap_or(50).clamp(1, PAGE_ROWS_MAX) as i64;
    let (shown, next) = scope.page(app, asked, limit)?;
    Ok(Json(EventPage { items: shown.into_iter().map(EventBody::from).collect(), next }))
}
