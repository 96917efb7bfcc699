//! The probes that prove identity's claims, each with what shows that it can fail.

mod alerts;
mod captcha;
mod classic;
mod cost;
mod doors;
mod factors;
mod imports;
mod keys;
mod location;
mod one_click;
mod passwords;
mod sessions;
mod staff;
mod step;
mod stolen;
mod store;
mod strength;
mod team;
mod tokens;

use kernel::control::Control;

/// In the order of the catalogue.
pub(crate) const CONTROLS: [Control; 41] = [
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
    imports::IMPORTED,
    passwords::SALT,
    tokens::HASHED,
    staff::SET,
    staff::READ,
    strength::WEAK_REFUSED,
    classic::CLASSES,
    classic::AGE,
    factors::MAIL,
    factors::SMS,
    factors::APP,
    doors::LOCKOUT,
    doors::GUESSES,
    cost::ONE_SCHEME,
    location::LOCATION,
    keys::STAFF,
    strength::JUDGE,
    doors::LIMITED,
    captcha::SIGN_UP,
    captcha::SIGN_IN,
    doors::DISPOSABLE,
    doors::LISTED,
    doors::PER_ADDRESS,
    doors::PER_MAILBOX,
    doors::HONEYPOT,
    one_click::ONE_CLICK,
    strength::METER,
    team::REVIEWED,
    team::SIGNED,
];
