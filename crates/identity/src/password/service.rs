//! Changing one's own password.

use std::sync::Arc;

use base::Secret;
use kernel::web::problem::Invalid;
use kernel::{Action, App, Op};

use super::policy;
use crate::account;
use crate::breach;
use crate::event;
use crate::lockout::{self, Subject};
use crate::problem::Refused;
use crate::session::store as sessions;

/// Changes the signed-in person's password; every other session ends, and every access token and reset link. Refusals: wrong current
/// password, policy.
pub(crate) async fn change(
    app: &Arc<App>,
    op: &Op,
    current: &Secret<String>,
    new: &Secret<String>,
) -> Result<(), Refused> {
    let permit = op.permit_with_key(Action::ManageCredentials)?;
    let person = op.person().ok_or(Refused::Denied)?.clone();
    let account = person.account;
    let known = account::service::get(app, account)?.ok_or(Refused::NotFound)?;
    let session = person.session.ok_or(Refused::Denied)?;
    let subject = Subject::of_session(app, "change", account, session);
    let allowed = lockout::ask(app, op, &subject)?;
    let right = !too_long(current) && app.hasher.verify(current, Some(&known.verifier)).await?;
    if allowed.is_none() || !right {
        if allowed.is_some() {
            let (app2, op2) = (Arc::clone(app), op.clone());
            app.store.control().write(move |tx| subject.wrong(&app2, tx, &op2)).await?;
        }
        return Err(vec![Invalid::new("current", "error-current-wrong")].into());
    }
    let rules = app.config.password.policy;
    policy::check(rules, "password", new, &known.email, known.name.reveal())
        .map_err(|i| vec![i])?;
    breach::refuse_stolen(app, op, "password", new).await?;
    let (checked, verifier) = (known.verifier.phc(), app.hasher.hash(new).await?.phc());
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            if !account::store::has_verifier(tx, account, &checked)? {
                return Err(vec![Invalid::new("current", "error-current-wrong")].into());
            }
            account::service::replace_password(tx, &permit, account, &verifier, op2.now)?;
            subject.right(tx)?;
            let ended = sessions::end_others(tx, &permit, account, person.session, op2.now)?;
            audit::append(&app2, tx, &op2, event::password_changed(account, ended))?;
            account::service::tell(&app2, tx, account, "password-changed", None)?;
            Ok(())
        })
        .await
}

/// Whether a typed password is beyond what is ever hashed.
pub(crate) fn too_long(password: &Secret<String>) -> bool {
    password.reveal().chars().count() > base::limit::PASSWORD_CHARS_MAX
}
