//! What the kernel asks about the proofs.

use base::Fault;
use kernel::{App, ProofLine, Proofs};

use crate::view;

/// Answers the kernel's questions.
#[derive(Clone, Copy, Debug, Default)]
pub struct Port;

impl Proofs for Port {
    fn lines(&self, app: &App) -> Result<Vec<ProofLine>, Fault> {
        let judged = view::judged(app)?;
        Ok(judged
            .into_iter()
            .map(|j| ProofLine {
                id: j.control.claim.id.to_owned(),
                text: j.control.claim.text(&app.texts),
                state: j.verdict.state.word(),
            })
            .collect())
    }
}
