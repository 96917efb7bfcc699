//! The way around for browsers without scripts: a mailed link whose part stands for a solution, for that one address.

use std::time::Duration;

use base::Timestamp;

use super::{Purpose, folded};
use crate::app::App;
use crate::op::Op;

/// How long a link stands for a solution. It may be used more than once: whoever mistypes needs no second letter, and
/// lockout counts all the same.
const LIFE: Duration = Duration::from_mins(30);

/// The part of a link for the owner of an address; `None` for what is no address.
#[must_use]
pub fn pass(app: &App, now: Timestamp, purpose: Purpose, email: &str) -> Option<String> {
    let until = now.plus(LIFE);
    Some(format!("{}.{}", until.0, mark(app, until, purpose, &folded(email)?)))
}

/// Whether a link's part may still stand for a solution, whoever it is for.
pub(super) fn is_young(op: &Op, pass: &str) -> bool {
    let until = pass.split_once('.').and_then(|(until, _)| until.parse().ok()).map(Timestamp);
    until.is_some_and(|until| op.now <= until)
}

pub(super) fn is_open(app: &App, op: &Op, purpose: Purpose, email: &str, pass: &str) -> bool {
    let Some((until, hash)) = pass.split_once('.') else { return false };
    let (Ok(until), Some(email)) = (until.parse().map(Timestamp), folded(email)) else {
        return false;
    };
    let right = mark(app, until, purpose, &email);
    op.now <= until && crypt::equal(hash.as_bytes(), right.as_bytes())
}

fn mark(app: &App, until: Timestamp, purpose: Purpose, email: &str) -> String {
    let text = format!("{} {} {email}", purpose.word(), until.0);
    crypt::hex(&app.blind_index("captcha pass", &text)[..16])
}
