//! Privacy for people: what is kept of somebody, told to them and forgotten at their word; and what a platform says in
//! public of those who process data for it, under which agreement, and where.
//!
//! What a domain holds about a person it says itself, in its manifest; here it is gathered. Anonymising destroys the
//! person's key: what is sealed under it is noise from then on, in the log and in copies too.

mod control;
mod data;
mod dpa;
mod event;
mod http;
mod page;
mod page_admin;
mod person;
mod problem;
mod processor;

use kernel::Domain;
use kernel::web::route::Route;
use store::{Migration, Place};

/// The manifest.
pub const DOMAIN: Domain = Domain {
    name: "privacy",
    migrations: &[Migration {
        place: Place::Control,
        id: "privacy/0001_processor_create",
        sql: include_str!("../migrations/control/0001_processor_create.sql"),
    }],
    routes,
    jobs: &[person::DESTROY_KEY],
    events: event::ALL,
    controls: &control::CONTROLS,
    data: data::CLASSES,
    revocations: &[],
    holdings: &[],
};

fn routes() -> Vec<Route> {
    let mut all = page::routes();
    all.extend(page_admin::routes());
    all.extend(http::routes());
    all
}
