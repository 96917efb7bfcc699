//! `/security` and the page of each claim.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use base::{Fault, Timestamp};
use kernel::control::{Figure, Promise};
use kernel::web::page::{Shell, View, html, state_look};
use kernel::web::problem::{Failure, Problem};
use kernel::web::route::{Access, Route};
use kernel::{App, Op};

use crate::run::store::{self as runs, Day, Recorded};
use crate::verdict::Outcome;
use crate::view::{self, Judged};
use crate::{evidence, lever};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::page("/security", "security", Access::Open, get(security)),
        Route::page("/security/claims/{id}", "security_claim", Access::Open, get(claim)),
    ]
}

/// Days on a strip.
const DAYS: i64 = 90;
/// Units of the strip's width for a day.
const DAY_WIDTH: u32 = 4;
/// Runs in the list of a claim's page.
const RUNS_SHOWN: usize = 20;

pub(crate) struct FigureView {
    pub(crate) name: String,
    pub(crate) value: String,
}

pub(crate) struct DayRun {
    pub(crate) x: u32,
    pub(crate) width: u32,
    pub(crate) tone: String,
}

pub(crate) struct RuleView {
    pub(crate) zone: String,
    pub(crate) promise: String,
    pub(crate) needle: String,
}

/// A claim as the templates show it; each takes the parts that it needs.
pub(crate) struct ClaimRow {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) state: String,
    pub(crate) label: String,
    pub(crate) tone: String,
    pub(crate) mark: String,
    pub(crate) reason: Option<String>,
    pub(crate) target: String,
    pub(crate) promised: Option<FigureView>,
    pub(crate) measured: Option<FigureView>,
    pub(crate) attempts: u64,
    pub(crate) violations: u64,
    pub(crate) proved_at: Option<Timestamp>,
    pub(crate) valid_until: Option<Timestamp>,
    pub(crate) falsified_at: Option<Timestamp>,
    pub(crate) evidence: Option<String>,
    pub(crate) how: String,
    pub(crate) does_not_show: String,
    pub(crate) strip: String,
    pub(crate) days: Vec<DayRun>,
    pub(crate) vantage: String,
    pub(crate) probe: String,
    pub(crate) rule: Option<RuleView>,
}

/// A claim's row.
pub(crate) fn claim_row(app: &App, judged: &Judged) -> Result<ClaimRow, Fault> {
    let claim = judged.control.claim;
    let verdict = &judged.verdict;
    let state = verdict.state.word();
    let (tone, mark) = state_look(state);
    let today = app.clock.now().0 / 86_400_000;
    let days =
        app.store.posture().read(|tx| runs::days(tx, judged.control.id, today - DAYS + 1))?;
    Ok(ClaimRow {
        id: claim.id.to_owned(),
        text: claim.text(&app.texts),
        state: state.to_owned(),
        label: app.texts.get(&format!("state-{state}")),
        tone: tone.to_owned(),
        mark: mark.to_owned(),
        reason: verdict.reason.clone(),
        target: app.texts.get("target-plane"),
        promised: Some(promised(&claim.promised)),
        measured: verdict.measured.as_ref().map(measured),
        attempts: verdict.attempts,
        violations: verdict.violations,
        proved_at: verdict.proved_at,
        valid_until: verdict.valid_until,
        falsified_at: verdict.falsified_at,
        evidence: judged.evidence().map(|h| format!("/security/evidence/{h}")),
        how: claim.how(&app.texts).into_iter().next().unwrap_or_default(),
        does_not_show: claim.does_not_show(&app.texts),
        strip: strip_words(app, &days),
        days: strip(&days, today),
        vantage: app.texts.get("vantage-loopback"),
        probe: format!("{}@{}", judged.control.id, judged.control.version),
        rule: verdict.measured.as_ref().and_then(|m| rule(&claim.promised, m)),
    })
}

fn promised(promise: &Promise) -> FigureView {
    let sign = match promise.direction {
        "<=" => "≤ ",
        ">=" => "≥ ",
        _ => "",
    };
    FigureView {
        name: promise.name.to_owned(),
        value: format!("{sign}{} {}", promise.value, promise.unit).trim().to_owned(),
    }
}

fn measured(figure: &Figure) -> FigureView {
    let value = format!("{:.3} {}", figure.value, figure.unit);
    FigureView { name: figure.name.clone(), value: value.trim().to_owned() }
}

/// The ruler: promise and figure on a logarithmic scale from a millisecond to ten times the promise.
fn rule(promise: &Promise, figure: &Figure) -> Option<RuleView> {
    let (low, high) = (0.001_f64, promise.value * 10.0);
    if promise.unit != "s" || promise.direction != "<=" || high <= low || !figure.value.is_finite()
    {
        return None;
    }
    let place = |v: f64| {
        let part = (v.max(low) / low).ln() / (high / low).ln();
        format!("{:.1}", 4.0 + 232.0 * part.clamp(0.0, 1.0))
    };
    Some(RuleView {
        zone: place(promise.value),
        promise: place(promise.value),
        needle: place(figure.value),
    })
}

fn tone_of(day: &Day) -> &'static str {
    if day.violated > 0 {
        "bad"
    } else if day.held > 0 {
        "ok"
    } else {
        "plain"
    }
}

/// Runs of equal days; days before the first run were not published yet.
fn strip(days: &[Day], today: i64) -> Vec<DayRun> {
    let mut out: Vec<DayRun> = Vec::new();
    let first = days.first().map_or(today, |d| d.day);
    for n in 0..DAYS {
        let day = today - DAYS + 1 + n;
        let tone = match days.iter().find(|d| d.day == day) {
            Some(found) => tone_of(found),
            None if day < first => "none",
            None => "plain",
        };
        let x = u32::try_from(n).unwrap_or(0) * DAY_WIDTH;
        match out.last_mut() {
            Some(last) if last.tone == tone => last.width += DAY_WIDTH,
            _ => out.push(DayRun { x, width: DAY_WIDTH, tone: tone.to_owned() }),
        }
    }
    out
}

fn strip_words(app: &App, days: &[Day]) -> String {
    let count = |tone: &str| days.iter().filter(|d| tone_of(d) == tone).count();
    let known = count("ok") + count("bad") + count("plain");
    let unpublished = usize::try_from(DAYS).unwrap_or(0).saturating_sub(known);
    app.texts.with(
        "strip-words",
        &[
            ("held", &count("ok")),
            ("violated", &count("bad")),
            ("unchecked", &count("plain")),
            ("unpublished", &unpublished),
        ],
    )
}

struct CountRow {
    state: String,
    label: String,
    tone: String,
    mark: String,
    n: usize,
}

struct DomainRow {
    id: String,
    label: String,
    proven: usize,
    total: usize,
    tone: String,
    mark: String,
    claims: Vec<ClaimRow>,
}

struct CheckpointView {
    size: u64,
    root: String,
    at: Option<Timestamp>,
    origin: String,
}

#[derive(Template)]
#[template(path = "security.html")]
struct SecurityPage {
    shell: Shell,
    counts: Vec<CountRow>,
    proven: usize,
    total: usize,
    domains: Vec<DomainRow>,
    checkpoint: CheckpointView,
    paused: Option<String>,
    generated_at: Timestamp,
    host: String,
}

async fn security(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    let mut rows = Vec::new();
    for judged in view::judged(&app)? {
        rows.push((judged.control.claim.domain, claim_row(&app, &judged)?));
    }
    let proven = rows.iter().filter(|(_, r)| r.state == "proven").count();
    let total = rows.len();
    let counts = counts(&rows);
    let head = evidence::service::head(&app)?;
    let root = head.as_ref().and_then(|h| h.note.lines().nth(2)).unwrap_or_default();
    let checkpoint = CheckpointView {
        size: head.as_ref().map_or(0, |h| h.size),
        root: format!("{}…", root.chars().take(12).collect::<String>()),
        at: evidence::service::head_at(head.as_ref()),
        origin: evidence::service::origin(&app),
    };
    html(&SecurityPage {
        shell: Shell::new(&app, &op, &view, "title-security")?,
        counts,
        proven,
        total,
        domains: domains(&app, rows),
        checkpoint,
        paused: app.store.posture().read(lever::store::find)?.map(|(why, _)| why),
        generated_at: op.now,
        host: app.origin.load().to_string(),
    })
}

fn counts(rows: &[(&'static str, ClaimRow)]) -> Vec<CountRow> {
    let mut out: Vec<CountRow> = Vec::new();
    for (_, row) in rows {
        match out.iter_mut().find(|c| c.state == row.state) {
            Some(count) => count.n += 1,
            None => out.push(CountRow {
                state: row.state.clone(),
                label: row.label.clone(),
                tone: row.tone.clone(),
                mark: row.mark.clone(),
                n: 1,
            }),
        }
    }
    out
}

fn domains(app: &App, rows: Vec<(&'static str, ClaimRow)>) -> Vec<DomainRow> {
    let mut out: Vec<DomainRow> = Vec::new();
    for (domain, row) in rows {
        let proven = usize::from(row.state == "proven");
        let worse = row.state != "proven";
        match out.iter_mut().find(|d| d.id == domain) {
            Some(known) => {
                known.proven += proven;
                known.total += 1;
                if worse {
                    known.tone.clone_from(&row.tone);
                    known.mark.clone_from(&row.mark);
                }
                known.claims.push(row);
            }
            None => out.push(DomainRow {
                id: domain.to_owned(),
                label: app.texts.get(&format!("domain-{domain}")),
                proven,
                total: 1,
                tone: row.tone.clone(),
                mark: row.mark.clone(),
                claims: vec![row],
            }),
        }
    }
    out
}

struct RunRow {
    at: Timestamp,
    outcome: String,
    tone: String,
    mark: String,
    attempts: u64,
    violations: u64,
    p99: String,
    evidence: String,
}

struct FalsRow {
    at: Timestamp,
    how: String,
    attempts: u64,
    violations: u64,
    evidence: String,
}

#[derive(Template)]
#[template(path = "claim.html")]
struct ClaimPage {
    shell: Shell,
    claim: ClaimRow,
    runs: Vec<RunRow>,
    falsifications: Vec<FalsRow>,
    steps: Vec<String>,
    host: String,
}

async fn claim(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let judged = view::judged(&app)?
        .into_iter()
        .find(|j| j.control.claim.id == id)
        .ok_or_else(Problem::not_found)?;
    let claim = claim_row(&app, &judged)?;
    let shell = Shell::new(&app, &op, &view, "title-claim")?.titled(claim.id.clone());
    let runs = judged.probes.iter().rev().take(RUNS_SHOWN).map(|r| run_row(&app, r)).collect();
    let falsifications = judged
        .falsifications
        .iter()
        .rev()
        .take(RUNS_SHOWN)
        .map(|r| FalsRow {
            at: r.run.ended_at,
            how: judged.control.claim.falsified_how(&app.texts),
            attempts: r.run.attempts,
            violations: r.run.violations,
            evidence: format!("/security/evidence/{}", r.evidence),
        })
        .collect();
    let steps = judged.control.claim.how(&app.texts);
    let host = app.origin.load().to_string();
    html(&ClaimPage { shell, claim, runs, falsifications, steps, host })
}

fn run_row(app: &App, recorded: &Recorded) -> RunRow {
    let (word, state) = match recorded.run.outcome {
        Outcome::Held => ("outcome-held", "proven"),
        Outcome::Unable(_) => ("outcome-unable", "unchecked"),
        Outcome::Violated => ("outcome-violated", "failing"),
    };
    let (tone, mark) = state_look(state);
    RunRow {
        at: recorded.run.ended_at,
        outcome: app.texts.get(word),
        tone: tone.to_owned(),
        mark: mark.to_owned(),
        attempts: recorded.run.attempts,
        violations: recorded.run.violations,
        p99: recorded.run.measured.as_ref().map_or_else(String::new, |m| measured(m).value),
        evidence: format!("/security/evidence/{}", recorded.evidence),
    }
}
