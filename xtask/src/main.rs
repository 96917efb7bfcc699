//! The developer's tool of this repository: `cargo xtask help` lists what it can do.
#![expect(
    clippy::disallowed_methods,
    reason = "a developer's tool reads the real clock and environment; the bans are for the product"
)]

mod disposable;
mod install;
mod picture;
mod run;
mod test;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};

use crate::test::{Only, Options};

const HELP: &str = "\
The developer's tool of this repository.

Usage: cargo xtask <command>

Commands:
  test [--only unit|tidy|e2e|cli|mutants] [--no-install]
          Install what is missing, then run every stage and print one table:
          format, lints, tidy, unit, build, e2e, mutants. All stages run, also after a
          failure; a stage that ran no test has failed.
            --only unit   the Rust tests
            --only tidy   format, lints and tidy: what reads the code without running it
            --only e2e    build, then every e2e/*.test.mjs
            --only cli    build, then e2e/cli*.test.mjs
            --only mutants  take controls out of a copy of the code: their lines have to turn red
            --no-install  install nothing: the tools are already there
          The build cache is the usual one: CARGO_TARGET_DIR is honoured.
  tidy [--fix]
          Check the rules of the house. --fix redraws the crate picture in
          ARCHITECTURE.md; everything else is for a person to mend.
  disposable
          Draw the list of addresses to throw away anew, as data.
  help    Print this text.

Exit code: 0 all is well, 1 something failed, 2 the command was not understood.
";

/// Exit code for a command line that was not understood, apart from 1 = "a check failed".
const USAGE: u8 = 2;

#[derive(Debug, PartialEq)]
enum Command {
    Disposable,
    Help,
    Test(Options),
    Tidy { fix: bool },
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let command = match parse(&arguments) {
        Ok(command) => command,
        Err(error) => {
            eprintln!("error: {error}\n\n{HELP}");
            return ExitCode::from(USAGE);
        }
    };
    match perform(&command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(command: &Command) -> anyhow::Result<bool> {
    match command {
        Command::Help => {
            print!("{HELP}");
            Ok(true)
        }
        Command::Disposable => {
            let root = root()?;
            disposable::draw(&root)
        }
        Command::Test(options) => test::all(&root()?, options),
        Command::Tidy { fix } => tidy::run(&root()?, *fix),
    }
}

/// No arguments means help: a newcomer types `cargo xtask` to see what there is.
fn parse(arguments: &[String]) -> anyhow::Result<Command> {
    let mut words = arguments.iter().map(String::as_str);
    match words.next() {
        None | Some("help" | "--help" | "-h") => Ok(Command::Help),
        Some("disposable") => Ok(Command::Disposable),
        Some("test") => parse_test(words),
        Some("tidy") => parse_tidy(words),
        Some(other) => bail!("there is no command `{other}`"),
    }
}

fn parse_test<'a>(mut words: impl Iterator<Item = &'a str>) -> anyhow::Result<Command> {
    let mut options = Options { only: None, install: true };
    while let Some(word) = words.next() {
        match word {
            "--no-install" => options.install = false,
            "--only" => {
                let name = words.next().context("--only needs a name after it")?;
                let only = Only::parse(name);
                options.only =
                    Some(only.with_context(|| format!("there is no stage `{name}` for --only"))?);
            }
            "--help" | "-h" => return Ok(Command::Help),
            other => bail!("`test` does not know `{other}`"),
        }
    }
    Ok(Command::Test(options))
}

fn parse_tidy<'a>(words: impl Iterator<Item = &'a str>) -> anyhow::Result<Command> {
    let mut fix = false;
    for word in words {
        match word {
            "--fix" => fix = true,
            "--help" | "-h" => return Ok(Command::Help),
            other => bail!("`tidy` does not know `{other}`"),
        }
    }
    Ok(Command::Tidy { fix })
}

/// The repository's folder. Cargo says at run time where this crate lies, which stays true when
/// several clones share one build cache; a path fixed at compile time would not.
fn root() -> anyhow::Result<PathBuf> {
    if let Some(folder) = std::env::var_os("CARGO_MANIFEST_DIR")
        && let Some(parent) = Path::new(&folder).parent()
    {
        return Ok(parent.to_owned());
    }
    let here = std::env::current_dir().context("the current folder cannot be read")?;
    here.ancestors()
        .find(|folder| folder.join("xtask/Cargo.toml").is_file())
        .map(Path::to_owned)
        .context("this is not a clone of the repository: no folder above has xtask/Cargo.toml")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Option<Command> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        parse(&words).ok()
    }

    #[test]
    fn commands_are_understood() {
        assert_eq!(parsed(""), Some(Command::Help));
        assert_eq!(parsed("tidy --fix"), Some(Command::Tidy { fix: true }));
        let options = Options { only: Some(Only::Cli), install: false };
        assert_eq!(parsed("test --only cli --no-install"), Some(Command::Test(options)));
    }

    #[test]
    fn nonsense_is_refused() {
        assert_eq!(parsed("tydi"), None);
        assert_eq!(parsed("tidy --fxi"), None);
        assert_eq!(parsed("test --only"), None);
        assert_eq!(parsed("test --only all"), None);
    }
}
