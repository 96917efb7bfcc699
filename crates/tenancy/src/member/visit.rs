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

    fn forget(&self, visit: (SessionId, TenantId)) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&visit);
    }
}

/// Notes that a session entered a tenant. Nobody waits for it.
pub(crate) fn note(app: &App, session: SessionId, account: AccountId, tenant: TenantId) {
    let known = app.kept.get(Known::default);
    if !known.add((session, tenant)) {
        return;
    }
    let now = app.clock.now();
    // In the queue before the request is answered, so that leaving, or removing, after it finds the row.
    let written = app.store.control().write_queued(move |tx| {
        match store::role_of(tx, tenant, account)? {
            Some(_) => store::insert_visit(tx, tenant, account, session),
            // Removed while the request was on its way: then it ends now.
            None => sessions::end_those(tx, &Permit::by_credential(), account, &[session], now),
        }
    });
    app.tasks.spawn(async move {
        if let Err(fault) = written.await {
            known.forget((session, tenant)); // the next request tries again
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
