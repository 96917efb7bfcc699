//! Starting other programs: in plain sight, quietly, or in plain sight while keeping what they say.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::Context;

/// What a program answered: whether it succeeded, and everything that it printed.
pub(crate) struct Told {
    pub(crate) ok: bool,
    pub(crate) text: String,
}

/// A cargo command in the repository's folder.
///
/// The variables by which the outer `cargo run` describes this crate are taken away: with them,
/// build scripts that watch such a variable would run again at each switch between
/// `cargo xtask test` and a plain `cargo build`, and some of them compile a whole C library.
pub(crate) fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.current_dir(root).args(arguments);
    for (name, _) in std::env::vars_os() {
        let shown = name.to_string_lossy();
        if shown.starts_with("CARGO_PKG_") || shown.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs in plain sight. `false` when the program reports failure.
pub(crate) fn show(command: &mut Command) -> anyhow::Result<bool> {
    announce(command);
    let status = command.status().with_context(|| cannot_start(command))?;
    Ok(status.success())
}

/// Runs without a trace; a program that does not exist counts as one that failed.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// Runs quietly and hands back what the program wrote to standard output.
pub(crate) fn ask(command: &mut Command) -> anyhow::Result<Told> {
    let output = command.output().with_context(|| cannot_start(command))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(Told { ok: output.status.success(), text })
}

/// Runs in plain sight and keeps what the program says, so that its tests can be counted.
pub(crate) fn tee(command: &mut Command) -> anyhow::Result<Told> {
    announce(command);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| cannot_start(command))?;
    let (results, talk) = (child.stdout.take(), child.stderr.take());
    let talk = thread::spawn(move || talk.map(repeat).unwrap_or_default());
    let mut text = results.map(repeat).unwrap_or_default();
    text.push_str(&talk.join().unwrap_or_default());
    let status = child.wait().with_context(|| cannot_start(command))?;
    Ok(Told { ok: status.success(), text })
}

/// Where a program lies on the search path.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// The command as a person would type it.
pub(crate) fn spelled(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    let mut line = name.to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}

fn announce(command: &Command) {
    println!("$ {}", spelled(command));
}

fn cannot_start(command: &Command) -> String {
    format!("`{}` could not be run", spelled(command))
}

fn repeat<R: Read>(source: R) -> String {
    let mut said = String::new();
    let mut line = Vec::new();
    let mut reader = BufReader::new(source);
    while reader.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
        let text = String::from_utf8_lossy(&line).into_owned();
        print!("{text}");
        said.push_str(&text);
        line.clear();
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_program_is_told_from_a_good_one() {
        assert!(succeeds(&mut Command::new("true")));
        assert!(!succeeds(&mut Command::new("false")));
        assert!(!succeeds(&mut Command::new("no-such-program-anywhere")));
    }

    #[test]
    fn what_a_program_says_is_kept_from_both_streams() -> anyhow::Result<()> {
        let told = tee(Command::new("sh").args(["-c", "echo out; echo err >&2; exit 3"]))?;
        assert!(!told.ok);
        assert!(told.text.contains("out\n") && told.text.contains("err\n"));
        Ok(())
    }
}
