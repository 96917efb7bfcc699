//! The conformance suite of the store: every engine has to pass it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests fail by panicking, and spawn as they like"
)]

mod faults;
mod folder;
mod support;
mod transactions;
