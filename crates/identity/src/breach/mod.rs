//! Stolen passwords: whether one is known to be, by a file on this machine or by a service that learns five digits of
//! a hash and nothing else.

pub mod file;
pub(crate) mod service;
mod service_range;

pub use service::refuse_stolen;

use aws_lc_rs::digest;

/// SHA-1, because that is what lists of stolen passwords are made of. It protects nothing here.
pub(crate) fn sha1(password: &str) -> [u8; 20] {
    let mut out = [0; 20];
    let digest = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, password.as_bytes());
    out.copy_from_slice(digest.as_ref());
    out
}
