//! The crate picture in `ARCHITECTURE.md`, drawn from the manifests so that it cannot grow stale.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::tidy::crates::edges;
use crate::tidy::house::HOUSE;
use crate::tidy::tree::{Finding, Tree};

/// The page that carries the picture.
pub(crate) const PAGE: &str = "ARCHITECTURE.md";

const BEGIN: &str = "<!-- crates:begin -->";
const END: &str = "<!-- crates:end -->";

pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let Some(page) = tree.text(PAGE) else {
        let what = format!("the page is missing: write it, with a line {BEGIN} and a line {END}");
        return vec![Finding::new(PAGE, 1, what)];
    };
    let Some(frame) = frame(page) else {
        let what = format!("the crate picture has no frame: add a line {BEGIN} and a line {END}");
        return vec![Finding::new(PAGE, 1, what)];
    };
    if page.get(frame.clone()) == Some(picture(&edges(tree)).as_str()) {
        return Vec::new();
    }
    let line = page.bytes().take(frame.start).filter(|byte| *byte == b'\n').count();
    vec![Finding::new(PAGE, line, "the crate picture is stale: run cargo xtask tidy --fix")]
}

/// The page with a fresh picture; nothing when it is fresh already or has no frame.
pub(crate) fn redrawn(tree: &Tree) -> Option<String> {
    let page = tree.text(PAGE)?;
    let frame = frame(page)?;
    let picture = picture(&edges(tree));
    if page.get(frame.clone()) == Some(picture.as_str()) {
        return None;
    }
    let mut fresh = page.to_owned();
    fresh.replace_range(frame, &picture);
    Some(fresh)
}

/// What lies between the two marks, without the line of either.
fn frame(page: &str) -> Option<Range<usize>> {
    let begin = page.find(&format!("{BEGIN}\n"))? + BEGIN.len() + 1;
    let length = page.get(begin..)?.find(END)?;
    Some(begin..begin + length)
}

/// One line a crate, row by row from the top; a crate that is not built yet has no line.
fn picture(edges: &BTreeMap<String, Vec<String>>) -> String {
    let mut text = String::from("```text\n");
    let mut last_row = "";
    for place in &HOUSE {
        let Some(used) = edges.get(place.name) else {
            continue;
        };
        let row = if place.row == last_row { "" } else { place.row };
        last_row = place.row;
        let line = if used.is_empty() {
            format!("{row:<8}{}", place.name)
        } else {
            format!("{row:<8}{:<12}-> {}", place.name, used.join(" "))
        };
        text.push_str(&line);
        text.push('\n');
    }
    text.push_str("```\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: (&str, &str) = ("crates/base/Cargo.toml", "[package]\nname = \"base\"\n");
    const CRYPT: (&str, &str) = ("crates/crypt/Cargo.toml", ON_BASE);
    const LEDGER: (&str, &str) = ("crates/ledger/Cargo.toml", ON_BASE);
    const ON_BASE: &str = "[dependencies]\nbase.workspace = true\n";

    #[test]
    fn rows_are_drawn_from_the_top() {
        let tree = Tree::sample(&[BASE, CRYPT, LEDGER]);
        let drawn = "```text\n\
                     bricks  crypt       -> base\n        ledger      -> base\n\
                     words   base\n```\n";
        assert_eq!(picture(&edges(&tree)), drawn);
    }

    #[test]
    fn a_stale_picture_is_found_and_redrawn() {
        let page = format!("# House\n\n{BEGIN}\nold\n{END}\n\nMore.\n");
        let tree = Tree::sample(&[BASE, (PAGE, page.as_str())]);
        assert_eq!(check(&tree).len(), 1);
        let fresh = redrawn(&tree).unwrap_or_default();
        assert!(fresh.starts_with("# House\n\n") && fresh.ends_with("\n\nMore.\n"));
        let mended = Tree::sample(&[BASE, (PAGE, fresh.as_str())]);
        assert!(check(&mended).is_empty());
        assert_eq!(redrawn(&mended), None);
    }

    #[test]
    fn a_page_without_frame_is_found() {
        assert_eq!(check(&Tree::sample(&[BASE])).len(), 1);
        let tree = Tree::sample(&[BASE, (PAGE, "# House\n")]);
        assert_eq!(check(&tree).len(), 1);
        assert_eq!(redrawn(&tree), None);
    }
}
