//! Whether the public log and its evidence are whole: a proof in a log that does not verify is none.

use std::sync::{Mutex, PoisonError};

use base::{Fault, FaultKind};
use kernel::App;
use ledger::evidence::Envelope;

use crate::run::store as runs;
use crate::{assess, evidence};

/// Runs of each control whose evidence is looked at.
const RUNS: i64 = 12;

/// What the last look over the log found; nothing before the first one.
#[derive(Default)]
struct Last(Mutex<Option<Result<(), String>>>);

/// Looks over the log and the evidence, and remembers what was found.
pub(crate) fn look(app: &App) -> Result<(), Fault> {
    let found = match evidence::verify_log(app).and_then(|_| envelopes(app)) {
        Ok(()) => Ok(()),
        Err(fault) if fault.kind() == FaultKind::Corrupt => {
            tracing::error!(fault = %fault.chain(), "the public log does not verify");
            Err(fault.chain())
        }
        // Nothing is known: too many open files, say.
        Err(fault) => return Err(fault),
    };
    let last = app.kept.get(Last::default);
    *last.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(found);
    Ok(())
}

/// Whether somebody has looked since the start.
pub(crate) fn is_known(app: &App) -> bool {
    let last = app.kept.get(Last::default);
    last.0.lock().unwrap_or_else(PoisonError::into_inner).is_some()
}

/// Why no proof counts, if that is so.
pub(crate) fn doubt(app: &App) -> Option<String> {
    let last = app.kept.get(Last::default);
    let last = last.0.lock().unwrap_or_else(PoisonError::into_inner);
    match &*last {
        None => Some("the public log has not been looked over since the start".into()),
        Some(Ok(())) => None,
        Some(Err(what)) => Some(format!("the public log does not verify: {what}")),
    }
}

/// The evidence of the runs that verdicts can rest on is there, as it was signed.
fn envelopes(app: &App) -> Result<(), Fault> {
    let public = evidence::service::signer(app).public();
    let corrupt = |hash: &str, what: &str| {
        Err(Fault::new(FaultKind::Corrupt, format!("evidence {hash}: {what}")))
    };
    for control in assess::controls(app) {
        for kind in ["probe", "falsification"] {
            let newest = app.store.posture().read(|tx| runs::newest(tx, control.id, kind, RUNS))?;
            for recorded in newest {
                let hash = &recorded.evidence;
                let text = app.store.posture().read(|tx| evidence::store::find(tx, hash))?;
                let Some(text) = text else { return corrupt(hash, "it is missing") };
                if crypt::hex(&crypt::sha256(&[text.as_bytes()])) != *hash {
                    return corrupt(hash, "its bytes were changed");
                }
                let envelope: Option<Envelope> = serde_json::from_str(&text).ok();
                let signed = envelope.is_some_and(|e| {
                    let accept = |m: &[u8], s: &[u8]| crypt::sign::verify(&public, m, s);
                    ledger::evidence::payload(&e, accept).is_some()
                });
                if !signed {
                    return corrupt(hash, "its signature does not verify");
                }
            }
        }
    }
    Ok(())
}
