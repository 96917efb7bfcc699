//! `cargo xtask tidy`: the rules of the house that neither the compiler nor a lint knows.
//!
//! A rule is a pure function from the tree of files to findings. All findings are collected: one
//! run shows everything that is out of place.

pub(crate) mod crates;
mod files;
mod fluent;
pub(crate) mod house;
mod lexer;
mod lock;
mod place;
mod problem;
mod scan;
mod shape;
pub(crate) mod tree;

use std::path::Path;

use anyhow::Context;

use crate::picture;
use crate::tidy::tree::{Finding, Tree};

type Rule = fn(&Tree) -> Vec<Finding>;

const RULES: [Rule; 7] = [
    crates::check,
    files::check,
    fluent::check,
    picture::check,
    place::check,
    problem::check,
    shape::check,
];

/// What a run found, and in how many files it looked.
pub(crate) struct Outcome {
    pub(crate) files: usize,
    pub(crate) findings: Vec<Finding>,
}

/// `true` when nothing is out of place. Having looked at nothing is no success.
pub(crate) fn run(root: &Path, fix: bool) -> anyhow::Result<bool> {
    let outcome = check(root, fix)?;
    print(&outcome);
    Ok(outcome.findings.is_empty() && outcome.files > 0)
}

pub(crate) fn check(root: &Path, fix: bool) -> anyhow::Result<Outcome> {
    let mut tree = Tree::load(root)?;
    if fix && let Some(text) = picture::redrawn(&tree) {
        std::fs::write(root.join(picture::PAGE), text)
            .with_context(|| format!("{} could not be written", picture::PAGE))?;
        println!("{}: the crate picture is redrawn", picture::PAGE);
        tree = Tree::load(root)?;
    }
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    findings.extend(lock::check(&tree, |package| lock::is_built(root, package)));
    findings.sort();
    findings.dedup();
    Ok(Outcome { files: tree.files.len(), findings })
}

pub(crate) fn print(outcome: &Outcome) {
    for finding in &outcome.findings {
        println!("{finding}");
    }
    println!("tidy: {} findings in {} files", outcome.findings.len(), outcome.files);
}
