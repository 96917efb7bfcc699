//! The probes that prove tenancy's claims, each with what shows that it can fail.

mod company;
mod crossing;
mod destructive;
mod files;
mod forged;
mod groups;
mod invitations;
mod mandatory;
mod origins;
mod own_login;
mod revoked;
mod roles;
mod statements;
mod store;
mod support;

use kernel::control::Control;

/// In the order of the catalogue.
pub(crate) const CONTROLS: [Control; 22] = [
    files::OWN_DATABASE,
    crossing::NO_WAY_ACROSS,
    statements::SCOPED,
    files::OWN_KEY,
    files::UNREADABLE,
    origins::LISTED_ALONE,
    mandatory::MANDATORY,
    roles::ROLES,
    roles::DENIED,
    destructive::OWNER_ONLY,
    forged::FORGED,
    revoked::REVOKED,
    own_login::OWN_LOGIN,
    invitations::EXPIRY,
    support::LIMIT,
    support::BANNER,
    support::REASON,
    support::SCOPE,
    groups::RULES,
    support::LOGGED,
    origins::EDITED,
    support::BANNER_OF_CONSOLE,
];
