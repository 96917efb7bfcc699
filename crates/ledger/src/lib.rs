//! Tamper-evident logs: tree, tiles, checkpoints, proofs and signed evidence, as pure functions.
//!
//! The formats are public ones, so that an outsider checks them with other people's tools: RFC 6962
//! trees, C2SP tlog-tiles and tlog-checkpoint, DSSE envelopes with in-toto statements. Where the hashes
//! lie is the caller's affair.

pub mod archive;
pub mod checkpoint;
pub mod evidence;
pub mod tile;
pub mod tree;

pub use checkpoint::{Checkpoint, NoteKey};
pub use tree::{Hash, Nodes, TreeFault};
