//! The SQL of staff.

use base::id::{AccountId, InvitationId};
use base::{Fault, Timestamp};
use crypt::token::Stored as Link;
use kernel::Permit;
use store::{Row, Tx, params};

/// One of the platform's people.
pub(crate) struct Stored {
    pub(crate) account: AccountId,
    /// What they need the access for.
    pub(crate) duties: String,
    pub(crate) since: Timestamp,
    /// Nobody for who set the installation up.
    pub(crate) added_by: Option<AccountId>,
    /// Digest of what they signed.
    pub(crate) agreement: Option<String>,
    pub(crate) signed_at: Option<Timestamp>,
    pub(crate) reviewed_at: Option<Timestamp>,
    pub(crate) reviewed_by: Option<AccountId>,
}

fn read(row: &Row<'_>) -> Result<Stored, Fault> {
    Ok(Stored {
        account: row.get(0)?,
        duties: row.get(1)?,
        since: row.get(2)?,
        added_by: row.get(3)?,
        agreement: row.get(4)?,
        signed_at: row.get(5)?,
        reviewed_at: row.get(6)?,
        reviewed_by: row.get(7)?,
    })
}

/// All, the longest there first.
pub(crate) fn all(tx: &Tx<'_>) -> Result<Vec<Stored>, Fault> {
    tx.query(
        "SELECT account, duties, since, added_by, agreement, signed_at, reviewed_at, reviewed_by \
         FROM staff ORDER BY since, account",
        params![],
        read,
    )
}

pub(crate) fn find(tx: &Tx<'_>, account: AccountId) -> Result<Option<Stored>, Fault> {
    tx.find(
        "SELECT account, duties, since, added_by, agreement, signed_at, reviewed_at, reviewed_by \
         FROM staff WHERE account = ?1",
        params![account],
        read,
    )
}

/// Somebody who signed a text is staff from now on.
pub(crate) fn insert(
    tx: &Tx<'_>,
    _: &Permit,
    account: AccountId,
    (duties, agreement): (&str, &str),
    added_by: Option<&str>,
    now: Timestamp,
) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO staff (account, duties, since, added_by, agreement, signed_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?3)",
        params![account, duties, now, added_by, agreement],
    )
    .map(drop)
}

/// Notes a signature; answers whether it was wanted.
pub(crate) fn sign(
    tx: &Tx<'_>,
    account: AccountId,
    agreement: &str,
    now: Timestamp,
) -> Result<bool, Fault> {
    let sql =
        "UPDATE staff SET agreement = ?2, signed_at = ?3 WHERE account = ?1 AND signed_at IS NULL";
    Ok(tx.execute(sql, params![account, agreement, now])? == 1)
}

pub(crate) fn review(
    tx: &Tx<'_>,
    _: &Permit,
    account: AccountId,
    duties: &str,
    by: &str,
    now: Timestamp,
) -> Result<bool, Fault> {
    let sql = "UPDATE staff SET duties = ?2, reviewed_by = ?3, reviewed_at = ?4 WHERE account = ?1";
    Ok(tx.execute(sql, params![account, duties, by, now])? == 1)
}

/// Makes staff an ordinary account; answers whether it was staff.
pub(crate) fn remove(tx: &Tx<'_>, _: &Permit, account: AccountId) -> Result<bool, Fault> {
    tx.execute("DELETE FROM staff WHERE account = ?1", params![account])?;
    let sql = "UPDATE account SET staff = 0 WHERE id = ?1 AND staff = 1";
    Ok(tx.execute(sql, params![account])? == 1)
}

/// An invitation that nobody has accepted yet.
pub(crate) struct Invited {
    pub(crate) id: InvitationId,
    /// Sealed.
    pub(crate) email: Vec<u8>,
    pub(crate) duties: String,
    pub(crate) invited_by: String,
    pub(crate) expires_at: Timestamp,
    pub(crate) salt: [u8; 16],
    pub(crate) hash: [u8; 32],
}

fn read_invited(row: &Row<'_>) -> Result<Invited, Fault> {
    Ok(Invited {
        id: row.get(0)?,
        email: row.get(1)?,
        duties: row.get(2)?,
        invited_by: row.get(3)?,
        expires_at: row.get(4)?,
        salt: row.get(5)?,
        hash: row.get(6)?,
    })
}

/// Those that still work, the newest first.
pub(crate) fn open_invitations(tx: &Tx<'_>, now: Timestamp) -> Result<Vec<Invited>, Fault> {
    tx.query(
        "SELECT id, email, duties, invited_by, expires_at, salt, hash FROM staff_invitation \
         WHERE expires_at > ?1 ORDER BY id DESC",
        params![now],
        read_invited,
    )
}

pub(crate) fn find_invitation(
    tx: &Tx<'_>,
    lookup: &str,
    now: Timestamp,
) -> Result<Option<Invited>, Fault> {
    tx.find(
        "SELECT id, email, duties, invited_by, expires_at, salt, hash FROM staff_invitation \
         WHERE lookup = ?1 AND expires_at > ?2",
        params![lookup, now],
        read_invited,
    )
}

/// Keeps one; what has expired goes.
pub(crate) fn invite(
    tx: &Tx<'_>,
    _: &Permit,
    link: &Link,
    new: &Invited,
    now: Timestamp,
) -> Result<(), Fault> {
    tx.execute("DELETE FROM staff_invitation WHERE expires_at <= ?1", params![now])?;
    tx.execute(
        "INSERT INTO staff_invitation (lookup, salt, hash, id, email, duties, invited_by, expires_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            &link.lookup,
            &link.salt,
            &link.hash,
            new.id,
            &new.email,
            &new.duties,
            &new.invited_by,
            new.expires_at
        ],
    )
    .map(drop)
}

/// Takes one away; of two racing uses one gets a yes.
pub(crate) fn take_invitation(tx: &Tx<'_>, id: InvitationId) -> Result<bool, Fault> {
    Ok(tx.execute("DELETE FROM staff_invitation WHERE id = ?1", params![id])? == 1)
}
