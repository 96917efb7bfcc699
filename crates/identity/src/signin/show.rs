//! Showing again who one is, before a change of what lets one in. A passkey or the app where there is one, the
//! password where there is neither; codes by mail or SMS are not taken, because whoever has the open browser may have
//! the mailbox as well.

use std::sync::Arc;

use base::Secret;
use kernel::{App, HardwareKey, Op};
use webauthn_rs::prelude::PublicKeyCredential;

use super::finish::{Proven, allow, prove};
use crate::factor::{Method, hardware, passkey, service};
use crate::lockout::{self, Subject};
use crate::password::service::too_long;
use crate::problem::Refused;
use crate::session::store as sessions;
use crate::{account, event};

/// What the signed-in person can be asked for.
pub(crate) struct Ways {
    pub(crate) passkey: bool,
    pub(crate) totp: bool,
    pub(crate) backup: bool,
    pub(crate) password: bool,
}

/// The ways that count for this person.
pub(crate) fn ways(app: &App, op: &Op) -> Result<Ways, Refused> {
    let own = service::own(app, op)?;
    if wants_key(op) {
        return Ok(Ways { passkey: true, totp: false, backup: false, password: false });
    }
    let (passkey, totp) = (!own.passkeys.is_empty(), own.totp.is_some());
    let backup = (passkey || totp) && own.backup_codes_left > 0;
    Ok(Ways { passkey, totp, backup, password: !passkey && !totp })
}

/// Whether nothing but a hardware key counts for this person.
fn wants_key(op: &Op) -> bool {
    op.person().is_some_and(|p| matches!(p.hardware, HardwareKey::NotShown | HardwareKey::Shown))
}

/// Shows it with the password.
pub(crate) async fn with_password(
    app: &Arc<App>,
    op: &Op,
    password: &Secret<String>,
) -> Result<(), Refused> {
    let person = op.person().ok_or(Refused::Denied)?;
    let (account, session) = (person.account, person.session.ok_or(Refused::Denied)?);
    if !ways(app, op)?.password {
        return Err(Refused::NotFound);
    }
    let known = account::service::get(app, account)?.ok_or(Refused::NotFound)?;
    let subject = Subject::of_session(app, "show", account, session);
    let allowed = lockout::ask(app, op, &subject)?;
    let tried = !too_long(password) && app.hasher.verify(password, Some(&known.verifier)).await?;
    if allowed.is_none() || !tried {
        let (app2, op2, counts) = (Arc::clone(app), op.clone(), allowed.is_some());
        app.store
            .control()
            .write(move |tx| {
                if counts {
                    subject.wrong(&app2, tx, &op2)?;
                }
                audit::append(&app2, tx, &op2, event::factor_refused(account, "password"))
            })
            .await?;
        return Err(Refused::WrongFactor);
    }
    let now = op.now;
    app.store
        .control()
        .write(move |tx| {
            subject.right(tx)?;
            sessions::note_shown(tx, session, now)?;
            Ok(())
        })
        .await
}

/// Shows it with a code of the app, or one on paper.
pub(crate) async fn with_code(
    app: &Arc<App>,
    op: &Op,
    method: Method,
    typed: &str,
) -> Result<(), Refused> {
    let account = op.person().ok_or(Refused::Denied)?.account;
    let ways = ways(app, op)?;
    match method {
        Method::Totp if ways.totp => {}
        Method::Backup if ways.backup => {}
        _ => return Err(Refused::NotFound),
    }
    let proven = prove(app, op, account, "", method, typed)?;
    note(app, op, proven).await
}

/// Begins to show it with a passkey.
pub(crate) async fn begin_passkey(app: &Arc<App>, op: &Op) -> Result<passkey::Begun, Refused> {
    let account = op.person().ok_or(Refused::Denied)?.account;
    let which = if wants_key(op) { passkey::Which::Hardware } else { passkey::Which::Any };
    passkey::begin_proof(app, op, account, which).await
}

/// Shows it with a passkey.
pub(crate) async fn with_passkey(
    app: &Arc<App>,
    op: &Op,
    ceremony: &str,
    credential: &PublicKeyCredential,
) -> Result<(), Refused> {
    let account = op.person().ok_or(Refused::Denied)?.account;
    let proven = passkey::check_proof(app, op, account, ceremony, credential).await?;
    if wants_key(op) && proven.opens() != hardware::METHOD {
        return Err(Refused::WrongFactor);
    }
    note(app, op, proven).await
}

/// Spends what was proven and notes the time in the session.
async fn note(app: &Arc<App>, op: &Op, proven: Proven) -> Result<(), Refused> {
    let person = op.person().ok_or(Refused::Denied)?.clone();
    let session = person.session.ok_or(Refused::Denied)?;
    let (app2, op2) = (Arc::clone(app), op.clone());
    let (method, opens) = (proven.method(), proven.opens());
    let subject = Subject::of_session(app, method.word(), person.account, session);
    let allowed = allow(app, op, method, &subject)?;
    let looked_at = allowed.is_some();
    let right = app
        .store
        .control()
        .write(move |tx| {
            if !looked_at || !proven.spend(tx, &op2, person.account, None)? {
                if looked_at {
                    subject.wrong(&app2, tx, &op2)?;
                }
                let event = event::factor_refused(person.account, method.word());
                audit::append(&app2, tx, &op2, event)?;
                return Ok(false);
            }
            subject.right(tx)?;
            sessions::note_shown(tx, session, op2.now)?;
            if opens == hardware::METHOD {
                sessions::note_method(tx, session, opens)?;
            }
            Ok::<_, base::Fault>(true)
        })
        .await?;
    drop(allowed);
    if right { Ok(()) } else { Err(Refused::WrongFactor) }
}
