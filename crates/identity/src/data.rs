//! What identity stores, and why.

use kernel::DataClass;
use kernel::domain::DataKind::{self, Credential, Plain, Pseudonym, SealedPersonal};

const fn class(column: &'static str, kind: DataKind, purpose: &'static str) -> DataClass {
    DataClass { column, kind, purpose }
}

pub(crate) const CLASSES: &[DataClass] = &[
    class("account.id", Pseudonym, "names the account"),
    class("account.email_index", Pseudonym, "finds the account of an exact address"),
    class("account.email", SealedPersonal, "letters"),
    class("account.name", SealedPersonal, "shown to the person and their team"),
    class("account.password", Credential, "Argon2id verifier"),
    class("account.staff", Plain, "whether it runs the platform"),
    class("account.made_at", Plain, "when it was opened"),
    class("account.password_changed_at", Plain, "shown to the person"),
    class("account.lang", Plain, "language of letters"),
    class("sign_up.lang", Plain, "becomes the account's"),
    class("sign_up.lookup", Credential, "finds the letter's link"),
    class("sign_up.salt", Credential, "of the link"),
    class("sign_up.hash", Credential, "of the link"),
    class("sign_up.account", Pseudonym, "the account to be; a day at most"),
    class("sign_up.email_index", Pseudonym, "removes other attempts"),
    class("sign_up.email", SealedPersonal, "becomes the account's"),
    class("sign_up.name", SealedPersonal, "becomes the account's"),
    class("sign_up.password", Credential, "becomes the account's"),
    class("sign_up.expires_at", Plain, "a day"),
    class("session.lookup", Credential, "finds the cookie's row"),
    class("session.id", Pseudonym, "names the session"),
    class("session.account", Pseudonym, "whose it is"),
    class("session.salt", Credential, "of the cookie"),
    class("session.hash", Credential, "of the cookie"),
    class("session.place", SealedPersonal, "address and device, shown to the person"),
    class("session.made_at", Plain, "ends it after its absolute life"),
    class("session.last_active_at", Plain, "ends it when idle"),
    class("session.ended_at", Plain, "ended"),
    class("token.lookup", Credential, "finds the token's row"),
    class("token.id", Pseudonym, "names the token"),
    class("token.account", Pseudonym, "whose it is"),
    class("token.salt", Credential, "of the token"),
    class("token.hash", Credential, "of the token"),
    class("token.name", SealedPersonal, "the person's own note"),
    class("token.made_at", Plain, "shown to the person"),
    class("token.expires_at", Plain, "ends it"),
    class("token.last_used_at", Plain, "shown to the person"),
    class("token.revoked_at", Plain, "ended"),
    class("reset_link.lookup", Credential, "finds the link"),
    class("reset_link.salt", Credential, "of the link"),
    class("reset_link.hash", Credential, "of the link"),
    class("reset_link.account", Pseudonym, "whose password"),
    class("reset_link.expires_at", Plain, "half an hour"),
    class("setup_link.one", Plain, "the only row"),
    class("setup_link.salt", Credential, "of the link"),
    class("setup_link.hash", Credential, "of the link"),
    class("setup_link.expires_at", Plain, "half an hour"),
];
