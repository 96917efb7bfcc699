//! Chance as a value: code that needs randomness is given a source.

/// A cryptographically secure source of bytes; only tests bring a predictable one.
pub trait Rng: Send + Sync {
    /// Fills `out` completely.
    fn fill(&self, out: &mut [u8]);
}

/// `N` fresh random bytes.
pub fn bytes<const N: usize>(rng: &dyn Rng) -> [u8; N] {
    let mut out = [0_u8; N];
    rng.fill(&mut out);
    out
}
