//! Signing up: the request answers the same for every address; what follows happens by mail.

pub(crate) mod service;
pub(crate) mod store;

pub(crate) use service::OPEN_ACCOUNT;
