//! Addresses to throw away: a list that comes with the program, or one that the operator keeps. Relays, which hide an
//! address that somebody keeps, are not on it: they are taken.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use base::text::Email;
use kernel::App;

const BUILT_IN: &str = include_str!("../../data/disposable.txt");

/// Services that pass letters on to an address that their owner keeps.
const RELAYS: [&str; 11] = [
    "addy.io",
    "aleeas.com",
    "anonaddy.com",
    "anonaddy.me",
    "duck.com",
    "mozmail.com",
    "passinbox.com",
    "passmail.net",
    "privaterelay.appleid.com",
    "simplelogin.com",
    "slmail.me",
];

/// The list, as sets of names.
pub(crate) struct List {
    names: HashSet<String>,
    /// The day when it was drawn, `2026-11-24`.
    pub(crate) drawn: String,
}

impl List {
    fn parse(text: &str) -> Self {
        let drawn = text.lines().find_map(|l| l.strip_prefix("# drawn = ")).unwrap_or("unknown");
        let names = text
            .lines()
            .map(|line| line.trim().to_ascii_lowercase())
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .filter(|line| !RELAYS.contains(&line.as_str()))
            .collect();
        Self { names, drawn: drawn.to_owned() }
    }

    /// How many names there are.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether a domain, or one above it, is on the list.
    fn has(&self, domain: &str) -> bool {
        let ascii = url::Host::parse(domain).map_or_else(|_| domain.to_owned(), |h| h.to_string());
        let ascii = ascii.trim_end_matches('.').to_ascii_lowercase();
        if RELAYS.contains(&ascii.as_str()) {
            return false;
        }
        let starts = std::iter::once(0).chain(ascii.match_indices('.').map(|(at, _)| at + 1));
        starts.map(|at| &ascii[at..]).any(|name| self.names.contains(name))
    }
}

/// The list of this installation. A file that cannot be read is said in the log, and the built-in list counts.
pub(crate) fn list(app: &App) -> Arc<List> {
    app.kept.get(|| match app.config.sign_up.disposable_file.as_deref().map(read) {
        Some(Ok(list)) => list,
        Some(Err(error)) => {
            tracing::error!(%error, "sign_up.disposable_file cannot be read: the built-in list counts");
            List::parse(BUILT_IN)
        }
        None => List::parse(BUILT_IN),
    })
}

fn read(path: &Path) -> Result<List, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(List::parse(&text))
}

/// Whether an address is one to throw away, and such are refused here.
pub(crate) fn is_refused(app: &App, email: &Email) -> bool {
    let folded = email.folded();
    let domain = folded.rsplit('@').next().unwrap_or_default();
    !app.config.sign_up.disposable && list(app).has(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_spelling_and_no_relay() {
        let list = List::parse(BUILT_IN);
        assert!(list.len() > 1_000, "{}", list.len());
        for bad in ["mailinator.com", "MAILINATOR.com", "x.y.mailinator.com", "mailinator.com."] {
            assert!(list.has(bad), "{bad}");
        }
        for good in ["larkspur.example", "notmailinator.com.example", "duck.com", "gmail.com"] {
            assert!(!list.has(good), "{good}");
        }
        let own = List::parse("# drawn = 2026-01-01\nxn--bcher-kva.example\n");
        assert!(own.has("bücher.example") && own.drawn == "2026-01-01");
    }
}
