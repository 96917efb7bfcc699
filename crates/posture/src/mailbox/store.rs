//! The SQL of letters.

use base::{Fault, Timestamp};
use store::{Tx, params};

pub(super) fn keep(
    tx: &Tx<'_>,
    recipient: &str,
    text: &str,
    now: Timestamp,
    oldest: Timestamp,
    most: i64,
) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO letter (recipient, text, received_at) VALUES (?1, ?2, ?3)",
        params![recipient, text, now],
    )?;
    tx.execute(
        "DELETE FROM letter WHERE received_at < ?1 OR number <= \
         (SELECT max(number) FROM letter) - ?2",
        params![oldest, most],
    )
    .map(drop)
}

pub(super) fn take(
    tx: &Tx<'_>,
    recipient: &str,
    mark: &str,
    since: Timestamp,
) -> Result<Option<String>, Fault> {
    let found: Option<(i64, String)> = tx.find(
        "SELECT number, text FROM letter WHERE recipient = ?1 AND received_at >= ?3 \
         AND instr(text, ?2) > 0 ORDER BY number DESC LIMIT 1",
        params![recipient, mark, since],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let Some((number, text)) = found else { return Ok(None) };
    tx.execute("DELETE FROM letter WHERE number = ?1", params![number])?;
    Ok(Some(text))
}
