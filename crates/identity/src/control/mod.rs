//! The probes that prove identity's claims, each with what shows that it can fail.

mod factors;
mod passwords;
mod sessions;
mod step;
mod store;
mod tokens;

use kernel::control::Control;

/// In the order of the catalogue.
pub(crate) const CONTROLS: [Control; 11] = [
    factors::TOTP,
    factors::BACKUP,
    factors::PASSKEY,
    sessions::LIST,
    sessions::REVOKE,
    passwords::SCHEME,
    passwords::SALT,
    tokens::HASHED,
    factors::MAIL,
    factors::SMS,
    factors::APP,
];
