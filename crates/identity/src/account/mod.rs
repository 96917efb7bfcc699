//! Accounts: a person's address, name and password verifier.

pub mod import;
pub mod service;
pub mod store;

pub use service::{Draft, Known, draft};
