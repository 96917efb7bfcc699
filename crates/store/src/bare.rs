//! Bare SQLCipher loops: the physical limit that the store's own figures are put beside.

use std::path::Path;

use base::{Fault, Secret};
use rusqlite::Connection;

use crate::db::connect;
use crate::error::fault;

/// Inserts rows of the job table's shape with 200 bytes each, `group` of them in each durable commit, until
/// `enough` says so; answers how many rows were committed.
pub fn inserts(
    path: &Path,
    key: &Secret<[u8; 48]>,
    group: usize,
    mut enough: impl FnMut() -> bool,
) -> Result<u64, Fault> {
    let mut connection = connect(path, key, 64, false)?;
    let table = include_str!("../migrations/work/0001_job_and_outbox_create.sql");
    connection.execute_batch(table).map_err(|e| fault("making a table", e))?;
    let mut rows = 0;
    while !enough() {
        commit(&mut connection, group, rows).map_err(|e| fault("committing", e))?;
        rows += group as u64;
    }
    Ok(rows)
}

fn commit(connection: &mut Connection, group: usize, from: u64) -> rusqlite::Result<()> {
    let tx = connection.transaction()?;
    {
        let mut insert = tx.prepare_cached(
            "INSERT INTO job (id, kind, payload, state, attempts, due_at, made_at) \
             VALUES (?1, 'bench.row', ?2, 'waiting', 0, ?3, ?3)",
        )?;
        for n in (from..).take(group) {
            insert.execute((format!("job_{n:026}"), [b'x'; 200].as_slice(), i64::MAX))?;
        }
    }
    tx.commit()
}
