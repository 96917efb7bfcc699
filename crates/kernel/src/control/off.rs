//! Features that are built and switched off. Their claims are `off` then: neither a pass nor a failure.

use crate::config::{Config, Policy, When};

/// The configuration key that keeps a claim from being tried, as long as it does.
#[must_use]
pub fn switched_off(claim: &str, config: &Config) -> Option<&'static str> {
    match claim {
        "IDN-24" | "IDN-25" if config.password.policy == Policy::Nist => {
            Some("password.policy is nist")
        }
        "EDG-01" if config.captcha.sign_up != When::Always => Some("captcha.sign_up is not always"),
        "EDG-02" if config.captcha.sign_in != When::Always => Some("captcha.sign_in is not always"),
        "IDN-32" if !config.sign_in.confirm_location => Some("sign_in.confirm_location is false"),
        "IDN-39" if config.second_factor.staff_keys_file.is_none() => {
            Some("second_factor.staff_keys_file is not set")
        }
        _ => None,
    }
}
