//! What a person reads, and what a program reads.

use std::fmt::Write;

use base::Timestamp;
use serde_json::{Value, json};

use crate::bundle::Checked;
use crate::probe::Tried;

/// Everything for programs.
pub(crate) fn document(checked: &Checked, tried: &[Tried]) -> Value {
    json!({
        "agrees": agrees(checked, tried),
        "log": { "origin": checked.origin, "key": checked.key, "size": checked.size,
            "root": checked.root, "leaves_hashed": checked.leaves_hashed,
            "signatures": checked.signatures },
        "generated_at": checked.generated_at,
        "signed_at": checked.signed_at,
        "complete": checked.complete,
        "lines": checked.lines,
        "tried_from_here": tried.iter().map(|t| attempt(checked, t)).collect::<Vec<_>>(),
        "notes": checked.notes,
    })
}

/// What was tried from here, and the word of assurance that the line has earned by it, if it has.
fn attempt(checked: &Checked, tried: &Tried) -> Value {
    let mut row = json!(tried);
    row["assurance"] = json!(reproduced(checked, tried).then_some(REPRODUCED));
    row
}

/// Somebody who is not the operator repeated it, with a clock of their own.
const REPRODUCED: &str = "outsider-reproduced";

fn reproduced(checked: &Checked, tried: &Tried) -> bool {
    let line = checked.lines.iter().find(|l| l.id == tried.id);
    line.is_some_and(|l| l.stated == "proven") && tried.held == Some(true)
}

/// Whether nothing disagrees. A line that says itself that it does not hold is not contradicted by a probe that
/// finds the same.
pub(crate) fn agrees(checked: &Checked, tried: &[Tried]) -> bool {
    checked.agrees() && tried.iter().all(|t| !contradicts(checked, t))
}

fn contradicts(checked: &Checked, tried: &Tried) -> bool {
    let line = checked.lines.iter().find(|l| l.id == tried.id);
    line.is_some_and(|l| l.stated == "proven") && tried.held == Some(false)
}

/// For people: one row a line.
pub(crate) fn text(checked: &Checked, tried: &[Tried], now: Timestamp) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "Log        {} ({} entries)", checked.origin, checked.size);
    let _ = writeln!(out, "Key        {}", checked.key);
    let _ = writeln!(out, "Page made  {}", checked.generated_at);
    let _ = writeln!(
        out,
        "Checked    {} entries hashed, {} signatures, {} lines judged anew\n",
        checked.leaves_hashed,
        checked.signatures,
        checked.lines.len()
    );
    for line in &checked.lines {
        let verdict = match (&line.wrong, &line.recomputed) {
            (Some(why), _) => format!("DISAGREE  {why}"),
            (None, Some(_)) => "agree".to_owned(),
            (None, None) => "as stated; nothing in the log decides it".to_owned(),
        };
        let over = line.valid_until.as_deref().and_then(Timestamp::parse);
        let over = over.is_some_and(|until| until <= now) && line.stated == "proven";
        let over = if over { "  (expired since)" } else { "" };
        let from_here: Vec<String> = tried
            .iter()
            .filter(|t| t.id == line.id)
            .map(|t| match (t.held, contradicts(checked, t)) {
                (_, true) => format!("  from here: {}: DISAGREE", t.what),
                (Some(_), false) if reproduced(checked, t) => {
                    format!("  from here: {}: agree ({REPRODUCED})", t.what)
                }
                (Some(_), false) => format!("  from here: {}: agree", t.what),
                (None, false) => format!("  from here: {}: could not be tried", t.what),
            })
            .collect();
        let row = format!("{:8} {:20} {verdict}{over}{}", line.id, line.stated, from_here.concat());
        let _ = writeln!(out, "{row}");
    }
    for note in &checked.notes {
        let _ = writeln!(out, "\nnote: {note}");
    }
    out
}
