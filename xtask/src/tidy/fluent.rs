//! Texts: every Fluent id that is used exists, and every id that exists is used.

use std::collections::{BTreeMap, BTreeSet};

use crate::tidy::lexer::Literal;
use crate::tidy::scan::{Source, is_word, line_at};
use crate::tidy::tree::{Finding, Tree};

const CATALOGUE: &str = "crates/kernel/locales/en.ftl";

/// Ids that the program puts together from a prefix and a value. They are in no literal, so this
/// list is the only sign of their use; a value without a text is for the tests of its crate.
const PREFIXES: [&str; 18] = [
    "assurance-",      // what a verdict rests on
    "change-",         // what happened to a published claim
    "domain-",         // a domain's name on the security page
    "environment-",    // where something was tried
    "error-",          // what is wrong with a field
    "event-",          // an action of the audit log
    "factor-way-",     // another way to present a second factor
    "mail-",           // subjects and lines of letters
    "matrix-",         // what a role may do
    "meter-score-",    // how well a password stands up to guessing
    "notice-",         // what a redirect tells
    "problem-",        // headings and meanings of problem types
    "promise-",        // the words of a claim
    "publication-",    // whether a claim is on the public page
    "role-",           // a role's name
    "sent-",           // what to do while a letter is on its way
    "session-method-", // how somebody signed in
    "state-",          // a claim's state
];

/// Prefixes that Rust code uses for nothing but ids, also where no call of `t` stands in front.
const ALWAYS_IDS: [&str; 2] = ["error-", "notice-"];

/// The methods that look a text up.
const CALLS: [&str; 4] = ["t", "t1", "t2", "tn"];

pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let catalogue = tree.text(CATALOGUE).unwrap_or_default();
    let mut findings = Vec::new();
    let ids = defined(catalogue, &mut findings);
    let mut used = references(catalogue);
    for usage in usages(tree) {
        if let Some(what) = complaint(&usage, &ids) {
            findings.push(Finding::new(&usage.path, usage.line, what));
        }
        used.insert(usage.text);
    }
    for (id, line) in &ids {
        let is_built = PREFIXES.iter().any(|prefix| id.starts_with(prefix));
        if !used.contains(id) && !is_built {
            let what = format!("nobody uses `{id}`: take it out");
            findings.push(Finding::new(CATALOGUE, *line, what));
        }
    }
    findings
}

/// A literal that is an id, or may be one.
struct Usage {
    path: String,
    line: usize,
    text: String,
    /// It certainly is an id: a call looks it up, or its prefix says so.
    is_id: bool,
    /// More is appended to it where it stands: `t("state-" ~ claim.state)`.
    is_prefix: bool,
}

fn complaint(usage: &Usage, ids: &BTreeMap<String, usize>) -> Option<String> {
    let text = &usage.text;
    if !usage.is_id || ids.contains_key(text) {
        return None;
    }
    if usage.is_prefix || text.ends_with('-') {
        let is_known = PREFIXES.contains(&text.as_str());
        let what = format!("`{text}` is no documented prefix: add it in xtask/src/tidy/fluent.rs");
        return (!is_known).then_some(what);
    }
    Some(format!("there is no text `{text}`: add it to {CATALOGUE}"))
}

/// The ids of a catalogue with their lines.
fn defined(catalogue: &str, findings: &mut Vec<Finding>) -> BTreeMap<String, usize> {
    let mut ids = BTreeMap::new();
    for (index, text) in catalogue.lines().enumerate() {
        let Some((name, _)) = text.split_once('=') else {
            continue;
        };
        let name = name.trim_end();
        if is_id(name) && ids.insert(name.to_owned(), index + 1).is_some() {
            let what = format!("`{name}` is there twice, and Fluent keeps only one: take one out");
            findings.push(Finding::new(CATALOGUE, index + 1, what));
        }
    }
    ids
}

/// Ids that another text of the catalogue includes: `{ brand-name }`.
fn references(catalogue: &str) -> BTreeSet<String> {
    let parts = catalogue.split('{').skip(1).filter_map(|part| part.split('}').next());
    parts.map(str::trim).filter(|name| is_id(name)).map(str::to_owned).collect()
}

fn is_id(name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(is_part)
}

fn usages(tree: &Tree) -> Vec<Usage> {
    let mut all = Vec::new();
    for source in tree.sources.iter().filter(|source| source.path.starts_with("crates/")) {
        for literal in source.product_literals() {
            let mut usage = usage(source, literal, &source.path, source.line(literal.start));
            usage.is_id |= is_id(&usage.text)
                && ALWAYS_IDS.iter().any(|prefix| usage.text.starts_with(prefix));
            all.push(usage);
        }
    }
    for (path, text) in tree.texts().filter(|(path, _)| is_template(path)) {
        for (at, expression) in expressions(text) {
            let source = Source::read("", expression);
            for literal in &source.literals {
                let line = line_at(text, at + literal.start);
                all.push(usage(&source, literal, path, line));
            }
        }
    }
    all
}

fn is_template(path: &str) -> bool {
    path.starts_with("crates/") && path.contains("/templates/") && !path.ends_with(".rs")
}

fn usage(source: &Source, literal: &Literal, path: &str, line: usize) -> Usage {
    let before = source.code.get(..literal.start).unwrap_or_default();
    let after = source.code.get(literal.end..).unwrap_or_default();
    Usage {
        path: path.to_owned(),
        line,
        text: literal.text.clone(),
        is_id: is_looked_up(before),
        is_prefix: after.trim_start().starts_with('~'),
    }
}

/// Whether the code in front of a literal calls one of the methods: `shell.t(`, `t1(`.
fn is_looked_up(before: &str) -> bool {
    let Some(callee) = before.trim_end().strip_suffix('(') else {
        return false;
    };
    let start = callee.rfind(|c: char| !is_word(c)).map_or(0, |at| at + 1);
    callee.get(start..).is_some_and(|name| CALLS.contains(&name))
}

/// The expressions and tags of a template with their places, without its comments.
fn expressions(template: &str) -> Vec<(usize, &str)> {
    const PAIRS: [(&str, &str); 3] = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")];
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = template.get(at..) {
        let next = PAIRS.into_iter().filter_map(|pair| Some((rest.find(pair.0)?, pair))).min();
        let Some((start, (open, close))) = next else {
            break;
        };
        let inside = rest.get(start + open.len()..).unwrap_or_default();
        let length = inside.find(close).unwrap_or(inside.len());
        let from = at + start + open.len();
        if open != "{#" {
            found.push((from, inside.get(..length).unwrap_or_default()));
        }
        at = from + length + close.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "crates/identity/templates/signin.html";
    const CODE: &str = "crates/identity/src/page.rs";

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::sample(files)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_text_that_exists_and_is_used_is_good() {
        let catalogue = "signin-title = Sign in\nsignin-count =\n    { $n } tries\n";
        let page = "<h1>{{ shell.t(\"signin-title\") }}</h1>\
                    {% if x %}{{ shell.tn(\"signin-count\", n) }}{% endif %}";
        assert!(found(&[(CATALOGUE, catalogue), (PAGE, page)]).is_empty());
        let code = "fn a() { shell.t(\"signin-title\"); label(\"signin-count\") }";
        assert!(found(&[(CATALOGUE, catalogue), (CODE, code)]).is_empty());
    }

    #[test]
    fn a_missing_text_is_found() {
        let page =
            "<p>\n{{ shell.t1(\"signin-hello\", \"name\", person.name) }}</p>{# t(\"no\") #}";
        let findings = found(&[(PAGE, page)]);
        assert_eq!(findings.len(), 1);
        assert!(findings[0].starts_with(&format!("{PAGE}:2: there is no text `signin-hello`")));
        assert_eq!(found(&[(CODE, "fn a() { shell.t(\"signin-title\") }")]).len(), 1);
        assert_eq!(found(&[(CODE, "fn a() { form.refuse(\"email\", \"error-email\") }")]).len(), 1);
    }

    #[test]
    fn other_literals_and_tests_need_no_text() {
        let other = "fn a() { insert(\"signin-title\"); field(\"e-mail\") }";
        assert!(found(&[(CODE, other)]).is_empty());
        assert!(found(&[(CODE, "#[test]\nfn a() { shell.t(\"no-such-text\") }")]).is_empty());
    }

    #[test]
    fn an_unused_text_is_found() {
        let findings = found(&[(CATALOGUE, "# Old\n\nold-title = Old\n    .label = Label\n")]);
        assert_eq!(findings, [format!("{CATALOGUE}:3: nobody uses `old-title`: take it out")]);
        assert!(found(&[(CATALOGUE, "role-owner = Owner\n")]).is_empty());
        let including = "brand-name = Vouchsafe\nrole-owner = Owner of { brand-name }\n";
        assert!(found(&[(CATALOGUE, including)]).is_empty());
    }

    #[test]
    fn a_text_that_is_there_twice_is_found() {
        assert_eq!(found(&[(CATALOGUE, "role-owner = Owner\nrole-owner = Keeper\n")]).len(), 1);
    }

    #[test]
    fn prefixes_are_documented() {
        assert!(found(&[(PAGE, "{{ shell.t(\"state-\" ~ claim.state) }}")]).is_empty());
        assert_eq!(found(&[(PAGE, "{{ shell.t(\"colour-\" ~ claim.state) }}")]).len(), 1);
    }
}
