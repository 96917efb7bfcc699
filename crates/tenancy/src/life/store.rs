//! The SQL of a tenant's life.

use base::id::{AccountId, TenantId};
use base::{Fault, Timestamp};
use kernel::Permit;
use store::{Row, Tx, params};

/// A tenant that is not open.
#[derive(Clone)]
pub(crate) struct Shut {
    pub(crate) id: TenantId,
    pub(crate) slug: String,
    pub(crate) name: String,
    /// When it is deleted; nothing, when staff suspended it.
    pub(crate) deleted_from: Option<Timestamp>,
    /// Whether who asked owns it.
    pub(crate) owner: bool,
}

fn read(row: &Row<'_>) -> Result<Shut, Fault> {
    Ok(Shut {
        id: row.get(0)?,
        slug: row.get(1)?,
        name: row.get(2)?,
        deleted_from: row.get(3)?,
        owner: row.get(4)?,
    })
}

/// Those of a person's tenants that are not open.
pub(crate) fn shut_of(tx: &Tx<'_>, account: AccountId) -> Result<Vec<Shut>, Fault> {
    tx.query(
        "SELECT t.id, t.slug, t.name, t.deleted_from, m.role = 'owner' \
         FROM member m JOIN tenant t ON t.id = m.tenant \
         WHERE m.account = ?1 AND t.state <> 'active' ORDER BY t.name, t.id",
        params![account],
        read,
    )
}

/// A tenant that is not open, whoever asks.
pub(crate) fn shut(tx: &Tx<'_>, id: TenantId) -> Result<Option<Shut>, Fault> {
    tx.find(
        "SELECT id, slug, name, deleted_from, 0 FROM tenant \
         WHERE id = ?1 AND state <> 'active'",
        params![id],
        read,
    )
}

/// Shuts an open tenant; answers whether it was open.
pub(crate) fn shut_down(
    tx: &Tx<'_>,
    _: &Permit,
    id: TenantId,
    deleted_from: Option<Timestamp>,
) -> Result<bool, Fault> {
    let shut = tx.execute(
        "UPDATE tenant SET state = 'suspended', deleted_from = ?2 \
         WHERE id = ?1 AND state = 'active'",
        params![id, deleted_from],
    )?;
    Ok(shut == 1)
}

/// Opens a tenant again: one that was closed, or one that was suspended. Answers whether it was so.
pub(crate) fn open(tx: &Tx<'_>, _: &Permit, id: TenantId, closed: bool) -> Result<bool, Fault> {
    let opened = tx.execute(
        "UPDATE tenant SET state = 'active', deleted_from = NULL \
         WHERE id = ?1 AND state = 'suspended' AND (deleted_from IS NOT NULL) = ?2",
        params![id, closed],
    )?;
    Ok(opened == 1)
}

/// Takes everything of a tenant out of the directory.
pub(crate) fn delete(tx: &Tx<'_>, id: TenantId) -> Result<(), Fault> {
    for sql in [
        "DELETE FROM invitation WHERE tenant = ?1",
        "DELETE FROM origin WHERE tenant = ?1",
        "DELETE FROM access_member WHERE tenant = ?1",
        "DELETE FROM access_rule WHERE tenant = ?1",
        "DELETE FROM access_group WHERE tenant = ?1",
        "DELETE FROM visit WHERE tenant = ?1",
        "DELETE FROM support WHERE tenant = ?1",
        "DELETE FROM member WHERE tenant = ?1",
        "DELETE FROM tenant WHERE id = ?1",
    ] {
        tx.execute(sql, params![id])?;
    }
    Ok(())
}
