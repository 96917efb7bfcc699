//! The conformance suite of the store: every engine has to pass it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod faults;
mod folder;
mod support;
mod transactions;
