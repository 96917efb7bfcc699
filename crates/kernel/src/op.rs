//! The operation: who acts, from where, in which session, when. First argument of every verb.

use std::net::IpAddr;
use std::sync::Arc;

use base::id::{AccountId, SessionId, SupportId, TenantId, TokenId, TraceId};
use base::{Pii, Secret, Timestamp};
use store::TenantAccess;

use crate::Role;
use crate::access::{Action, support_allows};
use crate::rules::{Rules, member_allows};
use crate::scope::Scopes;
use crate::text::Lang;

/// Who acts.
#[derive(Clone, Debug)]
pub enum Actor {
    /// Somebody on the machine, with the rights of the data folder's owner: `uid 1000`.
    Host(String),
    /// A visitor who has not signed in.
    Nobody,
    /// A signed-in person.
    Person(Person),
    /// A background task, by name.
    System(&'static str),
}

/// A signed-in person, and the credential that they came with.
#[derive(Clone, Debug)]
pub struct Person {
    /// Whose account it is.
    pub account: AccountId,
    /// Whether it belongs to the people who run the platform, and has signed what they sign.
    pub staff: bool,
    /// Whether it would, but has not signed yet: nothing of staff is open to it.
    pub unsigned: bool,
    /// The session, for browsers.
    pub session: Option<SessionId>,
    /// The access token, for programs.
    pub token: Option<TokenId>,
    /// What the token may; everything, for browsers.
    pub scopes: Scopes,
    /// The tenant that the token is for alone.
    pub only: Option<TenantId>,
    /// Whether the account has a second factor.
    pub factor: bool,
    /// What the demand of hardware keys means for the person.
    pub hardware: HardwareKey,
    /// When the account's password was set.
    pub password_at: Timestamp,
    /// When the person last showed who they are in this session; never, for programs.
    pub shown_at: Timestamp,
}

/// What it means for a person that this installation demands hardware keys of its staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HardwareKey {
    /// None is demanded of them.
    NotAsked,
    /// One is demanded, and the account has none.
    Missing,
    /// The account has one; this session, or token, did not come with it.
    NotShown,
    /// The session came with it.
    Shown,
}

/// A person's membership in one tenant, read with the request that it serves.
#[derive(Clone, Debug)]
pub struct Membership {
    /// Whose membership it is.
    pub account: AccountId,
    /// In which tenant.
    pub tenant: TenantId,
    /// The tenant's name in URLs.
    pub slug: String,
    /// The tenant's name.
    pub name: String,
    /// Where its data lies.
    pub region: String,
    /// What the person may do there.
    pub role: Role,
    /// What the tenant's groups add to that, or take from it.
    pub rules: Rules,
    /// Whether the tenant wants a second factor of people with this role.
    pub factor_wanted: bool,
    /// What a support session opens; nothing, for the tenant's own people.
    pub support: Option<Grants>,
}

/// A support session: staff look into a tenant, laid over their own session for at most an hour.
#[derive(Clone, Debug)]
pub struct Support {
    /// Identifier.
    pub id: SupportId,
    /// Which tenant.
    pub tenant: TenantId,
    /// The tenant's name in URLs.
    pub slug: String,
    /// The tenant's name.
    pub name: String,
    /// Where its data lies.
    pub region: String,
    /// Why, in words.
    pub reason: Pii<String>,
    /// When it ends, whatever happens.
    pub until: Timestamp,
    /// What beyond looking was granted.
    pub grants: Grants,
}

/// What a support session may do beyond looking. Sign-in, roles, invitations and secrets are never in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grants {
    /// Change the tenant's name, description and contact.
    pub settings: bool,
}

/// One operation.
#[derive(Clone, Debug)]
pub struct Op {
    /// Who acts.
    pub actor: Actor,
    /// Names the operation in log lines, audit entries and answers.
    pub trace: TraceId,
    /// When it began.
    pub now: Timestamp,
    /// Where it came from.
    pub address: Option<Pii<IpAddr>>,
    /// The device, in words: `Firefox on Linux`.
    pub device: String,
    /// The language that the person reads.
    pub lang: Lang,
    /// What shows that this browser signed in before: the value of a cookie.
    pub browser: Option<Secret<String>>,
    /// The support session that lies over the person's own, if there is one.
    pub support: Option<Arc<Support>>,
}

impl Op {
    /// The signed-in person, if there is one.
    #[must_use]
    pub fn person(&self) -> Option<&Person> {
        match &self.actor {
            Actor::Person(person) => Some(person),
            Actor::Host(_) | Actor::Nobody | Actor::System(_) => None,
        }
    }

    /// The actor as the audit log names it: an identifier, never a name.
    #[must_use]
    pub fn actor_id(&self) -> String {
        match &self.actor {
            Actor::Host(user) => format!("host:{user}"),
            Actor::Nobody => "nobody".into(),
            Actor::Person(person) => person.account.to_string(),
            Actor::System(name) => format!("system:{name}"),
        }
    }
}

impl Membership {
    /// Whether it allows an action inside the tenant.
    #[must_use]
    pub fn allows(&self, action: Action) -> bool {
        match self.support {
            Some(grants) => support_allows(grants, action),
            None => member_allows(self.role, &self.rules, action),
        }
    }

    /// The key to the tenant's file: holding a membership read from the store is the decision.
    #[must_use]
    pub fn access(&self) -> TenantAccess {
        TenantAccess::decided_by_kernel(self.tenant, self.region.clone())
    }
}
