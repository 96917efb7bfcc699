//! The verbs of access groups.

use std::collections::BTreeMap;
use std::sync::Arc;

use ::store::Tx;
use base::id::{AccountId, GroupId, TenantId};
use base::text::{self, Refused as BadText};
use kernel::rules::{Effect, Feature};
use kernel::web::problem::Invalid;
use kernel::{Action, App, Membership, Op};

use super::store::{self, Group};
use crate::event;
use crate::member::store as members;
use crate::problem::Refused;

/// Groups of one tenant.
pub(crate) const GROUPS_MAX: i64 = 50;
/// Members of one group: what changes is in one entry of the log, by name.
pub(crate) const MEMBERS_MAX: usize = 500;

/// A group as people type it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Typed {
    pub(crate) name: String,
    /// From a feature's word to an effect's.
    pub(crate) rules: BTreeMap<String, String>,
    pub(crate) members: Vec<String>,
    /// What the group was when it was read, by [`mark`]; empty where nobody looks whether it changed meanwhile.
    pub(crate) seen: String,
}

/// Tells one state of a group from another.
pub(crate) fn mark(group: &Group) -> String {
    crypt::hex(&crypt::sha256(&[format!("{group:?}").as_bytes()]))
}

/// A tenant's groups, by name.
pub(crate) fn list(
    app: &App,
    op: &Op,
    member: &Membership,
) -> Result<Vec<(GroupId, Group)>, Refused> {
    op.permit_in(member, Action::SeeTeam)?;
    Ok(app.store.control().read(|tx| store::of_tenant(tx, member.tenant))?)
}

/// One group. Refusal `NotFound`.
pub(crate) fn find(app: &App, op: &Op, member: &Membership, id: GroupId) -> Result<Group, Refused> {
    op.permit_in(member, Action::SeeTeam)?;
    let found = app.store.control().read(|tx| store::find(tx, member.tenant, id))?;
    found.ok_or(Refused::NotFound)
}

/// Makes a group. What it says counts from its members' next requests on.
pub(crate) async fn create(
    app: &Arc<App>,
    op: &Op,
    member: &Membership,
    typed: &Typed,
) -> Result<GroupId, Refused> {
    let permit = op.permit_in(member, Action::ManageMembers)?;
    let group = check(typed)?;
    let (app2, op2, tenant) = (Arc::clone(app), op.clone(), member.tenant);
    let id = GroupId::new(op.now, &*app.rng);
    app.store
        .control()
        .write(move |tx| {
            if store::count(tx, tenant)? >= GROUPS_MAX {
                return Err(vec![Invalid::new("name", "error-group-many")].into());
            }
            check_in(tx, tenant, None, &group)?;
            store::insert(tx, &permit, (tenant, id), &group, op2.now)?;
            audit::append(&app2, tx, &op2, event::group_created(tenant, id, &group))?;
            Ok::<_, Refused>(())
        })
        .await?;
    Ok(id)
}

/// Puts another name, other rules and members in the place of a group's. Refusal `NotFound`.
pub(crate) async fn change(
    app: &Arc<App>,
    op: &Op,
    member: &Membership,
    id: GroupId,
    typed: &Typed,
) -> Result<(), Refused> {
    let permit = op.permit_in(member, Action::ManageMembers)?;
    let (group, seen) = (check(typed)?, typed.seen.clone());
    let (app2, op2, tenant) = (Arc::clone(app), op.clone(), member.tenant);
    app.store
        .control()
        .write(move |tx| {
            let before = store::find(tx, tenant, id)?.ok_or(Refused::NotFound)?;
            if !seen.is_empty() && seen != mark(&before) {
                return Err(vec![Invalid::new("", "error-group-changed")].into());
            }
            check_in(tx, tenant, Some(id), &group)?;
            if before == group {
                return Ok(());
            }
            store::replace(tx, &permit, (tenant, id), &group)?;
            audit::append(&app2, tx, &op2, event::group_changed(tenant, id, &before, &group))?;
            Ok(())
        })
        .await
}

/// Deletes a group: its members may again what their roles say. Refusal `NotFound`.
pub(crate) async fn delete(
    app: &Arc<App>,
    op: &Op,
    member: &Membership,
    id: GroupId,
) -> Result<(), Refused> {
    let permit = op.permit_in(member, Action::ManageMembers)?;
    let (app2, op2, tenant) = (Arc::clone(app), op.clone(), member.tenant);
    app.store
        .control()
        .write(move |tx| {
            let group = store::find(tx, tenant, id)?.ok_or(Refused::NotFound)?;
            store::delete(tx, &permit, id)?;
            audit::append(&app2, tx, &op2, event::group_deleted(tenant, id, &group))?;
            Ok(())
        })
        .await
}

/// What a group says, once it was read; all that is wrong with it at once.
fn check(typed: &Typed) -> Result<Group, Vec<Invalid>> {
    let mut wrong = Vec::new();
    let name = text::name(&typed.name).map_err(|why| match why {
        BadText::Long => Invalid::new("name", "error-name-long"),
        BadText::Empty | BadText::Invalid => Invalid::new("name", "error-name-empty"),
    });
    let rules: Option<Vec<_>> = typed
        .rules
        .iter()
        .map(|(feature, effect)| Feature::parse(feature).zip(Effect::parse(effect)))
        .collect();
    let members: Result<Vec<AccountId>, _> = typed.members.iter().map(|m| m.parse()).collect();
    match &rules {
        None => wrong.push(Invalid::new("rules", "error-group-rule")),
        Some(rules) if rules.is_empty() => wrong.push(Invalid::new("rules", "error-group-empty")),
        Some(_) => {}
    }
    match &members {
        Err(_) => wrong.push(Invalid::new("members", "error-group-member")),
        Ok(members) if members.len() > MEMBERS_MAX => {
            wrong.push(Invalid::new("members", "error-group-members-many"));
        }
        Ok(_) => {}
    }
    let (Ok(name), Some(mut rules), Ok(mut members), true) =
        (name.as_ref(), rules, members, wrong.is_empty())
    else {
        wrong.splice(0..0, name.err());
        return Err(wrong);
    };
    rules.sort_by_key(|(feature, _)| *feature);
    members.sort_by_key(AccountId::to_string);
    members.dedup();
    Ok(Group { name: name.clone(), rules, members })
}

/// What the store has to say: the name is free, and everybody is a member.
fn check_in(
    tx: &Tx<'_>,
    tenant: TenantId,
    id: Option<GroupId>,
    group: &Group,
) -> Result<(), Refused> {
    if store::name_is_taken(tx, tenant, &group.name, id)? {
        return Err(vec![Invalid::new("name", "error-group-name")].into());
    }
    for account in &group.members {
        if members::role_of(tx, tenant, *account)?.is_none() {
            return Err(vec![Invalid::new("members", "error-group-member")].into());
        }
    }
    Ok(())
}
