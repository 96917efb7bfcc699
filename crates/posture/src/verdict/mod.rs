//! The verdict: a pure function of a claim's runs, the probe's falsifications, and the clock.
//!
//! It errs on one side. `Proven` needs all of: a run that tried something and broke nothing, on the
//! binary, configuration and routes that run now, not yet expired, with the promised figure kept, by a
//! probe of this version that was seen to fail within thirty days.

#[cfg(test)]
mod tests;

use std::time::Duration;

use base::Timestamp;
use kernel::control::{Figure, Promise};

/// How old a falsification may be.
pub const FALSIFICATION_LIFE: Duration = Duration::from_hours(30 * 24);
/// Clean runs in a row that end a failure; a fresh falsification is needed as well.
pub const CLEAN_AFTER_FAILURE: usize = 2;

/// What a proof belongs to: change one, and it no longer counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digests {
    /// SHA-256 of the binary.
    pub binary: String,
    /// SHA-256 of the configuration.
    pub config: String,
    /// SHA-256 of the table of routes.
    pub routes: String,
}

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

/// A recorded run of a probe, or of its falsification.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Version of the probe.
    pub version: u32,
    /// What it ran on.
    pub digests: Digests,
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
}

/// What a claim is judged by.
pub struct Case<'a> {
    /// The promised figure.
    pub promised: &'a Promise,
    /// The probe's version now.
    pub version: u32,
    /// What runs now.
    pub digests: &'a Digests,
    /// How long a proof counts.
    pub life: Duration,
    /// Runs of the probe, oldest first.
    pub runs: &'a [Run],
    /// Runs of its falsification, oldest first.
    pub falsifications: &'a [Run],
    /// Now.
    pub now: Timestamp,
}

/// A claim's state on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// An attempt got through.
    Failing,
    /// It works, but not at the promised figure.
    Mismatch,
    /// Shown by attack, just now.
    Proven,
    /// Shown once, too long ago.
    Stale,
    /// Not known.
    Unchecked,
}

impl State {
    /// The word on the wire.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Failing => "failing",
            Self::Mismatch => "mismatch",
            Self::Proven => "proven",
            Self::Stale => "stale",
            Self::Unchecked => "unchecked",
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
}

/// Judges a claim.
#[must_use]
pub fn judge(case: &Case<'_>) -> Verdict {
    let falsified_at = last_falsified(case);
    let blank = Verdict {
        state: State::Unchecked,
        reason: None,
        proved_at: None,
        valid_until: None,
        falsified_at,
        attempts: 0,
        violations: 0,
        measured: None,
    };
    let unchecked = |why: &str| Verdict { reason: Some(why.into()), ..blank.clone() };
    let tried: Vec<&Run> = case.runs.iter().filter(|r| tried(case, r)).collect();
    let violation = unmended_violation(case, &tried);
    // A failure is shown even when nothing that ran since counts: a new binary does not wash it away.
    let Some(last) = tried.last().copied().or(violation) else {
        return unchecked(&why_nothing_counts(case));
    };
    let valid_until = last.ended_at.plus(case.life);
    let base = Verdict {
        proved_at: Some(last.ended_at),
        valid_until: Some(valid_until),
        attempts: last.attempts,
        violations: last.violations,
        measured: last.measured.clone(),
        ..blank
    };
    let not = |state, why: &str| Verdict { state, reason: Some(why.into()), ..base.clone() };
    if violation.is_some() {
        return not(
            State::Failing,
            "an attempt got through, and it has not been shown twice since that none does",
        );
    }
    if case.runs.iter().any(|r| r.ended_at > case.now) {
        return not(State::Unchecked, "a run lies in the future: the clock was set back");
    }
    if valid_until <= case.now {
        return match newest_unable(case, last) {
            Some(why) => not(State::Unchecked, why),
            None => not(State::Stale, "it was not tried again in time"),
        };
    }
    if falsified_at.is_none() {
        return not(State::Unchecked, "the probe is not known to be able to fail");
    }
    match &last.measured {
        None => not(State::Unchecked, "the run measured nothing"),
        Some(figure) if !case.promised.kept_by(figure.value) => {
            not(State::Mismatch, "it works, but not at the promised figure")
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
    run.version == case.version && run.digests == *case.digests && run.ended_at <= case.now
}

fn last_falsified(case: &Case<'_>) -> Option<Timestamp> {
    case.falsifications
        .iter()
        .filter(|f| f.outcome == Outcome::Violated && f.violations > 0 && belongs(case, f))
        .map(|f| f.ended_at)
        .filter(|at| at.plus(FALSIFICATION_LIFE) > case.now)
        .max()
}

/// The newest violation, until enough clean runs in a row and a falsification later than it. It counts
/// whatever it ran on, whatever outcome was written beside it, and whatever the clock says since.
fn unmended_violation<'a>(case: &Case<'a>, tried: &[&Run]) -> Option<&'a Run> {
    let violation = case.runs.iter().filter(|r| r.violations > 0).max_by_key(|r| r.ended_at)?;
    let after = |at: Timestamp| at > violation.ended_at;
    let clean = tried.iter().filter(|r| after(r.ended_at) && r.violations == 0).count();
    let falsified = last_falsified(case).is_some_and(after);
    (clean < CLEAN_AFTER_FAILURE || !falsified).then_some(violation)
}

fn newest_unable<'a>(case: &Case<'a>, last: &Run) -> Option<&'a str> {
    case.runs.iter().rev().find_map(|run| match &run.outcome {
        Outcome::Unable(why) if run.ended_at > last.ended_at && run.ended_at <= case.now => {
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
        _ if run.digests != *case.digests => {
            "the program or its configuration changed since it was last tried".into()
        }
        _ => "the last run tried nothing".into(),
    }
}
