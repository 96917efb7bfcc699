//! Ed25519 signatures (RFC 8032).

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

/// A signing key.
#[derive(Debug)]
pub struct Signer {
    pair: Ed25519KeyPair,
    seed: base::Secret<[u8; 32]>,
}

impl Signer {
    /// The key pair of a 32-byte seed.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        // Every 32-byte string is a valid seed (RFC 8032, section 5.1.5).
        let Ok(pair) = Ed25519KeyPair::from_seed_unchecked(&seed) else { std::process::abort() };
        Self { pair, seed: base::Secret::new(seed) }
    }

    /// The 32 bytes of the public key.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        let mut out = [0_u8; 32];
        out.copy_from_slice(self.pair.public_key().as_ref());
        out
    }

    /// The seed, for formats that bring their own signer.
    pub fn seed(&self) -> &[u8; 32] {
        self.seed.reveal()
    }

    /// The 64 bytes of a signature over `message`.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        let mut out = [0_u8; 64];
        out.copy_from_slice(self.pair.sign(message).as_ref());
        out
    }
}

/// Whether `signature` over `message` is by the holder of `public`.
#[must_use]
pub fn verify(public: &[u8], message: &[u8], signature: &[u8]) -> bool {
    UnparsedPublicKey::new(&ED25519, public).verify(message, signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8032, section 7.1, test 1.
    #[test]
    fn agrees_with_the_rfc() {
        let seed: [u8; 32] = [
            0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec,
            0x2c, 0xc4, 0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03,
            0x1c, 0xae, 0x7f, 0x60,
        ];
        let signer = Signer::from_seed(seed);
        assert!(crate::hex(&signer.public()).starts_with("d75a980182b10ab7"));
        let signature = signer.sign(b"");
        assert!(crate::hex(&signature).starts_with("e5564300c360ac72"));
        assert!(verify(&signer.public(), b"", &signature));
        assert!(!verify(&signer.public(), b"x", &signature));
    }
}
