//! The probes of the log. Here AUD-20: entries can only be added; any other change is refused, or found.

use ::store::Tx;
use base::{Fault, FaultKind};
use kernel::control::{
    Break, Control, Falsification, Method as How, Needs, Probing, Promise, Risk, Safety, Unable,
    Vantage, blocking,
};
use kernel::inspect::{File, Weakness};
use kernel::log;
use ledger::Hash;

mod admin;
mod archive;
mod console;
mod read;
mod store;

pub(crate) use admin::ADMIN;
pub(crate) use archive::COMPLETE;
pub(crate) use console::CONSOLE;
pub(crate) use read::{FILTERED, OWN};
use store::{AS_APPLICATION, AS_WRITER};

use crate::sequence::verify_file;

pub(crate) const TAMPER_EVIDENT: Control = Control {
    id: "audit.tamper_evident",
    version: 2,
    claim: "AUD-20",
    promised: Promise::none("changes neither refused nor found"),
    method: How::Live,
    safety: Safety::S0,
    risk: Risk::High,
    needs: Needs::INSIDE,
    configuration: &[],
    routes: &[],
    asvs: &["V16.4.2"],
    probe: |vantage| -> Probing<'_> { Box::pin(async { blocking(|| change(vantage)) }) },
    falsification: Falsification {
        name: "whoever_changes_the_log_has_its_key",
        by: Break::State { plant: |_| Ok(Weakness::KeyLeaked), mend: |_| Ok(()) },
    },
};

/// Anchors that the log is compared with.
const ANCHORS: usize = 500;

fn change(vantage: &Vantage) -> Result<(), Unable> {
    let inspector = vantage.inspector()?;
    let key = inspector.audit_verifier_key()?;
    let anchors = inspector.anchors()?;
    let anchors = &anchors[anchors.len().saturating_sub(ANCHORS)..];
    if anchors.is_empty() {
        return Err(Unable::because("the public log holds no checkpoint of the audit log yet"));
    }
    // As it stands it has to be whole, else finding changes in it says nothing.
    let whole = inspector.audit(|tx| look_over(tx, &key, anchors));
    let found = matches!(&whole, Err(fault) if fault.kind() == FaultKind::Corrupt);
    let expected = "it is as it was signed";
    vantage.tried("look over the log itself, against its checkpoints", expected, found);
    if let Err(fault) = whole
        && !found
    {
        return Err(fault.into());
    }
    if found {
        vantage.measured_violations();
        return Ok(());
    }
    for statement in AS_APPLICATION {
        let refused = inspector.refuses(&File::Audit, statement)?;
        let step = "send a statement that changes the log, as the application";
        vantage.tried(step, "refused", !refused);
    }
    for (step, statements) in AS_WRITER {
        let look = |tx: &Tx<'_>| look_over(tx, &key, anchors);
        let found = inspector.audit_change_is_found(statements, look)?;
        vantage.tried(&format!("{step}, in a copy of the file"), "found", !found);
    }
    vantage.measured_violations();
    Ok(())
}

/// The log by itself, and against what the public log holds of it.
fn look_over(tx: &Tx<'_>, key: &str, anchors: &[(u64, Hash)]) -> Result<(), Fault> {
    let size = verify_file(tx, key)?;
    for (counted, root) in anchors {
        if *counted > size || log::root(tx, *counted)? != *root {
            let what = "it does not begin with what the public log holds of it";
            return Err(Fault::new(FaultKind::Corrupt, what));
        }
    }
    Ok(())
}
