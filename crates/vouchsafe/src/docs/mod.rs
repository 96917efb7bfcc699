//! What programmers read: the API document, its page, and a page for every problem.

mod api;
mod problems;

use kernel::Domain;
use kernel::web::route::Route;

/// The manifest: the binary's own few pages.
pub const DOMAIN: Domain = Domain {
    name: "docs",
    migrations: &[],
    routes,
    jobs: &[],
    events: &[],
    controls: &[],
    data: &[],
    revocations: &[],
    holdings: &[],
};

fn routes() -> Vec<Route> {
    let mut all = api::routes();
    all.extend(problems::routes());
    all
}

pub use problems::PAGES;
