//! The probes that prove identity's claims, each with what shows that it can fail.

mod alerts;
mod cost;
mod doors;
mod factors;
mod location;
mod one_click;
mod passwords;
mod sessions;
mod step;
mod stolen;
mod store;
mod strength;
mod tokens;

use kernel::control::Control;

/// In the order of the catalogue.
pub(crate) const CONTROLS: [Control; 31] = [
    factors::TOTP,
    factors::BACKUP,
    factors::PASSKEY,
    stolen::SIGN_UP,
    stolen::RESET,
    stolen::CHANGE,
    alerts::NEW_ADDRESS,
    alerts::NEW_DEVICE,
    sessions::LIST,
    sessions::REVOKE,
    passwords::SCHEME,
    cost::GUESS,
    passwords::SALT,
    tokens::HASHED,
    strength::WEAK_REFUSED,
    factors::MAIL,
    factors::SMS,
    factors::APP,
    doors::LOCKOUT,
    doors::GUESSES,
    cost::ONE_SCHEME,
    location::LOCATION,
    strength::JUDGE,
    doors::LIMITED,
    doors::DISPOSABLE,
    doors::LISTED,
    doors::PER_ADDRESS,
    doors::PER_MAILBOX,
    doors::HONEYPOT,
    one_click::ONE_CLICK,
    strength::METER,
];
