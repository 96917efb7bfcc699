//! Group commit: while one commit waits for the disk, the next closures gather behind it.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use base::{Fault, FaultKind};
use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::Touched;
use crate::db::Inner;
use crate::error::fault;
use crate::tx::Tx;

/// Closures in one commit at most; bounds how long the first of them waits.
const BATCH_MAX: usize = 256;
/// Closures that may wait for one file; more are refused at once.
pub(crate) const QUEUE_MAX: usize = 8_192;

/// A closure with the place for its result.
pub(crate) trait Work: Send {
    /// Runs the closure; answers whether its changes are to be kept.
    fn run(&mut self, tx: &Tx<'_>) -> bool;
    /// Tells the caller: the result if `committed`, else the fault.
    fn finish(self: Box<Self>, committed: Result<(), Fault>);
}

pub(crate) struct Closure<F, T, E> {
    pub(crate) body: F,
    pub(crate) result: Option<Result<T, E>>,
    pub(crate) reply: oneshot::Sender<Result<Result<T, E>, Fault>>,
}

impl<F, T, E> Work for Closure<F, T, E>
where
    F: Fn(&Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: Send,
{
    fn run(&mut self, tx: &Tx<'_>) -> bool {
        self.result = None;
        let result = (self.body)(tx);
        let keep = result.is_ok();
        self.result = Some(result);
        keep
    }

    fn finish(self: Box<Self>, committed: Result<(), Fault>) {
        let answer = match (committed, self.result) {
            (Ok(()), Some(result)) => Ok(result),
            (Ok(()), None) => Err(Fault::internal("the transaction's closure panicked")),
            (Err(fault), _) => Err(fault),
        };
        // The caller may have gone away; the change stands all the same.
        let _ = self.reply.send(answer);
    }
}

/// What waits for one file.
#[derive(Default)]
pub(crate) struct Queue {
    pub(crate) waiting: VecDeque<Box<dyn Work>>,
    pub(crate) scheduled: bool,
}

/// The threads that write. Files take turns on them; one file is on one thread at a time.
pub(crate) struct Writers {
    ready: Mutex<Ready>,
    wake: Condvar,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

#[derive(Default)]
struct Ready {
    files: VecDeque<Arc<Inner>>,
    closed: bool,
}

impl Writers {
    /// Starts `threads` writing threads; they end when [`Writers::close`] is called.
    pub(crate) fn start(threads: usize) -> Result<Arc<Self>, Fault> {
        let writers = Arc::new(Self {
            ready: Mutex::new(Ready::default()),
            wake: Condvar::new(),
            threads: Mutex::new(Vec::new()),
        });
        for n in 0..threads.max(1) {
            let working = Arc::clone(&writers);
            let thread = std::thread::Builder::new()
                .name(format!("write-{n}"))
                .spawn(move || working.work_until_closed())?;
            lock(&writers.threads).push(thread);
        }
        Ok(writers)
    }

    pub(crate) fn schedule(&self, file: Arc<Inner>) {
        lock(&self.ready).files.push_back(file);
        self.wake.notify_one();
    }

    /// Ends the threads once nothing waits any more, and waits for that: a process that exits while one of them encrypts a
    /// page takes the ground from under it. What is dropped on one of the threads itself cannot wait for that one.
    pub(crate) fn close(&self) {
        lock(&self.ready).closed = true;
        self.wake.notify_all();
        let own = std::thread::current().id();
        for thread in std::mem::take(&mut *lock(&self.threads)) {
            if thread.thread().id() != own && thread.join().is_err() {
                tracing::error!("a writing thread ended by a panic");
            }
        }
    }

    fn work_until_closed(&self) {
        loop {
            let mut ready = lock(&self.ready);
            let file = loop {
                if let Some(file) = ready.files.pop_front() {
                    break file;
                }
                if ready.closed {
                    return;
                }
                ready = self.wake.wait(ready).unwrap_or_else(PoisonError::into_inner);
            };
            drop(ready);
            if commit_one_batch(&file) {
                self.schedule(file);
            }
        }
    }
}

/// Commits what waits for a file; answers whether more waits.
fn commit_one_batch(file: &Arc<Inner>) -> bool {
    let connection = lock(&file.writer);
    let mut batch: Vec<Box<dyn Work>> = {
        let mut queue = lock(&file.queue);
        let take = queue.waiting.len().min(BATCH_MAX);
        queue.waiting.drain(..take).collect()
    };
    let outcome = commit(&connection, &mut batch);
    drop(connection);
    match outcome {
        Ok(touched) => {
            (file.signal)(touched);
            batch.into_iter().for_each(|work| work.finish(Ok(())));
        }
        Err(fault) => {
            tracing::error!(file = %file.name, fault = %fault.chain(), "a batch was undone");
            let kind = fault.kind();
            let text = fault.chain();
            batch.into_iter().for_each(|work| work.finish(Err(Fault::new(kind, text.clone()))));
        }
    }
    let mut queue = lock(&file.queue);
    queue.scheduled = !queue.waiting.is_empty();
    queue.scheduled
}

/// Commits a batch. First all closures run without a savepoint each, which is the common case and nearly
/// twice as fast; if one of them refuses or panics, everything is undone and run again with savepoints, so
/// that only its own changes go. Closures may be run again: that is their contract.
fn commit(connection: &Connection, batch: &mut [Box<dyn Work>]) -> Result<Touched, Fault> {
    if let Some(touched) = attempt(connection, |c| Ok(run_all(c, batch)))? {
        return Ok(touched);
    }
    let one_by_one = attempt(connection, |c| run_each(c, batch).map(Some))?;
    one_by_one.ok_or_else(|| Fault::internal("a batch was neither committed nor undone"))
}

/// Runs `body` in a transaction and commits it if it answers something; else, and on a fault, undoes it.
fn attempt(
    connection: &Connection,
    body: impl FnOnce(&Connection) -> Result<Option<Touched>, Fault>,
) -> Result<Option<Touched>, Fault> {
    run(connection, "BEGIN IMMEDIATE")?;
    let result = body(connection).and_then(|touched| {
        if touched.is_some() {
            run(connection, "COMMIT")?;
        }
        Ok(touched)
    });
    // SQLite ends the transaction by itself on some faults (a full disk, an I/O error).
    if !connection.is_autocommit() {
        run(connection, "ROLLBACK")?;
    }
    result
}

/// All closures, one after the other; `None` as soon as one is not to be kept.
fn run_all(connection: &Connection, batch: &mut [Box<dyn Work>]) -> Option<Touched> {
    let mut all = Touched::default();
    for work in batch {
        let tx = Tx::new(connection);
        if !kept(work.as_mut(), &tx) {
            return None;
        }
        all = all.and(tx.touched());
    }
    (!connection.is_autocommit()).then_some(all)
}

/// Each closure in a savepoint of its own.
fn run_each(connection: &Connection, batch: &mut [Box<dyn Work>]) -> Result<Touched, Fault> {
    let mut all = Touched::default();
    for work in batch {
        run(connection, "SAVEPOINT one")?;
        let tx = Tx::new(connection);
        if kept(work.as_mut(), &tx) {
            all = all.and(tx.touched());
        } else {
            if connection.is_autocommit() {
                let kind = tx.failed().unwrap_or(FaultKind::Internal);
                return Err(Fault::new(kind, "SQLite ended the transaction by itself"));
            }
            run(connection, "ROLLBACK TO one")?;
        }
        run(connection, "RELEASE one")?;
    }
    Ok(all)
}

/// A panicking closure is one caller's defect: its changes go, the others' stay.
fn kept(work: &mut dyn Work, tx: &Tx<'_>) -> bool {
    catch_unwind(AssertUnwindSafe(|| work.run(tx))).unwrap_or(false)
}

fn run(connection: &Connection, sql: &'static str) -> Result<(), Fault> {
    connection
        .prepare_cached(sql)
        .and_then(|mut s| s.execute(()))
        .map(drop)
        .map_err(|e| fault(sql, e))
}

/// Locks whatever happened before: all our critical sections leave their data whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The refusal when too many closures wait.
pub(crate) fn too_many(name: &str) -> Fault {
    Fault::new(FaultKind::Overloaded, format!("too many writes wait for {name}"))
}
