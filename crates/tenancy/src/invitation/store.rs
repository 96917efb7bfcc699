//! The SQL of invitations.

use base::id::{AccountId, InvitationId, TenantId};
use base::{Fault, FaultKind, Timestamp};
use kernel::{Permit, Role};
use store::{Row, Tx, params};

#[derive(Clone)]
pub(crate) struct New {
    pub(crate) lookup: String,
    pub(crate) id: InvitationId,
    pub(crate) tenant: TenantId,
    pub(crate) role: Role,
    pub(crate) email_index: [u8; 32],
    pub(crate) email: Vec<u8>,
    pub(crate) salt: [u8; 16],
    pub(crate) hash: [u8; 32],
    pub(crate) invited_by: AccountId,
    pub(crate) expires_at: Timestamp,
}

fn read(row: &Row<'_>) -> Result<New, Fault> {
    let word: String = row.get(3)?;
    Ok(New {
        lookup: row.get(0)?,
        id: row.get(1)?,
        tenant: row.get(2)?,
        role: Role::parse(&word)
            .ok_or_else(|| Fault::new(FaultKind::Corrupt, "an unknown role"))?,
        email_index: row.get(4)?,
        email: row.get(5)?,
        salt: row.get(6)?,
        hash: row.get(7)?,
        invited_by: row.get(8)?,
        expires_at: row.get(9)?,
    })
}

pub(crate) fn find(tx: &Tx<'_>, lookup: &str, now: Timestamp) -> Result<Option<New>, Fault> {
    tx.find(
        "SELECT lookup, id, tenant, role, email_index, email, salt, hash, invited_by, expires_at \
         FROM invitation WHERE lookup = ?1 AND expires_at > ?2",
        params![lookup, now],
        read,
    )
}

pub(crate) fn open(tx: &Tx<'_>, tenant: TenantId, now: Timestamp) -> Result<Vec<New>, Fault> {
    tx.query(
        "SELECT lookup, id, tenant, role, email_index, email, salt, hash, invited_by, expires_at \
         FROM invitation WHERE tenant = ?1 AND expires_at > ?2 ORDER BY id",
        params![tenant, now],
        read,
    )
}

/// Keeps an invitation; an older one of the same address stops working.
pub(crate) fn insert(tx: &Tx<'_>, _: &Permit, new: &New) -> Result<(), Fault> {
    tx.execute(
        "DELETE FROM invitation WHERE tenant = ?1 AND email_index = ?2",
        params![new.tenant, &new.email_index],
    )?;
    tx.execute(
        "INSERT INTO invitation (lookup, id, tenant, role, email_index, email, salt, hash, \
         invited_by, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            &new.lookup,
            new.id,
            new.tenant,
            new.role.word(),
            &new.email_index,
            &new.email,
            &new.salt,
            &new.hash,
            new.invited_by,
            new.expires_at
        ],
    )
    .map(drop)
}

/// Removes an open invitation; answers whether there was one. Of two racing uses one gets a yes.
pub(crate) fn take(tx: &Tx<'_>, tenant: TenantId, id: InvitationId) -> Result<bool, Fault> {
    let gone =
        tx.execute("DELETE FROM invitation WHERE tenant = ?1 AND id = ?2", params![tenant, id])?;
    Ok(gone == 1)
}

/// Withdraws what a member has invited; they may not invite any more.
pub(crate) fn remove_of(tx: &Tx<'_>, tenant: TenantId, inviter: AccountId) -> Result<(), Fault> {
    tx.execute(
        "DELETE FROM invitation WHERE tenant = ?1 AND invited_by = ?2",
        params![tenant, inviter],
    )
    .map(drop)
}

/// Withdraws what waits for an address, in all tenants.
pub(crate) fn remove_for(tx: &Tx<'_>, email_index: &[u8; 32]) -> Result<(), Fault> {
    tx.execute("DELETE FROM invitation WHERE email_index = ?1", params![email_index]).map(drop)
}

/// Withdraws what somebody has invited, in all tenants.
pub(crate) fn remove_all_of(tx: &Tx<'_>, inviter: AccountId) -> Result<(), Fault> {
    tx.execute("DELETE FROM invitation WHERE invited_by = ?1", params![inviter]).map(drop)
}
