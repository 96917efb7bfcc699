//! Text that came from outside, parsed once at the door.

use crate::Pii;
use crate::limit::{EMAIL_CHARS_MAX, NAME_CHARS_MAX};

/// Why a text was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Nothing but white space.
    Empty,
    /// Not of the wanted form, or with control characters.
    Invalid,
    /// More characters than the limit.
    Long,
}

/// An e-mail address: trimmed, domain in lower case. Two addresses that differ only in case are
/// one account, as every large mailbox provider treats them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email(Pii<String>);

impl Email {
    /// Parses what a person typed. Deliverability is shown by a letter, not by grammar, so this
    /// only refuses what no mail server would take.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Refused::Empty);
        }
        if text.chars().count() > EMAIL_CHARS_MAX {
            return Err(Refused::Long);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(Refused::Invalid)?;
        if !local_part_is_plain(local) || !domain_is_plain(domain) {
            return Err(Refused::Invalid);
        }
        Ok(Self(Pii::new(format!("{local}@{}", domain.to_ascii_lowercase()))))
    }

    /// As it is written on an envelope.
    #[must_use]
    pub fn reveal(&self) -> &str {
        self.0.reveal()
    }

    /// The form that two spellings of one address share; the input of the blind index.
    #[must_use]
    pub fn folded(&self) -> String {
        self.reveal().to_lowercase()
    }
}

fn local_part_is_plain(local: &str) -> bool {
    let plain = |c: char| !c.is_control() && !c.is_whitespace() && !"()<>[],;:\\\"@".contains(c);
    (1..=64).contains(&local.len())
        && local.chars().all(plain)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
}

fn domain_is_plain(domain: &str) -> bool {
    let label = |l: &str| {
        (1..=63).contains(&l.len())
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !l.starts_with('-')
            && !l.ends_with('-')
    };
    domain.len() <= 253 && domain.contains('.') && domain.split('.').all(label)
}

/// One line of a person's words: trimmed, no control characters, not empty, not too long.
pub fn line(text: &str, chars_max: usize) -> Result<String, Refused> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refused::Empty);
    }
    if text.chars().count() > chars_max {
        return Err(Refused::Long);
    }
    // Bidirectional overrides can make a name read as another one.
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    if text.chars().any(hidden) { Err(Refused::Invalid) } else { Ok(text.to_owned()) }
}

/// A person's or an organisation's name.
pub fn name(text: &str) -> Result<String, Refused> {
    line(text, NAME_CHARS_MAX)
}

/// One or two letters for a badge.
#[must_use]
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|w| w.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// A name for URLs: lower-case ASCII letters, digits and single hyphens, at most 40 characters.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
        if out.len() >= 40 {
            break;
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn takes_ordinary_addresses() {
        for good in
            ["mara@larkspur.example", "  a.b+c@x-y.co ", "o'neil@example.com", "ü@example.com"]
        {
            assert!(Email::parse(good).is_ok(), "{good}");
        }
        let spelled = Email::parse("Mara@Larkspur.EXAMPLE").map(|e| e.folded());
        assert_eq!(spelled.as_deref(), Ok("mara@larkspur.example"));
    }

    #[test]
    fn refuses_what_no_server_would_take() {
        for bad in [
            "",
            "mara",
            "@x.example",
            "mara@",
            "mara@localhost",
            "a b@x.example",
            "a@x..example",
            "a@-x.example",
            "a\r\nBcc: b@x.example",
            "a@b@",
            ".a@x.example",
            "a@x.example\0",
        ] {
            assert!(Email::parse(bad).is_err(), "{bad:?}");
        }
        assert_eq!(Email::parse(&format!("{}@x.example", "a".repeat(300))), Err(Refused::Long));
    }

    #[test]
    fn refuses_names_that_deceive() {
        assert_eq!(name("Mara\u{202e}nimdA"), Err(Refused::Invalid));
        assert_eq!(name(" \t "), Err(Refused::Empty));
        assert_eq!(name(&"x".repeat(81)), Err(Refused::Long));
    }

    #[test]
    fn slugs_and_initials() {
        assert_eq!(slug("  Larkspur Dental & Co. "), "larkspur-dental-co");
        assert_eq!(slug("日本"), "");
        assert_eq!(initials("Mara van der Lindqvist"), "ML");
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".{0,400}") {
            let _ = Email::parse(&text);
            let _ = name(&text);
            prop_assert!(slug(&text).len() <= 40);
            let _ = initials(&text);
        }
    }
}
