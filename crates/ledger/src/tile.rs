//! Tiles and entry bundles by path (C2SP tlog-tiles): `/tile/<L>/<N>[.p/<W>]`, `/tile/entries/<N>[.p/<W>]`.

use base::{Fault, FaultKind};
use tlog_tiles::Tile;

use crate::tree::{self, Nodes};

const HEIGHT: u8 = 8;
/// Leaves or hashes in a full tile.
pub const WIDTH: u64 = 256;

/// A tile that a path names and that a tree of some size has.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Leaves `from..to`.
    Entries {
        /// First leaf.
        from: u64,
        /// One past the last.
        to: u64,
    },
    /// Hashes.
    Hashes(Tile),
}

/// Parses what follows `/tile/`; `None` for what is malformed or not in a tree of `size` leaves.
#[must_use]
pub fn parse(path: &str, size: u64) -> Option<Request> {
    let (level, index) = path.split_once('/')?;
    if path.len() > 64 || !path.bytes().all(|b| b.is_ascii_alphanumeric() || b"/.".contains(&b)) {
        return None;
    }
    let shown_level = if level == "entries" { "0" } else { level };
    let tile = Tile::from_path(&format!("tile/{HEIGHT}/{shown_level}/{index}")).ok()?;
    let leaves_per_hash = WIDTH.checked_pow(u32::from(tile.level()))?;
    let from = tile.level_index().checked_mul(WIDTH)?;
    let to = from.checked_add(u64::from(tile.width()))?;
    if to.checked_mul(leaves_per_hash)? > size {
        return None;
    }
    Some(if level == "entries" { Request::Entries { from, to } } else { Request::Hashes(tile) })
}

/// The bytes of a tile of hashes.
pub fn hashes(tile: &Tile, nodes: &impl Nodes) -> Result<Vec<u8>, Fault> {
    tree::tile_bytes(tile, nodes)
}

/// The bytes of an entry bundle: each entry behind its length in two bytes, big endian.
pub fn bundle<'e>(entries: impl IntoIterator<Item = &'e [u8]>) -> Result<Vec<u8>, Fault> {
    let mut out = Vec::new();
    for entry in entries {
        let length = u16::try_from(entry.len()).map_err(|_| {
            Fault::new(FaultKind::Corrupt, "a log entry is longer than 65,535 bytes")
        })?;
        out.extend_from_slice(&length.to_be_bytes());
        out.extend_from_slice(entry);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn knows_what_a_tree_has() {
        assert_eq!(parse("entries/000", 256), Some(Request::Entries { from: 0, to: 256 }));
        assert_eq!(parse("entries/000", 255), None);
        assert_eq!(parse("entries/001.p/4", 260), Some(Request::Entries { from: 256, to: 260 }));
        assert_eq!(
            parse("entries/x001/067", 350_000),
            Some(Request::Entries { from: 273_152, to: 273_408 })
        );
        assert!(matches!(parse("0/000.p/9", 9), Some(Request::Hashes(_))));
        assert!(matches!(parse("1/000.p/1", 256), Some(Request::Hashes(_))));
        assert_eq!(parse("1/000.p/1", 255), None);
    }

    proptest! {
        #[test]
        fn no_path_panics(path in "[0-9a-z/.]{0,70}", size in any::<u64>()) {
            let _ = parse(&path, size);
            let _ = parse(&format!("entries/{path}"), size);
            let _ = parse(&format!("63/{path}"), size);
        }
    }
}
