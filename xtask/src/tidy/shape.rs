//! The shape of a Rust file: it says what it is, and neither it nor a function in it is too long.

use crate::tidy::scan::Source;
use crate::tidy::tree::{Finding, Tree};

const FILE_LINES_MAX: usize = 600;
const FUNCTION_LINES_MAX: usize = 70;

pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in &tree.sources {
        check_header(source, &mut findings);
        check_length(source, &mut findings);
        check_functions(source, &mut findings);
    }
    findings
}

fn check_header(source: &Source, findings: &mut Vec<Finding>) {
    if !source.text.starts_with("//!") {
        let what = "the file does not say what it is: begin it with a `//!` sentence";
        findings.push(Finding::new(&source.path, 1, what));
    }
}

fn check_length(source: &Source, findings: &mut Vec<Finding>) {
    let lines = source.text.lines().count();
    if lines > FILE_LINES_MAX {
        let what = format!("{lines} lines, and {FILE_LINES_MAX} are the limit: split the file");
        findings.push(Finding::new(&source.path, FILE_LINES_MAX + 1, what));
    }
}

fn check_functions(source: &Source, findings: &mut Vec<Finding>) {
    for function in source.product_functions() {
        if function.lines > FUNCTION_LINES_MAX {
            let what = format!(
                "`{}` has {} lines, and {FUNCTION_LINES_MAX} are the limit: take a part out of it",
                function.name, function.lines
            );
            findings.push(Finding::new(&source.path, function.line, what));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<Finding> {
        check(&Tree::sample(&[(path, text)]))
    }

    fn function(lines: usize) -> String {
        format!("fn long() {{\n{}}}\n", "    call();\n".repeat(lines - 2))
    }

    #[test]
    fn a_file_begins_with_a_sentence() {
        assert!(found("a.rs", "//! What it is.\n").is_empty());
        assert_eq!(found("a.rs", "use std::fmt;\n").len(), 1);
        assert_eq!(found("a.rs", "").len(), 1);
    }

    #[test]
    fn a_long_file_is_found() {
        let text = |lines: usize| format!("//! Long.\n{}", "const A: u8 = 1;\n".repeat(lines - 1));
        assert!(found("a.rs", &text(FILE_LINES_MAX)).is_empty());
        assert_eq!(found("a.rs", &text(FILE_LINES_MAX + 1)).len(), 1);
    }

    #[test]
    fn a_long_function_is_found() {
        let good = format!("//! Good.\n{}", function(FUNCTION_LINES_MAX));
        assert!(found("a.rs", &good).is_empty());
        let bad = format!("//! Bad.\n\n{}", function(FUNCTION_LINES_MAX + 1));
        assert_eq!(found("a.rs", &bad).first().map(|finding| finding.line), Some(3));
    }

    #[test]
    fn a_long_test_is_left_alone() {
        let long = function(FUNCTION_LINES_MAX + 1);
        let text = format!("//! Tests.\n#[cfg(test)]\nmod tests {{\n{long}}}\n");
        assert!(found("a.rs", &text).is_empty());
        assert!(found("src/id/tests.rs", &format!("//! Tests.\n{long}")).is_empty());
    }
}
