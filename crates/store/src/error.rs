//! What SQLite's result codes mean to a caller.

use base::{Fault, FaultKind};
use rusqlite::ErrorCode;

/// The fault that a failed statement stands for.
pub(crate) fn fault(what: &str, error: rusqlite::Error) -> Fault {
    let kind = match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) => FaultKind::Conflict,
        Some(ErrorCode::DiskFull) => FaultKind::Full,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => FaultKind::Corrupt,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => FaultKind::Overloaded,
        _ => FaultKind::Internal,
    };
    Fault::because(kind, what, error)
}

/// Whether a fault leaves the file's own state in doubt, so that the whole batch must be undone:
/// SQLite rolls the transaction back by itself on some of these.
pub(crate) fn spoils_the_batch(error: &Fault) -> bool {
    matches!(error.kind(), FaultKind::Full | FaultKind::Corrupt | FaultKind::Internal)
}
