//! The platform's own people: invited, bound to confidentiality before anything is open to them, reviewed, removed.
//!
//! Their accounts are opened for this and are nobody's customer account. Absent: kinds of staff; who is staff may do what
//! staff may do.

pub(crate) mod agreement;
mod http;
mod page;
pub(crate) mod service;
pub(crate) mod store;

pub use agreement::digest;
pub use service::begin;

use kernel::web::route::Route;

pub(crate) fn routes() -> Vec<Route> {
    let mut all = http::routes();
    all.extend(page::routes());
    all
}
