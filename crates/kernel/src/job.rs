//! The job runner: durable rows, tried until they succeed or a person has to look.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use base::id::{JobId, TenantId};
use base::{Fault, Timestamp};
use serde::Serialize;
use store::queue::{self, ATTEMPTS_MAX, Job};
use store::{Db, Tx};

use crate::app::App;

/// How a job ended when it did not succeed.
#[derive(Debug)]
pub enum JobError {
    /// It can never succeed; the row is kept as failed, with the reason.
    GiveUp(String),
    /// Something that it needs is not there yet; it waits without being counted.
    NotYet(String),
    /// It may succeed later.
    Retry(String),
}

impl From<Fault> for JobError {
    fn from(fault: Fault) -> Self {
        Self::Retry(fault.chain())
    }
}

/// The future of a running job.
pub type Running<'a> = Pin<Box<dyn Future<Output = Result<(), JobError>> + Send + 'a>>;

/// A kind of job and what does it. A handler may be called twice for one row (a crash after its effect,
/// before the row went): it has to be idempotent.
#[derive(Clone, Copy)]
pub struct JobKind {
    /// `domain.verb_noun`.
    pub name: &'static str,
    /// Does it.
    pub run: for<'a> fn(&'a Arc<App>, &'a Job, Option<TenantId>) -> Running<'a>,
}

/// How often the runner looks without being rung: due times in the future come by the clock.
const LOOK_EVERY: Duration = Duration::from_secs(2);
const BATCH: i64 = 32;
/// How often a job looks whether what it needs is there.
const NOT_YET: Duration = Duration::from_secs(60);

/// Enqueues a job that is due at once.
pub fn enqueue(
    app: &App,
    tx: &Tx<'_>,
    kind: JobKind,
    payload: &impl Serialize,
    now: Timestamp,
) -> Result<(), Fault> {
    let payload = serde_json::to_vec(payload)
        .map_err(|e| Fault::because(base::FaultKind::Internal, "writing a job", e))?;
    queue::enqueue(tx, JobId::new(now, &*app.rng), kind.name, &payload, now, now)
}

/// Reads a job's payload.
pub fn payload<T: serde::de::DeserializeOwned>(job: &Job) -> Result<T, JobError> {
    serde_json::from_slice(&job.payload).map_err(|e| JobError::GiveUp(format!("payload: {e}")))
}

/// Runs jobs until the application ends.
pub async fn run_until_stopped(app: Arc<App>) {
    let mut stopping = app.tasks.stopping();
    loop {
        let worked = match run_due(&app).await {
            Ok(n) => n,
            Err(fault) => {
                tracing::error!(fault = %fault.chain(), "the job runner could not read its jobs");
                0
            }
        };
        if worked > 0 && !*stopping.borrow() {
            continue;
        }
        tokio::select! {
            _ = stopping.changed() => return,
            () = app.store.job_bell.notified() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
        if *stopping.borrow() {
            return;
        }
    }
}

/// Runs what is due now, in control data and in every tenant with work; answers how many jobs.
pub async fn run_due(app: &Arc<App>) -> Result<usize, Fault> {
    let mut worked = run_file(app, app.store.control(), None).await?;
    for (tenant, region) in app.store.tenants_with_work(BATCH)? {
        let db = match app.tenant_db_for_task(tenant, region) {
            Ok(db) => db,
            Err(fault) => {
                // One damaged tenant must not stop the others.
                tracing::error!(%tenant, fault = %fault.chain(), "a tenant's jobs cannot be read");
                continue;
            }
        };
        worked += run_file(app, db.db(), Some(tenant)).await?;
        app.store.settle_tenant(&db).await?;
    }
    Ok(worked)
}

async fn run_file(app: &Arc<App>, db: &Db, tenant: Option<TenantId>) -> Result<usize, Fault> {
    let now = app.clock.now();
    let due = db.read(|tx| queue::due(tx, now, BATCH))?;
    let count = due.len();
    for job in due {
        let result = match handler(app, &job.kind) {
            Some(kind) => (kind.run)(app, &job, tenant).await,
            None => Err(JobError::GiveUp(format!("this version knows no job {:?}", job.kind))),
        };
        finish(app, db, &job, result).await?;
    }
    Ok(count)
}

fn handler(app: &App, name: &str) -> Option<JobKind> {
    app.domains.iter().flat_map(|d| d.jobs).find(|kind| kind.name == name).copied()
}

async fn finish(app: &App, db: &Db, job: &Job, result: Result<(), JobError>) -> Result<(), Fault> {
    let id = job.id;
    let (error, again) = match result {
        Ok(()) => return db.write(move |tx| queue::done(tx, id)).await,
        Err(JobError::NotYet(error)) => {
            let again = app.clock.now().plus(NOT_YET);
            return db.write(move |tx| queue::wait(tx, id, &error, again)).await;
        }
        Err(JobError::GiveUp(error)) => (error, None),
        Err(JobError::Retry(error)) if job.attempts + 1 >= ATTEMPTS_MAX => (error, None),
        Err(JobError::Retry(error)) => (error, Some(app.clock.now().plus(backoff(job.attempts)))),
    };
    tracing::warn!(job = %id, kind = job.kind, error, gave_up = again.is_none(), "a job did not succeed");
    db.write(move |tx| queue::postpone(tx, id, &error, again)).await
}

/// 5 s, 10 s, 20 s ... at most an hour: twelve attempts span about two and a half hours.
fn backoff(attempts: i64) -> Duration {
    let doublings = u32::try_from(attempts.clamp(0, 12)).unwrap_or(12);
    Duration::from_secs((5_u64 << doublings).min(3600))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_stay_bounded() {
        assert_eq!(backoff(0), Duration::from_secs(5));
        assert_eq!(backoff(3), Duration::from_secs(40));
        assert_eq!(backoff(i64::MAX), Duration::from_secs(3600));
    }
}
