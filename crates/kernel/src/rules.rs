//! Access rules: what a tenant's groups add to their members' roles, or take from them.

use crate::access::{Action, Role, role_allows};

/// What a rule can allow or deny. Whatever gives rights to people, or cannot be taken back, is none: it stays with owners.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// See the team and its groups.
    Team,
    /// Change the tenant's settings.
    Settings,
    /// Read what the audit log says of it.
    Audit,
}

impl Feature {
    /// All features, in the order in which pages list them.
    pub const ALL: [Self; 3] = [Self::Team, Self::Settings, Self::Audit];

    /// The action that it stands for.
    #[must_use]
    pub const fn action(self) -> Action {
        match self {
            Self::Team => Action::SeeTeam,
            Self::Settings => Action::ChangeTenantSettings,
            Self::Audit => Action::SeeAudit,
        }
    }

    /// The word on the wire and in the store.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::Settings => "settings",
            Self::Audit => "audit",
        }
    }

    /// The feature that a word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|feature| feature.word() == word)
    }

    fn of(action: Action) -> Option<Self> {
        Self::ALL.into_iter().find(|feature| feature.action() == action)
    }
}

/// What a rule says of a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The group's members may, whatever their role says.
    Allow,
    /// The group's members may not, whatever their role or another group says.
    Deny,
}

impl Effect {
    /// The word on the wire and in the store.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
        }
    }

    /// The effect that a word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Allow, Self::Deny].into_iter().find(|effect| effect.word() == word)
    }
}

/// The rules of all groups that somebody is in, put together: one word for each feature at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rules([Option<Effect>; Feature::ALL.len()]);

impl Rules {
    /// Puts one more rule to the others. Denied is denied, in whatever order they come.
    pub fn add(&mut self, feature: Feature, effect: Effect) {
        let said = &mut self.0[feature as usize];
        if *said != Some(Effect::Deny) {
            *said = Some(effect);
        }
    }

    /// What they say of a feature.
    #[must_use]
    pub fn on(&self, feature: Feature) -> Option<Effect> {
        self.0[feature as usize]
    }
}

/// Whether a member may: the role's word, unless a rule has another. Rules do not bind owners, who make them.
#[must_use]
pub fn member_allows(role: Role, rules: &Rules, action: Action) -> bool {
    match (role, Feature::of(action).and_then(|feature| rules.on(feature))) {
        (Role::Owner, _) | (_, None) => role_allows(role, action),
        (_, Some(effect)) => effect == Effect::Allow,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same in another way: over the list of rules as people wrote them, in the order in which the page says it.
    fn reference(role: Role, rules: &[(Feature, Effect)], action: Action) -> bool {
        let about: Vec<Effect> =
            rules.iter().filter(|(f, _)| f.action() == action).map(|(_, e)| *e).collect();
        if role == Role::Owner {
            return role_allows(Role::Owner, action);
        }
        if about.contains(&Effect::Deny) {
            return false;
        }
        about.contains(&Effect::Allow) || role_allows(role, action)
    }

    /// Every set of rules of two groups, in both orders, for every role and action.
    #[test]
    fn rules_agree_with_a_second_evaluation() {
        let words = [None, Some(Effect::Allow), Some(Effect::Deny)];
        let all: Vec<Vec<(Feature, Effect)>> = (0..3_usize.pow(6))
            .map(|mut n| {
                let mut rules = Vec::new();
                for feature in Feature::ALL.into_iter().cycle().take(6) {
                    rules.extend(words[n % 3].map(|effect| (feature, effect)));
                    n /= 3;
                }
                rules
            })
            .collect();
        assert_eq!(all.len(), 729);
        for listed in all {
            let mut rules = Rules::default();
            listed.iter().for_each(|(feature, effect)| rules.add(*feature, *effect));
            for role in Role::ALL {
                for action in Action::ALL {
                    let (ours, theirs) =
                        (member_allows(role, &rules, action), reference(role, &listed, action));
                    assert_eq!(ours, theirs, "{role:?} {listed:?} {action:?}");
                }
            }
        }
    }

    /// Whoever got all rules there are is still nobody who gives rights, or closes the tenant.
    #[test]
    fn no_rule_gives_what_owners_keep() {
        use Action as A;
        let mut rules = Rules::default();
        Feature::ALL.into_iter().for_each(|feature| rules.add(feature, Effect::Allow));
        for action in [A::ManageMembers, A::InviteMember, A::ManageSupport, A::CloseTenant] {
            assert!(!member_allows(Role::Operator, &rules, action), "{action:?}");
        }
    }

    #[test]
    fn words_are_read_back() {
        for feature in Feature::ALL {
            assert_eq!(Feature::parse(feature.word()), Some(feature));
        }
        assert_eq!(Feature::parse("members"), None);
        assert_eq!(Effect::parse("Deny"), None);
    }
}
