//! Writing an entry into the caller's transaction, and reading entries for people.

use ::store::{Outbox, Tx};
use base::id::{AccountId, EventId, TenantId};
use base::text::Email;
use base::{Fault, FaultKind, Timestamp};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crypt::{Key, seal};
use kernel::{App, Op};

use super::model::{Entry, Event, Place};
use super::store::{self, Filter};

/// Writes an event into the outbox, in the transaction of the change that it tells of.
pub fn append(app: &App, tx: &Tx<'_>, op: &Op, event: Event) -> Result<(), Fault> {
    Outbox::put(tx, &bytes_of(app, op, event)?)
}

/// An entry as it lies in an outbox.
pub(crate) fn bytes_of(app: &App, op: &Op, event: Event) -> Result<Vec<u8>, Fault> {
    let entry = compose(app, op, event)?;
    serde_json::to_vec(&entry)
        .map_err(|e| Fault::because(FaultKind::Internal, "writing an audit entry", e))
}

fn compose(app: &App, op: &Op, event: Event) -> Result<Entry, Fault> {
    let id = EventId::new(op.now, &*app.rng).to_string();
    let person = event.actor.or_else(|| op.person().map(|p| p.account));
    let address = op.address.as_ref().map(|a| a.reveal().to_string());
    // Whose place it is: who acts, or whose account it is about when nobody is signed in.
    let about = || event.target.as_deref().and_then(|t| t.parse::<AccountId>().ok());
    let sealed = match &address {
        Some(address) => seal_place(app, &id, person.or_else(about), address, &op.device)?,
        None => None,
    };
    // Of somebody who is forgotten not even the hash is kept.
    let address = address.filter(|_| sealed.is_some());
    let (owner, place) = sealed.unzip();
    let over = op.support.as_ref().filter(|s| event.tenant == Some(s.tenant));
    let note = match (&event.note, event.tenant) {
        (Some(words), Some(tenant)) => Some(seal_note(app, &id, tenant, words.reveal())?),
        _ => None,
    };
    Ok(Entry {
        at: op.now.iso(),
        action: event.action.to_owned(),
        actor: person.map_or_else(|| op.actor_id(), |a| a.to_string()),
        session: op.person().and_then(|p| p.session).map(|s| s.to_string()),
        target: event.target,
        tenant: event.tenant.map(|t| t.to_string()),
        result: event.outcome.word().to_owned(),
        trace: op.trace.to_string(),
        detail: event.detail,
        support: over.map(|s| s.id.to_string()),
        note,
        owner: owner.flatten(),
        place,
        address_index: address.map(|a| STANDARD.encode(app.blind_index("audit.address", &a))),
        id,
    })
}

fn seal_note(app: &App, id: &str, tenant: TenantId, words: &str) -> Result<String, Fault> {
    let key = app.store.keys().get(&tenant.to_string())?.purpose("record");
    Ok(STANDARD.encode(seal::seal(&key, &["audit", "note", id], words.as_bytes(), &*app.rng)))
}

/// The words for people; nothing, when there are none or the tenant's key was destroyed.
fn open_note(app: &App, entry: &Entry) -> Result<Option<String>, Fault> {
    let sealed = entry.note.as_deref().and_then(|n| STANDARD.decode(n).ok());
    let (Some(sealed), Some(tenant)) = (sealed, &entry.tenant) else { return Ok(None) };
    let Some(key) = app.store.keys().find(tenant)? else { return Ok(None) };
    let context = ["audit", "note", &entry.id];
    kernel::app::open_text(&key.purpose("record"), &context, &sealed).map(Some)
}

/// Seals address and device under the person's key; under the platform's when nobody is known. Nothing, when they are known
/// and their key is destroyed: what comes late of somebody forgotten is not to be readable by the platform's.
fn seal_place(
    app: &App,
    id: &str,
    person: Option<AccountId>,
    address: &str,
    device: &str,
) -> Result<Option<(Option<String>, String)>, Fault> {
    let place = Place { address: address.to_owned(), device: device.to_owned() };
    let plain = serde_json::to_vec(&place)
        .map_err(|e| Fault::because(FaultKind::Internal, "writing an audit entry", e))?;
    let owner = person.map(|account| account.to_string());
    let key = match &owner {
        Some(owner) => app.store.keys().find(owner)?,
        None => Some(platform_key(app)),
    };
    let Some(key) = key else { return Ok(None) };
    let sealed = seal::seal(&key, &["audit", "place", id], &plain, &*app.rng);
    Ok(Some((owner, STANDARD.encode(sealed))))
}

fn platform_key(app: &App) -> Key {
    app.store.keys().platform("audit place")
}

/// An entry for people: identifiers resolved to names where the reader may know them.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub(crate) seq: i64,
    pub(crate) at: Timestamp,
    pub(crate) entry: Entry,
    pub(crate) actor: String,
    pub(crate) target: String,
    pub(crate) tenant: String,
    pub(crate) address: String,
    pub(crate) device: String,
    /// Words for people.
    pub(crate) note: Option<String>,
}

/// What stands where an address was, once its person is forgotten.
const ANONYMISED: &str = "anonymised";
/// What stands where an address is not shown.
const HIDDEN: &str = "–";

impl Shown {
    /// Leaves out where the act came from.
    pub(crate) fn hide_place(&mut self) {
        self.address = HIDDEN.into();
        self.device.clear();
        self.entry.place = None;
        self.entry.address_index = None;
    }

    /// Whether nobody may learn where it came from, not even by a guess that is confirmed.
    pub(crate) fn is_hidden(&self) -> bool {
        self.address == HIDDEN || self.address == ANONYMISED
    }
}

/// Entries that match, newest first, before the entry numbered `before`.
pub(crate) fn page(
    app: &App,
    filter: &Filter,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Shown>, Fault> {
    let rows = app.store.audit().read(|tx| store::page(tx, filter, before, limit))?;
    rows.into_iter().map(|(seq, bytes)| show(app, seq, &bytes)).collect()
}

/// What an account did lately: when, and which action. Newest first.
pub fn lately(
    app: &App,
    account: AccountId,
    limit: i64,
) -> Result<Vec<(Timestamp, String)>, Fault> {
    let filter = Filter { actor: Some(account.to_string()), ..Filter::default() };
    let shown = page(app, &filter, None, limit)?;
    Ok(shown.into_iter().map(|s| (s.at, s.entry.action)).collect())
}

/// One entry.
pub(crate) fn one(app: &App, id: &str) -> Result<Option<Shown>, Fault> {
    let row = app.store.audit().read(|tx| store::find(tx, id))?;
    row.map(|(seq, bytes)| show(app, seq, &bytes)).transpose()
}

fn show(app: &App, seq: i64, bytes: &[u8]) -> Result<Shown, Fault> {
    let entry: Entry = serde_json::from_slice(bytes)
        .map_err(|e| Fault::because(FaultKind::Corrupt, format!("audit entry {seq}"), e))?;
    let place = open_place(app, &entry)?;
    let tenant = match &entry.tenant {
        Some(id) => app.memberships.tenant(app, id)?.map_or_else(|| id.clone(), |t| t.slug),
        None => String::new(),
    };
    Ok(Shown {
        seq,
        at: entry.at(),
        actor: name_of(app, &entry.actor)?,
        target: match &entry.target {
            Some(target) => name_of(app, target)?,
            None => String::new(),
        },
        tenant,
        address: place.address,
        device: place.device,
        note: open_note(app, &entry)?,
        entry,
    })
}

fn open_place(app: &App, entry: &Entry) -> Result<Place, Fault> {
    let Some(sealed) = entry.place.as_deref().and_then(|p| STANDARD.decode(p).ok()) else {
        return Ok(Place { address: HIDDEN.into(), device: String::new() });
    };
    let key = match &entry.owner {
        Some(owner) => app.store.keys().find(owner)?,
        None => Some(platform_key(app)),
    };
    // A destroyed key means an anonymous person: the entry stands, the place is gone.
    let Some(key) = key else {
        return Ok(Place { address: ANONYMISED.into(), device: String::new() });
    };
    let text = kernel::app::open_text(&key, &["audit", "place", &entry.id], &sealed)?;
    serde_json::from_str(&text)
        .map_err(|e| Fault::because(FaultKind::Corrupt, "an audit entry's place", e))
}

fn name_of(app: &App, id: &str) -> Result<String, Fault> {
    if let Ok(account) = id.parse::<AccountId>() {
        let profile = app.identities.profile(app, account)?;
        return Ok(profile.map_or_else(|| id.to_owned(), |p| p.name.reveal().clone()));
    }
    if id.starts_with("ten_") {
        return Ok(app.memberships.tenant(app, id)?.map_or_else(|| id.to_owned(), |t| t.name));
    }
    Ok(id.to_owned())
}

/// Turns what people type for an actor or target (an address, an identifier) into what entries hold.
pub(crate) fn resolve_person(app: &App, typed: &str) -> Result<String, Fault> {
    if let Ok(email) = Email::parse(typed) {
        let account = app.identities.by_email(app, &email)?;
        return Ok(account.map_or_else(|| typed.to_owned(), |a| a.to_string()));
    }
    Ok(typed.to_owned())
}

/// The same for a tenant: a slug or an identifier.
pub(crate) fn resolve_tenant(app: &App, typed: &str) -> Result<String, Fault> {
    let known = app.memberships.tenant(app, typed)?;
    Ok(known.map_or_else(|| typed.to_owned(), |t| t.id.to_string()))
}
