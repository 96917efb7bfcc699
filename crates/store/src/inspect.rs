//! Looking at the files as somebody with rights on the storage would, and, in a marked shadow alone,
//! planting what a broken system would hold.
//!
//! Probes read through this; nothing here serves a request. Planting asks for the marker each time.

use std::io::Read;
use std::path::{Path, PathBuf};

use base::{Fault, FaultKind, Secret};
use crypt::Key;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, params_from_iter};

use crate::batch::lock;
use crate::db::connect;
use crate::error::fault;
use crate::store::Store;
use crate::tx::Tx;
use crate::value::Value;
use crate::{Db, authorizer};

/// The file that marks a folder as a shadow: no real tenants, made by a falsification.
pub const SHADOW: &str = "SHADOW";

/// What a search looked through, and how often it found something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// Bytes that were read.
    pub bytes: u64,
    /// Cells or files.
    pub items: u64,
    /// Needles that were found.
    pub hits: u64,
}

impl Scan {
    /// Both together.
    #[must_use]
    pub fn and(self, more: Self) -> Self {
        Self {
            bytes: self.bytes + more.bytes,
            items: self.items + more.items,
            hits: self.hits + more.hits,
        }
    }

    fn look(&mut self, haystack: &[u8], needles: &[Vec<u8>]) {
        self.bytes += haystack.len() as u64;
        self.items += 1;
        self.hits += needles.iter().filter(|n| contains(haystack, n)).count() as u64;
    }
}

/// Whether `needle` occurs.
#[must_use]
pub fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    let Some(first) = needle.first() else { return false };
    let mut rest = haystack;
    while let Some(at) = rest.iter().position(|b| b == first) {
        if rest[at..].starts_with(needle) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

impl Db {
    /// Searches every cell of every table, decrypted.
    pub fn scan(&self, needles: &[Vec<u8>]) -> Result<Scan, Fault> {
        let connection = self.unguarded_reader()?;
        let mut scan = Scan::default();
        for table in tables(&connection)? {
            let sql = format!("SELECT * FROM \"{}\"", table.replace('"', ""));
            let mut statement = connection.prepare(&sql).map_err(|e| fault("scanning", e))?;
            let columns = statement.column_count();
            let mut rows = statement.query(()).map_err(|e| fault("scanning", e))?;
            while let Some(row) = rows.next().map_err(|e| fault("scanning", e))? {
                for n in 0..columns {
                    match row.get_ref(n).map_err(|e| fault("scanning", e))? {
                        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => scan.look(bytes, needles),
                        ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => {}
                    }
                }
            }
        }
        Ok(scan)
    }

    /// Whether a statement is refused when it is prepared, as domain code would prepare it; `guarded` off shows
    /// what the authorizer is for. Nothing is run.
    pub fn refuses(&self, sql: &'static str, guarded: bool) -> Result<bool, Fault> {
        if !guarded {
            return Ok(self.unguarded_reader()?.prepare(sql).is_err());
        }
        // The very connections that domain code gets: a reader of the pool, and the writer.
        let by_reader = self.on_reader(|c| Ok::<_, Fault>(c.prepare(sql).is_err()))?;
        let by_writer = lock(self.writer()).prepare(sql).is_err();
        Ok(by_reader && by_writer)
    }

    /// Copies the file, changes the copy with `statements` as whoever can write to the disk and has the file's
    /// key could, and lets `body` look at the result; the copy is removed.
    pub fn on_changed_copy<T>(
        &self,
        copy: &Path,
        statements: &'static str,
        body: impl FnOnce(&Tx<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let _ = std::fs::remove_file(copy);
        self.copy_to(copy)?;
        let looked = self.with_copy(copy, statements, body);
        remove(copy);
        looked
    }

    fn with_copy<T>(
        &self,
        copy: &Path,
        statements: &'static str,
        body: impl FnOnce(&Tx<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let connection = connect(copy, self.key(), 1024, false)?;
        connection.execute_batch(statements).map_err(|e| fault("changing a copy", e))?;
        body(&Tx::new(&connection))
    }

    /// Bytes of the file.
    pub fn bytes(&self) -> Result<u64, Fault> {
        Ok(std::fs::metadata(self.path())?.len())
    }

    fn unguarded_reader(&self) -> Result<Connection, Fault> {
        connect(self.path(), self.key(), 256, true)
    }
}

impl Store {
    /// Whether this is a shadow.
    #[must_use]
    pub fn is_shadow(&self) -> bool {
        self.folder().join(SHADOW).exists()
    }

    /// Gives an owner another key. Fault outside a shadow.
    pub fn plant_key(&self, owner: &str, key: &Key) -> Result<(), Fault> {
        let wrapped = self.keys().wrap_anew(owner, key);
        let sql = "UPDATE wrapped_key SET wrapped = ?2 WHERE owner = ?1";
        self.plant(self.keys().db(), sql, &[owner.into(), (&wrapped).into()]).map(drop)
    }

    /// Runs a statement past all guards. Fault outside a shadow.
    pub fn plant(&self, db: &Db, sql: &'static str, params: &[Value<'_>]) -> Result<usize, Fault> {
        if !self.is_shadow() {
            return Err(Fault::new(FaultKind::Internal, "planting outside a shadow"));
        }
        let mut connection = lock(db.writer());
        authorizer::remove(&mut connection)?;
        let done =
            connection.execute(sql, params_from_iter(params)).map_err(|e| fault("planting", e));
        authorizer::install(&mut connection)?;
        done
    }
}

fn tables(connection: &Connection) -> Result<Vec<String>, Fault> {
    let mut statement = connection
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        .map_err(|e| fault("listing tables", e))?;
    let names =
        statement.query_map((), |row| row.get(0)).map_err(|e| fault("listing tables", e))?;
    names.collect::<Result<_, _>>().map_err(|e| fault("listing tables", e))
}

/// Whether a file opens with a key, or with none at all.
#[must_use]
pub fn opens(path: &Path, key: Option<&Secret<[u8; 48]>>) -> bool {
    match key {
        Some(key) => connect(path, key, 64, true).is_ok(),
        None => {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            Connection::open_with_flags(path, flags).is_ok_and(|c| {
                c.query_row("SELECT count(*) FROM sqlite_master", (), |r| r.get::<_, i64>(0))
                    .is_ok()
            })
        }
    }
}

/// Removes a copy, with what SQLite put beside it.
pub fn remove(copy: &Path) {
    for end in ["", "-wal", "-shm"] {
        let mut name = copy.as_os_str().to_owned();
        name.push(end);
        let _ = std::fs::remove_file(PathBuf::from(name));
    }
}

/// Bytes that are read at once; needles are looked for across the seams.
const CHUNK: usize = 1024 * 1024;

/// Searches raw files as they lie on the disk.
pub fn scan_files(files: &[PathBuf], needles: &[Vec<u8>]) -> Result<Scan, Fault> {
    let overlap = needles.iter().map(Vec::len).max().unwrap_or(0);
    let mut scan = Scan::default();
    for path in files {
        let mut file = match std::fs::File::open(path) {
            Ok(file) => file,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => continue, // it went meanwhile
            Err(e) => return Err(e.into()),
        };
        scan.items += 1;
        let mut buffer = Vec::with_capacity(CHUNK + overlap);
        loop {
            let kept = buffer.len();
            let n = file.by_ref().take(CHUNK as u64).read_to_end(&mut buffer)?;
            if n == 0 {
                break;
            }
            scan.bytes += (buffer.len() - kept) as u64;
            scan.hits += needles.iter().filter(|needle| contains(&buffer, needle)).count() as u64;
            let from = buffer.len().saturating_sub(overlap.saturating_sub(1));
            buffer.drain(..from);
        }
    }
    Ok(scan)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needles_are_found_across_the_seams_of_chunks() {
        let folder = std::env::temp_dir().join(format!("vouchsafe-scan-{}", std::process::id()));
        let mut bytes = vec![b'x'; CHUNK - 3];
        bytes.extend_from_slice(b"needle");
        bytes.extend_from_slice(&[b'y'; 100]);
        let written = std::fs::write(&folder, &bytes);
        assert!(written.is_ok());
        let found =
            scan_files(std::slice::from_ref(&folder), &[b"needle".to_vec(), b"no".to_vec()]);
        let _ = std::fs::remove_file(&folder);
        let expected = Scan { bytes: bytes.len() as u64, items: 1, hits: 1 };
        assert_eq!(found.ok(), Some(expected));
    }
}
