//! The SQL of tenancy's probes, and of the shadows that show that they can fail.

use base::Fault;
use store::{Db, Store, params};

/// A tenant's file with another tenant's bait in it.
pub(super) fn plant_foreign_text(store: &Store, db: &Db, text: &str) -> Result<(), Fault> {
    let sql = "UPDATE profile SET description = description || ' ' || ?1";
    store.plant(db, sql, params![text]).map(drop)
}

pub(super) fn mend_foreign_text(store: &Store, db: &Db, text: &str) -> Result<(), Fault> {
    let sql = "UPDATE profile SET description = replace(description, ' ' || ?1, '')";
    store.plant(db, sql, params![text]).map(drop)
}

/// Ways out of one tenant's file. Each is prepared as a domain's code would prepare it, and never run.
pub(super) const FROM_A_TENANT: [&str; 11] = [
    "ATTACH DATABASE 'other.db' AS other",
    "DETACH DATABASE main",
    "SELECT * FROM other.profile",
    "SELECT * FROM account",
    "SELECT * FROM tenant",
    "SELECT * FROM sqlite_master",
    "PRAGMA database_list",
    "PRAGMA key = 'x'",
    "PRAGMA writable_schema = ON",
    "CREATE TABLE leak (text TEXT)",
    "SELECT load_extension('x')",
];

/// Ways from the directory into tenants' data: there are no such tables.
pub(super) const FROM_CONTROL: [&str; 3] = [
    "SELECT description FROM profile",
    "UPDATE profile SET description = ''",
    "ATTACH DATABASE 'tenant.db' AS tenant_file",
];

/// What a tenant's own code may do.
pub(super) const OWN: &str = "SELECT description FROM profile";
