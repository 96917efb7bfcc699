//! Draws the list of providers of addresses to throw away from the package that keeps it: `cargo xtask disposable`.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};

use crate::install::Python;

const LIST: &str = "crates/identity/data/disposable.txt";
/// The package and the module in it.
const PACKAGE: (&str, &str) = ("disposable-email-domains", "disposable_email_domains");
/// Fewer would mean that something went wrong on the way.
const LEAST: usize = 1_000;

const DRAW: &str = "
import importlib.metadata, sys
module = __import__(sys.argv[2])
print(importlib.metadata.version(sys.argv[1]))
print('\\n'.join(sorted(module.blocklist)))
";

/// Fetches the newest list and writes it as data, with its source and its day.
pub(crate) fn draw(root: &Path) -> anyhow::Result<bool> {
    // Cargo runs this tool from the build cache, where the tests' Python lies.
    let own = std::env::current_exe()?;
    let target = own.ancestors().nth(2).context("the build cache")?;
    let python = Python::under(target).home.join("bin/python");
    let (package, module) = PACKAGE;
    let installed = Command::new(&python)
        .args(["-m", "pip", "install", "--quiet", "--upgrade", package])
        .status()
        .context("Python of the tests is needed: run `cargo xtask test --only cli` once")?;
    ensure!(installed.success(), "pip could not install {package}");
    let drawn = Command::new(&python).args(["-c", DRAW, package, module]).output()?;
    let text = String::from_utf8(drawn.stdout)?;
    let (version, names) = text.split_once('\n').context("the package says nothing")?;
    let names: Vec<&str> = names.lines().filter(|name| !name.is_empty()).collect();
    ensure!(names.len() >= LEAST, "only {} names", names.len());
    let today = today()?;
    let head = format!(
        "# Providers of addresses to throw away. Drawn by `cargo xtask disposable`; not edited by hand.\n\
         # source = PyPI {package} {version} (MIT)\n# drawn = {today}\n# entries = {}\n",
        names.len()
    );
    std::fs::write(root.join(LIST), format!("{head}{}\n", names.join("\n")))?;
    println!("{LIST}: {} entries of {package} {version}", names.len());
    Ok(true)
}

fn today() -> anyhow::Result<String> {
    let out = Command::new("date").args(["-u", "+%F"]).output()?;
    Ok(String::from_utf8(out.stdout)?.trim().to_owned())
}
