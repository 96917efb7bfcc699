//! `/admin/audit`, and the same for one tenant: one box, chips, a table, and the entry with its proof.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use base::{Fault, Timestamp};
use kernel::web::body::Query;
use kernel::web::membership;
use kernel::web::page::{Shell, View, encode, html};
use kernel::web::problem::Failure;
use kernel::web::route::{Access, Route};
use kernel::{Action, App, Op, log};
use serde::Deserialize;

use crate::entry::service::Shown;
use crate::entry::store;
use crate::http_export as export;
use crate::view::{Asked, Chip, Scope, chips};

/// Rows on a page.
const ROWS: i64 = 50;
/// Characters of the box.
const BOX_CHARS_MAX: usize = 500;

pub(crate) fn routes() -> Vec<Route> {
    use Access::Staff;
    vec![
        Route::page("/admin/audit", "admin_audit", Staff, get(list)),
        Route::page("/admin/audit/export", "admin_audit_export", Staff, get(export)),
        Route::page("/admin/audit/archive", "admin_audit_archive", Staff, get(archive)),
        Route::page(
            "/t/{slug}/audit",
            "tenant_audit",
            Access::tenant(Action::SeeAudit),
            get(tenant_list),
        ),
        Route::page(
            "/t/{slug}/audit/export",
            "tenant_audit_export",
            Access::tenant(Action::SeeAudit),
            get(tenant_export),
        ),
    ]
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    q: String,
    event: Option<String>,
    cursor: Option<i64>,
    format: Option<String>,
}

struct EntryRow {
    id: String,
    seq: i64,
    at: Timestamp,
    actor: String,
    address: String,
    action: String,
    target: String,
    tenant: String,
    result: String,
    support: bool,
    current: bool,
    href: String,
}

struct EntryDetail {
    id: String,
    seq: i64,
    at: Timestamp,
    action: String,
    actor: String,
    target: String,
    tenant: String,
    address: String,
    trace: String,
    result: String,
    support: Option<String>,
    note: Option<String>,
    json: String,
    proof_size: i64,
    proof_hashes: usize,
}

/// What both pages show.
struct Found {
    base: String,
    q: String,
    chips: Vec<Chip>,
    rows: Vec<EntryRow>,
    shown: usize,
    /// Entries of the whole log; a tenant's people are not told.
    size: Option<i64>,
    checkpoint_at: Option<Timestamp>,
    verified: bool,
    next: Option<String>,
    detail: Option<EntryDetail>,
    elapsed_ms: i64,
}

#[derive(Template)]
#[template(path = "admin_audit.html")]
struct AdminPage {
    shell: Shell,
    found: Found,
}

#[derive(Template)]
#[template(path = "tenant_audit.html")]
struct TenantPage {
    shell: Shell,
    found: Found,
}

async fn list(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    op.permit(Action::ReadAudit)?;
    let found = find(&app, &op, &Scope::platform(), &wanted)?;
    html(&AdminPage { shell: Shell::new(&app, &op, &view, "title-audit")?, found })
}

async fn archive(State(app): State<Arc<App>>, op: Op) -> Result<Response, Failure> {
    op.permit(Action::ReadAudit)?;
    export::send_archive(&app, &op).await
}

async fn tenant_list(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(slug): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &slug)?;
    op.permit_in(&own, Action::SeeAudit)?;
    let found = find(&app, &op, &Scope::tenant(&own), &wanted)?;
    let shell = Shell::new(&app, &op, &view, "title-audit")?.about(&own);
    html(&TenantPage { shell, found })
}

fn find(app: &App, op: &Op, scope: &Scope, wanted: &Wanted) -> Result<Found, Failure> {
    let q: String = wanted.q.chars().take(BOX_CHARS_MAX).collect();
    let asked = Asked { cursor: wanted.cursor, ..Asked::typed(&q) };
    asked.check_dates()?;
    let (found, last) = scope.page(app, &asked, ROWS)?;
    let detail = match &wanted.event {
        Some(id) => scope.one(app, id)?.map(|s| detail(app, s)).transpose()?,
        None => None,
    };
    let (head, verified, size) = app
        .store
        .audit()
        .read(|tx| Ok::<_, Fault>((log::head(tx)?, store::verified(tx)?, log::size(tx)?)))?;
    let row = |s| row(s, scope, &q, wanted.event.as_deref());
    let rows: Vec<EntryRow> = found.into_iter().map(row).collect();
    Ok(Found {
        chips: chips(&scope.base, &q),
        shown: rows.len(),
        rows,
        size: scope.tenant.is_none().then_some(size as i64),
        checkpoint_at: head.map(|h| h.at),
        verified: verified.unwrap_or(false),
        next: last.map(|seq| format!("{}?q={}&cursor={seq}", scope.base, encode(&q))),
        detail,
        elapsed_ms: app.clock.now().since(op.now).as_millis() as i64,
        base: scope.base.clone(),
        q,
    })
}

fn row(s: Shown, scope: &Scope, q: &str, current: Option<&str>) -> EntryRow {
    EntryRow {
        href: format!("{}?q={}&event={}", scope.base, encode(q), s.entry.id),
        current: current == Some(s.entry.id.as_str()),
        id: s.entry.id,
        seq: s.seq,
        at: s.at,
        actor: s.actor,
        address: s.address,
        action: s.entry.action,
        target: s.target,
        tenant: s.tenant,
        support: s.entry.support.is_some(),
        result: s.entry.result,
    }
}

/// The entry with the proof that it is in the log under the last signed checkpoint.
fn detail(app: &App, s: Shown) -> Result<EntryDetail, Fault> {
    let seq = s.seq.unsigned_abs();
    let (size, hashes) = app.store.audit().read(|tx| {
        let size = log::head(tx)?.map_or(0, |h| h.size);
        let path = if seq < size { log::inclusion(tx, size, seq)? } else { Vec::new() };
        Ok::<_, Fault>((size, path.len()))
    })?;
    let json = serde_json::to_string_pretty(&s.entry).unwrap_or_default();
    Ok(EntryDetail {
        id: s.entry.id,
        seq: s.seq,
        at: s.at,
        action: s.entry.action,
        actor: s.actor,
        target: s.target,
        tenant: s.tenant,
        address: s.address,
        trace: s.entry.trace,
        result: s.entry.result,
        support: s.entry.support,
        note: s.note,
        json,
        proof_size: size as i64,
        proof_hashes: hashes,
    })
}

/// Exactly what the filter shows.
async fn export(
    State(app): State<Arc<App>>,
    op: Op,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    op.permit(Action::ReadAudit)?;
    export_box(&app, &op, Scope::platform(), wanted).await
}

async fn tenant_export(
    State(app): State<Arc<App>>,
    op: Op,
    Path(slug): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &slug)?;
    op.permit_in(&own, Action::SeeAudit)?;
    export_box(&app, &op, Scope::tenant(&own), wanted).await
}

async fn export_box(
    app: &Arc<App>,
    op: &Op,
    scope: Scope,
    wanted: Wanted,
) -> Result<Response, Failure> {
    let q: String = wanted.q.chars().take(BOX_CHARS_MAX).collect();
    let asked = Asked { format: wanted.format, ..Asked::typed(&q) };
    asked.check_dates()?;
    export::send(app, op, scope, &asked).await
}
