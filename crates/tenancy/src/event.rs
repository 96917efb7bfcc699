//! The audit events of tenancy: a closed list, no free text.

use audit::Event;
use base::Timestamp;
use base::id::{AccountId, GroupId, InvitationId, TenantId};
use kernel::{Role, Support};
use serde_json::json;

use crate::group::store::Group;
use crate::support::store::Held;

pub(crate) const ALL: &[&str] = &[
    "group.changed",
    "group.created",
    "group.deleted",
    "invitation.resent",
    "invitation.revoked",
    "member.invited",
    "member.joined",
    "member.removed",
    "member.role_changed",
    "platform.brand_changed",
    "platform.kit_confirmed",
    "platform.kit_shown",
    "platform.logo_changed",
    "platform.mail_tested",
    "platform.set_up",
    "support.allowed",
    "support.asked",
    "support.ended",
    "support.mode_changed",
    "support.refused",
    "support.used",
    "support.started",
    "tenant.closed",
    "tenant.created",
    "tenant.deleted",
    "tenant.factor_wanted",
    "tenant.origins_changed",
    "tenant.owner_changed",
    "tenant.profile_changed",
    "tenant.renamed",
    "tenant.reopened",
    "tenant.resumed",
    "tenant.suspended",
];

fn support(action: &'static str, held: &Held) -> Event {
    Event::done(action).to(held.id).within(held.tenant)
}

fn terms(held: &Held) -> serde_json::Value {
    json!({ "staff": held.account, "minutes": held.minutes, "settings": held.settings })
}

pub(crate) fn support_started(held: &Held, reason: &str) -> Event {
    support("support.started", held).with(terms(held)).noting(reason)
}

pub(crate) fn support_asked(held: &Held, reason: &str) -> Event {
    support("support.asked", held).with(terms(held)).noting(reason)
}

pub(crate) fn support_allowed(held: &Held) -> Event {
    support("support.allowed", held).with(terms(held))
}

pub(crate) fn support_refused(held: &Held, by: &'static str) -> Event {
    support("support.refused", held).with(json!({ "staff": held.account, "by": by }))
}

pub(crate) fn support_ended(held: &Held, by: &'static str) -> Event {
    support("support.ended", held).with(json!({ "staff": held.account, "by": by }))
}

/// What was asked for: the route as it is declared, so that no name or text gets in.
pub(crate) fn support_used(support: &Support, method: &str, route: &str) -> Event {
    Event::done("support.used")
        .to(support.id)
        .within(support.tenant)
        .with(json!({ "method": method, "route": route }))
}

pub(crate) fn support_mode_changed(tenant: TenantId, mode: &'static str) -> Event {
    Event::done("support.mode_changed").to(tenant).within(tenant).with(json!({ "mode": mode }))
}

pub(crate) fn set_up(tenant: TenantId) -> Event {
    Event::done("platform.set_up").to(tenant)
}

pub(crate) fn kit_confirmed() -> Event {
    Event::done("platform.kit_confirmed")
}

pub(crate) fn kit_shown() -> Event {
    Event::done("platform.kit_shown")
}

pub(crate) fn brand_changed() -> Event {
    Event::done("platform.brand_changed")
}

pub(crate) fn logo_changed(present: bool) -> Event {
    Event::done("platform.logo_changed").with(json!({ "present": present }))
}

pub(crate) fn mail_tested() -> Event {
    Event::done("platform.mail_tested")
}

pub(crate) fn created(tenant: TenantId) -> Event {
    Event::done("tenant.created").to(tenant).within(tenant)
}

pub(crate) fn factor_wanted(tenant: TenantId, of: &str) -> Event {
    Event::done("tenant.factor_wanted").to(tenant).within(tenant).with(json!({ "of": of }))
}

pub(crate) fn origins_changed(tenant: TenantId, listed: &[String], mode: &str) -> Event {
    let detail = json!({ "origins": listed, "mode": mode });
    Event::done("tenant.origins_changed").to(tenant).within(tenant).with(detail)
}

pub(crate) fn renamed(tenant: TenantId) -> Event {
    Event::done("tenant.renamed").to(tenant).within(tenant)
}

pub(crate) fn profile_changed(tenant: TenantId) -> Event {
    Event::done("tenant.profile_changed").to(tenant).within(tenant)
}

pub(crate) fn closed(tenant: TenantId, until: Timestamp) -> Event {
    Event::done("tenant.closed")
        .to(tenant)
        .within(tenant)
        .with(json!({ "deleted_from": until.iso() }))
}

pub(crate) fn reopened(tenant: TenantId) -> Event {
    Event::done("tenant.reopened").to(tenant).within(tenant)
}

pub(crate) fn suspended(tenant: TenantId, reason: &str) -> Event {
    Event::done("tenant.suspended").to(tenant).within(tenant).noting(reason)
}

pub(crate) fn resumed(tenant: TenantId) -> Event {
    Event::done("tenant.resumed").to(tenant).within(tenant)
}

/// Its key was destroyed, and so many files of it were removed.
pub(crate) fn deleted(tenant: TenantId, files: usize) -> Event {
    let detail = json!({ "key": "destroyed", "files": files });
    Event::done("tenant.deleted").to(tenant).within(tenant).with(detail)
}

pub(crate) fn invited(tenant: TenantId, id: InvitationId, role: Role) -> Event {
    Event::done("member.invited").to(id).within(tenant).with(json!({ "role": role.word() }))
}

pub(crate) fn invitation_resent(tenant: TenantId, id: InvitationId) -> Event {
    Event::done("invitation.resent").to(id).within(tenant)
}

pub(crate) fn invitation_revoked(tenant: TenantId, id: InvitationId) -> Event {
    Event::done("invitation.revoked").to(id).within(tenant)
}

pub(crate) fn joined(tenant: TenantId, account: AccountId, role: Role) -> Event {
    Event::done("member.joined")
        .to(account)
        .by(account)
        .within(tenant)
        .with(json!({ "role": role.word() }))
}

pub(crate) fn role_changed(tenant: TenantId, account: AccountId, from: Role, to: Role) -> Event {
    Event::done("member.role_changed")
        .to(account)
        .within(tenant)
        .with(json!({ "from": from.word(), "to": to.word() }))
}

fn rules(group: &Group) -> serde_json::Value {
    group.rules.iter().map(|(f, e)| (f.word().to_owned(), json!(e.word()))).collect()
}

pub(crate) fn group_created(tenant: TenantId, id: GroupId, group: &Group) -> Event {
    let detail = json!({ "rules": rules(group), "members": group.members });
    Event::done("group.created").to(id).within(tenant).with(detail)
}

/// What it said and says, and who came and went.
pub(crate) fn group_changed(tenant: TenantId, id: GroupId, before: &Group, after: &Group) -> Event {
    let but = |all: &Group, others: &Group| -> Vec<AccountId> {
        all.members.iter().filter(|m| !others.members.contains(m)).copied().collect()
    };
    let (added, removed) = (but(after, before), but(before, after));
    let renamed = before.name != after.name;
    let detail = json!({ "from": rules(before), "rules": rules(after), "added": added,
        "removed": removed, "renamed": renamed });
    Event::done("group.changed").to(id).within(tenant).with(detail)
}

pub(crate) fn group_deleted(tenant: TenantId, id: GroupId, group: &Group) -> Event {
    let detail = json!({ "rules": rules(group), "members": group.members });
    Event::done("group.deleted").to(id).within(tenant).with(detail)
}

/// From one owner to another member, in one step.
pub(crate) fn owner_changed(tenant: TenantId, from: AccountId, to: AccountId) -> Event {
    Event::done("tenant.owner_changed").to(to).within(tenant).with(json!({ "from": from }))
}

pub(crate) fn removed(tenant: TenantId, account: AccountId, role: Role) -> Event {
    Event::done("member.removed").to(account).within(tenant).with(json!({ "role": role.word() }))
}
