//! The SQL of reset links.

use base::id::AccountId;
use base::{Fault, Timestamp};
use crypt::token::Stored;
use kernel::Permit;
use store::{Tx, params};

pub(crate) struct Held {
    pub(crate) account: AccountId,
    pub(crate) salt: [u8; 16],
    pub(crate) hash: [u8; 32],
}

/// Links of one account that work at once.
const LINKS_MAX: i64 = 3;

/// Whether the account has enough links: somebody who asks again and again can neither make the first letter
/// useless nor fill a mailbox.
pub(crate) fn has_enough(tx: &Tx<'_>, account: AccountId, now: Timestamp) -> Result<bool, Fault> {
    let open = "SELECT count(*) FROM reset_link WHERE account = ?1 AND expires_at > ?2";
    Ok(tx.number(open, params![account, now])? >= LINKS_MAX)
}

/// Keeps a link; the oldest ones beyond the limit give way.
pub(crate) fn insert(
    tx: &Tx<'_>,
    _: &Permit,
    account: AccountId,
    link: &Stored,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), Fault> {
    tx.execute("DELETE FROM reset_link WHERE expires_at <= ?1", params![now])?;
    tx.execute(
        "DELETE FROM reset_link WHERE account = ?1 AND lookup NOT IN \
         (SELECT lookup FROM reset_link WHERE account = ?1 ORDER BY expires_at DESC LIMIT ?2)",
        params![account, LINKS_MAX - 1],
    )?;
    tx.execute(
        "INSERT INTO reset_link (lookup, salt, hash, account, expires_at) \
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![&link.lookup, &link.salt, &link.hash, account, expires_at],
    )
    .map(drop)
}

/// Removes every link of an account.
pub(crate) fn remove_all(tx: &Tx<'_>, account: AccountId) -> Result<(), Fault> {
    tx.execute("DELETE FROM reset_link WHERE account = ?1", params![account]).map(drop)
}

pub(crate) fn find(tx: &Tx<'_>, lookup: &str, now: Timestamp) -> Result<Option<Held>, Fault> {
    tx.find(
        "SELECT account, salt, hash FROM reset_link WHERE lookup = ?1 AND expires_at > ?2",
        params![lookup, now],
        |row| Ok(Held { account: row.get(0)?, salt: row.get(1)?, hash: row.get(2)? }),
    )
}

/// Removes a link; answers whether it was there. Only one of two racing uses gets a yes.
pub(crate) fn take(tx: &Tx<'_>, lookup: &str) -> Result<bool, Fault> {
    Ok(tx.execute("DELETE FROM reset_link WHERE lookup = ?1", params![lookup])? == 1)
}
