//! AUD-20: entries can only be added; any other change is refused, or found.

use kernel::control::{
    Break, Control, Falsification, Method as How, Needs, Probing, Promise, Risk, Safety, Unable,
    Vantage,
};
use kernel::inspect::{File, Weakness};

mod store;

use store::{AS_APPLICATION, AS_WRITER};

use crate::sequence::verify_file;

pub(crate) const TAMPER_EVIDENT: Control = Control {
    id: "audit.tamper_evident",
    version: 1,
    claim: "AUD-20",
    promised: Promise::none("changes neither refused nor found"),
    method: How::Live,
    safety: Safety::S0,
    risk: Risk::High,
    needs: Needs { canaries: false, inspector: true },
    configuration: &[],
    routes: &[],
    asvs: &["V16.4.2"],
    probe: |vantage| -> Probing<'_> { Box::pin(async { change(vantage) }) },
    falsification: Falsification {
        name: "whoever_changes_the_log_has_its_key",
        by: Break::State { plant: |_| Ok(Weakness::KeyLeaked), mend: |_| Ok(()) },
    },
};

fn change(vantage: &Vantage) -> Result<(), Unable> {
    let inspector = vantage.inspector()?;
    for statement in AS_APPLICATION {
        let refused = inspector.refuses(&File::Audit, statement)?;
        let step = "send a statement that changes the log, as the application";
        vantage.tried(step, "refused", !refused);
    }
    let key = inspector.audit_verifier_key()?;
    for (step, statements) in AS_WRITER {
        let look = |tx: &::store::Tx<'_>| verify_file(tx, &key).map(drop);
        let found = inspector.audit_change_is_found(statements, look)?;
        vantage.tried(&format!("{step}, in a copy of the file"), "found", !found);
    }
    vantage.measured_violations();
    Ok(())
}
