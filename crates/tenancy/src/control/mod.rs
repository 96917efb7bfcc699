//! The probes that prove tenancy's claims, each with what shows that it can fail.

mod crossing;
mod files;
mod mandatory;
mod statements;
mod store;

use kernel::control::Control;

/// In the order of the catalogue.
pub(crate) const CONTROLS: [Control; 6] = [
    files::OWN_DATABASE,
    crossing::NO_WAY_ACROSS,
    statements::SCOPED,
    files::OWN_KEY,
    files::UNREADABLE,
    mandatory::MANDATORY,
];
