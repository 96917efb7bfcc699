//! Signing in: a password or a passkey, then whatever else this account, its tenants or this installation want.

pub(crate) mod finish;
pub(crate) mod location;
pub(crate) mod service;
pub(crate) mod show;
pub(crate) mod store;
pub(crate) mod way;

pub(crate) use finish::Finished;
