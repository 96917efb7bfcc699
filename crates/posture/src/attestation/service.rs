//! The verbs of attestations, and the state that follows from them.

use std::sync::Arc;

use audit::Event;
use base::id::RunId;
use base::{Fault, Timestamp, text};
use kernel::web::problem::Invalid;
use kernel::{Action, App, Op};
use serde_json::json;

use super::store::{self, Stored};
use crate::catalogue::{self, Class};
use crate::claim::note_change;
use crate::evidence;
use crate::lever::{self, Refused};

const TEXT_CHARS_MAX: usize = 200;

/// What somebody received and wants to stand on the page.
pub(crate) struct Wanted<'a> {
    pub(crate) claim: &'a str,
    pub(crate) issuer: &'a str,
    pub(crate) scope: &'a str,
    /// SHA-256 of the document, hexadecimal.
    pub(crate) document: &'a str,
    pub(crate) effective_from: Timestamp,
    pub(crate) effective_until: Timestamp,
}

/// Takes a document in. It counts once somebody else has approved it.
pub(crate) async fn attest(
    app: &Arc<App>,
    op: &Op,
    wanted: &Wanted<'_>,
) -> Result<String, Refused> {
    op.permit(Action::ManagePosture)?;
    let entry = catalogue::find(wanted.claim).ok_or(Refused::NotFound)?;
    let refused = |field, text| Refused::Invalid(Invalid::new(field, text));
    if !entry.classes.contains(&Class::Attested) {
        return Err(refused("claim", "error-claim-not-attestable"));
    }
    let line = |field, value: &str| {
        text::line(value, TEXT_CHARS_MAX).map_err(|_| refused(field, "error-attestation-text"))
    };
    let (issuer, scope) = (line("issuer", wanted.issuer)?, line("scope", wanted.scope)?);
    let document = wanted.document.trim().to_ascii_lowercase();
    if document.len() != 64 || !document.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(refused("document", "error-attestation-document"));
    }
    if wanted.effective_until <= wanted.effective_from || wanted.effective_until <= op.now {
        return Err(refused("effective_until", "error-attestation-dates"));
    }
    let new = Stored {
        id: RunId::new(op.now, &*app.rng).to_string(),
        claim: entry.id.clone(),
        issuer,
        scope,
        document,
        effective_from: wanted.effective_from,
        effective_until: wanted.effective_until,
        received_at: op.now,
        received_by: op.actor_id(),
        approved_at: None,
        approved_by: None,
    };
    let id = new.id.clone();
    let claim = new.claim.clone();
    app.store.posture().write(move |tx| store::insert(tx, &new)).await?;
    lever::note(app, op, Event::done("posture.attestation_received").to(&claim)).await?;
    Ok(id)
}

/// A second person says that the document is what it says it is. From then on it is public.
pub(crate) async fn approve(app: &Arc<App>, op: &Op, id: &str) -> Result<(), Refused> {
    op.permit(Action::ManagePosture)?;
    let found = app.store.posture().read(|tx| store::find(tx, id))?.ok_or(Refused::NotFound)?;
    if found.received_by == op.actor_id() {
        return Err(Refused::Invalid(Invalid::new("approve", "error-second-person")));
    }
    let leaf = json!({
        "type": "attestation", "claim": found.claim, "id": found.id, "issuer": found.issuer,
        "scope": found.scope, "document": found.document, "received_at": found.received_at,
        "effective_from": found.effective_from, "effective_until": found.effective_until,
        "at": op.now, "state": "approved",
    });
    let (id, by, now, key) = (id.to_owned(), op.actor_id(), op.now, evidence::note_key(app)?);
    let claim = found.claim.clone();
    app.store
        .posture()
        .write(move |tx| {
            if store::approve(tx, &id, &by, now)? {
                note_change(tx, "attestation", Some(&claim), &leaf, now)?;
            }
            evidence::service::sign(tx, &key, now)
        })
        .await?;
    lever::note(app, op, Event::done("posture.attestation_approved").to(&found.claim)).await?;
    Ok(())
}

/// Takes a document back, publicly if it was public.
pub(crate) async fn withdraw(app: &Arc<App>, op: &Op, id: &str) -> Result<(), Refused> {
    op.permit(Action::ManagePosture)?;
    let found = app.store.posture().read(|tx| store::find(tx, id))?.ok_or(Refused::NotFound)?;
    let leaf = json!({ "type": "attestation", "claim": found.claim, "id": found.id,
        "at": op.now, "state": "withdrawn" });
    let (id, now, key) = (id.to_owned(), op.now, evidence::note_key(app)?);
    let (claim, public) = (found.claim.clone(), found.approved_at.is_some());
    app.store
        .posture()
        .write(move |tx| {
            if store::withdraw(tx, &id, now)? && public {
                note_change(tx, "attestation", Some(&claim), &leaf, now)?;
            }
            evidence::service::sign(tx, &key, now)
        })
        .await?;
    lever::note(app, op, Event::done("posture.attestation_withdrawn").to(&found.claim)).await?;
    Ok(())
}

/// The document that decides each claim, last of all those of the claim: the one that was approved last; one
/// that waits for a second person only where there is no other.
pub(crate) fn deciding(app: &App) -> Result<Vec<Stored>, Fault> {
    let mut all = newest(app)?;
    all.sort_by_key(|a| (a.approved_at.is_some(), a.approved_at));
    Ok(all)
}

/// All documents that were not taken back.
pub(crate) fn newest(app: &App) -> Result<Vec<Stored>, Fault> {
    app.store.posture().read(store::all)
}
