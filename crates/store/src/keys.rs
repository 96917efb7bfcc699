//! The key file: every tenant's and every person's key, wrapped by the master key.
//!
//! It is a file of its own and is backed up apart from data. Only so is destroying a key the
//! destruction of every copy of what it sealed, old backups included.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use base::{Clock, Fault, FaultKind, Rng};
use crypt::{Key, MasterKey};
use lru::LruCache;

use crate::batch::lock;
use crate::migrate::{Migration, Place};
use crate::{Db, params};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    place: Place::Control,
    id: "keys/0001_wrapped_key_create",
    sql: include_str!("../migrations/keys/0001_wrapped_key_create.sql"),
}];

/// Keys kept unwrapped in memory.
const CACHE: NonZeroUsize = NonZeroUsize::new(16_384).unwrap();

/// The keys of tenants (`ten_…`) and people (`acc_…`).
pub struct Keys {
    db: Db,
    master: MasterKey,
    clock: Arc<dyn Clock>,
    rng: Arc<dyn Rng>,
    cache: Mutex<LruCache<String, Key>>,
    /// How many were destroyed. Whoever read a row before one was does not put its key back after it.
    destroyed: AtomicU64,
}

impl Keys {
    pub(crate) fn new(db: Db, master: MasterKey, clock: Arc<dyn Clock>, rng: Arc<dyn Rng>) -> Self {
        Self {
            db,
            master,
            clock,
            rng,
            cache: Mutex::new(LruCache::new(CACHE)),
            destroyed: AtomicU64::new(0),
        }
    }

    /// Makes and keeps a key for `owner`. Fault `Conflict` when the owner has one, or had.
    pub async fn create(&self, owner: &str) -> Result<Key, Fault> {
        let key = Key::generate(1, &*self.rng);
        let wrapped = self.master.wrap(owner, &key, &*self.rng);
        let (name, now) = (owner.to_owned(), self.clock.now());
        self.db
            .write(move |tx| {
                tx.execute(
                    "INSERT INTO wrapped_key (owner, version, wrapped, made_at) VALUES (?1, 1, ?2, ?3)",
                    params![&name, &wrapped, now],
                )
                .map(drop)
            })
            .await?;
        lock(&self.cache).put(owner.to_owned(), key.clone());
        Ok(key)
    }

    /// The key of `owner`; `None` when it was destroyed or never made.
    pub fn find(&self, owner: &str) -> Result<Option<Key>, Fault> {
        if let Some(key) = lock(&self.cache).get(owner) {
            return Ok(Some(key.clone()));
        }
        let destroyed = self.destroyed.load(Ordering::SeqCst);
        let row = self.db.read(|tx| {
            tx.find(
                "SELECT version, wrapped FROM wrapped_key WHERE owner = ?1 AND wrapped IS NOT NULL",
                params![owner],
                |row| Ok((row.get::<u32>(0)?, row.get::<Vec<u8>>(1)?)),
            )
        })?;
        let Some((version, wrapped)) = row else { return Ok(None) };
        let key = self.master.unwrap_key(owner, version, &wrapped).map_err(|e| {
            Fault::because(FaultKind::Corrupt, format!("unwrapping the key of {owner}"), e)
        })?;
        let mut cache = lock(&self.cache);
        if self.destroyed.load(Ordering::SeqCst) == destroyed {
            cache.put(owner.to_owned(), key.clone());
        }
        Ok(Some(key))
    }

    /// The key of `owner`, which must exist.
    pub fn get(&self, owner: &str) -> Result<Key, Fault> {
        self.find(owner)?
            .ok_or_else(|| Fault::new(FaultKind::Corrupt, format!("the key of {owner} is gone")))
    }

    /// Destroys the key of `owner` for good. What it sealed can never be read again. The row stays
    /// as a record, so that the owner cannot get a second key under the same name.
    pub async fn destroy(&self, owner: &str) -> Result<(), Fault> {
        let (name, now) = (owner.to_owned(), self.clock.now());
        self.db
            .write(move |tx| {
                tx.execute(
                    "UPDATE wrapped_key SET wrapped = NULL, destroyed_at = ?2 \
                     WHERE owner = ?1 AND wrapped IS NOT NULL",
                    params![&name, now],
                )
                .map(drop)
            })
            .await?;
        let forgotten = {
            let mut cache = lock(&self.cache);
            self.destroyed.fetch_add(1, Ordering::SeqCst);
            cache.pop(owner)
        };
        drop(forgotten);
        self.db.scrub()
    }

    /// A key wrapped for `owner`, and forgotten if it was in memory; see [`crate::Store::plant_key`].
    pub(crate) fn wrap_anew(&self, owner: &str, key: &Key) -> Vec<u8> {
        lock(&self.cache).pop(owner);
        self.master.wrap(owner, key, &*self.rng)
    }

    /// The master key's own purposes (`index`, `audit`, ...).
    #[must_use]
    pub fn platform(&self, purpose: &str) -> Key {
        self.master.platform(purpose)
    }

    /// The master key, for the recovery kit page alone.
    #[must_use]
    pub fn master(&self) -> &MasterKey {
        &self.master
    }

    /// The file, for backups.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.db
    }
}
