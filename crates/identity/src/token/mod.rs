//! Personal access tokens: a person's key for their own programs.

mod page;
pub(crate) mod service;
pub(crate) mod store;

pub(crate) use page::routes;
pub use service::count as token_count;
