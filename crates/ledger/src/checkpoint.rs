//! Checkpoints: a signed note that states a log's size and root (C2SP tlog-checkpoint, signed-note).

use base::{Fault, FaultKind};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use signed_note::{Note, StandardSigner, StandardVerifier, VerifierList};
use tlog_tiles::Hash;

const ED25519: u8 = 1;

/// The key that signs checkpoints, and its name.
pub struct NoteKey {
    name: String,
    seed: [u8; 32],
    public: [u8; 32],
}

impl NoteKey {
    /// From an Ed25519 seed and its public key; `name` is the log's origin.
    pub fn new(name: &str, seed: [u8; 32], public: [u8; 32]) -> Result<Self, Fault> {
        if !signed_note::is_key_name_valid(name) {
            return Err(Fault::internal(format!("{name:?} is not a name for a log")));
        }
        Ok(Self { name: name.to_owned(), seed, public })
    }

    /// The name, which is also the origin line of the log's checkpoints.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The verifier key that outsiders pin: `<name>+<id>+<base64>`.
    #[must_use]
    pub fn verifier_key(&self) -> String {
        format!("{}+{:08x}+{}", self.name, self.id(), STANDARD.encode(tagged(&self.public)))
    }

    fn id(&self) -> u32 {
        signed_note::key_id(&self.name, &tagged(&self.public))
    }

    fn signer(&self) -> Result<StandardSigner, Fault> {
        let text = format!(
            "PRIVATE+KEY+{}+{:08x}+{}",
            self.name,
            self.id(),
            STANDARD.encode(tagged(&self.seed))
        );
        StandardSigner::new(&text).map_err(|e| Fault::internal(format!("note signer: {e:?}")))
    }
}

/// A log's head.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkpoint {
    /// The log's name.
    pub origin: String,
    /// Leaves.
    pub size: u64,
    /// Root of the tree over them.
    pub root: Hash,
}

impl Checkpoint {
    /// The signed note. `extension` is one line without line breaks (we note the time), or empty.
    pub fn sign(&self, key: &NoteKey, extension: &str) -> Result<String, Fault> {
        let extension = if extension.is_empty() { String::new() } else { format!("{extension}\n") };
        let text = format!(
            "{}\n{}\n{}\n{extension}",
            self.origin,
            self.size,
            STANDARD.encode(self.root.0)
        );
        let mut note = Note::new(text.as_bytes(), &[])
            .map_err(|e| Fault::internal(format!("checkpoint: {e:?}")))?;
        note.add_sigs(&[&key.signer()?])
            .map_err(|e| Fault::internal(format!("signing a checkpoint: {e:?}")))?;
        String::from_utf8(note.to_bytes()).map_err(|_| Fault::internal("a checkpoint is not UTF-8"))
    }

    /// Parses a signed note and checks its signature against a pinned verifier key.
    pub fn verify(note: &str, verifier_key: &str) -> Result<Self, Fault> {
        let bad = |what: String| Fault::new(FaultKind::Corrupt, what);
        let verifier =
            StandardVerifier::new(verifier_key).map_err(|e| bad(format!("verifier key: {e:?}")))?;
        let note = Note::from_bytes(note.as_bytes()).map_err(|e| bad(format!("note: {e:?}")))?;
        note.verify(&VerifierList::new(vec![Box::new(verifier)]))
            .map_err(|e| bad(format!("signature: {e:?}")))?;
        let head = tlog_tiles::Checkpoint::from_bytes(note.text())
            .map_err(|_| bad("malformed checkpoint".into()))?;
        Ok(Self { origin: head.origin().to_owned(), size: head.size(), root: *head.hash() })
    }
}

fn tagged(key: &[u8; 32]) -> Vec<u8> {
    let mut out = vec![ED25519];
    out.extend_from_slice(key);
    out
}
