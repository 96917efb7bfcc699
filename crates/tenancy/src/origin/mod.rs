//! Origins: from which other sites' pages the API may be called for a tenant.

mod http;
mod parse;
pub(crate) mod service;
pub(crate) mod store;

pub(crate) use http::routes;
