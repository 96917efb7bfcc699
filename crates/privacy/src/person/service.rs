//! The verbs: export of everything about oneself, and anonymising oneself.

use std::sync::Arc;

use ::store::queue::Job;
use base::id::AccountId;
use base::{Fault, FaultKind};
use kernel::job::{self, JobError, JobKind};
use kernel::{Action, App, Op};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::event;
use crate::problem::Refused;

/// Everything that the domains hold about the signed-in person, as JSON.
pub(crate) async fn export(app: &Arc<App>, op: &Op) -> Result<Value, Refused> {
    op.permit(Action::ManageCredentials)?;
    let account = op.person().ok_or(Refused::Denied)?.account;
    // Ten thousand entries take their time.
    let (reading, asked) = (Arc::clone(app), op.clone());
    let all = tokio::task::spawn_blocking(move || gather(&reading, &asked))
        .await
        .map_err(|e| Fault::because(FaultKind::Internal, "an export of oneself", e))??;
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| audit::append(&app2, tx, &op2, event::exported(account)))
        .await?;
    Ok(Value::Object(all))
}

fn gather(app: &App, op: &Op) -> Result<Map<String, Value>, Fault> {
    let mut all = Map::new();
    all.insert("exported_at".into(), json!(op.now.iso()));
    for holding in app.domains.iter().flat_map(|d| d.holdings) {
        all.insert(holding.name.into(), (holding.export)(app, op)?);
    }
    Ok(all)
}

/// Forgets the signed-in person: every row that the domains hold about them goes in one transaction, then their key is
/// destroyed. What the log says of them names an identifier behind which nobody is any more. There is no way back.
/// Refusals `ShowFirst`, `OwnsAlone`, `LastStaff`.
pub(crate) async fn anonymise(app: &Arc<App>, op: &Op) -> Result<(), Refused> {
    let permit = op.permit_shown(Action::ManageCredentials)?;
    let person = op.person().ok_or(Refused::Denied)?;
    let (account, staff) = (person.account, person.staff || person.unsigned);
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            // A second click came after the first: nothing is left to be done, or written down.
            if !identity::account::store::is_there(tx, account)? {
                return Err(Refused::NotFound);
            }
            let alone = tenancy::owned_alone(tx, account)?;
            if !alone.is_empty() {
                return Err(Refused::OwnsAlone(alone));
            }
            if staff && identity::account::store::count_staff(tx)? <= 1 {
                return Err(Refused::LastStaff);
            }
            debug_assert_eq!(permit.action(), Action::ManageCredentials);
            audit::append(&app2, tx, &op2, event::anonymised(account))?;
            for holding in app2.domains.iter().rev().flat_map(|d| d.holdings) {
                (holding.erase)(&app2, tx, account)?;
            }
            // Should the program die before the key is destroyed, the job does it at the next start.
            let payload = Payload { account: account.to_string() };
            job::enqueue(&app2, tx, DESTROY_KEY, &payload, op2.now)?;
            Ok(())
        })
        .await?;
    app.store.keys().destroy(&account.to_string()).await?;
    Ok(())
}

/// Destroys the key of somebody who is forgotten.
pub(crate) const DESTROY_KEY: JobKind =
    JobKind { name: "privacy.destroy_key", run: |app, job, _| Box::pin(destroy(app, job)) };

#[derive(Serialize, Deserialize)]
struct Payload {
    account: String,
}

async fn destroy(app: &Arc<App>, job: &Job) -> Result<(), JobError> {
    let Payload { account } = job::payload(job)?;
    let id: AccountId = account.parse().map_err(|_| JobError::GiveUp("no identifier".into()))?;
    if app.identities.profile(app, id)?.is_some() {
        return Err(JobError::GiveUp("the account is there: its key stays".into()));
    }
    app.store.keys().destroy(&account).await?;
    Ok(())
}
