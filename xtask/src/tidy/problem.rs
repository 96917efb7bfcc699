//! Problem types: each that an answer may carry has words that say what to do.

use crate::tidy::tree::{Finding, Tree};

const WORDS: &str = "crates/kernel/locales/en.ftl";

pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let words = tree.text(WORDS).unwrap_or_default();
    let mut findings = Vec::new();
    for source in tree.sources.iter().filter(|source| source.path.starts_with("crates/")) {
        for literal in source.product_literals() {
            let Some(id) = text_id(&literal.text) else { continue };
            if !words.lines().any(|line| line.starts_with(&format!("{id}-help ="))) {
                let what = format!("the problem type has no words: write {id}-help in {WORDS}");
                findings.push(Finding::new(&source.path, source.line(literal.start), what));
            }
        }
    }
    findings
}

/// The text of a problem type such as `identity/locked-out`; `None` for what is no problem type.
fn text_id(literal: &str) -> Option<String> {
    let (domain, name) = literal.split_once('/')?;
    let known = ["audit", "identity", "kernel", "posture", "tenancy"].contains(&domain);
    (known && is_name(name)).then(|| format!("problem-{domain}-{name}"))
}

fn is_name(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_lowercase() || c == '-';
    !text.is_empty() && text.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "crates/identity/src/problem.rs";

    #[test]
    fn a_problem_without_words_is_found() {
        let code = "const A: &str = \"identity/locked-out\";";
        assert_eq!(check(&Tree::sample(&[(CODE, code)])).len(), 1);
        let words = (WORDS, "problem-identity-locked-out-help = Wait an hour.\n");
        assert!(check(&Tree::sample(&[(CODE, code), words])).is_empty());
    }

    #[test]
    fn a_route_and_a_migration_are_no_problems() {
        assert_eq!(text_id("/problem/{domain}/{name}"), None);
        assert_eq!(text_id("posture/0001_log_create"), None);
        assert_eq!(text_id("text/html"), None);
    }
}
