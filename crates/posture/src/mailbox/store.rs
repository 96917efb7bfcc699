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

pub(super) fn take(tx: &Tx<'_>, recipient: &str) -> Result<Option<String>, Fault> {
    let text = tx.find(
        "SELECT text FROM letter WHERE recipient = ?1 ORDER BY number DESC LIMIT 1",
        params![recipient],
        |row| row.get(0),
    )?;
    if text.is_some() {
        tx.execute("DELETE FROM letter WHERE recipient = ?1", params![recipient])?;
    }
    Ok(text)
}
