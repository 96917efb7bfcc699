//! The SQL of wrong passwords and codes.

use base::{Fault, Timestamp};
use store::{Tx, params};

/// Wrong ones since a moment.
pub(crate) fn failures(tx: &Tx<'_>, key: &[u8; 32], since: Timestamp) -> Result<i64, Fault> {
    tx.number("SELECT failures FROM lockout WHERE key = ?1 AND since > ?2", params![key, since])
}

/// Counts one more; a count whose last one came before `since` begins anew. The last wrong one moves the end on.
pub(crate) fn note(
    tx: &Tx<'_>,
    key: &[u8; 32],
    now: Timestamp,
    since: Timestamp,
) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO lockout (key, failures, since) VALUES (?1, 1, ?2) ON CONFLICT (key) DO UPDATE \
         SET failures = CASE WHEN since > ?3 THEN failures + 1 ELSE 1 END, since = excluded.since",
        params![key, now, since],
    )
    .map(drop)
}

/// Forgets what began before a moment.
pub(crate) fn purge(tx: &Tx<'_>, oldest: Timestamp) -> Result<(), Fault> {
    tx.execute("DELETE FROM lockout WHERE since <= ?1", params![oldest]).map(drop)
}

/// Counts one more of what may come so often in a fixed span: it begins with the first.
pub(crate) fn count(
    tx: &Tx<'_>,
    key: &[u8; 32],
    now: Timestamp,
    since: Timestamp,
) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO lockout (key, failures, since) VALUES (?1, 1, ?2) ON CONFLICT (key) DO UPDATE \
         SET failures = CASE WHEN since > ?3 THEN failures + 1 ELSE 1 END, \
         since = CASE WHEN since > ?3 THEN since ELSE excluded.since END",
        params![key, now, since],
    )
    .map(drop)
}

pub(crate) fn forget(tx: &Tx<'_>, key: &[u8; 32]) -> Result<(), Fault> {
    tx.execute("DELETE FROM lockout WHERE key = ?1", params![key]).map(drop)
}
