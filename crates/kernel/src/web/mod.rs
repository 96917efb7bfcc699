//! The web shell of all domains: routes from manifests, one guard before each, one look.

pub mod assets;
pub mod body;
pub mod captcha;
pub(crate) mod control;
mod cross;
mod guard;
mod headers;
mod health;
mod jobs;
pub mod limit;
mod member;
pub mod openapi;
pub mod page;
pub mod problem;
mod refused;
pub mod route;
mod router;
pub mod trap;

pub use guard::{Peer, cookie};
pub use health::metrics_router;
pub use member::membership;
pub use router::router;

use route::Route;

/// The kernel's own routes.
pub(crate) fn routes() -> Vec<Route> {
    let mut all = assets::routes();
    all.extend(captcha::routes());
    all.extend(health::routes());
    all.extend(jobs::routes());
    all.extend(crate::mail::routes());
    all
}
