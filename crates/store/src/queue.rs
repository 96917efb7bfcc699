//! Durable jobs: a row in the file of the change, written by the transaction that needs it done.

use base::id::JobId;
use base::{Fault, Timestamp};

use crate::{Touched, Tx, params};

/// Attempts before a job is left for a person.
pub const ATTEMPTS_MAX: i64 = 12;
/// Characters of an error text that are kept.
const ERROR_CHARS_MAX: usize = 500;

/// A job as it lies in its file.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its name.
    pub id: JobId,
    /// Which handler takes it: `domain.verb_noun`.
    pub kind: String,
    /// What the handler needs; personal data in it is sealed.
    pub payload: Vec<u8>,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is next due.
    pub due_at: Timestamp,
    /// `waiting` or `failed`.
    pub state: String,
    /// What went wrong last.
    pub last_error: Option<String>,
}

/// Writes a job that is due at `due_at`.
pub fn enqueue(
    tx: &Tx<'_>,
    id: JobId,
    kind: &'static str,
    payload: &[u8],
    now: Timestamp,
    due_at: Timestamp,
) -> Result<(), Fault> {
    tx.touch(Touched { jobs: true, outbox: false });
    tx.execute(
        "INSERT INTO job (id, kind, payload, state, attempts, due_at, made_at) \
         VALUES (?1, ?2, ?3, 'waiting', 0, ?4, ?5)",
        params![id, kind, payload, due_at, now],
    )
    .map(drop)
}

/// The jobs that are due, oldest first.
pub fn due(tx: &Tx<'_>, now: Timestamp, limit: i64) -> Result<Vec<Job>, Fault> {
    tx.query(
        "SELECT id, kind, payload, attempts, due_at, state, last_error FROM job \
         WHERE state = 'waiting' AND due_at <= ?1 ORDER BY due_at, id LIMIT ?2",
        params![now, limit],
        read,
    )
}

/// All jobs of a file, failed ones first.
pub fn all(tx: &Tx<'_>, limit: i64) -> Result<Vec<Job>, Fault> {
    tx.query(
        "SELECT id, kind, payload, attempts, due_at, state, last_error FROM job \
         ORDER BY state, due_at, id LIMIT ?1",
        params![limit],
        read,
    )
}

/// All jobs of a kind: identifier and payload.
pub fn of_kind(tx: &Tx<'_>, kind: &str) -> Result<Vec<(JobId, Vec<u8>)>, Fault> {
    tx.query("SELECT id, payload FROM job WHERE kind = ?1", params![kind], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// When the next waiting job is due.
pub fn next_due(tx: &Tx<'_>) -> Result<Option<Timestamp>, Fault> {
    let at = tx.find("SELECT min(due_at) FROM job WHERE state = 'waiting'", params![], |row| {
        row.get::<Option<Timestamp>>(0)
    })?;
    Ok(at.flatten())
}

/// The job is done: its row goes.
pub fn done(tx: &Tx<'_>, id: JobId) -> Result<(), Fault> {
    tx.execute("DELETE FROM job WHERE id = ?1", params![id]).map(drop)
}

/// The job did not succeed: again at `due_at`, or left as failed when `due_at` is `None`.
pub fn postpone(
    tx: &Tx<'_>,
    id: JobId,
    error: &str,
    due_at: Option<Timestamp>,
) -> Result<(), Fault> {
    let error: String = error.chars().take(ERROR_CHARS_MAX).collect();
    let state = if due_at.is_some() { "waiting" } else { "failed" };
    tx.execute(
        "UPDATE job SET attempts = attempts + 1, last_error = ?2, state = ?3, \
         due_at = coalesce(?4, due_at) WHERE id = ?1",
        params![id, &error, state, due_at],
    )
    .map(drop)
}

/// The job could not be tried yet: again at `due_at`, without counting an attempt.
pub fn wait(tx: &Tx<'_>, id: JobId, why: &str, due_at: Timestamp) -> Result<(), Fault> {
    let why: String = why.chars().take(ERROR_CHARS_MAX).collect();
    tx.execute(
        "UPDATE job SET last_error = ?2, due_at = ?3 WHERE id = ?1",
        params![id, &why, due_at],
    )
    .map(drop)
}

fn read(row: &crate::Row<'_>) -> Result<Job, Fault> {
    Ok(Job {
        id: row.get(0)?,
        kind: row.get(1)?,
        payload: row.get(2)?,
        attempts: row.get(3)?,
        due_at: row.get(4)?,
        state: row.get(5)?,
        last_error: row.get(6)?,
    })
}
