//! The verbs of the set-up.

use std::sync::Arc;
use std::time::Duration;

use base::text::Email;
use base::{Fault, Secret, Timestamp};
use identity::{account, session};
use kernel::mail::{self, Owner};
use kernel::web::problem::Invalid;
use kernel::{Action, App, Op, Permit, settings};

use crate::event;
use crate::problem::Refused;
use crate::tenant;

/// Name of the setting that remembers that the recovery kit was confirmed.
const KIT: &str = "setup.kit_confirmed";
/// Name of the setting that holds the session that set the installation up, and when.
const SET_UP_BY: &str = "setup.session";
/// How long after the set-up the kit can be shown.
const KIT_SHOWN: Duration = Duration::from_mins(30);

/// What the set-up led to.
pub struct Complete {
    /// The first account.
    pub account: base::id::AccountId,
    /// The first tenant.
    pub tenant: base::id::TenantId,
    /// The first session.
    pub opened: session::Opened,
}

/// What somebody typed into the first step.
pub struct Typed<'a> {
    /// The link's token.
    pub token: &'a str,
    /// The first tenant's name.
    pub organisation: &'a str,
    /// The person's name.
    pub name: &'a str,
    /// The person's address.
    pub email: &'a str,
    /// The person's password.
    pub password: &'a Secret<String>,
}

/// Opens the first account, which runs the platform, and its tenant. Of two people with the link one
/// succeeds; the other gets `Gone`.
pub async fn complete(app: &Arc<App>, op: &Op, typed: &Typed<'_>) -> Result<Complete, Refused> {
    let opens = app.store.control().read(|tx| identity::setup::opens(tx, typed.token, op.now))?;
    if !opens {
        return Err(Refused::Gone);
    }
    let organisation = tenant::service::check_name("organisation", typed.organisation);
    let person = account::service::check(app, typed.email, typed.name, typed.password);
    let (organisation, (email, name)) = match (organisation, person) {
        (Ok(organisation), Ok(person)) => (organisation, person),
        (organisation, person) => {
            let mut invalid: Vec<Invalid> = organisation.err().into_iter().collect();
            invalid.extend(person.err().into_iter().flatten());
            return Err(invalid.into());
        }
    };
    identity::refuse_stolen(app, op, "password", typed.password).await?;
    let draft = account::draft(app, email, name, typed.password, op.lang).await?;
    let tenant = tenant::service::draft(app, organisation).await?;
    let agreement = identity::staff::digest(app, op.lang)?;
    let opened = session::prepare(app, op, draft.new.id)?;
    let (account, tenant_id, new) = (draft.new.id, tenant.id, opened.new.clone());
    let new_session = opened.id();
    let (app2, op2, token) = (Arc::clone(app), op.clone(), typed.token.to_owned());
    let permit = Permit::by_credential();
    app.store
        .control()
        .write(move |tx| {
            if !identity::setup::take(tx, &token, op2.now)? {
                return Err(Refused::Gone);
            }
            account::store::insert(tx, &permit, &draft.new, true, op2.now)?;
            let opened = identity::opened(account, identity::OpenedBy::Setup);
            audit::append(&app2, tx, &op2, opened)?;
            identity::staff::begin(&app2, tx, &op2, &permit, account, &agreement)?;
            tenant::service::insert(&app2, tx, &op2, &permit, &tenant, account)?;
            session::service::insert(&app2, tx, &op2, &permit, &new)?;
            let by = format!("{} {}", new_session, op2.now.0);
            settings::set(tx, SET_UP_BY, by.as_bytes())?;
            audit::append(&app2, tx, &op2, event::set_up(tenant_id).by(account))?;
            Ok(())
        })
        .await?;
    Ok(Complete { account, tenant: tenant_id, opened })
}

/// The recovery kit, until it was confirmed.
pub(crate) struct Kit {
    pub(crate) words: Vec<String>,
    /// The two words to type, counted from one; the same for a session each time it looks.
    pub(crate) asked: (usize, usize),
}

/// Shows the kit in the very session that set the installation up, for half an hour, until it was confirmed.
/// Refusal `Gone` for every other session, for tokens, and afterwards: on the host there is
/// `vouchsafe recovery-kit`.
pub(crate) fn kit(app: &App, op: &Op) -> Result<Kit, Refused> {
    op.permit(Action::ChangePlatformSettings)?;
    let (confirmed, by) = app.store.control().read(|tx| {
        Ok::<_, Fault>((settings::find(tx, KIT)?, settings::find_text(tx, SET_UP_BY)?))
    })?;
    let own = op.person().and_then(|p| p.session).map(|s| s.to_string());
    let shown = by.as_deref().and_then(|by| by.split_once(' ')).is_some_and(|(session, at)| {
        let until = at.parse().map(|at| Timestamp(at).plus(KIT_SHOWN)).unwrap_or_default();
        own.as_deref() == Some(session) && op.now < until
    });
    if confirmed.is_some() || !shown {
        return Err(Refused::Gone);
    }
    let words = crypt::kit::words(app.store.keys().master());
    let session = op.person().and_then(|p| p.session).map(|s| s.to_string()).unwrap_or_default();
    let dice = app.blind_index("setup.kit", &session);
    let half = words.len() / 2;
    let asked = (1 + usize::from(dice[0]) % half, 1 + half + usize::from(dice[1]) % half);
    Ok(Kit { words, asked })
}

/// Notes in the audit log that the kit was shown.
pub(crate) async fn note_shown(app: &Arc<App>, op: &Op) -> Result<(), Fault> {
    let (app2, op2) = (Arc::clone(app), op.clone());
    let write = move |tx: &::store::Tx<'_>| audit::append(&app2, tx, &op2, event::kit_shown());
    app.store.control().write(write).await
}

/// Confirms the kit with two of its words.
pub(crate) async fn confirm_kit(
    app: &Arc<App>,
    op: &Op,
    first: &str,
    second: &str,
) -> Result<(), Refused> {
    let kit = kit(app, op)?;
    let right = |typed: &str, n: usize| {
        kit.words.get(n - 1).is_some_and(|w| *w == typed.trim().to_lowercase())
    };
    let mut invalid = Vec::new();
    if !right(first, kit.asked.0) {
        invalid.push(Invalid::new("w_first", "error-word-wrong"));
    }
    if !right(second, kit.asked.1) {
        invalid.push(Invalid::new("w_second", "error-word-wrong"));
    }
    if !invalid.is_empty() {
        return Err(invalid.into());
    }
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            settings::set(tx, KIT, b"1")?;
            audit::append(&app2, tx, &op2, event::kit_confirmed())
        })
        .await?;
    Ok(())
}

/// Sends a letter to try the mail server.
pub(crate) async fn test_mail(app: &Arc<App>, op: &Op, to: &str) -> Result<(), Refused> {
    op.permit(Action::ChangePlatformSettings)?;
    let to = Email::parse(to).map_err(|_| vec![Invalid::new("to", "error-email-invalid")])?;
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            let lang = op2.lang;
            let draft = mail::Draft {
                name: "test",
                family: None,
                to: &to,
                lang,
                person: None,
                args: &[],
                url: None,
            };
            mail::post(&app2, tx, Owner::Platform, &draft)?;
            audit::append(&app2, tx, &op2, event::mail_tested())
        })
        .await
        .map_err(|f: Fault| f.into())
}
