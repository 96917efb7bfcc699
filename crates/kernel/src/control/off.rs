//! Features that are built and switched off. Their claims are `off` then: neither a pass nor a failure.

use crate::config::{Config, Policy};

/// The configuration key that keeps a claim from being tried, as long as it does.
#[must_use]
pub fn switched_off(claim: &str, config: &Config) -> Option<&'static str> {
    let off = match claim {
        "IDN-24" | "IDN-25" => config.password.policy == Policy::Nist,
        "IDN-32" => !config.sign_in.confirm_location,
        _ => false,
    };
    off.then_some(match claim {
        "IDN-32" => "sign_in.confirm_location is false",
        _ => "password.policy is nist",
    })
}
