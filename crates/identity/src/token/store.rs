//! The SQL of access tokens.

use base::id::{AccountId, TenantId, TokenId};
use base::{Fault, Timestamp};
use kernel::Permit;
use store::{Tx, params};

#[derive(Clone)]
pub(crate) struct New {
    pub(crate) lookup: String,
    pub(crate) id: TokenId,
    pub(crate) account: AccountId,
    pub(crate) salt: [u8; 16],
    pub(crate) hash: [u8; 32],
    pub(crate) name: Vec<u8>,
    pub(crate) expires_at: Timestamp,
    /// Words with spaces between.
    pub(crate) scopes: String,
    pub(crate) only: Option<TenantId>,
}

pub(crate) struct Held {
    pub(crate) id: TokenId,
    pub(crate) account: AccountId,
    pub(crate) salt: [u8; 16],
    pub(crate) hash: [u8; 32],
    pub(crate) last_used_at: Option<Timestamp>,
    pub(crate) staff: bool,
    /// Whether it is staff's who have not signed the agreement.
    pub(crate) unsigned: bool,
    pub(crate) factor: bool,
    /// Whether it is staff's, and the account has a hardware key that counts.
    pub(crate) key: bool,
    pub(crate) scopes: String,
    pub(crate) only: Option<TenantId>,
}

pub(crate) struct Listed {
    pub(crate) id: TokenId,
    pub(crate) name: Vec<u8>,
    pub(crate) made_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    pub(crate) last_used_at: Option<Timestamp>,
    pub(crate) revoked_at: Option<Timestamp>,
    pub(crate) scopes: String,
    pub(crate) only: Option<TenantId>,
}

/// The token with this lookup that counts at `now`.
pub(crate) fn find(tx: &Tx<'_>, lookup: &str, now: Timestamp) -> Result<Option<Held>, Fault> {
    tx.find(
        "SELECT t.id, t.account, t.salt, t.hash, t.last_used_at, a.staff, \
         a.factors > 0, a.staff AND EXISTS \
         (SELECT 1 FROM passkey p WHERE p.account = a.id AND p.attested), a.staff AND NOT EXISTS \
         (SELECT 1 FROM staff f WHERE f.account = a.id AND f.signed_at IS NOT NULL), t.scopes, t.tenant \
         FROM token t JOIN account a ON a.id = t.account \
         WHERE t.lookup = ?1 AND t.revoked_at IS NULL AND t.expires_at > ?2",
        params![lookup, now],
        |row| {
            Ok(Held {
                id: row.get(0)?,
                account: row.get(1)?,
                salt: row.get(2)?,
                hash: row.get(3)?,
                last_used_at: row.get(4)?,
                staff: row.get(5)?,
                factor: row.get(6)?,
                key: row.get(7)?,
                unsigned: row.get(8)?,
                scopes: row.get(9)?,
                only: row.get(10)?,
            })
        },
    )
}

/// All tokens of an account, newest first; those that no longer count stay visible.
pub(crate) fn of(tx: &Tx<'_>, account: AccountId, limit: i64) -> Result<Vec<Listed>, Fault> {
    tx.query(
        "SELECT id, name, made_at, expires_at, last_used_at, revoked_at, scopes, tenant FROM token \
         WHERE account = ?1 ORDER BY id DESC LIMIT ?2",
        params![account, limit],
        |row| {
            Ok(Listed {
                id: row.get(0)?,
                name: row.get(1)?,
                made_at: row.get(2)?,
                expires_at: row.get(3)?,
                last_used_at: row.get(4)?,
                revoked_at: row.get(5)?,
                scopes: row.get(6)?,
                only: row.get(7)?,
            })
        },
    )
}

pub(crate) fn count_active(tx: &Tx<'_>, account: AccountId, now: Timestamp) -> Result<i64, Fault> {
    tx.number(
        "SELECT count(*) FROM token \
         WHERE account = ?1 AND revoked_at IS NULL AND expires_at > ?2",
        params![account, now],
    )
}

pub(crate) fn insert(tx: &Tx<'_>, _: &Permit, new: &New, now: Timestamp) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO token \
         (lookup, id, account, salt, hash, name, made_at, expires_at, scopes, tenant) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            &new.lookup,
            new.id,
            new.account,
            &new.salt,
            &new.hash,
            &new.name,
            now,
            new.expires_at,
            &new.scopes,
            new.only
        ],
    )
    .map(drop)
}

pub(crate) fn touch(tx: &Tx<'_>, id: TokenId, now: Timestamp) -> Result<(), Fault> {
    tx.execute("UPDATE token SET last_used_at = ?2 WHERE id = ?1", params![id, now]).map(drop)
}

/// Revokes a token of an account; answers whether there was one to revoke.
pub(crate) fn revoke(
    tx: &Tx<'_>,
    _: &Permit,
    account: AccountId,
    id: TokenId,
    now: Timestamp,
) -> Result<bool, Fault> {
    let revoked = tx.execute(
        "UPDATE token SET revoked_at = ?3 WHERE id = ?1 AND account = ?2 AND revoked_at IS NULL",
        params![id, account, now],
    )?;
    Ok(revoked == 1)
}

/// Revokes the tokens of an account that are for one tenant alone.
pub(crate) fn revoke_in(
    tx: &Tx<'_>,
    _: &Permit,
    tenant: TenantId,
    account: AccountId,
    now: Timestamp,
) -> Result<(), Fault> {
    tx.execute(
        "UPDATE token SET revoked_at = ?3 \
         WHERE account = ?1 AND tenant = ?2 AND revoked_at IS NULL",
        params![account, tenant, now],
    )
    .map(drop)
}

/// Revokes every token of an account.
pub(crate) fn revoke_all(
    tx: &Tx<'_>,
    _: &Permit,
    account: AccountId,
    now: Timestamp,
) -> Result<(), Fault> {
    tx.execute(
        "UPDATE token SET revoked_at = ?2 WHERE account = ?1 AND revoked_at IS NULL",
        params![account, now],
    )
    .map(drop)
}
