//! The verbs of sessions.

use std::sync::Arc;
use std::time::Duration;

use ::store::Tx;
use base::id::{AccountId, SessionId};
use base::{Fault, FaultKind, Secret, Timestamp};
use crypt::token::{Token, Use};
use kernel::scope::Scopes;
use kernel::{Action, App, Op, Permit, Person};
use serde::{Deserialize, Serialize};

use super::store::{self, New};
use crate::device::service as device;
use crate::event;
use crate::factor::hardware::Demanded;
use crate::place;
use crate::problem::Refused;

/// How much later than the last noted activity a request has to be to be noted.
const NOTED_EVERY: Duration = Duration::from_secs(60);

/// A session that was prepared: the row, and the value of the cookie.
pub struct Opened {
    /// The row.
    pub new: New,
    /// The cookie's value; shown once.
    pub cookie: Secret<String>,
    /// What the browser keeps to be known again; nothing, when it is known.
    pub browser: Option<Token>,
}

impl Opened {
    /// Identifier.
    #[must_use]
    pub fn id(&self) -> SessionId {
        self.new.id
    }
}

/// From where, and with what.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Place {
    pub(crate) address: String,
    pub(crate) device: String,
}

/// Prepares a session of an account, from where the operation comes.
pub fn prepare(app: &App, op: &Op, account: AccountId) -> Result<Opened, Fault> {
    prepare_as(app, op, account, SessionId::new(op.now, &*app.rng), "password")
}

/// Prepares a session whose identifier is known already; `method` is how its person showed who they are.
pub fn prepare_as(
    app: &App,
    op: &Op,
    account: AccountId,
    id: SessionId,
    method: &'static str,
) -> Result<Opened, Fault> {
    let token = Token::generate(Use::Session, &*app.rng);
    let stored = token.stored(&*app.rng);
    let known = device::known_browser(app, op, account)?;
    let browser = known.is_none().then(|| Token::generate(Use::Device, &*app.rng));
    let new = New {
        lookup: stored.lookup,
        id,
        account,
        salt: stored.salt,
        hash: stored.hash,
        place: seal_place(app, op, account, id)?,
        method,
        browser: browser.clone(),
    };
    Ok(Opened { new, cookie: Secret::new(token.reveal()), browser })
}

/// Where an operation comes from, sealed for the session's row.
pub(crate) fn seal_place(
    app: &App,
    op: &Op,
    account: AccountId,
    id: SessionId,
) -> Result<Vec<u8>, Fault> {
    let place = Place {
        address: op.address.as_ref().map_or_else(String::new, |a| a.reveal().to_string()),
        device: op.device.clone(),
    };
    let plain = serde_json::to_string(&place)
        .map_err(|e| Fault::because(FaultKind::Internal, "writing a session", e))?;
    app.seal_for(account, &["session", "place", &id.to_string()], &plain)
}

/// Opens a sealed place; empty when the person's key was destroyed.
pub(crate) fn open_place(
    app: &App,
    account: AccountId,
    id: SessionId,
    sealed: &[u8],
) -> Result<Place, Fault> {
    let context = ["session", "place", &id.to_string()];
    let Some(text) = app.open_for(account, &context, sealed)? else { return Ok(Place::default()) };
    serde_json::from_str(&text)
        .map_err(|e| Fault::because(FaultKind::Corrupt, "a session's place", e))
}

/// Writes a prepared session, with its audit entry.
pub fn insert(app: &App, tx: &Tx<'_>, op: &Op, permit: &Permit, new: &New) -> Result<(), Fault> {
    store::insert(tx, permit, new, op.now)?;
    device::note(app, tx, op, new.account, new.browser.as_ref(), new.method)?;
    audit::append(app, tx, op, event::session_opened(new.account, new.id, new.method))
}

/// Who holds a cookie's value. Reads the row at every request: there is no copy to go stale.
pub(crate) fn holder(app: &App, value: &str) -> Result<Option<Person>, Fault> {
    let Ok(token) = Token::parse(Use::Session, value) else { return Ok(None) };
    let now = app.clock.now();
    let (idle_after, made_after) = limits(app, now);
    let demanded = Demanded::of(app);
    let keys = demanded.is_on();
    let held = app
        .store
        .control()
        .read_one(|tx| store::find(tx, token.lookup(), idle_after, made_after, keys))?;
    let Some(held) = held.filter(|h| token.matches(&h.salt, &h.hash)) else { return Ok(None) };
    if now.since(held.last_active_at) >= NOTED_EVERY {
        note_activity(app, held.id, now);
    }
    Ok(Some(Person {
        account: held.account,
        staff: held.staff && !held.unsigned,
        unsigned: held.unsigned,
        session: Some(held.id),
        token: None,
        scopes: Scopes::ALL,
        only: None,
        factor: held.factor,
        hardware: demanded.means(held.staff, held.key, Some(&held.method)),
        password_at: held.password_at,
        shown_at: held.shown_at,
    }))
}

/// Notes the time beside the request: nobody waits for it, and losing it harms nobody.
fn note_activity(app: &App, id: SessionId, now: Timestamp) {
    let control = app.store.control().clone();
    app.tasks.spawn(async move {
        if let Err(fault) = control.write(move |tx| store::touch(tx, id, now)).await {
            tracing::warn!(fault = %fault.chain(), "a session's activity was not noted");
        }
    });
}

fn limits(app: &App, now: Timestamp) -> (Timestamp, Timestamp) {
    let session = &app.config.session;
    (now.minus(session.idle()), now.minus(session.absolute()))
}

/// A session as its owner sees it.
pub(crate) struct Shown {
    pub(crate) id: SessionId,
    pub(crate) current: bool,
    pub(crate) device: String,
    pub(crate) address: String,
    /// Where that is, roughly.
    pub(crate) near: Option<String>,
    pub(crate) made_at: Timestamp,
    pub(crate) last_active_at: Timestamp,
    pub(crate) method: String,
}

/// The signed-in person's live sessions, the present one first.
pub(crate) fn list(app: &App, op: &Op) -> Result<Vec<Shown>, Refused> {
    op.permit(Action::ManageOwnAccount)?;
    let person = op.person().ok_or(Refused::Denied)?;
    let (idle_after, made_after) = limits(app, op.now);
    let rows =
        app.store.control().read(|tx| store::live(tx, person.account, idle_after, made_after))?;
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        let place = open_place(app, person.account, row.id, &row.place)?;
        shown.push(Shown {
            id: row.id,
            current: person.session == Some(row.id),
            device: place.device,
            near: place::of(app, op.lang, &place.address),
            address: place.address,
            made_at: row.made_at,
            last_active_at: row.last_active_at,
            method: row.method,
        });
    }
    shown.sort_by_key(|s| !s.current);
    Ok(shown)
}

/// Whether a session has not been ended.
pub fn is_open(tx: &Tx<'_>, id: SessionId) -> Result<bool, Fault> {
    store::is_open(tx, id)
}

/// Ends some of an account's sessions, in the caller's transaction.
pub fn end_those(
    tx: &Tx<'_>,
    permit: &Permit,
    account: AccountId,
    those: &[SessionId],
    now: Timestamp,
) -> Result<(), Fault> {
    for session in those {
        store::end(tx, permit, account, *session, now)?;
    }
    Ok(())
}

/// How many live sessions an account has.
pub fn count(app: &App, account: AccountId) -> Result<i64, Fault> {
    let (idle_after, made_after) = limits(app, app.clock.now());
    app.store.control().read(|tx| store::count_live(tx, account, idle_after, made_after))
}

/// Ends one of the signed-in person's sessions. When this returns, the next request with it is refused.
pub(crate) async fn revoke(app: &Arc<App>, op: &Op, id: SessionId) -> Result<(), Refused> {
    let permit = op.permit_with_key(Action::ManageCredentials)?;
    let account = op.person().ok_or(Refused::Denied)?.account;
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            if !store::end(tx, &permit, account, id, op2.now)? {
                return Err(Refused::NotFound);
            }
            audit::append(&app2, tx, &op2, event::session_revoked(id))?;
            Ok(())
        })
        .await
}

/// Ends all of the person's sessions but the present one; answers how many.
pub(crate) async fn revoke_others(app: &Arc<App>, op: &Op) -> Result<usize, Refused> {
    let permit = op.permit_with_key(Action::ManageCredentials)?;
    let person = op.person().ok_or(Refused::Denied)?.clone();
    let (idle_after, made_after) = limits(app, op.now);
    let (app2, op2) = (Arc::clone(app), op.clone());
    let ended = app
        .store
        .control()
        .write(move |tx| {
            let others = store::live(tx, person.account, idle_after, made_after)?;
            let ended = store::end_others(tx, &permit, person.account, person.session, op2.now)?;
            for other in others.iter().filter(|o| Some(o.id) != person.session) {
                audit::append(&app2, tx, &op2, event::session_revoked(other.id))?;
            }
            Ok::<_, Fault>(ended)
        })
        .await?;
    Ok(ended)
}

/// Signs out: ends the session that the request came with.
pub(crate) async fn sign_out(app: &Arc<App>, op: &Op) -> Result<(), Refused> {
    let permit = op.permit(Action::ManageCredentials)?;
    let person = op.person().ok_or(Refused::Denied)?.clone();
    let Some(id) = person.session else { return Err(Refused::NotFound) };
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            store::end(tx, &permit, person.account, id, op2.now)?;
            audit::append(&app2, tx, &op2, event::session_ended(id))
        })
        .await?;
    Ok(())
}
