//! The probes that prove tenancy's claims, each with what shows that it can fail.

mod crossing;
mod files;
mod statements;
mod store;

use kernel::control::Control;

/// In the order of the catalogue.
pub(crate) const CONTROLS: [Control; 5] = [
    files::OWN_DATABASE,
    crossing::NO_WAY_ACROSS,
    statements::SCOPED,
    files::OWN_KEY,
    files::UNREADABLE,
];
