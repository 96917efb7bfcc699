//! How it is shown that a probe can fail: a system that is broken just so, and the probe sent against it.

use std::sync::Arc;

use base::Fault;

use super::vantage::Canary;
use crate::app::App;
use crate::door::{Answer, Request};
use crate::inspect::Weakness;

/// How a probe is shown to be able to fail.
#[derive(Clone, Copy)]
pub struct Falsification {
    /// `revoked_sessions_still_answer`.
    pub name: &'static str,
    /// What is broken.
    pub by: Break,
}

/// A way of breaking. None of them is in the running product: a proxy stands before it, or a marked shadow
/// is broken in its stead.
#[derive(Clone, Copy)]
pub enum Break {
    /// A fault proxy changes the answers.
    Answers(fn() -> Box<dyn Tamper>),
    /// A stand-in answers the first bytes of each connection with these.
    FirstBytes(fn(&[u8]) -> Vec<u8>),
    /// Data or configuration of a shadow is made what it must not be, and made good again.
    State {
        /// Breaks; says what the Inspector shall look away from.
        plant: fn(&Counter<'_>) -> Result<Weakness, Fault>,
        /// Makes it good again.
        mend: fn(&Counter<'_>) -> Result<(), Fault>,
    },
}

/// A shadow with its canaries, to be broken.
pub struct Counter<'a> {
    /// The shadow.
    pub app: &'a Arc<App>,
    /// Its canaries.
    pub canaries: &'a [Canary],
}

/// Changes answers on their way back, as a broken system would give them.
pub trait Tamper: Send {
    /// What the client gets instead of `answer`.
    fn answer(&mut self, request: &Request, answer: Answer) -> Answer;
}
