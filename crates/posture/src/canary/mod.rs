//! Canaries: ordinary accounts, made through the public sign-up, known to posture alone.

pub(crate) mod service;
pub(crate) mod store;
