//! The verbs of invitations.

use std::sync::Arc;
use std::time::Duration;

use base::id::InvitationId;
use base::text::Email;
use base::{Fault, FaultKind, Secret, Timestamp};
use crypt::seal;
use crypt::token::{Token, Use};
use identity::{account, session};
use kernel::access::role_allows;
use kernel::mail::{self, Owner};
use kernel::text::Lang;
use kernel::web::problem::Invalid;
use kernel::{Action, App, Membership, Op, Permit, Role};

use super::signed;
use super::store::{self, New};
use crate::event;
use crate::member;
use crate::problem::Refused;
use crate::tenant;

/// How long an invitation works.
const LIFE: Duration = Duration::from_hours(7 * 24);
/// Between two letters of one invitation.
const BETWEEN_LETTERS: Duration = Duration::from_mins(5);
/// Open invitations of one tenant.
const OPEN_MAX: usize = 500;

/// An invitation that was made.
pub(crate) struct Invited {
    pub(crate) id: InvitationId,
    pub(crate) expires_at: Timestamp,
}

/// Invites an address; the letter goes out by job.
pub(crate) async fn invite(
    app: &Arc<App>,
    op: &Op,
    member: &Membership,
    email: &str,
    role: &str,
) -> Result<Invited, Refused> {
    let permit = op.permit_in(member, Action::InviteMember)?;
    let (email, role) = check(app, member, email, role)?;
    let token = Token::generate(Use::Invitation, &*app.rng);
    let id = InvitationId::new(op.now, &*app.rng);
    let new = row(app, op, member, &token, (id, &email, role))?;
    let invited = Invited { id, expires_at: new.expires_at };
    let letter =
        Letter::new(app, op.lang, member, email, (role, &signed::reveal(app, &token, &new)))?;
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            store::insert(tx, &permit, &new)?;
            audit::append(&app2, tx, &op2, event::invited(new.tenant, new.id, new.role))?;
            letter.post(&app2, tx)
        })
        .await?;
    Ok(invited)
}

/// The row of an invitation that begins now.
fn row(
    app: &App,
    op: &Op,
    member: &Membership,
    token: &Token,
    (id, email, role): (InvitationId, &Email, Role),
) -> Result<New, Fault> {
    let link = token.stored(&*app.rng);
    let key = app.store.keys().get(&member.tenant.to_string())?.purpose("record");
    let context = ["invitation", "email", &id.to_string()];
    Ok(New {
        lookup: link.lookup,
        id,
        tenant: member.tenant,
        role,
        email_index: app.blind_index("account.email", &email.folded()),
        email: seal::seal(&key, &context, email.reveal().as_bytes(), &*app.rng),
        salt: link.salt,
        hash: link.hash,
        invited_by: member.account,
        expires_at: op.now.plus(LIFE),
    })
}

/// Sends the letter of an open invitation again: with a new link for another seven days. The old one stops working.
pub(crate) async fn resend(
    app: &Arc<App>,
    op: &Op,
    member: &Membership,
    id: InvitationId,
) -> Result<Invited, Refused> {
    let permit = op.permit_in(member, Action::InviteMember)?;
    let open = app.store.control().read(|tx| store::open(tx, member.tenant, op.now))?;
    let before = open.into_iter().find(|i| i.id == id).ok_or(Refused::NotFound)?;
    if before.expires_at.since(op.now) > LIFE.saturating_sub(BETWEEN_LETTERS) {
        return Err(vec![Invalid::new("", "error-invitation-just-sent")].into());
    }
    let email = Email::parse(&email_of(app, &before)?)
        .map_err(|_| Fault::new(FaultKind::Corrupt, "an invitation's address"))?;
    let token = Token::generate(Use::Invitation, &*app.rng);
    let new = row(app, op, member, &token, (id, &email, before.role))?;
    let invited = Invited { id, expires_at: new.expires_at };
    let link = signed::reveal(app, &token, &new);
    let letter = Letter::new(app, op.lang, member, email, (before.role, &link))?;
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            // Accepted or withdrawn meanwhile: it does not come back.
            if !store::take(tx, new.tenant, id)? {
                return Err(Refused::NotFound);
            }
            store::insert(tx, &permit, &new)?;
            audit::append(&app2, tx, &op2, event::invitation_resent(new.tenant, id))?;
            letter.post(&app2, tx)?;
            Ok(())
        })
        .await?;
    Ok(invited)
}

fn check(
    app: &App,
    member: &Membership,
    email: &str,
    role: &str,
) -> Result<(Email, Role), Refused> {
    let parsed = (Email::parse(email), Role::parse(role));
    let (Ok(email), Some(role)) = parsed else {
        let mut invalid = Vec::new();
        if parsed.0.is_err() {
            invalid.push(Invalid::new("email", "error-email-invalid"));
        }
        if parsed.1.is_none() {
            invalid.push(Invalid::new("role", "error-role-unknown"));
        }
        return Err(invalid.into());
    };
    if let Some(account) = app.identities.by_email(app, &email)?
        && app.memberships.find(app, account, &member.tenant.to_string())?.is_some()
    {
        return Err(vec![Invalid::new("email", "error-already-member")].into());
    }
    let open = app.store.control().read(|tx| store::open(tx, member.tenant, app.clock.now()))?;
    if open.len() >= OPEN_MAX {
        return Err(vec![Invalid::new("email", "error-invitation-many")].into());
    }
    Ok((email, role))
}

struct Letter {
    to: Email,
    /// The inviter's: that of the invited is not known.
    lang: Lang,
    inviter: String,
    tenant: String,
    role: String,
    url: String,
}

impl Letter {
    fn new(
        app: &App,
        lang: Lang,
        member: &Membership,
        to: Email,
        (role, link): (Role, &str),
    ) -> Result<Self, Fault> {
        let profile = app.identities.profile(app, member.account)?;
        Ok(Self {
            to,
            lang,
            inviter: profile.map_or_else(String::new, |p| p.name.reveal().clone()),
            tenant: member.name.clone(),
            role: app.words(lang).get(&format!("role-{}", role.word())),
            url: app.url(&format!("/invite?token={link}")),
        })
    }

    fn post(&self, app: &App, tx: &::store::Tx<'_>) -> Result<(), Fault> {
        let args: [(&str, &dyn std::fmt::Display); 3] =
            [("inviter", &self.inviter), ("tenant", &self.tenant), ("role", &self.role)];
        let draft = mail::Draft {
            name: "invite",
            family: None,
            to: &self.to,
            lang: self.lang,
            person: None,
            args: &args,
            url: Some(self.url.clone()),
        };
        mail::post(app, tx, Owner::Platform, &draft)
    }
}

/// An open invitation, for the team page.
pub(crate) struct Shown {
    pub(crate) id: InvitationId,
    pub(crate) email: String,
    pub(crate) role: Role,
    pub(crate) expires_at: Timestamp,
}

/// The open invitations of a tenant.
pub(crate) fn list(app: &App, op: &Op, member: &Membership) -> Result<Vec<Shown>, Refused> {
    op.permit_in(member, Action::SeeTeam)?;
    let rows = app.store.control().read(|tx| store::open(tx, member.tenant, op.now))?;
    rows.into_iter()
        .map(|row| {
            let email = email_of(app, &row)?;
            Ok(Shown { id: row.id, email, role: row.role, expires_at: row.expires_at })
        })
        .collect()
}

fn email_of(app: &App, row: &New) -> Result<String, Fault> {
    let key = app.store.keys().get(&row.tenant.to_string())?.purpose("record");
    let context = ["invitation", "email", &row.id.to_string()];
    kernel::app::open_text(&key, &context, &row.email)
}

/// Withdraws an open invitation.
pub(crate) async fn revoke(
    app: &Arc<App>,
    op: &Op,
    member: &Membership,
    id: InvitationId,
) -> Result<(), Refused> {
    op.permit_in(member, Action::InviteMember)?;
    let tenant = member.tenant;
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            if !store::take(tx, tenant, id)? {
                return Err(Refused::NotFound);
            }
            audit::append(&app2, tx, &op2, event::invitation_revoked(tenant, id))?;
            Ok(())
        })
        .await
}

/// What a link invites to.
pub(crate) struct Offer {
    pub(crate) tenant_name: String,
    pub(crate) role: Role,
    pub(crate) email: String,
    row: New,
}

/// Reads a link. Refusal `Gone` when it was used, withdrawn, has expired or never was.
pub(crate) fn offer(app: &App, op: &Op, text: &str) -> Result<Offer, Refused> {
    let presented = signed::parse(text).ok_or(Refused::Gone)?;
    let row = app
        .store
        .control()
        .read(|tx| store::find(tx, presented.token.lookup(), op.now))?
        .filter(|row| signed::is_of(app, &presented, row))
        .ok_or(Refused::Gone)?;
    let id = row.tenant.to_string();
    let name = app.store.control().read(|tx| tenant::store::name(tx, &id))?;
    let tenant_name = name.ok_or(Refused::Gone)?.name;
    let email = email_of(app, &row)?;
    Ok(Offer { tenant_name, role: row.role, email, row })
}

/// What accepting an invitation led to.
pub(crate) struct Accepted {
    pub(crate) slug: String,
    /// A session, when an account was opened with it.
    pub(crate) opened: Option<session::Opened>,
}

/// Accepts an invitation as the signed-in person, whose address must be the invited one.
pub(crate) async fn accept(app: &Arc<App>, op: &Op, text: &str) -> Result<Accepted, Refused> {
    let offer = offer(app, op, text)?;
    let account = op.person().ok_or(Refused::Denied)?.account;
    let known = account::service::get(app, account)?.ok_or(Refused::NotFound)?;
    if known.email.folded() != offer.email.to_lowercase() {
        return Err(Refused::OtherAddress);
    }
    let (app2, op2, row) = (Arc::clone(app), op.clone(), offer.row);
    let permit = Permit::by_credential();
    let slug =
        app.store.control().write(move |tx| join(&app2, tx, &op2, &permit, &row, account)).await?;
    Ok(Accepted { slug, opened: None })
}

/// Accepts an invitation and opens the account for it: the link shows that the mailbox is theirs.
pub(crate) async fn accept_as_new(
    app: &Arc<App>,
    op: &Op,
    text: &str,
    name: &str,
    password: &Secret<String>,
) -> Result<Accepted, Refused> {
    let offer = offer(app, op, text)?;
    let (email, name) = account::service::check(app, &offer.email, name, password)?;
    if app.identities.by_email(app, &email)?.is_some() {
        return Err(Refused::SignInFirst);
    }
    identity::refuse_stolen(app, op, "password", password).await?;
    let draft = account::draft(app, email, name, password, op.lang).await?;
    let opened = session::prepare(app, op, draft.new.id)?;
    let (app2, op2, row, session) = (Arc::clone(app), op.clone(), offer.row, opened.new.clone());
    let permit = Permit::by_credential();
    let slug = app
        .store
        .control()
        .write(move |tx| {
            let account = draft.new.id;
            match account::store::insert(tx, &permit, &draft.new, false, op2.now) {
                // Somebody opened the account in the meantime.
                Err(f) if f.kind() == FaultKind::Conflict => return Err(Refused::SignInFirst),
                other => other?,
            }
            let event = identity::opened(account, identity::OpenedBy::Invitation);
            audit::append(&app2, tx, &op2, event)?;
            session::service::insert(&app2, tx, &op2, &permit, &session)?;
            join(&app2, tx, &op2, &permit, &row, account)
        })
        .await?;
    Ok(Accepted { slug, opened: Some(opened) })
}

fn join(
    app: &App,
    tx: &::store::Tx<'_>,
    op: &Op,
    permit: &Permit,
    row: &New,
    account: base::id::AccountId,
) -> Result<String, Refused> {
    if !store::take(tx, row.tenant, row.id)? {
        return Err(Refused::Gone);
    }
    let inviter = member::store::role_of(tx, row.tenant, row.invited_by)?;
    if !inviter.is_some_and(|role| role_allows(role, Action::InviteMember)) {
        return Err(Refused::Gone); // whoever invited may not do so any more
    }
    let name = tenant::store::name(tx, &row.tenant.to_string())?.ok_or(Refused::Gone)?;
    if member::store::role_of(tx, row.tenant, account)?.is_none() {
        member::store::insert(tx, permit, row.tenant, account, row.role, op.now)?;
        audit::append(app, tx, op, event::joined(row.tenant, account, row.role))?;
    }
    Ok(name.slug)
}
