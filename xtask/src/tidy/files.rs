//! Rules for files of every kind: no large ones, no unfinished ones, no path of somebody's machine.

use crate::tidy::scan::{Source, line_at, words};
use crate::tidy::tree::{Finding, Tree};

/// What is larger belongs to a release or a package, not into every clone for ever.
const FILE_BYTES_MAX: u64 = 400 * 1024;

/// Written by tools, and full of hashes in which any word may turn up.
const LOCK_FILES: [&str; 2] = ["Cargo.lock", "package-lock.json"];

/// Put together here, so that this file does not contain what it looks for.
const UNFINISHED: [&str; 2] = [concat!("FIX", "ME"), concat!("XX", "X")];
const MACROS: [&str; 2] = ["dbg", "todo"];

/// Folders in which people and build machines keep their clones.
const MACHINE_FOLDERS: [&str; 3] = ["home", "root", "work"];

pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files.iter().filter(|file| file.size > FILE_BYTES_MAX) {
        let what = format!(
            "{} KiB, and {} are the limit: make it smaller, or keep it out of git",
            file.size / 1024,
            FILE_BYTES_MAX / 1024
        );
        findings.push(Finding::new(&file.path, 1, what));
    }
    for (path, text) in tree.texts().filter(|(path, _)| !is_lock_file(path)) {
        check_unfinished(path, text, &mut findings);
        check_machine_paths(path, text, &mut findings);
    }
    for source in &tree.sources {
        check_macros(source, &mut findings);
    }
    findings
}

fn is_lock_file(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| LOCK_FILES.contains(&name))
}

fn check_unfinished(path: &str, text: &str, findings: &mut Vec<Finding>) {
    for word in UNFINISHED {
        for at in words(text, word) {
            let what = format!("{word} marks unfinished work: finish it, or open an issue");
            findings.push(Finding::new(path, line_at(text, at), what));
        }
    }
}

fn check_macros(source: &Source, findings: &mut Vec<Finding>) {
    for name in MACROS {
        for at in words(&source.code, name) {
            let call = source.code.get(at + name.len()..).unwrap_or_default();
            if call.starts_with("!(") {
                let what = format!("{name}! is for the desk, not for the product: take it out");
                findings.push(Finding::new(&source.path, source.line(at), what));
            }
        }
    }
}

fn check_machine_paths(path: &str, text: &str, findings: &mut Vec<Finding>) {
    for folder in MACHINE_FOLDERS {
        let needle = format!("/{folder}/");
        for (at, _) in text.match_indices(&needle) {
            if is_absolute(text.get(..at).unwrap_or_default()) {
                let what = format!("{needle}… exists on one machine only: use a relative path");
                findings.push(Finding::new(path, line_at(text, at), what));
            }
        }
    }
}

/// Whether a slash behind this text begins a path from the root. In `docs/…`, `../…`, `~/…`,
/// `$HOME/…` and in the address of a web page it does not; in `file:///…` it does.
fn is_absolute(before: &str) -> bool {
    let goes_on = |c: char| c.is_alphanumeric() || "._-~/}$)*".contains(c);
    before.ends_with("://") || !before.chars().next_back().is_some_and(goes_on)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tree::File;

    fn found(path: &str, text: &str) -> usize {
        check(&Tree::sample(&[(path, text)])).len()
    }

    #[test]
    fn unfinished_work_is_found() {
        assert_eq!(found("a.rs", &format!("//! A.\n// {}: later\n", UNFINISHED[0])), 1);
        assert_eq!(found("page.html", &format!("<p>{}</p>", UNFINISHED[1])), 1);
        assert_eq!(found("Cargo.lock", UNFINISHED[1]), 0);
        assert_eq!(found("a.rs", &format!("//! {}Y and {}ED.\n", UNFINISHED[1], UNFINISHED[0])), 0);
    }

    #[test]
    fn desk_macros_are_found_in_code_only() {
        assert_eq!(found("a.rs", "fn a() { dbg!(1); }"), 1);
        assert_eq!(found("a.rs", "fn a() { todo!() }"), 1);
        assert_eq!(found("a.rs", "// dbg!(1)\nfn a() { say(\"todo!()\"); my_dbg!(1) }"), 0);
    }

    #[test]
    fn a_path_of_a_machine_is_found() {
        for before in ["", "see ", "\"", "file://"] {
            assert_eq!(found("a.md", &format!("{before}/{}/me/clone", "home")), 1, "{before}");
        }
        for before in ["docs", "..", "~", "$HOME", "https://example.com"] {
            assert_eq!(found("a.md", &format!("{before}/{}/page", "work")), 0, "{before}");
        }
    }

    #[test]
    fn a_large_file_is_found() {
        let mut tree = Tree::sample(&[]);
        let file = |size| File { path: "shot.png".to_owned(), size, text: None };
        tree.files.push(file(FILE_BYTES_MAX));
        assert!(check(&tree).is_empty());
        tree.files.push(file(FILE_BYTES_MAX + 1));
        assert_eq!(check(&tree).len(), 1);
    }
}
