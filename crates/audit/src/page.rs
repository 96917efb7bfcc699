//! `/admin/audit`: one box, chips, a table, and the entry with its proof.

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base::{Fault, Timestamp};
use kernel::web::body::Query;
use kernel::web::page::{Shell, View, encode, html};
use kernel::web::problem::Failure;
use kernel::web::route::{Access, Route};
use kernel::{Action, App, Op, log};
use serde::Deserialize;

use crate::entry::service::{self, Shown};
use crate::entry::store::{self, Filter};
use crate::entry::{Event, append};
use crate::http::{Asked, EventBody};

/// Rows on a page.
const ROWS: i64 = 50;
/// Entries of one export.
const EXPORT_MAX: usize = 100_000;
/// Characters of the box.
const BOX_CHARS_MAX: usize = 500;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::page("/admin/audit", "admin_audit", Access::Staff, get(list)),
        Route::page("/admin/audit/export.ndjson", "admin_audit_export", Access::Staff, get(export)),
    ]
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    q: String,
    event: Option<String>,
    cursor: Option<i64>,
}

struct Chip {
    name: String,
    value: String,
    without: String,
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
    json: String,
    proof_size: i64,
    proof_hashes: usize,
}

#[derive(Template)]
#[template(path = "admin_audit.html")]
struct AuditPage {
    shell: Shell,
    q: String,
    chips: Vec<Chip>,
    rows: Vec<EntryRow>,
    shown: usize,
    size: i64,
    checkpoint_at: Option<Timestamp>,
    verified: bool,
    next: Option<String>,
    detail: Option<EntryDetail>,
    export: String,
    elapsed_ms: i64,
}

async fn list(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    op.permit(Action::ReadAudit)?;
    let q: String = wanted.q.chars().take(BOX_CHARS_MAX).collect();
    let asked = parse_box(&q);
    asked.check_dates()?;
    let found = service::page(&app, &filter(&app, &asked)?, wanted.cursor, ROWS)?;
    let detail = match &wanted.event {
        Some(id) => service::one(&app, id)?.map(|s| detail(&app, s)).transpose()?,
        None => None,
    };
    let (head, verified, size) = app
        .store
        .audit()
        .read(|tx| Ok::<_, Fault>((log::head(tx)?, store::verified(tx)?, log::size(tx)?)))?;
    let full = found.len() as i64 == ROWS;
    let next = found
        .last()
        .filter(|_| full)
        .map(|last| format!("/admin/audit?q={}&cursor={}", encode(&q), last.seq));
    let rows: Vec<EntryRow> =
        found.into_iter().map(|s| row(s, &q, wanted.event.as_deref())).collect();
    html(&AuditPage {
        shell: Shell::new(&app, &op, &view, "title-audit")?,
        chips: chips(&q),
        export: format!("/admin/audit/export.ndjson?q={}", encode(&q)),
        shown: rows.len(),
        rows,
        size: size as i64,
        checkpoint_at: head.map(|h| h.at),
        verified: verified.unwrap_or(false),
        next,
        detail,
        elapsed_ms: app.clock.now().since(op.now).as_millis() as i64,
        q,
    })
}

fn row(s: Shown, q: &str, current: Option<&str>) -> EntryRow {
    EntryRow {
        href: format!("/admin/audit?q={}&event={}", encode(q), s.entry.id),
        current: current == Some(s.entry.id.as_str()),
        id: s.entry.id,
        seq: s.seq,
        at: s.at,
        actor: s.actor,
        address: s.address,
        action: s.entry.action,
        target: s.target,
        tenant: s.tenant,
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
        json,
        proof_size: size as i64,
        proof_hashes: hashes,
    })
}

/// `actor:x action:y words`: the last of each qualifier counts, the rest are words.
pub(crate) fn parse_box(q: &str) -> Asked {
    let mut asked = Asked::default();
    let mut words = Vec::new();
    for part in q.split_whitespace() {
        match part.split_once(':') {
            Some((name, value)) if !value.is_empty() => {
                if let Some(slot) = slot(&mut asked, name) {
                    *slot = Some(value.to_owned());
                } else {
                    words.push(part);
                }
            }
            _ => words.push(part),
        }
    }
    if !words.is_empty() {
        asked.q = Some(words.join(" "));
    }
    asked
}

fn slot<'a>(asked: &'a mut Asked, name: &str) -> Option<&'a mut Option<String>> {
    Some(match name {
        "action" => &mut asked.action,
        "actor" => &mut asked.actor,
        "address" => &mut asked.address,
        "from" | "after" => &mut asked.from,
        "result" => &mut asked.result,
        "target" => &mut asked.target,
        "tenant" => &mut asked.tenant,
        "to" | "before" => &mut asked.to,
        "trace" => &mut asked.trace,
        _ => return None,
    })
}

/// What was asked, as the store looks for it.
pub(crate) fn filter(app: &App, asked: &Asked) -> Result<Filter, Fault> {
    let person = |typed: &Option<String>| {
        typed.as_deref().map(|t| service::resolve_person(app, t)).transpose()
    };
    let tenant = asked.tenant.as_deref().map(|t| service::resolve_tenant(app, t)).transpose()?;
    Ok(Filter {
        actor: person(&asked.actor)?,
        action: asked.action.clone(),
        target: person(&asked.target)?,
        tenant,
        result: asked.result.clone(),
        trace: asked.trace.clone(),
        address_index: asked
            .address
            .as_deref()
            .map(|a| app.blind_index("audit.address", a).to_vec()),
        from: asked.from.as_deref().and_then(Timestamp::parse),
        to: asked.to.as_deref().and_then(Timestamp::parse),
        words: asked.q.clone(),
    })
}

fn chips(q: &str) -> Vec<Chip> {
    let parts: Vec<&str> = q.split_whitespace().collect();
    let without = |at: usize| {
        let rest: Vec<&str> =
            parts.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, p)| *p).collect();
        format!("/admin/audit?q={}", encode(&rest.join(" ")))
    };
    let chip = |(at, part): (usize, &&str)| {
        let (name, value) = part.split_once(':')?;
        slot(&mut Asked::default(), name)?;
        Some(Chip { name: name.to_owned(), value: value.to_owned(), without: without(at) })
    };
    parts.iter().enumerate().filter_map(chip).collect()
}

/// Exactly what the filter shows, one JSON object a line, newest first.
async fn export(
    State(app): State<Arc<App>>,
    op: Op,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    op.permit(Action::ReadAudit)?;
    let asked = parse_box(&wanted.q);
    asked.check_dates()?;
    export_all(&app, &op, &asked).await
}

/// Every entry that a filter finds, one JSON document per line; that somebody took them is an entry too.
pub(crate) async fn export_all(
    app: &Arc<App>,
    op: &Op,
    asked: &Asked,
) -> Result<Response, Failure> {
    let wanted = filter(app, asked)?;
    let told = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| append(&told.0, tx, &told.1, Event::done("audit.exported")))
        .await?;
    let mut lines = String::new();
    let (mut before, mut count) = (None, 0);
    loop {
        let page = service::page(app, &wanted, before, 500)?;
        let Some(last) = page.last() else { break };
        before = Some(last.seq);
        count += page.len();
        for shown in page {
            let line = serde_json::to_string(&EventBody::from(shown)).unwrap_or_default();
            lines.push_str(&line);
            lines.push('\n');
        }
        if count >= EXPORT_MAX {
            break;
        }
    }
    let headers = [
        (header::CONTENT_TYPE, "application/x-ndjson"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.ndjson\""),
    ];
    Ok((headers, Body::from(lines)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_box_understands_qualifiers_and_words() {
        let asked =
            parse_box("action:session actor:mara@x.example colour:red  from:2026-11-16 key");
        assert_eq!(asked.action.as_deref(), Some("session"));
        assert_eq!(asked.actor.as_deref(), Some("mara@x.example"));
        assert_eq!(asked.from.as_deref(), Some("2026-11-16"));
        assert_eq!(asked.q.as_deref(), Some("colour:red key"));
    }

    #[test]
    fn a_chip_takes_itself_away_and_leaves_the_rest() {
        let all = chips("action:session result:refused key");
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].without, "/admin/audit?q=result%3Arefused%20key");
    }
}
