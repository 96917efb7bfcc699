//! How the operator presents the product: name, colour, logo.

pub(crate) mod service;
