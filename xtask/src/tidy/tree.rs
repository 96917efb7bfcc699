//! The files of the repository, read once, and what the rules find in them.

use std::fmt;
use std::path::Path;
use std::process::Command;

use anyhow::Context;

use crate::run;
use crate::tidy::scan::Source;

/// Something out of place, and what to do about it.
#[derive(Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Finding {
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) what: String,
}

impl Finding {
    pub(crate) fn new(path: &str, line: usize, what: impl Into<String>) -> Finding {
        Finding { path: path.to_owned(), line, what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.path, self.line, self.what)
    }
}

/// A file; `text` is absent when it is no text.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) size: u64,
    pub(crate) text: Option<String>,
}

pub(crate) struct Tree {
    pub(crate) files: Vec<File>,
    /// The Rust files, with comments and literals told from code.
    pub(crate) sources: Vec<Source>,
}

/// Larger files are not read: that they are too large is already the finding.
const READ_MAX_BYTES: u64 = 4 * 1024 * 1024;

/// What a build or a trial run leaves behind, where git cannot be asked.
const LEFTOVERS: [&str; 4] = [".git", "node_modules", "target", "vouchsafe-data"];

impl Tree {
    /// The files that git knows or would add; in an unpacked archive, all but the leftovers.
    pub(crate) fn load(root: &Path) -> anyhow::Result<Tree> {
        let mut paths = match listed(root) {
            Some(paths) => paths,
            None => {
                eprintln!("note: git cannot list this folder, so all of its files are checked");
                let mut paths = Vec::new();
                walk(root, "", &mut paths)?;
                paths
            }
        };
        paths.sort();
        paths.dedup();
        let mut files = Vec::new();
        for path in paths {
            files.extend(read(root, path)?);
        }
        Ok(Tree::of(files))
    }

    fn of(files: Vec<File>) -> Tree {
        let rust = files.iter().filter(|file| file.path.ends_with(".rs"));
        let sources =
            rust.filter_map(|file| Some(Source::read(&file.path, file.text.as_deref()?))).collect();
        Tree { files, sources }
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        self.files.iter().any(|file| file.path == path)
    }

    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        let mut texts = self.texts();
        texts.find(|(known, _)| *known == path).map(|(_, text)| text)
    }

    /// Path and content of every text file.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|file| Some((file.path.as_str(), file.text.as_deref()?)))
    }
}

/// New files that nobody has added yet count too: a rule that waits for the commit comes too late.
fn listed(root: &Path) -> Option<Vec<String>> {
    let mut git = Command::new("git");
    git.current_dir(root);
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let told = run::ask(&mut git).ok()?;
    let paths: Vec<String> =
        told.text.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect();
    (told.ok && !paths.is_empty()).then_some(paths)
}

fn walk(root: &Path, folder: &str, paths: &mut Vec<String>) -> anyhow::Result<()> {
    let entries = std::fs::read_dir(root.join(folder))
        .with_context(|| format!("the folder {folder} cannot be read"))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        let kind = entry.file_type()?;
        if kind.is_dir() && !LEFTOVERS.contains(&name.as_str()) {
            walk(root, &path, paths)?;
        } else if kind.is_file() {
            paths.push(path);
        }
    }
    Ok(())
}

/// Nothing for what git still lists but nobody can open: a deleted file, a link, a submodule.
fn read(root: &Path, path: String) -> anyhow::Result<Option<File>> {
    let place = root.join(&path);
    let Ok(about) = place.symlink_metadata() else {
        return Ok(None);
    };
    if !about.is_file() {
        return Ok(None);
    }
    let size = about.len();
    if size > READ_MAX_BYTES {
        return Ok(Some(File { path, size, text: None }));
    }
    let bytes = std::fs::read(&place).with_context(|| format!("{path} cannot be read"))?;
    let text = String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'));
    Ok(Some(File { path, size, text }))
}

#[cfg(test)]
impl Tree {
    /// A tree made of paths and contents, for the tests of the rules.
    pub(crate) fn sample(files: &[(&str, &str)]) -> Tree {
        let file = |(path, text): &(&str, &str)| File {
            path: (*path).to_owned(),
            size: text.len() as u64,
            text: Some((*text).to_owned()),
        };
        Tree::of(files.iter().map(file).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_says_where_and_what() {
        let finding = Finding::new("crates/base/src/id.rs", 7, "too long: split it");
        assert_eq!(finding.to_string(), "crates/base/src/id.rs:7: too long: split it");
    }

    #[test]
    fn a_folder_is_read_with_its_subfolders_and_without_leftovers() -> anyhow::Result<()> {
        let mut paths = Vec::new();
        walk(Path::new(env!("CARGO_MANIFEST_DIR")), "", &mut paths)?;
        assert!(paths.iter().any(|path| path == "src/tidy/tree.rs"));
        assert!(!paths.iter().any(|path| path.starts_with("target/")));
        Ok(())
    }
}
