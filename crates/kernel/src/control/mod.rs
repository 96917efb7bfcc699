//! What a domain brings to prove its claims: a probe, and what shows that the probe can fail.
//!
//! A probe goes through the public door wherever that can show it, and reads files and rows through the
//! Inspector where nothing else can.

mod authenticator;
mod falsify;
mod guard;
mod maker;
mod off;
mod shifted;
mod vantage;
mod visit;

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use base::{Fault, FaultKind};

pub use authenticator::{Attestation, Authenticator, Twist};
pub use falsify::{Break, Counter, Falsification, Tamper};
pub use guard::{Guard, Leases, Leasing, NoLeases};
pub use maker::Maker;
pub use off::switched_off;
pub use shifted::Shifted;
pub use vantage::{
    Aside, Canary, Doors, Figure, Letters, Looking, Observation, Reading, RouteLine, Step, Vantage,
};
pub use visit::{Session, unable, until};

/// A probe, what it proves, and how it is shown that the probe can fail.
#[derive(Clone, Copy)]
pub struct Control {
    /// `domain.noun_verb`.
    pub id: &'static str,
    /// Grows with every change of the probe; old proofs do not count for a new version.
    pub version: u32,
    /// Number of its claim in the catalogue.
    pub claim: &'static str,
    /// The figure that the claim stands for. Where the claim's text has one of this name, the published value
    /// counts.
    pub promised: Promise,
    /// By attack, or computed from what the system says of itself.
    pub method: Method,
    /// What the probe may disturb.
    pub safety: Safety,
    /// How soon a change for the worse has to be seen.
    pub risk: Risk,
    /// What the probe cannot do without.
    pub needs: Needs,
    /// Configuration keys that the claim's truth depends on: a whole table (`session`) or one key.
    pub configuration: &'static [&'static str],
    /// Operation ids and pages that the probe goes through; `*` for all.
    pub routes: &'static [&'static str],
    /// Requirements of OWASP ASVS 5.0.0 that it relates to.
    pub asvs: &'static [&'static str],
    /// Attacks. It must clean up after itself.
    pub probe: for<'a> fn(&'a Vantage) -> Probing<'a>,
    /// Shows that the probe can fail.
    pub falsification: Falsification,
}

impl Control {
    /// An attack with canaries that may be disturbed, as most are; what else it is stands before `..` in a literal.
    #[must_use]
    pub const fn live(
        (id, claim): (&'static str, &'static str),
        promised: Promise,
        probe: for<'a> fn(&'a Vantage) -> Probing<'a>,
        falsification: Falsification,
    ) -> Self {
        Self {
            id,
            version: 1,
            claim,
            promised,
            method: Method::Live,
            safety: Safety::S2,
            risk: Risk::Medium,
            needs: Needs::CANARIES,
            configuration: &[],
            routes: &[],
            asvs: &[],
            probe,
            falsification,
        }
    }
}

/// Where a control's figure comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// From the product's own published records.
    Computed,
    /// From an attack on the running system.
    Live,
}

impl Method {
    /// The word on the wire.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Computed => "computed",
            Self::Live => "live",
        }
    }
}

/// What a probe may disturb. Nothing here floods, crashes or switches off: that is S3, and stays in a shadow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// It reads only.
    S0,
    /// It writes as a canary, into the canary's own things.
    S1,
    /// It disturbs a canary.
    S2,
    /// It disturbs others; only in a shadow.
    S3,
}

impl Safety {
    /// The word on the wire.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::S0 => "S0",
            Self::S1 => "S1",
            Self::S2 => "S2",
            Self::S3 => "S3",
        }
    }
}

/// How soon a change for the worse has to be seen; a proof's life follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Risk {
    /// Isolation, revocation, authentication, tampering.
    High,
    /// Keys and what lies on the disk.
    Low,
    /// Transport, headers.
    Medium,
}

/// No proof lives longer, whatever is configured (FedRAMP 20x, machine checks at Moderate).
pub const LIFE_MAX: Duration = Duration::from_hours(72);

impl Risk {
    /// How long a proof counts, given the life of those of high risk.
    #[must_use]
    pub fn life(self, high: Duration) -> Duration {
        let factor = match self {
            Self::High => 1,
            Self::Medium => 4,
            Self::Low => 24,
        };
        high.saturating_mul(factor).min(LIFE_MAX)
    }
}

/// What a probe cannot do without.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Two ordinary accounts, each with a tenant of its own.
    pub canaries: bool,
    /// Files and rows.
    pub inspector: bool,
    /// Where it is tried.
    pub place: Place,
}

/// Where a probe tries its claim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// On the running system, and where that would disturb others on a shadow beside it.
    Beside,
    /// On the running system.
    #[default]
    Real,
    /// On a shadow alone: the same program with the same settings on an empty folder, with an account of its staff
    /// and a clock that can be put forward.
    Shadow,
}

impl Needs {
    /// Nothing but the public door.
    pub const DOOR: Self = Self { canaries: false, inspector: false, place: Place::Real };
    /// Canaries.
    pub const CANARIES: Self = Self { canaries: true, inspector: false, place: Place::Real };
    /// A look at files and rows.
    pub const INSIDE: Self = Self { canaries: false, inspector: true, place: Place::Real };
    /// Canaries, and a look at files and rows.
    pub const BOTH: Self = Self { canaries: true, inspector: true, place: Place::Real };
    /// Canaries, and a shadow beside the running system.
    pub const BESIDE: Self = Self { canaries: true, inspector: false, place: Place::Beside };
    /// A shadow with canaries, staff and files.
    pub const SHADOW: Self = Self { canaries: true, inspector: true, place: Place::Shadow };
}

/// A promised figure with its direction.
#[derive(Clone, Copy, Debug, PartialEq)]
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
    /// That nothing of this kind is found.
    #[must_use]
    pub const fn none(name: &'static str) -> Self {
        Self { name, value: 0.0, unit: "", direction: "=" }
    }

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

/// A running probe. What it sees it tells the vantage as it goes: a probe that is cut short, by whatever the
/// system does then, must not lose a violation.
pub type Probing<'a> = Pin<Box<dyn Future<Output = Result<(), Unable>> + Send + 'a>>;

/// The probe could not be made; nothing is known. It leads to `unchecked`, never to a pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unable {
    /// Why, for the public page.
    pub reason: String,
    /// Whether the canaries themselves are of no use any more, and others may be.
    pub canary_lost: bool,
}

impl Unable {
    /// With a reason that is shown in public: no secrets, no personal data.
    pub fn because(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), canary_lost: false }
    }

    /// A canary was not let in: somebody changed its password, or it is gone.
    pub fn canary_lost(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), canary_lost: true }
    }
}

impl From<Fault> for Unable {
    fn from(fault: Fault) -> Self {
        // The chain may name somebody's thing, and a reason stands in public for good.
        tracing::warn!(fault = %fault.chain(), "a probe could not look");
        let kind = match fault.kind() {
            FaultKind::Corrupt => "something is damaged",
            FaultKind::Full => "something is full or too large",
            FaultKind::Overloaded => "too much is going on",
            FaultKind::Conflict | FaultKind::Internal => "it failed inside",
        };
        Self::because(format!("the inspection failed: {kind}; the service's own log says more"))
    }
}

/// For the parts of a probe that wait for the disk: the runtime's other tasks go on meanwhile.
pub fn blocking<T>(body: impl FnOnce() -> T) -> T {
    tokio::task::block_in_place(body)
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
        assert!(!promise.kept_by(f64::NAN) && !Promise::none("x").kept_by(1.0));
    }

    #[test]
    fn no_proof_lives_beyond_the_ceiling() {
        assert_eq!(Risk::High.life(Duration::from_secs(900)), Duration::from_secs(900));
        assert_eq!(Risk::Low.life(Duration::from_hours(72)), LIFE_MAX);
    }
}
