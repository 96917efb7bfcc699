//! Benchmarks: each figure beside the physical limit that was measured in the same minute.
//!
//! Figures of a shared machine move; ratios move less. What is committed under `bench/results` was
//! printed by this, with date and machine. A figure that misses its goal is printed like any other.

#![expect(clippy::disallowed_methods, reason = "a benchmark measures this machine's own time")]

mod breach;
mod child;
mod commits;
mod crowd;
mod decide;
mod life;
mod limits;
mod proof;
mod requests;
mod store;
mod storm;
mod tenants;

use anyhow::Result;
use base::Clock;
use serde_json::{Value, json};

use crate::clock::SystemClock;

/// The profiles, in the order in which they run.
pub const NAMES: [&str; 12] = [
    "sign-in",
    "captcha",
    "session-check",
    "decide",
    "revoke",
    "storm",
    "breach",
    "commits",
    "tenants",
    "crowd",
    "start",
    "proof",
];

/// One line of a result.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    pub(crate) profile: &'static str,
    pub(crate) figure: &'static str,
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    /// The physical limit, in the same unit.
    pub(crate) limit: Option<f64>,
    /// What is promised, in words.
    pub(crate) goal: &'static str,
    pub(crate) met: Option<bool>,
}

impl Figure {
    fn json(&self) -> Value {
        let ratio = self.limit.map(|limit| round(self.value / limit));
        json!({
            "profile": self.profile,
            "figure": self.figure,
            "value": round(self.value),
            "unit": self.unit,
            "limit": self.limit.map(round),
            "ratio": ratio,
            "goal": self.goal,
            "met": self.met,
        })
    }
}

fn round(value: f64) -> f64 {
    let scale = if value.abs() < 10.0 { 1000.0 } else { 10.0 };
    (value * scale).round() / scale
}

/// Runs profiles one after the other; `{"at", "machine", "items": [...]}`.
pub async fn run(names: &[&str], say: &dyn Fn(&str)) -> Result<Value> {
    let mut items = Vec::new();
    for name in names {
        say(&format!("measuring {name} …"));
        let figures = match *name {
            "sign-in" => requests::sign_in().await?,
            "captcha" => requests::captcha().await?,
            "session-check" => requests::session_check().await?,
            "decide" => decide::measure().await?,
            "revoke" => requests::revoke().await?,
            "storm" => storm::measure().await?,
            "breach" => breach::measure()?,
            "commits" => commits::measure().await?,
            "crowd" => crowd::measure().await?,
            "tenants" => tenants::measure().await?,
            "proof" => proof::all().await?,
            _ => life::measure().await?,
        };
        items.extend(figures.iter().map(Figure::json));
    }
    Ok(json!({ "at": SystemClock.now(), "machine": limits::machine(), "items": items }))
}
