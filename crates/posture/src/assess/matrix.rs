//! Every probe against every broken system: which sabotage does which probe notice?
//!
//! Probes of class S2 and their sabotages meet in pairs only: each waits for letters, codes or a lock, and all pairs would take
//! the better part of an hour. Nothing of it is recorded: it shows what the probes are worth, not how the installation is.

use std::sync::Arc;

use base::Fault;
use kernel::App;
use kernel::control::{Control, Safety, Unable};

use super::controls;
use super::round::{Line, Round};
use crate::catalogue;

/// What a probe said of a broken system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noticed {
    /// It was not asked.
    NotTried,
    /// Nothing.
    Held,
    /// It could not be made.
    Unable,
    /// That it is broken.
    Red,
}

/// A sabotage, and what each probe said.
#[derive(Clone, Debug)]
pub struct Row {
    /// Whose falsification it is.
    pub claim: &'static str,
    /// Its name.
    pub sabotage: &'static str,
    /// By claim, in the order of the controls.
    pub noticed: Vec<(&'static str, Noticed)>,
}

impl Row {
    /// Whether the probe whose falsification it is has noticed.
    #[must_use]
    pub fn is_caught(&self) -> bool {
        self.noticed.iter().any(|(claim, n)| *claim == self.claim && *n == Noticed::Red)
    }
}

/// Runs all pairs on an installation whose lines have been tried once. It takes minutes.
pub async fn matrix(app: &Arc<App>, said: &(dyn Fn(&str) + Sync)) -> Result<Vec<Row>, Fault> {
    let all = controls(app);
    let mut rows = Vec::new();
    for sabotage in &all {
        said(sabotage.falsification.name);
        // A fresh round each: a shadow that one sabotage spoilt must not answer for the next.
        let mut round = Round::new(app);
        if let Err(why) = round.take_stand().await? {
            return Err(Fault::internal(why.reason));
        }
        let mut noticed = Vec::new();
        for probe in &all {
            let own = probe.id == sabotage.id;
            let quick = probe.safety.max(sabotage.safety) < Safety::S2;
            let said = if own || quick {
                try_one(&mut round, probe, sabotage).await
            } else {
                Noticed::NotTried
            };
            noticed.push((probe.claim, said));
        }
        round.close().await;
        let name = sabotage.falsification.name;
        rows.push(Row { claim: sabotage.claim, sabotage: name, noticed });
    }
    Ok(rows)
}

async fn try_one(
    round: &mut Round<'_>,
    probe: &'static Control,
    sabotage: &'static Control,
) -> Noticed {
    let parameters = catalogue::find(probe.claim).map_or(&[][..], |e| &e.parameter);
    let promised = catalogue::promised(&probe.promised, parameters);
    let line = Line { control: probe, text: "", promised };
    match round.against(line, sabotage.falsification.by).await.0 {
        Ok(seen) if seen.violations > 0 => Noticed::Red,
        Ok(_) => Noticed::Held,
        Err(Unable { .. }) => Noticed::Unable,
    }
}
