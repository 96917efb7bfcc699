//! Posture: the claims, their probes, the evidence, and the public page that is computed from them.
//!
//! A state is a pure function of recorded runs and the clock; nobody can set one. A probe counts only
//! while it is known to be able to fail. What was not tried is never shown as passing.
//!
//! Absent: any knowledge of the domains' insides. The probes come with the domains' manifests and go
//! through the public door.

mod assess;
mod canary;
mod data;
mod digest;
mod evidence;
mod http;
mod http_admin;
mod lever;
mod page;
mod page_admin;
mod page_setup;
mod port;
mod proxy;
mod run;
pub mod verdict;
mod view;

use kernel::Domain;
use kernel::log::TABLES;
use kernel::web::route::Route;
use store::{Migration, Place};

pub use assess::{assess_all, run_until_stopped};
pub use evidence::{note_key, verify};
pub use lever::{Refused as LeverRefused, pause, resume};
pub use port::Port;
pub use view::{ClaimJson, claims_json};

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
    ],
    routes,
    jobs: &[],
    events: &["posture.paused", "posture.resumed", "posture.run_requested"],
    controls: &[],
    data: data::CLASSES,
};

fn routes() -> Vec<Route> {
    let mut all = page::routes();
    all.extend(http::routes());
    all.extend(page_setup::routes());
    all.extend(page_admin::routes());
    all.extend(http_admin::routes());
    all
}
