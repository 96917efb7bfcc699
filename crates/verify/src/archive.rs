//! A log that was saved whole, and rows of another export of it: checked without any server.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use ledger::archive::{self, Whole};
use serde_json::{Value, json};

use crate::cli::{Done, Failed};

/// Bytes of a line of rows.
const LINE_BYTES_MAX: usize = 1024 * 1024;

/// Whether a file is a log that was saved whole.
pub(crate) fn is_one(file: &Path) -> bool {
    // A pipe can be read once: whoever checks a page by one keeps that.
    if !file.metadata().is_ok_and(|m| m.is_file()) {
        return false;
    }
    let Ok(file) = File::open(file) else { return false };
    let mut first = String::new();
    let mut start = BufReader::new(std::io::Read::take(file, LINE_BYTES_MAX as u64));
    start.read_line(&mut first).is_ok() && archive::is_one(&first)
}

/// Checks it, with a key from elsewhere if there is one, and compares the rows of another export.
pub(crate) fn run(file: &Path, key: Option<&str>, rows: Option<&Path>) -> Result<Done, Failed> {
    let broken = |what: String| Failed { code: 8, text: format!("broken: {what}") };
    let whole = archive::check(BufReader::new(open(file)?), key).map_err(|b| broken(b.0))?;
    let mut text = said(&whole, key.is_some());
    let mut compared = Value::Null;
    if let Some(rows) = rows {
        let ids = ids(rows)?;
        let n = whole.covers(ids).map_err(|b| broken(format!("{}: {}", rows.display(), b.0)))?;
        text += &format!(
            "{}: {n} rows, those of entries 0 to {}; none is missing\n",
            rows.display(),
            n - 1
        );
        compared = json!(n);
    }
    let document = json!({
        "agrees": true, "entries": whole.checkpoint.size, "origin": whole.checkpoint.origin,
        "key": whole.key, "key_from_elsewhere": key.is_some(), "rows": compared,
    });
    Ok(Done { text, document, agrees: true })
}

fn said(whole: &Whole, known_key: bool) -> String {
    let (size, origin) = (whole.checkpoint.size, &whole.checkpoint.origin);
    let mut text =
        format!("whole: {size} entries of {origin}, as they were signed\nkey: {}\n", whole.key);
    if !known_key {
        text += "The key came with the file. Compare it with one from elsewhere, or give it with --key.\n";
    }
    text
}

/// The identifiers of all rows: of a table, or of JSON lines.
fn ids(rows: &Path) -> Result<Vec<String>, Failed> {
    let bad =
        |what: String| Failed { code: 8, text: format!("broken: {}: {what}", rows.display()) };
    let is_table = rows.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv"));
    if !is_table {
        let lines = BufReader::new(open(rows)?).lines();
        let id = |line: String| {
            serde_json::from_str::<Value>(&line).ok()?["id"].as_str().map(str::to_owned)
        };
        let ids =
            lines.map(|l| l.ok().and_then(id).ok_or_else(|| bad("a line is not an entry".into())));
        return ids.collect();
    }
    let mut table = csv::Reader::from_reader(open(rows)?);
    let names = table.headers().map_err(|e| bad(e.to_string()))?;
    let Some(at) = names.iter().position(|n| n == "id") else {
        return Err(bad("there is no column id".into()));
    };
    let row = |r: Result<csv::StringRecord, csv::Error>| {
        let r = r.map_err(|e| bad(e.to_string()))?;
        Ok(r.get(at).unwrap_or_default().to_owned())
    };
    table.records().map(row).collect()
}

fn open(file: &Path) -> Result<File, Failed> {
    File::open(file).map_err(|e| Failed { code: 2, text: format!("{}: {e}", file.display()) })
}
