//! The SQL of origins.

use base::Fault;
use base::id::TenantId;
use kernel::{Origins, Permit};
use store::{Tx, params};

/// A tenant's list by its slug or identifier; nothing, where no tenant is called so.
pub(crate) fn of(tx: &Tx<'_>, wanted: &str) -> Result<Option<Origins>, Fault> {
    let sql = "SELECT id, origin_mode = 'report' FROM tenant WHERE id = ?1 OR slug = ?1";
    let found = tx.find(sql, params![wanted], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let Some((tenant, report_only)) = found else { return Ok(None) };
    Ok(Some(Origins { tenant, listed: listed(tx, tenant)?, report_only }))
}

fn listed(tx: &Tx<'_>, tenant: TenantId) -> Result<Vec<String>, Fault> {
    let sql = "SELECT origin FROM origin WHERE tenant = ?1 ORDER BY origin";
    tx.query(sql, params![tenant], |row| row.get(0))
}

/// Puts another list in the place of a tenant's.
pub(crate) fn replace(
    tx: &Tx<'_>,
    _: &Permit,
    tenant: TenantId,
    listed: &[String],
    mode: &str,
) -> Result<(), Fault> {
    tx.execute("DELETE FROM origin WHERE tenant = ?1", params![tenant])?;
    for origin in listed {
        tx.execute("INSERT INTO origin (tenant, origin) VALUES (?1, ?2)", params![tenant, origin])?;
    }
    tx.execute("UPDATE tenant SET origin_mode = ?2 WHERE id = ?1", params![tenant, mode]).map(drop)
}
