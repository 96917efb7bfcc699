//! The manifest: what a domain brings. One list of manifests drives router, jobs, proofs and privacy.

use base::Fault;
use base::id::{AccountId, TenantId};
use store::{Migration, Tx};

use crate::access::Permit;
use crate::app::App;
use crate::control::Control;
use crate::job::JobKind;
use crate::op::Op;
use crate::web::route::Route;

/// A domain's manifest.
#[derive(Clone, Copy)]
pub struct Domain {
    /// Its crate's name.
    pub name: &'static str,
    /// Its tables.
    pub migrations: &'static [Migration],
    /// Its routes: pages and API.
    pub routes: fn() -> Vec<Route>,
    /// The jobs that it can do.
    pub jobs: &'static [JobKind],
    /// The audit events that it may emit.
    pub events: &'static [&'static str],
    /// The probes that prove its claims.
    pub controls: &'static [Control],
    /// What it stores: `table.column` with purpose and retention.
    pub data: &'static [DataClass],
    /// What ends when somebody is removed from a tenant.
    pub revocations: &'static [Revocation],
    /// What it holds about people.
    pub holdings: &'static [Holding],
}

/// Ends what a person holds in a tenant, in the transaction that removes them from it: no request in between finds one
/// gone and the other still there.
pub type Revocation = fn(&App, &Tx<'_>, &Op, &Permit, (TenantId, AccountId)) -> Result<(), Fault>;

/// What a domain holds about a person.
#[derive(Clone, Copy)]
pub struct Holding {
    /// Its name in an export.
    pub name: &'static str,
    /// Everything of the signed-in person's, opened.
    pub export: fn(&App, &Op) -> Result<serde_json::Value, Fault>,
    /// Takes it away, in the transaction that takes the account away. Those of upper domains come first.
    pub erase: fn(&App, &Tx<'_>, AccountId) -> Result<(), Fault>,
}

/// What a stored column holds, and why, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct DataClass {
    /// `table.column`.
    pub column: &'static str,
    /// Whether it tells about a person, and how that ends.
    pub kind: DataKind,
    /// Why it is kept.
    pub purpose: &'static str,
}

/// Kinds of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataKind {
    /// A credential's salted hash.
    Credential,
    /// Nothing about a person.
    Plain,
    /// Refers to a person by identifier only.
    Pseudonym,
    /// Sealed under the key of a person: gone when that key is.
    SealedPersonal,
}

/// The manifests' own: rooms of the kernel that have tables.
pub const KERNEL: Domain = Domain {
    name: "kernel",
    migrations: crate::settings::MIGRATIONS,
    routes: crate::web::routes,
    jobs: &[crate::mail::SEND, crate::sms::SEND],
    events: &[],
    controls: &crate::web::control::CONTROLS,
    data: &[
        DataClass { column: "setting.name", kind: DataKind::Plain, purpose: "which setting" },
        DataClass { column: "setting.value", kind: DataKind::Plain, purpose: "its value" },
        DataClass { column: "kept_mail.id", kind: DataKind::Plain, purpose: "which letter" },
        DataClass {
            column: "kept_mail.payload",
            kind: DataKind::SealedPersonal,
            purpose: "a letter of an evaluation, the last 500",
        },
        DataClass { column: "kept_mail.at", kind: DataKind::Plain, purpose: "when" },
    ],
    revocations: &[],
    holdings: &[],
};
