//! The second step of a sign-in: what was presented is checked and spent in the transaction that opens the session.

use std::sync::Arc;
use std::time::Duration;

use ::store::Tx;
use base::id::{AccountId, PasskeyId, SessionId};
use base::{Fault, Secret};
use crypt::token::{Token, Use};
use kernel::mail::{self, Owner};
use kernel::web::problem::Invalid;
use kernel::{App, Op, Permit, sms};
use webauthn_rs::prelude::PublicKeyCredential;

use super::location;
use super::store::{self, New, Waiting};
use crate::device::service as device;
use crate::factor::store as factors;
use crate::factor::{Method, backup, code, hardware, passkey, phone, service, totp};
use crate::lockout::{self, Allowed, Subject};
use crate::problem::Refused;
use crate::session::{self, Opened};
use crate::{account, event};

/// How long a sign-in may wait for its second step.
const LIFE: Duration = Duration::from_mins(10);

/// A sign-in that waits: the value of its cookie, shown once.
pub(crate) struct Begun {
    pub(crate) session: SessionId,
    pub(crate) cookie: Secret<String>,
    pub(crate) next: &'static str,
}

/// How a step of signing in ended.
pub(crate) enum Finished {
    /// The session is open.
    Open(Box<Opened>),
    /// Something more is wanted.
    Next(Begun),
}

/// What somebody proved, still to be spent.
pub(crate) enum Proven {
    /// Keyed hash of a backup code.
    Backup([u8; 32]),
    /// Keyed hash of a code that was sent, and how.
    Code(Method, [u8; 32]),
    /// A passkey, with its counter before and after.
    Passkey { id: PasskeyId, attested: bool, before: Vec<u8>, after: Vec<u8> },
    /// The sealed secret, and the step that the code belongs to.
    Totp { sealed: Vec<u8>, step: i64 },
    /// Nothing: it was wrong.
    Wrong(Method),
}

impl Proven {
    /// How it was shown.
    pub(crate) fn method(&self) -> Method {
        match self {
            Self::Backup(_) => Method::Backup,
            Self::Code(method, _) | Self::Wrong(method) => *method,
            Self::Passkey { .. } => passkey::METHOD,
            Self::Totp { .. } => Method::Totp,
        }
    }

    /// How a session is named that it opens.
    pub(crate) fn opens(&self) -> &'static str {
        match self {
            Self::Passkey { attested: true, .. } => hardware::METHOD,
            other => other.method().word(),
        }
    }

    /// Spends it; answers whether it counted. A code counts once, whoever comes second.
    pub(crate) fn spend(
        &self,
        tx: &Tx<'_>,
        op: &Op,
        account: AccountId,
        waiting: Option<&Waiting>,
    ) -> Result<bool, Fault> {
        match self {
            Self::Backup(code) => factors::spend_backup_code(tx, account, code, op.now),
            Self::Code(method, code) => Ok(waiting.is_some_and(|w| {
                w.code_method.as_deref() == Some(method.word())
                    && w.code_sent_at.is_some_and(|at| op.now.since(at) < code::LIFE)
                    && w.code.as_deref().is_some_and(|kept| crypt::equal(kept, code))
            })),
            Self::Passkey { id, before, after, .. } => {
                factors::use_passkey(tx, *id, before, after, op.now)
            }
            Self::Totp { sealed, step } => factors::take_step(tx, account, sealed, *step, op.now),
            Self::Wrong(_) => Ok(false),
        }
    }
}

/// Prepares the row and the cookie of a sign-in that waits.
pub(crate) fn prepare(
    app: &App,
    op: &Op,
    account: AccountId,
    next: &'static str,
) -> Result<(New, Begun), Fault> {
    let token = Token::generate(Use::Attempt, &*app.rng);
    let stored = token.stored(&*app.rng);
    let session = SessionId::new(op.now, &*app.rng);
    let new = New {
        lookup: stored.lookup,
        session,
        account,
        salt: stored.salt,
        hash: stored.hash,
        place: session::service::seal_place(app, op, account, session)?,
        stage: next,
        expires_at: op.now.plus(LIFE),
    };
    Ok((new, Begun { session, cookie: Secret::new(token.reveal()), next }))
}

/// The sign-in that a cookie belongs to.
pub(crate) fn waiting(app: &App, op: &Op, cookie: &str) -> Result<(String, Waiting), Refused> {
    let token = Token::parse(Use::Attempt, cookie).map_err(|_| Refused::Gone)?;
    let found = app.store.control().read(|tx| store::find(tx, token.lookup(), op.now))?;
    let found = found.filter(|w| token.matches(&w.salt, &w.hash)).ok_or(Refused::Gone)?;
    Ok((token.lookup().to_owned(), found))
}

/// A waiting sign-in as its browser is told of it.
pub(crate) fn waiting_as_begun(app: &App, op: &Op, cookie: &str) -> Result<Begun, Refused> {
    let (_, waiting) = waiting(app, op, cookie)?;
    let next = if waiting.stage == location::STAGE { location::STAGE } else { "second_factor" };
    Ok(Begun { session: waiting.session, cookie: Secret::new(cookie.to_owned()), next })
}

/// What can be presented for a waiting sign-in.
pub(crate) fn methods(app: &App, op: &Op, cookie: &str) -> Result<service::Factors, Refused> {
    let (_, waiting) = waiting(app, op, cookie)?;
    if waiting.stage != "second_factor" {
        return Err(Refused::Gone);
    }
    Ok(service::of(app, waiting.account)?)
}

/// Sends a code for a waiting sign-in. Refusals: `Gone`, too soon, too many.
pub(crate) async fn send_code(
    app: &Arc<App>,
    op: &Op,
    cookie: &str,
    method: Method,
) -> Result<(), Refused> {
    let (lookup, waiting) = waiting(app, op, cookie)?;
    let own = service::of(app, waiting.account)?;
    if !own.methods().contains(&method) || !matches!(method, Method::Mail | Method::Sms) {
        return Err(Refused::NotFound);
    }
    let known = account::service::get(app, waiting.account)?.ok_or(Refused::Gone)?;
    let number = phone::of(app, known.id)?;
    let fresh = code::fresh(&*app.rng);
    let kept = code::kept(app, &lookup, fresh.reveal());
    let (app2, op2) = (Arc::clone(app), op.clone());
    let refusal = |text| Refused::from(vec![Invalid::new("method", text)]);
    app.store
        .control()
        .write(move |tx| {
            // Read here, so that of many requests at once one sends.
            let waiting = store::find(tx, &lookup, op2.now)?.ok_or(Refused::Gone)?;
            if waiting.code_sent_at.is_some_and(|at| op2.now.since(at) < code::AGAIN) {
                return Err(refusal("error-code-soon"));
            }
            if waiting.codes_sent >= code::SENT_MAX {
                return Err(refusal("error-code-many"));
            }
            if method == Method::Sms && !lockout::service::sms(&app2, tx, &op2, known.id)? {
                return Err(refusal("error-code-many"));
            }
            store::put_code(tx, &lookup, method.word(), &kept, op2.now)?;
            let spaced = code::spaced(&fresh);
            match (method, &number) {
                (Method::Sms, Some(number)) => {
                    let args: [(&str, &dyn std::fmt::Display); 2] =
                        [("code", &spaced), ("product", &app2.brand.load().product)];
                    let text = app2.words(known.lang).with("sms-code", &args);
                    sms::post(&app2, tx, known.id, number, &text)?;
                }
                _ => {
                    let letter = mail::Draft {
                        name: "code",
                        family: None,
                        to: &known.email,
                        lang: known.lang,
                        person: Some(known.name.reveal()),
                        args: &[("code", &spaced)],
                        url: None,
                    };
                    mail::post(&app2, tx, Owner::Account(known.id), &letter)?;
                }
            }
            Ok(())
        })
        .await
}

/// What a typed code proves.
pub(crate) fn prove(
    app: &App,
    op: &Op,
    account: AccountId,
    of: &str,
    method: Method,
    typed: &str,
) -> Result<Proven, Refused> {
    Ok(match method {
        Method::Backup => match backup::kept(app, account, typed) {
            Some(code) => Proven::Backup(code),
            None => Proven::Wrong(method),
        },
        Method::Mail | Method::Sms => Proven::Code(method, code::kept(app, of, typed)),
        Method::Passkey => return Err(Refused::NotFound),
        Method::Totp => {
            let row = app.store.control().read(|tx| factors::totp(tx, account))?;
            let Some(sealed) = row.and_then(|r| r.secret) else {
                return Ok(Proven::Wrong(method));
            };
            let secret = service::open_secret(app, account, &sealed)?.unwrap_or_default();
            match totp::step(&secret, typed, op.now)? {
                Some(step) => Proven::Totp { sealed, step },
                None => Proven::Wrong(method),
            }
        }
    })
}

/// Presents a second factor with a code. Refusals: `Gone`, `WrongFactor`.
pub(crate) async fn present_code(
    app: &Arc<App>,
    op: &Op,
    cookie: &str,
    method: Method,
    typed: &str,
) -> Result<Finished, Refused> {
    let (lookup, waiting) = waiting(app, op, cookie)?;
    let proven = prove(app, op, waiting.account, &lookup, method, typed)?;
    present(app, op, (cookie, lookup), &waiting, proven).await
}

/// Begins to present a passkey as the second factor.
pub(crate) async fn begin_passkey(
    app: &Arc<App>,
    op: &Op,
    cookie: &str,
) -> Result<passkey::Begun, Refused> {
    let (_, waiting) = waiting(app, op, cookie)?;
    passkey::begin_proof(app, op, waiting.account, passkey::Which::Any).await
}

/// Presents a passkey as the second factor.
pub(crate) async fn present_passkey(
    app: &Arc<App>,
    op: &Op,
    cookie: &str,
    ceremony: &str,
    credential: &PublicKeyCredential,
) -> Result<Finished, Refused> {
    let (lookup, waiting) = waiting(app, op, cookie)?;
    let proven = passkey::check_proof(app, op, waiting.account, ceremony, credential).await?;
    present(app, op, (cookie, lookup), &waiting, proven).await
}

/// Spends what was proven and opens the session, or has it wait for its location to be confirmed, all or nothing. A wrong
/// try is counted; after five the sign-in begins anew.
async fn present(
    app: &Arc<App>,
    op: &Op,
    (cookie, lookup): (&str, String),
    waiting: &Waiting,
    proven: Proven,
) -> Result<Finished, Refused> {
    let (account, method) = (waiting.account, proven.method());
    let browser = device::known_browser(app, op, account)?;
    let who = account.to_string();
    let subject = Subject::new(app, op, method.word(), &who, browser.as_deref());
    let allowed = allow(app, op, method, &subject)?;
    let looked_at = allowed.is_some();
    let link = location::wanted(app, op, account)?;
    let held = link.is_some();
    let opens = proven.opens();
    let opened = session::prepare_as(app, op, account, waiting.session, opens)?;
    let (app2, op2, new) = (Arc::clone(app), op.clone(), opened.new.clone());
    let permit = Permit::by_credential();
    let right = app
        .store
        .control()
        .write(move |tx| {
            let now = store::find(tx, &lookup, op2.now)?.ok_or(Refused::Gone)?;
            if now.stage != "second_factor" || now.tries >= code::TRIES_MAX {
                return Err(Refused::Gone);
            }
            if !looked_at || !proven.spend(tx, &op2, account, Some(&now))? {
                store::note_try(tx, &lookup)?;
                if looked_at {
                    subject.wrong(&app2, tx, &op2)?;
                }
                audit::append(&app2, tx, &op2, event::factor_refused(account, method.word()))?;
                return Ok(false);
            }
            subject.right(tx)?;
            if let Some(link) = &link {
                location::hold(&app2, tx, &op2, (account, opens), &lookup, link)?;
                return Ok(true);
            }
            store::take(tx, &lookup)?;
            session::service::insert(&app2, tx, &op2, &permit, &new)?;
            Ok(true)
        })
        .await?;
    drop(allowed);
    match (right, held) {
        (false, _) => Err(Refused::WrongFactor),
        (true, false) => Ok(Finished::Open(Box::new(opened))),
        (true, true) => Ok(Finished::Next(Begun {
            session: waiting.session,
            cookie: Secret::new(cookie.to_owned()),
            next: location::STAGE,
        })),
    }
}

/// Whether a try may be looked at. A passkey cannot be guessed, and is never slowed down.
pub(super) fn allow(
    app: &App,
    op: &Op,
    method: Method,
    subject: &Subject,
) -> Result<Option<Allowed>, Fault> {
    if method == Method::Passkey {
        return Ok(Some(Allowed::always()));
    }
    lockout::ask(app, op, subject)
}

/// Opens a session for a passkey that was used without a password.
pub(crate) async fn with_passkey(
    app: &Arc<App>,
    op: &Op,
    account: AccountId,
    proven: Proven,
) -> Result<Finished, Refused> {
    let opens = proven.opens();
    let opened = session::prepare_as(app, op, account, SessionId::new(op.now, &*app.rng), opens)?;
    let (held, begun) = match location::wanted(app, op, account)? {
        Some(link) => {
            let (attempt, begun) = prepare(app, op, account, location::STAGE)?;
            (Some((attempt, link)), Some(begun))
        }
        None => (None, None),
    };
    let (app2, op2, new) = (Arc::clone(app), op.clone(), opened.new.clone());
    let permit = Permit::by_credential();
    app.store
        .control()
        .write(move |tx| {
            if !proven.spend(tx, &op2, account, None)? {
                return Err(Refused::WrongFactor);
            }
            if let Some((attempt, link)) = &held {
                store::insert(tx, attempt, op2.now)?;
                location::hold(&app2, tx, &op2, (account, opens), &attempt.lookup, link)?;
                return Ok(());
            }
            session::service::insert(&app2, tx, &op2, &permit, &new)?;
            Ok(())
        })
        .await?;
    Ok(begun.map_or_else(|| Finished::Open(Box::new(opened)), Finished::Next))
}
