//! A tenant's own file, reachable only with a proof of access.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, Weak};

use base::id::TenantId;
use base::{Fault, FaultKind};
use lru::LruCache;

use crate::batch::lock;
use crate::db::Inner;
use crate::store::Store;
use crate::{Db, Options, Tx};

/// Proof that the holder may open one tenant's file. The kernel makes it from an authenticated operation
/// or for a background task of that tenant; nobody else may (tidy checks the callers).
#[derive(Clone, Debug)]
pub struct TenantAccess {
    tenant: TenantId,
    region: String,
}

impl TenantAccess {
    /// The kernel's word that access was decided.
    #[must_use]
    pub fn decided_by_kernel(tenant: TenantId, region: String) -> Self {
        Self { tenant, region }
    }

    /// Whose file it opens.
    #[must_use]
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    pub(crate) fn region(&self) -> &str {
        &self.region
    }
}

/// One tenant's open file. There is no way from here to another tenant's.
pub struct TenantDb {
    pub(crate) db: Db,
    pub(crate) store: Arc<Store>,
    pub(crate) tenant: TenantId,
    pub(crate) region: String,
}

impl TenantDb {
    /// Whose it is.
    #[must_use]
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// See [`Db::read`].
    pub fn read<T, E: From<Fault>>(
        &self,
        body: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.db.read(body)
    }

    /// See [`Db::write`]. Marks the tenant in the index of due work first.
    pub async fn write<T, E, F>(&self, body: F) -> Result<T, E>
    where
        F: Fn(&Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        self.store.due.begin(self.store.control(), self.tenant, &self.region).await?;
        let result = self.db.write(body).await;
        self.store.due.end(self.tenant);
        result
    }

    /// The file itself, for backups and checks.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.db
    }
}

/// The tenant files that are open, least recently used first to close.
pub(crate) struct OpenTenants {
    files: Mutex<LruCache<TenantId, Db>>,
    /// Every file that somebody may still hold: one that fell out of the list while it is in use must not be
    /// opened a second time, or it would have two writers.
    held: Mutex<HashMap<TenantId, Weak<Inner>>>,
    opening: Mutex<()>,
}

impl OpenTenants {
    pub(crate) fn new(open_max: usize) -> Self {
        let max = NonZeroUsize::new(open_max).unwrap_or(NonZeroUsize::MIN);
        Self {
            files: Mutex::new(LruCache::new(max)),
            held: Mutex::default(),
            opening: Mutex::default(),
        }
    }

    pub(crate) fn open(
        &self,
        store: &Store,
        access: &TenantAccess,
        create: bool,
    ) -> Result<Db, Fault> {
        if let Some(db) = lock(&self.files).get(&access.tenant) {
            return Ok(db.clone());
        }
        // One file is opened by one thread: two could both try to migrate it.
        let _opening = lock(&self.opening);
        if let Some(db) = lock(&self.files).get(&access.tenant) {
            return Ok(db.clone());
        }
        let still_held = lock(&self.held).get(&access.tenant).and_then(Db::upgrade);
        if let Some(db) = still_held {
            lock(&self.files).put(access.tenant, db.clone());
            return Ok(db);
        }
        let key = store.keys().get(&access.tenant.to_string())?;
        let options = Options {
            path: path(store, access)?,
            key: key.purpose("db").database(),
            migrations: store.schema().tenant(),
            cache_kib: 64,
            readers: 1,
            create,
        };
        let db = store.open_file(options)?;
        let mut held = lock(&self.held);
        held.retain(|_, handle| handle.strong_count() > 0);
        held.insert(access.tenant, db.downgrade());
        drop(held);
        lock(&self.files).put(access.tenant, db.clone());
        Ok(db)
    }

    pub(crate) fn count(&self) -> usize {
        lock(&self.files).len()
    }

    pub(crate) fn close(&self, tenant: TenantId) {
        lock(&self.files).pop(&tenant);
    }
}

pub(crate) fn path(store: &Store, access: &TenantAccess) -> Result<PathBuf, Fault> {
    let region = &access.region;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if region.is_empty() || region.len() > 32 || !region.chars().all(plain) {
        return Err(Fault::new(FaultKind::Corrupt, format!("{region:?} is not a region's name")));
    }
    let folder = store.folder().join("tenants").join(region);
    std::fs::create_dir_all(&folder)?;
    Ok(folder.join(format!("{}.db", access.tenant)))
}
