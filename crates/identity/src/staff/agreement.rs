//! The confidentiality agreement that staff sign.

use base::{Fault, FaultKind};
use kernel::App;
use kernel::text::Lang;

/// The built-in texts, one a language.
const ENGLISH: &str = include_str!("../../text/confidentiality.en.txt");
const GERMAN: &str = include_str!("../../text/confidentiality.de.txt");
/// Bytes of an operator's own text.
const TEXT_BYTES_MAX: usize = 256 * 1024;

/// The text in force.
pub(crate) struct Text {
    /// Plain: lines that begin with `# ` are headings, empty lines part paragraphs.
    pub(crate) text: String,
    /// SHA-256 of it in hex: what is signed.
    pub(crate) digest: String,
    pub(crate) lang: Lang,
}

/// The agreement in a language: the operator's own if there is one, in whatever language it is; else the built-in one.
pub(crate) fn text(app: &App, lang: Lang) -> Result<Text, Fault> {
    let text = match &app.config.staff.agreement_file {
        Some(file) => read(file)?,
        None => {
            let text = if lang == Lang::De { GERMAN } else { ENGLISH };
            text.replace("{product}", &app.brand.load().product)
        }
    };
    let digest = crypt::hex(&crypt::sha256(&[text.as_bytes()]));
    Ok(Text { text, digest, lang })
}

/// Whether a digest is of a text in force, in any language.
pub(crate) fn is_in_force(app: &App, digest: &str) -> Result<bool, Fault> {
    for lang in Lang::ALL {
        if text(app, lang)?.digest == digest {
            return Ok(true);
        }
    }
    Ok(false)
}

fn read(file: &std::path::Path) -> Result<String, Fault> {
    let name = file.display();
    let text = std::fs::read_to_string(file).map_err(|e| {
        let what = format!("staff.agreement_file {name} cannot be read");
        Fault::because(FaultKind::Internal, what, e)
    })?;
    if text.len() > TEXT_BYTES_MAX || text.trim().is_empty() {
        let what = format!(
            "staff.agreement_file {name} is empty, or has more than {TEXT_BYTES_MAX} bytes"
        );
        return Err(Fault::new(FaultKind::Internal, what));
    }
    Ok(text)
}
