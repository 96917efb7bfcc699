//! Outcomes that a caller can act on, and the problems that clients see.

use axum::http::StatusCode;
use base::{Fault, FaultKind};
use kernel::access::Denied;
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
    /// Fields were refused.
    Invalid(Vec<Invalid>),
    /// No such thing, or not for the actor to know of.
    NotFound,
    /// Sign-up is by invitation only.
    SignUpClosed,
    /// The address and password do not open an account. Which of the two it was is not told.
    WrongCredentials,
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
            Refused::Invalid(invalid) => Problem::invalid(invalid),
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
        };
        Self::Problem(problem)
    }
}
