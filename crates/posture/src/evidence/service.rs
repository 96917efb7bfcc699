//! Making, keeping and signing evidence.

use std::sync::Arc;
use std::time::Duration;

use base::{Fault, FaultKind, Timestamp};
use crypt::sign::Signer;
use kernel::control::{Control, Promise, Step};
use kernel::{App, log};
use ledger::{Checkpoint, NoteKey, evidence};
use serde_json::{Value, json};

use super::store;
use crate::run::store::{self as runs, New};
use crate::verdict::Outcome;

/// Our own kind of predicate; its fields are described in the operator's guide.
const PREDICATE: &str = "urn:vouchsafe:probe-run:v2";
/// The type of a leaf that holds a checkpoint of the audit log.
const ANCHOR: &str = "audit-checkpoint";
/// A log that stands still signs a new checkpoint this often: a missing one is visible.
const HEARTBEAT: Duration = Duration::from_mins(1);

/// The key that signs evidence and checkpoints of the public log.
pub(crate) fn signer(app: &App) -> Signer {
    Signer::from_seed(*app.store.keys().platform("sign evidence").bytes())
}

/// The name of the public log.
pub(crate) fn origin(app: &App) -> String {
    format!("vouchsafe-{}/evidence", app.installation)
}

/// The key that signs the public log's checkpoints.
pub fn note_key(app: &App) -> Result<NoteKey, Fault> {
    let signer = signer(app);
    NoteKey::new(&origin(app), *signer.seed(), signer.public())
}

/// Signs a checkpoint of what the transaction appended.
pub(crate) fn sign(tx: &::store::Tx<'_>, key: &NoteKey, now: Timestamp) -> Result<(), Fault> {
    log::checkpoint(tx, key, now, now.minus(HEARTBEAT)).map(drop)
}

/// What is told about a run beside the run itself.
pub(crate) struct About<'a> {
    pub(crate) control: &'static Control,
    pub(crate) text: &'a str,
    pub(crate) promised: &'a Promise,
    pub(crate) steps: &'a [Step],
    pub(crate) vantage: &'a str,
    pub(crate) environment: &'a str,
}

/// Signs a run, keeps it, and appends it to the public log, all in one transaction.
pub(crate) async fn record(app: &Arc<App>, mut new: New, about: &About<'_>) -> Result<(), Fault> {
    let statement = statement(&new, about);
    let signer = signer(app);
    let keyid = note_key(app)?.verifier_key();
    let envelope = evidence::seal(&statement, &keyid, |m| signer.sign(m));
    let text = serde_json::to_string(&envelope)
        .map_err(|e| Fault::because(FaultKind::Internal, "writing evidence", e))?;
    let hash = crypt::hex(&crypt::sha256(&[text.as_bytes()]));
    new.evidence.clone_from(&hash);
    let leaf = leaf(&new, about).to_string().into_bytes();
    let (key, now) = (note_key(app)?, new.run.ended_at);
    app.store
        .posture()
        .write(move |tx| {
            let mut new = new.clone();
            store::insert(tx, &hash, &text, now)?;
            new.run.number = log::append(tx, std::slice::from_ref(&leaf))?;
            runs::insert(tx, &new)?;
            sign(tx, &key, now)
        })
        .await
}

/// The leaf of a run: enough to judge by. Its fields are described in `docs/verify.md`.
fn leaf(new: &New, about: &About<'_>) -> Value {
    let run = &new.run;
    json!({
        "type": new.kind,
        "control": new.control,
        "version": run.version,
        "claim": about.control.claim,
        "at": run.ended_at,
        "outcome": run.outcome.word(),
        "reason": reason(&run.outcome),
        "attempts": run.attempts,
        "violations": run.violations,
        "measured": run.measured.as_ref().map(|m| m.value),
        "covered": run.covered,
        "of": run.of,
        "subject": run.subject,
        "evidence": new.evidence,
    })
}

fn reason(outcome: &Outcome) -> Option<&str> {
    match outcome {
        Outcome::Unable(why) => Some(why),
        Outcome::Held | Outcome::Violated => None,
    }
}

fn statement(new: &New, about: &About<'_>) -> Value {
    let run = &new.run;
    let subjects = [
        ("binary", new.digests.binary.as_str()),
        ("configuration", new.digests.config.as_str()),
        ("routes", new.digests.routes.as_str()),
    ];
    let promised = about.promised;
    let predicate = json!({
        "run": new.id,
        "kind": new.kind,
        "trigger": new.trigger,
        "claim": about.control.claim,
        "text": about.text,
        "promised": { "name": promised.name, "value": promised.value, "unit": promised.unit,
            "direction": promised.direction },
        "probe": format!("{}@{}", about.control.id, about.control.version),
        "method": about.control.method.word(),
        "safety": about.control.safety.word(),
        "falsification": (new.kind == "falsification").then_some(about.control.falsification.name),
        "target": { "kind": "plane", "covered": run.covered, "of": run.of,
            "environment": about.environment },
        "vantage": about.vantage,
        "started_at": new.started_at,
        "ended_at": run.ended_at,
        "outcome": run.outcome.word(),
        "reason": reason(&run.outcome),
        "note": run.note,
        "attempts": run.attempts,
        "violations": run.violations,
        "residue": new.residue,
        "measured": run.measured,
        "steps": about.steps,
    });
    evidence::statement(&subjects, PREDICATE, &predicate)
}

/// Appends the audit log's newest checkpoint to the public log, if it is not there yet, and signs the
/// public log's own heartbeat.
pub(crate) async fn anchor_and_beat(app: &Arc<App>) -> Result<(), Fault> {
    let now = app.clock.now();
    let audit = app.store.audit().read(log::head)?;
    let leaf =
        audit.map(|head| json!({ "type": ANCHOR, "note": head.note }).to_string().into_bytes());
    let key = note_key(app)?;
    app.store
        .posture()
        .write(move |tx| {
            if let Some(leaf) = &leaf
                && !is_last_anchor(tx, leaf)?
            {
                log::append(tx, std::slice::from_ref(leaf))?;
            }
            sign(tx, &key, now)
        })
        .await
}

/// Whether the newest anchor in the log is this one; looks back over the last leaves only.
fn is_last_anchor(tx: &::store::Tx<'_>, leaf: &[u8]) -> Result<bool, Fault> {
    let size = log::size(tx)?;
    for n in (size.saturating_sub(64)..size).rev() {
        let Some(bytes) = log::leaf(tx, n)? else { break };
        if bytes.starts_with(b"{\"note\":") || bytes.starts_with(b"{\"type\":\"audit-checkpoint\"")
        {
            return Ok(bytes == leaf);
        }
    }
    Ok(false)
}

/// Derives the public log anew and compares it with everything that was signed, then compares the audit log
/// with every checkpoint of it that the public log holds; answers the public log's size.
pub fn verify(app: &App) -> Result<u64, Fault> {
    let size = verify_log(app)?;
    verify_anchors(app)?;
    Ok(size)
}

/// The first half of [`verify`].
pub(crate) fn verify_log(app: &App) -> Result<u64, Fault> {
    let key = note_key(app)?.verifier_key();
    app.store.posture().read(|tx| log::verify(tx, &key))
}

/// The audit log must still begin with what it was when its checkpoints were anchored: an older copy of its
/// file would verify by itself. Answers how many entries the largest of them counts.
pub(crate) fn verify_anchors(app: &App) -> Result<u64, Fault> {
    let heads = anchored(app)?;
    let sizes: Vec<u64> = heads.iter().map(|head| head.size).collect();
    for (head, root) in heads.iter().zip(audit::roots_at(app, &sizes)?) {
        let what = match root {
            Some(root) if root == head.root => continue,
            Some(_) => "the audit log does not match it",
            None => "the audit log has lost entries since, or was replaced by an older copy",
        };
        return Err(Fault::new(
            FaultKind::Corrupt,
            format!("the public log holds a checkpoint of {} audit entries: {what}", head.size),
        ));
    }
    Ok(sizes.into_iter().max().unwrap_or(0))
}

/// Every checkpoint of the audit log that the public log holds.
pub(crate) fn anchored(app: &App) -> Result<Vec<Checkpoint>, Fault> {
    let key = audit::note_key(app)?.verifier_key();
    let leaves = app.store.posture().read(|tx| log::leaves(tx, 0, log::size(tx)?))?;
    let mut heads = Vec::new();
    for leaf in leaves {
        let leaf: Value = serde_json::from_slice(&leaf).unwrap_or_default();
        if leaf["type"] == ANCHOR
            && let Some(note) = leaf["note"].as_str()
        {
            heads.push(Checkpoint::verify(note, &key)?);
        }
    }
    Ok(heads)
}

/// The newest checkpoint.
pub(crate) fn head(app: &App) -> Result<Option<log::Head>, Fault> {
    app.store.posture().read(log::head)
}

/// For timestamps in pages.
pub(crate) fn head_at(head: Option<&log::Head>) -> Option<Timestamp> {
    head.map(|h| h.at)
}
