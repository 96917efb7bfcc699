//! The claims about the page itself: computed from what it publishes, through the public door.

use std::collections::BTreeSet;

use base::Timestamp;
use kernel::control::{
    Break, Control, Falsification, Method, Needs, Probing, Promise, Risk, Safety, Tamper, Unable,
    Vantage, unable,
};
use kernel::door::{Answer, Request};
use serde_json::Value;

/// Freshness last: the others are lines that it looks at.
pub(crate) const CONTROLS: [Control; 3] = [COVERED, DATED, FRESH];

/// OPS-01: every line has a verdict that is younger than its limit.
const FRESH: Control = Control {
    id: "posture.lines_fresh",
    version: 1,
    claim: "OPS-01",
    promised: Promise::none("lines without a fresh verdict"),
    method: Method::Computed,
    safety: Safety::S0,
    risk: Risk::High,
    needs: Needs::DOOR,
    configuration: &["posture"],
    routes: &["security_json"],
    asvs: &[],
    probe: |vantage| -> Probing<'_> { Box::pin(fresh(vantage)) },
    falsification: Falsification {
        name: "old_proofs_shown_as_proven",
        by: Break::Answers(|| Box::new(Rewrites(|claim| claim["valid_until"] = OLD.into()))),
    },
};

/// OPS-22: how many requirements of OWASP ASVS a proven line covers.
const COVERED: Control = Control {
    id: "posture.asvs_covered",
    version: 1,
    claim: "OPS-22",
    promised: Promise {
        name: "ASVS requirements covered, of 345",
        value: 6.0,
        unit: "",
        direction: ">=",
    },
    method: Method::Computed,
    safety: Safety::S0,
    risk: Risk::Low,
    needs: Needs::DOOR,
    configuration: &["posture"],
    routes: &["security_json"],
    asvs: &[],
    probe: |vantage| -> Probing<'_> { Box::pin(covered(vantage)) },
    falsification: Falsification {
        name: "requirements_counted_without_an_attempt",
        by: Break::Answers(|| Box::new(Rewrites(|claim| claim["attempts"] = 0.into()))),
    },
};

/// OPS-68: every line says when it was worded and when it was proven, and reads as it was published.
const DATED: Control = Control {
    id: "posture.lines_dated",
    version: 1,
    claim: "OPS-68",
    promised: Promise::none("lines without dates, or worded otherwise than published"),
    method: Method::Computed,
    safety: Safety::S0,
    risk: Risk::Low,
    needs: Needs::DOOR,
    configuration: &["posture"],
    routes: &["security_json", "security_changes_json"],
    asvs: &[],
    probe: |vantage| -> Probing<'_> { Box::pin(dated(vantage)) },
    falsification: Falsification {
        name: "a_line_reworded_quietly",
        by: Break::Answers(|| Box::new(Rewrites(|claim| claim["text"] = "We are secure.".into()))),
    },
};

const OLD: &str = "2020-01-01T00:00:00.000Z";
const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";

async fn read(vantage: &Vantage, path: &str) -> Result<Value, Unable> {
    let answer = vantage.door(AGENT).get(path).await.map_err(unable)?;
    match answer.status.as_u16() {
        200 => Ok(answer.json()),
        other => Err(Unable::because(format!("{path} was answered {other}"))),
    }
}

fn claims(page: &Value) -> Result<&Vec<Value>, Unable> {
    match page["claims"].as_array() {
        Some(claims) if !claims.is_empty() => Ok(claims),
        _ => Err(Unable::because("no claim is published")),
    }
}

fn at(claim: &Value, name: &str) -> Option<Timestamp> {
    claim[name].as_str().and_then(Timestamp::parse)
}

async fn fresh(vantage: &Vantage) -> Result<(), Unable> {
    let page = read(vantage, "/security.json").await?;
    let now = vantage.clock.now();
    let mut without = 0_u32;
    for claim in claims(&page)?.iter().filter(|c| c["id"] != "OPS-01") {
        let state = claim["state"].as_str().unwrap_or_default();
        let earned = at(claim, "valid_until").is_some_and(|until| until > now)
            && at(claim, "falsified_at").is_some()
            && claim["attempts"].as_u64().is_some_and(|n| n > 0)
            && claim["violations"] == 0;
        let step = "read a line of the page";
        vantage.tried(step, "proven only while it is fresh", state == "proven" && !earned);
        without += u32::from(matches!(state, "stale" | "unchecked" | "attestation-expired"));
    }
    vantage.measured(vantage.promised.name, f64::from(without), "");
    if without > 0 {
        vantage.note(&format!("{without} lines have no fresh verdict, and say so"));
    }
    Ok(())
}

async fn covered(vantage: &Vantage) -> Result<(), Unable> {
    let page = read(vantage, "/security.json").await?;
    let mut found = BTreeSet::new();
    for claim in claims(&page)?.iter().filter(|c| c["state"] == "proven") {
        for id in claim["asvs"].as_array().into_iter().flatten() {
            let earned = claim["attempts"].as_u64().is_some_and(|n| n > 0);
            vantage.tried("count a requirement", "a proven line with attempts", !earned);
            found.insert(id.as_str().unwrap_or_default().to_owned());
        }
    }
    vantage.measured(vantage.promised.name, found.len() as f64, "");
    Ok(())
}

async fn dated(vantage: &Vantage) -> Result<(), Unable> {
    let page = read(vantage, "/security.json").await?;
    let changes = read(vantage, "/security/changes.json").await?;
    let changes = changes["items"].as_array().cloned().unwrap_or_default();
    for claim in claims(&page)? {
        let newest = changes.iter().find(|c| c["type"] == "claim" && c["claim"] == claim["id"]);
        let same = newest.is_some_and(|c| c["text"] == claim["text"]);
        let worded = at(claim, "worded_at").is_some();
        let proven = claim["state"] != "proven" || at(claim, "proved_at").is_some();
        let step = "compare a line with what was published";
        vantage.tried(step, "the same words, with both dates", !(same && worded && proven));
    }
    vantage.measured_violations();
    Ok(())
}

/// A page that says something else about its first proven line.
struct Rewrites(fn(&mut Value));

impl Tamper for Rewrites {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        let mut page = answer.json();
        let rewrite = self.0;
        if request.path == "/security.json"
            && let Some(claims) = page["claims"].as_array_mut()
        {
            let counted = |c: &&mut Value| {
                c["state"] == "proven" && c["asvs"].as_array().is_some_and(|a| !a.is_empty())
            };
            claims.iter_mut().filter(counted).for_each(rewrite);
            answer.body = page.to_string().into();
        }
        answer
    }
}
