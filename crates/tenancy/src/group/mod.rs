//! Access groups: some of a tenant's members, and rules that allow or deny them features whatever their roles say.

mod http;
mod page;
pub(crate) mod service;
pub(crate) mod store;

use kernel::web::route::Route;

pub(crate) fn routes() -> Vec<Route> {
    let mut all = http::routes();
    all.extend(page::routes());
    all
}
