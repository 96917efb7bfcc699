//! `/problem/…`: what each problem means and what to do, from the pages under `docs/problem`.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use kernel::web::page::{Shell, View, html};
use kernel::web::problem::{Failure, Problem};
use kernel::web::route::{Access, Route};
use kernel::{App, Op};

macro_rules! pages {
    ($($kind:literal),* $(,)?) => {
        /// Every kind of problem, with its page's source.
        pub const PAGES: &[(&str, &str)] = &[
            $(($kind, include_str!(concat!("../../../../docs/problem/", $kind, ".md")))),*
        ];
    };
}

pages! {
    "identity/link-gone",
    "identity/sign-up-closed",
    "identity/wrong-credentials",
    "kernel/bad-request",
    "kernel/cross-site",
    "kernel/disk-full",
    "kernel/forbidden",
    "kernel/internal",
    "kernel/invalid",
    "kernel/method-not-allowed",
    "kernel/misdirected",
    "kernel/not-found",
    "kernel/not-signed-in",
    "kernel/overloaded",
    "kernel/too-large",
    "kernel/too-many-requests",
    "kernel/too-slow",
    "kernel/two-principals",
    "kernel/unsupported-media-type",
    "tenancy/last-owner",
    "tenancy/link-gone",
    "tenancy/other-address",
    "tenancy/sign-in-first",
}

pub(super) fn routes() -> Vec<Route> {
    vec![Route::page("/problem/{domain}/{name}", "problem_doc", Access::Open, get(show))]
}

#[derive(Template)]
#[template(path = "problem_doc.html")]
struct DocPage {
    shell: Shell,
    heading: String,
    status: u16,
    meaning: String,
    what_to_do: String,
    type_url: String,
}

/// A page's parts: `# Heading`, `Status: NNN`, a paragraph, `## What to do`, a paragraph.
struct Parts<'a> {
    heading: &'a str,
    status: u16,
    meaning: &'a str,
    what_to_do: &'a str,
}

fn parse(source: &str) -> Option<Parts<'_>> {
    let mut blocks = source.split("\n\n").map(str::trim).filter(|b| !b.is_empty());
    let heading = blocks.next()?.strip_prefix("# ")?;
    let status = blocks.next()?.strip_prefix("Status: ")?.parse().ok()?;
    let meaning = blocks.next()?;
    blocks.next().filter(|b| *b == "## What to do")?;
    Some(Parts { heading, status, meaning, what_to_do: blocks.next()? })
}

async fn show(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path((domain, name)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let kind = format!("{domain}/{name}");
    let source = PAGES.iter().find(|(k, _)| *k == kind).ok_or_else(Problem::not_found)?.1;
    let parts = parse(source).ok_or_else(Problem::not_found)?;
    let shell = Shell::new(&app, &op, &view, "title-problem")?.titled(parts.heading.to_owned());
    html(&DocPage {
        shell,
        heading: parts.heading.to_owned(),
        status: parts.status,
        meaning: parts.meaning.to_owned(),
        what_to_do: parts.what_to_do.to_owned(),
        type_url: app.url(&format!("/problem/{kind}")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_its_parts() {
        for (kind, source) in PAGES {
            let parts = parse(source);
            assert!(
                parts.is_some_and(|p| (400..600).contains(&p.status)),
                "docs/problem/{kind}.md"
            );
        }
    }
}
