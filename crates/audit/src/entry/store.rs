//! The SQL of entries.

use base::{Fault, FaultKind, Timestamp};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use store::{Tx, params};

use super::model::Entry;

/// What entries are looked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) actor: Option<String>,
    pub(crate) action: Option<String>,
    pub(crate) target: Option<String>,
    pub(crate) tenant: Option<String>,
    pub(crate) result: Option<String>,
    pub(crate) trace: Option<String>,
    pub(crate) address_index: Option<Vec<u8>>,
    pub(crate) from: Option<Timestamp>,
    pub(crate) to: Option<Timestamp>,
    pub(crate) words: Option<String>,
}

/// Entries that match, newest first: number in the log and leaf bytes. An action matches itself and what
/// is below it (`session` finds `session.revoked`); words match anywhere in action or target.
pub(crate) fn page(
    tx: &Tx<'_>,
    f: &Filter,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<(i64, Vec<u8>)>, Fault> {
    let sql = if f.tenant.is_some() { OF_TENANT } else { OF_ALL };
    tx.query(
        sql,
        params![
            before,
            f.actor.as_deref(),
            f.action.as_deref(),
            f.target.as_deref(),
            f.tenant.as_deref(),
            f.result.as_deref(),
            f.trace.as_deref(),
            f.address_index.as_deref(),
            f.from,
            f.to,
            f.words.as_deref(),
            limit
        ],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The statement, with whose entries they are: `?5` is the tenant.
macro_rules! entries {
    ($whose:literal) => {
        concat!(
            "SELECT e.seq, l.bytes FROM entry e JOIN log_leaf l ON l.number = e.seq \
             WHERE ",
            $whose,
            " AND e.seq < coalesce(?1, 9223372036854775807) \
             AND (?2 IS NULL OR e.actor = ?2) \
             AND (?3 IS NULL OR e.action = ?3 \
                  OR substr(e.action, 1, length(?3) + 1) = ?3 || '.') \
             AND (?4 IS NULL OR e.target = ?4) \
             AND (?6 IS NULL OR e.result = ?6) \
             AND (?7 IS NULL OR e.trace = ?7) \
             AND (?8 IS NULL OR e.address_index = ?8) \
             AND (?9 IS NULL OR e.at >= ?9) \
             AND (?10 IS NULL OR e.at < ?10) \
             AND (?11 IS NULL OR instr(e.action, ?11) > 0 \
                  OR instr(coalesce(e.target, ''), ?11) > 0 OR e.id = ?11) \
             ORDER BY e.seq DESC LIMIT ?12"
        )
    };
}

/// Two statements, so that a tenant's part is found by its index: it costs what the tenant did, not what everybody did.
const OF_TENANT: &str = entries!("e.tenant = ?5");
const OF_ALL: &str = entries!("?5 IS NULL");

/// One entry by its identifier.
pub(crate) fn find(tx: &Tx<'_>, id: &str) -> Result<Option<(i64, Vec<u8>)>, Fault> {
    tx.find(
        "SELECT e.seq, l.bytes FROM entry e JOIN log_leaf l ON l.number = e.seq WHERE e.id = ?1",
        params![id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Whether the log has this entry already. Its own identifier decides: numbers of an outbox begin anew
/// when its file was restored from a backup.
pub(crate) fn is_taken(tx: &Tx<'_>, id: &str) -> Result<bool, Fault> {
    Ok(tx.number("SELECT count(*) FROM entry WHERE id = ?1", params![id])? > 0)
}

/// Indexes an entry that was appended as leaf `seq`.
pub(crate) fn insert(
    tx: &Tx<'_>,
    seq: u64,
    entry: &Entry,
    source: &str,
    number: i64,
) -> Result<(), Fault> {
    let address = entry.address_index.as_deref().and_then(|a| STANDARD.decode(a).ok());
    tx.execute(
        "INSERT INTO entry (seq, id, at, action, actor, target, tenant, result, trace, \
         address_index, source, number) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            i64::try_from(seq).unwrap_or(i64::MAX),
            &entry.id,
            entry.at(),
            &entry.action,
            &entry.actor,
            entry.target.as_deref(),
            entry.tenant.as_deref(),
            &entry.result,
            &entry.trace,
            address,
            source,
            number
        ],
    )
    .map(drop)
}

/// Whether the last looks over the whole log found it unchanged; `None` before the first.
pub(crate) fn verified(tx: &Tx<'_>) -> Result<Option<bool>, Fault> {
    let found = tx.find("SELECT min(ok) FROM verified", params![], |row| row.get::<Option<i64>>(0));
    Ok(found?.flatten().map(|ok| ok == 1))
}

pub(crate) fn note_verified(
    tx: &Tx<'_>,
    against: &'static str,
    size: u64,
    at: Timestamp,
    ok: bool,
    what: &str,
) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO verified (against, size, at, ok, what) VALUES (?5, ?1, ?2, ?3, ?4) \
         ON CONFLICT (against) DO UPDATE SET size = excluded.size, at = excluded.at, \
         ok = excluded.ok, what = excluded.what",
        params![i64::try_from(size).unwrap_or(i64::MAX), at, ok, what, against],
    )
    .map(drop)
}

/// Leaves that are compared with the index at once.
const COMPARED: u64 = 1024;

/// Compares every row of the index with its leaf.
pub(crate) fn verify(tx: &Tx<'_>, size: u64) -> Result<(), Fault> {
    let bad = |seq: i64| {
        let what = format!("the index of entry {seq} does not say what the entry says");
        Fault::new(FaultKind::Corrupt, what)
    };
    let rows = tx.number("SELECT count(*) FROM entry", params![])?;
    if u64::try_from(rows) != Ok(size) {
        return Err(Fault::new(FaultKind::Corrupt, "the index has another number of entries"));
    }
    for from in (0..size).step_by(usize::try_from(COMPARED).unwrap_or(1)) {
        let from = i64::try_from(from).unwrap_or(i64::MAX);
        let to = from.saturating_add(i64::try_from(COMPARED).unwrap_or(i64::MAX));
        tx.query(
            "SELECT e.seq, e.id, e.at, e.action, e.actor, e.target, e.tenant, e.result, l.bytes \
             FROM entry e JOIN log_leaf l ON l.number = e.seq WHERE e.seq >= ?1 AND e.seq < ?2",
            params![from, to],
            |row| {
                let seq: i64 = row.get(0)?;
                let leaf: Entry =
                    serde_json::from_slice(&row.get::<Vec<u8>>(8)?).map_err(|_| bad(seq))?;
                let same = row.get::<String>(1)? == leaf.id
                    && row.get::<Timestamp>(2)? == leaf.at()
                    && row.get::<String>(3)? == leaf.action
                    && row.get::<String>(4)? == leaf.actor
                    && row.get::<Option<String>>(5)? == leaf.target
                    && row.get::<Option<String>>(6)? == leaf.tenant
                    && row.get::<String>(7)? == leaf.result;
                if same { Ok(()) } else { Err(bad(seq)) }
            },
        )?;
    }
    Ok(())
}
