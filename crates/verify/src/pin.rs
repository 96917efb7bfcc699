//! What was seen the last time: the key and a checkpoint. Whoever comes back notices a log that was rewritten.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// A key and the last checkpoint under it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    /// Verifier key of the log.
    pub key: String,
    /// Leaves; zero when only the key is known.
    #[serde(default)]
    pub size: u64,
    /// Root of those leaves, base64.
    #[serde(default)]
    pub root: String,
    /// The leaves among them that later verdicts can rest on, with their numbers: the newest word on each claim,
    /// its last violation and its last runs. With them nothing is lost when only newer leaves are fetched.
    #[serde(default)]
    pub carried: Vec<(u64, String)>,
}

/// The pins of one person, by address.
pub(crate) struct Pins {
    file: PathBuf,
    known: BTreeMap<String, Pin>,
}

impl Pins {
    /// Reads the file, if there is one.
    pub(crate) fn open(file: &Path) -> Result<Self, String> {
        let known = match std::fs::read_to_string(file) {
            Ok(text) => serde_json::from_str(&text)
                .map_err(|e| format!("{} is not a file of pins: {e}", file.display()))?,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => BTreeMap::new(),
            Err(e) => return Err(format!("{}: {e}", file.display())),
        };
        Ok(Self { file: file.to_owned(), known })
    }

    pub(crate) fn find(&self, address: &str) -> Option<&Pin> {
        self.known.get(address)
    }

    /// Remembers; the file is whole or as before.
    pub(crate) fn keep(&mut self, address: &str, pin: Pin) -> Result<(), String> {
        self.known.insert(address.to_owned(), pin);
        let text = serde_json::to_string_pretty(&self.known).map_err(|e| e.to_string())?;
        let failed = |e: std::io::Error| format!("{}: {e}", self.file.display());
        if let Some(folder) = self.file.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let part = self.file.with_extension("part");
        std::fs::write(&part, text).map_err(failed)?;
        std::fs::rename(&part, &self.file).map_err(failed)
    }
}
