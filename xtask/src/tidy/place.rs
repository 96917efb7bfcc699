//! What may stand where: SQL, the web framework, and the mark of a canary.

use crate::tidy::scan::{Source, line_at, words};
use crate::tidy::tree::{Finding, Tree};

const SQL: [&str; 4] = ["SELECT ", "INSERT INTO", "DELETE FROM", "CREATE TABLE"];

/// Put together here, so that this file does not contain what it looks for.
const CANARY: &str = concat!("is_", "canary");

pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.sources.iter().filter(|source| source.path.starts_with("crates/")) {
        check_sql(source, &mut findings);
        check_web(source, &mut findings);
        check_tenant_access(source, &mut findings);
        check_canary_in_code(source, &mut findings);
    }
    for (path, text) in tree.texts() {
        check_canary_in_page(path, text, &mut findings);
    }
    findings
}

fn check_sql(source: &Source, findings: &mut Vec<Finding>) {
    if may_hold_sql(&source.path) {
        return;
    }
    for literal in source.product_literals().filter(|literal| is_sql(&literal.text)) {
        let what = "SQL outside a store: move the statement to the noun's store.rs";
        findings.push(Finding::new(&source.path, source.line(literal.start), what));
    }
}

fn may_hold_sql(path: &str) -> bool {
    path.ends_with("/store.rs")
        || path.contains("/migrations/")
        || path.starts_with("crates/store/")
}

/// Whole words in capitals: "select a file" is a sentence for people.
fn is_sql(text: &str) -> bool {
    let text: Vec<&str> = text.split_whitespace().collect();
    let text = format!("{} ", text.join(" "));
    let has = |word: &str| words(&text, word.trim_end()).any(|at| text[at..].starts_with(word));
    SQL.into_iter().any(has) || (has("UPDATE ") && has("SET "))
}

/// Handlers parse and serialise; what they call must not know that there is a web.
fn check_web(source: &Source, findings: &mut Vec<Finding>) {
    if may_use_axum(&source.path) {
        return;
    }
    for at in words(&source.code, "axum") {
        let what =
            "axum outside http*.rs, page*.rs, problem.rs and kernel::web: keep the web at the door";
        findings.push(Finding::new(&source.path, source.line(at), what));
    }
}

fn may_use_axum(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    let room = matches!(file, "http.rs" | "page.rs" | "problem.rs")
        || file.starts_with("page_")
        || file.starts_with("http_");
    let house = ["crates/kernel/src/web/", "crates/kernel/src/web.rs", "crates/vouchsafe/"];
    room || house.iter().any(|start| path.starts_with(start))
}

/// The key to a tenant's file is cut where access was decided, and nowhere else.
fn check_tenant_access(source: &Source, findings: &mut Vec<Finding>) {
    let path = &source.path;
    let makers = [
        "crates/kernel/src/op.rs",
        "crates/kernel/src/app.rs",
        "crates/store/",
        // A tenant that is being founded has no member yet.
        "crates/tenancy/src/tenant/service.rs",
        "crates/vouchsafe/src/bench/",
        "crates/vouchsafe/tests/",
    ];
    if makers.iter().any(|maker| path.starts_with(maker)) {
        return;
    }
    for at in words(&source.code, "decided_by_kernel") {
        let what = "TenantAccess made outside the kernel: take it from a Membership";
        findings.push(Finding::new(path, source.line(at), what));
    }
}

/// A domain that can tell a canary from a customer can treat it better, and then no proof holds.
/// Comments may speak of it.
fn check_canary_in_code(source: &Source, findings: &mut Vec<Finding>) {
    if source.path.starts_with("crates/posture/") {
        return;
    }
    let code = words(&source.code, CANARY);
    let text = source.literals.iter().filter(|literal| literal.text.contains(CANARY));
    for at in code.chain(text.map(|literal| literal.start)) {
        findings.push(Finding::new(&source.path, source.line(at), canary_advice()));
    }
}

fn check_canary_in_page(path: &str, text: &str, findings: &mut Vec<Finding>) {
    let is_page = path.starts_with("crates/") && !path.ends_with(".rs") && !path.ends_with(".md");
    if !is_page || path.starts_with("crates/posture/") {
        return;
    }
    for (at, _) in text.match_indices(CANARY) {
        findings.push(Finding::new(path, line_at(text, at), canary_advice()));
    }
}

fn canary_advice() -> String {
    format!("`{CANARY}` outside posture: no domain may know a canary, so take the branch out")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenant_access_is_made_by_the_kernel_alone() {
        let text = "//! X.\nfn f() { TenantAccess::decided_by_kernel(id, region); }\n";
        assert_eq!(found("crates/audit/src/entry/service.rs", text), 1);
        assert_eq!(found("crates/kernel/src/op.rs", text), 0);
    }

    fn found(path: &str, text: &str) -> usize {
        check(&Tree::sample(&[(path, text)])).len()
    }

    #[test]
    fn sql_is_found_outside_a_store() {
        for statement in [
            "SELECT id FROM person",
            "insert: INSERT INTO person",
            "DELETE FROM person",
            "CREATE TABLE person (id)",
            "UPDATE person\\n SET name = 1",
            "SELECT\\n id",
        ] {
            let text = format!("fn a() {{ run(\"{statement}\"); }}");
            assert_eq!(found("crates/identity/src/account/service.rs", &text), 1, "{statement}");
            assert_eq!(found("crates/identity/src/account/store.rs", &text), 0);
            assert_eq!(found("crates/identity/migrations/control.rs", &text), 0);
            assert_eq!(found("crates/store/src/engine.rs", &text), 0);
        }
    }

    #[test]
    fn sentences_comments_and_tests_are_no_sql() {
        let path = "crates/identity/src/account/service.rs";
        assert_eq!(found(path, "fn a() { say(\"Select a file to UPDATE\"); }"), 0);
        assert_eq!(found(path, "// SELECT id FROM person\nfn a() {}"), 0);
        assert_eq!(found(path, "#[cfg(test)]\nmod tests { const A: &str = \"SELECT 1\"; }"), 0);
    }

    #[test]
    fn the_web_stays_at_the_door() {
        let text = "use axum::Router;";
        assert_eq!(found("crates/identity/src/session/service.rs", text), 1);
        assert_eq!(found("crates/identity/src/http.rs", text), 0);
        assert_eq!(found("crates/kernel/src/web/session.rs", text), 0);
        assert_eq!(found("crates/vouchsafe/src/compose.rs", text), 0);
        assert_eq!(found("crates/identity/src/lib.rs", "// no axum here"), 0);
    }

    #[test]
    fn a_canary_is_known_to_posture_alone() {
        let code = format!("fn a(p: &P) {{ if p.{CANARY} {{ b() }} }}");
        assert_eq!(found("crates/identity/src/signin/service.rs", &code), 1);
        assert_eq!(found("crates/posture/src/probe.rs", &code), 0);
        let column = format!("const C: &str = \"{CANARY}\";");
        assert_eq!(found("crates/identity/src/account/store.rs", &column), 1);
        let page = format!("{{% if person.{CANARY} %}}");
        assert_eq!(found("crates/identity/templates/signin.html", &page), 1);
        assert_eq!(found("crates/identity/src/lib.rs", &format!("//! Never {CANARY}.")), 0);
    }
}
