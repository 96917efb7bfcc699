//! The SQL of published claims, their changes and the states that were seen.

use base::{Fault, Timestamp};
use store::{Row, Tx, params};

/// A row of the table.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    pub(crate) id: String,
    pub(crate) state: String,
    pub(crate) text: String,
    pub(crate) parameters: String,
    pub(crate) why: String,
    pub(crate) terms: String,
    pub(crate) added_at: Timestamp,
    pub(crate) changed_at: Timestamp,
}

pub(crate) fn all(tx: &Tx<'_>) -> Result<Vec<Stored>, Fault> {
    tx.query(
        "SELECT id, state, text, parameters, why, terms, added_at, changed_at FROM claim \
         ORDER BY id",
        params![],
        |row| {
            Ok(Stored {
                id: row.get(0)?,
                state: row.get(1)?,
                text: row.get(2)?,
                parameters: row.get(3)?,
                why: row.get(4)?,
                terms: row.get(5)?,
                added_at: row.get(6)?,
                changed_at: row.get(7)?,
            })
        },
    )
}

pub(crate) fn set(tx: &Tx<'_>, claim: &Stored) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO claim (id, state, text, parameters, why, terms, added_at, changed_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO UPDATE SET \
         state = excluded.state, text = excluded.text, parameters = excluded.parameters, \
         why = excluded.why, terms = excluded.terms, changed_at = excluded.changed_at",
        params![
            &claim.id,
            &claim.state,
            &claim.text,
            &claim.parameters,
            &claim.why,
            &claim.terms,
            claim.added_at,
            claim.changed_at
        ],
    )
    .map(drop)
}

/// A public change.
#[derive(Clone, Debug)]
pub(crate) struct Changed {
    pub(crate) number: i64,
    pub(crate) at: Timestamp,
    pub(crate) kind: String,
    pub(crate) claim: Option<String>,
    pub(crate) leaf: String,
}

pub(crate) fn insert_change(tx: &Tx<'_>, change: &Changed) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO change (number, at, kind, claim, leaf) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![change.number, change.at, &change.kind, change.claim.as_deref(), &change.leaf],
    )
    .map(drop)
}

/// The newest changes, newest first; of the ledger only, or of states too.
pub(crate) fn changes(
    tx: &Tx<'_>,
    states: bool,
    before: i64,
    limit: i64,
) -> Result<Vec<Changed>, Fault> {
    tx.query(
        "SELECT number, at, kind, claim, leaf FROM change \
         WHERE number < ?1 AND (?2 OR kind <> 'state') ORDER BY number DESC LIMIT ?3",
        params![before, states, limit],
        read_change,
    )
}

/// The newest changes of one claim, newest first.
pub(crate) fn changes_of(tx: &Tx<'_>, claim: &str, limit: i64) -> Result<Vec<Changed>, Fault> {
    tx.query(
        "SELECT number, at, kind, claim, leaf FROM change WHERE claim = ?1 \
         ORDER BY number DESC LIMIT ?2",
        params![claim, limit],
        read_change,
    )
}

fn read_change(row: &Row<'_>) -> Result<Changed, Fault> {
    Ok(Changed {
        number: row.get(0)?,
        at: row.get(1)?,
        kind: row.get(2)?,
        claim: row.get(3)?,
        leaf: row.get(4)?,
    })
}

pub(crate) fn seen_states(tx: &Tx<'_>) -> Result<Vec<(String, String, Timestamp)>, Fault> {
    tx.query("SELECT claim, state, since FROM seen_state", params![], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

pub(crate) fn set_seen(tx: &Tx<'_>, claim: &str, state: &str, now: Timestamp) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO seen_state (claim, state, since) VALUES (?1, ?2, ?3) \
         ON CONFLICT (claim) DO UPDATE SET state = excluded.state, since = excluded.since",
        params![claim, state, now],
    )
    .map(drop)
}
