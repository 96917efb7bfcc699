//! Outcomes that a caller can act on, and the problems that clients see.

use axum::http::StatusCode;
use base::Fault;
use kernel::access::{Denied, Unshown};
use kernel::web::problem::{Failure, Invalid, Problem};

/// Why a verb of privacy was refused.
#[derive(Debug)]
pub(crate) enum Refused {
    /// The role or the credential does not allow it.
    Denied,
    /// On our side.
    Fault(Fault),
    /// Fields were refused.
    Invalid(Vec<Invalid>),
    /// Nobody would run the platform any more.
    LastStaff,
    /// No such thing.
    NotFound,
    /// The person owns these alone.
    OwnsAlone(Vec<String>),
    /// Another text of the agreement is in force.
    OtherText,
    /// The person has to show again who they are.
    ShowFirst,
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

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        let problem = match refused {
            Refused::Denied => Problem::forbidden(),
            Refused::Fault(fault) => return Self::Fault(fault),
            Refused::Invalid(invalid) => Problem::invalid(invalid),
            Refused::LastStaff => Problem::new(
                "privacy/last-staff",
                StatusCode::CONFLICT,
                "nobody else runs this platform: it would be without staff",
            ),
            Refused::NotFound => Problem::not_found(),
            Refused::OwnsAlone(names) => Problem::new(
                "privacy/owns-alone",
                StatusCode::CONFLICT,
                format!("hand over or close first what is yours alone: {}", names.join(", ")),
            ),
            Refused::OtherText => Problem::new(
                "privacy/other-text",
                StatusCode::CONFLICT,
                "the agreement has another text now: read it again, then sign",
            ),
            Refused::ShowFirst => Problem::show_first(),
        };
        Self::Problem(problem)
    }
}
