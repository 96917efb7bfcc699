//! The proofs as OpenMetrics.

use std::fmt::Write;

use base::Fault;
use kernel::App;

use crate::canary::store as canaries;
use crate::run::store as runs;
use crate::{assess, evidence, view};

/// Gauges of every published claim, and of what proving costs.
pub(crate) fn text(app: &App) -> Result<String, Fault> {
    let judged = view::judged(app)?;
    let now = app.clock.now();
    let mut out = String::from("# TYPE vouchsafe_claim_state stateset\n");
    for one in &judged {
        let (id, state) = (&one.entry.id, one.verdict.state.word());
        let _ = writeln!(
            out,
            "vouchsafe_claim_state{{claim=\"{id}\",vouchsafe_claim_state=\"{state}\"}} 1"
        );
    }
    out.push_str("# TYPE vouchsafe_claim_violations gauge\n");
    for one in &judged {
        let (id, n) = (&one.entry.id, one.verdict.violations);
        let _ = writeln!(out, "vouchsafe_claim_violations{{claim=\"{id}\"}} {n}");
    }
    out.push_str("# TYPE vouchsafe_claim_valid_seconds gauge\n# UNIT vouchsafe_claim_valid_seconds seconds\n");
    for one in &judged {
        if let Some(until) = one.verdict.valid_until {
            let left = until.since(now).as_secs();
            let _ =
                writeln!(out, "vouchsafe_claim_valid_seconds{{claim=\"{}\"}} {left}", one.entry.id);
        }
    }
    let (residue, (canaries, retired)) = app
        .store
        .posture()
        .read(|tx| Ok::<_, Fault>((runs::residue(tx)?, canaries::count(tx)?)))?;
    let paused = u8::from(view::paused(app)?.is_some());
    let size = evidence::service::head(app)?.map_or(0, |h| h.size);
    let share = assess::overhead(app);
    for (name, value) in [
        ("vouchsafe_proofs_paused", paused.to_string()),
        ("vouchsafe_proofs_residue", residue.to_string()),
        ("vouchsafe_canaries", canaries.to_string()),
        ("vouchsafe_canaries_retired", retired.to_string()),
        ("vouchsafe_proofs_cpu_share", format!("{share:.5}")),
        ("vouchsafe_evidence_entries", size.to_string()),
    ] {
        let _ = writeln!(out, "# TYPE {name} gauge\n{name} {value}");
    }
    Ok(out)
}
