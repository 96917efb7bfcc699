//! `passwords`: lists of stolen ones, made into one file that is read by position.

use std::io::{IsTerminal, Read};
use std::path::Path;

use base::Secret;
use base::limit::PASSWORD_CHARS_MAX;
use identity::breach::file::{Corpus, build};
use serde_json::json;

use super::args::PasswordsCommand;
use super::output::Printer;
use crate::ops::Failed;

pub(crate) fn run(command: PasswordsCommand, printer: &Printer) -> Result<(), Failed> {
    match command {
        PasswordsCommand::Build { from, to, force } => make(&from, &to, force, printer),
        PasswordsCommand::Check { file } => check(&file, printer),
    }
}

fn make(from: &Path, to: &Path, force: bool, printer: &Printer) -> Result<(), Failed> {
    if to.exists() && !force {
        let text = format!("{} is there already; --force writes over it", to.display());
        return Err(Failed { code: 6, text });
    }
    let mut bar = Bar { shown: u64::MAX, on: std::io::stderr().is_terminal() };
    let built = build(from, to, |done, all| bar.show(done, all, printer));
    bar.clear();
    let entries = built
        .map_err(|e| Failed::because(format!("{} to {}: {e}", from.display(), to.display())))?;
    let bytes = to.metadata().map(|m| m.len()).unwrap_or_default();
    printer.value(&json!({ "file": to, "passwords": entries, "bytes": bytes }));
    printer.say("Name it in the configuration: password.breach_file");
    Ok(())
}

/// How far a long piece of work is: a bar for a person, a line at each tenth for a log.
struct Bar {
    shown: u64,
    on: bool,
}

impl Bar {
    fn show(&mut self, done: u64, all: u64, printer: &Printer) {
        let steps = if self.on { 40 } else { 10 };
        let step = done.saturating_mul(steps) / all.max(1);
        if step == self.shown {
            return;
        }
        self.shown = step;
        if self.on {
            let full = usize::try_from(step).unwrap_or(0);
            let (full, rest) = ("#".repeat(full), ".".repeat(40_usize.saturating_sub(full)));
            eprint!("\r[{full}{rest}] {done} of {all} files");
        } else {
            printer.say(&format!("{done} of {all} files"));
        }
    }

    fn clear(&self) {
        if self.on && self.shown != u64::MAX {
            eprintln!();
        }
    }
}

fn check(file: &Path, printer: &Printer) -> Result<(), Failed> {
    let corpus =
        Corpus::open(file).map_err(|e| Failed::because(format!("{}: {e}", file.display())))?;
    let mut typed = String::new();
    let most = PASSWORD_CHARS_MAX as u64 * 4 + 2;
    std::io::stdin()
        .take(most)
        .read_to_string(&mut typed)
        .map_err(|e| Failed::usage(format!("the password comes on standard input: {e}")))?;
    let password = Secret::new(typed.trim_end_matches(['\r', '\n']).to_owned());
    let known = corpus
        .has_password(&password)
        .map_err(|e| Failed::because(format!("{}: {e}", file.display())))?;
    printer.value(&json!({ "stolen": known, "passwords": corpus.entries() }));
    if known { Err(Failed::check("this password is on the list")) } else { Ok(()) }
}
