//! Published claims, and the public ledger of what was added, reworded, weakened or withdrawn.

mod service;
pub(crate) mod store;

pub(crate) use service::{ENFORCED, sync, withdraw};
pub(crate) use service::{
    Published, is_built, note_change, note_states, pause, publish, published,
};
