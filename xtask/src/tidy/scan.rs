//! A Rust file as the rules see it: its code, its literals, its functions, and which are tests.

use std::ops::Range;

use crate::tidy::lexer::{Literal, split};

/// A function with a body, from its `fn` to its closing brace.
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) line: usize,
    pub(crate) lines: usize,
}

pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
    /// As long as `text`, with blanks in place of comments and of what stands in literals.
    pub(crate) code: String,
    pub(crate) literals: Vec<Literal>,
    tests: Vec<Range<usize>>,
}

impl Source {
    pub(crate) fn read(path: &str, text: &str) -> Source {
        let (code, literals) = split(text);
        let tests = if is_test_path(path) {
            std::iter::once(0..text.len() + 1).collect()
        } else {
            test_items(&code)
        };
        Source { path: path.to_owned(), text: text.to_owned(), code, literals, tests }
    }

    pub(crate) fn line(&self, at: usize) -> usize {
        line_at(&self.text, at)
    }

    pub(crate) fn is_test(&self, at: usize) -> bool {
        self.tests.iter().any(|range| range.contains(&at))
    }

    /// The literals of the product itself, without those of its tests.
    pub(crate) fn product_literals(&self) -> impl Iterator<Item = &Literal> {
        self.literals.iter().filter(|literal| !self.is_test(literal.start))
    }

    pub(crate) fn product_functions(&self) -> Vec<Function> {
        let starts = words(&self.code, "fn").filter(|start| !self.is_test(*start));
        starts.filter_map(|start| self.function(start)).collect()
    }

    fn function(&self, start: usize) -> Option<Function> {
        let after = self.code.get(start + "fn".len()..)?;
        let signature = after.trim_start();
        let name: String = signature.chars().take_while(|c| is_word(*c)).collect();
        let end = item_end(&self.code, start);
        let has_body = self.code.as_bytes().get(end.checked_sub(1)?) == Some(&b'}');
        if name.is_empty() || !has_body {
            return None;
        }
        let line = self.line(start);
        Some(Function { name, line, lines: self.line(end) - line + 1 })
    }
}

/// Where `word` stands on its own, not as a part of a longer word.
pub(crate) fn words<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> {
    let starts = text.match_indices(word).map(|(at, _)| at);
    starts.filter(move |at| {
        let before = text.get(..*at).and_then(|part| part.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|part| part.chars().next());
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

/// The line, counted from 1, of a place in a text.
pub(crate) fn line_at(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn is_test_path(path: &str) -> bool {
    let mut folders = path.split('/');
    let name = folders.next_back().unwrap_or_default();
    name == "tests.rs" || name.ends_with("_tests.rs") || folders.any(|folder| folder == "tests")
}

/// The items that exist in tests only: modules, functions and whatever else follows the attribute.
fn test_items(code: &str) -> Vec<Range<usize>> {
    const MARKS: [&str; 4] = ["#[cfg(test)]", "#[cfg(all(test", "#[test]", "#[tokio::test"];
    let marks = MARKS.into_iter().flat_map(|mark| code.match_indices(mark));
    marks.map(|(at, mark)| at..item_end(code, at + mark.len())).collect()
}

/// Behind the brace or semicolon that ends the item beginning at `from`. Parentheses and square
/// brackets are skipped: the semicolon of `[u8; 32]` in a signature ends nothing. A mark that was
/// cut within its brackets begins with their closing halves, which is why the depth is signed.
fn item_end(code: &str, from: usize) -> usize {
    let mut depth: i32 = 0;
    for (at, byte) in code.bytes().enumerate().skip(from) {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b'{' if depth <= 0 => return closing_brace(code, at),
            b';' if depth <= 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

fn closing_brace(code: &str, open: usize) -> usize {
    let mut depth = 0;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return at + 1,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    code.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_told_from_the_product() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\nfn c() {}\n";
        let source = Source::read("a.rs", text);
        let names: Vec<String> = source.product_functions().into_iter().map(|f| f.name).collect();
        assert_eq!(names, ["a", "c"]);
        assert!(Source::read("crates/base/tests/it/main.rs", text).product_functions().is_empty());
        assert!(Source::read("crates/base/src/id/tests.rs", text).product_functions().is_empty());
    }

    #[test]
    fn functions_are_measured_from_signature_to_brace() {
        let text = "trait T { fn no_body(&self) -> [u8; 3]; }\n\
                    fn two(\n    key: [u8; 32],\n) {\n    if a { b }\n}\n";
        let functions = Source::read("a.rs", text).product_functions();
        let measured: Vec<_> = functions.iter().map(|f| (f.line, f.lines)).collect();
        assert_eq!(measured, [(2, 5)]);
    }

    #[test]
    fn words_are_whole() {
        assert_eq!(words("axum axumish my_axum (axum)", "axum").collect::<Vec<_>>(), [0, 22]);
    }
}
