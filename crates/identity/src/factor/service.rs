//! The verbs of second factors that are not a passkey's or a telephone's own.

use std::sync::Arc;
use std::time::Duration;

use ::store::Tx;
use audit::Event;
use base::id::AccountId;
use base::{Fault, Secret, Timestamp};
use kernel::web::problem::Invalid;
use kernel::{Action, App, HardwareKey, Op, Permit, sms};

use super::totp::{self, Sheet};
use super::{Method, backup, passkey, phone, store};
use crate::account::{self, Known};
use crate::event;
use crate::problem::Refused;
use crate::session::store as sessions;
use crate::signin::store as attempts;

/// How long a secret that no code of was typed yet is shown, and counts.
const PENDING_LIFE: Duration = Duration::from_mins(15);

/// What an account has beside its password.
pub(crate) struct Factors {
    pub(crate) totp: Option<Used>,
    pub(crate) passkeys: Vec<passkey::Shown>,
    pub(crate) backup_codes_left: i64,
    pub(crate) mail_codes: bool,
    /// The last digits of the telephone.
    pub(crate) phone: Option<String>,
    /// Whether this installation can send an SMS.
    pub(crate) sms_on: bool,
}

/// Since when, and when it was last of use.
pub(crate) struct Used {
    pub(crate) made_at: Timestamp,
    pub(crate) last_used_at: Option<Timestamp>,
}

impl Factors {
    /// How many ways there are beside the password and the paper.
    pub(crate) fn count(&self) -> usize {
        usize::from(self.totp.is_some())
            + self.passkeys.len()
            + usize::from(self.mail_codes)
            + usize::from(self.phone.is_some())
    }

    /// What can be presented as the second factor of a sign-in, the strongest first.
    pub(crate) fn methods(&self) -> Vec<Method> {
        let mut all = Vec::new();
        let mut add = |has: bool, method| {
            if has {
                all.push(method);
            }
        };
        add(!self.passkeys.is_empty(), Method::Passkey);
        add(self.totp.is_some(), Method::Totp);
        add(self.mail_codes, Method::Mail);
        add(self.phone.is_some() && self.sms_on, Method::Sms);
        add(self.backup_codes_left > 0, Method::Backup);
        all
    }
}

/// What the account has.
pub(crate) fn of(app: &App, account: AccountId) -> Result<Factors, Fault> {
    let (app_row, left, mail_codes) = app.store.control().read(|tx| {
        let left = store::backup_codes_left(tx, account)?;
        Ok::<_, Fault>((store::totp(tx, account)?, left, store::mail_codes(tx, account)?))
    })?;
    let totp = app_row
        .filter(|t| t.secret.is_some())
        .map(|t| Used { made_at: t.made_at, last_used_at: t.last_used_at });
    let number = phone::of(app, account)?;
    Ok(Factors {
        totp,
        passkeys: passkey::list(app, account)?,
        backup_codes_left: left,
        mail_codes,
        phone: number.map(|n| n.chars().skip(n.len().saturating_sub(3)).collect()),
        sms_on: sms::is_on(app),
    })
}

/// What the signed-in person has.
pub(crate) fn own(app: &App, op: &Op) -> Result<Factors, Refused> {
    op.permit(Action::ManageOwnAccount)?;
    Ok(of(app, op.person().ok_or(Refused::Denied)?.account)?)
}

/// Counts anew, ends sign-ins that wait, writes the entry and the letter. Every change of a factor ends here, and
/// counts only while the session that makes it is open: of a change and a revocation at once, the revocation wins.
pub(crate) fn changed(
    app: &App,
    tx: &Tx<'_>,
    op: &Op,
    account: AccountId,
    event: Event,
    letter: &'static str,
) -> Result<(), Refused> {
    if let Some(session) = op.person().and_then(|p| p.session)
        && !sessions::is_open(tx, session)?
    {
        return Err(Refused::Denied);
    }
    store::recount(tx, account)?;
    attempts::remove_all(tx, account)?;
    audit::append(app, tx, op, event)?;
    account::service::tell(app, tx, account, letter, Some(app.url("/dashboard/security")))?;
    Ok(())
}

fn person(app: &App, op: &Op) -> Result<Known, Refused> {
    let account = op.person().ok_or(Refused::Denied)?.account;
    account::service::get(app, account)?.ok_or(Refused::NotFound)
}

/// Prepares an authenticator app: a fresh secret that counts once a code of it was typed.
pub(crate) async fn enrol_totp(app: &Arc<App>, op: &Op) -> Result<Sheet, Refused> {
    let permit = op.permit_shown(Action::ManageCredentials)?;
    let known = person(app, op)?;
    let secret = totp::fresh(&*app.rng);
    let sealed = seal_secret(app, known.id, &secret)?;
    let (account, now) = (known.id, op.now);
    app.store
        .control()
        .write(move |tx| store::put_pending_totp(tx, &permit, account, &sealed, now))
        .await?;
    Ok(totp::sheet(&secret, &app.brand.load().product, known.email.reveal())?)
}

/// What an app that is being set up needs, once more; for as long as it is fresh, and to nobody who may not set it up.
pub(crate) fn pending_totp(app: &App, op: &Op) -> Result<Option<Sheet>, Refused> {
    op.permit_shown(Action::ManageCredentials)?;
    let known = person(app, op)?;
    let row = app.store.control().read(|tx| store::totp(tx, known.id))?;
    let Some(sealed) = row.and_then(|r| fresh(r, op)) else { return Ok(None) };
    let Some(secret) = open_secret(app, known.id, &sealed)? else { return Ok(None) };
    Ok(Some(totp::sheet(&secret, &app.brand.load().product, known.email.reveal())?))
}

fn fresh(row: store::Totp, op: &Op) -> Option<Vec<u8>> {
    row.pending.filter(|_| op.now.since(row.pending_at) < PENDING_LIFE)
}

fn seal_secret(app: &App, account: AccountId, secret: &[u8]) -> Result<Vec<u8>, Fault> {
    app.seal_for(account, &["totp", "secret", &account.to_string()], &crypt::hex(secret))
}

pub(crate) fn open_secret(
    app: &App,
    account: AccountId,
    sealed: &[u8],
) -> Result<Option<Vec<u8>>, Fault> {
    let context = ["totp", "secret", &account.to_string()];
    let Some(text) = app.open_for(account, &context, sealed)? else { return Ok(None) };
    let pairs = text.as_bytes().chunks(2);
    let bytes: Option<Vec<u8>> = pairs
        .map(|p| std::str::from_utf8(p).ok().and_then(|p| u8::from_str_radix(p, 16).ok()))
        .collect();
    bytes
        .map(Some)
        .ok_or_else(|| Fault::new(base::FaultKind::Corrupt, "a secret is not hexadecimal"))
}

/// Takes the first code of a new app; from now on its codes count. Answers whether backup codes are still missing.
pub(crate) async fn confirm_totp(app: &Arc<App>, op: &Op, code: &str) -> Result<bool, Refused> {
    let permit = op.permit_shown(Action::ManageCredentials)?;
    let account = op.person().ok_or(Refused::Denied)?.account;
    let row = app.store.control().read(|tx| store::totp(tx, account))?;
    let sealed = row.and_then(|r| fresh(r, op)).ok_or(Refused::Gone)?;
    let secret = open_secret(app, account, &sealed)?.ok_or(Refused::Gone)?;
    let wrong = || Refused::from(vec![Invalid::new("code", "error-code-wrong")]);
    let step = totp::step(&secret, code, op.now)?.ok_or_else(wrong)?;
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            if !store::confirm_totp(tx, &permit, account, &sealed, step, op2.now)? {
                return Err(Refused::Gone);
            }
            changed(&app2, tx, &op2, account, event::totp_added(account), "totp-added")?;
            Ok(store::backup_codes_left(tx, account)? == 0)
        })
        .await
}

/// Makes ten new backup codes; the old ones stop working. Shown once.
pub(crate) async fn create_backup_codes(
    app: &Arc<App>,
    op: &Op,
) -> Result<Vec<Secret<String>>, Refused> {
    let permit = op.permit_shown(Action::ManageCredentials)?;
    let account = op.person().ok_or(Refused::Denied)?.account;
    let fresh = backup::fresh(&*app.rng);
    let kept: Vec<[u8; 32]> =
        fresh.iter().filter_map(|c| backup::kept(app, account, c.reveal())).collect();
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            if store::factors(tx, account)? == 0 {
                return Err(Refused::FactorFirst);
            }
            store::put_backup_codes(tx, &permit, account, &kept)?;
            audit::append(&app2, tx, &op2, event::backup_codes_created(account))?;
            account::service::tell(
                &app2,
                tx,
                account,
                "backup-codes-created",
                Some(app2.url("/dashboard/security")),
            )?;
            Ok(())
        })
        .await?;
    Ok(fresh)
}

/// Switches codes by mail on or off.
pub(crate) async fn set_mail_codes(app: &Arc<App>, op: &Op, on: bool) -> Result<(), Refused> {
    let account = op.person().ok_or(Refused::Denied)?.account;
    if !on {
        let off = |tx: &Tx<'_>, permit: &Permit, account| {
            let was = store::mail_codes(tx, account)?;
            store::set_mail_codes(tx, permit, account, false)?;
            Ok(was)
        };
        return remove(app, op, event::mail_codes_set(account, false), off).await;
    }
    let permit = op.permit_shown(Action::ManageCredentials)?;
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            store::set_mail_codes(tx, &permit, account, true)?;
            let event = event::mail_codes_set(account, true);
            changed(&app2, tx, &op2, account, event, "mail-codes-on")
        })
        .await
}

/// Removes the authenticator app.
pub(crate) async fn remove_totp(app: &Arc<App>, op: &Op) -> Result<(), Refused> {
    let account = op.person().ok_or(Refused::Denied)?.account;
    remove(app, op, event::totp_removed(account), store::remove_totp).await
}

/// Removes a factor. Refused when it is the last one and the person has to have one; every other session ends,
/// because one of them may have been opened with what is gone.
pub(crate) async fn remove(
    app: &Arc<App>,
    op: &Op,
    event: Event,
    removing: impl Fn(&Tx<'_>, &Permit, AccountId) -> Result<bool, Fault> + Send + Sync + 'static,
) -> Result<(), Refused> {
    let permit = op.permit_shown(Action::ManageCredentials)?;
    let person = op.person().ok_or(Refused::Denied)?.clone();
    let must_have = must_have_factor(app, &person)?;
    let keeps_key = person.hardware == HardwareKey::Shown;
    let (app2, op2, account) = (Arc::clone(app), op.clone(), person.account);
    app.store
        .control()
        .write(move |tx| {
            if !removing(tx, &permit, account)? {
                return Err(Refused::NotFound);
            }
            changed(&app2, tx, &op2, account, event.clone(), "factor-removed")?;
            if must_have && store::factors(tx, account)? == 0 {
                return Err(Refused::LastFactor);
            }
            if keeps_key && !store::has_attested(tx, account)? {
                return Err(Refused::LastFactor);
            }
            sessions::end_others(tx, &permit, account, person.session, op2.now)?;
            Ok(())
        })
        .await
}

/// Whether policy wants a second factor of this person, anywhere.
pub(crate) fn must_have_factor(app: &App, person: &kernel::Person) -> Result<bool, Fault> {
    if app.config.second_factor.is_wanted_of(person.staff) {
        return Ok(true);
    }
    let own = app.memberships.of(app, person.account)?;
    Ok(own.iter().any(|m| m.factor_wanted))
}
