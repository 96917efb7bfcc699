//! The verbs of signing up.

use std::sync::Arc;
use std::time::Duration;

use ::store::queue::Job;
use base::id::{AccountId, TenantId};
use base::text::Email;
use base::{Fault, FaultKind, Secret};
use crypt::token::{Token, Use};
use kernel::job::{self, JobError, JobKind, Running};
use kernel::mail::{self, Owner};
use kernel::text::Lang;
use kernel::web::problem::Invalid;
use kernel::{App, Op, Permit, captcha};
use serde::{Deserialize, Serialize};

use super::store;
use crate::account::store::New;
use crate::account::{self, Draft};
use crate::breach;
use crate::disposable;
use crate::event::{self, OpenedBy};
use crate::lockout;
use crate::problem::Refused;

/// The job behind a sign-up.
pub(crate) const OPEN_ACCOUNT: JobKind = JobKind { name: "identity.open_account", run };

/// How long the letter's link works.
const LINK_LIFE: Duration = Duration::from_hours(24);

/// What the job needs. Address and name are sealed under the key of the account to be.
#[derive(Serialize, Deserialize)]
struct Payload {
    account: String,
    email: Vec<u8>,
    name: Vec<u8>,
    password: String,
    #[serde(default)]
    lang: Lang,
}

/// Asks for an account. The work up to the answer does not depend on whether the address has one:
/// checks, one hash, one key, one job.
pub(crate) async fn request(
    app: &Arc<App>,
    op: &Op,
    email: &str,
    name: &str,
    password: &Secret<String>,
) -> Result<(), Refused> {
    if !app.config.sign_up.open {
        return Err(Refused::SignUpClosed);
    }
    let (email, name) = account::service::check(app, email, name, password)?;
    if disposable::is_refused(app, &email) {
        return Err(vec![Invalid::new("email", "error-email-disposable")].into());
    }
    breach::refuse_stolen(app, op, "password", password).await?;
    captcha::note_trouble(app, op, 1);
    let Draft { new, .. } = account::draft(app, email, name, password, op.lang).await?;
    let payload = Payload {
        account: new.id.to_string(),
        email: new.email,
        name: new.name,
        password: new.password,
        lang: new.lang,
    };
    let (app2, op2, id) = (Arc::clone(app), op.clone(), new.id);
    app.store
        .control()
        .write(move |tx| {
            audit::append(&app2, tx, &op2, event::sign_up_requested(id))?;
            job::enqueue(&app2, tx, OPEN_ACCOUNT, &payload, op2.now)
        })
        .await?;
    Ok(())
}

/// Abandoned sign-ups that one job clears away.
const CLEARED: i64 = 16;

/// Destroys what is left of sign-ups that nobody confirmed: the row, and the key of the person that never came.
async fn clear_abandoned(app: &Arc<App>) -> Result<(), Fault> {
    let now = app.clock.now();
    for account in app.store.control().read(|tx| store::expired(tx, now, CLEARED))? {
        app.store.keys().destroy(&account.to_string()).await?;
        app.store.control().write(move |tx| store::remove_account(tx, account)).await?;
    }
    Ok(())
}

fn run<'a>(app: &'a Arc<App>, job: &'a Job, _: Option<TenantId>) -> Running<'a> {
    Box::pin(async move {
        clear_abandoned(app).await?;
        let payload: Payload = job::payload(job)?;
        let id: AccountId =
            payload.account.parse().map_err(|_| JobError::GiveUp("not an account".into()))?;
        let row = id.to_string();
        let email = app.open_for(id, &["account", "email", &row], &payload.email)?;
        let name = app.open_for(id, &["account", "name", &row], &payload.name)?;
        let (Some(email), Some(name)) = (email, name) else { return Ok(()) };
        let email = Email::parse(&email).map_err(|_| JobError::GiveUp("not an address".into()))?;
        let new = New {
            id,
            email_index: account::service::email_index(app, &email),
            email: payload.email,
            name: payload.name,
            password: payload.password,
            lang: payload.lang,
        };
        if offer(app, Draft { new, email, name }).await? {
            app.store.keys().destroy(&row).await?; // the address has an account: nothing remains
        }
        Ok(())
    })
}

/// Writes the letter: to confirm, or to tell the owner of a known address. Answers whether it was known.
async fn offer(app: &Arc<App>, draft: Draft) -> Result<bool, Fault> {
    let op = app.system_op("sign_up");
    let token = Token::generate(Use::Confirmation, &*app.rng);
    let link = token.stored(&*app.rng);
    let url = app.url(&format!("/confirm?token={}", token.reveal()));
    let app2 = Arc::clone(app);
    app.store
        .control()
        .write(move |tx| {
            if !lockout::service::letter(&app2, tx, &op, &draft.email)? {
                return Ok(true); // enough letters to this mailbox: as if the address were known
            }
            let taken = account::store::find_by_email(tx, &draft.new.email_index)?;
            if let Some(owner) = taken {
                if owner.id == draft.new.id {
                    return Ok(false); // confirmed already, and the job ran twice
                }
                let event = event::sign_up_of_known_address(owner.id);
                audit::append(&app2, tx, &op, event)?;
                account::service::tell(&app2, tx, owner.id, "known", Some(app2.url("/login")))?;
                return Ok(true);
            }
            store::insert(tx, &link, &draft.new, op.now.plus(LINK_LIFE))?;
            let letter = mail::Draft {
                name: "confirm",
                family: None,
                to: &draft.email,
                lang: draft.new.lang,
                person: Some(&draft.name),
                args: &[],
                url: Some(url.clone()),
            };
            mail::post(&app2, tx, Owner::Account(draft.new.id), &letter)?;
            Ok(false)
        })
        .await
}

/// Opens the account whose letter was followed. Refusal `Gone` for a link that is used, expired or foreign.
pub(crate) async fn confirm(app: &Arc<App>, op: &Op, token: &str) -> Result<(), Refused> {
    let token = Token::parse(Use::Confirmation, token).map_err(|_| Refused::Gone)?;
    let (app2, op2) = (Arc::clone(app), op.clone());
    let permit = Permit::by_credential();
    app.store
        .control()
        .write(move |tx| {
            let waiting = store::find(tx, token.lookup(), op2.now)?
                .filter(|w| token.matches(&w.salt, &w.hash))
                .ok_or(Refused::Gone)?;
            match account::store::insert(tx, &permit, &waiting.new, false, op2.now) {
                Err(f) if f.kind() == FaultKind::Conflict => return Err(Refused::Gone),
                other => other?,
            }
            store::remove(tx, &waiting.new.email_index)?;
            let event = event::opened(waiting.new.id, OpenedBy::SignUp);
            audit::append(&app2, tx, &op2, event)?;
            Ok(())
        })
        .await
}
