//! The confidentiality agreement that staff sign.

use base::Fault;
use kernel::App;
use kernel::document::Document;
use kernel::text::Lang;

/// The built-in texts, one a language.
const ENGLISH: &str = include_str!("../../text/confidentiality.en.txt");
const GERMAN: &str = include_str!("../../text/confidentiality.de.txt");

/// The agreement in a language: the operator's own if there is one; else the built-in one.
pub(crate) fn text(app: &App, lang: Lang) -> Result<Document, Fault> {
    let own = ("staff.agreement_file", app.config.staff.agreement_file.as_deref());
    Document::in_force(app, own, if lang == Lang::De { GERMAN } else { ENGLISH }, lang)
}

/// The digest of the text in force: what somebody signs.
pub fn digest(app: &App, lang: Lang) -> Result<String, Fault> {
    text(app, lang).map(|text| text.digest)
}

/// Whether a digest is of a text in force, in any language.
pub(crate) fn is_in_force(app: &App, signed: &str) -> Result<bool, Fault> {
    for lang in Lang::ALL {
        if digest(app, lang)? == signed {
            return Ok(true);
        }
    }
    Ok(false)
}
