//! Evidence: each run signed, kept, and appended to the public log.

pub(crate) mod service;
pub(crate) mod store;

pub use service::{note_key, verify};
pub(crate) use service::{verify_anchors, verify_log};
