//! The verbs of staff.

use std::sync::Arc;
use std::time::Duration;

use ::store::Tx;
use base::id::{AccountId, InvitationId};
use base::text::{self, Email};
use base::{Fault, FaultKind, Pii, Secret, Timestamp};
use crypt::token::{Token, Use};
use crypt::{Key, seal};
use kernel::app::open_text;
use kernel::mail::{self, Owner};
use kernel::text::Lang;
use kernel::web::problem::Invalid;
use kernel::{Action, App, Op, Permit};

use super::agreement;
use super::store::{self, Invited, Stored};
use crate::account;
use crate::event;
use crate::problem::Refused;
use crate::session::{self, store as sessions};
use crate::token::store as tokens;

/// How long an invitation works.
const LIFE: Duration = Duration::from_hours(7 * 24);
/// Invitations that are open at once.
const OPEN_MAX: usize = 50;
/// Characters of what somebody needs the access for.
const DUTIES_CHARS_MAX: usize = 200;

/// One of the platform's people.
pub(crate) struct Member {
    pub(crate) account: AccountId,
    pub(crate) name: Pii<String>,
    pub(crate) email: Email,
    pub(crate) duties: String,
    pub(crate) since: Timestamp,
    /// Nobody for who set the installation up.
    pub(crate) added_by: Option<AccountId>,
    pub(crate) signed_at: Option<Timestamp>,
    pub(crate) reviewed_at: Option<Timestamp>,
    pub(crate) reviewed_by: Option<AccountId>,
    /// When it has to be looked at again whether they still need the access.
    pub(crate) due_at: Timestamp,
}

/// Somebody who was invited.
pub(crate) struct Guest {
    pub(crate) id: InvitationId,
    pub(crate) email: String,
    pub(crate) duties: String,
    pub(crate) expires_at: Timestamp,
}

/// Who sets the installation up is its first staff, and signs the text with this digest with that.
pub fn begin(
    app: &App,
    tx: &Tx<'_>,
    op: &Op,
    permit: &Permit,
    account: AccountId,
    digest: &str,
) -> Result<(), Fault> {
    store::insert(tx, permit, account, ("", digest), None, op.now)?;
    audit::append(app, tx, op, event::agreement_signed(account, digest))
}

/// When a row has to be looked at again.
pub(crate) fn due(app: &App, row: &Stored) -> Timestamp {
    let days = u64::from(app.config.staff.review_days);
    row.reviewed_at.unwrap_or(row.since).plus(Duration::from_secs(days * 86_400))
}

/// All staff, the longest there first.
pub(crate) fn list(app: &App, op: &Op) -> Result<Vec<Member>, Refused> {
    op.permit(Action::SeePlatform)?;
    let mut all = Vec::new();
    for row in app.store.control().read(store::all)? {
        let Some(known) = account::service::get(app, row.account)? else { continue };
        all.push(Member {
            due_at: due(app, &row),
            account: row.account,
            name: known.name,
            email: known.email,
            duties: row.duties,
            since: row.since,
            added_by: row.added_by,
            signed_at: row.signed_at,
            reviewed_at: row.reviewed_at,
            reviewed_by: row.reviewed_by,
        });
    }
    Ok(all)
}

/// The open invitations.
pub(crate) fn invitations(app: &App, op: &Op) -> Result<Vec<Guest>, Refused> {
    op.permit(Action::SeePlatform)?;
    let rows = app.store.control().read(|tx| store::open_invitations(tx, op.now))?;
    let all = rows.into_iter().map(|row| {
        let email = email_of(app, &row)?;
        Ok(Guest { id: row.id, email, duties: row.duties, expires_at: row.expires_at })
    });
    Ok(all.collect::<Result<Vec<_>, Fault>>()?)
}

/// Invites somebody by a letter. Refusals: `Invalid`, also for an address that has an account: staff have accounts of their
/// own, which are nobody's customer account.
pub(crate) async fn invite(
    app: &Arc<App>,
    op: &Op,
    email: &str,
    duties: &str,
) -> Result<(InvitationId, Timestamp), Refused> {
    let permit = op.permit_shown(Action::ManageStaff)?;
    let by = op.person().ok_or(Refused::Denied)?.account;
    let email = account::service::check_email(email).map_err(|i| vec![i]);
    let duties = check_duties(duties);
    let (email, duties) = match (email, duties) {
        (Ok(email), Ok(duties)) => (email, duties),
        (email, duties) => {
            let all = email.err().into_iter().chain(duties.err()).flatten();
            return Err(all.collect::<Vec<_>>().into());
        }
    };
    if app.identities.by_email(app, &email)?.is_some() {
        return Err(vec![Invalid::new("email", "error-staff-has-account")].into());
    }
    let (token, id) =
        (Token::generate(Use::StaffInvitation, &*app.rng), InvitationId::new(op.now, &*app.rng));
    let link = token.stored(&*app.rng);
    let sealed =
        seal::seal(&key(app), &context(&id.to_string()), email.reveal().as_bytes(), &*app.rng);
    let new = Invited {
        id,
        email: sealed,
        duties,
        invited_by: by.to_string(),
        expires_at: op.now.plus(LIFE),
        salt: link.salt,
        hash: link.hash,
    };
    let until = new.expires_at;
    let letter = Letter::new(app, op, by, email, &token)?;
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            if store::open_invitations(tx, op2.now)?.len() >= OPEN_MAX {
                return Err(vec![Invalid::new("email", "error-invitation-many")].into());
            }
            store::invite(tx, &permit, &link, &new, op2.now)?;
            letter.post(&app2, tx)?;
            audit::append(&app2, tx, &op2, event::staff_invited(id))?;
            Ok::<_, Refused>(())
        })
        .await?;
    Ok((id, until))
}

/// Withdraws an open invitation.
pub(crate) async fn revoke(app: &Arc<App>, op: &Op, id: InvitationId) -> Result<(), Refused> {
    op.permit(Action::ManageStaff)?;
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            if !store::take_invitation(tx, id)? {
                return Err(Refused::NotFound);
            }
            audit::append(&app2, tx, &op2, event::staff_invitation_revoked(id))?;
            Ok(())
        })
        .await
}

/// What a link invites to.
pub(crate) struct Offer {
    pub(crate) email: String,
    pub(crate) duties: String,
    row: Invited,
}

/// Reads a link. Refusal `Gone` when it was used, withdrawn, has expired or never was.
pub(crate) fn offer(app: &App, op: &Op, text: &str) -> Result<Offer, Refused> {
    let token = Token::parse(Use::StaffInvitation, text).map_err(|_| Refused::Gone)?;
    let row = app
        .store
        .control()
        .read(|tx| store::find_invitation(tx, token.lookup(), op.now))?
        .filter(|row| token.matches(&row.salt, &row.hash))
        .ok_or(Refused::Gone)?;
    Ok(Offer { email: email_of(app, &row)?, duties: row.duties.clone(), row })
}

/// What somebody typed who accepts.
pub(crate) struct Typed<'a> {
    pub(crate) token: &'a str,
    pub(crate) name: &'a str,
    pub(crate) password: &'a Secret<String>,
    /// Digest of the text that they sign; empty, if they do not.
    pub(crate) agreement: &'a str,
}

/// Opens an account of staff for whoever signs the agreement, and no account for whoever does not.
pub(crate) async fn accept(
    app: &Arc<App>,
    op: &Op,
    typed: &Typed<'_>,
) -> Result<session::Opened, Refused> {
    let offer = offer(app, op, typed.token)?;
    let checked = account::service::check(app, &offer.email, typed.name, typed.password);
    let signed = agreement::is_in_force(app, typed.agreement)?;
    let (email, name) = match checked {
        Ok(person) if signed => person,
        other => {
            let unsigned = (!signed).then(|| Invalid::new("agreement", "error-agreement-unsigned"));
            let all = other.err().into_iter().flatten().chain(unsigned);
            return Err(all.collect::<Vec<_>>().into());
        }
    };
    if app.identities.by_email(app, &email)?.is_some() {
        return Err(Refused::Gone);
    }
    crate::refuse_stolen(app, op, "password", typed.password).await?;
    let draft = account::draft(app, email, name, typed.password, op.lang).await?;
    let opened = session::prepare(app, op, draft.new.id)?;
    let (app2, op2, new_session) = (Arc::clone(app), op.clone(), opened.new.clone());
    let (permit, row, digest) = (Permit::by_credential(), offer.row, typed.agreement.to_owned());
    app.store
        .control()
        .write(move |tx| {
            let account = draft.new.id;
            if !store::take_invitation(tx, row.id)? {
                return Err(Refused::Gone);
            }
            match account::store::insert(tx, &permit, &draft.new, true, op2.now) {
                // Somebody opened a customer's account in the meantime.
                Err(f) if f.kind() == FaultKind::Conflict => return Err(Refused::Gone),
                other => other?,
            }
            let (words, by) =
                ((row.duties.as_str(), digest.as_str()), Some(row.invited_by.as_str()));
            store::insert(tx, &permit, account, words, by, op2.now)?;
            audit::append(&app2, tx, &op2, event::opened(account, event::OpenedBy::Invitation))?;
            audit::append(&app2, tx, &op2, event::agreement_signed(account, &digest))?;
            audit::append(&app2, tx, &op2, event::staff_added(account))?;
            session::service::insert(&app2, tx, &op2, &permit, &new_session)?;
            Ok(())
        })
        .await?;
    Ok(opened)
}

/// Somebody who became staff before there was an agreement signs it.
pub(crate) async fn sign(app: &Arc<App>, op: &Op, digest: &str) -> Result<(), Refused> {
    op.permit(Action::ManageCredentials)?;
    let account = op.person().ok_or(Refused::Denied)?.account;
    if !agreement::is_in_force(app, digest)? {
        return Err(vec![Invalid::new("agreement", "error-agreement-unsigned")].into());
    }
    let (app2, op2, digest) = (Arc::clone(app), op.clone(), digest.to_owned());
    app.store
        .control()
        .write(move |tx| {
            if !store::sign(tx, account, &digest, op2.now)? {
                return Err(Refused::NotFound);
            }
            audit::append(&app2, tx, &op2, event::agreement_signed(account, &digest))?;
            Ok(())
        })
        .await
}

/// Notes that somebody looked and found that a person still needs the access, and for what. Nobody looks at themselves, unless
/// there is nobody else.
pub(crate) async fn review(
    app: &Arc<App>,
    op: &Op,
    account: AccountId,
    duties: &str,
) -> Result<(), Refused> {
    let permit = op.permit_shown(Action::ManageStaff)?;
    let by = op.person().ok_or(Refused::Denied)?.account;
    let duties = check_duties(duties)?;
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            let all = store::all(tx)?;
            if account == by && all.len() > 1 {
                return Err(vec![Invalid::new("duties", "error-staff-review-own")].into());
            }
            if !store::review(tx, &permit, account, &duties, &by.to_string(), op2.now)? {
                return Err(Refused::NotFound);
            }
            audit::append(&app2, tx, &op2, event::staff_reviewed(account))?;
            Ok(())
        })
        .await
}

/// Takes somebody out of the staff. Their sessions and tokens end at once; the account stays, as an ordinary one. Refusal
/// `LastStaff` for the only one who is left.
pub(crate) async fn remove(app: &Arc<App>, op: &Op, account: AccountId) -> Result<(), Refused> {
    let permit = op.permit_shown(Action::ManageStaff)?;
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            if !store::remove(tx, &permit, account)? {
                return Err(Refused::NotFound);
            }
            // Those who have signed: others could not let anybody in again.
            if !store::all(tx)?.iter().any(|s| s.signed_at.is_some()) {
                return Err(Refused::LastStaff);
            }
            let ended = sessions::end_others(tx, &permit, account, None, op2.now)?;
            tokens::revoke_all(tx, &permit, account, op2.now)?;
            audit::append(&app2, tx, &op2, event::staff_removed(account, ended))?;
            Ok(())
        })
        .await
}

fn check_duties(duties: &str) -> Result<String, Vec<Invalid>> {
    text::line(duties, DUTIES_CHARS_MAX)
        .map_err(|_| vec![Invalid::new("duties", "error-staff-duties")])
}

fn key(app: &App) -> Key {
    app.store.keys().platform("staff invitation")
}

fn context(id: &str) -> [&str; 3] {
    ["staff_invitation", "email", id]
}

fn email_of(app: &App, row: &Invited) -> Result<String, Fault> {
    open_text(&key(app), &context(&row.id.to_string()), &row.email)
}

struct Letter {
    to: Email,
    /// The inviter's: that of the invited is not known.
    lang: Lang,
    inviter: String,
    url: String,
}

impl Letter {
    fn new(app: &App, op: &Op, by: AccountId, to: Email, token: &Token) -> Result<Self, Fault> {
        let profile = app.identities.profile(app, by)?;
        Ok(Self {
            to,
            lang: op.lang,
            inviter: profile.map_or_else(String::new, |p| p.name.reveal().clone()),
            url: app.url(&format!("/staff/join?token={}", token.reveal())),
        })
    }

    fn post(&self, app: &App, tx: &Tx<'_>) -> Result<(), Fault> {
        let args: [(&str, &dyn std::fmt::Display); 1] = [("inviter", &self.inviter)];
        let draft = mail::Draft {
            name: "staff-invite",
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
