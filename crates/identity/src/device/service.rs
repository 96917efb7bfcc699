//! The verbs of known browsers and networks.

use std::sync::Arc;
use std::time::Duration;

use ::store::Tx;
use base::id::AccountId;
use base::{Fault, Secret, rng};
use crypt::token::{Token, Use};
use kernel::mail::{self, Owner};
use kernel::web::limit;
use kernel::{App, Op, Permit};

use super::store;
use crate::account;
use crate::event;
use crate::factor::store as factors;
use crate::place;
use crate::problem::Refused;
use crate::reset;
use crate::session::store as sessions;

/// How long the link in a warning works.
const WARNING_LIFE: Duration = Duration::from_hours(7 * 24);

/// The browser that asks, if it has signed in to this account before: what finds its row.
pub(crate) fn known_browser(
    app: &App,
    op: &Op,
    account: AccountId,
) -> Result<Option<String>, Fault> {
    let Some(token) = token(op) else { return Ok(None) };
    let row = app.store.control().read(|tx| store::browser(tx, token.lookup()))?;
    let known = row.is_some_and(|b| b.account == account && token.matches(&b.salt, &b.hash));
    Ok(known.then(|| token.lookup().to_owned()))
}

fn token(op: &Op) -> Option<Token> {
    Token::parse(Use::Device, op.browser.as_ref()?.reveal()).ok()
}

/// Whether the account was signed in from this network before, or from nowhere yet. Where no address is known there is
/// nothing to compare.
pub(crate) fn is_familiar(app: &App, op: &Op, account: AccountId) -> Result<bool, Fault> {
    let Some(network) = network(app, op) else { return Ok(true) };
    app.store.control().read(|tx| {
        Ok(!store::has_networks(tx, account)? || store::knows_network(tx, account, &network)?)
    })
}

pub(crate) fn network(app: &App, op: &Op) -> Option<[u8; 32]> {
    let source = limit::prefix(*op.address.as_ref()?.reveal());
    Some(app.blind_index("network", &crypt::hex(&source)))
}

/// Notes with what and from where a session was opened, and warns about what is new. `fresh` is what a new browser
/// will be known by.
pub(crate) fn note(
    app: &App,
    tx: &Tx<'_>,
    op: &Op,
    account: AccountId,
    fresh: Option<&Token>,
    method: &str,
) -> Result<(), Fault> {
    let known = match token(op) {
        Some(token) => store::browser(tx, token.lookup())?
            .filter(|b| b.account == account && token.matches(&b.salt, &b.hash))
            .map(|_| token),
        None => None,
    };
    let network = network(app, op);
    let first = !store::has_networks(tx, account)?;
    let new_network = match &network {
        Some(network) => !store::knows_network(tx, account, network)?,
        None => false,
    };
    if !first && (known.is_none() || new_network) {
        warn(app, tx, op, account, method)?;
    }
    if let Some(network) = &network {
        store::note_network(tx, account, network, op.now)?;
    }
    match (&known, fresh) {
        (Some(token), _) => store::touch_browser(tx, token.lookup(), op.now),
        (None, Some(fresh)) => store::insert_browser(tx, account, &fresh.stored(&*app.rng), op.now),
        (None, None) => Ok(()), // it was forgotten just now
    }
}

/// Writes the letter about a sign-in with a browser or from a network that the account does not know.
fn warn(app: &App, tx: &Tx<'_>, op: &Op, account: AccountId, method: &str) -> Result<(), Fault> {
    let Some(row) = account::store::find(tx, account)? else { return Ok(()) };
    let Some(known) = account::service::open(app, row)? else { return Ok(()) };
    let token = Token::generate(Use::Warning, &*app.rng);
    let expires_at = op.now.plus(WARNING_LIFE);
    store::insert_warning(tx, account, &token.stored(&*app.rng), op.now, expires_at)?;
    let address = place::beside(app, known.lang, op.address.as_ref().map(|a| *a.reveal()));
    let how = app.words(known.lang).get(&format!("session-method-{}", method.replace('_', "-")));
    let letter = mail::Draft {
        name: "new-sign-in",
        family: None,
        to: &known.email,
        lang: known.lang,
        person: Some(known.name.reveal()),
        args: &[("at", &op.now), ("device", &op.device), ("address", &address), ("how", &how)],
        url: Some(app.url(&format!("/not-me?token={}", token.reveal()))),
    };
    mail::post(app, tx, Owner::Account(account), &letter)?;
    audit::append(app, tx, op, event::warned(account))
}

/// It was not me: every session and token ends, the password stops working, factors that came with that sign-in or
/// after it are gone, and a new password can be set at once. Answers the link for that. Refusal `Gone`.
pub(crate) async fn not_me(app: &Arc<App>, op: &Op, text: &str) -> Result<String, Refused> {
    let token = Token::parse(Use::Warning, text).map_err(|_| Refused::Gone)?;
    let held = |w: &store::Warning| token.matches(&w.salt, &w.hash);
    let found = app.store.control().read(|tx| store::warning(tx, token.lookup(), op.now))?;
    found.filter(held).ok_or(Refused::Gone)?; // before the work of a hash
    // Nobody knows this one; a letter leads to another.
    let nobody = Secret::new(crypt::hex(&rng::bytes::<32>(&*app.rng)));
    let verifier = app.hasher.hash(&nobody).await?.phc();
    let fresh = reset::service::Fresh::new(app);
    let url = fresh.url.clone();
    let (app2, op2) = (Arc::clone(app), op.clone());
    let permit = Permit::by_credential();
    app.store
        .control()
        .write(move |tx| {
            let found = store::warning(tx, token.lookup(), op2.now)?
                .filter(|w| token.matches(&w.salt, &w.hash))
                .ok_or(Refused::Gone)?;
            let account = found.account;
            account::service::replace_password(tx, &permit, account, &verifier, op2.now)?;
            let ended = sessions::end_others(tx, &permit, account, None, op2.now)?;
            // Whoever signed in twice was warned about twice: what counts is the first time.
            let first = store::first_warning(tx, account)?.unwrap_or(found.expires_at);
            let since = first.minus(WARNING_LIFE);
            factors::remove_since(tx, &permit, account, since)?;
            store::forget_all(tx, &permit, account)?;
            store::remove_warnings(tx, account)?;
            audit::append(&app2, tx, &op2, event::not_me(account, ended))?;
            reset::service::write_link(&app2, tx, &op2, &permit, account, &fresh, "reset")?;
            Ok::<_, Refused>(())
        })
        .await?;
    Ok(url)
}
