//! Posture: the claims, their probes, the evidence, and the public page that is computed from them.
//!
//! A state is a pure function of recorded runs and the clock; nobody can set one. A probe counts only
//! while it is known to be able to fail. What was not tried is never shown as passing.
//!
//! Absent: any knowledge of the domains' insides. The probes come with the domains' manifests and go
//! through the public door.

mod assess;
mod attestation;
mod canary;
pub mod catalogue;
mod claim;
mod control;
mod data;
mod digest;
mod evidence;
mod http;
mod http_admin;
mod http_attest;
mod http_badge;
mod http_bundle;
mod http_cache;
mod integrity;
mod lever;
mod mailbox;
mod metrics;
mod page;
mod page_admin;
mod page_changes;
mod page_setup;
mod port;
mod proxy;
mod run;
mod shadow;
mod unrecorded;
pub mod verdict;
mod view;

use kernel::Domain;
use kernel::log::{APPEND_ONLY, TABLES};
use kernel::web::route::Route;
use store::{Migration, Place};

pub use assess::{Noticed, Row, matrix};
pub use assess::{assess_all, assess_one, assess_some, run_until_stopped};
pub use evidence::{note_key, verify};
pub use lever::{Refused as LeverRefused, pause, resume};
pub use port::Port;
pub use view::{ClaimJson, catalogue_json, claims_json};

/// The canaries of a shadow that is to be broken. Fault outside a shadow.
pub fn canaries(app: &kernel::App) -> Result<Vec<kernel::control::Canary>, base::Fault> {
    if !app.store.is_shadow() {
        return Err(base::Fault::internal("canaries are posture's own"));
    }
    canary::service::current(app)
}

/// The manifest.
pub const DOMAIN: Domain = Domain {
    name: "posture",
    migrations: &[
        Migration { place: Place::Posture, id: "posture/0001_log_create", sql: TABLES },
        Migration {
            place: Place::Posture,
            id: "posture/0002_run_create",
            sql: include_str!("../migrations/posture/0002_run_create.sql"),
        },
        Migration {
            place: Place::Posture,
            id: "posture/0003_claim_create",
            sql: include_str!("../migrations/posture/0003_claim_create.sql"),
        },
        Migration { place: Place::Posture, id: "posture/0004_log_append_only", sql: APPEND_ONLY },
        Migration {
            place: Place::Posture,
            id: "posture/0005_day_short",
            sql: include_str!("../migrations/posture/0005_day_short.sql"),
        },
        Migration {
            place: Place::Posture,
            id: "posture/0006_run_newest",
            sql: include_str!("../migrations/posture/0006_run_newest.sql"),
        },
    ],
    routes,
    jobs: &[],
    events: &[
        "posture.attestation_approved",
        "posture.attestation_received",
        "posture.attestation_withdrawn",
        "posture.claim_changed",
        "posture.claim_paused",
        "posture.claim_withdrawn",
        "posture.paused",
        "posture.resumed",
        "posture.run_requested",
    ],
    controls: &control::CONTROLS,
    data: data::CLASSES,
    revocations: &[],
    holdings: &[],
};

fn routes() -> Vec<Route> {
    let mut all = page::routes();
    all.extend(http::routes());
    all.extend(http_bundle::routes());
    all.extend(page_changes::routes());
    all.extend(http_badge::routes());
    all.extend(page_setup::routes());
    all.extend(page_admin::routes());
    all.extend(http_admin::routes());
    all.extend(http_admin::of_claims());
    all.extend(http_attest::routes());
    all
}
