//! Passkeys: the ceremonies of WebAuthn, with the browser's answers checked by the library. The state of a ceremony
//! lies here and counts once; user verification is always demanded, so that a passkey is two factors in one.

use std::sync::Arc;
use std::time::Duration;

use base::id::{AccountId, PasskeyId};
use base::text;
use base::{Fault, FaultKind, rng};
use kernel::web::problem::Invalid;
use kernel::{Action, App, HardwareKey, Op, Permit};
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;
use uuid::Uuid;
use webauthn_rs::prelude::{
    AttestationCaList, AttestedPasskeyRegistration, AuthenticationResult, CredentialID,
    DiscoverableAuthentication, Passkey, PasskeyAuthentication, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use super::hardware::{self, Demanded};
use super::store::{self, Ceremony};
use super::{Method, service};
use crate::account::Known;
use crate::event;
use crate::problem::Refused;
use crate::session::store as sessions;
use crate::signin::finish::{Finished, Proven};
use crate::{account, signin};

/// How long a ceremony may take.
const LIFE: Duration = Duration::from_mins(5);
/// The ceremony that adds any passkey.
const ANY: &str = "register";
/// The one that adds a hardware key of a maker that counts.
const HARDWARE: &str = "register_hardware";
/// Passkeys of one account.
const PASSKEYS_MAX: usize = 20;

/// A ceremony that has begun: its number, and what the browser is asked.
pub(crate) struct Begun {
    pub(crate) ceremony: String,
    pub(crate) options: serde_json::Value,
}

/// The relying party: the host that people type. On localhost (an evaluation) any port of it.
fn party(app: &App) -> Result<Webauthn, Fault> {
    let fault = |e: &dyn std::fmt::Display| Fault::internal(format!("passkeys: {e}"));
    let origin = Url::parse(app.origin.load().as_str()).map_err(|e| fault(&e))?;
    let host = origin.domain().unwrap_or("localhost").to_owned();
    let brand = app.brand.load();
    WebauthnBuilder::new(&host, &origin)
        .and_then(|builder| builder.rp_name(&brand.product).build())
        .map_err(|e| fault(&e))
}

fn write<T: Serialize>(state: &T) -> Result<Vec<u8>, Fault> {
    serde_json::to_vec(state)
        .map_err(|e| Fault::because(FaultKind::Internal, "writing a ceremony", e))
}

fn read<T: DeserializeOwned>(state: &[u8]) -> Result<T, Fault> {
    serde_json::from_slice(state)
        .map_err(|e| Fault::because(FaultKind::Corrupt, "reading a ceremony", e))
}

async fn keep(
    app: &Arc<App>,
    op: &Op,
    kind: &'static str,
    account: Option<AccountId>,
    state: Vec<u8>,
    options: serde_json::Value,
) -> Result<Begun, Fault> {
    let ceremony = crypt::hex(&rng::bytes::<16>(&*app.rng));
    let (id, until) = (ceremony.clone(), (op.now, op.now.plus(LIFE)));
    let begun = Ceremony { account, state };
    app.store
        .control()
        .write(move |tx| store::begin_ceremony(tx, &id, kind, &begun, until))
        .await?;
    Ok(Begun { ceremony, options })
}

async fn take(
    app: &Arc<App>,
    op: &Op,
    kind: &'static str,
    ceremony: &str,
) -> Result<Ceremony, Refused> {
    let (id, now) = (ceremony.chars().take(64).collect::<String>(), op.now);
    let taken =
        app.store.control().write(move |tx| store::take_ceremony(tx, &id, kind, now)).await?;
    taken.ok_or(Refused::Gone)
}

fn json<T: Serialize>(options: &T) -> Result<serde_json::Value, Fault> {
    serde_json::to_value(options)
        .map_err(|e| Fault::because(FaultKind::Internal, "writing a ceremony", e))
}

/// Begins to add a passkey to the signed-in person's account.
pub(crate) async fn begin_registration(app: &Arc<App>, op: &Op) -> Result<Begun, Refused> {
    op.permit_shown(Action::ManageCredentials)?;
    let account = op.person().ok_or(Refused::Denied)?.account;
    let known = account::service::get(app, account)?.ok_or(Refused::NotFound)?;
    let own = app.store.control().read(|tx| store::passkeys(tx, account))?;
    if own.len() >= PASSKEYS_MAX {
        return Err(vec![Invalid::new("name", "error-passkey-many")].into());
    }
    let credentials = own.iter().map(|row| open(app, row)).collect::<Result<Vec<_>, _>>()?;
    let exclude = credentials.iter().map(|c| c.cred_id().clone()).collect();
    let begun = match roots_for(app, op) {
        Some(roots) => start_attested(app, &known, exclude, &roots)?,
        None => start(app, &known, exclude)?,
    };
    let (kind, mut options, state) = begun;
    // Kept on the device with its account, so that signing in needs no address.
    let selection = &mut options["publicKey"]["authenticatorSelection"];
    selection["residentKey"] = "required".into();
    selection["requireResidentKey"] = true.into();
    Ok(keep(app, op, kind, Some(account), state, options).await?)
}

/// The makers whose keys the person has to have; nothing, where any passkey will do.
fn roots_for(app: &App, op: &Op) -> Option<Arc<AttestationCaList>> {
    if op.person()?.hardware == HardwareKey::NotAsked {
        return None;
    }
    Demanded::of(app).roots()
}

/// Which ceremony it is, what the browser is asked, and the state to keep.
type Started = (&'static str, serde_json::Value, Vec<u8>);

fn start(app: &App, known: &Known, exclude: Vec<CredentialID>) -> Result<Started, Fault> {
    let user = Uuid::from_bytes(known.id.bytes());
    let (options, state) = party(app)?
        .start_passkey_registration(user, known.email.reveal(), known.name.reveal(), Some(exclude))
        .map_err(|e| Fault::internal(format!("passkeys: {e}")))?;
    Ok((ANY, json(&options)?, write(&state)?))
}

/// The same for a key that has to show who made it. Keys that are copied between devices are refused.
fn start_attested(
    app: &App,
    known: &Known,
    exclude: Vec<CredentialID>,
    roots: &AttestationCaList,
) -> Result<Started, Fault> {
    let (user, address) = (Uuid::from_bytes(known.id.bytes()), known.email.reveal());
    let (options, state) = party(app)?
        .start_attested_passkey_registration(
            user,
            address,
            known.name.reveal(),
            Some(exclude),
            roots.clone(),
            None,
        )
        .map_err(|e| Fault::internal(format!("passkeys: {e}")))?;
    Ok((HARDWARE, json(&options)?, write(&state)?))
}

/// Finishes adding a passkey.
pub(crate) async fn finish_registration(
    app: &Arc<App>,
    op: &Op,
    ceremony: &str,
    name: &str,
    credential: &RegisterPublicKeyCredential,
) -> Result<PasskeyId, Refused> {
    let permit = op.permit_shown(Action::ManageCredentials)?;
    let account = op.person().ok_or(Refused::Denied)?.account;
    let attested = roots_for(app, op).is_some();
    let begun = take(app, op, if attested { HARDWARE } else { ANY }, ceremony).await?;
    if begun.account != Some(account) {
        return Err(Refused::Gone);
    }
    let passkey = finish(app, &begun.state, attested, credential)?;
    let id = PasskeyId::new(op.now, &*app.rng);
    let named = check_name(name)?;
    let new = store::Passkey {
        id,
        account,
        name: app.seal_for(account, &["passkey", "name", &id.to_string()], &named)?,
        credential: seal(app, account, id, &passkey)?,
        attested,
        made_at: op.now,
        last_used_at: None,
    };
    let (app2, op2) = (Arc::clone(app), op.clone());
    let credential_id: Vec<u8> = passkey.cred_id().to_vec();
    app.store
        .control()
        .write(move |tx| {
            match store::insert_passkey(tx, &permit, &new, &credential_id) {
                Err(f) if f.kind() == FaultKind::Conflict => return Err(Refused::Gone),
                other => other?,
            }
            if let (true, Some(session)) = (attested, op2.person().and_then(|p| p.session)) {
                sessions::note_method(tx, session, hardware::METHOD)?; // it was in their hand just now
            }
            service::changed(&app2, tx, &op2, account, event::passkey_added(id), "passkey-added")
        })
        .await?;
    Ok(id)
}

fn finish(
    app: &App,
    state: &[u8],
    attested: bool,
    credential: &RegisterPublicKeyCredential,
) -> Result<Passkey, Refused> {
    let party = party(app)?;
    let passkey = if attested {
        let state: AttestedPasskeyRegistration = read(state)?;
        party.finish_attested_passkey_registration(credential, &state).map(|p| Passkey::from(&p))
    } else {
        let state: PasskeyRegistration = read(state)?;
        party.finish_passkey_registration(credential, &state)
    };
    passkey.map_err(|e| refuse("registration", &e))
}

fn check_name(name: &str) -> Result<String, Refused> {
    text::name(name).map_err(|_| vec![Invalid::new("name", "error-name-empty")].into())
}

fn seal(app: &App, account: AccountId, id: PasskeyId, passkey: &Passkey) -> Result<Vec<u8>, Fault> {
    let plain = serde_json::to_string(passkey)
        .map_err(|e| Fault::because(FaultKind::Internal, "writing a passkey", e))?;
    app.seal_for(account, &["passkey", "credential", &id.to_string()], &plain)
}

fn open(app: &App, row: &store::Passkey) -> Result<Passkey, Fault> {
    let context = ["passkey", "credential", &row.id.to_string()];
    let plain = app.open_for(row.account, &context, &row.credential)?.unwrap_or_default();
    serde_json::from_str(&plain)
        .map_err(|e| Fault::because(FaultKind::Corrupt, "reading a passkey", e))
}

/// What the library refused goes to the log; the browser learns that it was refused.
fn refuse(what: &str, error: &webauthn_rs::prelude::WebauthnError) -> Refused {
    tracing::info!(what, %error, "a passkey was refused");
    Refused::WrongFactor
}

/// Begins a sign-in with whatever passkey the browser has for this site.
pub(crate) async fn begin_sign_in(app: &Arc<App>, op: &Op) -> Result<Begun, Refused> {
    let (options, state) = party(app)?
        .start_discoverable_authentication()
        .map_err(|e| Fault::internal(format!("passkeys: {e}")))?;
    Ok(keep(app, op, "sign_in", None, write(&state)?, json(&options)?).await?)
}

/// Finishes a sign-in with a passkey: no password is needed.
pub(crate) async fn finish_sign_in(
    app: &Arc<App>,
    op: &Op,
    ceremony: &str,
    credential: &PublicKeyCredential,
) -> Result<Finished, Refused> {
    let begun = take(app, op, "sign_in", ceremony).await?;
    let state: DiscoverableAuthentication = read(&begun.state)?;
    let credential_id: Vec<u8> = credential.raw_id.to_vec();
    let row = app
        .store
        .control()
        .read(|tx| store::passkey_by_credential(tx, &credential_id))?
        .ok_or(Refused::WrongFactor)?;
    let party = party(app)?;
    // The user handle that the device gave has to be the account's whose passkey it is.
    let (user, _) = party
        .identify_discoverable_authentication(credential)
        .map_err(|e| refuse("sign-in", &e))?;
    if user.as_bytes() != &row.account.bytes() {
        return Err(Refused::WrongFactor);
    }
    let passkey = open(app, &row)?;
    let result = party
        .finish_discoverable_authentication_v2(credential, state, &passkey)
        .map_err(|e| refuse("sign-in", &e))?;
    let proven = proven(app, &row, passkey, &result)?;
    signin::finish::with_passkey(app, op, row.account, proven).await
}

/// Which passkeys are asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// All of the account.
    Any,
    /// Those that are hardware keys of makers that count.
    Hardware,
}

/// Begins to show who one is with one of the account's passkeys.
pub(crate) async fn begin_proof(
    app: &Arc<App>,
    op: &Op,
    account: AccountId,
    which: Which,
) -> Result<Begun, Refused> {
    let rows = app.store.control().read(|tx| store::passkeys(tx, account))?;
    let counts = |row: &&store::Passkey| which == Which::Any || row.attested;
    let own =
        rows.iter().filter(counts).map(|row| open(app, row)).collect::<Result<Vec<_>, _>>()?;
    if own.is_empty() {
        return Err(Refused::NotFound);
    }
    let (options, state) = party(app)?
        .start_passkey_authentication(&own)
        .map_err(|e| Fault::internal(format!("passkeys: {e}")))?;
    Ok(keep(app, op, "proof", Some(account), write(&state)?, json(&options)?).await?)
}

/// Checks the answer to that; what it proves is written together with what follows from it.
pub(crate) async fn check_proof(
    app: &Arc<App>,
    op: &Op,
    account: AccountId,
    ceremony: &str,
    credential: &PublicKeyCredential,
) -> Result<Proven, Refused> {
    let begun = take(app, op, "proof", ceremony).await?;
    if begun.account != Some(account) {
        return Err(Refused::Gone);
    }
    let state: PasskeyAuthentication = read(&begun.state)?;
    let result = party(app)?
        .finish_passkey_authentication(credential, &state)
        .map_err(|e| refuse("second factor", &e))?;
    let credential_id: Vec<u8> = result.cred_id().to_vec();
    let row = app
        .store
        .control()
        .read(|tx| store::passkey_by_credential(tx, &credential_id))?
        .filter(|row| row.account == account)
        .ok_or(Refused::WrongFactor)?;
    let passkey = open(app, &row)?;
    proven(app, &row, passkey, &result)
}

/// What a use of a passkey proves, with its new counter.
fn proven(
    app: &App,
    row: &store::Passkey,
    mut passkey: Passkey,
    result: &AuthenticationResult,
) -> Result<Proven, Refused> {
    if !result.user_verified() {
        return Err(Refused::WrongFactor);
    }
    passkey.update_credential(result);
    Ok(Proven::Passkey {
        id: row.id,
        attested: row.attested,
        before: row.credential.clone(),
        after: seal(app, row.account, row.id, &passkey)?,
    })
}

/// A passkey as its owner sees it.
pub(crate) struct Shown {
    pub(crate) id: PasskeyId,
    pub(crate) name: String,
    /// Whether it is a hardware key of a maker that counts.
    pub(crate) hardware: bool,
    pub(crate) made_at: base::Timestamp,
    pub(crate) last_used_at: Option<base::Timestamp>,
}

/// The account's passkeys, the oldest first.
pub(crate) fn list(app: &App, account: AccountId) -> Result<Vec<Shown>, Fault> {
    let rows = app.store.control().read(|tx| store::passkeys(tx, account))?;
    rows.into_iter()
        .map(|row| {
            let context = ["passkey", "name", &row.id.to_string()];
            let name = app.open_for(account, &context, &row.name)?.unwrap_or_default();
            Ok(Shown {
                id: row.id,
                name,
                hardware: row.attested,
                made_at: row.made_at,
                last_used_at: row.last_used_at,
            })
        })
        .collect()
}

/// Gives an own passkey another name.
pub(crate) async fn rename(
    app: &Arc<App>,
    op: &Op,
    id: PasskeyId,
    name: &str,
) -> Result<(), Refused> {
    let permit = op.permit(Action::ManageCredentials)?;
    let account = op.person().ok_or(Refused::Denied)?.account;
    let sealed =
        app.seal_for(account, &["passkey", "name", &id.to_string()], &check_name(name)?)?;
    let renamed = app
        .store
        .control()
        .write(move |tx| store::rename_passkey(tx, &permit, account, id, &sealed))
        .await?;
    if renamed { Ok(()) } else { Err(Refused::NotFound) }
}

/// Removes an own passkey.
pub(crate) async fn remove(app: &Arc<App>, op: &Op, id: PasskeyId) -> Result<(), Refused> {
    let removed = move |tx: &::store::Tx<'_>, permit: &Permit, account| {
        store::remove_passkey(tx, permit, account, id)
    };
    service::remove(app, op, event::passkey_removed(id), removed).await
}

/// Which method a passkey is.
pub(crate) const METHOD: Method = Method::Passkey;
