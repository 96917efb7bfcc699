//! Evidence: an in-toto Statement v1 in a DSSE envelope.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The media type of the payload (in-toto attestation framework).
pub const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";

/// A signed payload (DSSE v1).
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Envelope {
    /// Base64 of the statement.
    pub payload: String,
    /// Its media type.
    pub payload_type: String,
    /// Signatures over the pre-authentication encoding.
    pub signatures: Vec<Signature>,
}

/// One signature.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Signature {
    /// Which key: its note verifier key's name and number.
    pub keyid: String,
    /// Base64 of 64 bytes.
    pub sig: String,
}

/// A statement about `subjects` (name and SHA-256 in hexadecimal).
#[must_use]
pub fn statement(subjects: &[(&str, &str)], predicate_type: &str, predicate: &Value) -> Value {
    let subjects: Vec<Value> = subjects
        .iter()
        .map(|(name, sha256)| json!({ "name": name, "digest": { "sha256": sha256 } }))
        .collect();
    json!({
        "_type": "https://in-toto.io/Statement/v1",
        "subject": subjects,
        "predicateType": predicate_type,
        "predicate": predicate,
    })
}

/// Wraps a statement and signs it.
#[must_use]
pub fn seal(statement: &Value, keyid: &str, sign: impl Fn(&[u8]) -> [u8; 64]) -> Envelope {
    let payload = statement.to_string();
    let signature = sign(&pre_authentication(PAYLOAD_TYPE, payload.as_bytes()));
    Envelope {
        payload: STANDARD.encode(payload),
        payload_type: PAYLOAD_TYPE.to_owned(),
        signatures: vec![Signature { keyid: keyid.to_owned(), sig: STANDARD.encode(signature) }],
    }
}

/// The statement inside, if `verify` accepts one of the signatures.
#[must_use]
pub fn open(envelope: &Envelope, verify: impl Fn(&[u8], &[u8]) -> bool) -> Option<Value> {
    serde_json::from_slice(&payload(envelope, verify)?).ok()
}

/// The bytes of the statement, if `verify` accepts one of the signatures over them.
#[must_use]
pub fn payload(envelope: &Envelope, verify: impl Fn(&[u8], &[u8]) -> bool) -> Option<Vec<u8>> {
    let payload = STANDARD.decode(&envelope.payload).ok()?;
    let signed = pre_authentication(&envelope.payload_type, &payload);
    let good = envelope
        .signatures
        .iter()
        .any(|s| STANDARD.decode(&s.sig).is_ok_and(|sig| verify(&signed, &sig)));
    good.then_some(payload)
}

/// DSSE's PAE: what is signed names its own type and lengths, so a payload cannot be read as another
/// type later.
fn pre_authentication(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let mut out =
        format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len()).into_bytes();
    out.extend_from_slice(payload);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the DSSE protocol document.
    #[test]
    fn encodes_as_the_document_says() {
        let encoded = pre_authentication("http://example.com/HelloWorld", b"hello world");
        assert_eq!(encoded, b"DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    #[test]
    fn a_changed_payload_does_not_open() {
        let tag = |m: &[u8]| {
            let mut out = [0_u8; 64];
            for (n, byte) in m.iter().enumerate() {
                out[n % 64] ^= byte.rotate_left((n % 7) as u32);
            }
            out
        };
        let statement = statement(&[("binary", "00")], "https://example.com/run", &json!({"n": 1}));
        let mut envelope = seal(&statement, "k", tag);
        let accept = |m: &[u8], s: &[u8]| tag(m) == s;
        assert_eq!(open(&envelope, accept), Some(statement));
        envelope.payload = STANDARD.encode("{\"n\":2}");
        assert_eq!(open(&envelope, accept), None);
    }
}
