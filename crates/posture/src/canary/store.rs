//! The SQL of canaries.

use base::id::RunId;
use base::{Fault, Timestamp};
use store::{Tx, params};

pub(crate) struct Stored {
    pub(crate) id: RunId,
    pub(crate) email: String,
    pub(crate) password: Vec<u8>,
    pub(crate) made_at: Timestamp,
}

pub(crate) fn current(tx: &Tx<'_>) -> Result<Option<Stored>, Fault> {
    tx.find(
        "SELECT id, email, password, made_at FROM canary WHERE retired_at IS NULL \
         ORDER BY id DESC LIMIT 1",
        params![],
        |row| {
            Ok(Stored {
                id: row.get(0)?,
                email: row.get(1)?,
                password: row.get(2)?,
                made_at: row.get(3)?,
            })
        },
    )
}

pub(crate) fn insert(tx: &Tx<'_>, canary: &Stored) -> Result<(), Fault> {
    retire(tx, canary.made_at)?;
    tx.execute(
        "INSERT INTO canary (id, email, password, made_at) VALUES (?1, ?2, ?3, ?4)",
        params![canary.id, &canary.email, &canary.password, canary.made_at],
    )
    .map(drop)
}

/// Canaries in use, and retired ones whose accounts still exist.
pub(crate) fn count(tx: &Tx<'_>) -> Result<(i64, i64), Fault> {
    let all = tx.number("SELECT count(*) FROM canary", params![])?;
    let retired =
        tx.number("SELECT count(*) FROM canary WHERE retired_at IS NOT NULL", params![])?;
    Ok((all - retired, retired))
}

/// No canary is used any more.
pub(crate) fn retire(tx: &Tx<'_>, now: Timestamp) -> Result<(), Fault> {
    tx.execute("UPDATE canary SET retired_at = ?1 WHERE retired_at IS NULL", params![now]).map(drop)
}
