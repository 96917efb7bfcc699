//! Runs of probes and of their falsifications.

pub(crate) mod store;
