//! The verb: one hash and one write, whether the account exists or not.

use std::sync::Arc;

use base::id::AccountId;
use base::text::Email;
use base::{Fault, Secret};
use kernel::{App, Op, Permit};

use super::store;
use super::{Finished, finish};
use crate::account::{self, Known};
use crate::event;
use crate::factor::store as factors;
use crate::password::service::too_long;
use crate::problem::Refused;
use crate::session;

/// Presents address and password. Refusal `WrongCredentials` for an unknown address and for a wrong password alike:
/// same answer, same work, same time.
pub(crate) async fn present_password(
    app: &Arc<App>,
    op: &Op,
    email: &str,
    password: &Secret<String>,
) -> Result<Finished, Refused> {
    // Once more when the verifier was exchanged meanwhile: by a dearer one of the same password, say.
    for last in [false, true] {
        let (known, dearer) = check(app, op, email, password).await?;
        match open(app, op, &known, dearer).await {
            Err(Refused::WrongCredentials) if !last => {}
            opened => return opened,
        }
    }
    Err(Refused::WrongCredentials)
}

/// The account, and a dearer verifier if its own is cheap.
async fn check(
    app: &Arc<App>,
    op: &Op,
    email: &str,
    password: &Secret<String>,
) -> Result<(Known, Option<String>), Refused> {
    let known = match Email::parse(email) {
        Ok(email) => account::service::get_by_email(app, &email)?,
        Err(_) => None,
    };
    // What is too long was never hashed; a password in its place keeps the work the same.
    let tried = if too_long(password) { &Secret::new("too long".to_owned()) } else { password };
    let verifier = known.as_ref().map(|k| &k.verifier);
    let right = app.hasher.verify(tried, verifier).await? && !too_long(password);
    let account = known.as_ref().map(|k| k.id);
    let (Some(known), true) = (known, right) else {
        refuse(app, op, account).await?;
        return Err(Refused::WrongCredentials);
    };
    let dearer = if known.verifier.is_cheaper_than(app.hasher.cost()) {
        Some(app.hasher.hash(password).await?.phc())
    } else {
        None
    };
    Ok((known, dearer))
}

/// Opens the session, or keeps the sign-in until its second factor comes.
async fn open(
    app: &Arc<App>,
    op: &Op,
    known: &Known,
    dearer: Option<String>,
) -> Result<Finished, Refused> {
    let (account, checked) = (known.id, known.verifier.phc());
    let (row, finished) = if known.factors > 0 {
        let (new, begun) = finish::prepare(app, op, account, "second_factor")?;
        (Row::Attempt(new), Finished::Next(begun))
    } else {
        let opened = session::prepare(app, op, account)?;
        (Row::Session(opened.new.clone()), Finished::Open(opened))
    };
    let (app2, op2) = (Arc::clone(app), op.clone());
    let permit = Permit::by_credential();
    app.store
        .control()
        .write(move |tx| {
            if !account::store::has_verifier(tx, account, &checked)? {
                return Err(Refused::WrongCredentials);
            }
            if let Some(verifier) = &dearer {
                account::store::upgrade_password(tx, account, &checked, verifier)?;
            }
            match &row {
                Row::Attempt(new) => store::insert(tx, new, op2.now)?,
                Row::Session(new) => {
                    // A factor that was added meanwhile is wanted at once.
                    if factors::factors(tx, account)? > 0 {
                        return Err(Refused::WrongCredentials);
                    }
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
    Session(session::store::New),
}

async fn refuse(app: &Arc<App>, op: &Op, account: Option<AccountId>) -> Result<(), Fault> {
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| audit::append(&app2, tx, &op2, event::session_refused(account)))
        .await
}
