//! The Inspector: what only files and rows can show, read-only, without a way into any verb.
//!
//! A proof that rests on it says so ("seen from inside"). In a shadow it can be made to look at a system
//! whose guard is off or whose key has leaked; the type that says so is made there alone.

use std::path::PathBuf;
use std::sync::Arc;

use base::id::TenantId;
use base::{Fault, FaultKind};
use crypt::Key;
use crypt::sign::Signer;
use ledger::{Hash, NoteKey};
pub use store::inspect::Scan;
use store::{Db, Tx, inspect};

use crate::app::App;
use crate::config::Outbound;
use crate::log;

/// Folders and files that are no data: copies for falsifications, the key to everything, the lock.
const NOT_DATA: [&str; 5] = ["shadows", "scratch", "master.key", "lock", "control.sock"];
/// A log file beyond this is not copied for a trial.
const COPY_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// What is broken in the system that the Inspector looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weakness {
    /// SQLite is not asked whether a statement may run.
    GuardOff,
    /// Whoever changes the log has the key that signs it, and signs it anew.
    KeyLeaked,
    /// Nothing.
    #[default]
    None,
    /// The settings send something to a place that is on no list.
    Undeclared,
}

/// One of the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum File {
    /// The audit log.
    Audit,
    /// Accounts, sessions, the directory of tenants.
    Control,
    /// A tenant's own.
    Tenant(TenantId, String),
}

/// Reads; never writes.
#[derive(Clone)]
pub struct Inspector {
    app: Arc<App>,
    weakness: Weakness,
}

impl Inspector {
    /// Of the running installation.
    #[must_use]
    pub fn new(app: &Arc<App>) -> Self {
        Self { app: Arc::clone(app), weakness: Weakness::None }
    }

    /// Of a shadow with a weakness. Fault outside a shadow.
    pub fn weakened(app: &Arc<App>, weakness: Weakness) -> Result<Self, Fault> {
        if !app.store.is_shadow() {
            return Err(Fault::new(FaultKind::Internal, "a weakness outside a shadow"));
        }
        Ok(Self { app: Arc::clone(app), weakness })
    }

    /// The value by which a sealed text is found.
    #[must_use]
    pub fn blind_index(&self, purpose: &str, text: &str) -> [u8; 32] {
        self.app.blind_index(purpose, text)
    }

    /// Every tenant, and the region where its data lies.
    pub fn places(&self) -> Result<Vec<(TenantId, String)>, Fault> {
        self.app.memberships.places(&self.app)
    }

    /// Every data file as it lies on the disk, write-ahead logs and backups included.
    pub fn files(&self) -> Result<Vec<PathBuf>, Fault> {
        let mut found = Vec::new();
        let mut folders = vec![self.app.store.folder().path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder)? {
                let entry = entry?;
                let name = entry.file_name();
                if NOT_DATA.iter().any(|n| name == *n) {
                    continue;
                }
                let kind = entry.file_type()?;
                if kind.is_dir() {
                    folders.push(entry.path());
                } else if kind.is_file() {
                    found.push(entry.path());
                }
            }
        }
        found.sort();
        Ok(found)
    }

    /// Searches all raw files.
    pub fn scan_files(&self, needles: &[Vec<u8>]) -> Result<Scan, Fault> {
        inspect::scan_files(&self.files()?, needles)
    }

    /// Searches every cell of the platform's files and of these tenants', decrypted.
    pub fn scan_rows(
        &self,
        tenants: &[(TenantId, String)],
        needles: &[Vec<u8>],
    ) -> Result<Scan, Fault> {
        let store = &self.app.store;
        let mut scan = Scan::default();
        for db in [store.control(), store.audit(), store.posture(), store.keys().db()] {
            scan = scan.and(db.scan(needles)?);
        }
        for (tenant, region) in tenants {
            scan = scan.and(self.tenant(*tenant, region)?.scan(needles)?);
        }
        Ok(scan)
    }

    /// Searches every cell of one tenant's file.
    pub fn scan_tenant(
        &self,
        tenant: TenantId,
        region: &str,
        needles: &[Vec<u8>],
    ) -> Result<Scan, Fault> {
        self.tenant(tenant, region)?.scan(needles)
    }

    /// Runs a query of a domain's store on control data.
    pub fn control<T>(&self, body: impl FnOnce(&Tx<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
        self.app.store.control().read(body)
    }

    /// Whether domain code that sent this statement to the file would be refused.
    pub fn refuses(&self, file: &File, sql: &'static str) -> Result<bool, Fault> {
        let guarded = self.weakness != Weakness::GuardOff;
        match file {
            File::Audit => self.app.store.audit().refuses(sql, guarded),
            File::Control => self.app.store.control().refuses(sql, guarded),
            File::Tenant(id, region) => self.tenant(*id, region)?.refuses(sql, guarded),
        }
    }

    /// Where a tenant's file lies.
    #[must_use]
    pub fn tenant_path(&self, tenant: TenantId, region: &str) -> PathBuf {
        let folder = self.app.store.folder().join("tenants");
        folder.join(region).join(format!("{tenant}.db"))
    }

    /// Days after which somebody's access has to be reviewed.
    #[must_use]
    pub fn review_days(&self) -> u32 {
        self.app.config.staff.review_days
    }

    /// Where the settings have the program send something.
    #[must_use]
    pub fn outbound(&self) -> Vec<Outbound> {
        let mut all = self.app.config.outbound();
        if self.weakness == Weakness::Undeclared {
            all.push(Outbound { setting: "none", host: "undeclared.invalid".into() });
        }
        all
    }

    /// Whether an owner's key is there; it is not, once it was destroyed.
    pub fn key_is_there(&self, owner: &str) -> Result<bool, Fault> {
        Ok(self.app.store.keys().find(owner)?.is_some())
    }

    /// A tenant's key.
    pub fn tenant_key(&self, tenant: TenantId) -> Result<Key, Fault> {
        self.app.store.keys().get(&tenant.to_string())
    }

    /// Whether a copy of a tenant's raw file opens with the key (of another tenant, say), or with none.
    pub fn copy_opens(
        &self,
        tenant: TenantId,
        region: &str,
        key: Option<&Key>,
    ) -> Result<bool, Fault> {
        let scratch = self.scratch()?;
        let copy = scratch.join(format!("{tenant}.copy"));
        let _ = std::fs::remove_file(&copy);
        // Of the whole file, what waits in its write-ahead log included.
        self.tenant(tenant, region)?.copy_to(&copy)?;
        let secret = key.map(|k| k.purpose("db").database());
        let opens = inspect::opens(&copy, secret.as_ref());
        inspect::remove(&copy);
        Ok(opens)
    }

    /// Sizes and roots of the audit log that the public log holds, oldest first.
    pub fn anchors(&self) -> Result<Vec<(u64, Hash)>, Fault> {
        if self.weakness == Weakness::KeyLeaked {
            // Whoever has the key and was quick enough has left no later checkpoint anywhere.
            return Ok(vec![(1, self.audit(|tx| log::root(tx, 1))?)]);
        }
        let anchors = self.app.proofs.anchors(&self.app)?;
        if anchors.is_empty() && self.app.store.is_shadow() {
            // It has no public log: what one would hold is what the log is now.
            let now = self.audit(|tx| {
                let size = log::size(tx)?;
                Ok((size, log::root(tx, size)?))
            })?;
            return Ok(vec![now]);
        }
        Ok(anchors)
    }

    /// Runs a query of a domain's store on the audit log.
    pub fn audit<T>(&self, body: impl FnOnce(&Tx<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
        self.app.store.audit().read(body)
    }

    /// What the audit log's checkpoints are verified with.
    pub fn audit_verifier_key(&self) -> Result<String, Fault> {
        Ok(self.audit_key()?.verifier_key())
    }

    fn audit_key(&self) -> Result<NoteKey, Fault> {
        let signer = Signer::from_seed(*self.app.store.keys().platform("sign audit").bytes());
        let name = format!("vouchsafe-{}/audit", self.app.installation);
        NoteKey::new(&name, *signer.seed(), signer.public())
    }

    /// Changes a copy of the audit log as `statements` say and answers whether looking over it finds that.
    pub fn audit_change_is_found(
        &self,
        statements: &'static str,
        look_over: impl FnOnce(&Tx<'_>) -> Result<(), Fault>,
    ) -> Result<bool, Fault> {
        let audit = self.app.store.audit();
        if audit.bytes()? > COPY_BYTES_MAX {
            let what = "the audit log is too large to be copied for a trial";
            return Err(Fault::new(FaultKind::Full, what));
        }
        let copy = self.scratch()?.join("audit.copy");
        let forge = self.weakness == Weakness::KeyLeaked;
        let looked = audit.on_changed_copy(&copy, statements, |tx| {
            if forge {
                log::forge(tx, &self.audit_key()?)?;
            }
            look_over(tx)
        });
        match looked {
            Ok(()) => Ok(false),
            Err(fault) if fault.kind() == FaultKind::Corrupt => Ok(true),
            Err(fault) => Err(fault),
        }
    }

    /// A folder for copies, emptied at the next start if a crash leaves something in it.
    fn scratch(&self) -> Result<PathBuf, Fault> {
        let folder = self.app.store.folder().join("scratch");
        std::fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    fn tenant(&self, tenant: TenantId, region: &str) -> Result<Db, Fault> {
        Ok(self.app.tenant_db_for_task(tenant, region.to_owned())?.db().clone())
    }
}
