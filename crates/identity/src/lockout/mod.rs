//! What wrong passwords and codes lead to: after three from one address an hour's silence for that address, and never
//! for the account's owner elsewhere. Every kind counts for itself, so that wrong codes use up no passwords.
//!
//! Whoever is locked out is told nothing else than whoever is wrong.

pub(crate) mod service;
pub(crate) mod store;

pub(crate) use service::{Allowed, Subject, ask};
