//! Where and with what somebody signs in: browsers and networks that an account knows, warnings about others, and the
//! one press that undoes what somebody else did.

pub(crate) mod service;
pub(crate) mod store;
