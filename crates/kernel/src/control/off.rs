//! Features that are built and switched off. Their claims are `off` then: neither a pass nor a failure.

use crate::config::{Config, Policy};

/// The configuration key that keeps a claim from being tried, as long as it does.
#[must_use]
pub fn switched_off(claim: &str, config: &Config) -> Option<&'static str> {
    match claim {
        "IDN-24" | "IDN-25" if config.password.policy == Policy::Nist => {
            Some("password.policy is nist")
        }
        "IDN-32" if !config.sign_in.confirm_location => Some("sign_in.confirm_location is false"),
        _ => None,
    }
}
