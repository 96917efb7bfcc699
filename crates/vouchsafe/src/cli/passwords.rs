//! `passwords`: lists of stolen ones, made into one file that is read by position.

use std::io::Read;
use std::path::Path;

use base::Secret;
use base::limit::PASSWORD_CHARS_MAX;
use identity::breach::file::{Corpus, build};
use serde_json::json;

use super::args::PasswordsCommand;
use super::bar::Bar;
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
    let mut bar = Bar::of("files");
    let built = build(from, to, |done, all| bar.show(done, all, printer));
    bar.clear();
    let entries = built
        .map_err(|e| Failed::because(format!("{} to {}: {e}", from.display(), to.display())))?;
    let bytes = to.metadata().map(|m| m.len()).unwrap_or_default();
    printer.value(&json!({ "file": to, "passwords": entries, "bytes": bytes }));
    printer.say("Name it in the configuration: password.breach_file");
    Ok(())
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
