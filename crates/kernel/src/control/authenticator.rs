//! A passkey authenticator in software, for probes: what a browser with a device would answer, or almost. It speaks
//! ES256, and says who made it if it is told to (WebAuthn Level 3, sections 6, 8.2 and 8.7).

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use base::{Rng, rng};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use serde_json::{Value, json};

use super::Unable;
use super::maker::Maker;

/// A device with one passkey.
pub struct Authenticator {
    key: EcdsaKeyPair,
    id: [u8; 32],
    origin: String,
    host: String,
    user: String,
    counter: u32,
}

/// What a device says of its maker.
#[derive(Clone, Copy)]
pub enum Attestation<'a> {
    /// Nothing.
    None,
    /// That it exists: signed with the new key alone.
    Itself,
    /// Who made it.
    By(&'a Maker),
}

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Twist {
    /// Another challenge was signed.
    Challenge,
    /// Nothing.
    #[default]
    None,
    /// Signed for another site's page.
    Origin,
    /// Signed by another key.
    Signature,
    /// For another relying party.
    Party,
    /// Nobody was asked for finger, face or PIN.
    Unverified,
    /// The counter runs backwards, as a copied device's would.
    Counter,
}

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;

impl Authenticator {
    /// A fresh device at a browser that shows `origin`: `https://console.example.com`.
    pub fn new(origin: &str, chance: &dyn Rng) -> Result<Self, Unable> {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING)
            .map_err(|_| Unable::because("no key could be made"))?;
        let host = origin.split("://").nth(1).unwrap_or("localhost");
        let host = host.split(':').next().unwrap_or("localhost").to_owned();
        let id = rng::bytes(chance);
        Ok(Self { key, id, origin: origin.to_owned(), host, user: String::new(), counter: 0 })
    }

    /// The answer to a registration's options, without a word about the maker.
    pub fn create(&mut self, options: &Value) -> Value {
        self.create_attested(options, Attestation::None)
    }

    /// The answer to a registration's options.
    pub fn create_attested(&mut self, options: &Value, by: Attestation<'_>) -> Value {
        let asked = &options["publicKey"];
        self.user = asked["user"]["id"].as_str().unwrap_or_default().to_owned();
        let client = self.client_data("webauthn.create", asked, Twist::None);
        let mut data = self.authenticator_data(PRESENT | VERIFIED | ATTESTED, Twist::None);
        data.extend_from_slice(&[0; 16]); // AAGUID: none
        data.extend_from_slice(&32_u16.to_be_bytes());
        data.extend_from_slice(&self.id);
        data.extend_from_slice(&self.cose_key());
        // CBOR: {"fmt": text, "attStmt": map, "authData": bytes}
        let mut object = b"\xa3\x63fmt".to_vec();
        object.extend_from_slice(&self.statement(by, &data, &client));
        object.extend_from_slice(b"\x68authData");
        object.extend_from_slice(&bytes(&data));
        json!({
            "id": BASE64.encode(self.id), "rawId": BASE64.encode(self.id), "type": "public-key",
            "extensions": {},
            "response": {
                "attestationObject": BASE64.encode(object),
                "clientDataJSON": BASE64.encode(client),
            },
        })
    }

    /// The answer to a sign-in's options, twisted.
    pub fn get(&mut self, options: &Value, twist: Twist) -> Value {
        if twist != Twist::Counter {
            self.counter += 1;
        }
        let client = self.client_data("webauthn.get", &options["publicKey"], twist);
        let flags = if twist == Twist::Unverified { PRESENT } else { PRESENT | VERIFIED };
        let data = self.authenticator_data(flags, twist);
        let mut signed = data.clone();
        signed.extend_from_slice(&crypt::sha256(&[&client]));
        if twist == Twist::Signature {
            signed.push(0);
        }
        let signature = self.sign(&signed);
        json!({
            "id": BASE64.encode(self.id), "rawId": BASE64.encode(self.id), "type": "public-key",
            "extensions": {},
            "response": {
                "authenticatorData": BASE64.encode(data),
                "clientDataJSON": BASE64.encode(client),
                "signature": BASE64.encode(signature),
                "userHandle": self.user,
            },
        })
    }

    /// CBOR: the format's name, then `"attStmt"` and {"alg": -7, "sig": bytes, "x5c": [bytes]}, or less of it.
    fn statement(&self, by: Attestation<'_>, data: &[u8], client: &[u8]) -> Vec<u8> {
        let signed = [data, &crypt::sha256(&[client])].concat();
        let (signature, chain) = match by {
            Attestation::None => return b"\x64none\x67attStmt\xa0".to_vec(),
            Attestation::Itself => (self.sign(&signed), None),
            Attestation::By(maker) => (maker.sign(&signed), Some(bytes(maker.batch()))),
        };
        let mut made = b"\x66packed\x67attStmt".to_vec();
        made.push(if chain.is_some() { 0xa3 } else { 0xa2 });
        made.extend_from_slice(b"\x63alg\x26\x63sig");
        made.extend_from_slice(&bytes(&signature));
        if let Some(chain) = chain {
            made.extend_from_slice(b"\x63x5c\x81");
            made.extend_from_slice(&chain);
        }
        made
    }

    fn sign(&self, data: &[u8]) -> Vec<u8> {
        let signed = self.key.sign(&SystemRandom::new(), data);
        signed.map_or_else(|_| Vec::new(), |s| s.as_ref().to_vec())
    }

    fn client_data(&self, kind: &str, asked: &Value, twist: Twist) -> Vec<u8> {
        let challenge = match twist {
            Twist::Challenge => BASE64.encode([7; 32]),
            _ => asked["challenge"].as_str().unwrap_or_default().to_owned(),
        };
        let origin = match twist {
            Twist::Origin => "https://console.example.net",
            _ => &self.origin,
        };
        let data = json!({
            "type": kind, "challenge": challenge, "origin": origin, "crossOrigin": false,
        });
        data.to_string().into_bytes()
    }

    fn authenticator_data(&self, flags: u8, twist: Twist) -> Vec<u8> {
        let party = if twist == Twist::Party { "console.example.net" } else { &self.host };
        let mut data = crypt::sha256(&[party.as_bytes()]).to_vec();
        data.push(flags);
        let counter = if twist == Twist::Counter { 0 } else { self.counter };
        data.extend_from_slice(&counter.to_be_bytes());
        data
    }

    /// RFC 9053, section 7.1.1: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
    fn cose_key(&self) -> Vec<u8> {
        let point = self.key.public_key().as_ref(); // 0x04, x, y
        let (x, y) = (&point[1..33], &point[33..65]);
        [
            &[0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20][..],
            x,
            &[0x22, 0x58, 0x20],
            y,
        ]
        .concat()
    }
}

/// CBOR: a string of up to 65,535 bytes (RFC 8949, section 3.1).
fn bytes(data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap_or(u16::MAX);
    [&[0x59][..], &length.to_be_bytes(), data].concat()
}
