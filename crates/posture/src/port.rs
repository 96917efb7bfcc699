//! What the kernel asks about the proofs.

use base::Fault;
use kernel::{App, ProofLine, Proofs};

use crate::{evidence, metrics, view};

/// Answers the kernel's questions.
#[derive(Clone, Copy, Debug, Default)]
pub struct Port;

impl Proofs for Port {
    fn lines(&self, app: &App) -> Result<Vec<ProofLine>, Fault> {
        let judged = view::judged(app)?;
        Ok(judged
            .into_iter()
            .map(|j| ProofLine {
                id: j.entry.id.clone(),
                text: j.text(),
                state: j.verdict.state.word(),
            })
            .collect())
    }

    fn anchors(&self, app: &App) -> Result<Vec<(u64, ledger::Hash)>, Fault> {
        let heads = evidence::service::anchored(app)?;
        Ok(heads.into_iter().map(|head| (head.size, head.root)).collect())
    }

    fn metrics(&self, app: &App) -> Result<String, Fault> {
        metrics::text(app)
    }
}
