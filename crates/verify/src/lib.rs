//! An outsider's check of a security page: keys, signatures, log, evidence, and every verdict anew.
//!
//! It shares the log's formats with the product (`ledger`) and nothing else: the rules by which a line is
//! proven are written here a second time, so that a mistake in one of them shows as a disagreement.
//!
//! Absent: any server code, and any belief in what the page says of itself.

mod archive;
pub mod bundle;
pub mod cli;
mod evidence;
mod fetch;
pub mod judge;
mod pin;
mod probe;
mod report;

pub use bundle::{Broken, Checked, check};
pub use evidence::{opened as open_evidence, raw_key};
pub use pin::Pin;
