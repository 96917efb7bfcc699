//! The npm packages of the end-to-end tests. The product itself needs none.

use std::path::Path;
use std::process::Command;

use anyhow::ensure;

use crate::run;

/// `node --test-timeout` arrived here; older releases stop at the unknown option.
const NODE_MIN: (u32, u32) = (20, 11);

pub(super) fn packages(folder: &Path) -> anyhow::Result<()> {
    ensure!(folder.join("package.json").is_file(), "e2e/package.json is missing");
    let (major, minor) = NODE_MIN;
    ensure!(
        version().is_some_and(|found| found >= NODE_MIN),
        "Node.js {major}.{minor} or newer is needed, with npm; install it, and start again"
    );
    if is_fresh(folder) {
        return Ok(());
    }
    let verb = if folder.join("package-lock.json").is_file() { "ci" } else { "install" };
    let mut npm = Command::new("npm");
    // The browser is Debian's: a second one would be downloaded for nothing.
    npm.current_dir(folder).arg(verb).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    ensure!(run::show(&mut npm)?, "npm could not install the packages of e2e/package.json");
    Ok(())
}

fn version() -> Option<(u32, u32)> {
    let told = run::ask(Command::new("node").arg("--version")).ok()?;
    parse_version(&told.text)
}

fn parse_version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().trim_start_matches('v').split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// npm writes a hidden lock file when it has installed everything: what is older than that file
/// is already in place.
fn is_fresh(folder: &Path) -> bool {
    let modified = |name: &str| folder.join(name).metadata().and_then(|file| file.modified()).ok();
    let Some(installed) = modified("node_modules/.package-lock.json") else {
        return false;
    };
    let sources = ["package.json", "package-lock.json"];
    sources.into_iter().all(|name| modified(name).is_none_or(|changed| changed <= installed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(parse_version("v20.20.2\n"), Some((20, 20)));
        assert!(parse_version("v20.9.0") < Some(NODE_MIN));
        assert_eq!(parse_version("not a version"), None);
    }

    #[test]
    fn a_folder_without_packages_is_not_fresh() {
        assert!(!is_fresh(Path::new("/no/such/folder")));
    }
}
