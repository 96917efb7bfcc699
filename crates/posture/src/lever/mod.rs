//! The safety lever: stops all probes, with a reason that the public page shows.

mod service;
pub(crate) mod store;

pub use service::{Refused, pause, resume};
pub(crate) use service::{note, run_now, run_one};
