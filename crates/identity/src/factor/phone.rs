//! A telephone for codes by SMS. The weakest of the factors, and never taken to confirm a change of credentials.

use std::sync::Arc;

use base::Fault;
use base::id::AccountId;
use kernel::web::problem::Invalid;
use kernel::{Action, App, Op, sms};

use super::{code, service, store};
use crate::event;
use crate::lockout;
use crate::problem::Refused;

/// Digits of a number in international form (E.164).
const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// `+49 151 234…` as `+49151234…`.
pub(crate) fn number(typed: &str) -> Result<String, Refused> {
    let plain: String =
        typed.chars().filter(|c| !matches!(c, ' ' | '-' | '/' | '(' | ')' | '.')).collect();
    let digits = plain.strip_prefix('+').unwrap_or("");
    let good = DIGITS.contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.starts_with('0');
    if good { Ok(plain) } else { Err(vec![Invalid::new("number", "error-phone-invalid")].into()) }
}

fn seal(app: &App, account: AccountId, number: &str) -> Result<Vec<u8>, Fault> {
    app.seal_for(account, &["phone", "number", &account.to_string()], number)
}

/// The account's number, if codes can go there.
pub(crate) fn of(app: &App, account: AccountId) -> Result<Option<String>, Fault> {
    let Some(row) = app.store.control().read(|tx| store::phone(tx, account))? else {
        return Ok(None);
    };
    let Some(sealed) = row.number else { return Ok(None) };
    app.open_for(account, &["phone", "number", &account.to_string()], &sealed)
}

/// Sends a code to a new number.
pub(crate) async fn begin(app: &Arc<App>, op: &Op, typed: &str) -> Result<(), Refused> {
    let permit = op.permit_shown(Action::ManageCredentials)?;
    if !sms::is_on(app) {
        return Err(Refused::NotFound);
    }
    let account = op.person().ok_or(Refused::Denied)?.account;
    let number = number(typed)?;
    let (fresh, sealed) = (code::fresh(&*app.rng), seal(app, account, &number)?);
    let kept = code::kept(app, &format!("phone {account}"), fresh.reveal());
    let text = app.words(op.lang).with(
        "sms-code",
        &[("code", &code::spaced(&fresh)), ("product", &app.brand.load().product)],
    );
    let (app2, op2) = (Arc::clone(app), op.clone());
    let refusal = |text| Refused::from(vec![Invalid::new("number", text)]);
    app.store
        .control()
        .write(move |tx| {
            let last = store::phone(tx, account)?.and_then(|p| p.code_sent_at);
            if last.is_some_and(|at| op2.now.since(at) < code::AGAIN) {
                return Err(refusal("error-code-soon"));
            }
            if !lockout::service::sms_to_stranger(&app2, tx, &op2, account, &number)? {
                return Err(refusal("error-code-many"));
            }
            store::put_pending_phone(tx, &permit, account, (&sealed, &kept), op2.now)?;
            sms::post(&app2, tx, account, &number, &text)?;
            Ok(())
        })
        .await
}

/// Takes the code that came; from now on codes can go to the number.
pub(crate) async fn confirm(app: &Arc<App>, op: &Op, typed: &str) -> Result<(), Refused> {
    let permit = op.permit_shown(Action::ManageCredentials)?;
    let account = op.person().ok_or(Refused::Denied)?.account;
    let kept = code::kept(app, &format!("phone {account}"), typed);
    let (app2, op2) = (Arc::clone(app), op.clone());
    let right = app
        .store
        .control()
        .write(move |tx| {
            let row = store::phone(tx, account)?.filter(|p| p.pending.is_some());
            let Some(row) = row else { return Err(Refused::Gone) };
            let fresh = row.code_sent_at.is_some_and(|at| op2.now.since(at) < code::LIFE);
            if !fresh || row.tries >= code::TRIES_MAX {
                return Err(Refused::Gone);
            }
            if !row.code.is_some_and(|code| crypt::equal(&code, &kept)) {
                store::note_phone_try(tx, account)?;
                return Ok(false);
            }
            store::confirm_phone(tx, &permit, account, op2.now)?;
            service::changed(&app2, tx, &op2, account, event::phone_added(account), "phone-added")?;
            Ok(true)
        })
        .await?;
    if right { Ok(()) } else { Err(vec![Invalid::new("code", "error-code-wrong")].into()) }
}

/// Removes the number.
pub(crate) async fn remove(app: &Arc<App>, op: &Op) -> Result<(), Refused> {
    let account = op.person().ok_or(Refused::Denied)?.account;
    service::remove(app, op, event::phone_removed(account), store::remove_phone).await
}
