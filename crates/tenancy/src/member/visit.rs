//! Which session entered which tenant, so that removing a member can end just these.
//!
//! A row is written beside the first request of a session to a tenant; later ones are known by memory alone.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use ::store::Tx;
use base::Fault;
use base::id::{AccountId, SessionId, TenantId};
use identity::session::service as sessions;
use kernel::{App, Op, Permit};

use super::store;

/// Visits that are remembered before all are forgotten: what is forgotten is written once more, and that is all.
const REMEMBERED: usize = 100_000;

#[derive(Default)]
struct Known(Mutex<HashSet<(SessionId, TenantId)>>);

impl Known {
    /// Whether this one is new.
    fn add(&self, visit: (SessionId, TenantId)) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(visit)
    }
}

/// Notes that a session entered a tenant. Nobody waits for it.
pub(crate) fn note(app: &App, session: SessionId, account: AccountId, tenant: TenantId) {
    if !app.kept.get(Known::default).add((session, tenant)) {
        return;
    }
    let (control, now) = (app.store.control().clone(), app.clock.now());
    app.tasks.spawn(async move {
        let written = control.write(move |tx| {
            store::insert_visit(tx, tenant, account, session)?;
            // Removed between the request and this: then it ends now.
            if store::role_of(tx, tenant, account)?.is_none() {
                sessions::end_those(tx, &Permit::by_credential(), account, &[session], now)?;
            }
            Ok::<_, Fault>(())
        });
        if let Err(fault) = written.await {
            tracing::warn!(fault = %fault.chain(), "a visit was not noted");
        }
    });
}

/// Ends every session in which a person entered a tenant: the first in the list of what ends with a membership.
pub(crate) fn end_all(
    _: &App,
    tx: &Tx<'_>,
    op: &Op,
    permit: &Permit,
    (tenant, account): (TenantId, AccountId),
) -> Result<(), Fault> {
    let visits = store::take_visits(tx, tenant, account)?;
    sessions::end_those(tx, permit, account, &visits, op.now)
}
