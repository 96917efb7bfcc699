//! Problem types: each address that an answer may carry has a page that says what to do.

use crate::tidy::tree::{Finding, Tree};

const MARK: &str = "/problem/";

pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.sources.iter().filter(|source| source.path.starts_with("crates/")) {
        for literal in source.product_literals() {
            let Some(page) = page(&literal.text).filter(|page| !tree.has(page)) else {
                continue;
            };
            let what = format!("the problem type has no page: write {page}");
            findings.push(Finding::new(&source.path, source.line(literal.start), what));
        }
    }
    findings
}

/// `/problem/identity/locked-out`, also at the end of a longer address, has its page at
/// `docs/problem/identity/locked-out.md`. The pattern of a route names no problem.
fn page(text: &str) -> Option<String> {
    let (_, rest) = text.split_once(MARK)?;
    let (domain, name) = rest.split_once('/')?;
    (is_name(domain) && is_name(name)).then(|| format!("docs{MARK}{domain}/{name}.md"))
}

fn is_name(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !text.is_empty() && text.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "crates/identity/src/problem.rs";

    #[test]
    fn a_problem_without_page_is_found() {
        let code = "const A: &str = \"/problem/identity/locked-out\";";
        assert_eq!(check(&Tree::sample(&[(CODE, code)])).len(), 1);
        let page = ("docs/problem/identity/locked-out.md", "# Locked out\n");
        assert!(check(&Tree::sample(&[(CODE, code), page])).is_empty());
    }

    #[test]
    fn a_route_is_no_problem() {
        assert_eq!(page("/problem/{domain}/{name}"), None);
        assert_eq!(page("/problem/"), None);
        let whole = page("https://console.example.com/problem/identity/locked-out");
        assert_eq!(whole.as_deref(), Some("docs/problem/identity/locked-out.md"));
    }
}
