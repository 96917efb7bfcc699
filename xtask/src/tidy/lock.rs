//! Other people's crates: one TLS stack, one provider of cryptography, no second copy of either.

use std::path::Path;

use toml::{Table, Value};

use crate::run;
use crate::tidy::tree::{Finding, Tree};

const LOCK: &str = "Cargo.lock";

/// What a second TLS stack or provider would come with. `openssl-sys` and `openssl-src` are
/// allowed: SQLCipher is linked against them, and nothing of ours calls them.
const BANNED: [&str; 3] = ["native-tls", "openssl", "ring"];

/// Two versions of one of these would be two sets of bugs, or two libraries in one process that
/// claim the same symbols.
const SINGLE: [&str; 4] = ["aws-lc-rs", "hyper", "libsqlite3-sys", "rustls"];

/// A lock file also lists optional crates that no feature turns on, so a banned name in it is only
/// a suspicion; `is_built` decides.
pub(crate) fn check(tree: &Tree, is_built: impl Fn(&str) -> bool) -> Vec<Finding> {
    let Some(text) = tree.text(LOCK) else {
        return vec![Finding::new(LOCK, 1, "the lock file is missing: build once, and add it")];
    };
    let names = package_names(text);
    let mut findings = Vec::new();
    for banned in BANNED {
        if names.iter().any(|name| name == banned) && is_built(banned) {
            let what =
                format!("`{banned}` is built in: find who wants it with cargo tree -i {banned}");
            findings.push(Finding::new(LOCK, line_of(text, banned), what));
        }
    }
    for single in SINGLE {
        let copies = names.iter().filter(|name| *name == single).count();
        if copies != 1 {
            let what =
                format!("{copies} versions of `{single}`, and 1 is right: align who wants it");
            findings.push(Finding::new(LOCK, line_of(text, single), what));
        }
    }
    findings
}

/// Whether any crate of this workspace is built with the package. When cargo cannot tell, it is:
/// a rule that fails open is none.
pub(crate) fn is_built(root: &Path, package: &str) -> bool {
    let arguments = ["tree", "--workspace", "--prefix", "none", "--invert", package];
    match run::ask(&mut run::cargo(root, &arguments)) {
        Ok(told) => !told.ok || told.text.lines().any(|line| !line.trim().is_empty()),
        Err(_) => true,
    }
}

fn package_names(lock: &str) -> Vec<String> {
    let table = toml::from_str::<Table>(lock).unwrap_or_default();
    let packages = table.get("package").and_then(Value::as_array);
    let names = packages.into_iter().flatten().filter_map(|package| package.get("name")?.as_str());
    names.map(str::to_owned).collect()
}

fn line_of(text: &str, package: &str) -> usize {
    let needle = format!("name = \"{package}\"");
    text.lines().position(|line| line == needle).map_or(1, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(names: &[&str], is_built: bool) -> Vec<String> {
        let entry = |name: &&str| format!("[[package]]\nname = \"{name}\"\nversion = \"1.0.0\"\n");
        let text: String = names.iter().map(entry).collect();
        let tree = Tree::sample(&[(LOCK, text.as_str())]);
        check(&tree, |_| is_built).iter().map(ToString::to_string).collect()
    }

    const GOOD: [&str; 5] = ["aws-lc-rs", "hyper", "libsqlite3-sys", "openssl-sys", "rustls"];

    #[test]
    fn one_of_each_is_good() {
        assert!(found(&GOOD, true).is_empty());
    }

    #[test]
    fn a_banned_crate_is_found_where_it_is_built() {
        let mut names = GOOD.to_vec();
        names.push("ring");
        assert_eq!(found(&names, true).len(), 1);
        assert!(found(&names, false).is_empty());
    }

    #[test]
    fn a_second_or_missing_copy_is_found() {
        let mut names = GOOD.to_vec();
        names.push("rustls");
        assert_eq!(found(&names, true).len(), 1);
        assert_eq!(found(&GOOD[1..], true).len(), 1);
    }

    #[test]
    fn a_missing_lock_file_is_found() {
        assert_eq!(check(&Tree::sample(&[]), |_| true).len(), 1);
    }
}
