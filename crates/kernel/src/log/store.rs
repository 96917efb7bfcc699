//! The SQL of a log. Audit's and posture's files have the same tables.

use base::{Fault, FaultKind, Timestamp};
use ledger::{Hash, Nodes, tree};
use store::{Tx, params};

use super::Head;

/// The tables of a log; each file that keeps one has this among its migrations.
pub const TABLES: &str = "\
CREATE TABLE log_leaf (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
CREATE TABLE log_node (number INTEGER PRIMARY KEY, hash BLOB NOT NULL) STRICT;
CREATE TABLE log_head (size INTEGER NOT NULL, note TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX log_head_size ON log_head (size, at);
";

/// What makes a log's tables refuse a row in place of another one, which the authorizer does not see.
pub const APPEND_ONLY: &str = "\
CREATE TRIGGER log_leaf_append BEFORE INSERT ON log_leaf
    WHEN EXISTS (SELECT 1 FROM log_leaf WHERE number = NEW.number)
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_node_append BEFORE INSERT ON log_node
    WHEN EXISTS (SELECT 1 FROM log_node WHERE number = NEW.number)
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
";

/// Checkpoints of one size that are kept beside the newest: a log that stands still is not to grow.
const SAME_SIZE_KEPT: i64 = 2;

/// How many leaves the log has.
pub fn size(tx: &Tx<'_>) -> Result<u64, Fault> {
    let last = tx.number("SELECT max(number) + 1 FROM log_leaf", params![])?;
    u64::try_from(last).map_err(|_| Fault::new(FaultKind::Corrupt, "a log has a negative size"))
}

pub(super) fn insert(tx: &Tx<'_>, n: u64, bytes: &[u8], nodes: &[Hash]) -> Result<(), Fault> {
    tx.execute("INSERT INTO log_leaf (number, bytes) VALUES (?1, ?2)", params![signed(n), bytes])?;
    for (at, node) in (tree::first_node(n)..).zip(nodes) {
        tx.execute(
            "INSERT INTO log_node (number, hash) VALUES (?1, ?2)",
            params![signed(at), &node.0],
        )?;
    }
    Ok(())
}

/// The bytes of leaf `n`.
pub fn leaf(tx: &Tx<'_>, n: u64) -> Result<Option<Vec<u8>>, Fault> {
    tx.find("SELECT bytes FROM log_leaf WHERE number = ?1", params![signed(n)], |row| row.get(0))
}

/// Leaves `from..to`, without gaps.
pub fn leaves(tx: &Tx<'_>, from: u64, to: u64) -> Result<Vec<Vec<u8>>, Fault> {
    let found: Vec<Vec<u8>> = tx.query(
        "SELECT bytes FROM log_leaf WHERE number >= ?1 AND number < ?2 ORDER BY number",
        params![signed(from), signed(to)],
        |row| row.get(0),
    )?;
    if found.len() as u64 == to - from {
        Ok(found)
    } else {
        Err(Fault::new(FaultKind::Corrupt, format!("entries are missing between {from} and {to}")))
    }
}

pub(super) fn nodes_from(tx: &Tx<'_>, first: u64, count: usize) -> Result<Vec<Hash>, Fault> {
    tx.query(
        "SELECT hash FROM log_node WHERE number >= ?1 ORDER BY number LIMIT ?2",
        params![signed(first), i64::try_from(count).unwrap_or(i64::MAX)],
        |row| row.get::<[u8; 32]>(0).map(Hash),
    )
}

pub(super) fn keep_head(tx: &Tx<'_>, size: u64, note: &str, at: Timestamp) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO log_head (size, note, at) VALUES (?1, ?2, ?3)",
        params![signed(size), note, at],
    )?;
    tx.execute(
        "DELETE FROM log_head WHERE size = ?1 AND rowid NOT IN \
         (SELECT rowid FROM log_head WHERE size = ?1 ORDER BY rowid DESC LIMIT ?2)",
        params![signed(size), SAME_SIZE_KEPT],
    )
    .map(drop)
}

pub(super) fn head(tx: &Tx<'_>) -> Result<Option<Head>, Fault> {
    tx.find(
        "SELECT size, note, at FROM log_head ORDER BY size DESC, rowid DESC LIMIT 1",
        params![],
        read_head,
    )
}

pub(super) fn heads(tx: &Tx<'_>) -> Result<Vec<Head>, Fault> {
    tx.query("SELECT size, note, at FROM log_head ORDER BY size, at", params![], read_head)
}

fn read_head(row: &store::Row<'_>) -> Result<Head, Fault> {
    let size: i64 = row.get(0)?;
    Ok(Head { size: size.unsigned_abs(), note: row.get(1)?, at: row.get(2)? })
}

/// The tree's nodes as they lie in the file.
pub fn nodes_of<'t>(tx: &'t Tx<'t>) -> impl Nodes + 't {
    struct Stored<'t>(&'t Tx<'t>);
    impl Nodes for Stored<'_> {
        fn nodes(&self, numbers: &[u64]) -> Result<Vec<Hash>, Fault> {
            let one = |n: &u64| {
                self.0
                    .find(
                        "SELECT hash FROM log_node WHERE number = ?1",
                        params![signed(*n)],
                        |row| row.get::<[u8; 32]>(0).map(Hash),
                    )?
                    .ok_or_else(|| Fault::new(FaultKind::Corrupt, "a log node is missing"))
            };
            numbers.iter().map(one).collect()
        }
    }
    Stored(tx)
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Derives nodes and checkpoints anew, as somebody with the signing key would after changing a leaf. For
/// copies that falsifications make; on the log itself the guard refuses it.
pub(super) fn rewrite(
    tx: &Tx<'_>,
    nodes: &[Hash],
    note: impl Fn(u64) -> Result<String, Fault>,
) -> Result<(), Fault> {
    for (n, node) in (0_u64..).zip(nodes) {
        tx.execute("UPDATE log_node SET hash = ?2 WHERE number = ?1", params![signed(n), &node.0])?;
    }
    tx.execute("DELETE FROM log_node WHERE number >= ?1", params![signed(nodes.len() as u64)])?;
    let size = size(tx)?;
    tx.execute("DELETE FROM log_head WHERE size > ?1", params![signed(size)])?;
    for head in heads(tx)? {
        tx.execute(
            "UPDATE log_head SET note = ?2 WHERE size = ?1",
            params![signed(head.size), &note(head.size)?],
        )?;
    }
    Ok(())
}
