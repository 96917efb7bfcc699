//! The manifests of our crates against the plan of the house.

use std::collections::BTreeMap;

use toml::{Table, Value};

use crate::tidy::house::place;
use crate::tidy::tree::{Finding, Tree};

/// Drawers: whatever fits nowhere ends up in them, and then everything depends on them.
const BANNED_NAMES: [&str; 4] = ["common", "core", "types", "utils"];

/// A crate's manifest. `name` is its folder's name.
struct Manifest<'a> {
    name: &'a str,
    path: &'a str,
    text: &'a str,
    table: Table,
}

pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let all = manifests(tree);
    for manifest in &all {
        if manifest.name != "xtask" {
            check_name(manifest, &mut findings);
            check_edges(manifest, &all, &mut findings);
        }
        check_rooms(manifest, tree, &mut findings);
    }
    findings
}

/// The arrows of the picture: each crate with those of ours that it depends on.
pub(crate) fn edges(tree: &Tree) -> BTreeMap<String, Vec<String>> {
    let all = manifests(tree);
    let crates = all.iter().filter(|manifest| manifest.name != "xtask");
    crates.map(|manifest| (manifest.name.to_owned(), ours(manifest, &all))).collect()
}

/// What cannot be read as TOML is left to cargo, which then refuses the whole workspace.
fn manifests(tree: &Tree) -> Vec<Manifest<'_>> {
    let mut all = Vec::new();
    for (path, text) in tree.texts() {
        if let Some(name) = folder(path)
            && let Ok(table) = toml::from_str::<Table>(text)
        {
            all.push(Manifest { name, path, text, table });
        }
    }
    all
}

/// `crates/base/Cargo.toml` is `base`.
fn folder(path: &str) -> Option<&str> {
    let folder = path.strip_suffix("/Cargo.toml")?;
    let name = folder.strip_prefix("crates/").unwrap_or(folder);
    (name == "xtask" || (name != folder && !name.contains('/'))).then_some(name)
}

fn check_name(manifest: &Manifest<'_>, findings: &mut Vec<Finding>) {
    let name = manifest.name;
    let line = line_of(manifest.text, "name =");
    let mut find = |what: String| findings.push(Finding::new(manifest.path, line, what));
    if BANNED_NAMES.contains(&name) {
        let what = format!("a crate called `{name}` becomes a drawer: name it after what it does");
        find(what);
    } else if place(name).is_none() {
        let what = format!("`{name}` has no place: add it to HOUSE in xtask/src/tidy/house.rs");
        find(what);
    }
    let package = manifest.table.get("package").and_then(|package| package.get("name"));
    if package.and_then(Value::as_str) != Some(name) {
        let what = format!("a crate is called like its folder: write name = \"{name}\"");
        find(what);
    }
}

fn check_edges(manifest: &Manifest<'_>, all: &[Manifest<'_>], findings: &mut Vec<Finding>) {
    let name = manifest.name;
    let Some(place) = place(name) else {
        return;
    };
    for used in ours(manifest, all) {
        if !place.may_use.contains(&used.as_str()) {
            let what = format!(
                "`{name}` may not depend on `{used}`: turn the arrow round with a port or a \
                 manifest, or change HOUSE in xtask/src/tidy/house.rs and say why in docs/adr"
            );
            findings.push(Finding::new(manifest.path, line_of(manifest.text, &used), what));
        }
    }
}

/// What every crate has: the workspace's lints, and one screen that says what it is.
fn check_rooms(manifest: &Manifest<'_>, tree: &Tree, findings: &mut Vec<Finding>) {
    let lints = manifest.table.get("lints").and_then(|lints| lints.get("workspace"));
    if lints.and_then(Value::as_bool) != Some(true) {
        let what = "the workspace's lints are not on: add [lints] with workspace = true";
        findings.push(Finding::new(manifest.path, 1, what));
    }
    let readme = manifest.path.replace("Cargo.toml", "README.md");
    if !tree.has(&readme) {
        let what = format!("{readme} is missing: write one screen about nouns, verbs, invariants");
        findings.push(Finding::new(manifest.path, 1, what));
    }
}

/// Our crates among the dependencies of a manifest, those of single platforms included.
fn ours(manifest: &Manifest<'_>, all: &[Manifest<'_>]) -> Vec<String> {
    let known = |name: &str| all.iter().any(|other| other.name == name) || place(name).is_some();
    let mut used = Vec::new();
    collect(&manifest.table, &mut used);
    if let Some(targets) = manifest.table.get("target").and_then(Value::as_table) {
        for target in targets.values().filter_map(Value::as_table) {
            collect(target, &mut used);
        }
    }
    used.retain(|name| known(name));
    used.sort();
    used.dedup();
    used
}

fn collect(table: &Table, used: &mut Vec<String>) {
    for kind in ["dependencies", "build-dependencies"] {
        let dependencies = table.get(kind).and_then(Value::as_table);
        for (key, value) in dependencies.into_iter().flatten() {
            let renamed = value.get("package").and_then(Value::as_str);
            used.push(renamed.unwrap_or(key).to_owned());
        }
    }
}

/// The first line that begins with `needle`, for a finding to point at.
fn line_of(text: &str, needle: &str) -> usize {
    text.lines().position(|line| line.starts_with(needle)).map_or(1, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(name: &str, dependencies: &str) -> String {
        let lints = "[lints]\nworkspace = true\n";
        format!("[package]\nname = \"{name}\"\n{lints}[dependencies]\n{dependencies}")
    }

    /// The findings about one crate that has its README.
    fn found(folder: &str, manifest: &str) -> Vec<String> {
        let path = format!("crates/{folder}/Cargo.toml");
        let readme = format!("crates/{folder}/README.md");
        let tree = Tree::sample(&[(path.as_str(), manifest), (readme.as_str(), "# A crate")]);
        check(&tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_arrow_down_is_good() {
        let down = "base.workspace = true\nserde = \"1\"\n";
        assert!(found("store", &manifest("store", down)).is_empty());
    }

    #[test]
    fn an_arrow_up_or_sideways_is_found() {
        let up = "base.workspace = true\nkernel.workspace = true\n";
        let up = found("store", &manifest("store", up));
        assert_eq!(up.len(), 1);
        assert!(up[0].starts_with("crates/store/Cargo.toml:7: `store` may not depend on `kernel`"));
        let target = "[target.'cfg(unix)'.dependencies]\nidentity.workspace = true\n";
        assert_eq!(found("posture", &manifest("posture", target)).len(), 1);
        let renamed = "words = { package = \"ledger\", path = \"../ledger\" }\n";
        assert_eq!(found("crypt", &manifest("crypt", renamed)).len(), 1);
    }

    #[test]
    fn dev_dependencies_are_free() {
        let dev = "[dev-dependencies]\nidentity.workspace = true\n";
        assert!(found("identity", &manifest("identity", dev)).is_empty());
        let built_in = "identity.workspace = true\n";
        assert_eq!(found("identity", &manifest("identity", built_in)).len(), 1);
    }

    #[test]
    fn names_are_checked() {
        assert_eq!(found("utils", &manifest("utils", "")).len(), 1);
        assert_eq!(found("garden", &manifest("garden", "")).len(), 1);
        assert_eq!(found("base", &manifest("basis", "")).len(), 1);
    }

    #[test]
    fn lints_and_readme_are_demanded() {
        assert_eq!(found("base", "[package]\nname = \"base\"\n").len(), 1);
        let good = manifest("base", "");
        let tree = Tree::sample(&[("crates/base/Cargo.toml", good.as_str())]);
        assert_eq!(check(&tree).len(), 1);
        let tool = Tree::sample(&[("xtask/Cargo.toml", "[package]\nname = \"xtask\"\n")]);
        assert_eq!(check(&tool).len(), 2);
    }
}
