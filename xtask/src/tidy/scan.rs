//! Tells the code of a Rust file from its comments, its literals and its tests.
//!
//! Enough of the language's grammar to count braces and to find a word, and no more: a full parser
//! would make this tool slower to build than the product is to check.

use std::ops::Range;

/// A string literal: where its quotes begin and end, and what stands between them.
pub(crate) struct Literal {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
}

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
        let (code, literals) = Lexer::new(text).run();
        let tests = if is_test_path(path) { vec![0..text.len() + 1] } else { test_items(&code) };
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
    let marks = MARKS.iter().flat_map(|mark| code.match_indices(mark));
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

struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    code: Vec<u8>,
    literals: Vec<Literal>,
}

impl<'a> Lexer<'a> {
    fn new(text: &'a str) -> Lexer<'a> {
        let bytes = text.as_bytes();
        Lexer { text, bytes, at: 0, code: bytes.to_vec(), literals: Vec::new() }
    }

    fn run(mut self) -> (String, Vec<Literal>) {
        while let Some(byte) = self.peek(0) {
            match byte {
                b'/' if self.peek(1) == Some(b'/') => self.line_comment(),
                b'/' if self.peek(1) == Some(b'*') => self.block_comment(),
                b'"' => self.string(),
                b'\'' => self.quote(),
                _ if is_word(char::from(byte)) && byte.is_ascii() => self.word(),
                _ => self.at += 1,
            }
        }
        (String::from_utf8_lossy(&self.code).into_owned(), self.literals)
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn line_comment(&mut self) {
        let start = self.at;
        while self.peek(0).is_some_and(|byte| byte != b'\n') {
            self.at += 1;
        }
        self.blank(start, self.at);
    }

    /// Block comments nest in Rust.
    fn block_comment(&mut self) {
        let start = self.at;
        let mut depth = 0;
        while let Some(byte) = self.peek(0) {
            match (byte, self.peek(1)) {
                (b'/', Some(b'*')) => (depth, self.at) = (depth + 1, self.at + 2),
                (b'*', Some(b'/')) => (depth, self.at) = (depth - 1, self.at + 2),
                _ => self.at += 1,
            }
            if depth == 0 {
                break;
            }
        }
        self.blank(start, self.at);
    }

    fn string(&mut self) {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            match byte {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        let text = self.between(start + 1, self.at - 1);
        let text = text.replace("\\\n", " ").replace("\\n", "\n").replace("\\\"", "\"");
        self.literal(start, text);
    }

    /// A lifetime stays code; a character may hold a quote or a brace and is blanked.
    fn quote(&mut self) {
        let start = self.at;
        let rest = self.text.get(start + 1..).unwrap_or_default();
        let mut chars = rest.chars();
        match (chars.next(), chars.next()) {
            (Some('\\'), Some(escaped)) => {
                self.at += 2 + escaped.len_utf8();
                while self.peek(0).is_some_and(|byte| byte != b'\'') {
                    self.at += 1;
                }
                self.at += 1;
                self.blank(start, self.at);
            }
            (Some(only), Some('\'')) => {
                self.at += 2 + only.len_utf8();
                self.blank(start, self.at);
            }
            _ => self.at += 1,
        }
    }

    /// A word, and the raw string that begins with it if it is such a prefix.
    fn word(&mut self) {
        let start = self.at;
        while self.peek(0).is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            self.at += 1;
        }
        if !matches!(self.between(start, self.at).as_str(), "r" | "br" | "cr") {
            return;
        }
        let rest = self.text.get(self.at..).unwrap_or_default();
        let hashes = rest.bytes().take_while(|byte| *byte == b'#').count();
        if rest.as_bytes().get(hashes) == Some(&b'"') {
            self.raw_string(hashes);
        }
    }

    fn raw_string(&mut self, hashes: usize) {
        let start = self.at;
        let first = start + hashes + 1;
        let close = format!("\"{}", "#".repeat(hashes));
        let rest = self.text.get(first..).unwrap_or_default();
        let last = rest.find(&close).map_or(self.bytes.len(), |length| first + length);
        self.at = last + close.len();
        let text = self.between(first, last);
        self.literal(start, text);
    }

    fn literal(&mut self, start: usize, text: String) {
        let end = self.at.min(self.bytes.len());
        self.blank(start, end);
        self.literals.push(Literal { start, end, text });
    }

    fn between(&self, start: usize, end: usize) -> String {
        self.text.get(start..end).unwrap_or_default().to_owned()
    }

    fn blank(&mut self, start: usize, end: usize) {
        let length = end.saturating_sub(start);
        for byte in self.code.iter_mut().skip(start).take(length) {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literals(text: &str) -> Vec<String> {
        Source::read("a.rs", text).literals.into_iter().map(|literal| literal.text).collect()
    }

    #[test]
    fn comments_and_literals_are_blanked() {
        let source = Source::read("a.rs", "let a = \"{\"; // {\n/* { /* { */ } */ let b = '{';");
        assert!(!source.code.contains('{') && !source.code.contains('}'));
        assert_eq!(source.code.len(), source.text.len());
        assert!(source.code.contains("let b ="));
    }

    #[test]
    fn strings_of_every_kind_are_found() {
        assert_eq!(literals(r###"f("a\"b", r#"c"d"#, b"e", r"\")"###), ["a\"b", "c\"d", "e", "\\"]);
        assert_eq!(literals("fn f<'a>(x: &'a str, c: char) { c == '\"' || c == '\\''; \"x\" }"), ["x"]);
        assert_eq!(literals("\"unfinished"), ["unfinished"]);
    }

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
        let text = "trait T { fn no_body(&self) -> [u8; 3]; }\nfn two(\n    key: [u8; 32],\n) {\n    if a { b }\n}\n";
        let functions = Source::read("a.rs", text).product_functions();
        let measured: Vec<_> = functions.iter().map(|f| (f.name.as_str(), f.line, f.lines)).collect();
        assert_eq!(measured, [("two", 2, 5)]);
    }

    #[test]
    fn words_are_whole() {
        assert_eq!(words("axum axumish my_axum (axum)", "axum").collect::<Vec<_>>(), [0, 22]);
    }
}
