//! The verbs of a forgotten password.

use std::sync::Arc;
use std::time::Duration;

use ::store::Tx;
use ::store::queue::Job;
use base::id::{AccountId, TenantId};
use base::text::Email;
use base::{Fault, Secret};
use crypt::token::{Token, Use};
use kernel::job::{self, JobError, JobKind, Running};
use kernel::web::problem::Invalid;
use kernel::{Action, App, Op, Permit};
use serde::{Deserialize, Serialize};

use super::store;
use crate::account;
use crate::breach;
use crate::event;
use crate::lockout;
use crate::password::policy;
use crate::problem::Refused;
use crate::session::store as sessions;

/// The job that writes the letter.
pub const SEND_LINK: JobKind = JobKind { name: "identity.send_reset_link", run };

/// How long a link works.
const LINK_LIFE: Duration = Duration::from_mins(30);

/// The keyed hash of an address: enough to find an account, too little to know the address.
#[derive(Serialize, Deserialize)]
struct Payload {
    email_index: [u8; 32],
}

/// Asks for a letter. The answer is the same for every address; the job finds out whether there is one
/// to write to.
pub(crate) async fn request(app: &Arc<App>, op: &Op, email: &str) -> Result<(), Refused> {
    let email =
        Email::parse(email).map_err(|_| vec![Invalid::new("email", "error-email-invalid")])?;
    let payload = Payload { email_index: account::service::email_index(app, &email) };
    let (app2, now) = (Arc::clone(app), op.now);
    app.store.control().write(move |tx| job::enqueue(&app2, tx, SEND_LINK, &payload, now)).await?;
    Ok(())
}

fn run<'a>(app: &'a Arc<App>, job: &'a Job, _: Option<TenantId>) -> Running<'a> {
    Box::pin(async move {
        let payload: Payload = job::payload(job)?;
        let op = app.system_op("reset_link");
        let (app2, fresh) = (Arc::clone(app), Fresh::new(app));
        app.store
            .control()
            .write(move |tx| {
                let Some(row) = account::store::find_by_email(tx, &payload.email_index)? else {
                    return Ok(());
                };
                let Some(known) = account::service::open(&app2, row)? else { return Ok(()) };
                if store::has_enough(tx, known.id, op.now)?
                    || !lockout::service::letter(&app2, tx, &op, &known.email)?
                {
                    return Ok(());
                }
                write_link(&app2, tx, &op, &Permit::by_credential(), known.id, &fresh, "reset")
            })
            .await
            .map_err(|fault: Fault| JobError::from(fault))
    })
}

/// A link that is about to be written.
pub(crate) struct Fresh {
    token: Token,
    pub(crate) url: String,
}

impl Fresh {
    pub(crate) fn new(app: &App) -> Self {
        let token = Token::generate(Use::Reset, &*app.rng);
        let url = app.url(&format!("/reset?token={}", token.reveal()));
        Self { token, url }
    }
}

pub(crate) fn write_link(
    app: &App,
    tx: &Tx<'_>,
    op: &Op,
    permit: &Permit,
    account: AccountId,
    fresh: &Fresh,
    letter: &'static str,
) -> Result<(), Fault> {
    let now = app.clock.now();
    let link = fresh.token.stored(&*app.rng);
    store::insert(tx, permit, account, &link, now, now.plus(LINK_LIFE))?;
    audit::append(app, tx, op, event::reset_link_sent(account))?;
    account::service::tell(app, tx, account, letter, Some(fresh.url.clone()))
}

/// Staff sends a person a link. Answers the link itself to somebody on the host (break-glass, when mail does
/// not work); to nobody else.
pub async fn send_link(
    app: &Arc<App>,
    op: &Op,
    account: AccountId,
) -> Result<Option<String>, Refused> {
    let permit = op.permit(Action::SendResetLink)?;
    if account::service::get(app, account)?.is_none() {
        return Err(Refused::NotFound);
    }
    let fresh = Fresh::new(app);
    let url = fresh.url.clone();
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| write_link(&app2, tx, &op2, &permit, account, &fresh, "reset-by-operator"))
        .await?;
    let on_host = matches!(op.actor, kernel::Actor::Host(_));
    Ok(on_host.then_some(url))
}

/// Sets a new password with a link; every session of the account ends, and every access token. Refusals: `Gone`, policy.
pub(crate) async fn finish(
    app: &Arc<App>,
    op: &Op,
    token: &str,
    password: &Secret<String>,
) -> Result<(), Refused> {
    let token = Token::parse(Use::Reset, token).map_err(|_| Refused::Gone)?;
    let held = app
        .store
        .control()
        .read(|tx| store::find(tx, token.lookup(), op.now))?
        .filter(|h| token.matches(&h.salt, &h.hash));
    // Not in the audit log: whoever makes up tokens could fill it without end.
    let held = held.ok_or(Refused::Gone)?;
    let known = account::service::get(app, held.account)?.ok_or(Refused::Gone)?;
    let rules = app.config.password.policy;
    policy::check(rules, "password", password, &known.email, known.name.reveal())
        .map_err(|i| vec![i])?;
    breach::refuse_stolen(app, op, "password", password).await?;
    let verifier = app.hasher.hash(password).await?.phc();
    let (app2, op2, id) = (Arc::clone(app), op.clone(), known.id);
    let permit = Permit::by_credential();
    app.store
        .control()
        .write(move |tx| {
            if !store::take(tx, token.lookup())? {
                return Err(Refused::Gone);
            }
            account::service::replace_password(tx, &permit, id, &verifier, op2.now)?;
            let ended = sessions::end_others(tx, &permit, id, None, op2.now)?;
            audit::append(&app2, tx, &op2, event::password_reset(id, ended))?;
            account::service::tell(&app2, tx, id, "password-changed", None)?;
            Ok(())
        })
        .await
}
