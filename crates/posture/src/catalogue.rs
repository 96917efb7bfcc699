//! The catalogue: every claim that the product knows, built or not, from the files under `claims/`.

use std::sync::OnceLock;

use kernel::control::Promise;
use kernel::text::Lang;
use serde::{Deserialize, Serialize};

/// The files, in the order of the page.
const FILES: [(&str, &str); 12] = [
    ("identity", include_str!("../../../claims/identity.toml")),
    ("tenancy", include_str!("../../../claims/tenancy.toml")),
    ("vault", include_str!("../../../claims/vault.toml")),
    ("audit", include_str!("../../../claims/audit.toml")),
    ("fleet", include_str!("../../../claims/fleet.toml")),
    ("billing", include_str!("../../../claims/billing.toml")),
    ("edge", include_str!("../../../claims/edge.toml")),
    ("voice", include_str!("../../../claims/voice.toml")),
    ("backup", include_str!("../../../claims/backup.toml")),
    ("privacy", include_str!("../../../claims/privacy.toml")),
    ("operations", include_str!("../../../claims/operations.toml")),
    ("console", include_str!("../../../claims/console.toml")),
];

/// How far software can go with a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// A document can say it; nothing can show it.
    Attested,
    /// From the product's own records.
    Computed,
    /// A code path makes the opposite impossible.
    Enforced,
    /// By attack on the running system.
    Live,
    /// Not testable as worded.
    NotTestable,
    /// Said to come.
    Planned,
}

/// A figure in a claim's text.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its place in the text.
    pub name: String,
    /// How much.
    pub value: f64,
    /// Its unit; empty for a count.
    pub unit: String,
    /// `<=`, `>=` or `=`.
    pub direction: String,
}

/// A claim of the catalogue.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its number.
    pub id: String,
    /// Where the promise was first made: seed and line.
    pub seeds: Vec<String>,
    /// How far software can go.
    pub classes: Vec<Class>,
    text: String,
    /// The same in German, of what this program has built; the published wording is the English one.
    #[serde(default)]
    text_de: Option<String>,
    /// What an attack that proves it does.
    pub shown_by: String,
    /// A narrower sentence that can be tested, where this one cannot.
    #[serde(default)]
    pub restated: Option<String>,
    /// Names in the text that hold a digit: `SHA-512`.
    #[serde(default)]
    pub names: Vec<String>,
    /// Every figure of the text.
    #[serde(default)]
    pub parameter: Vec<Parameter>,
    /// Its domain; from the file's name.
    #[serde(skip)]
    pub domain: &'static str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    claim: Vec<Entry>,
}

impl Entry {
    /// The sentence with these figures.
    #[must_use]
    pub fn text_with(&self, parameters: &[Parameter]) -> String {
        let mut text = self.text.clone();
        for p in parameters {
            let figure = format!("{} {}", p.value, p.unit);
            text = text.replace(&format!("{{{}}}", p.name), figure.trim());
        }
        text
    }

    /// The sentence with these figures in another language, if it is written in that.
    #[must_use]
    pub fn text_in(&self, lang: Lang, parameters: &[Parameter]) -> Option<String> {
        let mut text = match lang {
            Lang::De => self.text_de.clone()?,
            Lang::En => return None,
        };
        for p in parameters {
            let unit = match p.unit.as_str() {
                "characters" => "Zeichen",
                "months" => "Monate",
                unit => unit,
            };
            let value = p.value.to_string().replace('.', ",");
            text = text.replace(&format!("{{{}}}", p.name), format!("{value} {unit}").trim());
        }
        Some(text)
    }

    /// The sentence with the catalogue's own figures.
    #[must_use]
    pub fn text(&self) -> String {
        self.text_with(&self.parameter)
    }

    /// Whether it can only be attested.
    #[must_use]
    pub fn is_attested_only(&self) -> bool {
        self.classes.iter().all(|c| *c == Class::Attested)
    }
}

/// All entries, in the order of the page.
#[must_use]
pub fn all() -> &'static [Entry] {
    static ALL: OnceLock<Vec<Entry>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut entries = Vec::new();
        for (domain, text) in FILES {
            match toml::from_str::<File>(text) {
                Ok(file) => entries.extend(file.claim.into_iter().map(|e| Entry { domain, ..e })),
                // A test reads every file; a binary with a broken one was never released.
                Err(e) => tracing::error!(domain, error = %e, "a file of the catalogue is broken"),
            }
        }
        entries
    })
}

/// The entry of this number.
#[must_use]
pub fn find(id: &str) -> Option<&'static Entry> {
    all().iter().find(|e| e.id == id)
}

/// A control's promise with the published value, where the claim's text has that figure.
#[must_use]
pub fn promised(own: &Promise, published: &[Parameter]) -> Promise {
    let spelled = own.name.replace(' ', "_");
    match published.iter().find(|p| p.name == spelled) {
        Some(p) => Promise { value: p.value, ..*own },
        None => *own,
    }
}

/// How a figure changed for whoever relies on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// It promises less.
    Weakened,
    /// It promises more.
    Tightened,
    /// The same.
    None,
}

/// Compares two values of one parameter in its direction.
#[must_use]
pub fn shift(direction: &str, before: f64, after: f64) -> Shift {
    if (before - after).abs() < f64::EPSILON {
        return Shift::None;
    }
    let less = match direction {
        "<=" => after > before,
        ">=" => after < before,
        _ => true, // another exact figure is another promise: said as the worse of the two
    };
    if less { Shift::Weakened } else { Shift::Tightened }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_row_is_there_once_and_reads_well() {
        let ids: BTreeSet<&str> = all().iter().map(|e| e.id.as_str()).collect();
        assert_eq!((all().len(), ids.len()), (336, 336));
        for entry in all() {
            let text = entry.text();
            assert!(text.ends_with('.') && !text.contains('{'), "{}: {text}", entry.id);
            let x = entry.classes.contains(&Class::NotTestable);
            assert!(!x || entry.restated.is_some(), "{} needs a narrower sentence", entry.id);
        }
    }

    #[test]
    fn a_translation_has_the_same_figures() {
        let translated = all().iter().filter(|e| e.text_de.is_some());
        assert!(translated.clone().count() > 50);
        for entry in translated {
            let text = entry.text_in(Lang::De, &entry.parameter).unwrap_or_default();
            assert!(text.ends_with('.') && !text.contains('{'), "{}: {text}", entry.id);
            let german = entry.text_de.as_deref().unwrap_or_default();
            for p in &entry.parameter {
                assert!(german.contains(&format!("{{{}}}", p.name)), "{}: {}", entry.id, p.name);
            }
        }
    }

    #[test]
    fn every_number_of_a_text_is_bound() {
        for entry in all() {
            let mut rest = entry.text.clone();
            for p in &entry.parameter {
                assert!(["<=", ">=", "="].contains(&p.direction.as_str()), "{}", entry.id);
                assert!(rest.contains(&format!("{{{}}}", p.name)), "{}: {}", entry.id, p.name);
            }
            for name in &entry.names {
                rest = rest.replace(name, "");
            }
            assert!(!rest.chars().any(|c| c.is_ascii_digit()), "{}: {rest}", entry.id);
        }
    }

    #[test]
    fn a_figure_is_weakened_in_its_direction() {
        assert_eq!(shift("<=", 1.0, 5.0), Shift::Weakened);
        assert_eq!(shift("<=", 5.0, 1.0), Shift::Tightened);
        assert_eq!(shift(">=", 12.0, 8.0), Shift::Weakened);
        assert_eq!(shift("=", 10.0, 10.0), Shift::None);
    }
}
