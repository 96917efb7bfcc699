//! The SQL of the set-up link.

use base::{Fault, Timestamp};
use crypt::token::Stored;
use store::{Tx, params};

pub(super) fn keep(tx: &Tx<'_>, link: &Stored, expires_at: Timestamp) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO setup_link (one, salt, hash, expires_at) VALUES (1, ?1, ?2, ?3) \
         ON CONFLICT (one) DO UPDATE SET salt = excluded.salt, hash = excluded.hash, \
         expires_at = excluded.expires_at",
        params![&link.salt, &link.hash, expires_at],
    )
    .map(drop)
}

/// Salt and hash of the link.
pub(super) type Kept = ([u8; 16], [u8; 32]);

pub(super) fn find(tx: &Tx<'_>, now: Timestamp) -> Result<Option<Kept>, Fault> {
    tx.find(
        "SELECT salt, hash FROM setup_link WHERE one = 1 AND expires_at > ?1",
        params![now],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(super) fn remove(tx: &Tx<'_>) -> Result<bool, Fault> {
    Ok(tx.execute("DELETE FROM setup_link WHERE one = 1", params![])? == 1)
}
