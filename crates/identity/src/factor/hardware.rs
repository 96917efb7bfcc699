//! Hardware keys, demanded of staff: which makers' keys count (roots of attestation, WebAuthn section 6.5), and of whom
//! they are demanded. Attestation is checked once, when a key is added; a root that is taken out of the file later takes
//! back no key that was added before.

use std::path::Path;
use std::sync::Arc;

use arc_swap::ArcSwapOption;
use kernel::{App, HardwareKey};
use webauthn_rs::prelude::AttestationCaList;

/// Bytes of a file of roots.
const BYTES_MAX: u64 = 1 << 20;
const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// How a session is named that was opened, or shown again, with such a key.
pub(crate) const METHOD: &str = "hardware_key";

/// The roots that count; nothing, where no hardware keys are demanded.
#[derive(Default)]
pub(crate) struct Demanded(ArcSwapOption<AttestationCaList>);

impl Demanded {
    /// What an application demands.
    pub(crate) fn of(app: &App) -> Arc<Self> {
        app.kept.get(Self::default)
    }

    /// Demands keys of these makers, or none any more.
    pub(crate) fn set(&self, roots: Option<Arc<AttestationCaList>>) {
        self.0.store(roots);
    }

    /// The roots, where keys are demanded.
    pub(crate) fn roots(&self) -> Option<Arc<AttestationCaList>> {
        self.0.load_full()
    }

    /// Whether any are demanded.
    pub(crate) fn is_on(&self) -> bool {
        self.0.load().is_some()
    }

    /// What that means for somebody who came with a session of this method, or with a token.
    pub(crate) fn means(&self, staff: bool, has: bool, method: Option<&str>) -> HardwareKey {
        match (staff && self.is_on(), has, method) {
            (false, ..) => HardwareKey::NotAsked,
            (true, false, _) => HardwareKey::Missing,
            (true, true, Some(METHOD)) => HardwareKey::Shown,
            (true, true, _) => HardwareKey::NotShown,
        }
    }
}

/// Reads the file of roots, if the configuration names one. A file that cannot be used is an error: what was demanded shall
/// not be dropped in silence.
pub fn load(app: &App) -> Result<(), String> {
    let Some(file) = &app.config.second_factor.staff_keys_file else { return Ok(()) };
    let roots = read(file).map_err(|why| format!("{}: {why}", file.display()))?;
    Demanded::of(app).set(Some(Arc::new(roots)));
    Ok(())
}

/// How many roots a file has; says why it cannot be used, for the doctor.
pub fn check(file: &Path) -> Result<usize, String> {
    read(file).map(|roots| roots.len())
}

fn read(file: &Path) -> Result<AttestationCaList, String> {
    let bytes = std::fs::metadata(file).map_err(|e| e.to_string())?.len();
    if bytes > BYTES_MAX {
        return Err(format!("{bytes} bytes are too many for a list of roots"));
    }
    let text = std::fs::read_to_string(file).map_err(|e| e.to_string())?;
    let mut all = AttestationCaList::default();
    for (at, part) in text.split(BEGIN).skip(1).enumerate() {
        // What stands between two certificates is for people.
        let part = part.split(END).next().unwrap_or_default();
        let pem = format!("{BEGIN}{part}{END}\n");
        let one = AttestationCaList::try_from(pem.as_bytes())
            .map_err(|e| format!("certificate {}: {e:?}", at + 1))?;
        all.union(&one);
    }
    if all.is_empty() { Err("there is no certificate in PEM in it".into()) } else { Ok(all) }
}
