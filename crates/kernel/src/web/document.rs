//! Plain texts that people read as pages: agreements.

/// A part of a text with its heading, which may be empty.
pub struct Section {
    /// One line.
    pub heading: String,
    /// Each in one line.
    pub paragraphs: Vec<String>,
}

/// A line that begins with `# ` is a heading, empty lines part paragraphs.
#[must_use]
pub fn sections(text: &str) -> Vec<Section> {
    let mut found = vec![Section { heading: String::new(), paragraphs: Vec::new() }];
    let mut paragraph = String::new();
    for line in text.lines().map(str::trim).chain([""]) {
        let heading = line.strip_prefix("# ");
        if (line.is_empty() || heading.is_some()) && !paragraph.is_empty() {
            let done = std::mem::take(&mut paragraph);
            found.last_mut().into_iter().for_each(|s| s.paragraphs.push(done.clone()));
        }
        match heading {
            Some(heading) => {
                found.push(Section { heading: heading.to_owned(), paragraphs: Vec::new() });
            }
            None if line.is_empty() => {}
            None => {
                if !paragraph.is_empty() {
                    paragraph.push(' ');
                }
                paragraph.push_str(line);
            }
        }
    }
    found.retain(|s| !s.heading.is_empty() || !s.paragraphs.is_empty());
    found
}
