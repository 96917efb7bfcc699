//! The SQL of second factors.

use base::id::{AccountId, PasskeyId};
use base::{Fault, Timestamp};
use kernel::Permit;
use store::{Row, Tx, params};

/// Counts an account's factors anew; called with every change of one. Answers how many there are.
pub(crate) fn recount(tx: &Tx<'_>, account: AccountId) -> Result<i64, Fault> {
    tx.execute(
        "UPDATE account SET factors = mail_codes \
         + (SELECT count(*) FROM totp t WHERE t.account = account.id AND t.secret IS NOT NULL) \
         + (SELECT count(*) FROM passkey p WHERE p.account = account.id) \
         + (SELECT count(*) FROM phone f WHERE f.account = account.id AND f.number IS NOT NULL) \
         WHERE id = ?1",
        params![account],
    )?;
    let left = factors(tx, account)?;
    if left == 0 {
        // Without a factor they would be a second password that nobody thinks of.
        tx.execute("DELETE FROM backup_code WHERE account = ?1", params![account])?;
    }
    Ok(left)
}

/// How many factors an account has.
pub(crate) fn factors(tx: &Tx<'_>, account: AccountId) -> Result<i64, Fault> {
    tx.number("SELECT factors FROM account WHERE id = ?1", params![account])
}

/// An authenticator app.
pub(crate) struct Totp {
    pub(crate) secret: Option<Vec<u8>>,
    pub(crate) pending: Option<Vec<u8>>,
    pub(crate) pending_at: Timestamp,
    pub(crate) made_at: Timestamp,
    pub(crate) last_used_at: Option<Timestamp>,
}

pub(crate) fn totp(tx: &Tx<'_>, account: AccountId) -> Result<Option<Totp>, Fault> {
    tx.find(
        "SELECT secret, pending, pending_at, made_at, last_used_at FROM totp WHERE account = ?1",
        params![account],
        |row| {
            Ok(Totp {
                secret: row.get(0)?,
                pending: row.get(1)?,
                pending_at: row.get(2)?,
                made_at: row.get(3)?,
                last_used_at: row.get(4)?,
            })
        },
    )
}

pub(crate) fn put_pending_totp(
    tx: &Tx<'_>,
    _: &Permit,
    account: AccountId,
    secret: &[u8],
    now: Timestamp,
) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO totp (account, pending, pending_at, made_at) VALUES (?1, ?2, ?3, ?3) \
         ON CONFLICT (account) DO UPDATE SET pending = excluded.pending, \
         pending_at = excluded.pending_at",
        params![account, secret, now],
    )
    .map(drop)
}

/// The pending secret becomes the one that counts; `step` is that of the code that showed it. Answers whether
/// it still was the pending one.
pub(crate) fn confirm_totp(
    tx: &Tx<'_>,
    _: &Permit,
    account: AccountId,
    secret: &[u8],
    step: i64,
    now: Timestamp,
) -> Result<bool, Fault> {
    let done = tx.execute(
        "UPDATE totp SET secret = pending, pending = NULL, made_at = ?4, last_step = ?3, \
         last_used_at = NULL WHERE account = ?1 AND pending = ?2",
        params![account, secret, step, now],
    )?;
    Ok(done == 1)
}

/// Takes a step; answers no when it, or a later one, was taken before. Of two at once one gets a yes.
pub(crate) fn take_step(
    tx: &Tx<'_>,
    account: AccountId,
    secret: &[u8],
    step: i64,
    now: Timestamp,
) -> Result<bool, Fault> {
    let taken = tx.execute(
        "UPDATE totp SET last_step = ?3, last_used_at = ?4 \
         WHERE account = ?1 AND secret = ?2 AND last_step < ?3",
        params![account, secret, step, now],
    )?;
    Ok(taken == 1)
}

/// Removes what was added since a moment, or is being added, and the backup codes: whoever it was may have read them,
/// or made new ones.
pub(crate) fn remove_since(
    tx: &Tx<'_>,
    _: &Permit,
    account: AccountId,
    since: Timestamp,
) -> Result<(), Fault> {
    for sql in [
        "DELETE FROM passkey WHERE account = ?1 AND made_at >= ?2",
        "DELETE FROM totp WHERE account = ?1 AND (secret IS NULL OR made_at >= ?2)",
        "DELETE FROM phone WHERE account = ?1 AND (number IS NULL OR confirmed_at >= ?2)",
    ] {
        tx.execute(sql, params![account, since])?;
    }
    for sql in [
        "UPDATE totp SET pending = NULL WHERE account = ?1",
        "UPDATE phone SET pending = NULL, code = NULL WHERE account = ?1",
        "DELETE FROM backup_code WHERE account = ?1",
        "DELETE FROM ceremony WHERE account = ?1",
    ] {
        tx.execute(sql, params![account])?;
    }
    recount(tx, account).map(drop)
}

pub(crate) fn remove_totp(tx: &Tx<'_>, _: &Permit, account: AccountId) -> Result<bool, Fault> {
    Ok(tx.execute("DELETE FROM totp WHERE account = ?1", params![account])? == 1)
}

/// Replaces all backup codes.
pub(crate) fn put_backup_codes(
    tx: &Tx<'_>,
    _: &Permit,
    account: AccountId,
    codes: &[[u8; 32]],
) -> Result<(), Fault> {
    tx.execute("DELETE FROM backup_code WHERE account = ?1", params![account])?;
    for code in codes {
        let sql = "INSERT INTO backup_code (account, code) VALUES (?1, ?2)";
        tx.execute(sql, params![account, code])?;
    }
    Ok(())
}

/// Spends a backup code; answers whether it was there and unspent. Of two at once one gets a yes.
pub(crate) fn spend_backup_code(
    tx: &Tx<'_>,
    account: AccountId,
    code: &[u8; 32],
    now: Timestamp,
) -> Result<bool, Fault> {
    let spent = tx.execute(
        "UPDATE backup_code SET used_at = ?3 WHERE account = ?1 AND code = ?2 AND used_at IS NULL",
        params![account, code, now],
    )?;
    Ok(spent == 1)
}

/// Unspent backup codes.
pub(crate) fn backup_codes_left(tx: &Tx<'_>, account: AccountId) -> Result<i64, Fault> {
    let sql = "SELECT count(*) FROM backup_code WHERE account = ?1 AND used_at IS NULL";
    tx.number(sql, params![account])
}

pub(crate) fn mail_codes(tx: &Tx<'_>, account: AccountId) -> Result<bool, Fault> {
    Ok(tx.number("SELECT mail_codes FROM account WHERE id = ?1", params![account])? == 1)
}

pub(crate) fn set_mail_codes(
    tx: &Tx<'_>,
    _: &Permit,
    account: AccountId,
    on: bool,
) -> Result<(), Fault> {
    tx.execute("UPDATE account SET mail_codes = ?2 WHERE id = ?1", params![account, on]).map(drop)
}

/// A passkey as its row holds it.
pub(crate) struct Passkey {
    pub(crate) id: PasskeyId,
    pub(crate) account: AccountId,
    pub(crate) name: Vec<u8>,
    pub(crate) credential: Vec<u8>,
    /// Whether it is a hardware key of a maker that counts.
    pub(crate) attested: bool,
    pub(crate) made_at: Timestamp,
    pub(crate) last_used_at: Option<Timestamp>,
}

fn read_passkey(row: &Row<'_>) -> Result<Passkey, Fault> {
    Ok(Passkey {
        id: row.get(0)?,
        account: row.get(1)?,
        name: row.get(2)?,
        credential: row.get(3)?,
        made_at: row.get(4)?,
        last_used_at: row.get(5)?,
        attested: row.get(6)?,
    })
}

/// Fault `Conflict` when the credential is known already.
pub(crate) fn insert_passkey(
    tx: &Tx<'_>,
    _: &Permit,
    new: &Passkey,
    credential_id: &[u8],
) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO passkey (id, credential_id, account, name, credential, made_at, attested) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            new.id,
            credential_id,
            new.account,
            &new.name,
            &new.credential,
            new.made_at,
            new.attested
        ],
    )
    .map(drop)
}

pub(crate) fn passkeys(tx: &Tx<'_>, account: AccountId) -> Result<Vec<Passkey>, Fault> {
    tx.query(
        "SELECT id, account, name, credential, made_at, last_used_at, attested FROM passkey \
         WHERE account = ?1 ORDER BY id",
        params![account],
        read_passkey,
    )
}

/// Whether an account has a hardware key of a maker that counts.
pub(crate) fn has_attested(tx: &Tx<'_>, account: AccountId) -> Result<bool, Fault> {
    let sql = "SELECT count(*) FROM passkey WHERE account = ?1 AND attested";
    Ok(tx.number(sql, params![account])? > 0)
}

pub(crate) fn passkey_by_credential(
    tx: &Tx<'_>,
    credential_id: &[u8],
) -> Result<Option<Passkey>, Fault> {
    tx.find(
        "SELECT id, account, name, credential, made_at, last_used_at, attested FROM passkey \
         WHERE credential_id = ?1",
        params![credential_id],
        read_passkey,
    )
}

/// Notes a use, with the credential's new counter. Answers whether the passkey still was as it was read: of two
/// uses at once, one gets a yes.
pub(crate) fn use_passkey(
    tx: &Tx<'_>,
    id: PasskeyId,
    before: &[u8],
    after: &[u8],
    now: Timestamp,
) -> Result<bool, Fault> {
    let used = tx.execute(
        "UPDATE passkey SET credential = ?3, last_used_at = ?4 WHERE id = ?1 AND credential = ?2",
        params![id, before, after, now],
    )?;
    Ok(used == 1)
}

pub(crate) fn rename_passkey(
    tx: &Tx<'_>,
    _: &Permit,
    account: AccountId,
    id: PasskeyId,
    name: &[u8],
) -> Result<bool, Fault> {
    let sql = "UPDATE passkey SET name = ?3 WHERE id = ?2 AND account = ?1";
    Ok(tx.execute(sql, params![account, id, name])? == 1)
}

pub(crate) fn remove_passkey(
    tx: &Tx<'_>,
    _: &Permit,
    account: AccountId,
    id: PasskeyId,
) -> Result<bool, Fault> {
    let sql = "DELETE FROM passkey WHERE id = ?2 AND account = ?1";
    Ok(tx.execute(sql, params![account, id])? == 1)
}

/// A ceremony that has begun.
pub(crate) struct Ceremony {
    pub(crate) account: Option<AccountId>,
    pub(crate) state: Vec<u8>,
}

/// Keeps a ceremony, and forgets those that nobody finished.
pub(crate) fn begin_ceremony(
    tx: &Tx<'_>,
    id: &str,
    kind: &str,
    begun: &Ceremony,
    (now, expires_at): (Timestamp, Timestamp),
) -> Result<(), Fault> {
    tx.execute("DELETE FROM ceremony WHERE expires_at <= ?1", params![now])?;
    tx.execute(
        "INSERT INTO ceremony (id, kind, account, state, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![id, kind, begun.account, &begun.state, expires_at],
    )
    .map(drop)
}

/// Takes a ceremony out: its challenge counts once.
pub(crate) fn take_ceremony(
    tx: &Tx<'_>,
    id: &str,
    kind: &str,
    now: Timestamp,
) -> Result<Option<Ceremony>, Fault> {
    let found = tx.find(
        "SELECT account, state FROM ceremony WHERE id = ?1 AND kind = ?2 AND expires_at > ?3",
        params![id, kind, now],
        |row| Ok(Ceremony { account: row.get(0)?, state: row.get(1)? }),
    )?;
    tx.execute("DELETE FROM ceremony WHERE id = ?1", params![id])?;
    Ok(found)
}

/// A telephone.
pub(crate) struct Phone {
    pub(crate) number: Option<Vec<u8>>,
    pub(crate) pending: Option<Vec<u8>>,
    pub(crate) code: Option<Vec<u8>>,
    pub(crate) code_sent_at: Option<Timestamp>,
    pub(crate) tries: i64,
}

pub(crate) fn phone(tx: &Tx<'_>, account: AccountId) -> Result<Option<Phone>, Fault> {
    tx.find(
        "SELECT number, pending, code, code_sent_at, tries FROM phone WHERE account = ?1",
        params![account],
        |row| {
            Ok(Phone {
                number: row.get(0)?,
                pending: row.get(1)?,
                code: row.get(2)?,
                code_sent_at: row.get(3)?,
                tries: row.get(4)?,
            })
        },
    )
}

pub(crate) fn put_pending_phone(
    tx: &Tx<'_>,
    _: &Permit,
    account: AccountId,
    (number, code): (&[u8], &[u8; 32]),
    now: Timestamp,
) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO phone (account, pending, code, code_sent_at) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (account) DO UPDATE SET pending = excluded.pending, code = excluded.code, \
         code_sent_at = excluded.code_sent_at, tries = 0",
        params![account, number, code, now],
    )
    .map(drop)
}

pub(crate) fn note_phone_try(tx: &Tx<'_>, account: AccountId) -> Result<(), Fault> {
    tx.execute("UPDATE phone SET tries = tries + 1 WHERE account = ?1", params![account]).map(drop)
}

pub(crate) fn confirm_phone(
    tx: &Tx<'_>,
    _: &Permit,
    account: AccountId,
    now: Timestamp,
) -> Result<(), Fault> {
    tx.execute(
        "UPDATE phone SET number = pending, confirmed_at = ?2, pending = NULL, code = NULL, \
         code_sent_at = NULL, tries = 0 WHERE account = ?1",
        params![account, now],
    )
    .map(drop)
}

pub(crate) fn remove_phone(tx: &Tx<'_>, _: &Permit, account: AccountId) -> Result<bool, Fault> {
    Ok(tx.execute("DELETE FROM phone WHERE account = ?1", params![account])? == 1)
}
