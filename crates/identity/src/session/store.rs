//! The SQL of sessions.

use base::id::{AccountId, SessionId};
use base::{Fault, Timestamp};
use crypt::token::Token;
use kernel::Permit;
use store::{Tx, params};

/// What a new row holds.
#[derive(Clone)]
pub struct New {
    pub(crate) lookup: String,
    pub(crate) id: SessionId,
    pub(crate) account: AccountId,
    pub(crate) salt: [u8; 16],
    pub(crate) hash: [u8; 32],
    pub(crate) place: Vec<u8>,
    pub(crate) method: &'static str,
    pub(crate) browser: Option<Token>,
}

/// What a request's cookie is checked against.
pub(crate) struct Held {
    pub(crate) id: SessionId,
    pub(crate) account: AccountId,
    pub(crate) salt: [u8; 16],
    pub(crate) hash: [u8; 32],
    pub(crate) last_active_at: Timestamp,
    pub(crate) staff: bool,
    /// Whether it is staff's who have not signed the agreement.
    pub(crate) unsigned: bool,
    pub(crate) factor: bool,
    pub(crate) password_at: Timestamp,
    pub(crate) shown_at: Timestamp,
    pub(crate) method: String,
    /// Whether it is staff's, and the account has a hardware key that counts.
    pub(crate) key: bool,
}

/// A live session as its owner sees it.
pub(crate) struct Live {
    pub(crate) id: SessionId,
    pub(crate) place: Vec<u8>,
    pub(crate) made_at: Timestamp,
    pub(crate) last_active_at: Timestamp,
    pub(crate) method: String,
}

/// The live session with this lookup: not ended, used since `idle_after`, made since `made_after`. Hardware keys are
/// looked for if `keys` are demanded.
pub(crate) fn find(
    tx: &Tx<'_>,
    lookup: &str,
    idle_after: Timestamp,
    made_after: Timestamp,
    keys: bool,
) -> Result<Option<Held>, Fault> {
    tx.find(
        "SELECT s.id, s.account, s.salt, s.hash, s.last_active_at, a.staff, \
         a.factors > 0, s.shown_at, a.password_changed_at, s.method, ?4 AND a.staff AND EXISTS \
         (SELECT 1 FROM passkey p WHERE p.account = a.id AND p.attested), a.staff AND NOT EXISTS \
         (SELECT 1 FROM staff f WHERE f.account = a.id AND f.signed_at IS NOT NULL) \
         FROM session s JOIN account a ON a.id = s.account \
         WHERE s.lookup = ?1 AND s.ended_at IS NULL AND s.last_active_at > ?2 AND s.made_at > ?3",
        params![lookup, idle_after, made_after, keys],
        |row| {
            Ok(Held {
                id: row.get(0)?,
                account: row.get(1)?,
                salt: row.get(2)?,
                hash: row.get(3)?,
                last_active_at: row.get(4)?,
                staff: row.get(5)?,
                factor: row.get(6)?,
                shown_at: row.get(7)?,
                password_at: row.get(8)?,
                method: row.get(9)?,
                key: row.get(10)?,
                unsigned: row.get(11)?,
            })
        },
    )
}

pub(crate) fn live(
    tx: &Tx<'_>,
    account: AccountId,
    idle_after: Timestamp,
    made_after: Timestamp,
) -> Result<Vec<Live>, Fault> {
    tx.query(
        "SELECT id, place, made_at, last_active_at, method FROM session \
         WHERE account = ?1 AND ended_at IS NULL AND last_active_at > ?2 AND made_at > ?3 \
         ORDER BY last_active_at DESC, id DESC",
        params![account, idle_after, made_after],
        |row| {
            Ok(Live {
                id: row.get(0)?,
                place: row.get(1)?,
                made_at: row.get(2)?,
                last_active_at: row.get(3)?,
                method: row.get(4)?,
            })
        },
    )
}

pub(crate) fn count_live(
    tx: &Tx<'_>,
    account: AccountId,
    idle_after: Timestamp,
    made_after: Timestamp,
) -> Result<i64, Fault> {
    tx.number(
        "SELECT count(*) FROM session \
         WHERE account = ?1 AND ended_at IS NULL AND last_active_at > ?2 AND made_at > ?3",
        params![account, idle_after, made_after],
    )
}

/// Whether a session has not been ended meanwhile.
pub(crate) fn is_open(tx: &Tx<'_>, id: SessionId) -> Result<bool, Fault> {
    let open = "SELECT count(*) FROM session WHERE id = ?1 AND ended_at IS NULL";
    Ok(tx.number(open, params![id])? == 1)
}

pub(crate) fn insert(tx: &Tx<'_>, _: &Permit, new: &New, now: Timestamp) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO session (lookup, id, account, salt, hash, place, made_at, last_active_at, \
         shown_at, method) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?7, ?8)",
        params![
            &new.lookup,
            new.id,
            new.account,
            &new.salt,
            &new.hash,
            &new.place,
            now,
            new.method
        ],
    )
    .map(drop)
}

pub(crate) fn touch(tx: &Tx<'_>, id: SessionId, now: Timestamp) -> Result<(), Fault> {
    tx.execute(
        "UPDATE session SET last_active_at = ?2 WHERE id = ?1 AND last_active_at < ?2",
        params![id, now],
    )
    .map(drop)
}

/// Notes that the person showed again who they are.
pub(crate) fn note_shown(tx: &Tx<'_>, id: SessionId, now: Timestamp) -> Result<(), Fault> {
    tx.execute("UPDATE session SET shown_at = ?2 WHERE id = ?1", params![id, now]).map(drop)
}

/// Notes that the person has a stronger way in their hand than the session was opened with.
pub(crate) fn note_method(tx: &Tx<'_>, id: SessionId, method: &str) -> Result<(), Fault> {
    tx.execute("UPDATE session SET method = ?2 WHERE id = ?1", params![id, method]).map(drop)
}

/// Ends one live session of an account; answers whether there was one.
pub(crate) fn end(
    tx: &Tx<'_>,
    _: &Permit,
    account: AccountId,
    id: SessionId,
    now: Timestamp,
) -> Result<bool, Fault> {
    let ended = tx.execute(
        "UPDATE session SET ended_at = ?3 WHERE id = ?1 AND account = ?2 AND ended_at IS NULL",
        params![id, account, now],
    )?;
    Ok(ended == 1)
}

/// Ends all live sessions of an account but one; answers how many.
pub(crate) fn end_others(
    tx: &Tx<'_>,
    _: &Permit,
    account: AccountId,
    keep: Option<SessionId>,
    now: Timestamp,
) -> Result<usize, Fault> {
    tx.execute(
        "UPDATE session SET ended_at = ?3 \
         WHERE account = ?1 AND ended_at IS NULL AND (?2 IS NULL OR id <> ?2)",
        params![account, keep, now],
    )
}
