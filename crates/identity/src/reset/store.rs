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

/// Links of one account that work at once: somebody who asks again and again can neither make the first letter
/// useless nor fill a mailbox.
const LINKS_MAX: i64 = 3;

/// Keeps a link; answers false, and keeps nothing, when the account has enough of them.
pub(crate) fn insert(
    tx: &Tx<'_>,
    _: &Permit,
    account: AccountId,
    link: &Stored,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<bool, Fault> {
    tx.execute("DELETE FROM reset_link WHERE expires_at <= ?1", params![now])?;
    let open = "SELECT count(*) FROM reset_link WHERE account = ?1";
    if tx.number(open, params![account])? >= LINKS_MAX {
        return Ok(false);
    }
    tx.execute(
        "INSERT INTO reset_link (lookup, salt, hash, account, expires_at) \
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![&link.lookup, &link.salt, &link.hash, account, expires_at],
    )?;
    Ok(true)
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
