//! What the pages and the JSON show: each control's claim with its verdict.

use base::Fault;
use kernel::App;
use kernel::control::{Control, Figure, Promise};
use serde::Serialize;

use crate::run::store::{self as runs, Recorded};
use crate::verdict::{Case, Run, Verdict, judge};
use crate::{assess, digest};

/// Runs that a verdict looks at, besides the last failure.
const RUNS: i64 = 200;

/// A claim with its verdict, and what it rests on.
pub(crate) struct Judged {
    pub(crate) control: &'static Control,
    pub(crate) verdict: Verdict,
    pub(crate) probes: Vec<Recorded>,
    pub(crate) falsifications: Vec<Recorded>,
}

impl Judged {
    /// Hash of the evidence of the run that the verdict rests on.
    pub(crate) fn evidence(&self) -> Option<&str> {
        let at = self.verdict.proved_at?;
        self.probes.iter().rev().find(|p| p.run.ended_at == at).map(|p| p.evidence.as_str())
    }
}

/// All published claims.
pub(crate) fn judged(app: &App) -> Result<Vec<Judged>, Fault> {
    assess::controls(app).into_iter().map(|control| judge_one(app, control)).collect()
}

fn judge_one(app: &App, control: &'static Control) -> Result<Judged, Fault> {
    let (probes, falsifications, violated) = app.store.posture().read(|tx| {
        let probes = runs::newest(tx, control.id, "probe", RUNS)?;
        let falsifications = runs::newest(tx, control.id, "falsification", RUNS)?;
        Ok::<_, Fault>((probes, falsifications, runs::last_violated(tx, control.id)?))
    })?;
    // A failure must not drop out of sight because many runs came after it.
    let older =
        violated.filter(|v| probes.first().is_some_and(|p| v.run.ended_at < p.run.ended_at));
    let probes: Vec<Recorded> = older.into_iter().chain(probes).collect();
    let only = |all: &[Recorded]| -> Vec<Run> { all.iter().map(|r| r.run.clone()).collect() };
    let verdict = judge(&Case {
        promised: &control.claim.promised,
        version: control.version,
        digests: &digest::now(app),
        life: assess::life(app),
        runs: &only(&probes),
        falsifications: &only(&falsifications),
        now: app.clock.now(),
    });
    Ok(Judged { control, verdict, probes, falsifications })
}

/// A row of `/security.json`.
#[derive(Serialize)]
pub struct ClaimJson {
    id: &'static str,
    domain: &'static str,
    text: String,
    classes: &'static [&'static str],
    seeds: &'static [&'static str],
    target: Target,
    state: &'static str,
    method: &'static str,
    assurance: &'static str,
    reason: Option<String>,
    promised: PromisedJson,
    measured: Vec<Figure>,
    attempts: u64,
    violations: u64,
    vantage: &'static str,
    interval_s: u64,
    proved_at: Option<base::Timestamp>,
    valid_until: Option<base::Timestamp>,
    falsified_at: Option<base::Timestamp>,
    probe: String,
    evidence: Option<String>,
    does_not_show: String,
}

#[derive(Serialize)]
struct Target {
    kind: &'static str,
    covered: u32,
    of: u32,
    environment: &'static str,
}

#[derive(Serialize)]
struct PromisedJson {
    name: &'static str,
    value: f64,
    unit: &'static str,
    direction: &'static str,
}

impl From<Promise> for PromisedJson {
    fn from(p: Promise) -> Self {
        Self { name: p.name, value: p.value, unit: p.unit, direction: p.direction }
    }
}

/// The rows of all published claims.
pub fn claims_json(app: &App) -> Result<Vec<ClaimJson>, Fault> {
    Ok(judged(app)?.into_iter().map(|j| claim_json(app, &j)).collect())
}

fn claim_json(app: &App, judged: &Judged) -> ClaimJson {
    let claim = judged.control.claim;
    let verdict = &judged.verdict;
    ClaimJson {
        id: claim.id,
        domain: claim.domain,
        text: claim.text(&app.texts),
        classes: claim.classes,
        seeds: claim.seeds,
        target: Target { kind: "plane", covered: 1, of: 1, environment: "real" },
        state: verdict.state.word(),
        method: "live",
        assurance: "self-tested",
        reason: verdict.reason.clone(),
        promised: claim.promised.into(),
        measured: verdict.measured.clone().into_iter().collect(),
        attempts: verdict.attempts,
        violations: verdict.violations,
        vantage: "loopback",
        interval_s: app.config.posture.interval_s,
        proved_at: verdict.proved_at,
        valid_until: verdict.valid_until,
        falsified_at: verdict.falsified_at,
        probe: format!("{}@{}", judged.control.id, judged.control.version),
        evidence: judged.evidence().map(|h| format!("/security/evidence/{h}")),
        does_not_show: claim.does_not_show(&app.texts),
    }
}
