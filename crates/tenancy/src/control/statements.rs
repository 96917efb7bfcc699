//! TEN-03: a query reaches the data of the tenant that it was made for, and no other; the framework sees to it.

use kernel::control::{
    Break, Control, Falsification, Method as How, Needs, Probing, Promise, Risk, Safety, Unable,
    Vantage, blocking,
};
use kernel::inspect::{File, Weakness};

use super::store::{FROM_A_TENANT, FROM_CONTROL, OWN};

pub(super) const SCOPED: Control = Control {
    id: "tenancy.statements_scoped",
    version: 2,
    claim: "TEN-03",
    promised: Promise::none("statements that reach beyond one tenant"),
    method: How::Live,
    safety: Safety::S0,
    risk: Risk::High,
    needs: Needs::BOTH,
    configuration: &["data"],
    routes: &[],
    asvs: &["V8.4.1"],
    probe: |vantage| -> Probing<'_> { Box::pin(async { blocking(|| reach(vantage)) }) },
    falsification: Falsification {
        name: "sqlite_asks_nobody",
        by: Break::State { plant: |_| Ok(Weakness::GuardOff), mend: |_| Ok(()) },
    },
};

fn reach(vantage: &Vantage) -> Result<(), Unable> {
    let inspector = vantage.inspector()?;
    for canary in &vantage.canaries {
        let file = File::Tenant(canary.tenant, canary.region.clone());
        for statement in FROM_A_TENANT {
            let step = "send a statement that leaves the tenant's own tables";
            vantage.tried(step, "refused", !inspector.refuses(&file, statement)?);
        }
        if inspector.refuses(&file, OWN)? {
            return Err(Unable::because("a statement on the tenant's own table was refused"));
        }
    }
    for statement in FROM_CONTROL {
        let step = "send a statement without a tenant for tenants' data";
        vantage.tried(step, "refused", !inspector.refuses(&File::Control, statement)?);
    }
    vantage.measured_violations();
    Ok(())
}
