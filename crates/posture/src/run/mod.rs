//! Runs of probes and of their falsifications.

pub(crate) mod history;
pub(crate) mod store;
