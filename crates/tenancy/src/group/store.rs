//! The SQL of access groups.

use base::id::{AccountId, GroupId, TenantId};
use base::{Fault, FaultKind, Timestamp};
use kernel::Permit;
use kernel::rules::{Effect, Feature, Rules};
use store::{Row, Tx, params};

/// What a group is called, and says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) rules: Vec<(Feature, Effect)>,
    pub(crate) members: Vec<AccountId>,
}

fn rule(row: &Row<'_>, at: usize) -> Result<(Feature, Effect), Fault> {
    let (feature, effect): (String, String) = (row.get(at)?, row.get(at + 1)?);
    Feature::parse(&feature)
        .zip(Effect::parse(&effect))
        .ok_or_else(|| Fault::new(FaultKind::Corrupt, "an unknown access rule"))
}

/// The rules that hold for somebody in one tenant, put together.
pub(crate) fn rules(tx: &Tx<'_>, tenant: TenantId, account: AccountId) -> Result<Rules, Fault> {
    let found = tx.query(
        "SELECT r.feature, r.effect FROM access_member m JOIN access_rule r ON r.grp = m.grp \
         WHERE m.account = ?1 AND m.tenant = ?2",
        params![account, tenant],
        |row| rule(row, 0),
    )?;
    let mut rules = Rules::default();
    found.into_iter().for_each(|(feature, effect)| rules.add(feature, effect));
    Ok(rules)
}

/// The names of the groups that somebody is in, in one tenant.
pub(crate) fn names_of(
    tx: &Tx<'_>,
    tenant: TenantId,
    account: AccountId,
) -> Result<Vec<String>, Fault> {
    tx.query(
        "SELECT g.name FROM access_member m JOIN access_group g ON g.id = m.grp \
         WHERE m.account = ?1 AND m.tenant = ?2 ORDER BY g.name",
        params![account, tenant],
        |row| row.get(0),
    )
}

/// A tenant's groups with rules and members, by name.
pub(crate) fn of_tenant(tx: &Tx<'_>, tenant: TenantId) -> Result<Vec<(GroupId, Group)>, Fault> {
    let mut groups = tx.query(
        "SELECT id, name FROM access_group WHERE tenant = ?1 ORDER BY name, id",
        params![tenant],
        |row| {
            let group = Group { name: row.get(1)?, rules: Vec::new(), members: Vec::new() };
            Ok((row.get(0)?, group))
        },
    )?;
    for (id, group) in &mut groups {
        fill(tx, *id, group)?;
    }
    Ok(groups)
}

/// One group of a tenant.
pub(crate) fn find(tx: &Tx<'_>, tenant: TenantId, id: GroupId) -> Result<Option<Group>, Fault> {
    let found = tx.find(
        "SELECT name FROM access_group WHERE tenant = ?1 AND id = ?2",
        params![tenant, id],
        |row| Ok(Group { name: row.get(0)?, rules: Vec::new(), members: Vec::new() }),
    )?;
    let Some(mut group) = found else { return Ok(None) };
    fill(tx, id, &mut group)?;
    Ok(Some(group))
}

fn fill(tx: &Tx<'_>, id: GroupId, group: &mut Group) -> Result<(), Fault> {
    let sql = "SELECT feature, effect FROM access_rule WHERE grp = ?1";
    group.rules = tx.query(sql, params![id], |row| rule(row, 0))?;
    group.rules.sort_by_key(|(feature, _)| *feature);
    let sql = "SELECT account FROM access_member WHERE grp = ?1 ORDER BY account";
    group.members = tx.query(sql, params![id], |row| row.get(0))?;
    Ok(())
}

pub(crate) fn count(tx: &Tx<'_>, tenant: TenantId) -> Result<i64, Fault> {
    tx.number("SELECT count(*) FROM access_group WHERE tenant = ?1", params![tenant])
}

/// Whether another group of the tenant is called so.
pub(crate) fn name_is_taken(
    tx: &Tx<'_>,
    tenant: TenantId,
    name: &str,
    but: Option<GroupId>,
) -> Result<bool, Fault> {
    let found = tx.find(
        "SELECT id FROM access_group WHERE tenant = ?1 AND name = ?2",
        params![tenant, name],
        |row| row.get::<GroupId>(0),
    )?;
    Ok(found.is_some_and(|id| Some(id) != but))
}

pub(crate) fn insert(
    tx: &Tx<'_>,
    permit: &Permit,
    (tenant, id): (TenantId, GroupId),
    group: &Group,
    now: Timestamp,
) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO access_group (id, tenant, name, made_at) VALUES (?1, ?2, ?3, ?4)",
        params![id, tenant, &group.name, now],
    )?;
    put(tx, permit, (tenant, id), group)
}

/// Puts another name, other rules and members in the place of a group's.
pub(crate) fn replace(
    tx: &Tx<'_>,
    permit: &Permit,
    (tenant, id): (TenantId, GroupId),
    group: &Group,
) -> Result<(), Fault> {
    tx.execute("UPDATE access_group SET name = ?2 WHERE id = ?1", params![id, &group.name])?;
    empty(tx, id)?;
    put(tx, permit, (tenant, id), group)
}

fn put(
    tx: &Tx<'_>,
    _: &Permit,
    (tenant, id): (TenantId, GroupId),
    group: &Group,
) -> Result<(), Fault> {
    for (feature, effect) in &group.rules {
        tx.execute(
            "INSERT INTO access_rule (tenant, grp, feature, effect) VALUES (?1, ?2, ?3, ?4)",
            params![tenant, id, feature.word(), effect.word()],
        )?;
    }
    for account in &group.members {
        tx.execute(
            "INSERT INTO access_member (tenant, account, grp) VALUES (?1, ?2, ?3)",
            params![tenant, *account, id],
        )?;
    }
    Ok(())
}

fn empty(tx: &Tx<'_>, id: GroupId) -> Result<(), Fault> {
    tx.execute("DELETE FROM access_member WHERE grp = ?1", params![id])?;
    tx.execute("DELETE FROM access_rule WHERE grp = ?1", params![id]).map(drop)
}

pub(crate) fn delete(tx: &Tx<'_>, _: &Permit, id: GroupId) -> Result<(), Fault> {
    empty(tx, id)?;
    tx.execute("DELETE FROM access_group WHERE id = ?1", params![id]).map(drop)
}
