//! The words that people read: Fluent messages, by locale.

use std::fmt::Display;

use base::Fault;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

const ENGLISH: &str = include_str!("../locales/en.ftl");

fn language(code: &str) -> Result<LanguageIdentifier, Fault> {
    code.parse().map_err(|_| Fault::internal(format!("{code} is not a language")))
}

/// All messages of the locales that this binary speaks. English today.
pub struct Texts {
    english: FluentBundle<FluentResource>,
}

impl Texts {
    /// Parses the built-in messages; a malformed file is a defect that tests find.
    pub fn load() -> Result<Self, Fault> {
        let resource = FluentResource::try_new(ENGLISH.to_owned())
            .map_err(|(_, errors)| Fault::internal(format!("locale en: {errors:?}")))?;
        let mut english = FluentBundle::new_concurrent(vec![language("en")?]);
        // Isolation marks are for mixed scripts; they would be copied along with tokens and names.
        english.set_use_isolating(false);
        english
            .add_resource(resource)
            .map_err(|errors| Fault::internal(format!("locale en: {errors:?}")))?;
        Ok(Self { english })
    }

    /// A message without arguments. A missing one shows its own id, and fails a test.
    #[must_use]
    pub fn get(&self, id: &str) -> String {
        self.format(id, None)
    }

    /// A message with named arguments.
    #[must_use]
    pub fn with(&self, id: &str, args: &[(&str, &dyn Display)]) -> String {
        let mut all = FluentArgs::new();
        for (name, value) in args {
            all.set(*name, value.to_string());
        }
        self.format(id, Some(&all))
    }

    /// A message that depends on a count, `$n`.
    #[must_use]
    pub fn count(&self, id: &str, n: i64) -> String {
        let mut args = FluentArgs::new();
        args.set("n", n);
        self.format(id, Some(&args))
    }

    /// Whether there is such a message.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.english.has_message(id)
    }

    fn format(&self, id: &str, args: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.english.get_message(id).and_then(|m| m.value()) else {
            tracing::error!(id, "text is missing");
            return id.to_owned();
        };
        let mut errors = Vec::new();
        let text = self.english.format_pattern(pattern, args, &mut errors);
        if !errors.is_empty() {
            tracing::error!(id, ?errors, "text does not format");
        }
        text.into_owned()
    }
}
