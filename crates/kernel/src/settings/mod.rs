//! Named values of the installation.

mod store;

pub(crate) use store::MIGRATIONS;
pub use store::{find, find_text, set};

/// Name of the setting that holds the brand.
pub const BRAND: &str = "brand";
/// Name of the setting that holds the logo's bytes.
pub const LOGO: &str = "brand.logo";
/// Name of the setting that holds the installation's own short name, part of its cookies' names.
pub const INSTALLATION: &str = "installation";
/// Name of the setting that holds the measured cost of password hashes.
pub const PASSWORD_COST: &str = "password.cost";
