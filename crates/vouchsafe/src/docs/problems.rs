//! `/problem/…`: what each problem means and what to do.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use kernel::web::page::{Shell, View, html};
use kernel::web::problem::{Failure, Problem};
use kernel::web::route::{Access, Route};
use kernel::{App, Op};

/// Every kind of problem, with its status. Its words are the texts `problem-DOMAIN-NAME…`.
pub const PAGES: &[(&str, u16)] = &[
    ("identity/factor-first", 409),
    ("identity/last-factor", 409),
    ("identity/link-gone", 410),
    ("identity/sign-up-closed", 403),
    ("identity/wrong-credentials", 401),
    ("identity/wrong-factor", 401),
    ("kernel/bad-request", 400),
    ("kernel/captcha-wanted", 403),
    ("kernel/cross-site", 403),
    ("kernel/disk-full", 503),
    ("kernel/forbidden", 403),
    ("kernel/hardware-key-wanted", 403),
    ("kernel/internal", 500),
    ("kernel/invalid", 422),
    ("kernel/method-not-allowed", 405),
    ("kernel/misdirected", 421),
    ("kernel/not-found", 404),
    ("kernel/not-signed-in", 401),
    ("kernel/overloaded", 503),
    ("kernel/password-old", 403),
    ("kernel/second-factor-wanted", 403),
    ("kernel/show-first", 403),
    ("kernel/too-large", 413),
    ("kernel/too-many-requests", 429),
    ("kernel/too-quick", 429),
    ("kernel/too-slow", 408),
    ("kernel/two-principals", 400),
    ("kernel/unsupported-media-type", 415),
    ("privacy/last-staff", 409),
    ("privacy/other-text", 409),
    ("privacy/owns-alone", 409),
    ("tenancy/last-owner", 409),
    ("tenancy/link-gone", 410),
    ("tenancy/other-address", 403),
    ("tenancy/sign-in-first", 409),
    ("tenancy/support-busy", 409),
];

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

async fn show(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path((domain, name)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let kind = format!("{domain}/{name}");
    let status = PAGES.iter().find(|(k, _)| *k == kind).ok_or_else(Problem::not_found)?.1;
    let text = |part: &str| app.words(op.lang).get(&format!("problem-{domain}-{name}{part}"));
    let heading = text("");
    let shell = Shell::new(&app, &op, &view, "title-problem")?.titled(heading.clone());
    html(&DocPage {
        shell,
        heading,
        status,
        meaning: text("-meaning"),
        what_to_do: text("-help"),
        type_url: app.url(&format!("/problem/{kind}")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_its_words() {
        let all = kernel::text::Texts::load().expect("the texts are well-formed");
        let texts = all.of(kernel::text::Lang::En);
        for (kind, status) in PAGES {
            assert!((400..600).contains(status), "{kind}");
            for part in ["", "-meaning", "-help"] {
                let id = format!("problem-{}{part}", kind.replace('/', "-"));
                assert!(texts.has(&id), "{id} is missing");
            }
        }
    }
}
