//! The verbs of tenants.

use std::sync::Arc;

use ::store::{TenantAccess, Tx};
use base::id::{AccountId, TenantId};
use base::text::{self, Email, Refused as BadText};
use base::{Fault, Timestamp};
use kernel::rules::Rules;
use kernel::web::problem::Invalid;
use kernel::{Action, App, Membership, Op, Permit, Role};

use super::own::{self, Profile};
use super::store;
use crate::event;
use crate::member;
use crate::problem::Refused;

/// Where a tenant's file lies unless somebody chose.
pub const REGION: &str = "local";
/// Characters of a description.
const DESCRIPTION_CHARS_MAX: usize = 500;
/// Tenants that one account may found.
const FOUNDED_MAX: usize = 50;

/// A tenant whose key and file exist, but which is not in the directory yet.
#[derive(Clone)]
pub struct Draft {
    /// Identifier.
    pub id: TenantId,
    name: String,
    slug: String,
}

/// Checks an organisation's name. `field` is where it was typed.
pub(crate) fn check_name(field: &'static str, name: &str) -> Result<String, Invalid> {
    text::name(name).map_err(|why| match why {
        BadText::Long => Invalid::new(field, "error-organisation-long"),
        BadText::Empty | BadText::Invalid => Invalid::new(field, "error-organisation-empty"),
    })
}

/// Makes a tenant's key and file. Should the directory entry fail, both remain unused and harm nobody.
pub async fn draft(app: &Arc<App>, name: String) -> Result<Draft, Fault> {
    let id = TenantId::new(app.clock.now(), &*app.rng);
    app.store.keys().create(&id.to_string()).await?;
    let access = TenantAccess::decided_by_kernel(id, REGION.to_owned());
    app.store.create_tenant(&access)?;
    let plain = text::slug(&name);
    let slug = if plain.is_empty() { "tenant".to_owned() } else { plain };
    Ok(Draft { id, name, slug })
}

/// Writes a drafted tenant with its first owner into the directory.
pub fn insert(
    app: &App,
    tx: &Tx<'_>,
    op: &Op,
    permit: &Permit,
    draft: &Draft,
    owner: AccountId,
) -> Result<String, Fault> {
    let slug = free_slug(tx, &draft.slug)?;
    store::insert(tx, permit, draft.id, &slug, &draft.name, REGION, op.now)?;
    member::store::insert(tx, permit, draft.id, owner, Role::Owner, op.now)?;
    audit::append(app, tx, op, event::created(draft.id).by(owner))?;
    Ok(slug)
}

fn free_slug(tx: &Tx<'_>, wanted: &str) -> Result<String, Fault> {
    if !store::slug_is_taken(tx, wanted)? {
        return Ok(wanted.to_owned());
    }
    for n in 2..10_000 {
        let candidate = format!("{wanted}-{n}");
        if !store::slug_is_taken(tx, &candidate)? {
            return Ok(candidate);
        }
    }
    Err(Fault::internal("no free name for a tenant"))
}

/// Founds a tenant; the signed-in person becomes its owner.
pub(crate) async fn create(app: &Arc<App>, op: &Op, name: &str) -> Result<Membership, Refused> {
    let permit = op.permit(Action::CreateTenant)?;
    let account = op.person().ok_or(Refused::Denied)?.account;
    let name = check_name("name", name).map_err(|i| vec![i])?;
    let owned = app.memberships.of(app, account)?;
    if owned.iter().filter(|m| m.role == Role::Owner).count() >= FOUNDED_MAX {
        return Err(vec![Invalid::new("name", "error-organisation-many")].into());
    }
    let draft = draft(app, name.clone()).await?;
    let (app2, op2, id) = (Arc::clone(app), op.clone(), draft.id);
    let slug = app
        .store
        .control()
        .write(move |tx| insert(&app2, tx, &op2, &permit, &draft, account))
        .await?;
    Ok(Membership {
        account,
        tenant: id,
        slug,
        name,
        region: REGION.to_owned(),
        role: Role::Owner,
        rules: Rules::default(),
        factor_wanted: false,
        support: None,
    })
}

/// Of whom a tenant wants a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FactorWanted {
    Everybody,
    Nobody,
    Owners,
}

impl FactorWanted {
    /// The word on the wire and in the store.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Everybody => "everybody",
            Self::Nobody => "nobody",
            Self::Owners => "owners",
        }
    }

    /// What a word means.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::Everybody, Self::Nobody, Self::Owners].into_iter().find(|w| w.word() == word)
    }
}

/// Changes of whom the tenant wants a second factor. From the next request on, whoever has to have one and has none
/// cannot enter, with no session and no token. Refusal `FactorFirst` when that would be the person who asks.
pub(crate) async fn want_factor(
    app: &Arc<App>,
    op: &Op,
    member: &Membership,
    wanted: FactorWanted,
) -> Result<(), Refused> {
    let permit = op.permit_shown_in(member, Action::ManageMembers)?;
    if wanted != FactorWanted::Nobody && !op.person().is_some_and(|p| p.factor) {
        return Err(Refused::FactorFirst);
    }
    let (app2, op2, tenant) = (Arc::clone(app), op.clone(), member.tenant);
    app.store
        .control()
        .write(move |tx| {
            store::want_factor(tx, &permit, tenant, wanted.word())?;
            audit::append(&app2, tx, &op2, event::factor_wanted(tenant, wanted.word()))
        })
        .await?;
    Ok(())
}

/// A tenant's settings as its people see them.
pub(crate) struct Settings {
    pub(crate) factor_wanted: String,
    pub(crate) profile: Profile,
    pub(crate) made_at: Timestamp,
}

/// Reads a tenant's settings: from its own file, and when it was founded from the directory.
pub(crate) fn settings(app: &App, op: &Op, member: &Membership) -> Result<Settings, Refused> {
    op.permit_in(member, Action::SeeTenant)?;
    let profile = app.tenant_db(member)?.read(own::store::profile)?;
    let (made_at, factor_wanted) = app.store.control().read(|tx| {
        let made_at = store::made_at(tx, member.tenant)?;
        Ok::<_, Fault>((made_at, store::factor_wanted(tx, member.tenant)?))
    })?;
    Ok(Settings { factor_wanted, profile, made_at })
}

/// Changes name, description and contact. Two files: the name lies in the directory, the rest in the
/// tenant's own; each change is whole by itself.
pub(crate) async fn change(
    app: &Arc<App>,
    op: &Op,
    member: &Membership,
    name: &str,
    profile: Profile,
) -> Result<(), Refused> {
    let permit = op.permit_in(member, Action::ChangeTenantSettings)?;
    let (name, profile) = check(name, profile)?;
    let tenant = member.tenant;
    if name != member.name {
        let (app2, op2) = (Arc::clone(app), op.clone());
        app.store
            .control()
            .write(move |tx| {
                store::rename(tx, &permit, tenant, &name)?;
                audit::append(&app2, tx, &op2, event::renamed(tenant))
            })
            .await?;
    }
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.tenant_db(member)?
        .write(move |tx| {
            own::store::set_profile(tx, &permit, &profile)?;
            audit::append(&app2, tx, &op2, event::profile_changed(tenant))
        })
        .await?;
    Ok(())
}

fn check(name: &str, profile: Profile) -> Result<(String, Profile), Vec<Invalid>> {
    let mut invalid = Vec::new();
    let name = check_name("name", name).map_err(|i| invalid.push(i));
    if profile.description.chars().count() > DESCRIPTION_CHARS_MAX {
        invalid.push(Invalid::new("description", "error-description-long"));
    }
    if !profile.contact.trim().is_empty() && Email::parse(&profile.contact).is_err() {
        invalid.push(Invalid::new("contact", "error-contact-invalid"));
    }
    match name {
        Ok(name) if invalid.is_empty() => Ok((name, profile)),
        _ => Err(invalid),
    }
}

/// Where every tenant's file lies.
pub fn places(tx: &Tx<'_>) -> Result<Vec<(TenantId, String)>, Fault> {
    store::places(tx)
}

/// A tenant, for the operator's command line.
#[derive(Debug, serde::Serialize)]
pub struct Summary {
    id: TenantId,
    slug: String,
    name: String,
    region: String,
    state: String,
    members: i64,
    made_at: Timestamp,
}

/// Rows that one page has at most.
pub(crate) const ROWS_MAX: usize = 100;
/// Characters of a search that are looked at.
const SEARCH_CHARS_MAX: usize = 80;

/// A page of all tenants, newest first.
pub(crate) struct Page {
    pub(crate) rows: Vec<store::Listed>,
    /// How many tenants there are altogether.
    pub(crate) total: i64,
    /// The last one of this page, if more follow.
    pub(crate) next: Option<TenantId>,
}

/// Looks for tenants whose name or slug holds some words; for all, without words.
pub(crate) fn page(
    app: &App,
    op: &Op,
    words: &str,
    before: &str,
    limit: usize,
) -> Result<Page, Refused> {
    op.permit(Action::SeePlatform)?;
    let words: String = words.trim().chars().take(SEARCH_CHARS_MAX).collect();
    let limit = limit.clamp(1, ROWS_MAX);
    let (mut rows, total) = app.store.control().read(|tx| {
        let more = i64::try_from(limit + 1).unwrap_or(i64::MAX);
        Ok::<_, Fault>((store::all(tx, (&words, before), more)?, store::count(tx)?))
    })?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().map(|t| t.id).filter(|_| more);
    Ok(Page { rows, total, next })
}

/// All tenants, newest first.
pub fn all(app: &App) -> Result<Vec<Summary>, Fault> {
    let rows = app.store.control().read(|tx| store::all(tx, ("", ""), 10_000))?;
    let summary = |t: store::Listed| Summary {
        id: t.id,
        slug: t.slug,
        name: t.name,
        region: t.region,
        state: t.state,
        members: t.members,
        made_at: t.made_at,
    };
    Ok(rows.into_iter().map(summary).collect())
}
