//! The verb: one hash and one write, whether the account exists or not.

use std::sync::Arc;

use base::id::AccountId;
use base::text::Email;
use base::{Fault, Secret};
use kernel::{App, Op, Permit, captcha};

use super::store;
use super::{Finished, finish, location};
use crate::account::{self, Known};
use crate::device::service as device;
use crate::event;
use crate::factor::store as factors;
use crate::lockout::{self, Allowed, Subject};
use crate::password::service::too_long;
use crate::problem::Refused;
use crate::session;

/// Presents address and password. Refusal `WrongCredentials` for an unknown address and for a wrong password alike:
/// same answer, same work, same time; an imported account takes longer until its first sign-in.
pub(crate) async fn present_password(
    app: &Arc<App>,
    op: &Op,
    email: &str,
    password: &Secret<String>,
) -> Result<Finished, Refused> {
    // Once more when the verifier was exchanged meanwhile: by a dearer one of the same password, say.
    for last in [false, true] {
        let checked = check(app, op, email, password).await?;
        match open(app, op, checked).await {
            Err(Refused::WrongCredentials) if !last => {}
            opened => return opened,
        }
    }
    Err(Refused::WrongCredentials)
}

/// A right password.
struct Checked {
    known: Known,
    /// A dearer verifier, if the account's own is cheap.
    dearer: Option<String>,
    subject: Subject,
    /// Held until the session is there, so that tries beside this one count as if it were wrong.
    _allowed: Allowed,
}

async fn check(
    app: &Arc<App>,
    op: &Op,
    email: &str,
    password: &Secret<String>,
) -> Result<Checked, Refused> {
    let parsed = Email::parse(email).ok();
    let who = parsed.as_ref().map_or_else(|| "no address".to_owned(), Email::folded);
    let known = match &parsed {
        Some(email) => account::service::get_by_email(app, email)?,
        None => None,
    };
    let account = known.as_ref().map(|k| k.id);
    let browser = match account {
        Some(id) => device::known_browser(app, op, id)?,
        None => None,
    };
    let subject = Subject::new(app, op, "password", &who, browser.as_deref());
    let mut allowed = lockout::ask(app, op, &subject)?;
    // What is too long was never hashed; a password in its place keeps the work the same. So does hashing for whoever
    // is locked out.
    let tried = if too_long(password) { &Secret::new("too long".to_owned()) } else { password };
    let verifier = known.as_ref().map(|k| &k.verifier);
    // An imported hash may cost many times as much as ours: nobody who is locked out gets it computed.
    let verifier = verifier.filter(|v| allowed.is_some() || !v.is_around_legacy());
    let right = app.hasher.verify(tried, verifier).await? && !too_long(password);
    let taken = if right { allowed.take() } else { None };
    let (Some(known), Some(place)) = (known, taken) else {
        let looked_at = allowed.is_some();
        refuse(app, op, account, looked_at.then_some(subject)).await?;
        drop(allowed); // not before the wrong one is counted
        return Err(Refused::WrongCredentials);
    };
    let outdated = known.verifier.is_around_legacy();
    let dearer = if outdated || known.verifier.is_cheaper_than(app.hasher.cost()) {
        Some(app.hasher.hash(password).await?.phc())
    } else {
        None
    };
    Ok(Checked { known, dearer, subject, _allowed: place })
}

/// Opens the session, or keeps the sign-in until its second factor comes.
async fn open(app: &Arc<App>, op: &Op, checked: Checked) -> Result<Finished, Refused> {
    let Checked { known, dearer, subject, .. } = &checked;
    let (account, verifier) = (known.id, known.verifier.phc());
    let (row, finished) = if known.factors > 0 {
        let (new, begun) = finish::prepare(app, op, account, "second_factor")?;
        (Row::Attempt(new), Finished::Next(begun))
    } else if let Some(link) = location::wanted(app, op, account)? {
        let (new, begun) = finish::prepare(app, op, account, location::STAGE)?;
        (Row::Held(new, link), Finished::Next(begun))
    } else {
        let opened = session::prepare(app, op, account)?;
        (Row::Session(opened.new.clone()), Finished::Open(Box::new(opened)))
    };
    let (app2, op2, dearer, subject) =
        (Arc::clone(app), op.clone(), dearer.clone(), subject.clone());
    let permit = Permit::by_credential();
    app.store
        .control()
        .write(move |tx| {
            if !account::store::has_verifier(tx, account, &verifier)? {
                return Err(Refused::WrongCredentials);
            }
            if let Some(dearer) = &dearer {
                account::store::upgrade_password(tx, account, &verifier, dearer)?;
            }
            subject.right(tx)?;
            match &row {
                Row::Attempt(new) => store::insert(tx, new, op2.now)?,
                // A factor that was added meanwhile is wanted at once.
                _ if factors::factors(tx, account)? > 0 => return Err(Refused::WrongCredentials),
                Row::Held(new, link) => {
                    store::insert(tx, new, op2.now)?;
                    location::hold(&app2, tx, &op2, (account, "password"), &new.lookup, link)?;
                }
                Row::Session(new) => {
                    session::service::insert(&app2, tx, &op2, &permit, new)?;
                }
            }
            Ok(())
        })
        .await?;
    Ok(finished)
}

enum Row {
    Attempt(store::New),
    Held(store::New, location::Link),
    Session(session::store::New),
}

/// Notes a refusal; it counts unless it was locked out before it was looked at.
async fn refuse(
    app: &Arc<App>,
    op: &Op,
    account: Option<AccountId>,
    counts: Option<Subject>,
) -> Result<(), Fault> {
    captcha::note_trouble(app, op, 1);
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            if let Some(subject) = &counts {
                subject.wrong(&app2, tx, &op2)?;
            }
            let locked = counts.is_none();
            audit::append(&app2, tx, &op2, event::session_refused(account, locked))
        })
        .await
}
