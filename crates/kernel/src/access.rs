//! Who may do what: one pure table. What is not in it is refused.

use std::time::Duration;

use crate::op::{Actor, Grants, HardwareKey, Membership, Op};

/// A person's part in a tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Sees the tenant and its team, changes nothing.
    Viewer,
    /// Sees what a viewer sees; what there is to pay comes with billing.
    Billing,
    /// Changes the tenant's settings as well.
    Operator,
    /// May do everything; there is always at least one.
    Owner,
}

impl Role {
    /// All roles, the mightiest first.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Operator, Self::Billing, Self::Viewer];

    /// The word on the wire and in the store.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Billing => "billing",
            Self::Operator => "operator",
            Self::Owner => "owner",
            Self::Viewer => "viewer",
        }
    }

    /// The role that a word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// What can be asked for permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// See one's own account, sessions and tokens; change one's name.
    ManageOwnAccount,
    /// Change what lets one in: password, sessions, tokens. Never with an access token: one that leaked could
    /// make others, and lock its owner out.
    ManageCredentials,
    /// Found a tenant.
    CreateTenant,
    /// See a tenant and its settings.
    SeeTenant,
    /// See its people and invitations.
    SeeTeam,
    /// Invite people, withdraw invitations.
    InviteMember,
    /// Change roles, remove members.
    ManageMembers,
    /// Change its name, description and contact.
    ChangeTenantSettings,
    /// What cannot be taken back: hand it over, close it. Never with an access token.
    CloseTenant,
    /// Read what the audit log says of it.
    SeeAudit,
    /// Let staff in, send them out, and say whether they have to ask.
    ManageSupport,
    /// Suspend a tenant as staff, and let it in again.
    SuspendTenant,
    /// Look into a tenant as staff.
    SupportTenant,
    /// See all tenants and people of the platform.
    SeePlatform,
    /// Open accounts for people who had them in another system.
    ImportPeople,
    /// Send a person a link to set a new password.
    SendResetLink,
    /// Read the whole audit log.
    ReadAudit,
    /// Change name, logo and colour of the platform.
    ChangePlatformSettings,
    /// Run, pause and resume the proofs.
    ManagePosture,
    /// Invite people to the staff, review and remove them.
    ManageStaff,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 20] = [
        Self::ManageOwnAccount,
        Self::ManageCredentials,
        Self::CreateTenant,
        Self::SeeTenant,
        Self::SeeTeam,
        Self::InviteMember,
        Self::ManageMembers,
        Self::ChangeTenantSettings,
        Self::CloseTenant,
        Self::SeeAudit,
        Self::ManageSupport,
        Self::SuspendTenant,
        Self::SupportTenant,
        Self::SeePlatform,
        Self::ImportPeople,
        Self::SendResetLink,
        Self::ReadAudit,
        Self::ChangePlatformSettings,
        Self::ManagePosture,
        Self::ManageStaff,
    ];

    /// The actions inside a tenant, in the order in which pages list them, with their text ids.
    pub const IN_TENANT: [(Self, &'static str); 8] = [
        (Self::SeeTenant, "matrix-see"),
        (Self::SeeTeam, "matrix-team-see"),
        (Self::InviteMember, "matrix-invite"),
        (Self::ManageMembers, "matrix-roles"),
        (Self::ChangeTenantSettings, "matrix-settings"),
        (Self::SeeAudit, "matrix-audit"),
        (Self::ManageSupport, "matrix-support"),
        (Self::CloseTenant, "matrix-close"),
    ];
}

/// Whether a role allows an action inside its tenant.
#[must_use]
pub fn role_allows(role: Role, action: Action) -> bool {
    match action {
        Action::SeeTenant | Action::SeeTeam => true,
        Action::ChangeTenantSettings | Action::SeeAudit => {
            matches!(role, Role::Owner | Role::Operator)
        }
        Action::InviteMember
        | Action::ManageMembers
        | Action::ManageSupport
        | Action::CloseTenant => role == Role::Owner,
        Action::ManageOwnAccount
        | Action::ManageCredentials
        | Action::CreateTenant
        | Action::SupportTenant
        | Action::SuspendTenant
        | Action::SeePlatform
        | Action::ImportPeople
        | Action::SendResetLink
        | Action::ReadAudit
        | Action::ChangePlatformSettings
        | Action::ManagePosture
        | Action::ManageStaff => false,
    }
}

/// Whether a support session allows an action inside its tenant: looking, and what was granted. Everything else is closed,
/// whatever the tenant's roles allow.
#[must_use]
pub fn support_allows(grants: Grants, action: Action) -> bool {
    match action {
        Action::SeeTenant | Action::SeeTeam => true,
        Action::ChangeTenantSettings => grants.settings,
        _ => false,
    }
}

/// Proof that an action was permitted. Store functions that write take one, so a forgotten check
/// does not compile. They come from asking here, or from a credential presented in the same verb.
#[derive(Clone, Copy, Debug)]
pub struct Permit {
    action: Action,
}

impl Permit {
    /// What was permitted.
    #[must_use]
    pub fn action(&self) -> Action {
        self.action
    }

    /// For what a person does to get in (sign-up, reset, set-up): the token or password presented in the
    /// same verb is the permission.
    #[must_use]
    pub fn by_credential() -> Self {
        Self { action: Action::ManageOwnAccount }
    }
}

/// How long it counts that somebody showed who they are.
pub const SHOWN: Duration = Duration::from_mins(10);

/// The action was refused, or wants the person to show again who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unshown {
    /// Refused.
    Denied,
    /// It was too long ago.
    ShowFirst,
}

/// The action was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Denied;

impl Op {
    /// Asks for an action on the person's own account, or on the platform.
    pub fn permit(&self, action: Action) -> Result<Permit, Denied> {
        let allowed = match (&self.actor, action) {
            (Actor::Host(_) | Actor::System(_), _) => true,
            (Actor::Person(_), Action::ManageOwnAccount | Action::CreateTenant) => true,
            (Actor::Person(person), Action::ManageCredentials) => person.session.is_some(),
            (Actor::Person(person), Action::SupportTenant) => {
                person.staff && person.session.is_some()
            }
            (
                Actor::Person(person),
                Action::SeePlatform
                | Action::ImportPeople
                | Action::SuspendTenant
                | Action::SendResetLink
                | Action::ReadAudit
                | Action::ChangePlatformSettings
                | Action::ManagePosture
                | Action::ManageStaff,
            ) => person.staff,
            (Actor::Person(_) | Actor::Nobody, _) => false,
        };
        if allowed { Ok(Permit { action }) } else { Err(Denied) }
    }

    /// Asks for an action that changes what lets one in: the person has to have shown within ten minutes who they
    /// are, so that a browser left open, or a stolen cookie, cannot make itself at home.
    pub fn permit_shown(&self, action: Action) -> Result<Permit, Unshown> {
        let permit = self.permit_with_key(action)?;
        match self.person() {
            Some(person) if self.now.since(person.shown_at) > SHOWN => Err(Unshown::ShowFirst),
            _ => Ok(permit),
        }
    }

    /// Asks for an action that whoever has the password and the app, but not the hardware key that is demanded, shall not do:
    /// add another key, or send the one out who has it.
    pub fn permit_with_key(&self, action: Action) -> Result<Permit, Unshown> {
        let permit = self.permit(action).map_err(|Denied| Unshown::Denied)?;
        match self.person() {
            Some(person) if person.hardware == HardwareKey::NotShown => Err(Unshown::ShowFirst),
            _ => Ok(permit),
        }
    }

    /// Asks for an action inside a tenant that this operation's person belongs to.
    pub fn permit_in(&self, membership: &Membership, action: Action) -> Result<Permit, Denied> {
        let own = self.person().is_some_and(|p| p.account == membership.account);
        if own && membership.allows(action) { Ok(Permit { action }) } else { Err(Denied) }
    }

    /// The same for what cannot be taken back: the person has to have shown within ten minutes who they are, which no
    /// program with an access token can.
    pub fn permit_shown_in(
        &self,
        membership: &Membership,
        action: Action,
    ) -> Result<Permit, Unshown> {
        let permit = self.permit_in(membership, action).map_err(|Denied| Unshown::Denied)?;
        match self.person() {
            Some(person) if person.hardware == HardwareKey::NotShown => Err(Unshown::ShowFirst),
            Some(person) if self.now.since(person.shown_at) <= SHOWN => Ok(permit),
            _ => Err(Unshown::ShowFirst),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole table, readable; a change of rights shows up as a change of this text.
    #[test]
    fn the_matrix_reads_as_intended() {
        let mut table = String::new();
        for (action, _) in Action::IN_TENANT {
            let row: String = Role::ALL
                .into_iter()
                .map(|role| if role_allows(role, action) { "yes " } else { "-   " })
                .collect();
            table.push_str(&format!("{action:?}: {}\n", row.trim_end()));
        }
        let expected = "SeeTenant: yes yes yes yes\n\
             SeeTeam: yes yes yes yes\n\
             InviteMember: yes -   -   -\n\
             ManageMembers: yes -   -   -\n\
             ChangeTenantSettings: yes yes -   -\n\
             SeeAudit: yes yes -   -\n\
             ManageSupport: yes -   -   -\n\
             CloseTenant: yes -   -   -\n";
        assert_eq!(table, expected);
    }

    /// A new action is closed to support sessions until somebody opens it here.
    #[test]
    fn support_looks_and_does_what_was_granted_alone() {
        let all = Grants { settings: true };
        for (action, _) in Action::IN_TENANT {
            let looks = matches!(action, Action::SeeTenant | Action::SeeTeam);
            assert_eq!(support_allows(Grants::default(), action), looks, "{action:?}");
            let more = looks || action == Action::ChangeTenantSettings;
            assert_eq!(support_allows(all, action), more, "{action:?}");
        }
    }

    #[test]
    fn no_role_reaches_beyond_its_tenant() {
        for role in Role::ALL {
            for action in [
                Action::SeePlatform,
                Action::SupportTenant,
                Action::SuspendTenant,
                Action::ReadAudit,
                Action::ManagePosture,
                Action::ImportPeople,
                Action::SendResetLink,
                Action::ChangePlatformSettings,
            ] {
                assert!(!role_allows(role, action), "{role:?} {action:?}");
            }
        }
    }
}
