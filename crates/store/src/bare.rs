//! Bare SQLCipher loops: the physical limit that the store's own figures are put beside.

use std::path::Path;

use base::{Fault, Secret};
use rusqlite::Connection;

use crate::db::connect;
use crate::error::fault;

/// Inserts rows of 200 bytes, `group` of them in each durable commit, until `enough` says so; answers
/// how many rows were committed.
pub fn inserts(
    path: &Path,
    key: &Secret<[u8; 48]>,
    group: usize,
    mut enough: impl FnMut() -> bool,
) -> Result<u64, Fault> {
    let mut connection = connect(path, key, 64, false)?;
    connection
        .execute_batch(
            "CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
        )
        .map_err(|e| fault("making a table", e))?;
    let text = "x".repeat(200);
    let mut rows = 0;
    while !enough() {
        commit(&mut connection, group, &text).map_err(|e| fault("committing", e))?;
        rows += group as u64;
    }
    Ok(rows)
}

fn commit(connection: &mut Connection, group: usize, text: &str) -> rusqlite::Result<()> {
    let tx = connection.transaction()?;
    {
        let mut insert = tx.prepare_cached("INSERT INTO bare (text) VALUES (?1)")?;
        for _ in 0..group {
            insert.execute([text])?;
        }
    }
    tx.commit()
}
