//! The SQL of accounts.

use base::id::AccountId;
use base::{Fault, Timestamp};
use kernel::Permit;
use kernel::text::Lang;
use store::{Row, Tx, params};

/// An account as its row holds it.
pub(crate) struct Stored {
    pub(crate) id: AccountId,
    pub(crate) email: Vec<u8>,
    pub(crate) name: Vec<u8>,
    pub(crate) password: String,
    pub(crate) staff: bool,
    pub(crate) made_at: Timestamp,
    pub(crate) password_changed_at: Timestamp,
    pub(crate) lang: String,
    pub(crate) factors: i64,
}

/// What a new row holds.
#[derive(Clone)]
pub struct New {
    /// Identifier; its key exists already.
    pub id: AccountId,
    /// Keyed hash of the folded address.
    pub email_index: [u8; 32],
    /// Sealed.
    pub email: Vec<u8>,
    /// Sealed.
    pub name: Vec<u8>,
    /// PHC string.
    pub password: String,
    /// Language of letters.
    pub lang: Lang,
}

fn read(row: &Row<'_>) -> Result<Stored, Fault> {
    Ok(Stored {
        id: row.get(0)?,
        email: row.get(1)?,
        name: row.get(2)?,
        password: row.get(3)?,
        staff: row.get(4)?,
        made_at: row.get(5)?,
        password_changed_at: row.get(6)?,
        lang: row.get(7)?,
        factors: row.get(8)?,
    })
}

pub(crate) fn find(tx: &Tx<'_>, id: AccountId) -> Result<Option<Stored>, Fault> {
    tx.find(
        "SELECT id, email, name, password, staff, made_at, password_changed_at, lang, factors \
         FROM account WHERE id = ?1",
        params![id],
        read,
    )
}

pub(crate) fn find_by_email(tx: &Tx<'_>, index: &[u8; 32]) -> Result<Option<Stored>, Fault> {
    tx.find(
        "SELECT id, email, name, password, staff, made_at, password_changed_at, lang, factors \
         FROM account WHERE email_index = ?1",
        params![index],
        read,
    )
}

/// Accounts in the order of their making, after `after`.
pub(crate) fn page(tx: &Tx<'_>, after: &str, limit: i64) -> Result<Vec<Stored>, Fault> {
    tx.query(
        "SELECT id, email, name, password, staff, made_at, password_changed_at, lang, factors \
         FROM account WHERE id > ?1 ORDER BY id LIMIT ?2",
        params![after, limit],
        read,
    )
}

/// Fault `Conflict` when the address has an account.
pub fn insert(
    tx: &Tx<'_>,
    _: &Permit,
    new: &New,
    staff: bool,
    now: Timestamp,
) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO account (id, email_index, email, name, password, staff, made_at, \
         password_changed_at, lang) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8)",
        params![
            new.id,
            &new.email_index,
            &new.email,
            &new.name,
            &new.password,
            staff,
            now,
            new.lang.code()
        ],
    )
    .map(drop)
}

pub(crate) fn set_password(
    tx: &Tx<'_>,
    _: &Permit,
    id: AccountId,
    verifier: &str,
    now: Timestamp,
) -> Result<(), Fault> {
    tx.execute(
        "UPDATE account SET password = ?2, password_changed_at = ?3 WHERE id = ?1",
        params![id, verifier, now],
    )
    .map(drop)
}

/// Whether this is still the account's verifier: a password that was changed while somebody's attempt was
/// being hashed opens nothing any more.
pub(crate) fn has_verifier(tx: &Tx<'_>, id: AccountId, verifier: &str) -> Result<bool, Fault> {
    let same = "SELECT count(*) FROM account WHERE id = ?1 AND password = ?2";
    Ok(tx.number(same, params![id, verifier])? == 1)
}

/// Replaces a verifier by a dearer one of the same password, unless it was changed meanwhile.
pub(crate) fn upgrade_password(
    tx: &Tx<'_>,
    id: AccountId,
    old: &str,
    verifier: &str,
) -> Result<(), Fault> {
    tx.execute(
        "UPDATE account SET password = ?3 WHERE id = ?1 AND password = ?2",
        params![id, old, verifier],
    )
    .map(drop)
}

pub(crate) fn set_name(tx: &Tx<'_>, _: &Permit, id: AccountId, name: &[u8]) -> Result<(), Fault> {
    tx.execute("UPDATE account SET name = ?2 WHERE id = ?1", params![id, name]).map(drop)
}

pub(crate) fn set_lang(tx: &Tx<'_>, _: &Permit, id: AccountId, lang: Lang) -> Result<(), Fault> {
    tx.execute("UPDATE account SET lang = ?2 WHERE id = ?1", params![id, lang.code()]).map(drop)
}

/// How many accounts run the platform.
pub fn is_there(tx: &Tx<'_>, id: AccountId) -> Result<bool, Fault> {
    Ok(tx.number("SELECT count(*) FROM account WHERE id = ?1", params![id])? > 0)
}

/// How many are staff.
pub fn count_staff(tx: &Tx<'_>) -> Result<i64, Fault> {
    tx.number("SELECT count(*) FROM account WHERE staff = 1", params![])
}

/// Takes an account out, with everything that refers to it.
pub(crate) fn erase(tx: &Tx<'_>, id: AccountId) -> Result<(), Fault> {
    for sql in [
        "DELETE FROM sign_up WHERE account = ?1 OR email_index = \
         (SELECT email_index FROM account WHERE id = ?1)",
        "DELETE FROM staff WHERE account = ?1",
        "DELETE FROM attempt WHERE account = ?1",
        "DELETE FROM totp WHERE account = ?1",
        "DELETE FROM backup_code WHERE account = ?1",
        "DELETE FROM passkey WHERE account = ?1",
        "DELETE FROM ceremony WHERE account = ?1",
        "DELETE FROM phone WHERE account = ?1",
        "DELETE FROM browser WHERE account = ?1",
        "DELETE FROM network WHERE account = ?1",
        "DELETE FROM warning WHERE account = ?1",
        "DELETE FROM reset_link WHERE account = ?1",
        "DELETE FROM token WHERE account = ?1",
        "DELETE FROM session WHERE account = ?1",
        "DELETE FROM account WHERE id = ?1",
    ] {
        tx.execute(sql, params![id])?;
    }
    Ok(())
}
