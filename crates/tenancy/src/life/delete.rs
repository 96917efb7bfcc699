//! Deleting a closed tenant for good, when its time has come: the directory forgets it, its key is destroyed, its file goes.
//!
//! Without the key every copy of the file is noise, also in backups, as soon as those of the key file have run out. The
//! order matters: what is half done after a crash is done again, and the log says that it was done when it was.

use std::sync::Arc;

use ::store::Outbox;
use ::store::queue::Job;
use base::id::TenantId;
use base::{Fault, FaultKind};
use kernel::App;
use kernel::job::{self, JobError, JobKind};
use serde::{Deserialize, Serialize};

use super::{service, store};
use crate::event;

/// Deletes a tenant.
pub(crate) const DELETE: JobKind =
    JobKind { name: "tenancy.delete_tenant", run: |app, job, _| Box::pin(delete(app, job)) };

#[derive(Serialize, Deserialize)]
struct Payload {
    tenant: String,
    region: String,
}

pub(crate) fn payload(tenant: TenantId, region: &str) -> Result<Vec<u8>, Fault> {
    let payload = Payload { tenant: tenant.to_string(), region: region.to_owned() };
    serde_json::to_vec(&payload)
        .map_err(|e| Fault::because(FaultKind::Internal, "writing a job", e))
}

async fn delete(app: &Arc<App>, job: &Job) -> Result<(), JobError> {
    let Payload { tenant, region } = job::payload(job)?;
    let tenant = service::tenant_id(&tenant)?;
    let (now, op) = (app.clock.now(), app.system_op("delete"));
    let known = app.memberships.tenant(app, &tenant.to_string())?.is_some();
    let shut = app.store.control().read(|tx| store::shut(tx, tenant))?;
    let due = shut.as_ref().is_some_and(|s| s.deleted_from.is_some_and(|from| from <= now));
    if known && !due {
        return Ok(()); // opened again; should it be closed once more, that is another job
    }
    let key_is_there = app.store.keys().find(&tenant.to_string())?.is_some();
    if key_is_there {
        wait_for_the_log(app, tenant, &region)?;
    }
    app.store.control().write(move |tx| store::delete(tx, tenant)).await?;
    app.store.keys().destroy(&tenant.to_string()).await?;
    let files = app.delete_tenant(tenant, region).await?;
    let app2 = Arc::clone(app);
    app.store
        .control()
        .write(move |tx| audit::append(&app2, tx, &op, event::deleted(tenant, files)))
        .await?;
    Ok(())
}

/// Entries that still wait in the tenant's file have to be in the log first: the file takes them along.
fn wait_for_the_log(app: &Arc<App>, tenant: TenantId, region: &str) -> Result<(), JobError> {
    let db = app.tenant_db_for_task(tenant, region.to_owned())?;
    match db.read(Outbox::waiting)? {
        0 => Ok(()),
        n => Err(JobError::NotYet(format!("{n} entries are on their way into the log"))),
    }
}
