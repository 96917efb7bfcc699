//! The audit log: one append-only, tamper-evident record of what was done, by whom, with what result.
//!
//! An entry is written into the outbox of the file that the change is in, by the same transaction; the
//! sequencer moves it into the log exactly once. Entries name people by identifier; addresses and devices
//! are sealed under the person's key, so the proofs outlive the person's data.
//!
//! Absent: any way to change or remove an entry.

mod control;
mod data;
mod entry;
mod http;
mod http_export;
mod page;
mod refused;
mod sequence;
mod view;

use kernel::Domain;
use kernel::log::{APPEND_ONLY, TABLES};
use store::{Migration, Place};

pub use entry::{Event, Outcome, append, lately};
pub use http::{EventBody, newest};
pub use refused::Port;
pub use sequence::{drain, key_name, note_anchors, note_key, roots_at, run_until_stopped, verify};

/// The manifest.
pub const DOMAIN: Domain = Domain {
    name: "audit",
    migrations: &[
        Migration { place: Place::Audit, id: "audit/0001_log_create", sql: TABLES },
        Migration {
            place: Place::Audit,
            id: "audit/0002_entry_create",
            sql: include_str!("../migrations/audit/0002_entry_create.sql"),
        },
        Migration { place: Place::Audit, id: "audit/0003_log_append_only", sql: APPEND_ONLY },
        Migration {
            place: Place::Audit,
            id: "audit/0004_entry_append_only",
            sql: include_str!("../migrations/audit/0004_entry_append_only.sql"),
        },
    ],
    routes,
    jobs: &[],
    events: &["access.refused", "access.reported", "audit.archived", "audit.exported"],
    controls: &[
        control::ADMIN,
        control::FILTERED,
        control::COMPLETE,
        control::OWN,
        control::TAMPER_EVIDENT,
        control::CONSOLE,
    ],
    data: data::CLASSES,
    revocations: &[],
    holdings: &[entry::HOLDING],
};

fn routes() -> Vec<kernel::web::route::Route> {
    let mut all = page::routes();
    all.extend(http::routes());
    all
}
