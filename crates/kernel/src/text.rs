//! The words that people read: Fluent messages, by language.

use std::fmt::Display;

use base::Fault;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

/// A language that this binary speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// German.
    De,
}

impl Lang {
    /// All of them, the default first.
    pub const ALL: [Self; 2] = [Self::En, Self::De];

    /// The language tag (BCP 47).
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// The language's name for itself.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
        }
    }

    /// The language with this tag, regions aside: `de-CH` is German.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or("").trim();
        Self::ALL.into_iter().find(|lang| lang.code().eq_ignore_ascii_case(primary))
    }

    /// The best that an `Accept-Language` header asks for (RFC 9110, section 12.5.4), the default without one.
    #[must_use]
    pub fn accepted(header: &str) -> Self {
        let mut best = (0.0_f32, Self::default());
        for range in header.split(',').take(20) {
            let (tag, weight) = range.split_once(';').unwrap_or((range, ""));
            let weight = weight.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.parse().ok());
            if let (Some(lang), Some(weight)) = (Self::parse(tag), weight)
                && weight > best.0
                && weight <= 1.0
            {
                best = (weight, lang);
            }
        }
        best.1
    }

    fn messages(self) -> &'static str {
        match self {
            Self::En => include_str!("../locales/en.ftl"),
            Self::De => include_str!("../locales/de.ftl"),
        }
    }
}

/// The messages of all languages.
pub struct Texts(Vec<FluentBundle<FluentResource>>);

impl Texts {
    /// Parses the built-in messages; a malformed file is a defect that tests find.
    pub fn load() -> Result<Self, Fault> {
        Lang::ALL.into_iter().map(load).collect::<Result<_, _>>().map(Self)
    }

    /// The words of one language.
    #[must_use]
    pub fn of(&self, lang: Lang) -> Words<'_> {
        Words { bundle: &self.0[lang as usize] }
    }
}

fn load(lang: Lang) -> Result<FluentBundle<FluentResource>, Fault> {
    let fault = |e: &dyn std::fmt::Debug| Fault::internal(format!("locale {}: {e:?}", lang.code()));
    let resource =
        FluentResource::try_new(lang.messages().to_owned()).map_err(|(_, e)| fault(&e))?;
    let tag: LanguageIdentifier = lang.code().parse().map_err(|e| fault(&e))?;
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Isolation marks are for mixed scripts; they would be copied along with tokens and names.
    bundle.set_use_isolating(false);
    bundle.add_resource(resource).map_err(|e| fault(&e))?;
    Ok(bundle)
}

/// The words of one language.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    bundle: &'a FluentBundle<FluentResource>,
}

impl Words<'_> {
    /// The language of these words.
    #[must_use]
    pub fn lang(self) -> Lang {
        let code = self.bundle.locales.first().map(ToString::to_string).unwrap_or_default();
        Lang::parse(&code).unwrap_or_default()
    }

    /// A message without arguments. A missing one shows its own id, and fails a test.
    #[must_use]
    pub fn get(self, id: &str) -> String {
        self.format(id, None)
    }

    /// A message with named arguments.
    #[must_use]
    pub fn with(self, id: &str, args: &[(&str, &dyn Display)]) -> String {
        let mut all = FluentArgs::new();
        for (name, value) in args {
            all.set(*name, value.to_string());
        }
        self.format(id, Some(&all))
    }

    /// A message that depends on a count, `$n`.
    #[must_use]
    pub fn count(self, id: &str, n: i64) -> String {
        let mut args = FluentArgs::new();
        args.set("n", n);
        self.format(id, Some(&args))
    }

    /// Whether there is such a message.
    #[must_use]
    pub fn has(self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    fn format(self, id: &str, args: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|m| m.value()) else {
            tracing::error!(id, "text is missing");
            return id.to_owned();
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors);
        if !errors.is_empty() {
            tracing::error!(id, ?errors, "text does not format");
        }
        text.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// The ids of a language's messages, each with the arguments that it takes.
    fn messages(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
        let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut id = String::new();
        for line in lang.messages().lines() {
            let begins = line.starts_with(|c: char| c.is_ascii_lowercase());
            if let (true, Some((name, _))) = (begins, line.split_once('=')) {
                id = name.trim().to_owned();
            }
            let taken = line.split('$').skip(1).map(|rest| {
                rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
            });
            if !id.is_empty() && !line.starts_with('#') {
                all.entry(id.clone()).or_default().extend(taken);
            }
        }
        all
    }

    #[test]
    fn every_language_says_everything() {
        let english = messages(Lang::En);
        assert!(english.len() > 900, "{}", english.len());
        for lang in Lang::ALL {
            let own = messages(lang);
            let missing: Vec<_> = english.keys().filter(|id| !own.contains_key(*id)).collect();
            let extra: Vec<_> = own.keys().filter(|id| !english.contains_key(*id)).collect();
            assert!(missing.is_empty() && extra.is_empty(), "{lang:?}: {missing:?} {extra:?}");
            for (id, args) in &own {
                assert_eq!(Some(args), english.get(id), "{lang:?}: arguments of {id}");
            }
        }
    }

    #[test]
    fn every_message_can_be_said() {
        let texts = Texts::load().expect("the texts are well-formed");
        for lang in Lang::ALL {
            for id in messages(lang).keys() {
                assert!(texts.of(lang).has(id), "{lang:?}: {id}");
            }
        }
        assert_eq!(texts.of(Lang::De).count("tokens-days", 1), "1 Tag");
        assert_eq!(texts.of(Lang::De).count("tokens-days", 7), "7 Tage");
    }

    #[test]
    fn the_best_language_is_chosen() {
        for (header, best) in [
            ("", Lang::En),
            ("de", Lang::De),
            ("de-CH, en;q=0.5", Lang::De),
            ("en-GB,de;q=0.9", Lang::En),
            ("fr, de;q=0.3, en;q=0.2", Lang::De),
            ("fr;q=1, *;q=0.5", Lang::En),
            ("de;q=0", Lang::En),
            ("de;q=7, en;q=0.1", Lang::En),
            ("de;q=x", Lang::En),
        ] {
            assert_eq!(Lang::accepted(header), best, "{header}");
        }
    }
}
