//! The audit events of identity: a closed list, no free text.

use audit::Event;
use base::id::{AccountId, InvitationId, PasskeyId, SessionId, TenantId, TokenId};
use kernel::scope::Scopes;
use serde_json::json;

pub(crate) const ALL: &[&str] = &[
    "account.imported",
    "account.language_changed",
    "account.name_changed",
    "account.not_me",
    "account.opened",
    "account.password_changed",
    "account.password_reset",
    "account.reset_link_sent",
    "account.sign_up_of_known_address",
    "account.sign_up_requested",
    "factor.backup_codes_created",
    "factor.mail_codes_set",
    "factor.passkey_added",
    "factor.passkey_removed",
    "factor.phone_added",
    "factor.phone_removed",
    "factor.refused",
    "factor.totp_added",
    "factor.totp_removed",
    "password.corpus_unavailable",
    "session.ended",
    "session.opened",
    "session.refused",
    "session.revoked",
    "session.warned",
    "session.way_mailed",
    "staff.added",
    "staff.agreement_signed",
    "staff.invitation_revoked",
    "staff.invited",
    "staff.removed",
    "staff.reviewed",
    "token.created",
    "token.revoked",
];

/// How an account came to be.
#[derive(Clone, Copy)]
pub enum OpenedBy {
    /// Somebody followed an invitation.
    Invitation,
    /// The first account of the installation.
    Setup,
    /// Somebody signed up and confirmed the address.
    SignUp,
}

/// An account was opened.
#[must_use]
pub fn opened(account: AccountId, by: OpenedBy) -> Event {
    let by = match by {
        OpenedBy::Invitation => "invitation",
        OpenedBy::Setup => "setup",
        OpenedBy::SignUp => "sign_up",
    };
    Event::done("account.opened").to(account).by(account).with(json!({ "by": by }))
}

/// An account came from another system, with a hash of this scheme or with none.
pub(crate) fn imported(account: AccountId, scheme: &'static str) -> Event {
    Event::done("account.imported").to(account).with(json!({ "password": scheme }))
}

/// Somebody signed the confidentiality agreement with this digest.
pub(crate) fn agreement_signed(account: AccountId, digest: &str) -> Event {
    let detail = json!({ "agreement": digest });
    Event::done("staff.agreement_signed").to(account).by(account).with(detail)
}

pub(crate) fn staff_invited(id: InvitationId) -> Event {
    Event::done("staff.invited").to(id)
}

pub(crate) fn staff_invitation_revoked(id: InvitationId) -> Event {
    Event::done("staff.invitation_revoked").to(id)
}

pub(crate) fn staff_added(account: AccountId) -> Event {
    Event::done("staff.added").to(account).by(account)
}

/// Somebody looked whether a person still needs the access.
pub(crate) fn staff_reviewed(account: AccountId) -> Event {
    Event::done("staff.reviewed").to(account)
}

/// So many of their sessions ended.
pub(crate) fn staff_removed(account: AccountId, ended: usize) -> Event {
    Event::done("staff.removed").to(account).with(json!({ "sessions": ended }))
}

pub(crate) fn sign_up_requested(account: AccountId) -> Event {
    Event::done("account.sign_up_requested").to(account)
}

pub(crate) fn sign_up_of_known_address(account: AccountId) -> Event {
    Event::refused("account.sign_up_of_known_address").to(account)
}

/// A link past the CAPTCHA was mailed.
pub(crate) fn way_mailed(account: AccountId) -> Event {
    Event::done("session.way_mailed").to(account)
}

pub(crate) fn name_changed(account: AccountId) -> Event {
    Event::done("account.name_changed").to(account)
}

pub(crate) fn language_changed(account: AccountId) -> Event {
    Event::done("account.language_changed").to(account)
}

pub(crate) fn password_changed(account: AccountId, sessions_ended: usize) -> Event {
    Event::done("account.password_changed")
        .to(account)
        .with(json!({ "sessions_ended": sessions_ended }))
}

pub(crate) fn password_reset(account: AccountId, sessions_ended: usize) -> Event {
    Event::done("account.password_reset")
        .to(account)
        .by(account)
        .with(json!({ "sessions_ended": sessions_ended }))
}

pub(crate) fn reset_link_sent(account: AccountId) -> Event {
    Event::done("account.reset_link_sent").to(account)
}

pub(crate) fn session_opened(account: AccountId, session: SessionId, method: &str) -> Event {
    Event::done("session.opened").to(session).by(account).with(json!({ "method": method }))
}

pub(crate) fn location_held(account: AccountId) -> Event {
    Event::done("session.location_held").to(account)
}

pub(crate) fn location_confirmed(account: AccountId) -> Event {
    Event::done("session.location_confirmed").to(account)
}

pub(crate) fn location_refused(account: AccountId) -> Event {
    Event::refused("session.location_refused").to(account)
}

pub(crate) fn corpus_unavailable() -> Event {
    Event::done("password.corpus_unavailable")
}

pub(crate) fn warned(account: AccountId) -> Event {
    Event::done("session.warned").to(account)
}

pub(crate) fn not_me(account: AccountId, sessions_ended: usize) -> Event {
    let with = json!({ "sessions_ended": sessions_ended });
    Event::done("account.not_me").to(account).by(account).with(with)
}

pub(crate) fn factor_refused(account: AccountId, method: &str) -> Event {
    Event::refused("factor.refused").to(account).with(json!({ "method": method }))
}

pub(crate) fn totp_added(account: AccountId) -> Event {
    Event::done("factor.totp_added").to(account)
}

pub(crate) fn totp_removed(account: AccountId) -> Event {
    Event::done("factor.totp_removed").to(account)
}

pub(crate) fn passkey_added(passkey: PasskeyId) -> Event {
    Event::done("factor.passkey_added").to(passkey)
}

pub(crate) fn passkey_removed(passkey: PasskeyId) -> Event {
    Event::done("factor.passkey_removed").to(passkey)
}

pub(crate) fn phone_added(account: AccountId) -> Event {
    Event::done("factor.phone_added").to(account)
}

pub(crate) fn phone_removed(account: AccountId) -> Event {
    Event::done("factor.phone_removed").to(account)
}

pub(crate) fn mail_codes_set(account: AccountId, on: bool) -> Event {
    Event::done("factor.mail_codes_set").to(account).with(json!({ "on": on }))
}

pub(crate) fn backup_codes_created(account: AccountId) -> Event {
    Event::done("factor.backup_codes_created").to(account)
}

pub(crate) fn session_refused(account: Option<AccountId>, locked: bool) -> Event {
    let event = Event::refused("session.refused").with(json!({ "locked": locked }));
    match account {
        // The target, not the actor: who typed the wrong password is not known.
        Some(account) => event.to(account),
        None => event,
    }
}

pub(crate) fn session_ended(session: SessionId) -> Event {
    Event::done("session.ended").to(session)
}

pub(crate) fn session_revoked(session: SessionId) -> Event {
    Event::done("session.revoked").to(session)
}

pub(crate) fn token_created(
    token: TokenId,
    days: u32,
    scopes: Scopes,
    only: Option<TenantId>,
) -> Event {
    let detail = json!({ "expires_in_days": days, "scopes": scopes.words(), "only": only });
    Event::done("token.created").to(token).with(detail)
}

pub(crate) fn token_revoked(token: TokenId) -> Event {
    Event::done("token.revoked").to(token)
}
