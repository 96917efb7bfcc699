//! Shapes of events and entries.

use base::id::{AccountId, TenantId};
use base::{Pii, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How an act ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was refused.
    Refused,
}

impl Outcome {
    /// The word on the wire.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }
}

/// What a domain says happened. The operation adds who, from where and when.
#[derive(Clone, Debug)]
pub struct Event {
    /// `noun.past_participle`.
    pub action: &'static str,
    /// Identifier of what it was done to.
    pub target: Option<String>,
    /// In which tenant.
    pub tenant: Option<TenantId>,
    /// How it ended.
    pub outcome: Outcome,
    /// Details: identifiers, words of enums, numbers. Never a name, an address or free text.
    pub detail: Value,
    /// Words for people, sealed under the tenant's key.
    pub note: Option<Pii<String>>,
    /// Whose act it was, when the operation did not know yet (a sign-in).
    pub actor: Option<AccountId>,
}

impl Event {
    /// Something was done.
    #[must_use]
    pub fn done(action: &'static str) -> Self {
        Self {
            action,
            target: None,
            tenant: None,
            outcome: Outcome::Done,
            detail: Value::Null,
            note: None,
            actor: None,
        }
    }

    /// Something was refused.
    #[must_use]
    pub fn refused(action: &'static str) -> Self {
        Self { outcome: Outcome::Refused, ..Self::done(action) }
    }

    /// To what.
    #[must_use]
    pub fn to(mut self, target: impl ToString) -> Self {
        self.target = Some(target.to_string());
        self
    }

    /// In which tenant.
    #[must_use]
    pub fn within(mut self, tenant: TenantId) -> Self {
        self.tenant = Some(tenant);
        self
    }

    /// By whom.
    #[must_use]
    pub fn by(mut self, account: AccountId) -> Self {
        self.actor = Some(account);
        self
    }

    /// With words for people. They need a tenant: its key seals them.
    #[must_use]
    pub fn noting(mut self, words: &str) -> Self {
        self.note = Some(Pii::new(words.to_owned()));
        self
    }

    /// With details.
    #[must_use]
    pub fn with(mut self, detail: Value) -> Self {
        self.detail = detail;
        self
    }
}

/// An entry as the leaf of the log holds it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) id: String,
    /// RFC 3339.
    pub(crate) at: String,
    pub(crate) action: String,
    pub(crate) actor: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) session: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) target: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) tenant: Option<String>,
    pub(crate) result: String,
    pub(crate) trace: String,
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub(crate) detail: Value,
    /// The support session that it was done in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) support: Option<String>,
    /// Base64 of the words for people, sealed under the tenant's key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    /// Whose key seals the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) owner: Option<String>,
    /// Base64 of the sealed address and device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) place: Option<String>,
    /// Base64 of the keyed hash of the address, for exact search.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) address_index: Option<String>,
}

impl Entry {
    pub(crate) fn at(&self) -> Timestamp {
        Timestamp::parse(&self.at).unwrap_or_default()
    }
}

/// Where an act came from; sealed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Place {
    pub(crate) address: String,
    pub(crate) device: String,
}
