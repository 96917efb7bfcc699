//! What stands before sign-up and sign-in: limits, the CAPTCHA, lockout, where from, second factors.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// How often an address (IPv6: a /64) may come to what anybody can call.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Passwords, codes and passkeys a minute.
    pub sign_ins_per_minute: u32,
    /// Sign-ups and lost passwords a minute.
    pub letters_per_minute: u32,
    /// Letters that strangers can have sent to one address of mail in an hour.
    pub letters_per_mailbox_hour: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { sign_ins_per_minute: 60, letters_per_minute: 30, letters_per_mailbox_hour: 5 }
    }
}

/// What stands before sign-up and sign-in against programs.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Captcha {
    /// Whether it stands before sign-up: `always`, `risk` or `off`.
    pub sign_up: When,
    /// The same before passwords.
    pub sign_in: When,
    /// Who judges what the pages' forms bring: `built-in`, `turnstile` or `hcaptcha`.
    pub provider: Provider,
    /// A service's public key for this site.
    pub site_key: Option<String>,
    /// File with a service's secret.
    pub secret_file: Option<PathBuf>,
    /// Where a service is asked, instead of at its own address.
    pub verify_url: Option<String>,
    /// Tries that the built-in proof of work takes at most; half of them on average.
    pub work: u32,
}

impl Default for Captcha {
    fn default() -> Self {
        Self {
            sign_up: When::Always,
            sign_in: When::Always,
            provider: Provider::BuiltIn,
            site_key: None,
            secret_file: None,
            verify_url: None,
            work: 800,
        }
    }
}

/// When something stands in the way.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// For everybody.
    Always,
    /// For nobody.
    Off,
    /// For those whose network trouble came from lately.
    Risk,
}

impl When {
    /// The word on the wire.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Off => "off",
            Self::Risk => "risk",
        }
    }
}

/// Who judges whether somebody is a person.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Provider {
    /// Our own proof of work.
    BuiltIn,
    /// hCaptcha.
    Hcaptcha,
    /// Cloudflare Turnstile.
    Turnstile,
}

/// What wrong passwords and codes lead to.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Lockout {
    /// Wrong ones in a row, of one kind, for one account, from one address, until it is locked there.
    pub attempts: u32,
    /// Minutes that it stays locked.
    pub minutes: u32,
    /// Wrong ones for one account from anywhere in that time, until browsers that it does not know have to wait.
    pub account_attempts: u32,
}

impl Default for Lockout {
    fn default() -> Self {
        Self { attempts: 3, minutes: 60, account_attempts: 30 }
    }
}

/// Signing in.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct SignIn {
    /// Whether a sign-in from a network that the account does not know has to be confirmed by a mailed link.
    pub confirm_location: bool,
    /// A database of where addresses are (MaxMind's format), for letters and lists.
    pub places_file: Option<PathBuf>,
}

/// Who has to have a second factor, everywhere; organisations can ask for more.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct SecondFactor {
    /// `nobody`, `staff` or `everybody`.
    pub required: Required,
    /// Makers whose hardware keys are demanded of staff: a PEM file of their roots of attestation.
    pub staff_keys_file: Option<PathBuf>,
}

/// Of whom something is required.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Required {
    /// Of everybody.
    Everybody,
    /// Of nobody.
    #[default]
    Nobody,
    /// Of the platform's own staff.
    Staff,
}

impl SecondFactor {
    /// Whether a person has to have one.
    #[must_use]
    pub fn is_wanted_of(&self, staff: bool) -> bool {
        match self.required {
            Required::Everybody => true,
            Required::Nobody => false,
            Required::Staff => staff,
        }
    }
}
