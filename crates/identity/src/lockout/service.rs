//! Deciding whether a try counts at all, before it is looked at.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ::store::Tx;
use base::Fault;
use base::text::Email;
use kernel::web::limit;
use kernel::{App, Op};

use super::store;

/// Who is tried, and how: `password` with an address, `totp` with an account.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    here: [u8; 32],
    anywhere: [u8; 32],
}

impl Subject {
    /// `who` is what was typed or an account's identifier: both exist for unknown accounts, too.
    pub(crate) fn new(app: &App, op: &Op, kind: &str, who: &str) -> Self {
        let source = op.address.as_ref().map_or([0; 16], |a| limit::prefix(*a.reveal()));
        let key = |source: &str| app.blind_index("lockout", &format!("{kind} {who} {source}"));
        Self { here: key(&crypt::hex(&source)), anywhere: key("*") }
    }

    /// Counts a wrong one.
    pub(crate) fn wrong(&self, app: &App, tx: &Tx<'_>, op: &Op) -> Result<(), Fault> {
        let since = op.now.minus(span(app));
        store::note(tx, &self.here, op.now, since)?;
        store::note(tx, &self.anywhere, op.now, since)
    }

    /// Forgets the wrong ones from here: it was the owner who mistyped.
    pub(crate) fn right(&self, tx: &Tx<'_>) -> Result<(), Fault> {
        store::forget(tx, &self.here)
    }
}

/// Tries that are being looked at, so that fifty at once are not fifty for the price of one.
#[derive(Default)]
struct Looking(Mutex<HashMap<[u8; 32], u32>>);

/// A try that may be looked at; gives its place back when dropped.
pub(crate) struct Allowed(Option<(Arc<Looking>, [u8; 32])>);

impl Allowed {
    /// Of what is not counted.
    pub(crate) fn always() -> Self {
        Self(None)
    }
}

impl Drop for Allowed {
    fn drop(&mut self) {
        let Some((looking, key)) = &self.0 else { return };
        let mut all = looking.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(n) = all.get_mut(key) {
            *n -= 1;
            if *n == 0 {
                all.remove(key);
            }
        }
    }
}

/// Whether one more letter that a stranger asked for may go to a mailbox; counts it. Spellings of one mailbox count
/// together: capitals, and what stands behind a plus sign.
pub(crate) fn letter(app: &App, tx: &Tx<'_>, op: &Op, to: &Email) -> Result<bool, Fault> {
    const HOUR: Duration = Duration::from_hours(1);
    let key = app.blind_index("letters", &mailbox(&to.folded()));
    let since = op.now.minus(HOUR);
    if store::failures(tx, &key, since)? >= i64::from(app.config.limits.letters_per_mailbox_hour) {
        return Ok(false);
    }
    store::count(tx, &key, op.now, since)?;
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

/// Asks for a look at a try. `None` when there were too many wrong ones from here, or, for a browser that the account
/// does not know, from everywhere.
pub(crate) fn ask(
    app: &App,
    op: &Op,
    subject: &Subject,
    known_browser: bool,
) -> Result<Option<Allowed>, Fault> {
    let since = op.now.minus(span(app));
    let (here, anywhere) = app.store.control().read(|tx| {
        let here = store::failures(tx, &subject.here, since)?;
        Ok::<_, Fault>((here, store::failures(tx, &subject.anywhere, since)?))
    })?;
    let most = i64::from(app.config.lockout.attempts);
    if !known_browser && anywhere >= i64::from(app.config.lockout.account_attempts) {
        return Ok(None);
    }
    let looking = app.kept.get(Looking::default);
    let mut all = looking.0.lock().unwrap_or_else(PoisonError::into_inner);
    let now = all.entry(subject.here).or_default();
    if here + i64::from(*now) >= most {
        if *now == 0 {
            all.remove(&subject.here);
        }
        return Ok(None);
    }
    *now += 1;
    drop(all);
    Ok(Some(Allowed(Some((looking, subject.here)))))
}
