//! The SQL of memberships.

use base::id::{AccountId, SessionId, TenantId};
use base::{Fault, FaultKind, Timestamp};
use kernel::rules::Rules;
use kernel::{Membership, Permit, Role};
use store::{Row, Tx, params};

use crate::group::store as groups;

/// A member as the team page lists them.
pub(crate) struct Listed {
    pub(crate) account: AccountId,
    pub(crate) role: Role,
    pub(crate) since: Timestamp,
}

fn role(row: &Row<'_>, at: usize) -> Result<Role, Fault> {
    let word: String = row.get(at)?;
    Role::parse(&word).ok_or_else(|| Fault::new(FaultKind::Corrupt, "an unknown role"))
}

fn read(row: &Row<'_>) -> Result<Membership, Fault> {
    Ok(Membership {
        account: row.get(0)?,
        tenant: row.get(1)?,
        slug: row.get(2)?,
        name: row.get(3)?,
        region: row.get(4)?,
        role: role(row, 5)?,
        rules: Rules::default(),
        factor_wanted: row.get(6)?,
        support: None,
    })
}

/// With what the tenant's groups say of them.
fn ruled(tx: &Tx<'_>, own: Membership) -> Result<Membership, Fault> {
    let rules = groups::rules(tx, own.tenant, own.account)?;
    Ok(Membership { rules, ..own })
}

pub(crate) fn of_account(tx: &Tx<'_>, account: AccountId) -> Result<Vec<Membership>, Fault> {
    let all = tx.query(
        "SELECT m.account, t.id, t.slug, t.name, t.region, m.role, \
         t.factor_wanted = 'everybody' OR (t.factor_wanted = 'owners' AND m.role = 'owner') \
         FROM member m JOIN tenant t ON t.id = m.tenant \
         WHERE m.account = ?1 AND t.state = 'active' ORDER BY t.name, t.id",
        params![account],
        read,
    )?;
    all.into_iter().map(|own| ruled(tx, own)).collect()
}

pub(crate) fn find(
    tx: &Tx<'_>,
    account: AccountId,
    wanted: &str,
) -> Result<Option<Membership>, Fault> {
    let found = tx.find(
        "SELECT m.account, t.id, t.slug, t.name, t.region, m.role, \
         t.factor_wanted = 'everybody' OR (t.factor_wanted = 'owners' AND m.role = 'owner') \
         FROM member m JOIN tenant t ON t.id = m.tenant \
         WHERE m.account = ?1 AND t.state = 'active' AND (t.id = ?2 OR t.slug = ?2)",
        params![account, wanted],
        read,
    )?;
    found.map(|own| ruled(tx, own)).transpose()
}

pub(crate) fn of_tenant(tx: &Tx<'_>, tenant: TenantId) -> Result<Vec<Listed>, Fault> {
    tx.query(
        "SELECT account, role, since FROM member WHERE tenant = ?1 ORDER BY since, account",
        params![tenant],
        |row| Ok(Listed { account: row.get(0)?, role: role(row, 1)?, since: row.get(2)? }),
    )
}

pub(crate) fn role_of(
    tx: &Tx<'_>,
    tenant: TenantId,
    account: AccountId,
) -> Result<Option<Role>, Fault> {
    tx.find(
        "SELECT role FROM member WHERE tenant = ?1 AND account = ?2",
        params![tenant, account],
        |row| role(row, 0),
    )
}

pub(crate) fn owners(tx: &Tx<'_>, tenant: TenantId) -> Result<i64, Fault> {
    tx.number("SELECT count(*) FROM member WHERE tenant = ?1 AND role = 'owner'", params![tenant])
}

pub(crate) fn insert(
    tx: &Tx<'_>,
    _: &Permit,
    tenant: TenantId,
    account: AccountId,
    role: Role,
    now: Timestamp,
) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO member (tenant, account, role, since) VALUES (?1, ?2, ?3, ?4)",
        params![tenant, account, role.word(), now],
    )
    .map(drop)
}

pub(crate) fn set_role(
    tx: &Tx<'_>,
    _: &Permit,
    tenant: TenantId,
    account: AccountId,
    role: Role,
) -> Result<(), Fault> {
    tx.execute(
        "UPDATE member SET role = ?3 WHERE tenant = ?1 AND account = ?2",
        params![tenant, account, role.word()],
    )
    .map(drop)
}

pub(crate) fn delete(
    tx: &Tx<'_>,
    _: &Permit,
    tenant: TenantId,
    account: AccountId,
) -> Result<(), Fault> {
    for sql in [
        "DELETE FROM access_member WHERE tenant = ?1 AND account = ?2",
        "DELETE FROM member WHERE tenant = ?1 AND account = ?2",
    ] {
        tx.execute(sql, params![tenant, account])?;
    }
    Ok(())
}

/// Notes a visit, once.
pub(crate) fn insert_visit(
    tx: &Tx<'_>,
    tenant: TenantId,
    account: AccountId,
    session: SessionId,
) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO visit (tenant, account, session) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        params![tenant, account, session],
    )
    .map(drop)
}

/// Takes out a person's visits to a tenant.
pub(crate) fn take_visits(
    tx: &Tx<'_>,
    tenant: TenantId,
    account: AccountId,
) -> Result<Vec<SessionId>, Fault> {
    let found = tx.query(
        "SELECT session FROM visit WHERE tenant = ?1 AND account = ?2",
        params![tenant, account],
        |row| row.get(0),
    )?;
    tx.execute("DELETE FROM visit WHERE tenant = ?1 AND account = ?2", params![tenant, account])?;
    Ok(found)
}

/// Takes a person out of all tenants.
pub(crate) fn erase(tx: &Tx<'_>, account: AccountId) -> Result<(), Fault> {
    for sql in [
        "DELETE FROM visit WHERE account = ?1",
        "DELETE FROM access_member WHERE account = ?1",
        "DELETE FROM member WHERE account = ?1",
    ] {
        tx.execute(sql, params![account])?;
    }
    Ok(())
}

/// The tenants, but for those that are closed, that would be left without an owner if a person went.
pub(crate) fn owned_alone(tx: &Tx<'_>, account: AccountId) -> Result<Vec<String>, Fault> {
    tx.query(
        "SELECT t.name FROM member m JOIN tenant t ON t.id = m.tenant \
         WHERE m.account = ?1 AND m.role = 'owner' AND t.deleted_from IS NULL AND NOT EXISTS \
         (SELECT 1 FROM member o WHERE o.tenant = m.tenant AND o.role = 'owner' AND o.account <> ?1) \
         ORDER BY t.name",
        params![account],
        |row| row.get(0),
    )
}
