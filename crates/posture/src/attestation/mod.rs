//! Attestations: documents that say what no probe can show, with an issuer, dates and a second person.

mod service;
pub(crate) mod store;

pub(crate) use service::{Wanted, approve, attest, deciding, newest, withdraw};
