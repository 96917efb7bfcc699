//! The probes that prove identity's claims, each with what shows that it can fail.

mod passwords;
mod sessions;
mod store;
mod tokens;

use kernel::control::Control;

/// In the order of the catalogue.
pub(crate) const CONTROLS: [Control; 5] =
    [sessions::LIST, sessions::REVOKE, passwords::SCHEME, passwords::SALT, tokens::HASHED];
