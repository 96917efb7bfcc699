//! HKDF-SHA-256 (RFC 5869) and HMAC-SHA-256 (RFC 2104) with labelled purposes.

use aws_lc_rs::{hkdf, hmac};

/// Derives `N` bytes from `key` for one `purpose`; the salt may be empty.
pub(crate) fn hkdf<const N: usize>(key: &[u8], salt: &[u8], purpose: &[u8]) -> [u8; N] {
    struct Length(usize);
    impl hkdf::KeyType for Length {
        fn len(&self) -> usize {
            self.0
        }
    }
    let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, salt).extract(key);
    let mut out = [0_u8; N];
    // Expanding fails only beyond 255 * 32 bytes (RFC 5869, section 2.3); N is at most 80 here.
    let filled = prk.expand(&[purpose], Length(N)).and_then(|okm| okm.fill(&mut out));
    debug_assert!(filled.is_ok());
    if filled.is_err() {
        std::process::abort();
    }
    out
}

/// A keyed hash of `text`: equal texts give equal values, which only holders of `key` can compute.
/// It lets a column of sealed values be searched for one exact value.
#[must_use]
pub fn blind_index(key: &[u8; 32], text: &str) -> [u8; 32] {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes());
    let mut out = [0_u8; 32];
    out.copy_from_slice(tag.as_ref());
    out
}
