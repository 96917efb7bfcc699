//! The shared kernel of the domains: the running application, the operation, who may do what,
//! the manifest that every domain fills in, and the shell of its pages.
//!
//! Absent: every domain. What the kernel needs of one (who holds this cookie? which role has this
//! person there?) it asks through a port that the binary plugs.

pub mod access;
pub mod app;
pub mod config;
pub mod control;
pub mod document;
pub mod domain;
pub mod door;
pub mod fetch;
pub mod inspect;
pub mod job;
pub mod log;
pub mod mail;
pub mod op;
pub mod rules;
pub mod scope;
pub mod settings;
pub mod sms;
pub mod tasks;
pub mod text;
pub mod tls;
pub mod traffic;
pub mod web;

pub use access::{Action, Permit, Role};
pub use app::{
    App, Brand, Identities, Memberships, Noting, Origins, Profile, ProofLine, Proofs, Shadows,
    TenantName,
};
pub use config::{Config, Mode};
pub use domain::{DataClass, Domain};
pub use op::{Actor, Grants, HardwareKey, Membership, Op, Person, Support};
pub use web::captcha;
