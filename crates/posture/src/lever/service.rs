//! The verbs of the lever. Each use is a leaf of the public log and an entry of the audit log.

use std::sync::Arc;

use audit::Event;
use base::{Fault, FaultKind, text};
use kernel::access::Denied;
use kernel::web::problem::{Failure, Invalid, Problem};
use kernel::{Action, App, Op, log};
use serde_json::json;

use super::store;

const WHY_CHARS_MAX: usize = 200;

/// Why the lever was not moved.
pub enum Refused {
    /// The role does not allow it.
    Denied,
    /// On our side.
    Fault(Fault),
    /// A reason is needed.
    Invalid(Invalid),
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
        }
    }
}

/// Stops all probes. Proofs then expire by their own clocks.
pub async fn pause(app: &Arc<App>, op: &Op, why: &str) -> Result<(), Refused> {
    op.permit(Action::ManagePosture)?;
    let why = text::line(why, WHY_CHARS_MAX)
        .map_err(|_| Refused::Invalid(Invalid::new("why", "error-reason-empty")))?;
    let leaf = json!({ "type": "paused", "at": op.now, "why": why }).to_string();
    let now = op.now;
    app.store
        .posture()
        .write(move |tx| {
            store::pull(tx, &why, now)?;
            log::append(tx, &[leaf.clone().into_bytes()]).map(drop)
        })
        .await?;
    note(app, op, "posture.paused").await?;
    Ok(())
}

/// Lets probes run again, and runs them at once.
pub async fn resume(app: &Arc<App>, op: &Op) -> Result<(), Refused> {
    op.permit(Action::ManagePosture)?;
    let leaf = json!({ "type": "resumed", "at": op.now }).to_string();
    app.store
        .posture()
        .write(move |tx| {
            store::release(tx)?;
            log::append(tx, &[leaf.clone().into_bytes()]).map(drop)
        })
        .await?;
    note(app, op, "posture.resumed").await?;
    app.assess_bell.notify_one();
    Ok(())
}

/// Asks for every probe now, not at its next turn.
pub(crate) async fn run_now(app: &Arc<App>, op: &Op) -> Result<(), Refused> {
    op.permit(Action::ManagePosture)?;
    note(app, op, "posture.run_requested").await?;
    app.assess_bell.notify_one();
    Ok(())
}

/// Posture's file has no outbox: the audit entry goes through control data, after the lever moved. A crash
/// in between leaves the public leaf, which says the same.
async fn note(app: &Arc<App>, op: &Op, action: &'static str) -> Result<(), Fault> {
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| audit::append(&app2, tx, &op2, Event::done(action)))
        .await
        .map_err(|f| Fault::because(FaultKind::Internal, "noting the lever", f))
}
