//! A tamper-evident log in one file of the store: leaves, tree nodes and signed checkpoints.
//!
//! Audit and posture each keep one. Leaves and nodes are written in the same transaction, so a log
//! is consistent after any crash; tiles and proofs are computed from the nodes when somebody asks.

mod store;

use base::{Fault, FaultKind, Timestamp};
use ledger::tile::{self, Request};
use ledger::{Checkpoint, Hash, NoteKey, tree};

pub use store::{APPEND_ONLY, TABLES, leaf, leaves, nodes_of, size};

/// The head of a log with its signed note.
#[derive(Clone, Debug)]
pub struct Head {
    /// Leaves.
    pub size: u64,
    /// The signed note.
    pub note: String,
    /// When it was signed.
    pub at: Timestamp,
}

/// Appends leaves; answers the number of the first of them, counted from zero.
pub fn append(tx: &::store::Tx<'_>, leaves: &[Vec<u8>]) -> Result<u64, Fault> {
    let first = size(tx)?;
    for (n, bytes) in (first..).zip(leaves) {
        let nodes = tree::append(n, bytes, &nodes_of(tx))?;
        store::insert(tx, n, bytes, &nodes)?;
    }
    Ok(first)
}

/// Signs and keeps a checkpoint of the present size, unless the last one has it and is younger
/// than `heartbeat_before`.
pub fn checkpoint(
    tx: &::store::Tx<'_>,
    key: &NoteKey,
    now: Timestamp,
    heartbeat_before: Timestamp,
) -> Result<Option<Head>, Fault> {
    let size = size(tx)?;
    if let Some(last) = store::head(tx)?
        && last.size == size
        && last.at >= heartbeat_before
        && last.at <= now
    {
        return Ok(None);
    }
    let root = tree::root(size, &nodes_of(tx))?;
    let head = Checkpoint { origin: key.name().to_owned(), size, root };
    let note = head.sign(key, &format!("time {}", now.iso()))?;
    store::keep_head(tx, size, &note, now)?;
    Ok(Some(Head { size, note, at: now }))
}

/// The last checkpoint.
pub fn head(tx: &::store::Tx<'_>) -> Result<Option<Head>, Fault> {
    store::head(tx)
}

/// The root of the first `size` leaves.
pub fn root(tx: &::store::Tx<'_>, size: u64) -> Result<Hash, Fault> {
    tree::root(size, &nodes_of(tx))
}

/// The roots of the perfect subtrees that hold the first `size` leaves, the largest first: with them and the
/// leaves behind them anybody derives the root.
pub fn frontier(tx: &::store::Tx<'_>, size: u64) -> Result<Vec<Hash>, Fault> {
    tree::frontier(size, &nodes_of(tx))
}

/// The audit path of a leaf in the tree of `size` leaves.
pub fn inclusion(tx: &::store::Tx<'_>, size: u64, leaf: u64) -> Result<Vec<Hash>, Fault> {
    tree::inclusion(size, leaf, &nodes_of(tx))
}

/// The bytes of a tile or entry bundle that the last checkpoint covers; `None` for any other.
pub fn tile(tx: &::store::Tx<'_>, path: &str) -> Result<Option<Vec<u8>>, Fault> {
    let Some(head) = store::head(tx)? else { return Ok(None) };
    match tile::parse(path, head.size) {
        None => Ok(None),
        Some(Request::Hashes(wanted)) => tile::hashes(&wanted, &nodes_of(tx)).map(Some),
        Some(Request::Entries { from, to }) => {
            let leaves = leaves(tx, from, to)?;
            tile::bundle(leaves.iter().map(Vec::as_slice)).map(Some)
        }
    }
}

/// Derives the whole tree anew from the leaves and compares it with the stored nodes and with every
/// kept checkpoint; answers how many leaves were checked.
pub fn verify(tx: &::store::Tx<'_>, verifier_key: &str) -> Result<u64, Fault> {
    let bad = |what: String| Err(Fault::new(FaultKind::Corrupt, what));
    let size = size(tx)?;
    let mut memory = Fresh::default();
    for from in (0..size).step_by(1024) {
        let leaves = leaves(tx, from, size.min(from + 1024))?;
        for (n, bytes) in (from..).zip(&leaves) {
            let nodes = tree::append(n, bytes, &memory)?;
            if store::nodes_from(tx, tree::first_node(n), nodes.len())? != nodes {
                return bad(format!("entry {n} or its place in the tree was changed"));
            }
            memory.0.extend(nodes);
        }
    }
    for head in store::heads(tx)? {
        let note = Checkpoint::verify(&head.note, verifier_key)?;
        if note.size > size {
            return bad(format!(
                "entries are missing: a checkpoint counted {}, the log holds {size}",
                note.size
            ));
        }
        if tree::root(note.size, &memory)? != note.root {
            return bad(format!("the checkpoint of {} entries does not match the log", note.size));
        }
    }
    Ok(size)
}

/// Makes a changed log look whole again, with the key that signs it: what a falsification plays on a copy.
pub(crate) fn forge(tx: &::store::Tx<'_>, key: &NoteKey) -> Result<(), Fault> {
    let size = size(tx)?;
    let mut memory = Fresh::default();
    for (n, bytes) in (0..).zip(leaves(tx, 0, size)?) {
        let nodes = tree::append(n, &bytes, &memory)?;
        memory.0.extend(nodes);
    }
    store::rewrite(tx, &memory.0, |size| {
        let root = tree::root(size, &memory)?;
        Checkpoint { origin: key.name().to_owned(), size, root }.sign(key, "")
    })
}

#[derive(Default)]
struct Fresh(Vec<Hash>);

impl ledger::Nodes for Fresh {
    fn nodes(&self, numbers: &[u64]) -> Result<Vec<Hash>, Fault> {
        let at = |n: &u64| usize::try_from(*n).ok().and_then(|n| self.0.get(n)).copied();
        numbers.iter().map(|n| at(n).ok_or_else(|| Fault::internal("no such node"))).collect()
    }
}
