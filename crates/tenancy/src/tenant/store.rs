//! The SQL of the directory.

use base::id::TenantId;
use base::{Fault, Timestamp};
use kernel::{Permit, TenantName};
use store::{Tx, params};

/// A tenant as the operator sees it.
pub(crate) struct Listed {
    pub(crate) id: TenantId,
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) region: String,
    pub(crate) state: String,
    pub(crate) made_at: Timestamp,
    pub(crate) members: i64,
}

pub(crate) fn insert(
    tx: &Tx<'_>,
    _: &Permit,
    id: TenantId,
    slug: &str,
    name: &str,
    region: &str,
    now: Timestamp,
) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO tenant (id, slug, name, region, state, made_at) \
         VALUES (?1, ?2, ?3, ?4, 'active', ?5)",
        params![id, slug, name, region, now],
    )
    .map(drop)
}

pub(crate) fn slug_is_taken(tx: &Tx<'_>, slug: &str) -> Result<bool, Fault> {
    Ok(tx.number("SELECT count(*) FROM tenant WHERE slug = ?1", params![slug])? > 0)
}

pub(crate) fn name(tx: &Tx<'_>, wanted: &str) -> Result<Option<TenantName>, Fault> {
    tx.find(
        "SELECT id, slug, name FROM tenant WHERE id = ?1 OR slug = ?1",
        params![wanted],
        |row| Ok(TenantName { id: row.get(0)?, slug: row.get(1)?, name: row.get(2)? }),
    )
}

pub(crate) fn made_at(tx: &Tx<'_>, id: TenantId) -> Result<Timestamp, Fault> {
    Ok(Timestamp(tx.number("SELECT made_at FROM tenant WHERE id = ?1", params![id])?))
}

pub(crate) fn rename(tx: &Tx<'_>, _: &Permit, id: TenantId, name: &str) -> Result<(), Fault> {
    tx.execute("UPDATE tenant SET name = ?2 WHERE id = ?1", params![id, name]).map(drop)
}

pub(crate) fn factor_wanted(tx: &Tx<'_>, id: TenantId) -> Result<String, Fault> {
    let sql = "SELECT factor_wanted FROM tenant WHERE id = ?1";
    Ok(tx.find(sql, params![id], |row| row.get(0))?.unwrap_or_default())
}

pub(crate) fn want_factor(
    tx: &Tx<'_>,
    _: &Permit,
    id: TenantId,
    wanted: &str,
) -> Result<(), Fault> {
    tx.execute("UPDATE tenant SET factor_wanted = ?2 WHERE id = ?1", params![id, wanted]).map(drop)
}

/// Tenants, newest first: those made before `before` whose name or slug holds `words`, each where it is not empty.
pub(crate) fn all(
    tx: &Tx<'_>,
    (words, before): (&str, &str),
    limit: i64,
) -> Result<Vec<Listed>, Fault> {
    tx.query(
        "SELECT t.id, t.slug, t.name, t.region, \
         CASE WHEN t.deleted_from IS NOT NULL THEN 'closed' ELSE t.state END, t.made_at, \
         (SELECT count(*) FROM member m WHERE m.tenant = t.id) \
         FROM tenant t WHERE (?2 = '' OR t.id < ?2) \
         AND (?3 = '' OR instr(lower(t.name), lower(?3)) > 0 OR instr(t.slug, lower(?3)) > 0) \
         ORDER BY t.id DESC LIMIT ?1",
        params![limit, before, words],
        |row| {
            Ok(Listed {
                id: row.get(0)?,
                slug: row.get(1)?,
                name: row.get(2)?,
                region: row.get(3)?,
                state: row.get(4)?,
                made_at: row.get(5)?,
                members: row.get(6)?,
            })
        },
    )
}

pub(crate) fn count(tx: &Tx<'_>) -> Result<i64, Fault> {
    tx.number("SELECT count(*) FROM tenant", params![])
}

pub(crate) fn places(tx: &Tx<'_>) -> Result<Vec<(TenantId, String)>, Fault> {
    tx.query("SELECT id, region FROM tenant ORDER BY id", params![], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}
