//! Networks that trouble came from lately: wrong passwords, sign-ups, filled traps. They solve more, and where a CAPTCHA
//! is wanted on risk only, they alone solve one.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use base::Timestamp;

use crate::app::App;
use crate::op::Op;
use crate::web::limit;

/// How long trouble counts after the last of it.
const HOUR: Duration = Duration::from_hours(1);
/// Trouble below this is no risk: anybody mistypes once.
const RISK: u32 = 2;
/// Networks that are remembered.
const REMEMBERED: usize = 50_000;
/// The work grows to this many times the usual.
const FACTOR_MAX: u32 = 16;

#[derive(Default)]
struct Troubles(Mutex<HashMap<[u8; 16], (u32, Timestamp)>>);

fn network(op: &Op) -> Option<[u8; 16]> {
    op.address.as_ref().map(|a| limit::prefix(*a.reveal()))
}

/// Remembers trouble of this weight from where a request comes from.
pub fn note(app: &App, op: &Op, weight: u32) {
    let Some(network) = network(op) else { return };
    let kept = app.kept.get(Troubles::default);
    let mut all = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
    if all.len() >= REMEMBERED {
        all.retain(|_, (_, at)| op.now.since(*at) < HOUR);
    }
    if all.len() >= REMEMBERED && !all.contains_key(&network) {
        return; // an attack from so many networks is not to be told from a good day
    }
    let (count, at) = all.entry(network).or_insert((0, op.now));
    let before = if op.now.since(*at) < HOUR { *count } else { 0 };
    (*count, *at) = (before.saturating_add(weight), op.now);
}

/// How much trouble came from where a request comes from, if it is enough to be a risk.
pub(super) fn of(app: &App, op: &Op) -> Option<u32> {
    let network = network(op)?;
    let kept = app.kept.get(Troubles::default);
    let all = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
    let (count, at) = all.get(&network)?;
    (op.now.since(*at) < HOUR && *count >= RISK).then_some(*count)
}

/// How many times the usual work a challenge takes: one more for each four troubles.
pub(super) fn factor(app: &App, op: &Op) -> u32 {
    of(app, op).map_or(1, |count| (1 + count / 4).min(FACTOR_MAX))
}
