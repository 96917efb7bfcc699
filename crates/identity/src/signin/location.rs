//! Confirming a location: with `sign_in.confirm_location` a sign-in from a network that the account does not know waits
//! until the link that was mailed is used. It goes on where it began, and nowhere else: whoever opens the link
//! elsewhere lets it go on, and gets nothing.

use std::sync::Arc;
use std::time::Duration;

use ::store::Tx;
use base::Fault;
use base::id::AccountId;
use crypt::token::{Token, Use};
use kernel::mail::{self, Owner};
use kernel::{App, Op, Permit};

use super::finish::waiting;
use super::store::{self, Held};
use crate::device::{service as device, store as devices};
use crate::factor::{Method, hardware};
use crate::lockout;
use crate::place;
use crate::problem::Refused;
use crate::session::{self, Opened};
use crate::{account, event};

/// The stage of a sign-in that waits for its link.
pub(crate) const STAGE: &str = "confirm_location";
/// How long the link works.
const LIFE: Duration = Duration::from_mins(30);

/// A link that is about to be mailed.
pub(super) struct Link(Token);

/// The link that a sign-in from here has to wait for; `None` where it may go on at once.
pub(super) fn wanted(app: &App, op: &Op, account: AccountId) -> Result<Option<Link>, Fault> {
    if !app.config.sign_in.confirm_location || device::is_familiar(app, op, account)? {
        return Ok(None);
    }
    Ok(Some(Link(Token::generate(Use::Location, &*app.rng))))
}

/// Keeps a sign-in that is otherwise complete until its link is used, and mails the link.
pub(super) fn hold(
    app: &App,
    tx: &Tx<'_>,
    op: &Op,
    (account, method): (AccountId, &str),
    lookup: &str,
    link: &Link,
) -> Result<(), Fault> {
    let stored = link.0.stored(&*app.rng);
    let network = device::network(app, op);
    store::hold(tx, lookup, method, &stored, network, op.now.plus(LIFE))?;
    audit::append(app, tx, op, event::location_held(account))?;
    if !lockout::service::location_letter(app, tx, op, account)? {
        return Ok(());
    }
    let Some(row) = account::store::find(tx, account)? else { return Ok(()) };
    let Some(known) = account::service::open(app, row)? else { return Ok(()) };
    let address = place::beside(app, known.lang, op.address.as_ref().map(|a| *a.reveal()));
    let letter = mail::Draft {
        name: "location",
        family: None,
        to: &known.email,
        lang: known.lang,
        person: Some(known.name.reveal()),
        args: &[("at", &op.now), ("device", &op.device), ("address", &address)],
        url: Some(app.url(&format!("/sign-in-here?token={}", link.0.reveal()))),
    };
    mail::post(app, tx, Owner::Account(account), &letter)
}

fn held(tx: &Tx<'_>, op: &Op, text: &str) -> Result<Held, Refused> {
    let token = Token::parse(Use::Location, text).map_err(|_| Refused::Gone)?;
    let found = store::held(tx, token.lookup(), op.now)?;
    found.filter(|h| token.matches(&h.salt, &h.hash)).ok_or(Refused::Gone)
}

/// From where and with what the sign-in of a link was begun. Refusal `Gone`.
pub(crate) fn shown(app: &App, op: &Op, text: &str) -> Result<session::service::Place, Refused> {
    let held = app.store.control().read(|tx| held(tx, op, text))?;
    Ok(session::service::open_place(app, held.account, held.session, &held.place)?)
}

/// The link: the sign-in may go on where it began, and its network is known from now on. Works once. Refusal `Gone`.
pub(crate) async fn confirm(app: &Arc<App>, op: &Op, text: &str) -> Result<(), Refused> {
    let (app2, op2, text) = (Arc::clone(app), op.clone(), text.to_owned());
    app.store
        .control()
        .write(move |tx| {
            let held = held(tx, &op2, &text)?;
            store::confirm(tx, &held.lookup, op2.now)?;
            if let Some(network) = &held.network {
                devices::note_network(tx, held.account, network, op2.now)?;
            }
            audit::append(&app2, tx, &op2, event::location_confirmed(held.account))?;
            Ok(())
        })
        .await
}

/// It was somebody else: the sign-in that waits is over. Refusal `Gone`.
pub(crate) async fn refuse(app: &Arc<App>, op: &Op, text: &str) -> Result<(), Refused> {
    let (app2, op2, text) = (Arc::clone(app), op.clone(), text.to_owned());
    app.store
        .control()
        .write(move |tx| {
            let held = held(tx, &op2, &text)?;
            store::take(tx, &held.lookup)?;
            audit::append(&app2, tx, &op2, event::location_refused(held.account))?;
            Ok(())
        })
        .await
}

/// Goes on with a sign-in whose link was used; `None` while it was not. Refusal `Gone`, also from another network
/// than the one that was confirmed.
pub(crate) async fn resume(
    app: &Arc<App>,
    op: &Op,
    cookie: &str,
) -> Result<Option<Opened>, Refused> {
    let (lookup, waiting) = waiting(app, op, cookie)?;
    if waiting.stage != STAGE {
        return Err(Refused::Gone);
    }
    if !waiting.confirmed {
        return Ok(None);
    }
    let account = waiting.account;
    if !device::is_familiar(app, op, account)? {
        return Err(Refused::Gone);
    }
    let method = match Method::parse(&waiting.method) {
        Some(method) => method.word(),
        None if waiting.method == hardware::METHOD => hardware::METHOD,
        None => "password",
    };
    let opened = session::prepare_as(app, op, account, waiting.session, method)?;
    let (app2, op2, new) = (Arc::clone(app), op.clone(), opened.new.clone());
    let permit = Permit::by_credential();
    app.store
        .control()
        .write(move |tx| {
            if !store::take(tx, &lookup)? {
                return Err(Refused::Gone);
            }
            session::service::insert(&app2, tx, &op2, &permit, &new)?;
            Ok(())
        })
        .await?;
    Ok(Some(opened))
}
