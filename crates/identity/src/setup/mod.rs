//! The set-up link: opens a new installation once, within half an hour.

mod store;

use ::store::Tx;
use base::limit::SETUP_LINK_LIFE;
use base::{Fault, Secret, Timestamp};
use crypt::token::{Token, Use};
use kernel::App;

use crate::account;

/// A fresh set-up link, if nobody runs the platform yet. Older links stop working.
pub async fn make_link(app: &App) -> Result<Option<Secret<String>>, Fault> {
    let token = Token::generate(Use::Setup, &*app.rng);
    let stored = token.stored(&*app.rng);
    let expires_at = app.clock.now().plus(SETUP_LINK_LIFE);
    let made = app
        .store
        .control()
        .write(move |tx| {
            if account::store::count_staff(tx)? > 0 {
                return Ok::<_, Fault>(false);
            }
            store::keep(tx, &stored, expires_at)?;
            Ok(true)
        })
        .await?;
    Ok(made.then(|| Secret::new(app.url(&format!("/setup?token={}", token.reveal())))))
}

/// Whether a link's text opens the set-up now.
pub fn opens(tx: &Tx<'_>, text: &str, now: Timestamp) -> Result<bool, Fault> {
    let Ok(token) = Token::parse(Use::Setup, text) else { return Ok(false) };
    Ok(store::find(tx, now)?.is_some_and(|(salt, hash)| token.matches(&salt, &hash)))
}

/// Uses the link up; of two racing uses one gets a yes.
pub fn take(tx: &Tx<'_>, text: &str, now: Timestamp) -> Result<bool, Fault> {
    Ok(opens(tx, text, now)? && account::store::count_staff(tx)? == 0 && store::remove(tx)?)
}

/// Whether somebody has set the installation up.
pub fn is_done(app: &App) -> Result<bool, Fault> {
    Ok(app.store.control().read(account::store::count_staff)? > 0)
}
