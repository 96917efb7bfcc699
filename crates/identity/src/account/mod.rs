//! Accounts: a person's address, name and password verifier.

mod holding;
pub mod import;
pub mod service;
pub mod store;

pub(crate) use holding::HOLDING;
pub use service::{Draft, Known, draft};
