//! What tenancy stores, and why.

use kernel::DataClass;
use kernel::domain::DataKind::{self, Credential, Plain, Pseudonym, SealedPersonal};

const fn class(column: &'static str, kind: DataKind, purpose: &'static str) -> DataClass {
    DataClass { column, kind, purpose }
}

pub(crate) const CLASSES: &[DataClass] = &[
    class("tenant.id", Plain, "names the tenant"),
    class("tenant.slug", Plain, "its name in URLs"),
    class("tenant.name", Plain, "its name; an organisation's, not a person's"),
    class("tenant.region", Plain, "where its file lies"),
    class("tenant.state", Plain, "active or suspended"),
    class("tenant.factor_wanted", Plain, "of whom it wants a second factor"),
    class("tenant.origin_mode", Plain, "whether other origins are refused or only noted"),
    class("origin.tenant", Plain, "which tenant"),
    class("origin.origin", Plain, "from where pages may call the API for it"),
    class("tenant.deleted_from", Plain, "when it is deleted, once it was closed"),
    class("tenant.made_at", Plain, "since when"),
    class("member.tenant", Plain, "which tenant"),
    class("member.account", Pseudonym, "who"),
    class("member.role", Plain, "what they may do"),
    class("member.since", Plain, "since when"),
    class("visit.tenant", Plain, "which tenant"),
    class("visit.account", Pseudonym, "who"),
    class("visit.session", Pseudonym, "in which session; it ends with the membership"),
    class("invitation.lookup", Credential, "finds the link"),
    class("invitation.id", Plain, "names the invitation"),
    class("invitation.tenant", Plain, "into which tenant"),
    class("invitation.role", Plain, "as what"),
    class("invitation.email_index", Pseudonym, "whose link it is"),
    class("invitation.email", SealedPersonal, "shown to the owner; sealed under the tenant's key"),
    class("invitation.salt", Credential, "of the link"),
    class("invitation.hash", Credential, "of the link"),
    class("invitation.invited_by", Pseudonym, "named in the letter"),
    class("invitation.expires_at", Plain, "seven days"),
    class("tenant.support_mode", Plain, "whether staff may look in at once"),
    class("support.id", Plain, "names the support session"),
    class("support.tenant", Plain, "which tenant"),
    class("support.account", Pseudonym, "who looked"),
    class("support.session", Pseudonym, "over which session it lies"),
    class("support.reason", SealedPersonal, "why; sealed under the tenant's key"),
    class("support.settings", Plain, "whether settings could be changed"),
    class("support.minutes", Plain, "for how long"),
    class("support.state", Plain, "asked, open, ended or refused"),
    class("support.asked_at", Plain, "shown to the tenant"),
    class("support.ends_at", Plain, "ends it, an hour after its beginning at most"),
    class("support.ended_at", Plain, "shown to the tenant"),
    class("profile.one", Plain, "the only row"),
    class("profile.description", Plain, "the organisation's own words"),
    class("profile.contact", Plain, "the organisation's address; in its own encrypted file"),
];
