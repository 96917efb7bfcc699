//! Every use of a cryptographic primitive: sealing, hashing, signing, tokens and the key ladder.
//!
//! AWS-LC does the arithmetic, except for Argon2id and the older hashes of imported passwords (their own libraries)
//! and for signed notes (`ledger` uses the format's library). Domains call this crate, never a primitive.
//! Absent: any choice of algorithm at run time. A format that needs another one gets a new number.

pub mod derive;
pub mod kit;
pub mod ladder;
pub mod legacy;
pub mod password;
pub mod rng;
pub mod seal;
pub mod sign;
pub mod token;

pub use ladder::{Key, MasterKey};
pub use password::{Hasher, PasswordCost, Verifier};
pub use rng::SystemRng;

use aws_lc_rs::digest;

/// SHA-256 of the parts, one after the other.
#[must_use]
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in parts {
        context.update(part);
    }
    let mut out = [0_u8; 32];
    out.copy_from_slice(context.finish().as_ref());
    out
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Whether two byte strings are equal, in time that depends on their length only.
#[must_use]
pub fn equal(a: &[u8], b: &[u8]) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(a, b).is_ok()
}
