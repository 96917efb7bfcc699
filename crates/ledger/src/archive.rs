//! A whole log as a file, which can be checked away from the server: its signed checkpoint, then every leaf.
//!
//! JSON lines: the first is a [`Head`], each other a [`Leaf`], by number from zero. Whatever is missing, added, altered or
//! moved gives another root than the one that was signed.

use std::collections::HashMap;
use std::io::{BufRead, Read};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Checkpoint;
use crate::tree::Growing;

/// The format's name.
pub const FORMAT: &str = "vouchsafe-log-archive/1";
/// Bytes of a line.
const LINE_BYTES_MAX: u64 = 1024 * 1024;

/// The first line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// [`FORMAT`].
    pub format: String,
    /// The verifier key of the checkpoint. Whoever has it from elsewhere compares.
    pub key: String,
    /// Signed note over size and root (C2SP tlog-checkpoint).
    pub checkpoint: String,
}

/// Each other line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leaf {
    /// Its number, counted from zero.
    pub n: u64,
    /// Its bytes; entries of the audit log are JSON texts.
    pub leaf: String,
}

/// An archive that is whole.
#[derive(Debug)]
pub struct Whole {
    /// Its checkpoint.
    pub checkpoint: Checkpoint,
    /// The key that signed it.
    pub key: String,
    /// The numbers of the entries, by the identifiers in them.
    pub entries: HashMap<String, u64>,
}

/// What is wrong, in words.
#[derive(Debug, PartialEq, Eq)]
pub struct Broken(pub String);

fn broken<T>(what: impl Into<String>) -> Result<T, Broken> {
    Err(Broken(what.into()))
}

/// Whether a text begins as an archive does.
#[must_use]
pub fn is_one(first_line: &str) -> bool {
    serde_json::from_str::<Head>(first_line).is_ok_and(|head| head.format == FORMAT)
}

/// Reads an archive to its end. With a `key` from elsewhere the checkpoint has to be signed by it, else by the one that the
/// archive names.
pub fn check(mut from: impl BufRead, key: Option<&str>) -> Result<Whole, Broken> {
    let Some(first) = line(&mut from)? else { return broken("the file is empty") };
    let head: Head = match serde_json::from_str(&first) {
        Ok(head) => head,
        Err(e) => return broken(format!("the first line is not an archive's: {e}")),
    };
    if head.format != FORMAT {
        return broken(format!("the format {} is not known here", head.format));
    }
    if key.is_some_and(|key| key != head.key) {
        return broken(format!("it is signed with another key: {}", head.key));
    }
    let checkpoint = Checkpoint::verify(&head.checkpoint, &head.key)
        .map_err(|e| Broken(format!("the checkpoint does not hold: {}", e.chain())))?;
    let (mut tree, mut entries) = (Growing::default(), HashMap::new());
    while let Some(text) = line(&mut from)? {
        let n = tree.size();
        let leaf: Leaf = match serde_json::from_str(&text) {
            Ok(leaf) => leaf,
            Err(e) => return broken(format!("entry {n} cannot be read: {e}")),
        };
        if leaf.n != n {
            return broken(format!("entry {n} is missing: there is {} in its place", leaf.n));
        }
        tree.push(leaf.leaf.as_bytes());
        let id = serde_json::from_str::<Value>(&leaf.leaf).ok();
        let id = id.and_then(|v| v["id"].as_str().map(str::to_owned)).unwrap_or_default();
        if entries.insert(id, n).is_some() {
            return broken(format!("entry {n} has no identifier of its own"));
        }
    }
    if tree.size() != checkpoint.size {
        let (held, signed) = (tree.size(), checkpoint.size);
        return broken(format!("{held} entries are there, {signed} were signed"));
    }
    if tree.root() != checkpoint.root {
        return broken("an entry was altered: the root is not the one that was signed");
    }
    Ok(Whole { checkpoint, key: head.key, entries })
}

impl Whole {
    /// Whether rows of another export are exactly this log's entries up to the newest of them; answers how many.
    /// `ids` are those of all its rows, in any order.
    pub fn covers(&self, ids: impl IntoIterator<Item = String>) -> Result<u64, Broken> {
        let mut seen = HashMap::new();
        for id in ids {
            let Some(n) = self.entries.get(&id) else {
                return broken(format!("the row {id} is not in the log"));
            };
            if seen.insert(*n, ()).is_some() {
                return broken(format!("the row {id} is there twice"));
            }
        }
        let Some(newest) = seen.keys().max() else { return broken("there is no row") };
        match (0..=*newest).find(|n| !seen.contains_key(n)) {
            Some(n) => broken(format!("the row of entry {n} is missing")),
            None => Ok(newest + 1),
        }
    }
}

/// A line without its end; nothing at the end of the file.
fn line(from: &mut impl BufRead) -> Result<Option<String>, Broken> {
    let mut text = Vec::new();
    from.by_ref()
        .take(LINE_BYTES_MAX + 1)
        .read_until(b'\n', &mut text)
        .map_err(|e| Broken(format!("the file cannot be read: {e}")))?;
    if text.is_empty() {
        return Ok(None);
    }
    if text.len() as u64 > LINE_BYTES_MAX {
        return broken(format!("a line has more than {LINE_BYTES_MAX} bytes"));
    }
    if text.last() == Some(&b'\n') {
        text.pop();
    }
    String::from_utf8(text).map(Some).or_else(|_| broken("a line is not UTF-8"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::NoteKey;

    fn key() -> NoteKey {
        use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
        let seed = [7; 32];
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed).unwrap_or_else(|e| panic!("{e}"));
        let public = pair.public_key().as_ref().try_into().unwrap_or([0; 32]);
        NoteKey::new("example/audit", seed, public).unwrap_or_else(|e| panic!("{e}"))
    }

    fn leaf(n: u64) -> String {
        format!(r#"{{"id":"evt_{n}","action":"session.opened"}}"#)
    }

    fn archive(key: &NoteKey, size: u64) -> Vec<String> {
        let mut tree = Growing::default();
        (0..size).for_each(|n| tree.push(leaf(n).as_bytes()));
        let head = Checkpoint { origin: key.name().to_owned(), size, root: tree.root() };
        let checkpoint = head.sign(key, "").unwrap_or_default();
        let head = Head { format: FORMAT.into(), key: key.verifier_key(), checkpoint };
        let lines = (0..size).map(|n| serde_json::to_string(&Leaf { n, leaf: leaf(n) }));
        let head = serde_json::to_string(&head);
        std::iter::once(head).chain(lines).map(Result::unwrap_or_default).collect()
    }

    fn said(lines: &[String], key: Option<&str>) -> Result<Whole, String> {
        check(lines.join("\n").as_bytes(), key).map_err(|b| b.0)
    }

    #[test]
    fn a_whole_one_is_believed_and_rows_are_compared_with_it() {
        let key = key();
        for size in [0, 1, 2, 7, 64] {
            let lines = archive(&key, size);
            let whole = said(&lines, Some(&key.verifier_key())).unwrap_or_else(|e| panic!("{e}"));
            assert_eq!((whole.checkpoint.size, whole.entries.len() as u64), (size, size));
            assert!(is_one(&lines[0]));
        }
        let whole = said(&archive(&key, 5), None).unwrap_or_else(|e| panic!("{e}"));
        let rows = |all: &[&str]| whole.covers(all.iter().map(|r| format!("evt_{r}")));
        assert_eq!(rows(&["2", "1", "0"]), Ok(3), "newer entries came after that export");
        for (bad, why) in [
            (vec!["2", "0"], "entry 1 is missing"),
            (vec!["0", "0"], "twice"),
            (vec!["9"], "not in the log"),
            (vec![], "no row"),
        ] {
            assert!(rows(&bad).is_err_and(|b| b.0.contains(why)), "{bad:?}");
        }
    }

    #[test]
    fn another_key_and_another_format_are_named() {
        let key = key();
        let lines = archive(&key, 3);
        assert!(said(&lines, Some("other+1234abcd+x")).is_err_and(|e| e.contains("another key")));
        for bad in ["", "{}", "not JSON"] {
            assert!(said(&[bad.to_owned()], None).is_err(), "{bad}");
        }
        let other = lines[0].replace(FORMAT, "other/2");
        assert!(said(&[other], None).is_err_and(|e| e.contains("other/2")));
        let long = "x".repeat(2 * 1024 * 1024);
        assert!(said(&[long], None).is_err_and(|e| e.contains("bytes")));
    }

    proptest! {
        #[test]
        fn whatever_is_changed_is_found(size in 1_u64..40, at in any::<prop::sample::Index>(), how in 0..5) {
            let mut lines = archive(&key(), size);
            let n = 1 + at.index(size as usize);
            match how {
                0 => { lines.remove(n); }
                1 => { let twice = lines[n].clone(); lines.insert(n, twice); }
                2 => lines[n] = lines[n].replace("opened", "closed"),
                3 => lines.truncate(n),
                _ => { let last = lines.len() - 1; if n == last { return Ok(()); } lines.swap(n, last); }
            }
            prop_assert!(said(&lines, None).is_err());
        }
    }
}
