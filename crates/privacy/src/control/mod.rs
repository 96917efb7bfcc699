//! The probes that prove privacy's claims, each with what shows that it can fail.

mod forgotten;
mod pages;
mod regions;

use kernel::control::Control;

/// In the order of the catalogue.
pub(crate) const CONTROLS: [Control; 6] = [
    forgotten::FORGOTTEN,
    pages::PROCESSORS,
    pages::AGREEMENT,
    regions::REGION,
    forgotten::BY_HAND,
    pages::PROCESSORS_PAGE,
];
