//! The probes that prove tenancy's claims, each with what shows that it can fail.

mod crossing;
mod files;
mod invitations;
mod mandatory;
mod statements;
mod store;
mod support;

use kernel::control::Control;

/// In the order of the catalogue.
pub(crate) const CONTROLS: [Control; 13] = [
    files::OWN_DATABASE,
    crossing::NO_WAY_ACROSS,
    statements::SCOPED,
    files::OWN_KEY,
    files::UNREADABLE,
    mandatory::MANDATORY,
    invitations::EXPIRY,
    support::LIMIT,
    support::BANNER,
    support::REASON,
    support::SCOPE,
    support::LOGGED,
    support::BANNER_OF_CONSOLE,
];
