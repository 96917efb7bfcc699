//! Sealing: AES-256-GCM under a key derived for each message, with key commitment and bound context.
//!
//! Layout: `"VS" 0x01 | key version, u32 BE | salt, 24 B | commitment, 32 B | ciphertext and tag`.
//!
//! The message key and the commitment come from HKDF over a fresh 192-bit salt, so the 2^32 limit
//! of random 96-bit nonces (SP 800-38D, section 8.3) is out of reach, and a ciphertext opens under one
//! key only (without commitment GCM ciphertexts can be made that open under two).

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use base::{Rng, rng};

use crate::derive::hkdf;
use crate::{Key, equal};

const MAGIC: [u8; 3] = [b'V', b'S', 1];
const SALT: usize = 24;
const COMMITMENT: usize = 32;
const HEAD: usize = MAGIC.len() + 4 + SALT + COMMITMENT;
const TAG: usize = 16;

/// How many bytes sealing adds.
pub const OVERHEAD: usize = HEAD + TAG;

/// The ciphertext does not open: another key, another context, or changed bytes. Which of them is
/// deliberately not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unopened;

impl std::fmt::Display for Unopened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("sealed data does not open: wrong key, moved, or damaged")
    }
}

impl std::error::Error for Unopened {}

/// Seals `plain` under `key`, bound to `context`: where the ciphertext belongs, for example
/// `["account", "email", id]`. It opens nowhere else.
#[must_use]
pub fn seal(key: &Key, context: &[&str], plain: &[u8], rng: &dyn Rng) -> Vec<u8> {
    let salt: [u8; SALT] = rng::bytes(rng);
    let (message_key, nonce, commitment) = message_keys(key, &salt);
    let mut out = Vec::with_capacity(OVERHEAD + plain.len());
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&key.version().to_be_bytes());
    out.extend_from_slice(&salt);
    out.extend_from_slice(&commitment);
    let mut body = plain.to_vec();
    // AES-GCM refuses only beyond 64 GiB; every caller limits its plaintext far below that.
    if message_key.seal_in_place_append_tag(nonce, Aad::from(aad(context)), &mut body).is_err() {
        std::process::abort();
    }
    out.extend_from_slice(&body);
    out
}

/// Opens what [`seal`] made with the same key and context.
pub fn open(key: &Key, context: &[&str], sealed: &[u8]) -> Result<Vec<u8>, Unopened> {
    if sealed.len() < OVERHEAD || key_version(sealed)? != key.version() {
        return Err(Unopened);
    }
    let (head, body) = sealed.split_at(HEAD);
    let salt: [u8; SALT] = head[7..7 + SALT].try_into().map_err(|_| Unopened)?;
    let (message_key, nonce, commitment) = message_keys(key, &salt);
    if !equal(&commitment, &head[HEAD - COMMITMENT..]) {
        return Err(Unopened);
    }
    let mut body = body.to_vec();
    let plain = message_key
        .open_in_place(nonce, Aad::from(aad(context)), &mut body)
        .map_err(|_| Unopened)?;
    let length = plain.len();
    body.truncate(length);
    Ok(body)
}

/// Which version of its key a ciphertext was sealed under.
pub fn key_version(sealed: &[u8]) -> Result<u32, Unopened> {
    if sealed.len() < HEAD || sealed[..3] != MAGIC {
        return Err(Unopened);
    }
    sealed[3..7].try_into().map(u32::from_be_bytes).map_err(|_| Unopened)
}

fn message_keys(key: &Key, salt: &[u8; SALT]) -> (LessSafeKey, Nonce, [u8; COMMITMENT]) {
    let okm: [u8; 76] = hkdf(key.bytes(), salt, b"vouchsafe seal v1");
    let mut nonce = [0_u8; 12];
    nonce.copy_from_slice(&okm[32..44]);
    let mut commitment = [0_u8; COMMITMENT];
    commitment.copy_from_slice(&okm[44..]);
    let Ok(unbound) = UnboundKey::new(&AES_256_GCM, &okm[..32]) else { std::process::abort() };
    (LessSafeKey::new(unbound), Nonce::assume_unique_for_key(nonce), commitment)
}

/// Length-prefixed, so that `["ab", "c"]` and `["a", "bc"]` differ.
fn aad(context: &[&str]) -> Vec<u8> {
    let mut out = Vec::new();
    for part in context {
        out.extend_from_slice(&(part.len() as u64).to_be_bytes());
        out.extend_from_slice(part.as_bytes());
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::SystemRng;

    fn key(byte: u8) -> Key {
        Key::from_bytes([byte; 32], 1)
    }

    #[test]
    fn opens_only_where_it_belongs() {
        let sealed = seal(&key(1), &["account", "email", "a"], b"mara", &SystemRng);
        assert_eq!(open(&key(1), &["account", "email", "a"], &sealed).as_deref(), Ok(&b"mara"[..]));
        assert_eq!(open(&key(2), &["account", "email", "a"], &sealed), Err(Unopened));
        assert_eq!(open(&key(1), &["account", "email", "b"], &sealed), Err(Unopened));
        assert_eq!(open(&key(1), &["account", "emaila"], &sealed), Err(Unopened));
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let sealed = seal(&key(1), &["x"], b"secret", &SystemRng);
        for at in 0..sealed.len() {
            let mut broken = sealed.clone();
            broken[at] ^= 1;
            assert_eq!(open(&key(1), &["x"], &broken), Err(Unopened), "byte {at}");
        }
    }

    #[test]
    fn the_same_text_seals_differently_each_time() {
        assert_ne!(
            seal(&key(1), &["x"], b"a", &SystemRng),
            seal(&key(1), &["x"], b"a", &SystemRng)
        );
    }

    proptest! {
        #[test]
        fn survives_any_text_and_refuses_any_noise(plain in proptest::collection::vec(any::<u8>(), 0..300)) {
            let sealed = seal(&key(3), &["t"], &plain, &SystemRng);
            prop_assert_eq!(sealed.len(), plain.len() + OVERHEAD);
            prop_assert_eq!(open(&key(3), &["t"], &sealed), Ok(plain.clone()));
            prop_assert_eq!(open(&key(3), &["t"], &plain), Err(Unopened));
        }
    }
}
