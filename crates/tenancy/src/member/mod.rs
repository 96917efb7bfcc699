//! Members: who belongs to a tenant, and as what.

pub(crate) mod service;
pub(crate) mod store;
pub(crate) mod visit;
