//! The sequencer: moves entries from the outboxes into the log, exactly once, and signs checkpoints.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use base::{Fault, FaultKind, Timestamp};
use crypt::sign::Signer;
use kernel::{App, log};
use ledger::NoteKey;
use store::{Db, Outbox};

use crate::entry::{Entry, store as entries};

/// Entries that move in one transaction.
const BATCH: i64 = 512;
/// How often the sequencer looks without being rung.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// A log that stands still signs a new checkpoint this often.
const HEARTBEAT: Duration = Duration::from_hours(1);
/// How often the whole log is derived anew and compared.
const VERIFY_EVERY: Duration = Duration::from_mins(10);
/// Outboxes of tenants that are emptied in one round.
const TENANTS: i64 = 64;

/// Runs until the application ends; empties the outboxes once more then.
pub async fn run_until_stopped(app: Arc<App>) {
    let mut stopping = app.tasks.stopping();
    let mut verify_at = Timestamp::default();
    let mut tidy_at = Timestamp::default();
    loop {
        let now = app.clock.now();
        let tidy = now >= tidy_at || tidy_at.since(now) > LOOK_EVERY || *stopping.borrow();
        if tidy {
            tidy_at = now.plus(LOOK_EVERY);
        }
        if let Err(fault) = move_all(&app, tidy).await {
            tracing::error!(fault = %fault.chain(), "the audit log could not take its entries");
        }
        if now >= verify_at || verify_at.since(now) > VERIFY_EVERY {
            verify_at = now.plus(VERIFY_EVERY);
            if let Err(fault) = look_over(&app).await {
                tracing::error!(fault = %fault.chain(), "the audit log could not be looked over");
            }
        }
        if *stopping.borrow() {
            return;
        }
        tokio::select! {
            _ = stopping.changed() => {}
            () = app.store.outbox_bell.notified() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

/// Empties all outboxes that hold something, and signs a checkpoint with each batch; answers how many entries
/// moved.
pub async fn drain(app: &Arc<App>) -> Result<usize, Fault> {
    move_all(app, true).await
}

/// The last entry of the platform's outbox that the log has taken and that still lies there.
#[derive(Default)]
struct Taken(AtomicI64);

/// With `tidy` the platform's outbox is emptied as well; else what was taken lies there until the next second:
/// removing it at each sign-in would cost each another commit.
async fn move_all(app: &Arc<App>, tidy: bool) -> Result<usize, Fault> {
    let taken = app.kept.get(Taken::default);
    let mut moved = take(app, app.store.control(), "control", Some(&taken.0)).await?;
    let last = taken.0.load(Ordering::SeqCst);
    if tidy && last > 0 {
        app.store.control().write(move |tx| Outbox::remove_to(tx, last)).await?;
        taken.0.store(0, Ordering::SeqCst);
    }
    for (tenant, region) in app.store.tenants_with_work(TENANTS)? {
        let db = match app.tenant_db_for_task(tenant, region) {
            Ok(db) => db,
            Err(fault) => {
                tracing::error!(%tenant, fault = %fault.chain(), "a tenant's outbox cannot be read");
                continue;
            }
        };
        moved += take(app, db.db(), &tenant.to_string(), None).await?;
        app.store.settle_tenant(&db).await?;
    }
    if moved == 0 {
        sign(app).await?; // a batch is signed with itself
    }
    Ok(moved)
}

/// Moves what waits in one file. With `later` it only notes what was taken, else it removes it.
async fn take(
    app: &Arc<App>,
    db: &Db,
    source: &str,
    later: Option<&AtomicI64>,
) -> Result<usize, Fault> {
    let mut moved = 0;
    loop {
        let after = later.map_or(0, |taken| taken.load(Ordering::SeqCst));
        let waiting = db.read_one(|tx| Outbox::after(tx, after, BATCH))?;
        let Some((last, _)) = waiting.last().cloned() else { return Ok(moved) };
        moved += waiting.len();
        let (source, key, now) = (source.to_owned(), note_key(app)?, app.clock.now());
        // Entries and checkpoint in one commit: a log that is signed later costs a sign-in another one.
        app.store
            .audit()
            .write(move |tx| {
                record(tx, &source, &waiting)?;
                log::checkpoint(tx, &key, now, now.minus(HEARTBEAT)).map(drop)
            })
            .await?;
        match later {
            Some(taken) => taken.store(last, Ordering::SeqCst),
            None => db.write(move |tx| Outbox::remove_to(tx, last)).await?,
        }
    }
}

/// Appends what the log does not have yet: after a crash between the two commits the outbox still holds
/// entries that the log has taken.
fn record(tx: &store::Tx<'_>, source: &str, waiting: &[(i64, Vec<u8>)]) -> Result<(), Fault> {
    for (number, bytes) in waiting {
        let entry: Entry = serde_json::from_slice(bytes)
            .map_err(|e| Fault::because(FaultKind::Corrupt, "an outbox entry", e))?;
        if entries::is_taken(tx, &entry.id)? {
            continue;
        }
        let seq = log::append(tx, std::slice::from_ref(bytes))?;
        entries::insert(tx, seq, &entry, source, *number)?;
    }
    Ok(())
}

async fn sign(app: &Arc<App>) -> Result<(), Fault> {
    let key = note_key(app)?;
    let now = app.clock.now();
    let due = app.store.audit().read(|tx| {
        let size = log::size(tx)?;
        let head = log::head(tx)?;
        Ok::<_, Fault>(
            head.is_none_or(|h| h.size != size || h.at < now.minus(HEARTBEAT) || h.at > now),
        )
    })?;
    if !due {
        return Ok(());
    }
    app.store
        .audit()
        .write(move |tx| log::checkpoint(tx, &key, now, now.minus(HEARTBEAT)).map(drop))
        .await
}

/// The name of the audit log's key: also the origin of its checkpoints.
#[must_use]
pub fn key_name(app: &App) -> String {
    format!("vouchsafe-{}/audit", app.installation)
}

/// The key that signs the audit log's checkpoints.
pub fn note_key(app: &App) -> Result<NoteKey, Fault> {
    let signer = Signer::from_seed(*app.store.keys().platform("sign audit").bytes());
    NoteKey::new(&key_name(app), *signer.seed(), signer.public())
}

/// The roots of the log's first entries, for each of the sizes, in one snapshot; `None` where it has fewer.
pub fn roots_at(app: &App, sizes: &[u64]) -> Result<Vec<Option<ledger::Hash>>, Fault> {
    app.store.audit().read(|tx| {
        let held = log::size(tx)?;
        let root = |size: &u64| (*size <= held).then(|| log::root(tx, *size)).transpose();
        sizes.iter().map(root).collect()
    })
}

/// Notes what comparing the log with its checkpoints kept elsewhere found.
pub async fn note_anchors(app: &App, found: Result<u64, String>) -> Result<(), Fault> {
    note(app, "anchors", found).await
}

async fn note(app: &App, against: &'static str, found: Result<u64, String>) -> Result<(), Fault> {
    let now = app.clock.now();
    let (size, ok, what) = match found {
        Ok(size) => (size, true, String::new()),
        Err(what) => (0, false, what),
    };
    let write = move |tx: &store::Tx<'_>| entries::note_verified(tx, against, size, now, ok, &what);
    app.store.audit().write(write).await
}

/// Derives the whole log anew and compares it with everything that was signed; answers its size.
pub fn verify(app: &App) -> Result<u64, Fault> {
    let key = note_key(app)?.verifier_key();
    app.store.audit().read(|tx| verify_file(tx, &key))
}

/// The same for any copy of the file: the log itself, and its index, which must say what the leaves say.
pub(crate) fn verify_file(tx: &store::Tx<'_>, verifier_key: &str) -> Result<u64, Fault> {
    let size = log::verify(tx, verifier_key)?;
    entries::verify(tx, size)?;
    Ok(size)
}

async fn look_over(app: &Arc<App>) -> Result<(), Fault> {
    let looking = Arc::clone(app);
    let found = tokio::task::spawn_blocking(move || verify(&looking))
        .await
        .map_err(|e| Fault::internal(format!("looking over the log: {e}")))?;
    match found {
        Ok(size) => note(app, "itself", Ok(size)).await,
        Err(fault) if fault.kind() == FaultKind::Corrupt => {
            tracing::error!(fault = %fault.chain(), "the audit log does not verify");
            note(app, "itself", Err(fault.chain())).await
        }
        // Nothing is known: too many open files, say.
        Err(fault) => Err(fault),
    }
}
