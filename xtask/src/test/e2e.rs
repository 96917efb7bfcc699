//! The end-to-end stage: the real binary, attacked from outside on loopback.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};

use crate::install::{Python, chromium};
use crate::run;
use crate::test::{Did, count};

/// No test file takes this long; one that does hangs, and would hold the machine for ever.
const FILE_TIMEOUT_MS: u32 = 60 * 60 * 1000;

const SUFFIX: &str = ".test.mjs";

/// Where the clone, the build cache and the built programs lie.
pub(super) struct Place<'a> {
    pub(super) root: &'a Path,
    pub(super) target: &'a Path,
    pub(super) bin: &'a Path,
}

/// All of `e2e/*.test.mjs`, or only those whose name begins with `cli`.
pub(super) fn run(place: &Place<'_>, built: bool, only_cli: bool) -> anyhow::Result<Did> {
    ensure!(built, "not run: there is no fresh binary to attack");
    let folder = place.root.join("e2e");
    let files = test_files(&folder, only_cli)?;
    let told = run::tee(node(place, &folder).args(files))?;
    let empty = count::node_files_without_tests(&told.text);
    ensure!(empty.is_empty(), "these files hold no test: {}", empty.join(", "));
    Ok(Did { ok: told.ok, counts: Some(count::node(&told.text)) })
}

/// What the tests are told: the binary, the browser, the Python environment of their mail server,
/// and where screenshots go: into the build cache, so that a run leaves the clone as it was.
pub(super) fn node(place: &Place<'_>, folder: &Path) -> Command {
    let python = Python::under(place.target);
    let mut command = Command::new("node");
    command
        .current_dir(folder)
        .env("VOUCHSAFE_BIN", place.bin.join("vouchsafe"))
        .env("CHROMIUM", chromium())
        .env("VENV", &python.home)
        .env("PYTHONPATH", python.extra_packages())
        .env("SHOTS", place.target.join("e2e-shots"))
        .args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
        .arg(format!("--test-timeout={FILE_TIMEOUT_MS}"));
    command
}

fn test_files(folder: &Path, only_cli: bool) -> anyhow::Result<Vec<String>> {
    let entries = std::fs::read_dir(folder).context("the folder e2e cannot be read")?;
    let mut files = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(SUFFIX) && (!only_cli || name.starts_with("cli")) {
            files.push(name);
        }
    }
    files.sort();
    let pattern = if only_cli { "cli*" } else { "*" };
    ensure!(!files.is_empty(), "there is no test: nothing matches e2e/{pattern}{SUFFIX}");
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_tests_is_an_error() {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        assert!(test_files(&source, false).is_err());
        assert!(test_files(Path::new("/no/such/folder"), false).is_err());
    }

    #[test]
    fn nothing_is_attacked_without_a_binary() {
        let here = Path::new("/no/such/folder");
        let place = Place { root: here, target: here, bin: here };
        assert!(run(&place, false, false).is_err());
    }
}
