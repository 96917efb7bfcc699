//! The SQL of sign-ups that wait for their letter to be confirmed.

use base::id::AccountId;
use base::{Fault, Timestamp};
use crypt::token::Stored;
use kernel::text::Lang;
use store::{Tx, params};

use crate::account::store::New;

/// A sign-up that waits.
pub(crate) struct Waiting {
    pub(crate) salt: [u8; 16],
    pub(crate) hash: [u8; 32],
    pub(crate) new: New,
}

pub(crate) fn insert(
    tx: &Tx<'_>,
    link: &Stored,
    new: &New,
    expires_at: Timestamp,
) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO sign_up (lookup, salt, hash, account, email_index, email, name, password, \
         expires_at, lang) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            &link.lookup,
            &link.salt,
            &link.hash,
            new.id,
            &new.email_index,
            &new.email,
            &new.name,
            &new.password,
            expires_at,
            new.lang.code()
        ],
    )
    .map(drop)
}

pub(crate) fn find(tx: &Tx<'_>, lookup: &str, now: Timestamp) -> Result<Option<Waiting>, Fault> {
    tx.find(
        "SELECT salt, hash, account, email_index, email, name, password, lang FROM sign_up \
         WHERE lookup = ?1 AND expires_at > ?2",
        params![lookup, now],
        |row| {
            Ok(Waiting {
                salt: row.get(0)?,
                hash: row.get(1)?,
                new: New {
                    id: row.get(2)?,
                    email_index: row.get(3)?,
                    email: row.get(4)?,
                    name: row.get(5)?,
                    password: row.get(6)?,
                    lang: Lang::parse(&row.get::<String>(7)?).unwrap_or_default(),
                },
            })
        },
    )
}

/// Removes all sign-ups of an address.
pub(crate) fn remove(tx: &Tx<'_>, email_index: &[u8; 32]) -> Result<(), Fault> {
    tx.execute("DELETE FROM sign_up WHERE email_index = ?1", params![email_index]).map(drop)
}

/// Accounts-to-be of sign-ups that nobody confirmed in time.
pub(crate) fn expired(tx: &Tx<'_>, now: Timestamp, limit: i64) -> Result<Vec<AccountId>, Fault> {
    tx.query(
        "SELECT account FROM sign_up WHERE expires_at <= ?1 LIMIT ?2",
        params![now, limit],
        |row| row.get(0),
    )
}

/// Removes an abandoned sign-up.
pub(crate) fn remove_account(tx: &Tx<'_>, account: AccountId) -> Result<(), Fault> {
    tx.execute("DELETE FROM sign_up WHERE account = ?1", params![account]).map(drop)
}
