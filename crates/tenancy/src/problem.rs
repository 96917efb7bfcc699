//! Outcomes that a caller can act on, and the problems that clients see.

use axum::http::StatusCode;
use base::Fault;
use kernel::access::{Denied, Unshown};
use kernel::web::problem::{Failure, Invalid, Problem};

/// Why a verb of tenancy was refused.
#[derive(Debug)]
pub enum Refused {
    /// The person has a support session already.
    Busy,
    /// The role does not allow it.
    Denied,
    /// Whoever asks others for a second factor needs one.
    FactorFirst,
    /// On our side.
    Fault(Fault),
    /// The link was used, has expired, or never was.
    Gone,
    /// Fields were refused.
    Invalid(Vec<Invalid>),
    /// A tenant without an owner would be left.
    LastOwner,
    /// No such thing, or not for the actor to know of.
    NotFound,
    /// The invitation is for another address than the signed-in person's.
    OtherAddress,
    /// The person has to show again who they are.
    ShowFirst,
    /// The invited address has an account: its owner has to sign in first.
    SignInFirst,
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

impl From<identity::Refused> for Refused {
    fn from(refused: identity::Refused) -> Self {
        match refused {
            identity::Refused::Fault(fault) => Self::Fault(fault),
            identity::Refused::Invalid(invalid) => Self::Invalid(invalid),
            _ => Self::Denied,
        }
    }
}

impl From<Vec<Invalid>> for Refused {
    fn from(invalid: Vec<Invalid>) -> Self {
        Self::Invalid(invalid)
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        let problem = match refused {
            Refused::Busy => Problem::new(
                "tenancy/support-busy",
                StatusCode::CONFLICT,
                "one support session at a time: stop the other one, or wait for its answer",
            ),
            Refused::Denied => Problem::forbidden(),
            Refused::FactorFirst => Problem::factor_wanted(),
            Refused::Fault(fault) => return Self::Fault(fault),
            Refused::Gone => Problem::new(
                "tenancy/link-gone",
                StatusCode::GONE,
                "the link was used, has expired, or never was",
            ),
            Refused::Invalid(invalid) => Problem::invalid(invalid),
            Refused::LastOwner => Problem::new(
                "tenancy/last-owner",
                StatusCode::CONFLICT,
                "a tenant has at least one owner: name another one first",
            ),
            Refused::NotFound => Problem::not_found(),
            Refused::OtherAddress => Problem::new(
                "tenancy/other-address",
                StatusCode::FORBIDDEN,
                "the invitation is for another address than that of the signed-in account",
            ),
            Refused::ShowFirst => Problem::show_first(),
            Refused::SignInFirst => Problem::new(
                "tenancy/sign-in-first",
                StatusCode::CONFLICT,
                "the invited address has an account: sign in with it, then open the link again",
            ),
        };
        Self::Problem(problem)
    }
}
