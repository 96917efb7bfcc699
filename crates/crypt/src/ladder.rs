//! The key ladder: master key -> wrapped tenant and person keys -> purpose keys -> message keys.

use base::{Rng, Secret, rng};

use crate::derive::hkdf;
use crate::seal::{self, Unopened};

/// A 256-bit key with the version that its ciphertexts carry.
#[derive(Clone)]
pub struct Key {
    bytes: Secret<[u8; 32]>,
    version: u32,
}

impl Key {
    /// A key from its bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32], version: u32) -> Self {
        Self { bytes: Secret::new(bytes), version }
    }

    /// A fresh random key.
    pub fn generate(version: u32, rng: &dyn Rng) -> Self {
        Self::from_bytes(rng::bytes(rng), version)
    }

    /// The key for one purpose below this one (`db`, `record`, `audit`, ...).
    #[must_use]
    pub fn purpose(&self, purpose: &str) -> Self {
        Self::from_bytes(hkdf(self.bytes(), b"", purpose.as_bytes()), self.version)
    }

    /// The 48 bytes that SQLCipher takes as a raw key: 32 of key, 16 of salt.
    #[must_use]
    pub fn database(&self) -> Secret<[u8; 48]> {
        Secret::new(hkdf(self.bytes(), b"", b"vouchsafe database v1"))
    }

    /// The raw bytes, for primitives that want them.
    pub fn bytes(&self) -> &[u8; 32] {
        self.bytes.reveal()
    }

    /// The version that ciphertexts under this key carry.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key(version {})", self.version)
    }
}

/// The one key at the top. It wraps others and derives the platform's own; it seals no data itself.
#[derive(Clone, Debug)]
pub struct MasterKey(Key);

impl MasterKey {
    /// From 32 bytes, as the key file or the recovery kit hold them.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Key::from_bytes(bytes, 1))
    }

    /// A fresh one.
    pub fn generate(rng: &dyn Rng) -> Self {
        Self(Key::generate(1, rng))
    }

    /// The bytes, for the key file and the recovery kit only.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        self.0.bytes()
    }

    /// A key of the platform itself (`control`, `audit`, `index`, ...).
    #[must_use]
    pub fn platform(&self, purpose: &str) -> Key {
        self.0.purpose(&format!("platform {purpose}"))
    }

    /// Wraps a tenant's or a person's key; `owner` is its identifier and is bound to the result.
    #[must_use]
    pub fn wrap(&self, owner: &str, key: &Key, rng: &dyn Rng) -> Vec<u8> {
        seal::seal(
            &self.0.purpose("wrap"),
            &["key", owner, &key.version.to_string()],
            key.bytes(),
            rng,
        )
    }

    /// Opens what [`MasterKey::wrap`] made for the same owner and version.
    pub fn unwrap_key(&self, owner: &str, version: u32, wrapped: &[u8]) -> Result<Key, Unopened> {
        let context = ["key", owner, &version.to_string()];
        let bytes = seal::open(&self.0.purpose("wrap"), &context, wrapped)?;
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| Unopened)?;
        Ok(Key::from_bytes(bytes, version))
    }

    /// A value that shows whether two master keys are the same without telling them.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        crate::hex(&hkdf::<8>(self.bytes(), b"", b"vouchsafe master fingerprint"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemRng;

    #[test]
    fn wrapped_keys_open_for_their_owner_only() {
        let master = MasterKey::generate(&SystemRng);
        let key = Key::generate(1, &SystemRng);
        let wrapped = master.wrap("ten_1", &key, &SystemRng);
        assert_eq!(master.unwrap_key("ten_1", 1, &wrapped).map(|k| *k.bytes()), Ok(*key.bytes()));
        assert!(master.unwrap_key("ten_2", 1, &wrapped).is_err());
        assert!(master.unwrap_key("ten_1", 2, &wrapped).is_err());
        assert!(MasterKey::generate(&SystemRng).unwrap_key("ten_1", 1, &wrapped).is_err());
    }

    #[test]
    fn purposes_do_not_share_keys() {
        let master = MasterKey::generate(&SystemRng);
        assert_ne!(master.platform("control").bytes(), master.platform("audit").bytes());
        assert_ne!(master.bytes(), master.platform("control").bytes());
        assert!(!format!("{master:?}").contains(&crate::hex(master.bytes())[..8]));
    }
}
