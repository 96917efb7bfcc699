//! The way around for browsers without scripts: a mailed link whose part stands for a solution, for that one address.

use std::time::Duration;

use base::Timestamp;
use base::text::Email;

use super::Purpose;
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
    young(op, pass).is_some()
}

pub(super) fn is_open(app: &App, op: &Op, purpose: Purpose, email: &str, pass: &str) -> bool {
    let (Some((until, hash)), Some(email)) = (young(op, pass), folded(email)) else {
        return false;
    };
    crypt::equal(hash.as_bytes(), mark(app, until, purpose, &email).as_bytes())
}

/// Its end, if that is yet to come, and its keyed hash.
fn young<'a>(op: &Op, pass: &'a str) -> Option<(Timestamp, &'a str)> {
    let (until, hash) = pass.split_once('.')?;
    let until = until.parse().map(Timestamp).ok()?;
    (op.now <= until).then_some((until, hash))
}

/// What is typed, as it counts for a link.
fn folded(email: &str) -> Option<String> {
    Email::parse(email).ok().map(|e| e.folded())
}

fn mark(app: &App, until: Timestamp, purpose: Purpose, email: &str) -> String {
    let text = format!("{} {} {email}", purpose.word(), until.0);
    crypt::hex(&app.blind_index("captcha pass", &text)[..16])
}
