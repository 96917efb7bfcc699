//! The outbox: audit entries that wait, in the file of the change, for the one log.

use base::Fault;

use crate::{Touched, Tx, params};

/// Which file an entry came from; with the entry's number its name for ever.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Source(pub String);

/// The outbox of the file that a transaction is open on.
pub struct Outbox;

impl Outbox {
    /// Puts an entry in, in the caller's transaction.
    pub fn put(tx: &Tx<'_>, entry: &[u8]) -> Result<(), Fault> {
        tx.touch(Touched { outbox: true, jobs: false });
        tx.execute("INSERT INTO outbox (entry) VALUES (?1)", params![entry]).map(drop)
    }

    /// The oldest entries behind `number`, with their numbers.
    pub fn after(tx: &Tx<'_>, number: i64, limit: i64) -> Result<Vec<(i64, Vec<u8>)>, Fault> {
        tx.query(
            "SELECT number, entry FROM outbox WHERE number > ?1 ORDER BY number LIMIT ?2",
            params![number, limit],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// Removes what the log has taken, up to and with `number`.
    pub fn remove_to(tx: &Tx<'_>, number: i64) -> Result<(), Fault> {
        tx.execute("DELETE FROM outbox WHERE number <= ?1", params![number]).map(drop)
    }

    /// How many entries wait.
    pub fn waiting(tx: &Tx<'_>) -> Result<i64, Fault> {
        tx.number("SELECT count(*) FROM outbox", params![])
    }
}
