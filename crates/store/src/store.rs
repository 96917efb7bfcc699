//! The store: the control file, the key file, the logs' files and the tenants'.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use base::id::TenantId;
use base::{Clock, Fault, Rng, Timestamp};
use crypt::MasterKey;
use tokio::sync::Notify;

use crate::batch::Writers;
use crate::due::Due;
use crate::migrate::{Migration, Place};
use crate::tenant::{OpenTenants, TenantAccess, TenantDb};
use crate::{Db, Folder, Keys, Options, Touched, keys, params};

const WORK: &str = include_str!("../migrations/work/0001_job_and_outbox_create.sql");
const CONTROL: &[Migration] = &[
    Migration { place: Place::Control, id: "store/0001_job_and_outbox_create", sql: WORK },
    Migration {
        place: Place::Control,
        id: "store/0002_due_create",
        sql: include_str!("../migrations/control/0002_due_create.sql"),
    },
];
const TENANT: &[Migration] =
    &[Migration { place: Place::Tenant, id: "store/0001_job_and_outbox_create", sql: WORK }];

/// The file that says that all platform files were made: from then on a missing one is a loss, not a first
/// start.
pub const COMPLETE: &str = "complete";

/// Files of tenants that are open at once.
const OPEN_TENANTS_MAX: usize = 1_024;

/// The schema of every kind of file.
pub struct Schema {
    audit: Vec<Migration>,
    control: Vec<Migration>,
    posture: Vec<Migration>,
    tenant: Vec<Migration>,
}

impl Schema {
    /// Sorts the domains' migrations by the files they belong to.
    pub fn new(domains: impl IntoIterator<Item = Migration>) -> Self {
        let mut all: Vec<Migration> = CONTROL.iter().chain(TENANT).copied().collect();
        all.extend(domains);
        let of = |place| all.iter().filter(|m| m.place == place).copied().collect();
        Self {
            audit: of(Place::Audit),
            control: of(Place::Control),
            posture: of(Place::Posture),
            tenant: of(Place::Tenant),
        }
    }

    pub(crate) fn tenant(&self) -> &[Migration] {
        &self.tenant
    }
}

/// Everything that lies in one data folder.
pub struct Store {
    folder: Folder,
    schema: Schema,
    clock: Arc<dyn Clock>,
    writers: Arc<Writers>,
    control: Db,
    audit: Db,
    posture: Db,
    keys: Keys,
    tenants: OpenTenants,
    opened_at: Timestamp,
    pub(crate) due: Due,
    /// Rung after each commit that put something into an outbox.
    pub outbox_bell: Arc<Notify>,
    /// Rung after each commit that enqueued a job.
    pub job_bell: Arc<Notify>,
}

/// Whether a folder holds data that a master key belongs to.
#[must_use]
pub fn holds_data(folder: &Path) -> bool {
    let files = [COMPLETE, "keys.db", "control.db", "audit.db", "posture.db"];
    files.iter().any(|name| folder.join(name).exists())
}

impl Store {
    /// Opens all platform files of a folder that is already held.
    pub fn open(
        folder: Folder,
        master: MasterKey,
        schema: Schema,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
    ) -> Result<Arc<Self>, Fault> {
        let threads = std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 4);
        let writers = Writers::start(threads)?;
        let bells = Bells::default();
        let opened_at = clock.now();
        let complete = folder.join(COMPLETE).exists();
        let open = |name: &str, migrations: &[Migration], cache_kib: u32| {
            let options = Options {
                path: folder.join(&format!("{name}.db")),
                key: master.platform(name).database(),
                migrations,
                cache_kib,
                readers: 4,
                // Before the first start came to its end, files may be missing; never after.
                create: !complete,
            };
            let backups = backup_folder(&folder, opened_at);
            Db::open(options, opened_at, &backups, &writers, bells.signal())
        };
        let key_file = open("keys", keys::MIGRATIONS, 1024)?;
        let control = open("control", &schema.control, 16 * 1024)?;
        let audit = open("audit", &schema.audit, 8 * 1024)?;
        let posture = open("posture", &schema.posture, 2 * 1024)?;
        if !complete {
            let mut marker = std::fs::File::create(folder.join(COMPLETE))?;
            std::io::Write::write_all(&mut marker, b"1\n")?;
            marker.sync_all()?;
            std::fs::File::open(folder.path())?.sync_all()?;
        }
        Ok(Arc::new(Self {
            keys: Keys::new(key_file, master, Arc::clone(&clock), rng),
            control,
            audit,
            posture,
            folder,
            schema,
            clock,
            writers,
            tenants: OpenTenants::new(OPEN_TENANTS_MAX),
            opened_at,
            due: Due::default(),
            outbox_bell: bells.outbox,
            job_bell: bells.jobs,
        }))
    }

    /// Accounts, sessions, memberships, the directory of tenants.
    #[must_use]
    pub fn control(&self) -> &Db {
        &self.control
    }

    /// The audit log's file.
    #[must_use]
    pub fn audit(&self) -> &Db {
        &self.audit
    }

    /// Posture's own file.
    #[must_use]
    pub fn posture(&self) -> &Db {
        &self.posture
    }

    /// The key file.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    pub(crate) fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Opens a tenant's file. Fault `Corrupt` when the file is gone.
    pub fn tenant(self: &Arc<Self>, access: &TenantAccess) -> Result<TenantDb, Fault> {
        self.tenant_db(access, false)
    }

    /// Makes a new tenant's file; its key must exist.
    pub fn create_tenant(self: &Arc<Self>, access: &TenantAccess) -> Result<TenantDb, Fault> {
        self.tenant_db(access, true)
    }

    fn tenant_db(self: &Arc<Self>, access: &TenantAccess, create: bool) -> Result<TenantDb, Fault> {
        let db = self.tenants.open(self, access, create)?;
        Ok(TenantDb {
            db,
            store: Arc::clone(self),
            tenant: access.tenant(),
            region: access.region().to_owned(),
        })
    }

    /// Closes a tenant's file once nobody uses it any more.
    pub fn close_tenant(&self, tenant: TenantId) {
        self.tenants.close(tenant);
    }

    /// Removes a tenant's file, and forgets what was due in it; answers how many files there were. Its key is the caller's to
    /// destroy first. Whoever still holds it open works on a file without a name.
    pub async fn delete_tenant(&self, access: &TenantAccess) -> Result<usize, Fault> {
        let (tenant, file) = (access.tenant(), crate::tenant::path(self, access)?);
        self.tenants.close(tenant);
        self.control
            .write(move |tx| {
                tx.execute("DELETE FROM due WHERE tenant = ?1", params![tenant]).map(drop)
            })
            .await?;
        let mut removed = 0;
        for end in ["", "-wal", "-shm"] {
            let mut name = file.clone().into_os_string();
            name.push(end);
            match std::fs::remove_file(name) {
                Ok(()) => removed += 1,
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
                Err(e) => return Err(e.into()),
            }
        }
        Ok(removed)
    }

    /// How many tenant files are open.
    #[must_use]
    pub fn open_tenants(&self) -> usize {
        self.tenants.count()
    }

    /// The tenants that hold work now: dirty, or with a job due.
    pub fn tenants_with_work(&self, limit: i64) -> Result<Vec<(TenantId, String)>, Fault> {
        let now = self.clock.now();
        self.control.read(|tx| {
            tx.query(
                "SELECT tenant, region FROM due WHERE dirty = 1 OR due_at <= ?1 LIMIT ?2",
                params![now, limit],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
        })
    }

    /// A tenant's outbox is empty and its due jobs are done: notes when the next is due.
    pub async fn settle_tenant(&self, tenant: &TenantDb) -> Result<(), Fault> {
        let mark = Due::mark(&self.control, tenant.tenant)?;
        if !self.due.may_settle(tenant.tenant) {
            return Ok(());
        }
        let next = tenant.read(|tx| {
            if crate::Outbox::waiting(tx)? > 0 {
                return Ok::<_, Fault>(Some(self.clock.now()));
            }
            crate::queue::next_due(tx)
        })?;
        Due::settled(&self.control, tenant.tenant, mark, next).await
    }

    pub(crate) fn open_file(&self, options: Options<'_>) -> Result<Db, Fault> {
        let signal =
            Bells { outbox: Arc::clone(&self.outbox_bell), jobs: Arc::clone(&self.job_bell) }
                .signal();
        let backups = backup_folder(&self.folder, self.opened_at);
        Db::open(options, self.clock.now(), &backups, &self.writers, signal)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.writers.close();
    }
}

#[derive(Default)]
struct Bells {
    outbox: Arc<Notify>,
    jobs: Arc<Notify>,
}

impl Bells {
    fn signal(&self) -> Arc<dyn Fn(Touched) + Send + Sync> {
        let (outbox, jobs) = (Arc::clone(&self.outbox), Arc::clone(&self.jobs));
        Arc::new(move |touched| {
            if touched.outbox {
                outbox.notify_one();
            }
            if touched.jobs {
                jobs.notify_one();
            }
        })
    }
}

fn backup_folder(folder: &Folder, now: Timestamp) -> PathBuf {
    folder.join("backups").join(format!("before-upgrade-{}", now.0))
}
