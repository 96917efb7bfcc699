//! Invitations: a single-use link for one address, into one tenant, as one role, for seven days.

pub(crate) mod service;
pub(crate) mod store;
