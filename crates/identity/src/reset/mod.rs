//! A new password by letter. Nobody sets another person's password, not even the operator.

pub mod service;
pub(crate) mod store;

pub use service::SEND_LINK;
