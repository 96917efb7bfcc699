//! The probes that prove identity's claims, each with what shows that it can fail.

mod alerts;
mod doors;
mod factors;
mod passwords;
mod sessions;
mod step;
mod store;
mod tokens;

use kernel::control::Control;

/// In the order of the catalogue.
pub(crate) const CONTROLS: [Control; 21] = [
    factors::TOTP,
    factors::BACKUP,
    factors::PASSKEY,
    alerts::NEW_ADDRESS,
    alerts::NEW_DEVICE,
    sessions::LIST,
    sessions::REVOKE,
    passwords::SCHEME,
    passwords::SALT,
    tokens::HASHED,
    factors::MAIL,
    factors::SMS,
    factors::APP,
    doors::LOCKOUT,
    doors::GUESSES,
    doors::LIMITED,
    doors::DISPOSABLE,
    doors::LISTED,
    doors::PER_ADDRESS,
    doors::PER_MAILBOX,
    doors::HONEYPOT,
];
