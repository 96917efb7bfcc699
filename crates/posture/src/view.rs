//! What the pages and the JSON show: each claim with its verdict, and what that rests on.

use std::collections::HashMap;
use std::sync::Arc;

use base::{Fault, Timestamp};
use kernel::App;
use kernel::control::{Control, Figure, Place, Promise, switched_off};
use kernel::text::{Lang, Words};
use schemars::JsonSchema;
use serde::Serialize;

use crate::attestation::{self, store::Stored as Attestation};
use crate::catalogue::{self, Class, Entry};
use crate::claim::{self, ENFORCED, Published};
use crate::run::history::{self, History};
use crate::verdict::{Case, State, Verdict, judge};
use crate::{assess, digest, integrity, lever, unrecorded};

/// A claim with its verdict, and what it rests on.
pub(crate) struct Judged {
    pub(crate) entry: &'static Entry,
    pub(crate) published: Option<Published>,
    pub(crate) control: Option<&'static Control>,
    pub(crate) promised: Option<Promise>,
    pub(crate) verdict: Verdict,
    pub(crate) history: Arc<History>,
    pub(crate) attestation: Option<Attestation>,
    pub(crate) environment: &'static str,
}

impl Judged {
    /// The published sentence, or the catalogue's.
    pub(crate) fn text(&self) -> String {
        self.published.as_ref().map_or_else(|| self.entry.text(), |p| p.text.clone())
    }

    /// The sentence in a reader's language, where its published wording is the catalogue's own; `None` where there is
    /// only the published one.
    pub(crate) fn text_in(&self, lang: Lang) -> Option<String> {
        let own = self.published.as_ref().map_or(&self.entry.parameter, |p| &p.parameters);
        let as_worded = self.text() == self.entry.text_with(own);
        self.entry.text_in(lang, own).filter(|_| as_worded)
    }

    /// Hash of the evidence of the run that the verdict rests on.
    pub(crate) fn evidence(&self) -> Option<&str> {
        let number = self.verdict.number?;
        self.history
            .probes
            .iter()
            .rev()
            .find(|p| p.run.number == number)
            .map(|p| p.evidence.as_str())
    }

    /// Hash of the evidence of the falsification that counts.
    pub(crate) fn falsification(&self) -> Option<&str> {
        let at = self.verdict.falsified_at?;
        let mut newest_first = self.history.falsifications.iter().rev();
        let found = newest_first.find(|f| f.run.ended_at == at && f.run.violations > 0);
        found.map(|f| f.evidence.as_str())
    }

    /// Whether it stands on the public page.
    pub(crate) fn is_published(&self) -> bool {
        self.published.is_some()
    }
}

/// Where a control is tried, or, without one, what the installation is: a real one, or a shadow.
pub(crate) fn environment(app: &App, control: Option<&Control>) -> &'static str {
    let shadow = control.is_some_and(|c| c.needs.place == Place::Shadow);
    if shadow || app.store.is_shadow() { "shadow" } else { "real" }
}

/// All published claims, withdrawn ones included.
pub(crate) fn judged(app: &App) -> Result<Vec<Judged>, Fault> {
    let all = claim::published(app)?;
    let entries: Vec<_> = all.iter().map(|p| p.entry).collect();
    judge_all(app, &entries, all)
}

/// One published claim.
pub(crate) fn judged_one(app: &App, id: &str) -> Result<Option<Judged>, Fault> {
    let all = claim::published(app)?;
    let one: Vec<_> = all.into_iter().filter(|p| p.entry.id == id).collect();
    let entries: Vec<_> = one.iter().map(|p| p.entry).collect();
    Ok(judge_all(app, &entries, one)?.pop())
}

/// The whole catalogue.
pub(crate) fn whole_catalogue(app: &App) -> Result<Vec<Judged>, Fault> {
    let entries: Vec<_> = catalogue::all().iter().collect();
    judge_all(app, &entries, claim::published(app)?)
}

fn judge_all(
    app: &App,
    entries: &[&'static Entry],
    published: Vec<Published>,
) -> Result<Vec<Judged>, Fault> {
    let mut published: HashMap<&str, Published> =
        published.into_iter().map(|p| (p.entry.id.as_str(), p)).collect();
    let mut attested: HashMap<String, Attestation> =
        attestation::deciding(app)?.into_iter().map(|a| (a.claim.clone(), a)).collect();
    let controls: HashMap<&str, &'static Control> =
        assess::all_controls(app).map(|c| (c.claim, c)).collect();
    let doubt = integrity::doubt(app);
    let histories = history::of(app, controls.values().copied())?;
    entries
        .iter()
        .map(|entry| {
            let control = controls.get(entry.id.as_str()).copied();
            let history = control.and_then(|c| histories.get(c.id)).cloned();
            let parts = Parts {
                entry,
                control,
                published: published.remove(entry.id.as_str()),
                attestation: attested.remove(&entry.id),
                history: history.unwrap_or_default(),
                environment: environment(app, control),
            };
            judge_entry(app, parts, doubt.as_deref())
        })
        .collect()
}

struct Parts {
    entry: &'static Entry,
    control: Option<&'static Control>,
    published: Option<Published>,
    attestation: Option<Attestation>,
    history: Arc<History>,
    environment: &'static str,
}

fn judge_entry(app: &App, parts: Parts, doubt: Option<&str>) -> Result<Judged, Fault> {
    let Parts { entry, control, published, attestation, history, environment } = parts;
    let mut judged = Judged {
        entry,
        control,
        promised: None,
        verdict: Verdict::without_run(State::NotBuilt, None),
        history,
        published,
        attestation,
        environment,
    };
    if let Some(control) = control {
        let own = judged.published.as_ref().map_or(&[][..], |p| &p.parameters);
        let promised = catalogue::promised(&control.promised, own);
        judged.verdict = by_runs(app, control, &promised, &judged.history);
        judged.promised = Some(promised);
    } else {
        judged.verdict = without_control(app, entry, judged.attestation.as_ref());
    }
    if let Some(control) = control
        && unrecorded::is_red(app, control.id)
    {
        judged.verdict.state = State::Failing;
        judged.verdict.reason =
            Some("an attempt got through, and the run could not be recorded".into());
    }
    if judged.control.is_some()
        && judged.verdict.state != State::Failing
        && let Some(doubt) = doubt
    {
        judged.verdict.state = State::Unchecked;
        judged.verdict.reason = Some(doubt.to_owned());
    }
    if let Some(key) = switched_off(&entry.id, &app.config) {
        let red = judged.verdict.state == State::Failing;
        let reason = if red { format!("{key}; it was failing when it was on") } else { key.into() };
        (judged.verdict.state, judged.verdict.reason) = (State::Off, Some(reason));
    }
    if let Some(published) = &judged.published {
        set_by_people(published, &mut judged.verdict);
    }
    Ok(judged)
}

fn by_runs(app: &App, control: &Control, promised: &Promise, history: &History) -> Verdict {
    judge(&Case {
        promised,
        version: control.version,
        subject: &digest::subject(app, control),
        life: assess::life(app, control),
        runs: &history.case.0,
        falsifications: &history.case.1,
        now: app.clock.now(),
    })
}

fn without_control(app: &App, entry: &Entry, attestation: Option<&Attestation>) -> Verdict {
    let state =
        |state, reason: Option<&str>| Verdict::without_run(state, reason.map(str::to_owned));
    if ENFORCED.contains(&entry.id.as_str()) {
        return state(State::Enforced, None);
    }
    if let Some(found) = attestation {
        return by_document(app, found);
    }
    if entry.classes.contains(&Class::NotTestable) && !entry.classes.contains(&Class::Live) {
        return state(State::NotApplicable, entry.restated.as_deref());
    }
    if entry.classes.contains(&Class::Planned) {
        return state(State::Planned, None);
    }
    if entry.is_attested_only() {
        return state(State::Unchecked, Some("no document has been received"));
    }
    state(State::NotBuilt, None)
}

fn by_document(app: &App, found: &Attestation) -> Verdict {
    let now = app.clock.now();
    let mut verdict = Verdict::without_run(State::Attested, None);
    verdict.proved_at = found.approved_at;
    verdict.valid_until = Some(found.effective_until);
    if found.approved_at.is_none() {
        verdict.state = State::Unchecked;
        verdict.reason = Some("a document waits for a second person".into());
    } else if found.effective_until <= now {
        verdict.state = State::AttestationExpired;
    } else if found.effective_from > now {
        verdict.state = State::Unchecked;
        verdict.reason = Some("the document is not in effect yet".into());
    } else {
        verdict.reason = Some(format!("{}: {}", found.issuer, found.scope));
    }
    verdict
}

/// What the operator decided can only make a state worse.
fn set_by_people(published: &Published, verdict: &mut Verdict) {
    if published.is_withdrawn() {
        let why = format!("withdrawn: {}", published.why);
        *verdict = Verdict { reason: Some(why), ..Verdict::without_run(State::Withdrawn, None) };
    } else if published.is_paused() && matches!(verdict.state, State::Stale | State::Unchecked) {
        verdict.reason = Some(format!("testing of this line is paused: {}", published.why));
    }
}

/// Writes down the states that changed since they were last seen.
pub(crate) async fn note_states(app: &Arc<App>) -> Result<(), Fault> {
    if !integrity::is_known(app) {
        return Ok(()); // a start is no change of state
    }
    let states = judged(app)?
        .into_iter()
        .map(|j| (j.entry.id.clone(), j.verdict.state.word(), j.verdict.reason))
        .collect();
    claim::note_states(app, states).await
}

/// A row of `/security.json`.
#[derive(Serialize, JsonSchema)]
pub struct ClaimJson {
    id: &'static str,
    domain: &'static str,
    text: String,
    classes: Vec<&'static str>,
    seeds: &'static [String],
    target: Target,
    pub(crate) state: &'static str,
    method: Option<&'static str>,
    assurance: Option<&'static str>,
    reason: Option<String>,
    promised: Option<PromisedJson>,
    measured: Vec<Figure>,
    attempts: u64,
    violations: u64,
    vantage: Option<&'static str>,
    safety: Option<&'static str>,
    interval_s: Option<u64>,
    longest_gap_s: Option<i64>,
    proved_at: Option<String>,
    valid_until: Option<String>,
    falsified_at: Option<String>,
    probe: Option<String>,
    subject: Option<String>,
    asvs: &'static [&'static str],
    evidence: Option<String>,
    falsification: Option<String>,
    attestation: Option<AttestationJson>,
    does_not_show: Option<String>,
    published_at: Option<String>,
    worded_at: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Target {
    kind: &'static str,
    covered: u64,
    of: u64,
    environment: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct PromisedJson {
    name: &'static str,
    value: f64,
    unit: &'static str,
    direction: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct AttestationJson {
    issuer: String,
    scope: String,
    document: String,
    effective_from: String,
    effective_until: String,
    received_at: String,
}

impl From<Promise> for PromisedJson {
    fn from(p: Promise) -> Self {
        Self { name: p.name, value: p.value, unit: p.unit, direction: p.direction }
    }
}

impl From<&Attestation> for AttestationJson {
    fn from(a: &Attestation) -> Self {
        Self {
            issuer: a.issuer.clone(),
            scope: a.scope.clone(),
            document: format!("sha256:{}", a.document),
            effective_from: a.effective_from.iso(),
            effective_until: a.effective_until.iso(),
            received_at: a.received_at.iso(),
        }
    }
}

/// The rows of all published claims.
pub fn claims_json(app: &App) -> Result<Vec<ClaimJson>, Fault> {
    Ok(judged(app)?.iter().map(|j| claim_json(app, j)).collect())
}

/// The rows of the whole catalogue.
pub fn catalogue_json(app: &App) -> Result<Vec<ClaimJson>, Fault> {
    Ok(whole_catalogue(app)?.iter().map(|j| claim_json(app, j)).collect())
}

/// The word of a class.
pub(crate) fn class_word(class: Class) -> &'static str {
    match class {
        Class::Attested => "attested",
        Class::Computed => "computed",
        Class::Enforced => "enforced",
        Class::Live => "live",
        Class::NotTestable => "not-testable",
        Class::Planned => "planned",
    }
}

/// What a verdict of this claim rests on, in one of the three words, if it rests on anything.
pub(crate) fn assurance(judged: &Judged) -> Option<&'static str> {
    match judged.verdict.state {
        State::Attested | State::AttestationExpired => Some("attested"),
        _ => judged.control.map(|_| "self-tested"),
    }
}

/// A text of a claim that only built ones have: `how-1`, `not`, `broken`.
pub(crate) fn part(words: Words<'_>, id: &str, part: &str) -> Option<String> {
    let text = format!("promise-{}-{part}", id.to_lowercase());
    words.has(&text).then(|| words.get(&text))
}

/// A row.
pub(crate) fn claim_json(app: &App, judged: &Judged) -> ClaimJson {
    let (entry, verdict, control) = (judged.entry, &judged.verdict, judged.control);
    let iso = |at: Option<Timestamp>| at.map(|t| t.iso());
    let link = |hash: &str| format!("/security/evidence/{hash}");
    ClaimJson {
        id: &entry.id,
        domain: entry.domain,
        text: judged.text(),
        classes: entry.classes.iter().map(|c| class_word(*c)).collect(),
        seeds: &entry.seeds,
        target: Target {
            kind: "plane",
            covered: verdict.covered,
            of: verdict.of,
            environment: judged.environment,
        },
        state: verdict.state.word(),
        method: control.map(|c| c.method.word()),
        assurance: assurance(judged),
        reason: verdict.reason.clone(),
        promised: judged.promised.map(Into::into),
        measured: verdict.measured.clone().into_iter().collect(),
        attempts: verdict.attempts,
        violations: verdict.violations,
        vantage: control.map(vantage),
        safety: control.map(|c| c.safety.word()),
        interval_s: control.map(|c| assess::life(app, c).as_secs()),
        longest_gap_s: control.map(|_| judged.history.longest_gap / 1000),
        proved_at: iso(verdict.proved_at),
        valid_until: iso(verdict.valid_until),
        falsified_at: iso(verdict.falsified_at),
        probe: control.map(|c| format!("{}@{}", c.id, c.version)),
        subject: control.map(|c| digest::subject(app, c)),
        asvs: control.map_or(&[], |c| c.asvs),
        evidence: judged.evidence().map(link),
        falsification: judged.falsification().map(link),
        attestation: judged
            .attestation
            .as_ref()
            .filter(|a| a.approved_at.is_some())
            .map(AttestationJson::from),
        does_not_show: part(app.words(Lang::En), &entry.id, "not"),
        published_at: judged.published.as_ref().map(|p| p.added_at.iso()),
        worded_at: judged.published.as_ref().map(|p| p.changed_at.iso()),
    }
}

/// Where a control looks from.
pub(crate) fn vantage(control: &Control) -> &'static str {
    if control.needs.inspector { "loopback and in-process" } else { "loopback" }
}

/// Whether testing is paused as a whole, since when, and why.
pub(crate) fn paused(app: &App) -> Result<Option<(String, Timestamp)>, Fault> {
    app.store.posture().read(lever::store::find)
}
