//! `user import`: a file of people, in batches, with what became of every line.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use identity::account::import;
use serde_json::{Value, json};

use super::args::Global;
use super::bar::Bar;
use super::offline;
use super::output::Printer;
use crate::ops::{Failed, ImportLine, Request};

/// Bytes of a file at most.
const FILE_BYTES_MAX: u64 = 64 << 20;
/// People in a batch, and bytes of it: a request to a running server is 64 KiB at most.
const BATCH: usize = 25;
const BATCH_BYTES: usize = 40 * 1024;

/// A line that was not taken.
struct Left {
    number: u64,
    who: String,
    why: String,
}

#[derive(Default)]
struct Sum {
    imported: u64,
    known: u64,
    left: Vec<Left>,
}

pub(crate) fn import(
    global: &Global,
    file: &Path,
    dry_run: bool,
    printer: &Printer,
) -> Result<(), Failed> {
    let (mut sum, mut waiting) = (Sum::default(), Vec::new());
    for (number, line) in read(file)? {
        match line {
            Ok(line) => waiting.push((number, ImportLine::from(line))),
            Err(why) => sum.left.push(Left { number, who: String::new(), why }),
        }
    }
    let (all, mut done, mut bar) = (waiting.len() as u64, 0, Bar::of("people"));
    let mut waiting = waiting.into_iter().peekable();
    while waiting.peek().is_some() {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while let Some((_, line)) = waiting.peek()
            && batch.len() < BATCH
            && (batch.is_empty() || line.bytes().saturating_add(bytes) <= BATCH_BYTES)
        {
            bytes += line.bytes();
            batch.extend(waiting.next());
        }
        bar.show(done, all, printer);
        done += batch.len() as u64;
        if let Err(failed) = send(global, batch, dry_run, &mut sum) {
            bar.clear();
            let _ = report(sum, dry_run, printer); // what was done before
            return Err(failed);
        }
    }
    bar.show(done, all, printer);
    bar.clear();
    report(sum, dry_run, printer)
}

fn read(file: &Path) -> Result<Vec<import::Numbered>, Failed> {
    let named = |e: String| Failed::usage(format!("{}: {e}", file.display()));
    let mut source = File::open(file).map_err(|e| named(e.to_string()))?.take(FILE_BYTES_MAX + 1);
    let mut bytes = Vec::new();
    source.read_to_end(&mut bytes).map_err(|e| named(e.to_string()))?;
    if bytes.len() as u64 > FILE_BYTES_MAX {
        return Err(named("larger than 64 MiB: split it".into()));
    }
    Ok(import::lines(bytes.as_slice()).map_err(named)?.collect())
}

fn send(
    global: &Global,
    batch: Vec<(u64, ImportLine)>,
    dry_run: bool,
    sum: &mut Sum,
) -> Result<(), Failed> {
    let (numbers, items): (Vec<u64>, Vec<ImportLine>) = batch.into_iter().unzip();
    let who: Vec<String> = items.iter().map(|l| l.email.clone()).collect();
    let answer = offline::ask(global, Request::UserImport { items, dry_run })?;
    let outcomes = answer["items"].as_array().cloned().unwrap_or_default();
    for ((outcome, number), who) in outcomes.iter().zip(numbers).zip(who) {
        match outcome["result"].as_str() {
            Some("imported") => sum.imported += 1,
            Some("known") => sum.known += 1,
            _ => sum.left.push(Left { number, who, why: why(outcome) }),
        }
    }
    Ok(())
}

fn why(outcome: &Value) -> String {
    let errors = outcome["errors"].as_array().into_iter().flatten();
    errors.filter_map(Value::as_str).collect::<Vec<_>>().join(" ")
}

fn report(mut sum: Sum, dry_run: bool, printer: &Printer) -> Result<(), Failed> {
    sum.left.sort_by_key(|l| l.number);
    let refused: Vec<Value> = sum
        .left
        .iter()
        .map(|l| json!({ "line": l.number, "email": l.who, "why": l.why }))
        .collect();
    for left in &sum.left {
        // A terminal obeys control characters, and the text is another system's.
        let who = left.who.replace(char::is_control, "?");
        printer.say(&format!("line {}: {who} {}", left.number, left.why));
    }
    let word = if dry_run { "would_be_imported" } else { "imported" };
    let text = format!(
        "{:18} {}\n{:18} {}\n{:18} {}",
        word.replace('_', " "),
        sum.imported,
        "known before",
        sum.known,
        "not taken",
        sum.left.len()
    );
    let document = json!({ word: sum.imported, "known": sum.known, "refused": refused });
    printer.text_or(&text, &document);
    match sum.left.len() {
        0 => Ok(()),
        1 => Err(Failed::because("one line was not taken; put it right and import the file again")),
        n => Err(Failed::because(format!(
            "{n} lines were not taken; put them right and import the file again"
        ))),
    }
}
