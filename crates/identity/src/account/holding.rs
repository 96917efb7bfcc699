//! What identity holds about a person: told them, and forgotten.

use ::store::Tx;
use base::id::AccountId;
use base::{Fault, FaultKind, Timestamp};
use kernel::domain::Holding;
use kernel::{App, Op};
use serde_json::{Value, json};

use super::{service, store};
use crate::device::store as devices;
use crate::factor::{passkey, phone};
use crate::problem::Refused;
use crate::{session, token};

pub(crate) const HOLDING: Holding = Holding { name: "identity", export, erase };

fn export(app: &App, op: &Op) -> Result<Value, Fault> {
    let Some(person) = op.person() else { return Ok(Value::Null) };
    let Some(known) = service::get(app, person.account)? else { return Ok(Value::Null) };
    let factors = crate::factor::service::of(app, person.account)?;
    let methods: Vec<&str> = factors.methods().into_iter().map(|m| m.word()).collect();
    let [browsers, networks] = app.store.control().read(|tx| devices::seen(tx, person.account))?;
    let staff = app.store.control().read(|tx| crate::staff::store::find(tx, person.account))?;
    let isos = |all: Vec<Timestamp>| all.into_iter().map(Timestamp::iso).collect::<Vec<_>>();
    Ok(json!({
        "account": {
            "id": known.id.to_string(),
            "email": known.email.reveal(),
            "name": known.name.reveal(),
            "lang": known.lang.code(),
            "staff": known.staff,
            "made_at": known.made_at.iso(),
            "password_changed_at": known.password_changed_at.iso(),
        },
        "staff": staff.map(|s| json!({
            "duties": s.duties, "since": s.since.iso(), "agreement": s.agreement,
            "signed_at": s.signed_at.map(Timestamp::iso),
            "reviewed_at": s.reviewed_at.map(Timestamp::iso),
        })),
        "second_factors": methods,
        "authenticator_app": factors.totp.map(|t| json!({
            "made_at": t.made_at.iso(), "last_used_at": t.last_used_at.map(Timestamp::iso),
        })),
        "backup_codes_left": factors.backup_codes_left,
        "known_browsers_seen_at": isos(browsers),
        "known_networks_seen_at": isos(networks),
        "phone": phone::of(app, person.account)?,
        "passkeys": passkeys(app, person.account)?,
        "sessions": sessions(app, op)?,
        "tokens": tokens(app, op)?,
    }))
}

fn passkeys(app: &App, account: AccountId) -> Result<Vec<Value>, Fault> {
    let all = passkey::list(app, account)?.into_iter().map(|p| {
        json!({
            "id": p.id.to_string(), "name": p.name, "made_at": p.made_at.iso(),
            "last_used_at": p.last_used_at.map(|at| at.iso()),
        })
    });
    Ok(all.collect())
}

fn sessions(app: &App, op: &Op) -> Result<Vec<Value>, Fault> {
    let all = session::service::list(app, op).map_err(fault)?.into_iter().map(|s| {
        json!({
            "id": s.id.to_string(), "device": s.device, "address": s.address,
            "made_at": s.made_at.iso(), "last_active_at": s.last_active_at.iso(),
            "method": s.method,
        })
    });
    Ok(all.collect())
}

fn tokens(app: &App, op: &Op) -> Result<Vec<Value>, Fault> {
    let all = token::service::list(app, op).map_err(fault)?.into_iter().map(|t| {
        json!({
            "id": t.id.to_string(), "name": t.name, "made_at": t.made_at.iso(),
            "expires_at": t.expires_at.iso(), "last_used_at": t.last_used_at.map(|at| at.iso()),
            "scopes": t.scopes.words(), "tenant": t.only, "state": t.state,
        })
    });
    Ok(all.collect())
}

fn fault(refused: Refused) -> Fault {
    match refused {
        Refused::Fault(fault) => fault,
        other => Fault::new(FaultKind::Internal, format!("one's own data was refused: {other:?}")),
    }
}

fn erase(app: &App, tx: &Tx<'_>, account: AccountId) -> Result<(), Fault> {
    if let Some(known) = service::get(app, account)? {
        kernel::mail::forget(app, tx, account, &known.email)?;
    }
    store::erase(tx, account)
}
