//! Tenancy: organisations, their people and roles, and the set-up of the platform itself.
//!
//! Every tenant has a file of its own under a key of its own. The control data holds only the directory,
//! memberships and invitations; a membership is read at every request, so removing somebody works at their
//! next one.

mod brand;
mod control;
mod data;
mod event;
mod group;
mod http;
mod http_admin;
mod http_life;
mod http_support;
mod invitation;
mod life;
mod member;
mod origin;
mod page;
mod page_admin;
mod page_life;
mod page_setup;
mod page_support;
mod page_team;
mod port;
mod problem;
mod setup;
mod support;
pub mod tenant;

use kernel::Domain;
use kernel::web::route::Route;
use store::{Migration, Place};

pub use member::owned_alone;
pub use port::Port;
pub use problem::Refused;
pub use setup::{Complete, Typed, complete};

/// The manifest.
pub const DOMAIN: Domain = Domain {
    name: "tenancy",
    migrations: &[
        Migration {
            place: Place::Control,
            id: "tenancy/0001_tenant_create",
            sql: include_str!("../migrations/control/0001_tenant_create.sql"),
        },
        Migration {
            place: Place::Control,
            id: "tenancy/0002_tenant_factor",
            sql: include_str!("../migrations/control/0002_tenant_factor.sql"),
        },
        Migration {
            place: Place::Control,
            id: "tenancy/0003_support_create",
            sql: include_str!("../migrations/control/0003_support_create.sql"),
        },
        Migration {
            place: Place::Control,
            id: "tenancy/0004_visit_create",
            sql: include_str!("../migrations/control/0004_visit_create.sql"),
        },
        Migration {
            place: Place::Control,
            id: "tenancy/0005_tenant_close",
            sql: include_str!("../migrations/control/0005_tenant_close.sql"),
        },
        Migration {
            place: Place::Control,
            id: "tenancy/0006_origin_create",
            sql: include_str!("../migrations/control/0006_origin_create.sql"),
        },
        Migration {
            place: Place::Control,
            id: "tenancy/0007_group_create",
            sql: include_str!("../migrations/control/0007_group_create.sql"),
        },
        Migration {
            place: Place::Tenant,
            id: "tenancy/0001_profile_create",
            sql: include_str!("../migrations/tenant/0001_profile_create.sql"),
        },
    ],
    routes,
    jobs: &[support::service::END, life::delete::DELETE],
    events: event::ALL,
    controls: &control::CONTROLS,
    data: data::CLASSES,
    revocations: &[member::visit::end_all],
    holdings: &[member::HOLDING],
};

fn routes() -> Vec<Route> {
    let mut all = page::routes();
    all.extend(page_team::routes());
    all.extend(page_setup::routes());
    all.extend(page_support::routes());
    all.extend(page_admin::routes());
    all.extend(http::routes());
    all.extend(http_admin::routes());
    all.extend(http_support::routes());
    all.extend(http_life::routes());
    all.extend(page_life::routes());
    all.extend(origin::routes());
    all.extend(group::routes());
    all
}
