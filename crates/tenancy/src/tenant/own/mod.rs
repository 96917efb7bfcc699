//! What lies in a tenant's own file.

pub(crate) mod store;

pub(crate) use store::Profile;
