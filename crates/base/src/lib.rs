//! The words that every other crate shares: identifiers, time, chance, secrets, faults and limits.
//!
//! Nothing here performs I/O, and nothing here is asynchronous. This crate is small and changes
//! seldom, because every edit rebuilds the whole house.

pub mod clock;
pub mod fault;
pub mod id;
pub mod limit;
pub mod rng;
pub mod secret;
pub mod text;

pub use clock::{Clock, Timestamp};
pub use fault::{Fault, FaultKind};
pub use id::Id;
pub use rng::Rng;
pub use secret::{Pii, Secret};
