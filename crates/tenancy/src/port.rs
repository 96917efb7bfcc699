//! What the kernel asks about tenants.

use std::sync::Arc;

use base::Fault;
use base::id::{AccountId, SessionId, TenantId};
use kernel::{App, Membership, Memberships, Noting, Op, Origins, Support, TenantName};

use crate::{member, origin, support, tenant};

/// Answers the kernel's questions.
#[derive(Clone, Copy, Debug, Default)]
pub struct Port;

impl Memberships for Port {
    fn of(&self, app: &App, account: AccountId) -> Result<Vec<Membership>, Fault> {
        app.store.control().read_one(|tx| member::store::of_account(tx, account))
    }

    fn tenant(&self, app: &App, wanted: &str) -> Result<Option<TenantName>, Fault> {
        app.store.control().read(|tx| tenant::store::name(tx, wanted))
    }

    fn places(&self, app: &App) -> Result<Vec<(TenantId, String)>, Fault> {
        app.store.control().read(tenant::store::places)
    }

    fn support(&self, app: &App, session: SessionId) -> Result<Option<Support>, Fault> {
        support::service::over(app, session)
    }

    fn note_support<'a>(
        &'a self,
        app: &'a Arc<App>,
        op: &'a Op,
        method: &'a str,
        route: &'a str,
    ) -> Noting<'a> {
        Box::pin(support::service::note(app, op, method, route))
    }

    fn note_visit(&self, app: &App, session: SessionId, own: &Membership) {
        member::visit::note(app, session, own.account, own.tenant);
    }

    fn origins(&self, app: &App, wanted: &str) -> Result<Option<Origins>, Fault> {
        app.store.control().read_one(|tx| origin::store::of(tx, wanted))
    }

    fn find(
        &self,
        app: &App,
        account: AccountId,
        wanted: &str,
    ) -> Result<Option<Membership>, Fault> {
        app.store.control().read_one(|tx| member::store::find(tx, account, wanted))
    }
}
