//! The SQL of attestations.

use base::{Fault, Timestamp};
use store::{Row, Tx, params};

/// A document about a claim.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    pub(crate) id: String,
    pub(crate) claim: String,
    pub(crate) issuer: String,
    pub(crate) scope: String,
    /// SHA-256 of the document, hexadecimal.
    pub(crate) document: String,
    pub(crate) effective_from: Timestamp,
    pub(crate) effective_until: Timestamp,
    pub(crate) received_at: Timestamp,
    pub(crate) received_by: String,
    pub(crate) approved_at: Option<Timestamp>,
    pub(crate) approved_by: Option<String>,
}

pub(crate) fn insert(tx: &Tx<'_>, new: &Stored) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO attestation (id, claim, issuer, scope, document, effective_from, \
         effective_until, received_at, received_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            &new.id,
            &new.claim,
            &new.issuer,
            &new.scope,
            &new.document,
            new.effective_from,
            new.effective_until,
            new.received_at,
            &new.received_by
        ],
    )
    .map(drop)
}

pub(crate) fn approve(tx: &Tx<'_>, id: &str, by: &str, now: Timestamp) -> Result<bool, Fault> {
    let changed = tx.execute(
        "UPDATE attestation SET approved_at = ?2, approved_by = ?3 \
         WHERE id = ?1 AND approved_at IS NULL AND withdrawn_at IS NULL AND received_by <> ?3",
        params![id, now, by],
    )?;
    Ok(changed == 1)
}

pub(crate) fn withdraw(tx: &Tx<'_>, id: &str, now: Timestamp) -> Result<bool, Fault> {
    let changed = tx.execute(
        "UPDATE attestation SET withdrawn_at = ?2 WHERE id = ?1 AND withdrawn_at IS NULL",
        params![id, now],
    )?;
    Ok(changed == 1)
}

pub(crate) fn find(tx: &Tx<'_>, id: &str) -> Result<Option<Stored>, Fault> {
    tx.find(
        "SELECT id, claim, issuer, scope, document, effective_from, effective_until, received_at, \
         received_by, approved_at, approved_by FROM attestation \
         WHERE id = ?1 AND withdrawn_at IS NULL",
        params![id],
        read,
    )
}

/// Those that were not withdrawn, newest last.
pub(crate) fn all(tx: &Tx<'_>) -> Result<Vec<Stored>, Fault> {
    tx.query(
        "SELECT id, claim, issuer, scope, document, effective_from, effective_until, received_at, \
         received_by, approved_at, approved_by FROM attestation \
         WHERE withdrawn_at IS NULL ORDER BY received_at, id",
        params![],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<Stored, Fault> {
    Ok(Stored {
        id: row.get(0)?,
        claim: row.get(1)?,
        issuer: row.get(2)?,
        scope: row.get(3)?,
        document: row.get(4)?,
        effective_from: row.get(5)?,
        effective_until: row.get(6)?,
        received_at: row.get(7)?,
        received_by: row.get(8)?,
        approved_at: row.get(9)?,
        approved_by: row.get(10)?,
    })
}
