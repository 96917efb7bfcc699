//! One encrypted file: a writer behind group commit, and readers on snapshots.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, Weak};

use base::{Fault, FaultKind, Secret, Timestamp};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use tokio::sync::oneshot;

use crate::batch::{Closure, QUEUE_MAX, Queue, Writers, lock, too_many};
use crate::error::fault;
use crate::migrate::{self, Migration};
use crate::tx::Tx;
use crate::{Touched, authorizer};

/// How a file is opened.
pub struct Options<'a> {
    /// Where it is.
    pub path: PathBuf,
    /// 32 bytes of key, 16 of salt; no passphrase derivation on any request's path.
    pub key: Secret<[u8; 48]>,
    /// What its schema shall be.
    pub migrations: &'a [Migration],
    /// KiB of page cache for each connection.
    pub cache_kib: u32,
    /// Reading connections that are kept open.
    pub readers: usize,
    /// Whether a missing file is made; else it is a fault: a lost file must not look like an empty one.
    pub create: bool,
}

/// Where a closure's result arrives: inside what the closure said, outside what the commit said.
type Answer<T, E> = oneshot::Receiver<Result<Result<T, E>, Fault>>;

/// Told after each commit what it left to do.
pub(crate) type Signal = Arc<dyn Fn(Touched) + Send + Sync>;

pub(crate) struct Inner {
    pub(crate) name: String,
    pub(crate) writer: Mutex<Connection>,
    pub(crate) queue: Mutex<Queue>,
    pub(crate) signal: Signal,
    readers: Mutex<Vec<Connection>>,
    readers_kept: usize,
    path: PathBuf,
    key: Secret<[u8; 48]>,
    cache_kib: u32,
    writers: Arc<Writers>,
}

/// A handle to an open file; clones share it.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

impl Db {
    /// Opens (or makes) a file and brings its schema up to date. Before an existing file is migrated,
    /// a copy is put into `backup_folder`.
    pub(crate) fn open(
        options: Options<'_>,
        now: Timestamp,
        backup_folder: &Path,
        writers: &Arc<Writers>,
        signal: Signal,
    ) -> Result<Self, Fault> {
        let existed = options.path.exists();
        let name = file_name(&options.path);
        if !existed && !options.create {
            return Err(Fault::new(
                FaultKind::Corrupt,
                format!("{name} is missing: restore it from a backup (vouchsafe backup restore)"),
            ));
        }
        let mut connection = connect(&options.path, &options.key, options.cache_kib, false)?;
        let steps = migrate::pending(&connection, options.migrations)?;
        let upgrade = existed && !steps.is_empty() && steps.len() < options.migrations.len();
        if upgrade {
            std::fs::create_dir_all(backup_folder)?;
            copy_to(&connection, &backup_folder.join(&name))?;
        }
        migrate::apply(&mut connection, &steps, now)?;
        authorizer::install(&mut connection)?;
        Ok(Self {
            inner: Arc::new(Inner {
                name,
                writer: Mutex::new(connection),
                queue: Mutex::default(),
                signal,
                readers: Mutex::default(),
                readers_kept: options.readers,
                path: options.path,
                key: options.key,
                cache_kib: options.cache_kib,
                writers: Arc::clone(writers),
            }),
        })
    }

    /// Runs a closure in a durable transaction, together with those of other callers. It may be
    /// run more than once, so it must have no effect but on `tx`. Its own errors undo only its own
    /// changes. When this returns, the change is on the disk.
    pub async fn write<T, E, F>(&self, body: F) -> Result<T, E>
    where
        F: Fn(&Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        self.write_queued(body).await
    }

    /// [`Db::write`] whose place in the queue is taken before this returns: what is written because of it, by whomever,
    /// comes after it. The future tells how it ended; nobody has to wait for it.
    pub fn write_queued<T, E, F>(
        &self,
        body: F,
    ) -> impl Future<Output = Result<T, E>> + Send + use<T, E, F>
    where
        F: Fn(&Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        let submitted = self.submit(body);
        async move {
            submitted?
                .await
                .map_err(|_| Fault::internal("the writing thread ended"))
                .and_then(|answer| answer)
                .map_err(E::from)?
        }
    }

    /// [`Db::write`] for threads outside the async runtime.
    pub fn write_blocking<T, E, F>(&self, body: F) -> Result<T, E>
    where
        F: Fn(&Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        self.submit(body)?
            .blocking_recv()
            .map_err(|_| Fault::internal("the writing thread ended"))
            .and_then(|answer| answer)
            .map_err(E::from)?
    }

    /// Runs a closure with a single statement, on the calling thread; without the snapshot that several
    /// statements need to agree with each other, a third cheaper than [`Db::read`].
    pub fn read_one<T, E: From<Fault>>(
        &self,
        body: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.on_reader(|connection| body(&Tx::new(connection)))
    }

    /// Runs a closure on a snapshot, on the calling thread: a point read takes microseconds, less than
    /// handing it to another thread would.
    pub fn read<T, E: From<Fault>>(
        &self,
        body: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.on_reader(|connection| snapshot(connection, body))
    }

    pub(crate) fn on_reader<T, E: From<Fault>>(
        &self,
        body: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let kept = lock(&self.inner.readers).pop();
        let connection = match kept {
            Some(connection) => connection,
            None => self.connect_reader()?,
        };
        let result = body(&connection);
        let mut readers = lock(&self.inner.readers);
        if readers.len() < self.inner.readers_kept && connection.is_autocommit() {
            readers.push(connection);
        }
        result
    }

    /// Writes a consistent copy, encrypted under the same key, to `target` (which must not exist).
    pub fn copy_to(&self, target: &Path) -> Result<(), Fault> {
        let mut connection = self.connect_reader()?;
        authorizer::remove(&mut connection)?;
        copy_to(&connection, target)
    }

    /// Reads every page and checks keys, checksums and structure. Empty when all is well.
    pub fn check(&self) -> Result<Vec<String>, Fault> {
        let mut connection = self.connect_reader()?;
        authorizer::remove(&mut connection)?;
        let mut found = pragma_rows(&connection, "PRAGMA cipher_integrity_check")?;
        found.extend(
            pragma_rows(&connection, "PRAGMA integrity_check")?.into_iter().filter(|l| l != "ok"),
        );
        Ok(found)
    }

    /// Moves the write-ahead log into the file and empties it, so that deleted rows are gone from
    /// both (`secure_delete` overwrites them).
    pub fn scrub(&self) -> Result<(), Fault> {
        let mut connection = lock(&self.inner.writer);
        authorizer::remove(&mut connection)?;
        let done = pragma_rows(&connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        authorizer::install(&mut connection)?;
        done.map(drop)
    }

    /// Limits the file to so many pages: SQLite then answers as on a full disk.
    pub fn limit_pages_for_tests(&self, pages: u32) -> Result<(), Fault> {
        let mut connection = lock(&self.inner.writer);
        authorizer::remove(&mut connection)?;
        let done = connection.pragma_update(None, "max_page_count", pages);
        authorizer::install(&mut connection)?;
        done.map_err(|e| fault("limiting the file", e))
    }

    /// A handle that does not keep the file open.
    pub(crate) fn downgrade(&self) -> Weak<Inner> {
        Arc::downgrade(&self.inner)
    }

    /// The file behind a handle, if somebody still holds it open.
    pub(crate) fn upgrade(handle: &Weak<Inner>) -> Option<Self> {
        handle.upgrade().map(|inner| Self { inner })
    }

    /// The file's name without its folder.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.inner.name
    }

    pub(crate) fn path(&self) -> &Path {
        &self.inner.path
    }

    pub(crate) fn key(&self) -> &Secret<[u8; 48]> {
        &self.inner.key
    }

    pub(crate) fn writer(&self) -> &Mutex<Connection> {
        &self.inner.writer
    }

    fn connect_reader(&self) -> Result<Connection, Fault> {
        let inner = &self.inner;
        let mut connection = connect(&inner.path, &inner.key, inner.cache_kib, true)?;
        authorizer::install(&mut connection)?;
        Ok(connection)
    }

    fn submit<T, E, F>(&self, body: F) -> Result<Answer<T, E>, Fault>
    where
        F: Fn(&Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let mut queue = lock(&self.inner.queue);
        if queue.waiting.len() >= QUEUE_MAX {
            return Err(too_many(&self.inner.name));
        }
        queue.waiting.push_back(Box::new(Closure { body, result: None, reply }));
        let wake = !queue.scheduled;
        queue.scheduled = true;
        drop(queue);
        if wake {
            self.inner.writers.schedule(Arc::clone(&self.inner));
        }
        Ok(answer)
    }
}

/// Which SQLCipher and SQLite the binary really carries: `("4.20.0 community", "3.54.1")`.
pub fn cipher() -> Result<(String, String), Fault> {
    let connection =
        Connection::open_in_memory().map_err(|e| fault("opening a database in memory", e))?;
    let cipher = pragma_rows(&connection, "PRAGMA cipher_version")?.concat();
    Ok((cipher, rusqlite::version().to_owned()))
}

fn snapshot<T, E: From<Fault>>(
    connection: &Connection,
    body: impl FnOnce(&Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let run = |sql| {
        connection
            .prepare_cached(sql)
            .and_then(|mut s| s.execute(()))
            .map(drop)
            .map_err(|e| fault(sql, e))
    };
    run("BEGIN")?;
    let result = body(&Tx::new(connection));
    run("COMMIT")?;
    result
}

pub(crate) fn connect(
    path: &Path,
    key: &Secret<[u8; 48]>,
    cache_kib: u32,
    read_only: bool,
) -> Result<Connection, Fault> {
    let what = format!("opening {}", file_name(path));
    // The first statement that reads a page is what shows a wrong key; which one that is, is SQLite's
    // affair.
    let unreadable = |e| {
        fault(
            &format!(
                "{what}: wrong master key, or a damaged file (compare the key file with the recovery kit: \
             vouchsafe recover-key; or restore a backup)"
            ),
            e,
        )
    };
    let mode = if read_only {
        OpenFlags::SQLITE_OPEN_READ_ONLY
    } else {
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
    };
    let flags = mode | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|e| fault(&what, e))?;
    let hex_key = Secret::new(format!("x'{}'", crypt::hex(key.reveal())));
    // SQLCipher writes to stderr when a page does not verify; our own fault says it once.
    let setup = "PRAGMA cipher_log_level = NONE; PRAGMA busy_timeout = 5000; \
         PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF; \
         PRAGMA temp_store = MEMORY; PRAGMA synchronous = FULL;";
    connection
        .pragma_update(None, "key", hex_key.reveal())
        .and_then(|()| connection.execute_batch(setup))
        .and_then(|()| connection.pragma_update(None, "cache_size", -i64::from(cache_kib)))
        .map_err(unreadable)?;
    connection
        .query_row("SELECT count(*) FROM sqlite_master", (), |row| row.get::<_, i64>(0))
        .map_err(unreadable)?;
    if !read_only {
        connection.pragma_update(None, "journal_mode", "WAL").map_err(|e| fault(&what, e))?;
    }
    // Without this, a statement whose plan could depend on a bound value is parsed anew at every run, which
    // costs ten times what running it does (SQLite's query planner stability guarantee).
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .map_err(|e| fault(&what, e))?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}

fn copy_to(connection: &Connection, file: &Path) -> Result<(), Fault> {
    let target = file.to_str().ok_or_else(|| Fault::internal("a path is not UTF-8"))?;
    connection.execute("VACUUM INTO ?1", [target]).map_err(|e| fault("copying a database", e))?;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600))?;
    Ok(())
}

fn pragma_rows(connection: &Connection, sql: &str) -> Result<Vec<String>, Fault> {
    let mut statement = connection.prepare(sql).map_err(|e| fault(sql, e))?;
    let rows = statement
        .query_map((), |row| {
            Ok(match row.get_ref(0)? {
                rusqlite::types::ValueRef::Text(t) => String::from_utf8_lossy(t).into_owned(),
                other => format!("{other:?}"),
            })
        })
        .and_then(Iterator::collect)
        .map_err(|e| fault(sql, e))?;
    Ok(rows)
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}
