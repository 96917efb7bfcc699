//! The verbs of access tokens.

use std::sync::Arc;
use std::time::Duration;

use ::store::Tx;
use base::id::{AccountId, TenantId, TokenId};
use base::text::{self, Refused as BadText};
use base::{Fault, Secret, Timestamp};
use crypt::token::{Token, Use};
use kernel::scope::{Scope, Scopes};
use kernel::web::problem::Invalid;
use kernel::{Action, App, Op, Permit, Person};

use super::store::{self, New};
use crate::event;
use crate::factor::hardware::Demanded;
use crate::problem::Refused;
use crate::session::store as sessions;

/// Days that a token may live.
pub(crate) const DAYS: std::ops::RangeInclusive<u32> = 1..=90;
/// Tokens of one account that count at once.
const ACTIVE_MAX: i64 = 5_000;
const LISTED_MAX: i64 = 10_000;
const NOTED_EVERY: Duration = Duration::from_secs(60);

/// A fresh token: identifier, and the text that is shown once.
pub(crate) struct Created {
    pub(crate) id: TokenId,
    pub(crate) token: Secret<String>,
}

/// A token to make, as people type it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Typed {
    pub(crate) name: String,
    pub(crate) days: u32,
    pub(crate) scopes: Vec<String>,
    /// The tenant that it is for alone, by slug or identifier; empty for all.
    pub(crate) only: String,
}

/// A token to make, once it was read.
struct Wanted {
    name: String,
    scopes: Scopes,
    only: Option<TenantId>,
}

/// Makes a token for the signed-in person.
pub(crate) async fn create(app: &Arc<App>, op: &Op, typed: &Typed) -> Result<Created, Refused> {
    let permit = op.permit_shown(Action::ManageCredentials)?;
    let person = op.person().ok_or(Refused::Denied)?.clone();
    let (account, session) = (person.account, person.session.ok_or(Refused::Denied)?);
    let days = typed.days;
    let Wanted { name, scopes, only } = check(app, &person, typed)?;
    let token = Token::generate(Use::PersonalAccess, &*app.rng);
    let stored = token.stored(&*app.rng);
    let id = TokenId::new(op.now, &*app.rng);
    let new = New {
        lookup: stored.lookup,
        id,
        account,
        salt: stored.salt,
        hash: stored.hash,
        name: app.seal_for(account, &["token", "name", &id.to_string()], &name)?,
        expires_at: op.now.plus(Duration::from_secs(u64::from(days) * 86_400)),
        scopes: scopes.words().join(" "),
        only,
    };
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            // A password that was changed meanwhile ended the session, and took all tokens with it.
            if !sessions::is_open(tx, session)? {
                return Err(Refused::Denied);
            }
            if store::count_active(tx, account, op2.now)? >= ACTIVE_MAX {
                return Err(vec![Invalid::new("name", "error-token-many")].into());
            }
            store::insert(tx, &permit, &new, op2.now)?;
            audit::append(&app2, tx, &op2, event::token_created(id, days, scopes, only))?;
            Ok::<_, Refused>(())
        })
        .await?;
    Ok(Created { id, token: Secret::new(token.reveal()) })
}

/// All that is wrong with it at once.
fn check(app: &App, person: &Person, typed: &Typed) -> Result<Wanted, Refused> {
    let name = text::name(&typed.name).map_err(|why| match why {
        BadText::Long => Invalid::new("name", "error-name-long"),
        BadText::Empty | BadText::Invalid => Invalid::new("name", "error-name-empty"),
    });
    let range = (!DAYS.contains(&typed.days))
        .then(|| Invalid::new("expires_in_days", "error-expiry-range"));
    let scopes = check_scopes(person, typed);
    let only = check_only(app, person.account, typed.only.trim())?;
    match (name, range, scopes, only) {
        (Ok(name), None, Ok(scopes), Ok(only)) => Ok(Wanted { name, scopes, only }),
        (name, range, scopes, only) => {
            let wrong = name.err().into_iter().chain(range).chain(scopes.err()).chain(only.err());
            Err(wrong.collect::<Vec<_>>().into())
        }
    }
}

fn check_scopes(person: &Person, typed: &Typed) -> Result<Scopes, Invalid> {
    let scopes = Scopes::parse(typed.scopes.iter().map(String::as_str))
        .ok_or_else(|| Invalid::new("scopes", "error-scope-unknown"))?;
    let named = |of: fn(Scope) -> bool| {
        scopes.words() != Scopes::ALL.words()
            && Scope::ALL.into_iter().any(|s| of(s) && scopes.has(s))
    };
    if scopes == Scopes::NONE {
        Err(Invalid::new("scopes", "error-scope-none"))
    } else if !person.staff && named(Scope::is_of_staff) {
        Err(Invalid::new("scopes", "error-scope-staff"))
    } else if !typed.only.trim().is_empty() && named(|s| !s.is_of_tenants()) {
        Err(Invalid::new("scopes", "error-scope-only"))
    } else {
        Ok(scopes)
    }
}

/// The tenant that is meant, if one is: only one that the person belongs to.
fn check_only(
    app: &App,
    account: AccountId,
    wanted: &str,
) -> Result<Result<Option<TenantId>, Invalid>, Fault> {
    if wanted.is_empty() {
        return Ok(Ok(None));
    }
    let found = app.memberships.find(app, account, wanted)?;
    Ok(match found {
        Some(own) => Ok(Some(own.tenant)),
        None => Err(Invalid::new("tenant", "error-token-tenant")),
    })
}

/// Who holds a bearer token.
pub(crate) fn holder(app: &App, text: &str) -> Result<Option<Person>, Fault> {
    let Ok(token) = Token::parse(Use::PersonalAccess, text) else { return Ok(None) };
    let now = app.clock.now();
    let held = app.store.control().read_one(|tx| store::find(tx, token.lookup(), now))?;
    let Some(held) = held.filter(|h| token.matches(&h.salt, &h.hash)) else { return Ok(None) };
    if held.last_used_at.is_none_or(|at| now.since(at) >= NOTED_EVERY) {
        note_use(app, held.id, now);
    }
    Ok(Some(Person {
        account: held.account,
        staff: held.staff && !held.unsigned,
        unsigned: held.unsigned,
        session: None,
        token: Some(held.id),
        scopes: Scopes::parse(held.scopes.split(' ')).unwrap_or(Scopes::NONE),
        only: held.only,
        factor: held.factor,
        hardware: Demanded::of(app).means(held.staff, held.key, None),
        password_at: now, // a token has its own end
        shown_at: Timestamp::default(),
    }))
}

fn note_use(app: &App, id: TokenId, now: Timestamp) {
    let control = app.store.control().clone();
    app.tasks.spawn(async move {
        if let Err(fault) = control.write(move |tx| store::touch(tx, id, now)).await {
            tracing::warn!(fault = %fault.chain(), "a token's use was not noted");
        }
    });
}

/// How many tokens of an account count now.
pub fn count(app: &App, account: AccountId) -> Result<i64, Fault> {
    let now = app.clock.now();
    app.store.control().read(|tx| store::count_active(tx, account, now))
}

/// Ends the tokens that a removed member made for that tenant alone: in the list of what ends with a membership.
pub(crate) fn end_in(
    _: &App,
    tx: &Tx<'_>,
    op: &Op,
    permit: &Permit,
    (tenant, account): (TenantId, AccountId),
) -> Result<(), Fault> {
    store::revoke_in(tx, permit, tenant, account, op.now)
}

/// A token as its owner sees it.
pub(crate) struct Shown {
    pub(crate) id: TokenId,
    pub(crate) name: String,
    pub(crate) made_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    pub(crate) last_used_at: Option<Timestamp>,
    pub(crate) state: &'static str,
    pub(crate) scopes: Scopes,
    pub(crate) only: Option<TenantId>,
}

/// The signed-in person's tokens, newest first.
pub(crate) fn list(app: &App, op: &Op) -> Result<Vec<Shown>, Refused> {
    op.permit(Action::ManageOwnAccount)?;
    let account = op.person().ok_or(Refused::Denied)?.account;
    let rows = app.store.control().read(|tx| store::of(tx, account, LISTED_MAX))?;
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        let context = ["token", "name", &row.id.to_string()];
        let state = match row.revoked_at {
            Some(_) => "revoked",
            None if row.expires_at <= op.now => "expired",
            None => "active",
        };
        shown.push(Shown {
            id: row.id,
            name: app.open_for(account, &context, &row.name)?.unwrap_or_default(),
            made_at: row.made_at,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
            state,
            scopes: Scopes::parse(row.scopes.split(' ')).unwrap_or(Scopes::NONE),
            only: row.only,
        });
    }
    Ok(shown)
}

/// Revokes one of the signed-in person's tokens.
pub(crate) async fn revoke(app: &Arc<App>, op: &Op, id: TokenId) -> Result<(), Refused> {
    let permit = op.permit(Action::ManageCredentials)?;
    let account = op.person().ok_or(Refused::Denied)?.account;
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            if !store::revoke(tx, &permit, account, id, op2.now)? {
                return Err(Refused::NotFound);
            }
            audit::append(&app2, tx, &op2, event::token_revoked(id))?;
            Ok(())
        })
        .await
}
