//! What tenancy holds about a person: told them, and forgotten.

use ::store::Tx;
use base::Fault;
use base::id::AccountId;
use kernel::domain::Holding;
use kernel::{App, Op};
use serde_json::{Value, json};

use super::store;
use crate::group::store as groups;
use crate::invitation::store as invitations;

pub(crate) const HOLDING: Holding = Holding { name: "tenancy", export, erase };

fn export(app: &App, op: &Op) -> Result<Value, Fault> {
    let Some(person) = op.person() else { return Ok(Value::Null) };
    let mut all = Vec::new();
    for m in app.memberships.of(app, person.account)? {
        let groups =
            app.store.control().read(|tx| groups::names_of(tx, m.tenant, person.account))?;
        let tenant = m.tenant.to_string();
        all.push(
            json!({ "tenant": tenant, "name": m.name, "role": m.role.word(), "groups": groups }),
        );
    }
    Ok(json!({ "memberships": all }))
}

/// Memberships, visits, invitations by them, and such as wait for their address. What a tenant's log says of them stays: it
/// names an identifier only, behind which nobody is any more.
fn erase(app: &App, tx: &Tx<'_>, account: AccountId) -> Result<(), Fault> {
    if let Some(profile) = app.identities.profile(app, account)? {
        let index = app.blind_index("account.email", &profile.email.folded());
        invitations::remove_for(tx, &index)?;
    }
    invitations::remove_all_of(tx, account)?;
    store::erase(tx, account)
}
