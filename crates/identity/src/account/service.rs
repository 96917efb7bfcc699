//! Reading, preparing and changing accounts.

use std::sync::Arc;

use ::store::Tx;
use base::id::AccountId;
use base::text::{self, Email, Refused as BadText};
use base::{Fault, Pii, Secret, Timestamp};
use crypt::Verifier;
use kernel::mail::{self, Owner};
use kernel::text::Lang;
use kernel::web::problem::Invalid;
use kernel::{Action, App, Op, Permit};

use super::store::{self, New, Stored};
use crate::event;
use crate::password::policy;
use crate::problem::Refused;
use crate::reset::store as links;
use crate::signin::store as attempts;
use crate::token::store as tokens;

/// An account, opened.
pub struct Known {
    /// Identifier.
    pub id: AccountId,
    /// Address.
    pub email: Email,
    /// Name.
    pub name: Pii<String>,
    /// Whether it belongs to the platform's staff.
    pub staff: bool,
    /// When it was opened.
    pub made_at: Timestamp,
    /// When its password was last changed.
    pub password_changed_at: Timestamp,
    /// The language of letters to it.
    pub lang: Lang,
    pub(crate) verifier: Verifier,
    pub(crate) factors: i64,
}

/// A new account, checked, hashed and sealed, but not yet written.
#[derive(Clone)]
pub struct Draft {
    /// The row.
    pub new: New,
    /// Address, for letters.
    pub email: Email,
    /// Name, for letters.
    pub name: String,
}

/// Checks what a person typed about themselves; all refusals together.
pub fn check(
    app: &App,
    email: &str,
    name: &str,
    password: &Secret<String>,
) -> Result<(Email, String), Vec<Invalid>> {
    let mut invalid = Vec::new();
    let email = check_email(email);
    let name = check_name(name);
    if let (Ok(email), Ok(name)) = (&email, &name)
        && let Err(i) = policy::check(app.config.password.policy, "password", password, email, name)
    {
        invalid.push(i);
    }
    match (email, name) {
        (Ok(email), Ok(name)) if invalid.is_empty() => Ok((email, name)),
        (email, name) => {
            invalid.extend(name.err());
            invalid.extend(email.err());
            invalid.reverse();
            Err(invalid)
        }
    }
}

/// Checks an address.
pub fn check_email(email: &str) -> Result<Email, Invalid> {
    Email::parse(email).map_err(|why| match why {
        BadText::Long => Invalid::new("email", "error-email-long"),
        BadText::Empty | BadText::Invalid => Invalid::new("email", "error-email-invalid"),
    })
}

/// Checks a person's name.
pub fn check_name(name: &str) -> Result<String, Invalid> {
    text::name(name).map_err(|why| match why {
        BadText::Long => Invalid::new("name", "error-name-long"),
        BadText::Empty | BadText::Invalid => Invalid::new("name", "error-name-empty"),
    })
}

/// Prepares an account: makes its key, seals its fields, hashes its password. The work is the same
/// whether the address has an account or not.
pub async fn draft(
    app: &App,
    email: Email,
    name: String,
    password: &Secret<String>,
    lang: Lang,
) -> Result<Draft, Fault> {
    let verifier = app.hasher.hash(password).await?;
    let new = prepare(app, &email, &name, verifier, lang).await?;
    Ok(Draft { new, email, name })
}

/// The row of a new account: makes its key and seals its fields.
pub(crate) async fn prepare(
    app: &App,
    email: &Email,
    name: &str,
    verifier: Verifier,
    lang: Lang,
) -> Result<New, Fault> {
    let id = AccountId::new(app.clock.now(), &*app.rng);
    app.store.keys().create(&id.to_string()).await?;
    let row = id.to_string();
    Ok(New {
        id,
        email_index: email_index(app, email),
        email: app.seal_for(id, &["account", "email", &row], email.reveal())?,
        name: app.seal_for(id, &["account", "name", &row], name)?,
        password: verifier.phc(),
        lang,
    })
}

/// What keeps the hashes of addresses apart from those of other columns.
pub(crate) const EMAIL_INDEX: &str = "account.email";

/// The value by which an address is found.
pub(crate) fn email_index(app: &App, email: &Email) -> [u8; 32] {
    app.blind_index(EMAIL_INDEX, &email.folded())
}

/// The account with this identifier.
pub fn get(app: &App, id: AccountId) -> Result<Option<Known>, Fault> {
    let row = app.store.control().read_one(|tx| store::find(tx, id))?;
    row.map(|row| open(app, row)).transpose().map(Option::flatten)
}

/// The account with this address.
pub fn get_by_email(app: &App, email: &Email) -> Result<Option<Known>, Fault> {
    let index = email_index(app, email);
    let row = app.store.control().read(|tx| store::find_by_email(tx, &index))?;
    row.map(|row| open(app, row)).transpose().map(Option::flatten)
}

/// A page of accounts, in the order of their making, and after whom the next page begins. People whose key
/// was destroyed are left out, so that a page may be shorter than its limit and still have a next one.
pub(crate) fn page(
    app: &App,
    after: &str,
    limit: i64,
) -> Result<(Vec<Known>, Option<AccountId>), Fault> {
    let rows = app.store.control().read(|tx| store::page(tx, after, limit))?;
    let next = rows.last().filter(|_| rows.len() as i64 == limit).map(|row| row.id);
    let opened: Result<Vec<Option<Known>>, Fault> =
        rows.into_iter().map(|row| open(app, row)).collect();
    Ok((opened?.into_iter().flatten().collect(), next))
}

/// Opens a row; `None` when the person's key was destroyed.
pub(crate) fn open(app: &App, row: Stored) -> Result<Option<Known>, Fault> {
    let id = row.id.to_string();
    let email = app.open_for(row.id, &["account", "email", &id], &row.email)?;
    let name = app.open_for(row.id, &["account", "name", &id], &row.name)?;
    let (Some(email), Some(name)) = (email, name) else { return Ok(None) };
    let email = Email::parse(&email)
        .map_err(|_| Fault::new(base::FaultKind::Corrupt, format!("address of {id}")))?;
    Ok(Some(Known {
        id: row.id,
        email,
        name: Pii::new(name),
        staff: row.staff,
        made_at: row.made_at,
        password_changed_at: row.password_changed_at,
        lang: Lang::parse(&row.lang).unwrap_or_default(),
        verifier: Verifier::parse(&row.password)?,
        factors: row.factors,
    }))
}

/// Changes the signed-in person's own name.
pub(crate) async fn rename(app: &Arc<App>, op: &Op, name: &str) -> Result<(), Refused> {
    let permit = op.permit(Action::ManageOwnAccount)?;
    let account = op.person().ok_or(Refused::Denied)?.account;
    let name = check_name(name).map_err(|i| vec![i])?;
    let sealed = app.seal_for(account, &["account", "name", &account.to_string()], &name)?;
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            store::set_name(tx, &permit, account, &sealed)?;
            audit::append(&app2, tx, &op2, event::name_changed(account))
        })
        .await?;
    Ok(())
}

/// Changes the language of letters to the signed-in person.
pub(crate) async fn set_lang(app: &Arc<App>, op: &Op, lang: Lang) -> Result<(), Refused> {
    let permit = op.permit(Action::ManageOwnAccount)?;
    let account = op.person().ok_or(Refused::Denied)?.account;
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            store::set_lang(tx, &permit, account, lang)?;
            audit::append(&app2, tx, &op2, event::language_changed(account))
        })
        .await?;
    Ok(())
}

/// Sets a new verifier; what the old password may have let somebody make goes with it: access tokens, and
/// links to set another password.
pub(crate) fn replace_password(
    tx: &Tx<'_>,
    permit: &Permit,
    account: AccountId,
    verifier: &str,
    now: Timestamp,
) -> Result<(), Fault> {
    store::set_password(tx, permit, account, verifier, now)?;
    tokens::revoke_all(tx, permit, account, now)?;
    attempts::remove_all(tx, account)?;
    links::remove_all(tx, account)
}

/// Writes a letter to an account's owner.
pub(crate) fn tell(
    app: &App,
    tx: &Tx<'_>,
    account: AccountId,
    name: &'static str,
    url: Option<String>,
) -> Result<(), Fault> {
    let Some(row) = store::find(tx, account)? else { return Ok(()) };
    let Some(known) = open(app, row)? else { return Ok(()) };
    let draft = mail::Draft {
        name,
        family: Some("factor"),
        to: &known.email,
        lang: known.lang,
        person: Some(known.name.reveal()),
        args: &[],
        url,
    };
    mail::post(app, tx, Owner::Account(account), &draft)
}
