//! Members: who belongs to a tenant, and as what.

mod holding;
pub(crate) mod service;
pub(crate) mod store;
pub(crate) mod visit;

pub(crate) use holding::HOLDING;

/// The names of the tenants that would be left without an owner if a person went.
pub fn owned_alone(
    tx: &::store::Tx<'_>,
    account: base::id::AccountId,
) -> Result<Vec<String>, base::Fault> {
    store::owned_alone(tx, account)
}
