//! Outcomes that a caller can act on, and the problems that clients see.

use axum::http::StatusCode;
use base::{Fault, FaultKind};
use kernel::access::{Denied, Unshown};
use kernel::web::problem::{Failure, Invalid, Problem};

/// Why a verb of identity was refused.
#[derive(Debug)]
pub enum Refused {
    /// The role or the credential does not allow it.
    Denied,
    /// On our side.
    Fault(Fault),
    /// The link was used, has expired, or never was.
    Gone,
    /// Backup codes are for accounts that have another second factor.
    FactorFirst,
    /// Fields were refused.
    Invalid(Vec<Invalid>),
    /// The person has to have a second factor, and this is the last one.
    LastFactor,
    /// Nobody who runs the platform would be left.
    LastStaff,
    /// No such thing, or not for the actor to know of.
    NotFound,
    /// The person has to show again who they are.
    ShowFirst,
    /// Sign-up is by invitation only.
    SignUpClosed,
    /// The address and password do not open an account. Which of the two it was is not told.
    WrongCredentials,
    /// The code or passkey does not count. Why is not told.
    WrongFactor,
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Denied> for Refused {
    fn from(_: Denied) -> Self {
        Self::Denied
    }
}

impl From<Unshown> for Refused {
    fn from(why: Unshown) -> Self {
        match why {
            Unshown::Denied => Self::Denied,
            Unshown::ShowFirst => Self::ShowFirst,
        }
    }
}

impl From<Vec<Invalid>> for Refused {
    fn from(invalid: Vec<Invalid>) -> Self {
        Self::Invalid(invalid)
    }
}

impl Refused {
    /// Whether the hashing queue was full.
    pub(crate) fn is_overloaded(&self) -> bool {
        matches!(self, Self::Fault(f) if f.kind() == FaultKind::Overloaded)
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        let problem = match refused {
            Refused::Denied => Problem::forbidden(),
            Refused::Fault(fault) => return Self::Fault(fault),
            Refused::Gone => Problem::new(
                "identity/link-gone",
                StatusCode::GONE,
                "the link was used, has expired, or never was",
            ),
            Refused::FactorFirst => Problem::new(
                "identity/factor-first",
                StatusCode::CONFLICT,
                "backup codes go with another second factor: set one up first",
            ),
            Refused::Invalid(invalid) => Problem::invalid(invalid),
            Refused::LastFactor => Problem::new(
                "identity/last-factor",
                StatusCode::CONFLICT,
                "a second factor is required of you, and this is the last one",
            ),
            Refused::LastStaff => Problem::new(
                "identity/last-staff",
                StatusCode::CONFLICT,
                "nobody who runs the platform would be left",
            ),
            Refused::ShowFirst => Problem::show_first(),
            Refused::NotFound => Problem::not_found(),
            Refused::SignUpClosed => Problem::new(
                "identity/sign-up-closed",
                StatusCode::FORBIDDEN,
                "accounts are opened by invitation only",
            ),
            Refused::WrongCredentials => Problem::new(
                "identity/wrong-credentials",
                StatusCode::UNAUTHORIZED,
                "the address and the password do not open an account",
            ),
            Refused::WrongFactor => Problem::new(
                "identity/wrong-factor",
                StatusCode::UNAUTHORIZED,
                "the code or the passkey does not count",
            ),
        };
        Self::Problem(problem)
    }
}
