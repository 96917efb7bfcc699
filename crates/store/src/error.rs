//! What SQLite's result codes mean to a caller.

use base::{Fault, FaultKind};
use rusqlite::ErrorCode;

/// The fault that a failed statement stands for.
pub(crate) fn fault(what: &str, error: rusqlite::Error) -> Fault {
    let kind = match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) => FaultKind::Conflict,
        Some(ErrorCode::DiskFull) => FaultKind::Full,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => FaultKind::Corrupt,
        // Not to be opened: no file descriptor is left, as a missing file was noticed before.
        Some(ErrorCode::CannotOpen | ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            FaultKind::Overloaded
        }
        _ => FaultKind::Internal,
    };
    Fault::because(kind, what, error)
}
