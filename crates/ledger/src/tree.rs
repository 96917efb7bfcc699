//! The Merkle tree of RFC 6962, section 2.1, over nodes that somebody else stores.
//!
//! Nodes are numbered as in Go's `sumdb/tlog`: a leaf's node is followed by those of the subtrees that it
//! completes, so a log only ever appends nodes.

use base::{Fault, FaultKind};
use tlog_tiles::{Error, HashReader};

pub use tlog_tiles::Hash;

/// Stored nodes, by number.
pub trait Nodes {
    /// The nodes with these numbers, in the same order.
    fn nodes(&self, numbers: &[u64]) -> Result<Vec<Hash>, Fault>;
}

/// A tree question that has no answer: missing nodes, or sizes out of order.
pub type TreeFault = Fault;

struct Reader<'n, N>(&'n N);

impl<N: Nodes> HashReader for Reader<'_, N> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, Error> {
        match self.0.nodes(indexes) {
            Ok(hashes) if hashes.len() == indexes.len() => Ok(hashes),
            _ => Err(Error::IndexesNotInTree),
        }
    }
}

/// The nodes to store when leaf number `size` (counted from zero) is appended, from
/// [`first_node`]`(size)` on.
pub fn append(size: u64, leaf: &[u8], nodes: &impl Nodes) -> Result<Vec<Hash>, TreeFault> {
    tlog_tiles::stored_hashes(size, leaf, &Reader(nodes)).map_err(|e| fault("appending", &e))
}

/// The number of the first node that leaf number `leaf` adds.
#[must_use]
pub fn first_node(leaf: u64) -> u64 {
    tlog_tiles::stored_hash_index(0, leaf)
}

/// How many nodes a tree of `size` leaves has stored.
#[must_use]
pub fn node_count(size: u64) -> u64 {
    tlog_tiles::stored_hash_count(size)
}

/// The hash of a leaf's bytes.
#[must_use]
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    tlog_tiles::record_hash(leaf)
}

/// The root of the first `size` leaves.
pub fn root(size: u64, nodes: &impl Nodes) -> Result<Hash, TreeFault> {
    if size == 0 {
        return Ok(tlog_tiles::EMPTY_HASH);
    }
    tlog_tiles::tree_hash(size, &Reader(nodes)).map_err(|e| fault("hashing the tree", &e))
}

/// The audit path of leaf number `leaf` in the tree of `size` leaves (RFC 6962, section 2.1.1).
pub fn inclusion(size: u64, leaf: u64, nodes: &impl Nodes) -> Result<Vec<Hash>, TreeFault> {
    if leaf >= size {
        return Err(Fault::new(FaultKind::Conflict, "the leaf is not in that tree"));
    }
    tlog_tiles::prove_record(size, leaf, &Reader(nodes)).map_err(|e| fault("proving inclusion", &e))
}

/// Whether an audit path leads from the leaf's hash to the root.
#[must_use]
pub fn includes(size: u64, root: Hash, leaf: u64, hash: Hash, path: &Vec<Hash>) -> bool {
    leaf < size && tlog_tiles::check_record(path, size, root, leaf, hash).is_ok()
}

/// The proof that the tree of `old` leaves is a beginning of that of `size` (section 2.1.2).
pub fn consistency(old: u64, size: u64, nodes: &impl Nodes) -> Result<Vec<Hash>, TreeFault> {
    if old == 0 || old > size {
        return Err(Fault::new(FaultKind::Conflict, "the older tree must have 1 to size leaves"));
    }
    tlog_tiles::prove_tree(size, old, &Reader(nodes)).map_err(|e| fault("proving consistency", &e))
}

/// Whether a consistency proof holds.
#[must_use]
pub fn extends(old: u64, old_root: Hash, size: u64, root: Hash, proof: &Vec<Hash>) -> bool {
    (1..=size).contains(&old) && tlog_tiles::check_tree(proof, size, root, old, old_root).is_ok()
}

/// The roots of the perfect subtrees that hold the first `size` leaves, the largest first.
pub fn frontier(size: u64, nodes: &impl Nodes) -> Result<Vec<Hash>, TreeFault> {
    let mut numbers = Vec::new();
    let mut covered = 0_u64;
    for level in (0..u64::BITS as u8).rev().filter(|level| size >> level & 1 == 1) {
        numbers.push(tlog_tiles::stored_hash_index(level, covered >> level));
        covered += 1 << level;
    }
    nodes.nodes(&numbers)
}

/// A tree of which only the frontier is kept: enough to add leaves and to know the root.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Growing {
    size: u64,
    /// The largest subtree first.
    peaks: Vec<Hash>,
}

impl Growing {
    /// Goes on from a frontier; `None` when it is not one of `size` leaves.
    #[must_use]
    pub fn from_frontier(size: u64, peaks: Vec<Hash>) -> Option<Self> {
        (peaks.len() == size.count_ones() as usize).then_some(Self { size, peaks })
    }

    /// Adds a leaf.
    pub fn push(&mut self, leaf: &[u8]) {
        let mut hash = leaf_hash(leaf);
        let mut size = self.size;
        while size & 1 == 1 {
            let Some(left) = self.peaks.pop() else { break };
            hash = tlog_tiles::node_hash(left, hash);
            size >>= 1;
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// How many leaves there are.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The frontier, the largest subtree first.
    #[must_use]
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// The root.
    #[must_use]
    pub fn root(&self) -> Hash {
        let fold = |right: Hash, left: &Hash| tlog_tiles::node_hash(*left, right);
        match self.peaks.split_last() {
            None => tlog_tiles::EMPTY_HASH,
            Some((last, others)) => others.iter().rev().fold(*last, fold),
        }
    }
}

/// Reads a tile's bytes through the nodes.
pub(crate) fn tile_bytes(
    tile: &tlog_tiles::Tile,
    nodes: &impl Nodes,
) -> Result<Vec<u8>, TreeFault> {
    tile.read_data(&Reader(nodes)).map_err(|e| fault("reading a tile", &e))
}

fn fault(what: &str, error: &Error) -> Fault {
    Fault::new(FaultKind::Corrupt, format!("{what}: {error:?}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Default)]
    struct Memory(Vec<Hash>);

    impl Nodes for Memory {
        fn nodes(&self, numbers: &[u64]) -> Result<Vec<Hash>, Fault> {
            numbers
                .iter()
                .map(|n| self.0.get(*n as usize).copied().ok_or_else(|| Fault::internal("no node")))
                .collect()
        }
    }

    fn log(leaves: u64) -> Memory {
        let mut log = Memory::default();
        for n in 0..leaves {
            assert_eq!(log.0.len() as u64, first_node(n));
            let more = append(n, &n.to_be_bytes(), &log).unwrap_or_default();
            log.0.extend(more);
        }
        log
    }

    #[test]
    fn the_empty_tree_has_the_hash_of_nothing() {
        assert_eq!(root(0, &Memory::default()).ok(), Some(tlog_tiles::EMPTY_HASH));
        assert!(inclusion(0, 0, &Memory::default()).is_err());
        assert!(consistency(0, 0, &Memory::default()).is_err());
    }

    proptest! {
        #[test]
        fn a_frontier_grows_to_the_same_root(from in 0_u64..70, more in 0_u64..70) {
            let log = log(from + more);
            let peaks = frontier(from, &log).unwrap_or_default();
            prop_assert!(from == 0 || Growing::from_frontier(from + 1, peaks.clone()).is_none()
                || (from + 1).count_ones() == from.count_ones());
            let grown = Growing::from_frontier(from, peaks);
            prop_assert!(grown.is_some());
            let mut grown = grown.unwrap_or_default();
            for n in from..from + more {
                grown.push(&n.to_be_bytes());
            }
            prop_assert_eq!(grown.root(), root(from + more, &log).unwrap_or(tlog_tiles::EMPTY_HASH));
        }

        #[test]
        fn proofs_hold_for_what_is_there_and_for_nothing_else(size in 1_u64..70, a in 0_u64..70, b in 1_u64..70) {
            let log = log(size);
            let top = root(size, &log).unwrap_or(tlog_tiles::EMPTY_HASH);
            let leaf = a % size;
            let path = inclusion(size, leaf, &log).unwrap_or_default();
            prop_assert!(includes(size, top, leaf, leaf_hash(&leaf.to_be_bytes()), &path));
            prop_assert!(!includes(size, top, leaf, leaf_hash(b"another"), &path));
            let old = 1 + b % size;
            let old_root = root(old, &log).unwrap_or(tlog_tiles::EMPTY_HASH);
            let proof = consistency(old, size, &log).unwrap_or_default();
            prop_assert!(extends(old, old_root, size, top, &proof));
            if old < size {
                prop_assert!(!extends(old, top, size, top, &proof));
            }
        }
    }
}
