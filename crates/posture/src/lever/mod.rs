//! The safety lever: stops all probes, with a reason that the public page shows.

mod service;
pub(crate) mod store;

pub(crate) use service::run_now;
pub use service::{Refused, pause, resume};
