//! `/security/badge.svg`: words and absolute times. No colour can be asked for, so none can mislead.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base::Timestamp;
use kernel::App;
use kernel::text::Lang;
use kernel::web::problem::{Failure, Problem};
use kernel::web::route::{Access, Route};
use serde::Deserialize;

use crate::http_cache as cache;
use crate::verdict::State as ClaimState;
use crate::view::{self, Judged};

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::page("/security/badge.svg", "security_badge", Access::Open, get(badge))]
}

#[derive(Deserialize)]
struct Asked {
    /// One claim; all published ones without it.
    claim: Option<String>,
}

async fn badge(
    State(app): State<Arc<App>>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let judged = view::judged(&app)?;
    let (words, keep) = match &asked.claim {
        Some(id) => {
            let one = judged.iter().find(|j| j.entry.id == *id).ok_or_else(Problem::not_found)?;
            (words_of_one(&app, one), cache::keep(&app, std::iter::once(one), false))
        }
        None => (words_of_all(&app, &judged), cache::keep(&app, judged.iter(), false)),
    };
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::VARY, "cookie")];
    Ok((headers, [(header::CACHE_CONTROL, keep)], draw(&words)).into_response())
}

/// `IDN-10: proven 2026-11-24 14:02Z, until 2026-11-24 14:17Z`.
fn words_of_one(app: &App, judged: &Judged) -> String {
    let (id, verdict) = (&judged.entry.id, &judged.verdict);
    let state = app.words(Lang::En).get(&format!("state-{}", verdict.state.word())).to_lowercase();
    match (verdict.state, verdict.proved_at, verdict.valid_until) {
        (ClaimState::Proven, Some(at), Some(until)) => {
            format!(
                "{id}: {state} {} {}, until {} {}",
                day(at),
                clock(at),
                day(until),
                clock(until)
            )
        }
        (_, Some(at), _) => format!("{id}: {state}, last tried {} ({})", clock(at), day(at)),
        _ => format!("{id}: {state}, at {} ({})", clock(app.clock.now()), day(app.clock.now())),
    }
}

/// `security: 17 of 19 proven at 2026-11-24 14:02Z, until 2026-11-24 14:17Z`, with the number that fail if any does.
fn words_of_all(app: &App, judged: &[Judged]) -> String {
    let count = |state| judged.iter().filter(|j| j.verdict.state == state).count();
    let now = app.clock.now();
    let (proven, failing) = (count(ClaimState::Proven), count(ClaimState::Failing));
    let until = judged
        .iter()
        .filter(|j| j.verdict.state == ClaimState::Proven)
        .filter_map(|j| j.verdict.valid_until)
        .min();
    let failing = if failing == 0 { String::new() } else { format!("{failing} failing, ") };
    let until = until.map_or_else(String::new, |t| format!(", until {} {}", day(t), clock(t)));
    let (all, at, day) = (judged.len(), clock(now), day(now));
    format!("security: {failing}{proven} of {all} proven at {day} {at}{until}")
}

fn clock(at: Timestamp) -> String {
    format!("{}Z", &at.iso()[11..16])
}

fn day(at: Timestamp) -> String {
    at.iso()[..10].to_owned()
}

/// Words in one colour on another, the same for every state.
fn draw(words: &str) -> String {
    let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let length = words.chars().count() * 7;
    let width = length + 20;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"24\" role=\"img\" \
         aria-label=\"{words}\"><title>{words}</title><rect width=\"{width}\" height=\"24\" rx=\"4\" \
         fill=\"#1d2b2a\"/><text x=\"10\" y=\"16\" textLength=\"{length}\" fill=\"#ffffff\" \
         font-family=\"ui-monospace,Menlo,Consolas,monospace\" font-size=\"12\">{words}</text></svg>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_break_out_of_the_drawing() {
        let drawn = draw("a<script>&");
        assert!(!drawn.contains("<script>") && drawn.contains("&lt;script&gt;&amp;"));
    }
}
