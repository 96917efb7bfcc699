//! Tenants: the directory, and each one's own file.

pub(crate) mod own;
pub mod service;
pub(crate) mod store;
