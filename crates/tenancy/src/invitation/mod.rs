//! Invitations: a single-use link for one address, into one tenant, as one role, for seven days.

pub(crate) mod service;
mod signed;
pub(crate) mod store;
