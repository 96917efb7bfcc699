//! The SQL of support sessions.

use base::id::{AccountId, SessionId, SupportId, TenantId};
use base::{Fault, Timestamp};
use kernel::Permit;
use store::{Row, Tx, params};

/// A support session as its row holds it.
#[derive(Clone)]
pub(crate) struct Held {
    pub(crate) id: SupportId,
    pub(crate) tenant: TenantId,
    pub(crate) account: AccountId,
    pub(crate) session: SessionId,
    /// Sealed under the tenant's key.
    pub(crate) reason: Vec<u8>,
    pub(crate) settings: bool,
    pub(crate) minutes: i64,
    pub(crate) state: String,
    pub(crate) asked_at: Timestamp,
    /// When it ends by itself; while it waits for an answer, when the question does.
    pub(crate) ends_at: Timestamp,
    pub(crate) ended_at: Option<Timestamp>,
}

fn read(row: &Row<'_>) -> Result<Held, Fault> {
    let held = Held {
        id: row.get(0)?,
        tenant: row.get(1)?,
        account: row.get(2)?,
        session: row.get(3)?,
        reason: row.get(4)?,
        settings: row.get(5)?,
        minutes: row.get(6)?,
        state: row.get(7)?,
        asked_at: row.get(8)?,
        ends_at: row.get(9)?,
        ended_at: row.get(10)?,
    };
    Ok(held)
}

pub(crate) fn insert(tx: &Tx<'_>, _: &Permit, new: &Held) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO support (id, tenant, account, session, reason, settings, minutes, state, \
         asked_at, ends_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            new.id,
            new.tenant,
            new.account,
            new.session,
            &new.reason,
            new.settings,
            new.minutes,
            new.state.as_str(),
            new.asked_at,
            new.ends_at
        ],
    )
    .map(drop)
}

/// The one that lies over a session now.
pub(crate) fn over(
    tx: &Tx<'_>,
    session: SessionId,
    now: Timestamp,
) -> Result<Option<(Held, Names)>, Fault> {
    tx.find(
        "SELECT s.id, s.tenant, s.account, s.session, s.reason, s.settings, s.minutes, s.state, \
         s.asked_at, s.ends_at, s.ended_at, t.slug, t.name, t.region \
         FROM support s JOIN tenant t ON t.id = s.tenant \
         WHERE s.session = ?1 AND s.state = 'open' AND s.ends_at > ?2 AND t.state = 'active'",
        params![session, now],
        |row| {
            let names = Names { slug: row.get(11)?, name: row.get(12)?, region: row.get(13)? };
            Ok((read(row)?, names))
        },
    )
}

/// When the last one ends, of those that are open.
pub(crate) fn latest_end(tx: &Tx<'_>) -> Result<i64, Fault> {
    tx.number("SELECT coalesce(max(ends_at), 0) FROM support WHERE state = 'open'", params![])
}

/// What the directory says of a tenant.
pub(crate) struct Names {
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) region: String,
}

/// The one that somebody has open, or that waits for an answer, in whichever session.
pub(crate) fn of_account(
    tx: &Tx<'_>,
    account: AccountId,
    now: Timestamp,
) -> Result<Option<Held>, Fault> {
    tx.find(
        "SELECT id, tenant, account, session, reason, settings, minutes, state, asked_at, \
         ends_at, ended_at FROM support \
         WHERE account = ?1 AND state IN ('asked', 'open') AND ends_at > ?2",
        params![account, now],
        read,
    )
}

/// A tenant's that are open or wait.
pub(crate) fn unfinished(tx: &Tx<'_>, tenant: TenantId) -> Result<Vec<Held>, Fault> {
    tx.query(
        "SELECT id, tenant, account, session, reason, settings, minutes, state, asked_at, \
         ends_at, ended_at FROM support WHERE tenant = ?1 AND state IN ('asked', 'open')",
        params![tenant],
        read,
    )
}

pub(crate) fn find(tx: &Tx<'_>, id: SupportId) -> Result<Option<Held>, Fault> {
    tx.find(
        "SELECT id, tenant, account, session, reason, settings, minutes, state, asked_at, \
         ends_at, ended_at FROM support WHERE id = ?1",
        params![id],
        read,
    )
}

/// A tenant's support sessions, newest first.
pub(crate) fn of_tenant(tx: &Tx<'_>, tenant: TenantId, limit: i64) -> Result<Vec<Held>, Fault> {
    tx.query(
        "SELECT id, tenant, account, session, reason, settings, minutes, state, asked_at, \
         ends_at, ended_at FROM support WHERE tenant = ?1 ORDER BY asked_at DESC, id DESC LIMIT ?2",
        params![tenant, limit],
        read,
    )
}

/// Opens one that waited for an answer.
pub(crate) fn open(
    tx: &Tx<'_>,
    _: &Permit,
    id: SupportId,
    now: Timestamp,
    ends_at: Timestamp,
) -> Result<bool, Fault> {
    let opened = tx.execute(
        "UPDATE support SET state = 'open', ends_at = ?3 \
         WHERE id = ?1 AND state = 'asked' AND ends_at > ?2",
        params![id, now, ends_at],
    )?;
    Ok(opened == 1)
}

/// Ends one that is in a state; answers whether it was.
pub(crate) fn end(
    tx: &Tx<'_>,
    id: SupportId,
    from: &str,
    to: &str,
    now: Timestamp,
) -> Result<bool, Fault> {
    let ended = tx.execute(
        "UPDATE support SET state = ?3, ended_at = ?4 WHERE id = ?1 AND state = ?2",
        params![id, from, to, now],
    )?;
    Ok(ended == 1)
}

pub(crate) fn mode(tx: &Tx<'_>, tenant: TenantId) -> Result<String, Fault> {
    let sql = "SELECT support_mode FROM tenant WHERE id = ?1 AND state = 'active'";
    Ok(tx.find(sql, params![tenant], |row| row.get(0))?.unwrap_or_default())
}

pub(crate) fn set_mode(tx: &Tx<'_>, _: &Permit, tenant: TenantId, mode: &str) -> Result<(), Fault> {
    tx.execute("UPDATE tenant SET support_mode = ?2 WHERE id = ?1", params![tenant, mode]).map(drop)
}
