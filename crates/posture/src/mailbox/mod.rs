//! The canaries' own mailbox: a small SMTP receiver (RFC 5321) for one domain, under `serve`.
//!
//! Letters of the platform to its canaries arrive as letters to anybody do. In an evaluation `/dev/mail` shows
//! them instead. Absent: relaying, any other domain, and anything that a letter to a canary does not need.

mod receive;
mod store;

use std::sync::Arc;
use std::time::Duration;

use base::{Fault, Timestamp};
use kernel::App;
use kernel::config::Mode;
use kernel::control::Unable;

pub(crate) use receive::run_until_stopped;

/// Addresses of an evaluation's canaries: a domain that is reserved for examples (RFC 2606).
const RESERVED: &str = "example.com";
/// Letters that nobody read are dropped after this.
const KEPT: Duration = Duration::from_hours(1);
/// Letters that wait at once.
const LETTERS_MAX: i64 = 64;

/// The domain of canaries' addresses.
pub(crate) fn domain(app: &App) -> Result<String, Unable> {
    match (&app.config.posture.mailbox, app.config.mode) {
        (_, Mode::Evaluation) => Ok(RESERVED.to_owned()),
        (Some(mailbox), Mode::Production) => Ok(mailbox.domain.clone()),
        (None, Mode::Production) => Err(Unable::because("no canary mailbox")),
    }
}

/// The newest letter to an address that came since a moment and has `mark` in its text; it is gone then, and only it.
pub(crate) async fn take(
    app: &App,
    recipient: &str,
    mark: &str,
    since: Timestamp,
) -> Result<Option<String>, Fault> {
    let (recipient, mark) = (recipient.to_owned(), mark.to_owned());
    app.store.posture().write(move |tx| store::take(tx, &recipient, &mark, since)).await
}

async fn keep(app: &Arc<App>, recipient: String, text: String) -> Result<(), Fault> {
    let now = app.clock.now();
    app.store
        .posture()
        .write(move |tx| store::keep(tx, &recipient, &text, now, now.minus(KEPT), LETTERS_MAX))
        .await
}
