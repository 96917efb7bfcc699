//! Setting the platform up: the first account, the first tenant, the recovery kit.

pub(crate) mod service;

pub use service::{Complete, Typed, complete};
