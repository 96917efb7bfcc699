//! What the kernel asks about tenants.

use base::Fault;
use base::id::{AccountId, TenantId};
use kernel::{App, Membership, Memberships, TenantName};

use crate::{member, tenant};

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

    fn find(
        &self,
        app: &App,
        account: AccountId,
        wanted: &str,
    ) -> Result<Option<Membership>, Fault> {
        app.store.control().read_one(|tx| member::store::find(tx, account, wanted))
    }
}
