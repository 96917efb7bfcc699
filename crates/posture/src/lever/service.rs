//! The verbs of the lever. Each use is a leaf of the public log and an entry of the audit log.

use std::sync::Arc;

use audit::Event;
use base::{Fault, FaultKind, text};
use kernel::access::Denied;
use kernel::web::problem::{Failure, Invalid, Problem};
use kernel::{Action, App, Op};
use serde_json::json;

use super::store;
use crate::assess;
use crate::claim::note_change;
use crate::evidence;

const WHY_CHARS_MAX: usize = 200;

/// Why the lever was not moved.
pub enum Refused {
    /// The role does not allow it.
    Denied,
    /// On our side.
    Fault(Fault),
    /// A field was refused.
    Invalid(Invalid),
    /// There is no such claim, or no such document.
    NotFound,
}

impl From<Denied> for Refused {
    fn from(_: Denied) -> Self {
        Self::Denied
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Denied => Problem::forbidden().into(),
            Refused::Fault(fault) => fault.into(),
            Refused::Invalid(invalid) => Problem::invalid(vec![invalid]).into(),
            Refused::NotFound => Problem::not_found().into(),
        }
    }
}

/// Stops all probes. Proofs then expire by their own clocks.
pub async fn pause(app: &Arc<App>, op: &Op, why: &str) -> Result<(), Refused> {
    op.permit(Action::ManagePosture)?;
    let why = text::line(why, WHY_CHARS_MAX)
        .map_err(|_| Refused::Invalid(Invalid::new("why", "error-reason-empty")))?;
    let leaf = json!({ "type": "lever", "state": "paused", "at": op.now, "why": why });
    let (now, key) = (op.now, evidence::note_key(app)?);
    app.store
        .posture()
        .write(move |tx| {
            store::pull(tx, &why, now)?;
            note_change(tx, "lever", None, &leaf, now)?;
            evidence::service::sign(tx, &key, now)
        })
        .await?;
    note(app, op, Event::done("posture.paused")).await?;
    Ok(())
}

/// Lets probes run again, and runs them at once.
pub async fn resume(app: &Arc<App>, op: &Op) -> Result<(), Refused> {
    op.permit(Action::ManagePosture)?;
    let leaf = json!({ "type": "lever", "state": "released", "at": op.now });
    let (now, key) = (op.now, evidence::note_key(app)?);
    app.store
        .posture()
        .write(move |tx| {
            store::release(tx)?;
            note_change(tx, "lever", None, &leaf, now)?;
            evidence::service::sign(tx, &key, now)
        })
        .await?;
    note(app, op, Event::done("posture.resumed")).await?;
    app.assess_bell.notify_one();
    Ok(())
}

/// Asks for every probe now, not at its next turn.
pub(crate) async fn run_now(app: &Arc<App>, op: &Op) -> Result<(), Refused> {
    op.permit(Action::ManagePosture)?;
    note(app, op, Event::done("posture.run_requested")).await?;
    app.assess_bell.notify_one();
    Ok(())
}

/// Runs the probe of one claim now, beside what asked for it; with a fresh falsification if wanted.
pub(crate) async fn run_one(
    app: &Arc<App>,
    op: &Op,
    claim: &str,
    falsify: bool,
) -> Result<(), Refused> {
    op.permit(Action::ManagePosture)?;
    let control = assess::control_of(app, claim).ok_or(Refused::NotFound)?;
    note(app, op, Event::done("posture.run_requested").to(claim)).await?;
    let running = Arc::clone(app);
    app.tasks.spawn(async move {
        let done = if falsify {
            assess::falsify_now(&running, &[control]).await
        } else {
            assess::assess_one(&running, control.claim, "request").await.map(drop)
        };
        if let Err(fault) = done {
            tracing::error!(fault = %fault.chain(), "a proof could not be recorded");
        }
    });
    Ok(())
}

/// Posture's file has no outbox: the audit entry goes through control data, after the lever moved. A crash
/// in between leaves the public leaf, which says the same.
pub(crate) async fn note(app: &Arc<App>, op: &Op, event: Event) -> Result<(), Fault> {
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| audit::append(&app2, tx, &op2, event.clone()))
        .await
        .map_err(|f| Fault::because(FaultKind::Internal, "noting the lever", f))
}
