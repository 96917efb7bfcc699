//! The verdict: a pure function of a claim's runs, the probe's falsifications, and the clock.
//!
//! It errs on one side. `Proven` needs all of: a run that tried something and broke nothing, on the
//! binary, configuration and routes that run now, over every target, not yet expired, with the promised
//! figure kept, by a probe of this version whose newest falsification turned it red within thirty days.
//!
//! Runs are ordered by their place in the public log, not by the clock, which can be set back.
//! The verifier has an implementation of its own (`crates/verify`); both are compared by a test.

#[cfg(test)]
mod tests;

use std::time::Duration;

use base::Timestamp;
use kernel::control::{Figure, Promise};

/// How old a falsification may be.
pub const FALSIFICATION_LIFE: Duration = Duration::from_hours(30 * 24);
/// Clean runs in a row that end a failure; a fresh falsification is needed as well.
pub const CLEAN_AFTER_FAILURE: usize = 2;

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing got through.
    Held,
    /// It could not try; why.
    Unable(String),
    /// Something got through.
    Violated,
}

impl Outcome {
    /// The word in the log.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Unable(_) => "unable",
            Self::Violated => "violated",
        }
    }
}

/// A recorded run of a probe, or of its falsification.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Its leaf in the public log.
    pub number: u64,
    /// Version of the probe.
    pub version: u32,
    /// Short digest of what it ran on.
    pub subject: String,
    /// When it ended.
    pub ended_at: Timestamp,
    /// How it ended.
    pub outcome: Outcome,
    /// How often it tried.
    pub attempts: u64,
    /// How often it got through.
    pub violations: u64,
    /// What was measured.
    pub measured: Option<Figure>,
    /// Targets that it stands for.
    pub covered: u64,
    /// Targets that there are.
    pub of: u64,
    /// Why the figure is not the promised one, where the environment is the reason.
    pub note: Option<String>,
}

/// What a claim is judged by.
pub struct Case<'a> {
    /// The promised figure.
    pub promised: &'a Promise,
    /// The probe's version now.
    pub version: u32,
    /// What runs now.
    pub subject: &'a str,
    /// How long a proof counts.
    pub life: Duration,
    /// Runs of the probe, in the order of the log.
    pub runs: &'a [Run],
    /// Runs of its falsification, in the order of the log.
    pub falsifications: &'a [Run],
    /// Now.
    pub now: Timestamp,
}

/// A claim's state on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// A document says it, until a date.
    Attested,
    /// The document's date has passed.
    AttestationExpired,
    /// A code path makes the opposite impossible; nothing is attacked.
    Enforced,
    /// An attempt got through.
    Failing,
    /// It works, but not at the promised figure.
    Mismatch,
    /// It cannot be tested as worded.
    NotApplicable,
    /// There is nothing behind it.
    NotBuilt,
    /// It is built and switched off.
    Off,
    /// Said to come.
    Planned,
    /// Shown by attack, just now.
    Proven,
    /// Shown once, too long ago.
    Stale,
    /// Not known.
    Unchecked,
    /// Claimed once; no longer.
    Withdrawn,
}

impl State {
    /// The word on the wire.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Attested => "attested",
            Self::AttestationExpired => "attestation-expired",
            Self::Enforced => "enforced",
            Self::Failing => "failing",
            Self::Mismatch => "mismatch",
            Self::NotApplicable => "not-applicable",
            Self::NotBuilt => "not-built",
            Self::Off => "off",
            Self::Planned => "planned",
            Self::Proven => "proven",
            Self::Stale => "stale",
            Self::Unchecked => "unchecked",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A state, and what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The state.
    pub state: State,
    /// Why it is not proven.
    pub reason: Option<String>,
    /// When the run that it rests on ended.
    pub proved_at: Option<Timestamp>,
    /// Until when that run counts.
    pub valid_until: Option<Timestamp>,
    /// When the probe was last seen to fail.
    pub falsified_at: Option<Timestamp>,
    /// How often that run tried.
    pub attempts: u64,
    /// How often it got through.
    pub violations: u64,
    /// What it measured.
    pub measured: Option<Figure>,
    /// Targets that the run stands for.
    pub covered: u64,
    /// Targets that there were.
    pub of: u64,
    /// Its leaf in the public log.
    pub number: Option<u64>,
}

impl Verdict {
    /// A state that rests on no run.
    #[must_use]
    pub fn without_run(state: State, reason: Option<String>) -> Self {
        Self {
            state,
            reason,
            proved_at: None,
            valid_until: None,
            falsified_at: None,
            attempts: 0,
            violations: 0,
            measured: None,
            covered: 0,
            of: 1,
            number: None,
        }
    }
}

/// Judges a claim.
#[must_use]
pub fn judge(case: &Case<'_>) -> Verdict {
    let falsified = falsified(case);
    let blank = Verdict {
        falsified_at: falsified.map(|f| f.ended_at),
        ..Verdict::without_run(State::Unchecked, None)
    };
    let tried: Vec<&Run> = case.runs.iter().filter(|r| tried(case, r)).collect();
    let violation = unmended_violation(case, &tried, falsified);
    // A failure is shown even when nothing that ran since counts: a new binary does not wash it away.
    let Some(last) = tried.last().copied().or(violation) else {
        return Verdict { reason: Some(why_nothing_counts(case)), ..blank };
    };
    let valid_until = last.ended_at.plus(case.life);
    let base = Verdict {
        proved_at: Some(last.ended_at),
        valid_until: Some(valid_until),
        attempts: last.attempts,
        violations: last.violations,
        measured: last.measured.clone(),
        covered: last.covered,
        of: last.of,
        number: Some(last.number),
        ..blank
    };
    let not = |state, why: &str| Verdict { state, reason: Some(why.into()), ..base.clone() };
    if violation.is_some() {
        return not(State::Failing, UNMENDED);
    }
    if case.runs.last().is_some_and(|r| r.ended_at > case.now) {
        return not(State::Unchecked, "a run lies in the future: the clock was set back");
    }
    if valid_until <= case.now {
        return match newest_unable(case, last) {
            Some(why) => not(State::Unchecked, why),
            None => not(State::Stale, "it was not tried again in time"),
        };
    }
    if falsified.is_none() {
        return not(State::Unchecked, "the probe is not known to be able to fail");
    }
    if last.of == 0 || last.covered != last.of {
        let why = format!("it covers {} of {}", last.covered, last.of);
        return not(State::Unchecked, &why);
    }
    match &last.measured {
        None => not(State::Unchecked, "the run measured nothing"),
        Some(figure) if !case.promised.kept_by(figure.value) => {
            let why = last.note.as_deref();
            not(State::Mismatch, why.unwrap_or("it works, but not at the promised figure"))
        }
        // A later try that could not be made does not take the proof away, but it is said.
        Some(_) => Verdict {
            state: State::Proven,
            reason: newest_unable(case, last)
                .map(|why| format!("the last try could not be made: {why}")),
            ..base.clone()
        },
    }
}

/// Why a claim stays red although the last run may have held.
pub const UNMENDED: &str =
    "an attempt got through, and it has not been shown twice since that none does";

/// Whether a run says something about what runs now: it tried, and not in the future (a clock that was
/// set back must not lengthen a proof's life).
fn tried(case: &Case<'_>, run: &Run) -> bool {
    let consistent = match run.outcome {
        Outcome::Held => run.violations == 0,
        Outcome::Violated => run.violations > 0,
        Outcome::Unable(_) => false,
    };
    consistent && run.attempts > 0 && belongs(case, run)
}

fn belongs(case: &Case<'_>, run: &Run) -> bool {
    run.version == case.version && run.subject == case.subject && run.ended_at <= case.now
}

/// The newest falsification that came to an end, if it turned the probe red and is fresh.
fn falsified<'a>(case: &Case<'a>) -> Option<&'a Run> {
    let ended = |f: &&Run| belongs(case, f) && !matches!(f.outcome, Outcome::Unable(_));
    let last = case.falsifications.iter().rfind(ended)?;
    let red = last.outcome == Outcome::Violated && last.violations > 0;
    (red && last.ended_at.plus(FALSIFICATION_LIFE) > case.now).then_some(last)
}

/// The newest violation, until enough clean runs in a row and a falsification later than it. It counts
/// whatever it ran on, whatever outcome was written beside it, and whatever the clock says since.
fn unmended_violation<'a>(
    case: &Case<'a>,
    tried: &[&Run],
    falsified: Option<&Run>,
) -> Option<&'a Run> {
    let violation = case.runs.iter().rfind(|r| r.violations > 0)?;
    let clean = tried.iter().filter(|r| r.number > violation.number).count();
    let falsified = falsified.is_some_and(|f| f.number > violation.number);
    (clean < CLEAN_AFTER_FAILURE || !falsified).then_some(violation)
}

fn newest_unable<'a>(case: &Case<'a>, last: &Run) -> Option<&'a str> {
    case.runs.iter().rev().find_map(|run| match &run.outcome {
        Outcome::Unable(why) if run.number > last.number && run.ended_at <= case.now => {
            Some(why.as_str())
        }
        _ => None,
    })
}

fn why_nothing_counts(case: &Case<'_>) -> String {
    let Some(run) = case.runs.last() else { return "it was not tried yet".into() };
    match &run.outcome {
        Outcome::Unable(why) => why.clone(),
        _ if run.ended_at > case.now => {
            "the last run lies in the future: the clock was set back".into()
        }
        _ if run.version != case.version => "the probe changed since it last ran".into(),
        _ if run.subject != case.subject => {
            "the program or its configuration changed since it was last tried".into()
        }
        _ => "the last run tried nothing".into(),
    }
}
