//! `cargo xtask test`: the stages in their order, and the table at the end.

mod count;
mod e2e;
mod mutants;
mod report;

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;

use crate::test::count::Counts;
use crate::test::report::{Row, judge};
use crate::{install, run, tidy};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Only {
    Cli,
    E2e,
    Mutants,
    Tidy,
    Unit,
}

impl Only {
    pub(crate) fn parse(name: &str) -> Option<Only> {
        match name {
            "cli" => Some(Only::Cli),
            "e2e" => Some(Only::E2e),
            "mutants" => Some(Only::Mutants),
            "tidy" => Some(Only::Tidy),
            "unit" => Some(Only::Unit),
            _ => None,
        }
    }
}

#[derive(Debug, PartialEq)]
pub(crate) struct Options {
    pub(crate) only: Option<Only>,
    pub(crate) install: bool,
}

impl Options {
    fn wants(&self, stage: Only) -> bool {
        self.only.is_none_or(|only| only == stage)
    }

    /// The command line's tests are a part of the end-to-end tests: both attack the binary.
    fn wants_binary(&self) -> bool {
        self.wants(Only::E2e) || self.wants(Only::Cli) || self.wants(Only::Mutants)
    }
}

/// Runs every stage that was asked for, also after a failure: one run shows all that is broken.
pub(crate) fn all(root: &Path, options: &Options) -> anyhow::Result<bool> {
    let bin = bin_folder()?;
    let target = bin.parent().unwrap_or(&bin).to_owned();
    if options.install && options.wants_binary() {
        install::all(root, &target)?;
    }
    let mut rows = Vec::new();
    if options.wants(Only::Tidy) {
        rows.push(stage("format", || plain(root, &["fmt", "--all", "--check"])));
        rows.push(stage("lints", || plain(root, &CLIPPY)));
        rows.push(stage("tidy", || house_rules(root)));
    }
    if options.wants(Only::Unit) {
        rows.push(stage("unit", || unit(root)));
    }
    if options.wants_binary() {
        let build = stage("build", || plain(root, &["build", "--package", "vouchsafe"]));
        let built = build.has_passed();
        rows.push(build);
        let place = e2e::Place { root, target: &target, bin: &bin };
        if options.only != Some(Only::Mutants) {
            rows.push(stage("e2e", || e2e::run(&place, built, options.only == Some(Only::Cli))));
        }
        if options.wants(Only::Mutants) {
            rows.push(stage("mutants", || mutants::run(&place, built)));
        }
    }
    report::print(&rows);
    Ok(report::all_passed(&rows))
}

const CLIPPY: [&str; 6] = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];

/// The folder of the compiled programs: cargo put this one there, and will put the product there.
/// Asked before any other stage, because a rebuilt tool no longer finds its own file.
fn bin_folder() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe().context("this program does not find its own file")?;
    own.parent().map(Path::to_owned).context("this program lies in no folder")
}

/// What a stage did: whether the tool was content, and how many tests it ran if it counts them.
struct Did {
    ok: bool,
    counts: Option<Counts>,
}

fn stage(name: &'static str, work: impl FnOnce() -> anyhow::Result<Did>) -> Row {
    println!("\n== {name}");
    let start = Instant::now();
    let (counts, verdict) = match work() {
        Ok(did) => (did.counts, judge(did.ok, did.counts)),
        Err(error) => (None, Err(format!("{error:#}"))),
    };
    let time = start.elapsed();
    let word = if verdict.is_ok() { "passed" } else { "FAILED" };
    println!("-- {name} {word} after {:.1} s", time.as_secs_f64());
    Row { name, verdict, counts, time }
}

fn plain(root: &Path, arguments: &[&str]) -> anyhow::Result<Did> {
    let ok = run::show(&mut run::cargo(root, arguments))?;
    Ok(Did { ok, counts: None })
}

/// Counts files instead of tests: a tidy that read no file has checked nothing.
fn house_rules(root: &Path) -> anyhow::Result<Did> {
    let outcome = tidy::check(root, false)?;
    tidy::print(&outcome);
    let counts = Counts { passed: outcome.files, failed: outcome.findings.len(), skipped: 0 };
    Ok(Did { ok: outcome.findings.is_empty(), counts: Some(counts) })
}

fn unit(root: &Path) -> anyhow::Result<Did> {
    let nextest = run::succeeds(&mut run::cargo(root, &["nextest", "--version"]));
    let arguments: &[&str] = if nextest {
        &["nextest", "run", "--workspace", "--no-fail-fast"]
    } else {
        &["test", "--workspace", "--no-fail-fast"]
    };
    let told = run::tee(&mut run::cargo(root, arguments))?;
    let counts = if nextest { count::nextest(&told.text) } else { count::cargo_test(&told.text) };
    Ok(Did { ok: told.ok, counts: Some(counts) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_only_every_stage_is_wanted() {
        let options = Options { only: None, install: true };
        assert!(options.wants(Only::Unit) && options.wants(Only::Tidy) && options.wants_binary());
    }

    #[test]
    fn only_leaves_out_the_others() {
        let options = Options { only: Only::parse("unit"), install: true };
        assert!(options.wants(Only::Unit));
        assert!(!options.wants(Only::Tidy) && !options.wants_binary());
    }

    #[test]
    fn a_stage_that_cannot_start_has_failed() {
        let row = stage("none", || anyhow::bail!("no such tool"));
        assert!(!row.has_passed());
    }
}
