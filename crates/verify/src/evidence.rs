//! Evidence: signed, named by its hash, and saying the same as its leaf.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use base::Timestamp;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ledger::evidence::{Envelope, payload};
use serde_json::Value;

use crate::judge::Leaf;

/// The raw Ed25519 key in a verifier key `<name>+<id>+<base64>`, whose first byte names the algorithm.
#[must_use]
pub fn raw_key(verifier_key: &str) -> Option<[u8; 32]> {
    let text = verifier_key.splitn(3, '+').nth(2)?;
    let bytes = STANDARD.decode(text).ok()?;
    match bytes.split_first()? {
        (1, key) => key.try_into().ok(),
        _ => None,
    }
}

/// Lower-case hexadecimal SHA-256.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |n: u8| char::from(DIGITS[usize::from(n & 15)]);
    digest(&SHA256, bytes).as_ref().iter().flat_map(|b| [digit(b >> 4), digit(*b)]).collect()
}

/// The statement inside an envelope that is named by `hash` and signed with `key`; says what is wrong.
pub fn opened(hash: &str, text: &str, key: &[u8; 32]) -> Result<Vec<u8>, String> {
    if sha256(text.as_bytes()) != hash {
        return Err("its bytes do not have the hash that names them".into());
    }
    let envelope: Envelope =
        serde_json::from_str(text).map_err(|e| format!("it is no DSSE envelope: {e}"))?;
    let key = UnparsedPublicKey::new(&ED25519, key);
    payload(&envelope, |message, signature| key.verify(message, signature).is_ok())
        .ok_or_else(|| "its signature is not that of the log's key".into())
}

/// Whether a statement says what its leaf says, on what was tested.
pub(crate) fn says_the_same(statement: &Value, leaf: &Leaf, claim: &str) -> Result<(), String> {
    let run = &statement["predicate"];
    let digest_of = |name: &str| {
        let subjects = statement["subject"].as_array();
        let found = subjects.into_iter().flatten().find(|s| s["name"] == name);
        found.and_then(|s| s["digest"]["sha256"].as_str()).unwrap_or_default().to_owned()
    };
    let on = [digest_of("binary"), digest_of("configuration"), digest_of("routes")].join("\n");
    let at = run["ended_at"].as_str().and_then(Timestamp::parse).map(|t| t.0);
    let probe = format!("{}@{}", leaf.control, leaf.version);
    let checks = [
        ("claim", run["claim"] == claim),
        ("time", at == Some(leaf.at)),
        ("probe", run["probe"] == probe.as_str()),
        ("kind", (run["kind"] == "falsification") == leaf.falsification),
        ("outcome", run["outcome"] == leaf.outcome.as_str()),
        ("attempts", run["attempts"].as_u64() == Some(leaf.attempts)),
        ("violations", run["violations"].as_u64() == Some(leaf.violations)),
        ("figure", run["measured"]["value"].as_f64() == leaf.measured),
        ("coverage", run["target"]["covered"].as_u64() == Some(leaf.coverage.0)),
        ("number of targets", run["target"]["of"].as_u64() == Some(leaf.coverage.1)),
        ("subject", sha256(on.as_bytes()).starts_with(&leaf.subject) && leaf.subject.len() == 32),
    ];
    match checks.iter().find(|(_, same)| !same) {
        Some((what, _)) => Err(format!("its {what} is not that of its leaf")),
        None => Ok(()),
    }
}
