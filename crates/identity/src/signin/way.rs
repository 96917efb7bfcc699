//! The way past the CAPTCHA for browsers without scripts: a mailed link.

use std::sync::Arc;

use ::store::queue::Job;
use base::Fault;
use base::id::TenantId;
use base::text::Email;
use kernel::captcha::{self, Purpose};
use kernel::job::{self, JobError, JobKind, Running};
use kernel::mail::{self, Owner};
use kernel::web::problem::Invalid;
use kernel::{App, Op};
use serde::{Deserialize, Serialize};

use crate::account;
use crate::event;
use crate::lockout;
use crate::problem::Refused;

/// The job that writes the letter to an account.
pub(crate) const SEND_WAY: JobKind = JobKind { name: "identity.send_way", run };

/// The keyed hash of an address: enough to find an account.
#[derive(Serialize, Deserialize)]
struct Payload {
    email_index: [u8; 32],
}

/// Asks for a link that stands for a solved challenge. The answer is the same for every address.
pub(crate) async fn request(
    app: &Arc<App>,
    op: &Op,
    purpose: Purpose,
    email: &str,
) -> Result<(), Refused> {
    let email =
        Email::parse(email).map_err(|_| vec![Invalid::new("email", "error-email-invalid")])?;
    if purpose == Purpose::SignUp && !app.config.sign_up.open {
        return Err(Refused::SignUpClosed);
    }
    if !captcha::is_wanted(app, op, purpose) {
        return Ok(()); // nobody needs it
    }
    captcha::note_trouble(app, op, 1);
    let (app2, op2) = (Arc::clone(app), op.clone());
    if !app.store.control().write(move |tx| lockout::service::way_asked(&app2, tx, &op2)).await? {
        return Ok(()); // enough for one network
    }
    let (app2, op2) = (Arc::clone(app), op.clone());
    match purpose {
        // Whether the address has an account is found out behind the answer, so that its time tells nothing.
        Purpose::SignIn => {
            let payload = Payload { email_index: account::service::email_index(app, &email) };
            let write =
                move |tx: &::store::Tx<'_>| job::enqueue(&app2, tx, SEND_WAY, &payload, op2.now);
            app.store.control().write(write).await?;
        }
        Purpose::SignUp => {
            let write = move |tx: &::store::Tx<'_>| {
                if lockout::service::way_letter(&app2, tx, &op2, &email)? {
                    let letter = (&email, op2.lang, None);
                    write(&app2, tx, purpose, Owner::Platform, letter)?;
                }
                Ok::<_, Fault>(())
            };
            app.store.control().write(write).await?;
        }
    }
    Ok(())
}

fn run<'a>(app: &'a Arc<App>, job: &'a Job, _: Option<TenantId>) -> Running<'a> {
    Box::pin(async move {
        let payload: Payload = job::payload(job)?;
        let (app2, op) = (Arc::clone(app), app.system_op("captcha_link"));
        let done = app.store.control().write(move |tx| {
            let Some(row) = account::store::find_by_email(tx, &payload.email_index)? else {
                return Ok(());
            };
            let Some(known) = account::service::open(&app2, row)? else { return Ok(()) };
            if !lockout::service::way_letter(&app2, tx, &op, &known.email)? {
                return Ok(());
            }
            audit::append(&app2, tx, &op, event::way_mailed(known.id))?;
            let letter = (&known.email, known.lang, Some(known.name.reveal().as_str()));
            write(&app2, tx, Purpose::SignIn, Owner::Account(known.id), letter)
        });
        done.await.map_err(|fault: Fault| JobError::from(fault))
    })
}

fn write(
    app: &App,
    tx: &::store::Tx<'_>,
    purpose: Purpose,
    owner: Owner,
    (to, lang, person): (&Email, kernel::text::Lang, Option<&str>),
) -> Result<(), Fault> {
    let Some(pass) = captcha::pass(app, app.clock.now(), purpose, to.reveal()) else {
        return Ok(());
    };
    let (name, page) = match purpose {
        Purpose::SignIn => ("way-signin", "/login"),
        Purpose::SignUp => ("way-signup", "/signup"),
    };
    let url = Some(app.url(&format!("{page}?pass={pass}")));
    let letter = mail::Draft { name, family: Some("way"), to, lang, person, args: &[], url };
    mail::post(app, tx, owner, &letter)
}
