//! Where a probe stands, with what, and what it has seen so far.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use base::id::TenantId;
use base::{Clock, Rng, Secret, Timestamp};

use super::guard::{Guard, Leases};
use super::{Promise, Shifted, Unable};
use crate::app::App;
use crate::door::Door;
use crate::inspect::Inspector;
use crate::web::route::Access;

/// An ordinary account with a tenant of its own. It has no privilege.
#[derive(Clone, Debug)]
pub struct Canary {
    /// Its address.
    pub email: String,
    /// Its password.
    pub password: Secret<String>,
    /// Its tenant.
    pub tenant: TenantId,
    /// The tenant's name in URLs.
    pub slug: String,
    /// Where the tenant's data lies.
    pub region: String,
    /// A random token in the canary's name, its tenant's description and its access tokens' names. Seen anywhere
    /// else it is a leak.
    pub bait: String,
}

/// The listeners.
#[derive(Clone, Copy, Debug, Default)]
pub struct Doors {
    /// HTTPS.
    pub https: Option<SocketAddr>,
    /// Plain HTTP that serves the console, for a proxy or an evaluation.
    pub plain: Option<SocketAddr>,
    /// Plain HTTP that leads to HTTPS and does nothing else.
    pub redirect: Option<SocketAddr>,
}

/// A route, as the program's own list has it.
#[derive(Clone, Copy, Debug)]
pub struct RouteLine {
    /// Path with parameters in braces.
    pub path: &'static str,
    /// Operation id, or a page's name.
    pub name: &'static str,
    /// Who may come.
    pub access: Access,
    /// Method of an operation; pages have none.
    pub method: Option<&'static str>,
}

/// What arrived for a canary: letters and short messages.
pub trait Letters: Send + Sync {
    /// The newest one to an address or number since a moment, whose text has `mark`; waits for it a while. None
    /// came: `Unable`.
    fn take<'a>(&'a self, to: &'a str, mark: &'a str, since: Timestamp) -> Reading<'a>;

    /// The same without waiting.
    fn look<'a>(&'a self, to: &'a str, mark: &'a str, since: Timestamp) -> Looking<'a>;
}

/// A look at what arrived.
pub type Looking<'a> = Pin<Box<dyn Future<Output = Result<Option<String>, Unable>> + Send + 'a>>;

/// A letter on its way.
pub type Reading<'a> = Pin<Box<dyn Future<Output = Result<String, Unable>> + Send + 'a>>;

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
    /// Why the figure is not the promised one, where that is by design of this environment.
    pub note: Option<String>,
}

/// A measured figure.
#[derive(Clone, Debug, PartialEq, serde::Serialize, schemars::JsonSchema)]
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

/// Where a probe stands, and with what.
pub struct Vantage {
    /// The public address that it attacks, perhaps through a fault proxy.
    pub target: SocketAddr,
    /// The host name that it says.
    pub host: String,
    /// All listeners of the installation.
    pub doors: Doors,
    /// Whether this is an evaluation on loopback.
    pub evaluation: bool,
    /// Two canaries, if the control needs them.
    pub canaries: Vec<Canary>,
    /// Files and rows, if the control needs them.
    pub inspector: Option<Inspector>,
    /// The program's own list of routes.
    pub routes: Arc<[RouteLine]>,
    /// What the published claim promises.
    pub promised: Promise,
    /// A source address of its own (127.66.0.0/16).
    pub source: IpAddr,
    /// Time, for measuring.
    pub clock: Arc<dyn Clock>,
    /// Chance, for what nobody can guess.
    pub rng: Arc<dyn Rng>,
    /// What it may touch.
    pub guard: Arc<Guard>,
    /// Where things are written down before they are made.
    pub leases: Arc<dyn Leases>,
    /// What arrives for canaries.
    pub letters: Arc<dyn Letters>,
    /// What canaries' browsers are known by, in this run.
    pub browsers: Mutex<HashMap<usize, String>>,
    /// What has been seen so far.
    pub seen: Mutex<Observation>,
    /// What only a shadow has.
    pub shadow: Option<Aside>,
    /// Where else it may try, if the control needs a shadow beside the running system.
    pub beside: Option<Box<Vantage>>,
}

/// What only a shadow has.
#[derive(Clone)]
pub struct Aside {
    /// The shadow.
    pub app: Arc<App>,
    /// Its staff's address and password.
    pub staff: (String, Secret<String>),
    /// Its clock.
    pub clock: Arc<Shifted>,
}

impl Vantage {
    /// Counts one try of a step, and whether it got through.
    pub fn tried(&self, step: &str, expected: &str, got_through: bool) {
        self.tried_many(step, expected, 1, u64::from(got_through));
    }

    /// Counts several tries of a step, and how many of them got through.
    pub fn tried_many(&self, step: &str, expected: &str, attempts: u64, violations: u64) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.attempts += attempts;
        seen.violations += violations;
        match seen.steps.iter_mut().find(|s| s.name == step) {
            Some(known) => {
                known.attempts += attempts;
                known.violations += violations;
            }
            None => seen.steps.push(Step {
                name: step.to_owned(),
                expected: expected.to_owned(),
                attempts,
                violations,
            }),
        }
    }

    /// Notes the figure that belongs to the promise.
    pub fn measured(&self, name: &str, value: f64, unit: &str) {
        let figure = Figure { name: name.to_owned(), value, unit: unit.to_owned() };
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).measured = Some(figure);
    }

    /// Notes as the figure how many tries got through, under the promise's name.
    pub fn measured_violations(&self) {
        let violations = self.seen.lock().unwrap_or_else(PoisonError::into_inner).violations;
        self.measured(self.promised.name, violations as f64, self.promised.unit);
    }

    /// Notes objects that could not be cleaned up.
    pub fn left(&self, objects: u64) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).residue += objects;
    }

    /// Notes why the figure cannot be the promised one here.
    pub fn note(&self, why: &str) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).note = Some(why.to_owned());
    }

    /// The address of the console as browsers see it.
    #[must_use]
    pub fn origin(&self) -> String {
        let scheme = if self.evaluation { "http" } else { "https" };
        format!("{scheme}://{}", self.host)
    }

    /// A stranger's client, without cookies.
    #[must_use]
    pub fn door(&self, agent: &str) -> Door {
        self.door_to(self.target, agent)
    }

    /// A stranger's client of another listener.
    #[must_use]
    pub fn door_to(&self, target: SocketAddr, agent: &str) -> Door {
        Door::new(target, &self.host, self.source, agent)
            .secured(self.doors.https == Some(target))
            .guarded(&self.guard, None)
    }

    /// The cookie that a canary's browser is known by, once it signed in.
    #[must_use]
    pub fn browser(&self, canary: usize) -> Option<String> {
        self.browsers.lock().unwrap_or_else(PoisonError::into_inner).get(&canary).cloned()
    }

    /// Keeps it.
    pub fn keep_browser(&self, canary: usize, cookies: &[String]) {
        if let Some(cookie) = cookies.iter().find(|c| c.contains("-browser=")) {
            let mut all = self.browsers.lock().unwrap_or_else(PoisonError::into_inner);
            all.insert(canary, cookie.clone());
        }
    }

    /// The canary of this number.
    pub fn canary(&self, n: usize) -> Result<&Canary, Unable> {
        self.canaries.get(n).ok_or_else(|| Unable::because("there is no canary"))
    }

    /// What only a shadow has.
    pub fn aside(&self) -> Result<&Aside, Unable> {
        self.shadow.as_ref().ok_or_else(|| Unable::because("this is no shadow"))
    }

    /// Files and rows.
    pub fn inspector(&self) -> Result<&Inspector, Unable> {
        self.inspector.as_ref().ok_or_else(|| Unable::because("there is nothing to inspect with"))
    }
}
