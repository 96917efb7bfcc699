//! The SQL of sign-ins that wait for something more.

use base::id::{AccountId, SessionId};
use base::{Fault, Timestamp};
use crypt::token::Stored;
use store::{Tx, params};

/// What a new row holds.
#[derive(Clone)]
pub(crate) struct New {
    pub(crate) lookup: String,
    pub(crate) session: SessionId,
    pub(crate) account: AccountId,
    pub(crate) salt: [u8; 16],
    pub(crate) hash: [u8; 32],
    pub(crate) place: Vec<u8>,
    pub(crate) stage: &'static str,
    pub(crate) expires_at: Timestamp,
}

/// A sign-in that waits.
pub(crate) struct Waiting {
    pub(crate) session: SessionId,
    pub(crate) account: AccountId,
    pub(crate) salt: [u8; 16],
    pub(crate) hash: [u8; 32],
    pub(crate) stage: String,
    pub(crate) tries: i64,
    pub(crate) code: Option<Vec<u8>>,
    pub(crate) code_method: Option<String>,
    pub(crate) code_sent_at: Option<Timestamp>,
    pub(crate) codes_sent: i64,
    pub(crate) method: String,
    pub(crate) confirmed: bool,
}

/// Keeps a sign-in, and forgets those that nobody finished.
pub(crate) fn insert(tx: &Tx<'_>, new: &New, now: Timestamp) -> Result<(), Fault> {
    tx.execute("DELETE FROM attempt WHERE expires_at <= ?1", params![now])?;
    tx.execute(
        "INSERT INTO attempt (lookup, session, account, salt, hash, place, stage, expires_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            &new.lookup,
            new.session,
            new.account,
            &new.salt,
            &new.hash,
            &new.place,
            new.stage,
            new.expires_at
        ],
    )
    .map(drop)
}

pub(crate) fn find(tx: &Tx<'_>, lookup: &str, now: Timestamp) -> Result<Option<Waiting>, Fault> {
    tx.find(
        "SELECT session, account, salt, hash, stage, tries, code, code_method, code_sent_at, \
         codes_sent, method, confirmed_at IS NOT NULL FROM attempt \
         WHERE lookup = ?1 AND expires_at > ?2",
        params![lookup, now],
        |row| {
            Ok(Waiting {
                session: row.get(0)?,
                account: row.get(1)?,
                salt: row.get(2)?,
                hash: row.get(3)?,
                stage: row.get(4)?,
                tries: row.get(5)?,
                code: row.get(6)?,
                code_method: row.get(7)?,
                code_sent_at: row.get(8)?,
                codes_sent: row.get(9)?,
                method: row.get(10)?,
                confirmed: row.get(11)?,
            })
        },
    )
}

/// What a mailed link is checked against, and what else is kept of the sign-in that it is for.
pub(crate) struct Held {
    pub(crate) lookup: String,
    pub(crate) session: SessionId,
    pub(crate) account: AccountId,
    pub(crate) salt: [u8; 16],
    pub(crate) hash: [u8; 32],
    pub(crate) place: Vec<u8>,
    pub(crate) network: Option<[u8; 32]>,
}

/// Keeps a sign-in until its link is used.
pub(crate) fn hold(
    tx: &Tx<'_>,
    lookup: &str,
    method: &str,
    link: &Stored,
    network: Option<[u8; 32]>,
    expires_at: Timestamp,
) -> Result<(), Fault> {
    tx.execute(
        "UPDATE attempt SET stage = 'confirm_location', method = ?2, link_lookup = ?3, \
         link_salt = ?4, link_hash = ?5, network = ?6, expires_at = ?7, code = NULL \
         WHERE lookup = ?1",
        params![lookup, method, &link.lookup, &link.salt, &link.hash, network.as_ref(), expires_at],
    )
    .map(drop)
}

/// The sign-in that a link is for, until the link is used.
pub(crate) fn held(tx: &Tx<'_>, link: &str, now: Timestamp) -> Result<Option<Held>, Fault> {
    tx.find(
        "SELECT lookup, session, account, link_salt, link_hash, place, network FROM attempt \
         WHERE link_lookup = ?1 AND expires_at > ?2 AND confirmed_at IS NULL",
        params![link, now],
        |row| {
            Ok(Held {
                lookup: row.get(0)?,
                session: row.get(1)?,
                account: row.get(2)?,
                salt: row.get(3)?,
                hash: row.get(4)?,
                place: row.get(5)?,
                network: row.get(6)?,
            })
        },
    )
}

/// Notes that the link was used.
pub(crate) fn confirm(tx: &Tx<'_>, lookup: &str, now: Timestamp) -> Result<(), Fault> {
    tx.execute("UPDATE attempt SET confirmed_at = ?2 WHERE lookup = ?1", params![lookup, now])
        .map(drop)
}

/// Takes a sign-in out; of two that finish it at once, one gets a yes.
pub(crate) fn take(tx: &Tx<'_>, lookup: &str) -> Result<bool, Fault> {
    Ok(tx.execute("DELETE FROM attempt WHERE lookup = ?1", params![lookup])? == 1)
}

/// Ends all waiting sign-ins of an account: its password or its factors changed.
pub(crate) fn remove_all(tx: &Tx<'_>, account: AccountId) -> Result<(), Fault> {
    tx.execute("DELETE FROM attempt WHERE account = ?1", params![account]).map(drop)
}

pub(crate) fn note_try(tx: &Tx<'_>, lookup: &str) -> Result<(), Fault> {
    tx.execute("UPDATE attempt SET tries = tries + 1 WHERE lookup = ?1", params![lookup]).map(drop)
}

/// Keeps the hash of a code that is being sent; an earlier one stops counting.
pub(crate) fn put_code(
    tx: &Tx<'_>,
    lookup: &str,
    method: &str,
    code: &[u8; 32],
    now: Timestamp,
) -> Result<(), Fault> {
    tx.execute(
        "UPDATE attempt SET code = ?3, code_method = ?2, code_sent_at = ?4, \
         codes_sent = codes_sent + 1 WHERE lookup = ?1",
        params![lookup, method, code, now],
    )
    .map(drop)
}
