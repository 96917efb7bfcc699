//! Personal access tokens: a person's key for their own programs.

pub(crate) mod service;
pub(crate) mod store;

pub use service::count as token_count;
