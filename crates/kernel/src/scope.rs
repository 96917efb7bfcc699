//! Scopes of access tokens: what a program may do in its person's name (RFC 6749, section 3.3).
//!
//! Which scope a request needs follows from its route, so that no route can be without one.

use crate::access::Action;
use crate::web::route::Access;

/// A part of what a token may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Read one's own account: profile, sessions, tokens, organisations.
    AccountRead,
    /// Change it, as far as tokens may at all.
    AccountWrite,
    /// Read settings and team of tenants.
    TenantRead,
    /// Change settings of tenants.
    TenantWrite,
    /// Invite and remove people, give roles, answer staff, take everything out.
    TenantAdmin,
    /// Read tenants' audit logs.
    AuditRead,
    /// Read what the platform's staff read.
    PlatformRead,
    /// Do what the platform's staff do, as far as tokens may at all.
    PlatformWrite,
}

impl Scope {
    /// All scopes, in the order in which pages list them.
    pub const ALL: [Self; 8] = [
        Self::TenantRead,
        Self::TenantWrite,
        Self::TenantAdmin,
        Self::AuditRead,
        Self::AccountRead,
        Self::AccountWrite,
        Self::PlatformRead,
        Self::PlatformWrite,
    ];

    /// The word on the wire and in the store.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::AccountRead => "account:read",
            Self::AccountWrite => "account:write",
            Self::TenantRead => "tenant:read",
            Self::TenantWrite => "tenant:write",
            Self::TenantAdmin => "tenant:admin",
            Self::AuditRead => "audit:read",
            Self::PlatformRead => "platform:read",
            Self::PlatformWrite => "platform:write",
        }
    }

    /// The scope that a word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.word() == word)
    }

    /// Whether it is of use to the platform's staff alone.
    #[must_use]
    pub const fn is_of_staff(self) -> bool {
        matches!(self, Self::PlatformRead | Self::PlatformWrite)
    }

    /// Whether it opens routes of tenants, and nothing beside.
    #[must_use]
    pub const fn is_of_tenants(self) -> bool {
        matches!(self, Self::TenantRead | Self::TenantWrite | Self::TenantAdmin | Self::AuditRead)
    }

    /// What a token needs for a request to a route: to look (GET), or to do something. What is open to everybody needs
    /// none to be looked at.
    #[must_use]
    pub const fn wanted(access: Access, looks: bool) -> Option<Self> {
        match (access, looks) {
            (Access::Evaluation, _) | (Access::Open, true) => None,
            (Access::Bare | Access::Person, true) => Some(Self::AccountRead),
            (Access::Bare | Access::Person | Access::Open, false) => Some(Self::AccountWrite),
            (Access::Staff, true) => Some(Self::PlatformRead),
            (Access::Staff, false) => Some(Self::PlatformWrite),
            (Access::Tenant { see, .. }, true) => Some(Self::inside(see)),
            (Access::Tenant { act, .. }, false) => Some(Self::inside(act)),
        }
    }

    const fn inside(action: Action) -> Self {
        match action {
            Action::SeeTenant | Action::SeeTeam => Self::TenantRead,
            Action::ChangeTenantSettings => Self::TenantWrite,
            Action::SeeAudit => Self::AuditRead,
            _ => Self::TenantAdmin,
        }
    }
}

/// The scopes of one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scopes(u16);

/// The word that stands for all scopes, those of later versions too.
const ALL: &str = "all";

impl Scopes {
    /// Everything that a token may.
    pub const ALL: Self = Self(EVERY);
    /// Nothing; what a fault in the store is read as.
    pub const NONE: Self = Self(0);

    /// What a list of words says; nothing, where one is no scope.
    pub fn parse<'w>(words: impl IntoIterator<Item = &'w str>) -> Option<Self> {
        words.into_iter().try_fold(Self::NONE, |Self(bits), word| match word {
            ALL => Some(Self::ALL),
            word => Scope::parse(word).map(|scope| Self(bits | bit(scope))),
        })
    }

    /// Whether one is among them.
    #[must_use]
    pub const fn has(self, scope: Scope) -> bool {
        self.0 & (bit(scope) | EVERY) != 0
    }

    /// Their words.
    #[must_use]
    pub fn words(self) -> Vec<&'static str> {
        if self.0 & EVERY != 0 {
            return vec![ALL];
        }
        Scope::ALL.into_iter().filter(|s| self.has(*s)).map(Scope::word).collect()
    }
}

const fn bit(scope: Scope) -> u16 {
    1 << scope as u16
}

/// A bit of its own: whoever names each scope of today has not chosen those of tomorrow.
const EVERY: u16 = 1 << 15;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back() {
        for scope in Scope::ALL {
            let one = Scopes::parse([scope.word()]).unwrap();
            assert_eq!(one.words(), [scope.word()]);
            for other in Scope::ALL {
                assert_eq!(one.has(other), scope == other);
            }
        }
        let each = Scopes::parse(Scope::ALL.map(Scope::word)).unwrap();
        assert_eq!(each.words().len(), Scope::ALL.len(), "all of today's are not all");
        let all = Scopes::parse(["audit:read", "all"]).unwrap();
        assert!(all.words() == ["all"] && Scope::ALL.into_iter().all(|s| all.has(s)));
        assert_eq!(Scopes::ALL.words(), ["all"]);
        for wrong in ["", "audit", "AUDIT:READ", "audit:read "] {
            assert_eq!(Scopes::parse([wrong]), None, "{wrong}");
        }
    }

    /// Whoever adds an action to tenants sees here what tokens need for it.
    #[test]
    fn looking_inside_is_told_from_changing() {
        let wanted = |action| Scope::wanted(Access::tenant(action), true);
        assert_eq!(wanted(Action::SeeTeam), Some(Scope::TenantRead));
        assert_eq!(wanted(Action::SeeAudit), Some(Scope::AuditRead));
        for action in [Action::ManageMembers, Action::CloseTenant, Action::ManageSupport] {
            assert_eq!(wanted(action), Some(Scope::TenantAdmin), "{action:?}");
        }
        assert_eq!(Scope::wanted(Access::Open, true), None);
        assert_eq!(Scope::wanted(Access::Open, false), Some(Scope::AccountWrite));
    }
}
