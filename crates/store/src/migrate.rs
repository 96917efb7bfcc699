//! Migrations: ordered, once each, remembered in the file that they changed.

use std::collections::BTreeSet;

use base::{Fault, FaultKind, Timestamp};
use rusqlite::Connection;

use crate::error::fault;

/// Which files a migration belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The audit log.
    Audit,
    /// Accounts, sessions, memberships, the tenant directory.
    Control,
    /// Claims, runs, evidence.
    Posture,
    /// Every tenant's own file.
    Tenant,
}

/// One step of a schema. `id` is `domain/NNNN_noun_verb`; ids sort in the order of application
/// within a domain, and are never changed once released.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Where it applies.
    pub place: Place,
    /// Its name for ever.
    pub id: &'static str,
    /// Its statements.
    pub sql: &'static str,
}

/// What a file still lacks; refuses a file that knows more than this binary.
pub(crate) fn pending<'m>(
    connection: &Connection,
    wanted: &'m [Migration],
) -> Result<Vec<&'m Migration>, Fault> {
    connection
        .execute_batch("CREATE TABLE IF NOT EXISTS migration (id TEXT PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT")
        .map_err(|e| fault("reading the schema", e))?;
    let done = applied(connection)?;
    let known: BTreeSet<&str> = wanted.iter().map(|m| m.id).collect();
    if let Some(newer) = done.iter().find(|id| !known.contains(id.as_str())) {
        return Err(Fault::new(
            FaultKind::Corrupt,
            format!(
                "the data was written by a newer version (it knows the migration {newer}): \
                 start that version again, or restore the backup made before the upgrade"
            ),
        ));
    }
    Ok(wanted.iter().filter(|m| !done.contains(m.id)).collect())
}

/// Applies each step in a transaction of its own.
pub(crate) fn apply(
    connection: &mut Connection,
    steps: &[&Migration],
    now: Timestamp,
) -> Result<(), Fault> {
    for step in steps {
        let what = format!("migration {}", step.id);
        let tx = connection.transaction().map_err(|e| fault(&what, e))?;
        tx.execute_batch(step.sql).map_err(|e| fault(&what, e))?;
        tx.execute("INSERT INTO migration (id, applied_at) VALUES (?1, ?2)", (step.id, now.0))
            .map_err(|e| fault(&what, e))?;
        tx.commit().map_err(|e| fault(&what, e))?;
    }
    Ok(())
}

fn applied(connection: &Connection) -> Result<BTreeSet<String>, Fault> {
    let mut statement = connection
        .prepare("SELECT id FROM migration")
        .map_err(|e| fault("reading the schema", e))?;
    let ids = statement
        .query_map((), |row| row.get(0))
        .and_then(Iterator::collect)
        .map_err(|e| fault("reading the schema", e))?;
    Ok(ids)
}
