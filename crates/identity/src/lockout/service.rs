//! Deciding whether a try counts at all, before it is looked at.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ::store::Tx;
use base::id::{AccountId, SessionId};
use base::text::Email;
use base::{Fault, Timestamp};
use kernel::web::limit;
use kernel::{App, Op};

use super::store;

/// Who is tried, how, and from where: `password` with an address, `totp` with an account.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    here: [u8; 32],
    anywhere: [u8; 32],
    /// Whether the account knows who asks, so that wrong ones of strangers elsewhere do not count.
    familiar: bool,
}

impl Subject {
    /// `who` is what was typed or an account's identifier: both exist for unknown accounts, too. A browser that the
    /// account knows is counted by itself, wherever it is: neighbours at its address do not use up its tries, and
    /// whoever took it along gains none by moving.
    pub(crate) fn new(app: &App, op: &Op, kind: &str, who: &str, browser: Option<&str>) -> Self {
        let source = op.address.as_ref().map_or([0; 16], |a| limit::prefix(*a.reveal()));
        let place = browser.map_or_else(|| crypt::hex(&source), |b| format!("browser {b}"));
        Self::at(app, kind, who, &place, browser.is_some())
    }

    /// Of somebody signed in: counted by the session, so that a stolen one gains no tries by moving.
    pub(crate) fn of_session(app: &App, kind: &str, who: AccountId, session: SessionId) -> Self {
        Self::at(app, kind, &who.to_string(), &session.to_string(), true)
    }

    fn at(app: &App, kind: &str, who: &str, place: &str, familiar: bool) -> Self {
        let key = |place: &str| app.blind_index("lockout", &format!("{kind} {who} {place}"));
        Self { here: key(place), anywhere: key("*"), familiar }
    }

    /// Counts a wrong one.
    pub(crate) fn wrong(&self, app: &App, tx: &Tx<'_>, op: &Op) -> Result<(), Fault> {
        let since = op.now.minus(span(app));
        store::note(tx, &self.here, op.now, since)?;
        // Not moved on by each wrong one: who guesses on and on would keep strangers out for good, its owner among them.
        store::count(tx, &self.anywhere, op.now, since)?;
        store::purge(tx, oldest(app, op))
    }

    /// Forgets the wrong ones from here: it was the owner who mistyped.
    pub(crate) fn right(&self, tx: &Tx<'_>) -> Result<(), Fault> {
        store::forget(tx, &self.here)
    }
}

/// Tries that are being looked at, so that fifty at once are not fifty for the price of one.
#[derive(Default)]
struct Looking(Mutex<HashMap<[u8; 32], u32>>);

impl Looking {
    /// Takes a place; answers how many there are with it.
    fn enter(&self, key: [u8; 32]) -> u32 {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let n = all.entry(key).or_default();
        *n += 1;
        *n
    }

    fn leave(&self, key: &[u8; 32]) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(n) = all.get_mut(key) {
            *n -= 1;
            if *n == 0 {
                all.remove(key);
            }
        }
    }
}

/// A try that may be looked at. Gives its places back when dropped: not before what came of it is noted.
pub(crate) struct Allowed(Option<(Arc<Looking>, [[u8; 32]; 2])>);

impl Allowed {
    /// Of what is not counted.
    pub(crate) fn always() -> Self {
        Self(None)
    }
}

impl Drop for Allowed {
    fn drop(&mut self) {
        let Some((looking, keys)) = &self.0 else { return };
        keys.iter().for_each(|key| looking.leave(key));
    }
}

/// Whether one more letter that a stranger asked for may go to a mailbox; counts it. Spellings of one mailbox count
/// together: capitals, and what stands behind a plus sign.
pub(crate) fn letter(app: &App, tx: &Tx<'_>, op: &Op, to: &Email) -> Result<bool, Fault> {
    const HOUR: Duration = Duration::from_hours(1);
    let key = app.blind_index("letters", &mailbox(&to.folded()));
    let most = app.config.limits.letters_per_mailbox_hour;
    one_more(tx, op, &key, (HOUR, i64::from(most)))
}

/// Whether one more link past the CAPTCHA may be mailed to a mailbox; counts it. It does not use up other letters.
pub(crate) fn way_letter(app: &App, tx: &Tx<'_>, op: &Op, to: &Email) -> Result<bool, Fault> {
    const MOST: i64 = 5;
    let key = app.blind_index("way letters", &mailbox(&to.folded()));
    one_more(tx, op, &key, (Duration::from_hours(1), MOST))
}

/// Whether one more such link may be asked for from a network; counts it.
pub(crate) fn way_asked(app: &App, tx: &Tx<'_>, op: &Op) -> Result<bool, Fault> {
    const MOST: i64 = 20;
    let source = op.address.as_ref().map_or([0; 16], |a| limit::prefix(*a.reveal()));
    let key = app.blind_index("way asked", &crypt::hex(&source));
    one_more(tx, op, &key, (Duration::from_hours(1), MOST))
}

/// Whether one more SMS may be sent for an account; counts it. Removing the number and adding it again gains nothing.
pub(crate) fn sms(app: &App, tx: &Tx<'_>, op: &Op, account: AccountId) -> Result<bool, Fault> {
    let own = app.blind_index("sms", &format!("account {account}"));
    one_more(tx, op, &own, (DAY, SMS_PER_ACCOUNT_DAY))
}

/// The same to a number that nobody has confirmed, for one account or another. Codes of a sign-in go to confirmed ones and
/// do not count here: somebody else's wish to add a number shall not use them up.
pub(crate) fn sms_to_stranger(
    app: &App,
    tx: &Tx<'_>,
    op: &Op,
    account: AccountId,
    number: &str,
) -> Result<bool, Fault> {
    let there = app.blind_index("sms", &format!("unconfirmed {number}"));
    Ok(sms(app, tx, op, account)? && one_more(tx, op, &there, (DAY, SMS_PER_NUMBER_DAY))?)
}

/// Whether one more letter about an unfamiliar network may be written for an account; counts it. Few for one network, so
/// that somebody elsewhere does not use up the owner's.
pub(crate) fn location_letter(
    app: &App,
    tx: &Tx<'_>,
    op: &Op,
    account: AccountId,
) -> Result<bool, Fault> {
    const HOUR: Duration = Duration::from_hours(1);
    const FROM_ONE: i64 = 5;
    const IN_ALL: i64 = 200;
    let source = op.address.as_ref().map_or([0; 16], |a| limit::prefix(*a.reveal()));
    let one = app.blind_index("location letters", &format!("{account} {}", crypt::hex(&source)));
    let all = app.blind_index("location letters", &account.to_string());
    Ok(one_more(tx, op, &one, (HOUR, FROM_ONE))? && one_more(tx, op, &all, (HOUR, IN_ALL))?)
}

const DAY: Duration = Duration::from_hours(24);
/// SMS for one account within a day, to one number or another.
const SMS_PER_ACCOUNT_DAY: i64 = 100;
/// SMS to one number within a day that nobody has confirmed, for one account or another.
const SMS_PER_NUMBER_DAY: i64 = 20;

fn one_more(
    tx: &Tx<'_>,
    op: &Op,
    key: &[u8; 32],
    (span, most): (Duration, i64),
) -> Result<bool, Fault> {
    let since = op.now.minus(span);
    if store::failures(tx, key, since)? >= most {
        return Ok(false);
    }
    store::count(tx, key, op.now, since)?;
    Ok(true)
}

/// `mara+shop@larkspur.example` is `mara@larkspur.example`.
fn mailbox(folded: &str) -> String {
    match folded.rsplit_once('@') {
        Some((local, domain)) => format!("{}@{domain}", local.split('+').next().unwrap_or(local)),
        None => folded.to_owned(),
    }
}

fn span(app: &App) -> Duration {
    Duration::from_secs(u64::from(app.config.lockout.minutes) * 60)
}

/// What began before this counts for nothing any more.
fn oldest(app: &App, op: &Op) -> Timestamp {
    op.now.minus(span(app).max(DAY))
}

/// Asks for a look at a try. `None` when there were too many wrong ones from here, or, for whoever the account does
/// not know, from everywhere. Those that are being looked at right now count as wrong.
pub(crate) fn ask(app: &App, op: &Op, subject: &Subject) -> Result<Option<Allowed>, Fault> {
    let keys = [subject.here, subject.anywhere];
    let looking = app.kept.get(Looking::default);
    // The places are taken before the counts are read: what ends in between is seen in one or the other.
    let [here, anywhere] = keys.map(|key| i64::from(looking.enter(key)));
    let allowed = Allowed(Some((looking, keys)));
    let since = op.now.minus(span(app));
    let (wrong_here, wrong_anywhere) = app.store.control().read(|tx| {
        let here = store::failures(tx, &subject.here, since)?;
        Ok::<_, Fault>((here, store::failures(tx, &subject.anywhere, since)?))
    })?;
    let many_here = wrong_here + here > i64::from(app.config.lockout.attempts);
    let many = wrong_anywhere + anywhere > i64::from(app.config.lockout.account_attempts);
    Ok((!many_here && (subject.familiar || !many)).then_some(allowed))
}
