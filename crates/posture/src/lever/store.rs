//! The SQL of the lever.

use base::{Fault, Timestamp};
use store::{Tx, params};

/// The reason of a pause, and since when; `None` when probes run.
pub(crate) fn find(tx: &Tx<'_>) -> Result<Option<(String, Timestamp)>, Fault> {
    tx.find("SELECT why, paused_at FROM lever WHERE one = 1", params![], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

pub(crate) fn pull(tx: &Tx<'_>, why: &str, now: Timestamp) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO lever (one, why, paused_at) VALUES (1, ?1, ?2) \
         ON CONFLICT (one) DO UPDATE SET why = excluded.why",
        params![why, now],
    )
    .map(drop)
}

pub(crate) fn release(tx: &Tx<'_>) -> Result<(), Fault> {
    tx.execute("DELETE FROM lever WHERE one = 1", params![]).map(drop)
}
