//! Plain texts that people read as pages and sign: agreements.

use std::path::Path;

use base::{Fault, FaultKind};

use crate::app::App;
use crate::text::Lang;

/// Bytes of an operator's own text.
const BYTES_MAX: usize = 256 * 1024;

/// A text that people sign.
#[derive(Clone)]
pub struct Document {
    /// Plain: lines that begin with `# ` are headings, empty lines part paragraphs.
    pub text: String,
    /// SHA-256 of it in hex: what is signed.
    pub digest: String,
    /// The language that it is in, as far as is known.
    pub lang: Lang,
}

impl Document {
    /// The text in force: the operator's own, if `setting` names a file, in whatever language it is; else the built-in one, in
    /// which `{product}` stands for the platform's name. A fault, where the file cannot be read, is empty or too large.
    pub fn in_force(
        app: &App,
        (setting, file): (&str, Option<&Path>),
        built_in: &str,
        lang: Lang,
    ) -> Result<Self, Fault> {
        let (text, lang) = match file {
            Some(file) => (read(setting, file)?, Lang::En),
            None => (built_in.replace("{product}", &app.brand.load().product), lang),
        };
        let digest = crypt::hex(&crypt::sha256(&[text.as_bytes()]));
        Ok(Self { text, digest, lang })
    }
}

fn read(setting: &str, file: &Path) -> Result<String, Fault> {
    let name = file.display();
    let text = std::fs::read_to_string(file).map_err(|e| {
        Fault::because(FaultKind::Internal, format!("{setting} {name} cannot be read"), e)
    })?;
    if text.len() > BYTES_MAX || text.trim().is_empty() {
        let what = format!("{setting} {name} is empty, or has more than {BYTES_MAX} bytes");
        return Err(Fault::new(FaultKind::Internal, what));
    }
    Ok(text)
}

/// A part of a text with its heading, which may be empty.
pub struct Section {
    /// One line.
    pub heading: String,
    /// Each in one line.
    pub paragraphs: Vec<String>,
}

/// A line that begins with `# ` is a heading, empty lines part paragraphs.
#[must_use]
pub fn sections(text: &str) -> Vec<Section> {
    let mut found = vec![Section { heading: String::new(), paragraphs: Vec::new() }];
    let mut paragraph = String::new();
    for line in text.lines().map(str::trim).chain([""]) {
        let heading = line.strip_prefix("# ");
        if (line.is_empty() || heading.is_some()) && !paragraph.is_empty() {
            let done = std::mem::take(&mut paragraph);
            found.last_mut().into_iter().for_each(|s| s.paragraphs.push(done.clone()));
        }
        match heading {
            Some(heading) => {
                found.push(Section { heading: heading.to_owned(), paragraphs: Vec::new() });
            }
            None if line.is_empty() => {}
            None => {
                if !paragraph.is_empty() {
                    paragraph.push(' ');
                }
                paragraph.push_str(line);
            }
        }
    }
    found.retain(|s| !s.heading.is_empty() || !s.paragraphs.is_empty());
    found
}

/// Takes the heading out of the first part: the page's own.
pub fn title(sections: &mut [Section]) -> Option<String> {
    let first = sections.first_mut()?;
    Some(std::mem::take(&mut first.heading)).filter(|heading| !heading.is_empty())
}
