//! Tells the code of a Rust file from its comments and its literals.
//!
//! Enough of the language's grammar to count braces and to find a word, and no more: a full parser
//! would make this tool slower to build than the product is to check.

/// A string literal: where its quotes begin and end, and what stands between them.
pub(crate) struct Literal {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
}

/// The text with blanks in place of comments and of what stands in literals, and the string
/// literals in their order.
pub(crate) fn split(text: &str) -> (String, Vec<Literal>) {
    Lexer::new(text).run()
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
                _ if is_word(byte) => self.word(),
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
        let text = self.between(start + 1, self.at);
        let text = text.replace("\\\n", " ").replace("\\n", "\n").replace("\\\"", "\"");
        self.at += 1;
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
        while self.peek(0).is_some_and(is_word) {
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

/// A letter, digit or underscore. What is not ASCII begins no literal and needs no care.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literals(text: &str) -> Vec<String> {
        split(text).1.into_iter().map(|literal| literal.text).collect()
    }

    #[test]
    fn comments_and_literals_are_blanked() {
        let text = "let a = \"{\"; // {\n/* { /* { */ } */ let b = '{';";
        let (code, _) = split(text);
        assert!(!code.contains('{') && !code.contains('}'));
        assert_eq!(code.len(), text.len());
        assert!(code.contains("let b ="));
    }

    #[test]
    fn strings_of_every_kind_are_found() {
        let kinds = r###"f("a\"b", r#"c"d"#, b"e", r"\")"###;
        assert_eq!(literals(kinds), ["a\"b", "c\"d", "e", "\\"]);
        assert_eq!(literals("\"unfinished"), ["unfinished"]);
        assert_eq!(literals("let r#fn = 1; \"x\""), ["x"]);
    }

    #[test]
    fn a_lifetime_is_no_character() {
        let text = "fn f<'a>(x: &'a str, c: char) { c == '\"' || c == '\\''; \"x\" }";
        assert_eq!(literals(text), ["x"]);
    }
}
