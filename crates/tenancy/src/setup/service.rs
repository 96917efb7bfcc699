//! The verbs of the set-up.

use std::sync::Arc;

use base::text::Email;
use base::{Fault, Secret};
use identity::{account, session};
use kernel::mail::{self, Owner};
use kernel::web::problem::Invalid;
use kernel::{Action, App, Op, Permit, settings};

use crate::event;
use crate::problem::Refused;
use crate::tenant;

/// Name of the setting that remembers that the recovery kit was confirmed.
const KIT: &str = "setup.kit_confirmed";

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
    let person = account::service::check(typed.email, typed.name, typed.password);
    let (organisation, (email, name)) = match (organisation, person) {
        (Ok(organisation), Ok(person)) => (organisation, person),
        (organisation, person) => {
            let mut invalid: Vec<Invalid> = organisation.err().into_iter().collect();
            invalid.extend(person.err().into_iter().flatten());
            return Err(invalid.into());
        }
    };
    let draft = account::draft(app, email, name, typed.password).await?;
    let tenant = tenant::service::draft(app, organisation).await?;
    let opened = session::prepare(app, op, draft.new.id)?;
    let (account, tenant_id, new) = (draft.new.id, tenant.id, opened.new.clone());
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
            tenant::service::insert(&app2, tx, &op2, &permit, &tenant, account)?;
            session::service::insert(&app2, tx, &op2, &permit, &new)?;
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

/// Shows the kit to staff, until somebody has confirmed that they keep it. Refusal `Gone` afterwards.
pub(crate) fn kit(app: &App, op: &Op) -> Result<Kit, Refused> {
    op.permit(Action::ChangePlatformSettings)?;
    if app.store.control().read(|tx| settings::find(tx, KIT))?.is_some() {
        return Err(Refused::Gone);
    }
    let words = crypt::kit::words(app.store.keys().master());
    let session = op.person().and_then(|p| p.session).map(|s| s.to_string()).unwrap_or_default();
    let dice = app.blind_index("setup.kit", &session);
    let half = words.len() / 2;
    let asked = (1 + usize::from(dice[0]) % half, 1 + half + usize::from(dice[1]) % half);
    Ok(Kit { words, asked })
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
            let draft = mail::Draft { name: "test", to: &to, person: None, args: &[], url: None };
            mail::post(&app2, tx, Owner::Platform, &draft)?;
            audit::append(&app2, tx, &op2, event::mail_tested())
        })
        .await
        .map_err(|f: Fault| f.into())
}
