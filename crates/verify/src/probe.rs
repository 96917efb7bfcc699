//! The harmless probes, from the visitor's own machine: what the page claims about its door, tried once.

use serde_json::Value;
use ureq::Agent;
use ureq::http::StatusCode;

use crate::fetch;

/// What was tried for a line, and how it went.
#[derive(Clone, Debug, serde::Serialize)]
pub(crate) struct Tried {
    /// The line.
    pub id: &'static str,
    /// What was tried.
    pub what: &'static str,
    /// Whether it went as the line promises; `None` when it could not be tried.
    pub held: Option<bool>,
}

/// Pages and operations that must refuse strangers.
const CLOSED: [&str; 4] = ["/dashboard", "/admin", "/api/v1/sessions", "/api/v1/audit-events"];

/// Tries what belongs to published lines.
pub(crate) fn all(agent: &Agent, origin: &str, page: &Value) -> Vec<Tried> {
    let published =
        |id: &str| page["claims"].as_array().into_iter().flatten().any(|c| c["id"] == id);
    let mut tried = Vec::new();
    let mut add = |id: &'static str, what: &'static str, held: Option<bool>| {
        if published(id) {
            tried.push(Tried { id, what, held });
        }
    };
    add("IDN-37", "pages and operations without a sign-in", closed(agent, origin));
    add("EDG-09", "a change sent as another site's page would", forged(agent, origin));
    add("EDG-12", "HTTPS with HSTS", strict(agent, origin));
    add("IDN-22", "the sign-in page over HTTPS only", strict(agent, origin));
    add("OPS-68", "the ledger of changes beside the page", ledger(agent, origin, page));
    tried
}

fn closed(agent: &Agent, origin: &str) -> Option<bool> {
    let mut all = true;
    for path in CLOSED {
        let answer = agent.get(format!("{origin}{path}")).call().ok()?;
        let to_sign_in = answer
            .headers()
            .get("location")
            .and_then(|v| v.to_str().ok())
            .is_some_and(|l| l.starts_with("/login"));
        all &= match answer.status() {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND => true,
            StatusCode::SEE_OTHER => to_sign_in,
            _ => false,
        };
    }
    Some(all)
}

fn forged(agent: &Agent, origin: &str) -> Option<bool> {
    let answer = agent
        .post(format!("{origin}/api/v1/sign-out"))
        .header("origin", "https://attacker.example")
        .header("content-type", "application/json")
        .send("{}")
        .ok()?;
    let refused = answer.status() == StatusCode::FORBIDDEN;
    let body: Value = serde_json::from_str(&fetch::body(answer).ok()?).ok()?;
    Some(refused && body["type"].as_str().is_some_and(|t| t.ends_with("kernel/cross-site")))
}

fn strict(agent: &Agent, origin: &str) -> Option<bool> {
    if !origin.starts_with("https://") {
        return Some(false);
    }
    let answer = agent.get(format!("{origin}/login")).call().ok()?;
    Some(answer.headers().contains_key("strict-transport-security"))
}

fn ledger(agent: &Agent, origin: &str, page: &Value) -> Option<bool> {
    let text = fetch::text(agent, &format!("{origin}/security/changes.json")).ok()?;
    let changes: Value = serde_json::from_str(&text).ok()?;
    let items = changes["items"].as_array()?;
    let same = |claim: &Value| {
        let newest = items.iter().find(|c| c["type"] == "claim" && c["claim"] == claim["id"]);
        newest.is_some_and(|c| c["text"] == claim["text"])
    };
    Some(page["claims"].as_array()?.iter().all(same))
}
