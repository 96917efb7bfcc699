//! Named values of the installation, in control data.

use base::Fault;
use store::{Migration, Place, Tx, params};

pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        place: Place::Control,
        id: "kernel/0001_setting_create",
        sql: include_str!("../../migrations/control/0001_setting_create.sql"),
    },
    Migration {
        place: Place::Control,
        id: "kernel/0002_kept_mail_create",
        sql: include_str!("../../migrations/control/0002_kept_mail_create.sql"),
    },
];

/// The value of a setting.
pub fn find(tx: &Tx<'_>, name: &str) -> Result<Option<Vec<u8>>, Fault> {
    tx.find("SELECT value FROM setting WHERE name = ?1", params![name], |row| row.get(0))
}

/// A setting that holds text.
pub fn find_text(tx: &Tx<'_>, name: &str) -> Result<Option<String>, Fault> {
    Ok(find(tx, name)?.and_then(|bytes| String::from_utf8(bytes).ok()))
}

/// Sets a value; an empty one removes the setting.
pub fn set(tx: &Tx<'_>, name: &str, value: &[u8]) -> Result<(), Fault> {
    if value.is_empty() {
        return tx.execute("DELETE FROM setting WHERE name = ?1", params![name]).map(drop);
    }
    tx.execute(
        "INSERT INTO setting (name, value) VALUES (?1, ?2) \
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        params![name, value],
    )
    .map(drop)
}
