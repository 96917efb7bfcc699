//! Printing: JSON for programs, tables for people. No colour into a pipe.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use serde_json::Value;

use super::args::{Format, Global};
use crate::ops::Failed;

/// Prints results and talk.
pub(crate) struct Printer {
    format: Format,
    quiet: bool,
    colour: bool,
}

impl Printer {
    #[expect(
        clippy::disallowed_methods,
        reason = "NO_COLOR is a convention of terminals, read once"
    )]
    pub(crate) fn new(global: &Global) -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        Self {
            format: global.format(),
            quiet: global.quiet,
            colour: !plain && std::io::stdout().is_terminal(),
        }
    }

    /// Whether a program reads the result.
    pub(crate) fn for_programs(&self) -> bool {
        self.format != Format::Table
    }

    /// A line of talk.
    pub(crate) fn say(&self, text: &str) {
        if !self.quiet {
            eprintln!("{text}");
        }
    }

    /// A line of result.
    pub(crate) fn line(&self, text: &str) {
        // A closed pipe (`| head`) is no failure.
        let _ = writeln!(std::io::stdout(), "{text}");
    }

    /// What went wrong, and what to do.
    pub(crate) fn failure(&self, failed: &Failed) {
        eprintln!("error: {}", failed.text);
    }

    /// An object: as a document, or as names and values.
    pub(crate) fn value(&self, value: &Value) {
        if self.document(value) {
            return;
        }
        let Some(object) = value.as_object() else { return self.line(&plain(value)) };
        let width = object.keys().map(String::len).max().unwrap_or(0);
        for (name, value) in object {
            self.line(&format!("{:width$}  {}", name.replace('_', " "), plain(value)));
        }
    }

    /// Text for people, or its document.
    pub(crate) fn text_or(&self, text: &str, document: &Value) {
        if !self.document(document) {
            self.line(text.trim_end());
        }
    }

    /// A list under `items`: as a document, or as a table of some columns.
    pub(crate) fn rows(&self, value: &Value, columns: &[&str]) {
        if self.document(value) {
            return;
        }
        let items: Vec<&Value> = value["items"].as_array().into_iter().flatten().collect();
        if items.is_empty() {
            return self.say("nothing yet");
        }
        let cells: Vec<Vec<String>> =
            items.iter().map(|item| columns.iter().map(|c| plain(&item[*c])).collect()).collect();
        let widths: Vec<usize> = columns
            .iter()
            .enumerate()
            .map(|(n, c)| {
                let widest = cells.iter().map(|row| row[n].chars().count()).max().unwrap_or(0);
                widest.max(c.len())
            })
            .collect();
        let line = |row: &[String]| {
            let padded: Vec<String> =
                row.iter().zip(&widths).map(|(cell, w)| format!("{cell:w$}")).collect();
            padded.join("  ").trim_end().to_owned()
        };
        let head: Vec<String> =
            columns.iter().map(|c| c.replace('_', " ").to_uppercase()).collect();
        self.line(&self.bold(&line(&head)));
        for row in &cells {
            self.line(&line(row));
        }
    }

    /// Claims, all or one, perhaps of one state.
    pub(crate) fn claims(
        &self,
        value: &Value,
        id: Option<&str>,
        state: Option<&str>,
    ) -> Result<(), Failed> {
        let items: Vec<Value> = value["items"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|c| id.is_none_or(|id| c["id"] == id))
            .filter(|c| state.is_none_or(|s| c["state"] == s))
            .cloned()
            .collect();
        match (id, items.first()) {
            (Some(id), None) => {
                return Err(Failed::not_found(format!("no claim {id}")));
            }
            (Some(_), Some(one)) => self.value(one),
            (None, _) => self.rows(
                &serde_json::json!({ "items": items }),
                &["id", "state", "attempts", "violations", "proved_at", "valid_until", "text"],
            ),
        }
        Ok(())
    }

    /// The doctor's findings; exit 8 when something is wrong.
    pub(crate) fn doctor(&self, value: &Value) -> Result<ExitCode, Failed> {
        let healthy = value["healthy"] == true;
        if !self.document(value) {
            for check in value["checks"].as_array().into_iter().flatten() {
                let mark = match (check["ok"] == true, check["warning"] == true) {
                    (true, false) => "ok  ",
                    (true, true) => "note",
                    (false, _) => "BAD ",
                };
                self.line(&format!(
                    "{mark}  {}: {}",
                    plain(&check["name"]),
                    plain(&check["found"])
                ));
                if let Some(mend) = check["mend"].as_str() {
                    self.line(&format!("      to do: {mend}"));
                }
            }
        }
        if healthy {
            self.say("all is well");
            return Ok(ExitCode::SUCCESS);
        }
        let bad: Vec<String> = value["checks"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|c| c["ok"] == false)
            .map(|c| format!("{}: {}", plain(&c["name"]), plain(&c["found"])))
            .collect();
        Err(Failed::check(format!("something needs you: {}", bad.join("; "))))
    }

    fn document(&self, value: &Value) -> bool {
        match self.format {
            Format::Json => self.line(&value.to_string()),
            Format::Yaml => yaml(value, 0).iter().for_each(|l| self.line(l)),
            Format::Ndjson => match value["items"].as_array() {
                Some(items) => items.iter().for_each(|i| self.line(&i.to_string())),
                None => self.line(&value.to_string()),
            },
            Format::Table => return false,
        }
        true
    }

    fn bold(&self, text: &str) -> String {
        if self.colour { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// A value on one line.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => "–".into(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let pairs = fields.iter().map(|(name, value)| format!("{name} {}", plain(value)));
            pairs.collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

/// YAML of JSON values: scalars as JSON writes them, which YAML 1.2 reads the same.
fn yaml(value: &Value, depth: usize) -> Vec<String> {
    let pad = "  ".repeat(depth);
    match value {
        Value::Object(object) if !object.is_empty() => object
            .iter()
            .flat_map(|(name, inner)| nested(&format!("{pad}{name}:"), inner, depth))
            .collect(),
        Value::Array(items) if !items.is_empty() => {
            items.iter().flat_map(|inner| nested(&format!("{pad}-"), inner, depth)).collect()
        }
        scalar => vec![format!("{pad}{scalar}")],
    }
}

fn nested(head: &str, inner: &Value, depth: usize) -> Vec<String> {
    let empty = inner.as_object().is_some_and(serde_json::Map::is_empty)
        || inner.as_array().is_some_and(Vec::is_empty);
    if (inner.is_object() || inner.is_array()) && !empty {
        let mut lines = vec![head.to_owned()];
        lines.extend(yaml(inner, depth + 1));
        lines
    } else {
        vec![format!("{head} {inner}")]
    }
}

/// The manual page of the whole program.
pub(crate) fn man(command: clap::Command) -> Result<(), Failed> {
    let mut out = Vec::new();
    let page = clap_mangen::Man::new(command);
    page.render(&mut out).map_err(|e| Failed::because(e.to_string()))?;
    let _ = std::io::stdout().write_all(&out);
    Ok(())
}
