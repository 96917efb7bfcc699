//! Identity: accounts, passwords, sign-in, sessions and access tokens.
//!
//! A session is a row, read at every request: revoking it works at the next one, by construction. No
//! secret lies in the store, only salted hashes; what is personal is sealed under the person's own key.
//!
//! Absent: any way to read or to set somebody else's password.

pub mod account;
pub mod breach;
mod control;
mod data;
mod device;
mod disposable;
mod event;
mod factor;
mod http;
mod http_admin;
mod http_factor;
mod http_import;
mod http_location;
mod http_signup;
mod lockout;
mod page;
mod page_admin;
mod page_captcha;
mod page_factor;
mod page_import;
mod page_location;
mod page_settings;
mod password;
pub mod place;
mod port;
mod problem;
pub mod reset;
pub mod session;
pub mod setup;
mod signin;
mod signup;
pub mod staff;
mod token;

use kernel::Domain;
use kernel::web::route::Route;
use store::{Migration, Place};

pub use breach::refuse_stolen;
pub use event::{OpenedBy, opened};
pub use factor::hardware;
pub use page::cookie;
pub use password::policy;
pub use port::Port;
pub use problem::Refused;
pub use token::token_count;

/// The manifest.
pub const DOMAIN: Domain = Domain {
    name: "identity",
    migrations: &[
        Migration {
            place: Place::Control,
            id: "identity/0001_account_create",
            sql: include_str!("../migrations/control/0001_account_create.sql"),
        },
        Migration {
            place: Place::Control,
            id: "identity/0002_account_lang",
            sql: include_str!("../migrations/control/0002_account_lang.sql"),
        },
        Migration {
            place: Place::Control,
            id: "identity/0003_factor_create",
            sql: include_str!("../migrations/control/0003_factor_create.sql"),
        },
        Migration {
            place: Place::Control,
            id: "identity/0004_device_create",
            sql: include_str!("../migrations/control/0004_device_create.sql"),
        },
        Migration {
            place: Place::Control,
            id: "identity/0005_factor_times",
            sql: include_str!("../migrations/control/0005_factor_times.sql"),
        },
        Migration {
            place: Place::Control,
            id: "identity/0006_location_confirm",
            sql: include_str!("../migrations/control/0006_location_confirm.sql"),
        },
        Migration {
            place: Place::Control,
            id: "identity/0007_passkey_attested",
            sql: include_str!("../migrations/control/0007_passkey_attested.sql"),
        },
        Migration {
            place: Place::Control,
            id: "identity/0008_staff_create",
            sql: include_str!("../migrations/control/0008_staff_create.sql"),
        },
        Migration {
            place: Place::Control,
            id: "identity/0009_token_scopes",
            sql: include_str!("../migrations/control/0009_token_scopes.sql"),
        },
    ],
    routes,
    jobs: &[signup::OPEN_ACCOUNT, reset::SEND_LINK, signin::way::SEND_WAY],
    events: event::ALL,
    controls: &control::CONTROLS,
    data: data::CLASSES,
    revocations: &[token::service::end_in],
    holdings: &[account::HOLDING],
};

fn routes() -> Vec<Route> {
    let mut all = page::routes();
    all.extend(page_admin::routes());
    all.extend(page_captcha::routes());
    all.extend(page_factor::routes());
    all.extend(page_import::routes());
    all.extend(page_location::routes());
    all.extend(page_settings::routes());
    all.extend(http::routes());
    all.extend(http_factor::routes());
    all.extend(http_admin::routes());
    all.extend(http_import::routes());
    all.extend(token::routes());
    all.extend(staff::routes());
    all
}
