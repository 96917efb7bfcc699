//! Letters that an evaluation keeps for reading.

use base::{Fault, Timestamp};
use store::{Tx, params};

/// Letters that are kept.
const KEPT_MAX: i64 = 500;

/// Keeps a letter; doing it twice changes nothing.
pub(super) fn keep(tx: &Tx<'_>, id: &str, payload: &[u8], at: Timestamp) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO kept_mail (id, payload, at) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING",
        params![id, payload, at],
    )?;
    tx.execute(
        "DELETE FROM kept_mail WHERE id NOT IN \
         (SELECT id FROM kept_mail ORDER BY id DESC LIMIT ?1)",
        params![KEPT_MAX],
    )
    .map(drop)
}

/// The newest letters first: payload and time.
pub(super) fn newest(tx: &Tx<'_>) -> Result<Vec<(Vec<u8>, Timestamp)>, Fault> {
    tx.query(
        "SELECT payload, at FROM kept_mail ORDER BY id DESC LIMIT ?1",
        params![KEPT_MAX],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Removes one.
pub(super) fn forget(tx: &Tx<'_>, id: &str) -> Result<(), Fault> {
    tx.execute("DELETE FROM kept_mail WHERE id = ?1", params![id]).map(drop)
}

/// One letter.
pub(super) fn find(tx: &Tx<'_>, id: &str) -> Result<Option<(Vec<u8>, Timestamp)>, Fault> {
    tx.find("SELECT payload, at FROM kept_mail WHERE id = ?1", params![id], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}
