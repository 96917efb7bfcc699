//! What a domain brings to prove its claims: a probe through the public door, and its falsification.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::door::{Answer, Door, Request};
use crate::text::Texts;

/// A probe, what it proves, and how it is shown that the probe can fail.
#[derive(Clone, Copy)]
pub struct Control {
    /// `domain.noun_verb`.
    pub id: &'static str,
    /// Grows with every change of the probe; old proofs do not count for a new version.
    pub version: u32,
    /// The claim that it proves.
    pub claim: Claim,
    /// Configuration keys that the claim's truth depends on.
    pub configuration: &'static [&'static str],
    /// Operation ids and pages that the probe goes through.
    pub routes: &'static [&'static str],
    /// Attacks. It must clean up after itself.
    pub probe: for<'a> fn(&'a Vantage) -> Probing<'a>,
    /// Answers as the broken system would, when a fault proxy stands before it.
    pub falsification: Falsification,
}

/// A line of the public page. Its words lie with all texts, under `promise-` and its number.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    /// Number in the catalogue.
    pub id: &'static str,
    /// Domain on the page.
    pub domain: &'static str,
    /// Where the promise was first made: seed and line.
    pub seeds: &'static [&'static str],
    /// How far software can go: `enforced`, `live`, ...
    pub classes: &'static [&'static str],
    /// The promised figure.
    pub promised: Promise,
}

impl Claim {
    /// The sentence. Every number in it is bound to `promised`.
    #[must_use]
    pub fn text(&self, texts: &Texts) -> String {
        texts.get(&self.text_id(""))
    }

    /// How it is tried, step by step.
    #[must_use]
    pub fn how(&self, texts: &Texts) -> Vec<String> {
        let steps = (1..).map(|n| self.text_id(&format!("-how-{n}")));
        steps.take_while(|id| texts.has(id)).map(|id| texts.get(&id)).collect()
    }

    /// What a proof of it does not show.
    #[must_use]
    pub fn does_not_show(&self, texts: &Texts) -> String {
        texts.get(&self.text_id("-not"))
    }

    /// What the broken system does that its falsification plays.
    #[must_use]
    pub fn falsified_how(&self, texts: &Texts) -> String {
        texts.get(&self.text_id("-broken"))
    }

    fn text_id(&self, part: &str) -> String {
        format!("promise-{}{part}", self.id.to_lowercase())
    }
}

/// A promised figure with its direction.
#[derive(Clone, Copy, Debug)]
pub struct Promise {
    /// What is measured: `first refusal`.
    pub name: &'static str,
    /// How much.
    pub value: f64,
    /// `s`, `ms`, or empty for a count.
    pub unit: &'static str,
    /// `<=`, `>=` or `=`.
    pub direction: &'static str,
}

impl Promise {
    /// Whether a measured value keeps the promise.
    #[must_use]
    pub fn kept_by(&self, value: f64) -> bool {
        match self.direction {
            "<=" => value <= self.value,
            ">=" => value >= self.value,
            _ => (value - self.value).abs() < f64::EPSILON,
        }
    }
}

/// How a probe is shown to be able to fail.
#[derive(Clone, Copy)]
pub struct Falsification {
    /// `revoked_sessions_still_answer`.
    pub name: &'static str,
    /// A fresh piece of tampering.
    pub tamper: fn() -> Box<dyn Tamper>,
}

/// Changes answers on their way back, as a broken system would give them.
pub trait Tamper: Send {
    /// What the client gets instead of `answer`.
    fn answer(&mut self, request: &Request, answer: Answer) -> Answer;
}

/// A running probe. What it sees it tells the vantage as it goes: a probe that is cut short, by whatever the
/// system does then, must not lose a violation.
pub type Probing<'a> = Pin<Box<dyn Future<Output = Result<(), Unable>> + Send + 'a>>;

/// The probe could not be made; nothing is known. It leads to `unchecked`, never to a pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unable {
    /// Why, for the public page.
    pub reason: String,
    /// Whether the canary itself is of no use any more, and another one may be.
    pub canary_lost: bool,
}

impl Unable {
    /// With a reason that is shown in public: no secrets, no personal data.
    pub fn because(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), canary_lost: false }
    }

    /// The canary was not let in: somebody changed its password, or it is gone.
    pub fn canary_lost(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), canary_lost: true }
    }
}

/// What a probe saw.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observation {
    /// How often it tried to break the promise.
    pub attempts: u64,
    /// How often it succeeded.
    pub violations: u64,
    /// The figure that belongs to the promise, if anything was measured.
    pub measured: Option<Figure>,
    /// What it did, for the evidence; no secrets, no personal data.
    pub steps: Vec<Step>,
    /// Objects that it could not clean up.
    pub residue: u64,
}

/// A measured figure.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Figure {
    /// `first refusal p99`.
    pub name: String,
    /// How much.
    pub value: f64,
    /// Its unit.
    pub unit: String,
}

/// One step of a probe.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Step {
    /// What was tried.
    pub name: String,
    /// What a kept promise looks like.
    pub expected: String,
    /// How often it was tried.
    pub attempts: u64,
    /// How often the promise was broken.
    pub violations: u64,
}

/// An ordinary account that a probe may use. It has no privilege.
#[derive(Clone, Debug)]
pub struct Canary {
    /// Its address.
    pub email: String,
    /// Its password.
    pub password: base::Secret<String>,
}

/// Where a probe stands, and with what.
pub struct Vantage {
    /// The public address that it attacks, perhaps through a fault proxy.
    pub target: SocketAddr,
    /// The host name that it says.
    pub host: String,
    /// The account that it uses.
    pub canary: Canary,
    /// A source address of its own (127.66.0.0/16).
    pub source: std::net::IpAddr,
    /// Time, for measuring.
    pub clock: std::sync::Arc<dyn base::Clock>,
    /// What has been seen so far.
    pub seen: Mutex<Observation>,
}

impl Vantage {
    /// Counts one try of a step, and whether it got through.
    pub fn tried(&self, step: &str, expected: &str, got_through: bool) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let violation = u64::from(got_through);
        seen.attempts += 1;
        seen.violations += violation;
        match seen.steps.iter_mut().find(|s| s.name == step) {
            Some(known) => {
                known.attempts += 1;
                known.violations += violation;
            }
            None => seen.steps.push(Step {
                name: step.to_owned(),
                expected: expected.to_owned(),
                attempts: 1,
                violations: violation,
            }),
        }
    }

    /// Notes the figure that belongs to the promise.
    pub fn measured(&self, figure: Option<Figure>) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).measured = figure;
    }

    /// Notes objects that could not be cleaned up.
    pub fn left(&self, objects: u64) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).residue += objects;
    }

    /// A client of its own, without cookies yet.
    #[must_use]
    pub fn door(&self, agent: &str) -> Door {
        Door::new(self.target, &self.host, self.source, agent)
    }
}

/// The `q` quantile of durations, in seconds; `None` without any.
#[must_use]
pub fn quantile(mut times: Vec<Duration>, q: f64) -> Option<f64> {
    times.sort();
    let last = times.len().checked_sub(1)?;
    // Rounded up: of few samples the p99 is the slowest, never a better one.
    let at = ((times.len() as f64 * q).ceil() as usize).saturating_sub(1).min(last);
    times.get(at).map(Duration::as_secs_f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_err_on_the_slow_side() {
        let times: Vec<Duration> = (1..=10).map(Duration::from_millis).collect();
        assert_eq!(quantile(times.clone(), 0.99), Some(0.010));
        assert_eq!(quantile(times, 0.5), Some(0.005));
        assert_eq!(quantile(Vec::new(), 0.99), None);
    }

    #[test]
    fn a_promise_is_kept_in_its_direction_only() {
        let promise = Promise { name: "x", value: 1.0, unit: "s", direction: "<=" };
        assert!(promise.kept_by(1.0) && promise.kept_by(0.1) && !promise.kept_by(1.01));
        assert!(!promise.kept_by(f64::NAN));
    }
}
