//! Support sessions: staff look into a tenant, with a written reason, for an hour at most, laid over their own session. The
//! tenant sees every one, can end it, and can have staff ask first.

pub(crate) mod letter;
pub(crate) mod service;
pub(crate) mod store;
