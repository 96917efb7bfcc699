//! Identifiers: a prefix that says what it names, then a time-ordered ULID in lower case.
//!
//! Time order keeps B-tree inserts at the right edge (measured: three times the writes of random
//! identifiers); the 80 random bits make an identifier unguessable, though none is ever a secret.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use ulid::Ulid;

use crate::{Rng, Timestamp};

/// What an identifier names, and how it is written.
pub trait Kind: 'static {
    /// The letters before the underscore, for example `acc`.
    const PREFIX: &'static str;
}

/// An identifier of one kind: a session's cannot be passed where an account's is wanted.
pub struct Id<K> {
    ulid: Ulid,
    kind: PhantomData<fn() -> K>,
}

impl<K: Kind> Id<K> {
    /// A fresh identifier, ordered by `now`.
    pub fn new(now: Timestamp, rng: &dyn Rng) -> Self {
        let mut random = [0_u8; 16];
        rng.fill(&mut random);
        let millis = u64::try_from(now.0).unwrap_or(0);
        Self::from_ulid(Ulid::from_parts(millis, u128::from_le_bytes(random)))
    }

    /// The sixteen bytes behind it, for formats that want just that (a WebAuthn user handle).
    #[must_use]
    pub fn bytes(&self) -> [u8; 16] {
        self.ulid.to_bytes()
    }

    fn from_ulid(ulid: Ulid) -> Self {
        Self { ulid, kind: PhantomData }
    }

    /// When the identifier was made.
    #[must_use]
    pub fn made_at(&self) -> Timestamp {
        Timestamp(i64::try_from(self.ulid.timestamp_ms()).unwrap_or(i64::MAX))
    }
}

/// The text is not an identifier of this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnId;

impl<K: Kind> FromStr for Id<K> {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let rest =
            text.strip_prefix(K::PREFIX).and_then(|rest| rest.strip_prefix('_')).ok_or(NotAnId)?;
        let canonical =
            rest.len() == 26 && rest.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase());
        let ulid = Ulid::from_string(rest).map_err(|_| NotAnId)?;
        let id = Self::from_ulid(ulid);
        // Crockford's alphabet reads i, l and o as digits: one identifier must have one spelling.
        if canonical && id.to_string() == text { Ok(id) } else { Err(NotAnId) }
    }
}

impl<K: Kind> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", K::PREFIX, self.ulid.to_string().to_ascii_lowercase())
    }
}

impl<K: Kind> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.ulid == other.ulid
    }
}
impl<K> Eq for Id<K> {}
impl<K> std::hash::Hash for Id<K> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.ulid.hash(state);
    }
}
impl<K: Kind> serde::Serialize for Id<K> {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

/// Declares the kinds of identifiers that several crates name.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $alias:ident $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $kind;
        impl Kind for $kind {
            const PREFIX: &'static str = $prefix;
        }
        $(#[$doc])*
        pub type $alias = Id<$kind>;
    )*};
}

kinds! {
    /// A person's account.
    Account AccountId "acc";
    /// An entry of the audit log.
    Event EventId "evt";
    /// A group of a tenant's members, with access rules.
    Group GroupId "grp";
    /// An invitation into a tenant.
    Invitation InvitationId "inv";
    /// A durable job.
    Job JobId "job";
    /// A letter that was sent, or kept for reading in evaluation.
    Mail MailId "mai";
    /// A passkey.
    Passkey PasskeyId "pky";
    /// A company outside that gets data of the platform.
    Processor ProcessorId "prc";
    /// A run of a probe.
    Run RunId "run";
    /// A signed-in session.
    Session SessionId "ses";
    /// A session in which staff look into a tenant.
    Support SupportId "sup";
    /// A signature under the data processing agreement.
    Signature SignatureId "sig";
    /// A customer organisation.
    Tenant TenantId "ten";
    /// A personal access token.
    Token TokenId "tok";
    /// One operation across log lines, audit entries and answers.
    Trace TraceId "trc";
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counter;
    impl Rng for Counter {
        fn fill(&self, out: &mut [u8]) {
            for (i, b) in out.iter_mut().enumerate() {
                *b = u8::try_from(i % 251).unwrap_or(0);
            }
        }
    }

    #[test]
    fn survives_print_and_parse() {
        let id = AccountId::new(Timestamp(1_795_444_717_418), &Counter);
        assert_eq!(id.to_string().parse::<AccountId>(), Ok(id));
        assert_eq!(id.made_at(), Timestamp(1_795_444_717_418));
    }

    #[test]
    fn later_identifiers_sort_later() {
        let a = AccountId::new(Timestamp(1), &Counter).to_string();
        let b = AccountId::new(Timestamp(2), &Counter).to_string();
        assert!(a < b);
    }

    #[test]
    fn refuses_other_kinds_and_second_spellings() {
        let id = AccountId::new(Timestamp(1_795_444_717_418), &Counter).to_string();
        assert!(id.parse::<TenantId>().is_err());
        assert!(id.to_uppercase().parse::<AccountId>().is_err());
        for bad in ["", "acc_", "acc", "acc_0", "acc_O0000000000000000000000000", "acc_\u{661}"] {
            assert!(bad.parse::<AccountId>().is_err(), "{bad}");
        }
    }
}
