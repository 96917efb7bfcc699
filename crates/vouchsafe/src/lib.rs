//! The binary's own parts: it reads the configuration, composes the domains, listens, and runs commands.
//!
//! Absent: business rules. Start at [`compose`]: it lists the domains.

pub mod backup;
pub mod bench;
pub mod cli;
pub mod clock;
pub mod compose;
mod demo;
pub mod docs;
pub mod doctor;
pub mod lifecycle;
pub mod listener;
pub mod local;
pub mod ops;
mod redirect;
mod shadow;
mod show;
pub mod tls;
