//! One's own data: told, and forgotten.

mod service;

pub(crate) use service::{DESTROY_KEY, anonymise, export};
