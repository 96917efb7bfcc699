//! The verbs of a tenant's life.

use std::sync::Arc;
use std::time::Duration;

use ::store::{Tx, queue};
use base::id::{JobId, TenantId};
use base::{Fault, FaultKind, Timestamp};
use kernel::mail::{self, Owner};
use kernel::web::problem::Invalid;
use kernel::{Action, App, Membership, Op, TenantName};

use super::delete::{self, DELETE};
use super::store::{self, Shut};
use crate::event;
use crate::problem::Refused;
use crate::support::letter::Owners;
use crate::support::service as support;

/// How long a closed tenant can be opened again.
pub(crate) const GRACE: Duration = Duration::from_hours(30 * 24);
/// Characters of a reason.
const REASON_CHARS_MAX: usize = 500;

/// Closes a tenant: nobody comes in any more, and after [`GRACE`] it is deleted for good. `typed` is its name in
/// addresses, so that nobody closes one by a slip. Refusals `ShowFirst`, `Invalid`. Answers when it is deleted.
pub(crate) async fn close(
    app: &Arc<App>,
    op: &Op,
    member: &Membership,
    typed: &str,
) -> Result<Timestamp, Refused> {
    let permit = op.permit_shown_in(member, Action::CloseTenant)?;
    if typed.trim() != member.slug {
        return Err(vec![Invalid::new("confirm", "error-close-confirm")].into());
    }
    let (tenant, until) = (member.tenant, op.now.plus(GRACE));
    let job = delete::payload(tenant, &member.region)?;
    let owners = Owners::of(app, tenant)?;
    let (app2, op2, name) = (Arc::clone(app), op.clone(), member.name.clone());
    app.store
        .control()
        .write(move |tx| {
            if !store::shut_down(tx, &permit, tenant, Some(until))? {
                return Err(Refused::NotFound);
            }
            support::end_all(&app2, tx, &op2, tenant)?;
            audit::append(&app2, tx, &op2, event::closed(tenant, until))?;
            let id = JobId::new(op2.now, &*app2.rng);
            queue::enqueue(tx, id, DELETE.name, &job, op2.now, until)?;
            tell(&app2, tx, &owners, ("tenant-closed", &name), ("until", &until))?;
            Ok(())
        })
        .await?;
    Ok(until)
}

fn tell(
    app: &App,
    tx: &Tx<'_>,
    owners: &Owners,
    (letter, tenant): (&'static str, &str),
    more: (&str, &dyn std::fmt::Display),
) -> Result<(), Fault> {
    for owner in owners.each() {
        let draft = mail::Draft {
            name: letter,
            family: None,
            to: &owner.email,
            lang: owner.lang,
            person: Some(owner.name.reveal()),
            args: &[("tenant", &tenant), more],
            url: Some(app.url("/dashboard")),
        };
        mail::post(app, tx, Owner::Account(owner.id), &draft)?;
    }
    Ok(())
}

/// The signed-in person's tenants that are not open.
pub(crate) fn shut(app: &App, op: &Op) -> Result<Vec<Shut>, Refused> {
    let account = op.person().ok_or(Refused::Denied)?.account;
    Ok(app.store.control().read(|tx| store::shut_of(tx, account))?)
}

/// Opens a tenant again that its owner closed, as long as it is there.
pub(crate) async fn reopen(app: &Arc<App>, op: &Op, wanted: &str) -> Result<TenantName, Refused> {
    let all = shut(app, op)?;
    let meant = all.into_iter().find(|t| t.slug == wanted || t.id.to_string() == wanted);
    let shut = meant.filter(|t| t.owner && t.deleted_from.is_some()).ok_or(Refused::NotFound)?;
    let permit = op.permit_shown(Action::ManageOwnAccount)?;
    let (app2, op2, id) = (Arc::clone(app), op.clone(), shut.id);
    app.store
        .control()
        .write(move |tx| {
            if !store::open(tx, &permit, id, true)? {
                return Err(Refused::NotFound);
            }
            audit::append(&app2, tx, &op2, event::reopened(id))?;
            Ok(())
        })
        .await?;
    Ok(TenantName { id, slug: shut.slug, name: shut.name })
}

/// Staff suspend a tenant: nobody of it comes in, and nothing is lost. The owners are told why.
pub(crate) async fn suspend(
    app: &Arc<App>,
    op: &Op,
    wanted: &str,
    reason: &str,
) -> Result<(), Refused> {
    let permit = op.permit_shown(Action::SuspendTenant)?;
    let tenant = app.memberships.tenant(app, wanted)?.ok_or(Refused::NotFound)?;
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    let long = reason.chars().count();
    if !(12..=REASON_CHARS_MAX).contains(&long) || reason.chars().any(char::is_control) {
        return Err(vec![Invalid::new("reason", "error-suspend-reason")].into());
    }
    let owners = Owners::of(app, tenant.id)?;
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            if !store::shut_down(tx, &permit, tenant.id, None)? {
                return Err(Refused::NotFound);
            }
            support::end_all(&app2, tx, &op2, tenant.id)?;
            audit::append(&app2, tx, &op2, event::suspended(tenant.id, &reason))?;
            tell(&app2, tx, &owners, ("tenant-suspended", &tenant.name), ("reason", &reason))?;
            Ok(())
        })
        .await
}

/// Staff let a suspended tenant in again. What its owner closed is not theirs to open.
pub(crate) async fn resume(app: &Arc<App>, op: &Op, wanted: &str) -> Result<(), Refused> {
    let permit = op.permit_shown(Action::SuspendTenant)?;
    let tenant = app.memberships.tenant(app, wanted)?.ok_or(Refused::NotFound)?;
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            if !store::open(tx, &permit, tenant.id, false)? {
                return Err(Refused::NotFound);
            }
            audit::append(&app2, tx, &op2, event::resumed(tenant.id))?;
            Ok(())
        })
        .await
}

/// What a tenant's owner takes along: everything that lies in the tenant's own file and in the directory about it, as JSON.
/// The log has an export of its own.
pub(crate) fn export(
    app: &App,
    op: &Op,
    member: &Membership,
) -> Result<serde_json::Value, Refused> {
    op.permit_in(member, Action::CloseTenant)?;
    let settings = crate::tenant::service::settings(app, op, member)?;
    let members = crate::member::service::list(app, op, member)?.into_iter().map(|m| {
        serde_json::json!({
            "account": m.account.to_string(), "name": m.name.reveal(), "email": m.email.reveal(),
            "role": m.role.word(), "since": m.since.iso(),
        })
    });
    let invitations = crate::invitation::service::list(app, op, member)?.into_iter().map(|i| {
        serde_json::json!({
            "email": i.email, "role": i.role.word(), "expires_at": i.expires_at.iso(),
        })
    });
    let support = support::list(app, op, member)?.0.into_iter().map(|s| {
        serde_json::json!({
            "id": s.id.to_string(), "staff": s.staff.reveal(), "reason": s.reason.reveal(),
            "state": s.state, "asked_at": s.asked_at.iso(), "ends_at": s.ends_at.iso(),
        })
    });
    Ok(serde_json::json!({
        "tenant": {
            "id": member.tenant.to_string(), "slug": member.slug, "name": member.name,
            "region": member.region, "created_at": settings.made_at.iso(),
            "description": settings.profile.description, "contact": settings.profile.contact,
            "second_factor": settings.factor_wanted,
        },
        "members": members.collect::<Vec<_>>(),
        "invitations": invitations.collect::<Vec<_>>(),
        "support_sessions": support.collect::<Vec<_>>(),
        "exported_at": op.now.iso(),
    }))
}

/// The identifier that a job's payload names.
pub(crate) fn tenant_id(text: &str) -> Result<TenantId, Fault> {
    text.parse().map_err(|_| Fault::new(FaultKind::Corrupt, "a tenant's identifier"))
}
