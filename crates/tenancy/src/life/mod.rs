//! The life of a tenant after its founding: suspended by staff, closed by its owner, opened again, deleted.

pub(crate) mod delete;
pub(crate) mod service;
pub(crate) mod store;
