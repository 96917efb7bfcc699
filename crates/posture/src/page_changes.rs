//! `/security/changes` and the feed: what was added, reworded, weakened, withdrawn, and every change of state.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base::{Fault, Timestamp};
use kernel::text::{Lang, Words};
use kernel::web::page::{Shell, View, html, state_look};
use kernel::web::problem::Failure;
use kernel::web::route::{Access, Route};
use kernel::{App, Op};
use serde::Deserialize;
use serde_json::Value;

use crate::claim::store::{self as table, Changed};

pub(crate) fn routes() -> Vec<Route> {
    use Access::Open;
    vec![
        Route::page("/security/changes", "security_changes", Open, get(changes)),
        Route::page("/security/changes.json", "security_changes_json", Open, get(changes_json)),
        Route::page("/security/feed.atom", "security_feed", Open, get(feed)),
    ]
}

/// Changes on one page.
const PAGE: i64 = 100;
/// Entries of the feed.
const FEED: i64 = 50;

/// A change as the templates show it.
pub(crate) struct ChangeRow {
    pub(crate) number: i64,
    pub(crate) at: Timestamp,
    pub(crate) claim: Option<String>,
    pub(crate) what: String,
    pub(crate) text: String,
    pub(crate) why: String,
    pub(crate) tone: String,
    pub(crate) mark: String,
}

/// What happened to one claim, newest first.
pub(crate) fn of_claim(app: &App, words: Words<'_>, claim: &str) -> Result<Vec<ChangeRow>, Fault> {
    let found = app.store.posture().read(|tx| table::changes_of(tx, claim, 20))?;
    Ok(found.iter().map(|c| row(words, c)).collect())
}

fn row(words: Words<'_>, changed: &Changed) -> ChangeRow {
    let leaf: Value = serde_json::from_str(&changed.leaf).unwrap_or_default();
    let word = |name: &str| leaf[name].as_str().unwrap_or_default().to_owned();
    let label = |id: String| if words.has(&id) { words.get(&id) } else { id };
    let (what, text, state) = match changed.kind.as_str() {
        "state" => {
            let now = words.get(&format!("state-{}", word("state")));
            let what = match leaf["before"].as_str() {
                Some(before) => {
                    let before = words.get(&format!("state-{before}"));
                    words.with("change-state", &[("before", &before), ("now", &now)])
                }
                None => words.with("change-first-state", &[("now", &now)]),
            };
            (what, word("reason"), word("state"))
        }
        "claim" => {
            let change = word("change");
            let state = match change.as_str() {
                "weakened" | "withdrawn" | "paused" => "mismatch",
                _ => "proven",
            };
            (label(format!("change-{change}")), word("text"), state.to_owned())
        }
        "attestation" => {
            let text = format!("{}: {}", word("issuer"), word("scope"));
            (label(format!("change-attestation-{}", word("state"))), text, "attested".into())
        }
        _ => (label(format!("change-lever-{}", word("state"))), String::new(), "off".into()),
    };
    let (tone, mark) = state_look(&state);
    ChangeRow {
        number: changed.number,
        at: changed.at,
        claim: changed.claim.clone(),
        what,
        text,
        why: word("why"),
        tone: tone.to_owned(),
        mark: mark.to_owned(),
    }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    before: Option<i64>,
}

#[derive(Template)]
#[template(path = "changes.html")]
struct ChangesPage {
    shell: Shell,
    rows: Vec<ChangeRow>,
    older: Option<i64>,
}

async fn changes(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let words = app.words(op.lang);
    let before = asked.before.unwrap_or(i64::MAX);
    let found = app.store.posture().read(|tx| table::changes(tx, false, before, PAGE))?;
    let full = i64::try_from(found.len()).unwrap_or(0) == PAGE;
    html(&ChangesPage {
        shell: Shell::new(&app, &op, &view, "title-changes")?,
        older: found.last().filter(|_| full).map(|c| c.number),
        rows: found.iter().map(|c| row(words, c)).collect(),
    })
}

/// The newest thousand changes of the ledger: each is the leaf as it stands in the log, with its number.
async fn changes_json(State(app): State<Arc<App>>) -> Result<Json<Value>, Failure> {
    let found = app.store.posture().read(|tx| table::changes(tx, false, i64::MAX, 1000))?;
    let items: Vec<Value> = found
        .iter()
        .map(|changed| {
            let mut leaf: Value = serde_json::from_str(&changed.leaf).unwrap_or_default();
            leaf["number"] = changed.number.into();
            leaf
        })
        .collect();
    Ok(Json(serde_json::json!({ "items": items })))
}

#[derive(Template)]
#[template(path = "feed.atom", escape = "html")]
struct Feed {
    title: String,
    origin: String,
    tag: String,
    updated: String,
    entries: Vec<ChangeRow>,
}

async fn feed(State(app): State<Arc<App>>) -> Result<Response, Failure> {
    // One feed for all readers: the ledger's own language.
    let words = app.words(Lang::En);
    let found = app.store.posture().read(|tx| table::changes(tx, true, i64::MAX, FEED))?;
    let product = app.brand.load().product.clone();
    let feed = Feed {
        title: words.with("feed-title", &[("product", &product)]),
        origin: app.origin.load().to_string(),
        tag: app.installation.clone(),
        updated: found.first().map_or_else(|| app.clock.now(), |c| c.at).iso(),
        entries: found.iter().map(|c| row(words, c)).collect(),
    };
    let text = feed.render().map_err(|e| Fault::internal(format!("writing the feed: {e}")))?;
    let headers = [
        (header::CONTENT_TYPE, "application/atom+xml; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=60"),
    ];
    Ok((headers, text).into_response())
}
