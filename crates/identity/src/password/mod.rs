//! Passwords: which are taken, and changing one's own.

pub mod policy;
pub(crate) mod service;
pub(crate) mod strength;
