//! The SQL of sub-processors.

use base::id::ProcessorId;
use base::{Fault, Timestamp};
use kernel::Permit;
use store::{Tx, params};

/// A company outside.
#[derive(Clone)]
pub(crate) struct Processor {
    pub(crate) id: ProcessorId,
    pub(crate) name: String,
    pub(crate) purpose: String,
    pub(crate) country: String,
    /// Names of hosts, each with what lies under it, separated by spaces.
    pub(crate) hosts: String,
    pub(crate) announced_at: Timestamp,
    pub(crate) starts_at: Timestamp,
    pub(crate) ended_at: Option<Timestamp>,
}

/// All, the newest announcement first.
pub(crate) fn all(tx: &Tx<'_>) -> Result<Vec<Processor>, Fault> {
    tx.query(
        "SELECT id, name, purpose, country, hosts, announced_at, starts_at, ended_at \
         FROM processor ORDER BY announced_at DESC, id DESC",
        params![],
        |row| {
            Ok(Processor {
                id: row.get(0)?,
                name: row.get(1)?,
                purpose: row.get(2)?,
                country: row.get(3)?,
                hosts: row.get(4)?,
                announced_at: row.get(5)?,
                starts_at: row.get(6)?,
                ended_at: row.get(7)?,
            })
        },
    )
}

pub(crate) fn insert(tx: &Tx<'_>, _: &Permit, new: &Processor) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO processor (id, name, purpose, country, hosts, announced_at, starts_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            new.id,
            &new.name,
            &new.purpose,
            &new.country,
            &new.hosts,
            new.announced_at,
            new.starts_at
        ],
    )
    .map(drop)
}

/// Answers whether it was at work, or announced.
pub(crate) fn end(tx: &Tx<'_>, _: &Permit, id: ProcessorId, now: Timestamp) -> Result<bool, Fault> {
    let ended = tx.execute(
        "UPDATE processor SET ended_at = ?2 WHERE id = ?1 AND ended_at IS NULL",
        params![id, now],
    )?;
    Ok(ended == 1)
}
