//! Signing in with address and password.

pub(crate) mod service;
