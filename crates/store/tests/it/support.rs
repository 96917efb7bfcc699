//! A store in a temporary folder, with a table to write to.

use std::path::Path;
use std::sync::Arc;

use base::id::TenantId;
use base::{Clock, Fault, Rng, Timestamp};
use crypt::{MasterKey, SystemRng};
use store::{Folder, Migration, Place, Schema, Store, TenantAccess, TenantDb, Tx, params};

pub(crate) struct Fixed;

impl Clock for Fixed {
    fn now(&self) -> Timestamp {
        Timestamp(1_795_444_717_418)
    }
}

pub(crate) const NOTE: &str =
    "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT";

pub(crate) fn schema() -> Schema {
    Schema::new([
        Migration { place: Place::Control, id: "test/0001_note", sql: NOTE },
        Migration { place: Place::Tenant, id: "test/0001_note", sql: NOTE },
    ])
}

pub(crate) fn open(path: &Path, master: &MasterKey) -> Result<Arc<Store>, Fault> {
    open_with(path, master, schema())
}

pub(crate) fn open_with(
    path: &Path,
    master: &MasterKey,
    schema: Schema,
) -> Result<Arc<Store>, Fault> {
    let folder = Folder::take(path).unwrap();
    Store::open(folder, master.clone(), schema, Arc::new(Fixed), Arc::new(SystemRng))
}

pub(crate) fn key() -> MasterKey {
    MasterKey::from_bytes([9; 32])
}

pub(crate) async fn tenant(store: &Arc<Store>, n: u8) -> TenantDb {
    struct Same(u8);
    impl Rng for Same {
        fn fill(&self, out: &mut [u8]) {
            out.fill(self.0);
        }
    }
    let id = TenantId::new(Timestamp(1), &Same(n));
    let access = TenantAccess::decided_by_kernel(id, "local".into());
    if store.keys().find(&id.to_string()).unwrap().is_none() {
        store.keys().create(&id.to_string()).await.unwrap();
        return store.create_tenant(&access).unwrap();
    }
    store.tenant(&access).unwrap()
}

pub(crate) fn add(tx: &Tx<'_>, text: &str) -> Result<(), Fault> {
    tx.execute("INSERT INTO note (text) VALUES (?1)", params![text]).map(drop)
}

pub(crate) fn count(tx: &Tx<'_>) -> Result<i64, Fault> {
    tx.number("SELECT count(*) FROM note", params![])
}
