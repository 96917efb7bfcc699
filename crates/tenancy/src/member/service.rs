//! The verbs of memberships.

use std::sync::Arc;

use base::id::AccountId;
use base::{Pii, Timestamp};
use kernel::access::role_allows;
use kernel::{Action, App, Membership, Op, Role};

use super::store;
use crate::event;
use crate::invitation::store as invitations;
use crate::problem::Refused;

/// A member with name and address.
pub(crate) struct Shown {
    pub(crate) account: AccountId,
    pub(crate) name: Pii<String>,
    pub(crate) email: Pii<String>,
    pub(crate) role: Role,
    pub(crate) since: Timestamp,
}

/// The people of a tenant, the first first.
pub(crate) fn list(app: &App, op: &Op, member: &Membership) -> Result<Vec<Shown>, Refused> {
    op.permit_in(member, Action::SeeTeam)?;
    let rows = app.store.control().read(|tx| store::of_tenant(tx, member.tenant))?;
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        let profile = app.identities.profile(app, row.account)?;
        let (name, email) = profile.map_or_else(
            || (Pii::new(row.account.to_string()), Pii::new(String::new())),
            |p| (p.name, Pii::new(p.email.reveal().to_owned())),
        );
        shown.push(Shown { account: row.account, name, email, role: row.role, since: row.since });
    }
    Ok(shown)
}

/// Changes a member's role. Refusal `LastOwner`.
pub(crate) async fn change_role(
    app: &Arc<App>,
    op: &Op,
    member: &Membership,
    account: AccountId,
    role: Role,
) -> Result<(), Refused> {
    let permit = op.permit_in(member, Action::ManageMembers)?;
    let tenant = member.tenant;
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            let before = store::role_of(tx, tenant, account)?.ok_or(Refused::NotFound)?;
            if before == role {
                return Ok(());
            }
            store::set_role(tx, &permit, tenant, account, role)?;
            if store::owners(tx, tenant)? == 0 {
                return Err(Refused::LastOwner);
            }
            if !role_allows(role, Action::InviteMember) {
                invitations::remove_of(tx, tenant, account)?;
            }
            audit::append(&app2, tx, &op2, event::role_changed(tenant, account, before, role))?;
            Ok(())
        })
        .await
}

/// Hands a tenant over: another member becomes its owner, the signed-in one an operator, in one step. Refusals `ShowFirst`,
/// `NotFound`.
pub(crate) async fn hand_over(
    app: &Arc<App>,
    op: &Op,
    member: &Membership,
    account: AccountId,
) -> Result<(), Refused> {
    let permit = op.permit_shown_in(member, Action::CloseTenant)?;
    if account == member.account {
        return Err(Refused::NotFound);
    }
    let (tenant, own) = (member.tenant, member.account);
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            store::role_of(tx, tenant, account)?.ok_or(Refused::NotFound)?;
            // Not with the role that the request began with: somebody may have taken it meanwhile.
            if store::role_of(tx, tenant, own)? != Some(Role::Owner) {
                return Err(Refused::Denied);
            }
            store::set_role(tx, &permit, tenant, account, Role::Owner)?;
            store::set_role(tx, &permit, tenant, own, Role::Operator)?;
            invitations::remove_of(tx, tenant, own)?;
            audit::append(&app2, tx, &op2, event::owner_changed(tenant, own, account))?;
            Ok(())
        })
        .await
}

/// Removes a member, or lets the signed-in person leave. Their next request finds the door closed; of somebody who was
/// removed, everything ends that the domains have in their lists for it.
pub(crate) async fn remove(
    app: &Arc<App>,
    op: &Op,
    member: &Membership,
    account: AccountId,
) -> Result<(), Refused> {
    let leaving = member.account == account;
    let action = if leaving { Action::SeeTenant } else { Action::ManageMembers };
    let permit = op.permit_in(member, action)?;
    let tenant = member.tenant;
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            let role = store::role_of(tx, tenant, account)?.ok_or(Refused::NotFound)?;
            store::delete(tx, &permit, tenant, account)?;
            invitations::remove_of(tx, tenant, account)?;
            if !leaving {
                for end in app2.domains.iter().flat_map(|d| d.revocations) {
                    end(&app2, tx, &op2, &permit, (tenant, account))?;
                }
            }
            if store::owners(tx, tenant)? == 0 {
                return Err(Refused::LastOwner);
            }
            audit::append(&app2, tx, &op2, event::removed(tenant, account, role))?;
            Ok(())
        })
        .await
}
