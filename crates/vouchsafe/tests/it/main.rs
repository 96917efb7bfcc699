//! Journeys through the whole composition, with a clock of their own.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests fail by panicking, and spawn as they like"
)]

mod api;
mod attacks;
mod audit;
mod backups;
mod captcha;
mod coverage;
mod deadlines;
mod doors;
mod factors;
mod faults;
mod groups;
mod hardware;
mod imports;
mod judges;
mod life;
mod location;
mod looking_in;
mod matrix;
mod origins;
mod outsiders;
mod passkeys;
mod people;
mod places;
mod privacy;
mod probes;
mod proofs;
mod refusals;
mod scopes;
mod staff;
mod stolen;
mod support;
mod teams;
