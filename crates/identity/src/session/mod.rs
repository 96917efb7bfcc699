//! Sessions: a browser that signed in, until it is signed out, revoked or forgotten.

pub mod service;
pub(crate) mod store;

pub use service::{Opened, prepare, prepare_as};
