//! `/security` and the page of each claim.

use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use base::Timestamp;
use kernel::control::{Figure, Promise};
use kernel::text::{Lang, Words};
use kernel::web::page::{Shell, View, html, state_look};
use kernel::web::problem::{Failure, Problem};
use kernel::web::route::{Access, Route};
use kernel::{App, Mode, Op};

use crate::http_cache as cache;
use crate::page_changes::{self as changes, ChangeRow};
use crate::run::history::DAYS;
use crate::run::store::{self as runs, Day, Recorded};
use crate::verdict::{Outcome, Run};
use crate::view::{self, Judged};
use crate::{assess, evidence};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::page("/security", "security", Access::Open, get(security)),
        Route::page("/security/claims/{id}", "security_claim", Access::Open, get(claim)),
    ]
}

/// Units of the strip's width for a day.
const DAY_WIDTH: u32 = 4;
/// Runs in the list of a claim's page.
const RUNS_SHOWN: usize = 20;
/// Runs in its chart.
const RUNS_CHARTED: i64 = 100;

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
    /// The language of the text.
    pub(crate) lang: &'static str,
    /// The published wording, where the text is a translation of it.
    pub(crate) original: Option<String>,
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
    pub(crate) falsification: Option<String>,
    pub(crate) how: Vec<String>,
    pub(crate) does_not_show: String,
    pub(crate) strip: String,
    pub(crate) days: Vec<DayRun>,
    pub(crate) share: String,
    /// Days since it was first tried.
    pub(crate) lived: i64,
    pub(crate) vantage: String,
    pub(crate) probe: Option<String>,
    pub(crate) assurance: String,
    pub(crate) interval: String,
    pub(crate) gap: String,
    pub(crate) worded_at: Option<Timestamp>,
    pub(crate) rule: Option<RuleView>,
}

/// A claim's row.
pub(crate) fn claim_row(app: &App, words: Words<'_>, judged: &Judged) -> ClaimRow {
    let (entry, verdict) = (judged.entry, &judged.verdict);
    let state = verdict.state.word();
    let (tone, mark) = state_look(state);
    let today = app.clock.now().0 / 86_400_000;
    let gap = judged.history.longest_gap;
    let link = |hash: &str| format!("/security/evidence/{hash}");
    let life = judged.control.map(|c| assess::life(app, c));
    let translated = judged.text_in(words.lang());
    ClaimRow {
        id: entry.id.clone(),
        lang: if translated.is_some() { words.lang().code() } else { Lang::En.code() },
        original: translated.is_some().then(|| judged.text()),
        text: translated.unwrap_or_else(|| judged.text()),
        state: state.to_owned(),
        label: words.get(&format!("state-{state}")),
        tone: tone.to_owned(),
        mark: mark.to_owned(),
        reason: verdict.reason.clone(),
        target: target(words, judged),
        promised: judged.promised.as_ref().map(promised),
        measured: verdict.measured.as_ref().map(measured),
        attempts: verdict.attempts,
        violations: verdict.violations,
        proved_at: verdict.proved_at,
        valid_until: verdict.valid_until,
        falsified_at: verdict.falsified_at,
        evidence: judged.evidence().map(link),
        falsification: judged.falsification().map(link),
        how: steps(words, judged),
        does_not_show: view::part(words, &entry.id, "not").unwrap_or_default(),
        strip: strip_words(words, &judged.history.days, today),
        days: if judged.control.is_some() {
            strip(&judged.history.days, today)
        } else {
            Vec::new()
        },
        share: share(&judged.history.days, today),
        lived: lived(&judged.history.days, today),
        vantage: vantage(words, judged),
        probe: judged.control.map(|c| format!("{}@{}", c.id, c.version)),
        assurance: assurance(words, judged),
        interval: life.map_or_else(String::new, span),
        gap: match gap {
            0 => words.get("claim-gap-none"),
            gap => span(Duration::from_millis(gap.unsigned_abs())),
        },
        worded_at: judged.published.as_ref().map(|p| p.changed_at),
        rule: match (&judged.promised, &verdict.measured) {
            (Some(promised), Some(measured)) => rule(promised, measured),
            _ => None,
        },
    }
}

/// What the probe does, step by step; of what has none, what would show it.
fn steps(words: Words<'_>, judged: &Judged) -> Vec<String> {
    let id = &judged.entry.id;
    let steps: Vec<String> =
        (1..).map_while(|n| view::part(words, id, &format!("how-{n}"))).collect();
    if steps.is_empty() { vec![judged.entry.shown_by.clone()] } else { steps }
}

fn target(words: Words<'_>, judged: &Judged) -> String {
    let (covered, of) = (judged.verdict.covered, judged.verdict.of);
    let environment = words.get(&format!("environment-{}", judged.environment));
    if judged.control.is_none_or(|c| !c.needs.canaries) {
        return words.with("target-plane-alone", &[("environment", &environment)]);
    }
    let args: [(&str, &dyn std::fmt::Display); 3] =
        [("covered", &covered), ("of", &of), ("environment", &environment)];
    words.with("target-plane", &args)
}

fn vantage(words: Words<'_>, judged: &Judged) -> String {
    match judged.control {
        None => words.get("vantage-none"),
        Some(c) if c.needs.inspector => words.get("vantage-inside"),
        Some(_) => words.get("vantage-loopback"),
    }
}

fn assurance(words: Words<'_>, judged: &Judged) -> String {
    let word = view::assurance(judged).unwrap_or("none");
    words.get(&format!("assurance-{word}"))
}

/// `15 min`, `6 h`, `3 d`.
fn span(span: Duration) -> String {
    let seconds = span.as_secs();
    match seconds {
        0..=119 => format!("{seconds} s"),
        120..=7_199 => format!("{} min", seconds / 60),
        7_200..=172_799 => format!("{} h", seconds / 3_600),
        _ => format!("{} d", seconds / 86_400),
    }
}

/// Of the days since it was first tried: how many were tried and without a violation. Red and grey count
/// against it alike.
fn share(days: &[Day], today: i64) -> String {
    if days.is_empty() {
        return String::new();
    }
    let all = lived(days, today).max(1);
    let good = days.iter().filter(|d| tone_of(d) == "ok").count();
    format!("{:.1} %", 100.0 * good as f64 / all as f64)
}

fn lived(days: &[Day], today: i64) -> i64 {
    days.first().map_or(0, |first| today - first.day + 1)
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
    let whole = figure.value.fract() == 0.0 && figure.unit.is_empty();
    let value = if whole {
        format!("{:.0}", figure.value)
    } else {
        format!("{:.3} {}", figure.value, figure.unit)
    };
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
    } else if day.short > 0 {
        "warn"
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

fn strip_words(words: Words<'_>, days: &[Day], today: i64) -> String {
    let count = |tone: &str| days.iter().filter(|d| tone_of(d) == tone).count();
    let since = days.first().map_or(0, |d| (today - d.day + 1).clamp(0, DAYS));
    let since = usize::try_from(since).unwrap_or(0);
    let unchecked = since.saturating_sub(count("ok") + count("warn") + count("bad"));
    let unpublished = usize::try_from(DAYS).unwrap_or(0).saturating_sub(since);
    words.with(
        "strip-words",
        &[
            ("held", &count("ok")),
            ("short", &count("warn")),
            ("violated", &count("bad")),
            ("unchecked", &unchecked),
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
    evaluation: bool,
    shadow: bool,
}

async fn security(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    let judged = view::judged(&app)?;
    let keep = cache::keep(&app, judged.iter(), op.person().is_some());
    let words = app.words(op.lang);
    let mut rows = Vec::new();
    for one in &judged {
        rows.push((one.entry.domain, claim_row(&app, words, one)));
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
    let page = html(&SecurityPage {
        shell: Shell::new(&app, &op, &view, "title-security")?,
        counts,
        proven,
        total,
        domains: domains(words, rows),
        checkpoint,
        paused: view::paused(&app)?.map(|(why, _)| why),
        generated_at: op.now,
        host: app.origin.load().to_string(),
        evaluation: app.config.mode == Mode::Evaluation,
        shadow: app.store.is_shadow(),
    })?;
    Ok(cache::with(page, &keep))
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

fn domains(words: Words<'_>, rows: Vec<(&'static str, ClaimRow)>) -> Vec<DomainRow> {
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
                label: words.get(&format!("domain-{domain}")),
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
    changes: Vec<ChangeRow>,
    chart: Option<Chart>,
    seeds: Vec<String>,
    asvs: Vec<String>,
    host: String,
    printed_at: Timestamp,
}

async fn claim(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let judged = view::judged_one(&app, &id)?.ok_or_else(Problem::not_found)?;
    let keep = cache::keep(&app, std::iter::once(&judged), op.person().is_some());
    let words = app.words(op.lang);
    let claim = claim_row(&app, words, &judged);
    let shell = Shell::new(&app, &op, &view, "title-claim")?.titled(claim.id.clone());
    let recorded = match judged.control {
        Some(c) => app.store.posture().read(|tx| runs::newest(tx, c.id, "probe", RUNS_CHARTED))?,
        None => Vec::new(),
    };
    let runs = recorded
        .iter()
        .rev()
        .take(RUNS_SHOWN)
        .map(|r| run_row(words, r, judged.promised.as_ref()))
        .collect();
    let how = view::part(words, &id, "broken").unwrap_or_default();
    let falsifications = judged
        .history
        .falsifications
        .iter()
        .rev()
        .map(|r| FalsRow {
            at: r.run.ended_at,
            how: how.clone(),
            attempts: r.run.attempts,
            violations: r.run.violations,
            evidence: format!("/security/evidence/{}", r.evidence),
        })
        .collect();
    let page = html(&ClaimPage {
        chart: judged.promised.as_ref().and_then(|p| chart(p, &recorded)),
        changes: changes::of_claim(&app, words, &id)?,
        seeds: judged.entry.seeds.clone(),
        asvs: judged.control.map_or(&[][..], |c| c.asvs).iter().map(|s| (*s).into()).collect(),
        host: app.origin.load().to_string(),
        printed_at: app.clock.now(),
        shell,
        claim,
        runs,
        falsifications,
    })?;
    Ok(cache::with(page, &keep))
}

/// The figures of the last runs, for the eye; the table beside it has the numbers.
struct Chart {
    /// `x y` of each run, joined.
    line: String,
    /// Height of the promise.
    promise: String,
    words: String,
}

/// The chart's width and height in units.
const CHART: (f64, f64) = (360.0, 80.0);

fn chart(promise: &Promise, recorded: &[Recorded]) -> Option<Chart> {
    let values: Vec<f64> =
        recorded.iter().filter_map(|r| r.run.measured.as_ref().map(|m| m.value)).collect();
    let most = values.iter().copied().fold(promise.value, f64::max);
    if values.len() < 2 || !most.is_finite() || most <= 0.0 {
        return None;
    }
    let y = |v: f64| CHART.1 - 4.0 - (CHART.1 - 12.0) * (v / most);
    let step = CHART.0 / (values.len() - 1) as f64;
    let points: Vec<String> = (0..)
        .zip(&values)
        .map(|(n, v)| format!("{:.1} {:.1}", f64::from(n) * step, y(*v)))
        .collect();
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(0.0, f64::max);
    Some(Chart {
        line: points.join("L"),
        promise: format!("{:.1}", y(promise.value)),
        words: format!("{}: {low:.3} – {high:.3} {}", promise.name, promise.unit),
    })
}

fn run_row(words: Words<'_>, recorded: &Recorded, promised: Option<&Promise>) -> RunRow {
    let kept = |run: &Run| {
        let measured = run.measured.as_ref();
        promised.is_some_and(|p| measured.is_some_and(|m| p.kept_by(m.value)))
    };
    let (word, state) = match recorded.run.outcome {
        Outcome::Held if kept(&recorded.run) => ("outcome-held", "proven"),
        Outcome::Held => ("outcome-short", "mismatch"),
        Outcome::Unable(_) => ("outcome-unable", "unchecked"),
        Outcome::Violated => ("outcome-violated", "failing"),
    };
    let (tone, mark) = state_look(state);
    RunRow {
        at: recorded.run.ended_at,
        outcome: words.get(word),
        tone: tone.to_owned(),
        mark: mark.to_owned(),
        attempts: recorded.run.attempts,
        violations: recorded.run.violations,
        p99: recorded.run.measured.as_ref().map_or_else(String::new, |m| measured(m).value),
        evidence: format!("/security/evidence/{}", recorded.evidence),
    }
}
