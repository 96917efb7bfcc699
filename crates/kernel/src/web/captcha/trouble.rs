//! Networks that trouble came from lately: wrong passwords, sign-ups, filled traps. They solve more, and where a CAPTCHA
//! is wanted on risk only, they alone solve one.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use base::Timestamp;

use crate::app::App;
use crate::op::Op;
use crate::web::limit;

/// Trouble is half forgotten after this long.
const HALF_LIFE: Duration = Duration::from_mins(15);
/// When all of it is.
const HOUR: Duration = Duration::from_hours(1);
/// Between two looks for what can be forgotten.
const SELDOM: Duration = Duration::from_mins(1);
/// Trouble below this is no risk: anybody mistypes once.
const RISK: u32 = 2;
/// Networks that are remembered.
const REMEMBERED: usize = 50_000;
/// The work grows to this many times the usual.
const FACTOR_MAX: u32 = 8;

#[derive(Default)]
struct Known {
    all: HashMap<[u8; 16], (u32, Timestamp)>,
    purged_at: Option<Timestamp>,
}

impl Known {
    fn is_full(&self) -> bool {
        self.all.len() >= REMEMBERED
    }

    /// What is left of a network's trouble.
    fn left(&self, network: &[u8; 16], now: Timestamp) -> Option<u32> {
        let (count, at) = self.all.get(network)?;
        let halves = now.since(*at).as_secs() / HALF_LIFE.as_secs();
        Some(count >> halves.min(31))
    }
}

#[derive(Default)]
struct Troubles(Mutex<Known>);

fn network(op: &Op) -> Option<[u8; 16]> {
    op.address.as_ref().map(|a| limit::prefix(*a.reveal()))
}

/// Remembers trouble of this weight from where a request comes from.
pub fn note(app: &App, op: &Op, weight: u32) {
    let Some(network) = network(op) else { return };
    let kept = app.kept.get(Troubles::default);
    let mut known = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
    let now = op.now;
    if known.is_full() && known.purged_at.is_none_or(|at| now.since(at) >= SELDOM) {
        known.all.retain(|_, (_, at)| now.since(*at) < HOUR);
        known.purged_at = Some(now);
    }
    let before = known.left(&network, now);
    if before.is_some() || !known.is_full() {
        known.all.insert(network, (before.unwrap_or(0).saturating_add(weight), now));
    }
}

/// How much trouble came from where a request comes from, if it is enough to be a risk.
pub(super) fn of(app: &App, op: &Op) -> Option<u32> {
    let network = network(op)?;
    let kept = app.kept.get(Troubles::default);
    let known = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
    match known.left(&network, op.now) {
        Some(count) => (count >= RISK).then_some(count),
        // So many networks make trouble that the others are not told from them any more.
        None => known.is_full().then_some(RISK),
    }
}

/// How many times the usual work a challenge takes: one more for each four troubles.
pub(super) fn factor(app: &App, op: &Op) -> u32 {
    of(app, op).map_or(1, |count| (1 + count / 4).min(FACTOR_MAX))
}
