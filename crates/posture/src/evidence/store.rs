//! The SQL of evidence.

use base::{Fault, Timestamp};
use store::{Tx, params};

pub(crate) fn insert(tx: &Tx<'_>, hash: &str, envelope: &str, at: Timestamp) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO evidence (hash, envelope, at) VALUES (?1, ?2, ?3)",
        params![hash, envelope, at],
    )
    .map(drop)
}

pub(crate) fn find(tx: &Tx<'_>, hash: &str) -> Result<Option<String>, Fault> {
    tx.find("SELECT envelope FROM evidence WHERE hash = ?1", params![hash], |row| row.get(0))
}
