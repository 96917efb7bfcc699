//! The SQL of known browsers and networks, and of the links in warnings.

use base::id::AccountId;
use base::{Fault, Timestamp};
use crypt::token::Stored;
use kernel::Permit;
use store::{Tx, params};

/// A known browser's row: whose, and what its cookie is checked against.
pub(crate) struct Browser {
    pub(crate) account: AccountId,
    pub(crate) salt: [u8; 16],
    pub(crate) hash: [u8; 32],
}

pub(crate) fn browser(tx: &Tx<'_>, lookup: &str) -> Result<Option<Browser>, Fault> {
    tx.find("SELECT account, salt, hash FROM browser WHERE lookup = ?1", params![lookup], |row| {
        Ok(Browser { account: row.get(0)?, salt: row.get(1)?, hash: row.get(2)? })
    })
}

/// Browsers of one account that are remembered.
const BROWSERS_MAX: i64 = 50;

pub(crate) fn insert_browser(
    tx: &Tx<'_>,
    account: AccountId,
    cookie: &Stored,
    now: Timestamp,
) -> Result<(), Fault> {
    tx.execute(
        "DELETE FROM browser WHERE account = ?1 AND lookup NOT IN (SELECT lookup FROM browser \
         WHERE account = ?1 ORDER BY seen_at DESC LIMIT ?2)",
        params![account, BROWSERS_MAX - 1],
    )?;
    tx.execute(
        "INSERT INTO browser (lookup, account, salt, hash, seen_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![&cookie.lookup, account, &cookie.salt, &cookie.hash, now],
    )
    .map(drop)
}

pub(crate) fn touch_browser(tx: &Tx<'_>, lookup: &str, now: Timestamp) -> Result<(), Fault> {
    tx.execute("UPDATE browser SET seen_at = ?2 WHERE lookup = ?1", params![lookup, now]).map(drop)
}

/// Whether an account was signed in from anywhere before.
pub(crate) fn has_networks(tx: &Tx<'_>, account: AccountId) -> Result<bool, Fault> {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM network WHERE account = ?1 LIMIT 1)";
    Ok(tx.number(sql, params![account])? > 0)
}

pub(crate) fn knows_network(
    tx: &Tx<'_>,
    account: AccountId,
    network: &[u8; 32],
) -> Result<bool, Fault> {
    let sql = "SELECT count(*) FROM network WHERE account = ?1 AND network = ?2";
    Ok(tx.number(sql, params![account, network])? > 0)
}

/// Notes a network.
pub(crate) fn note_network(
    tx: &Tx<'_>,
    account: AccountId,
    network: &[u8; 32],
    now: Timestamp,
) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO network (account, network, seen_at) VALUES (?1, ?2, ?3) \
         ON CONFLICT (account, network) DO UPDATE SET seen_at = excluded.seen_at",
        params![account, network, now],
    )
    .map(drop)
}

/// When each remembered browser and network of an account was last seen.
pub(crate) fn seen(tx: &Tx<'_>, account: AccountId) -> Result<[Vec<Timestamp>; 2], Fault> {
    let of = |sql| tx.query(sql, params![account], |row| row.get(0));
    Ok([
        of("SELECT seen_at FROM browser WHERE account = ?1 ORDER BY seen_at")?,
        of("SELECT seen_at FROM network WHERE account = ?1 ORDER BY seen_at")?,
    ])
}

/// Forgets every browser and network of an account.
pub(crate) fn forget_all(tx: &Tx<'_>, _: &Permit, account: AccountId) -> Result<(), Fault> {
    tx.execute("DELETE FROM browser WHERE account = ?1", params![account])?;
    tx.execute("DELETE FROM network WHERE account = ?1", params![account]).map(drop)
}

/// Warnings of one account whose link works.
const WARNINGS_MAX: i64 = 200;

pub(crate) fn insert_warning(
    tx: &Tx<'_>,
    account: AccountId,
    link: &Stored,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), Fault> {
    tx.execute("DELETE FROM warning WHERE expires_at <= ?1", params![now])?;
    tx.execute(
        "DELETE FROM warning WHERE account = ?1 AND lookup NOT IN (SELECT lookup FROM warning \
         WHERE account = ?1 ORDER BY expires_at DESC LIMIT ?2)",
        params![account, WARNINGS_MAX - 1],
    )?;
    tx.execute(
        "INSERT INTO warning (lookup, account, salt, hash, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![&link.lookup, account, &link.salt, &link.hash, expires_at],
    )
    .map(drop)
}

/// A warning's row: whose, what its link is checked against, and until when that works.
pub(crate) struct Warning {
    pub(crate) account: AccountId,
    pub(crate) salt: [u8; 16],
    pub(crate) hash: [u8; 32],
    pub(crate) expires_at: Timestamp,
}

pub(crate) fn warning(tx: &Tx<'_>, lookup: &str, now: Timestamp) -> Result<Option<Warning>, Fault> {
    tx.find(
        "SELECT account, salt, hash, expires_at FROM warning WHERE lookup = ?1 AND expires_at > ?2",
        params![lookup, now],
        |row| {
            Ok(Warning {
                account: row.get(0)?,
                salt: row.get(1)?,
                hash: row.get(2)?,
                expires_at: row.get(3)?,
            })
        },
    )
}

/// When the link of an account's first warning expires.
pub(crate) fn first_warning(tx: &Tx<'_>, account: AccountId) -> Result<Option<Timestamp>, Fault> {
    let sql = "SELECT expires_at FROM warning WHERE account = ?1 ORDER BY expires_at LIMIT 1";
    tx.find(sql, params![account], |row| row.get(0))
}

/// Removes all warnings of an account; the link that was used is one of them.
pub(crate) fn remove_warnings(tx: &Tx<'_>, account: AccountId) -> Result<(), Fault> {
    tx.execute("DELETE FROM warning WHERE account = ?1", params![account]).map(drop)
}
