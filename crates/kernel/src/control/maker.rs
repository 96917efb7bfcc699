//! A maker of hardware keys in software, for probes: a root, and what its devices attest themselves with (WebAuthn Level 3,
//! section 8.2). Nobody trusts it but whoever takes its root.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};

use super::Unable;

/// A maker.
pub struct Maker {
    root: String,
    batch: Vec<u8>,
    key: EcdsaKeyPair,
}

impl Maker {
    /// A fresh one of this name, with one batch of devices. Chains are found by names: two makers need two.
    pub fn new(name: &str) -> Result<Self, Unable> {
        make(name).map_err(|e| Unable::because(format!("no maker of keys could be made: {e}")))
    }

    /// Its root certificate, in PEM.
    #[must_use]
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The certificate of its devices, in DER.
    pub(super) fn batch(&self) -> &[u8] {
        &self.batch
    }

    pub(super) fn sign(&self, data: &[u8]) -> Vec<u8> {
        let signed = self.key.sign(&SystemRandom::new(), data);
        signed.map_or_else(|_| Vec::new(), |s| s.as_ref().to_vec())
    }
}

fn make(maker: &str) -> Result<Maker, rcgen::Error> {
    let root_key = KeyPair::generate()?;
    let mut root = named(maker, "Root");
    root.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    root.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let certificate = root.self_signed(&root_key)?;
    let batch_key = KeyPair::generate()?;
    let mut batch = named(maker, "Authenticator Attestation");
    batch.is_ca = IsCa::ExplicitNoCa;
    let signed = batch.signed_by(&batch_key, &Issuer::new(root, root_key))?;
    let pkcs8 = batch_key.serialize_der();
    let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &pkcs8)
        .map_err(|_| rcgen::Error::CouldNotParseKeyPair)?;
    Ok(Maker { root: certificate.pem(), batch: signed.der().to_vec(), key })
}

/// The subject that the standard wants of devices.
fn named(maker: &str, unit: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    let name = &mut params.distinguished_name;
    name.push(DnType::CountryName, "DE");
    name.push(DnType::OrganizationName, maker);
    name.push(DnType::OrganizationalUnitName, unit);
    name.push(DnType::CommonName, format!("{maker}, {unit}"));
    params
}
