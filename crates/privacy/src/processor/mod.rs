//! Sub-processors: companies outside that get data of the platform.

pub(crate) mod service;
pub(crate) mod store;
