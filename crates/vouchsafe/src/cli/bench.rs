//! `vouchsafe bench`: prints and perhaps keeps the results.

use serde_json::Value;

use super::args::{Bench, Global};
use super::output::Printer;
use super::serve::runtime;
use crate::bench;
use crate::ops::Failed;

/// Runs the profiles that were asked for.
pub(crate) fn run(_: &Global, wanted: &Bench, printer: &Printer) -> Result<(), Failed> {
    let unknown = wanted.names.iter().find(|n| !bench::NAMES.contains(&n.as_str()));
    if let Some(name) = unknown {
        return Err(Failed::usage(format!(
            "there is no profile {name}: choose among {}",
            bench::NAMES.join(", ")
        )));
    }
    let names: Vec<&str> = if wanted.names.is_empty() {
        bench::NAMES.to_vec()
    } else {
        wanted.names.iter().map(String::as_str).collect()
    };
    let talk = |text: &str| printer.say(text);
    let result = runtime()?
        .block_on(bench::run(&names, &talk))
        .map_err(|e| Failed::because(format!("{e:#}")))?;
    if let Some(folder) = &wanted.write {
        write(folder, &result)?;
    }
    printer.rows(&result, &["profile", "figure", "value", "unit", "limit", "ratio", "goal", "met"]);
    Ok(())
}

fn write(folder: &std::path::Path, result: &Value) -> Result<(), Failed> {
    let day = result["at"].as_str().unwrap_or("undated").get(..10).unwrap_or("undated");
    let path = folder.join(format!("{day}.json"));
    let text = serde_json::to_string_pretty(result).unwrap_or_default();
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&path, format!("{text}\n")))
        .map_err(|e| Failed::because(format!("{}: {e}", path.display())))
}
