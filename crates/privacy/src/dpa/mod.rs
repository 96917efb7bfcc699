//! The data processing agreement: a text that anybody can read and sign.

pub(crate) mod service;
pub(crate) mod store;
