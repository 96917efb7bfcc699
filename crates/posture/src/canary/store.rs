//! The SQL of canaries and of what is leased to them.

use base::id::{RunId, TenantId};
use base::{Fault, Timestamp};
use store::{Tx, params};

pub(crate) struct Stored {
    pub(crate) id: RunId,
    pub(crate) place: u32,
    pub(crate) email: String,
    pub(crate) password: Vec<u8>,
    pub(crate) tenant: TenantId,
    pub(crate) slug: String,
    pub(crate) bait: String,
    pub(crate) made_at: Timestamp,
}

/// The canaries in use, by place.
pub(crate) fn current(tx: &Tx<'_>) -> Result<Vec<Stored>, Fault> {
    tx.query(
        "SELECT id, place, email, password, tenant, slug, bait, made_at FROM canary \
         WHERE retired_at IS NULL AND tenant IS NOT NULL ORDER BY place",
        params![],
        |row| {
            Ok(Stored {
                id: row.get(0)?,
                place: row.get(1)?,
                email: row.get(2)?,
                password: row.get(3)?,
                tenant: row.get(4)?,
                slug: row.get(5)?,
                bait: row.get(6)?,
                made_at: row.get(7)?,
            })
        },
    )
}

pub(crate) fn insert(tx: &Tx<'_>, canary: &Stored) -> Result<(), Fault> {
    tx.execute(
        "UPDATE canary SET retired_at = ?1 WHERE retired_at IS NULL AND place = ?2",
        params![canary.made_at, canary.place],
    )?;
    tx.execute(
        "INSERT INTO canary (id, place, email, password, tenant, slug, bait, made_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            canary.id,
            canary.place,
            &canary.email,
            &canary.password,
            canary.tenant,
            &canary.slug,
            &canary.bait,
            canary.made_at
        ],
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

/// Writes down what is about to be made; answers the lease's number.
pub(crate) fn take_lease(
    tx: &Tx<'_>,
    kind: &str,
    owner: &str,
    now: Timestamp,
) -> Result<i64, Fault> {
    tx.execute(
        "INSERT INTO lease (kind, owner, taken_at) VALUES (?1, ?2, ?3)",
        params![kind, owner, now],
    )?;
    tx.number("SELECT max(number) FROM lease", params![])
}

pub(crate) fn give_back_lease(tx: &Tx<'_>, number: i64) -> Result<(), Fault> {
    tx.execute("DELETE FROM lease WHERE number = ?1", params![number]).map(drop)
}

/// Leases of a kind that were not given back: what a crash may have left behind.
pub(crate) fn open_leases(tx: &Tx<'_>) -> Result<Vec<(i64, String, String)>, Fault> {
    tx.query("SELECT number, kind, owner FROM lease ORDER BY number", params![], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}
