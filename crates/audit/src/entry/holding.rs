//! What the log says of what a person did: told them. Nothing is taken out of a log; when the person's key is destroyed,
//! what is sealed under it (where they came from, with what) is gone.

use ::store::Tx;
use base::Fault;
use base::id::AccountId;
use kernel::domain::Holding;
use kernel::{App, Op};
use serde_json::{Value, json};

use super::service;
use super::store::Filter;

pub(crate) const HOLDING: Holding = Holding { name: "audit", export, erase };

/// Calls that the kernel tells of.
const CALLS: &str = "access.";
/// Entries of an export, the newest ones.
const ENTRIES_MAX: i64 = 10_000;

fn export(app: &App, op: &Op) -> Result<Value, Fault> {
    let Some(person) = op.person() else { return Ok(Value::Null) };
    let filter = Filter { actor: Some(person.account.to_string()), ..Filter::default() };
    let all = service::page(app, &filter, None, ENTRIES_MAX)?.into_iter().map(|e| {
        json!({
            // A refused call names somebody else's tenant, if there is one of that name: the caller is not to know.
            "at": e.at.iso(), "action": e.entry.action,
            "target": e.entry.target.filter(|_| !e.entry.action.starts_with(CALLS)),
            "tenant": e.entry.tenant, "result": e.entry.result, "address": e.address,
            "device": e.device,
        })
    });
    Ok(json!({ "entries": all.collect::<Vec<_>>(), "newest": ENTRIES_MAX }))
}

fn erase(_: &App, _: &Tx<'_>, _: AccountId) -> Result<(), Fault> {
    Ok(())
}
