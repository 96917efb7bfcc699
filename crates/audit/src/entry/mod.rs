//! An entry: what the log says about one act.

mod holding;
mod model;
pub(crate) mod service;
pub(crate) mod store;

pub(crate) use holding::HOLDING;
pub(crate) use model::Entry;
pub use model::{Event, Outcome};
pub(crate) use service::bytes_of;
pub use service::{append, lately};
