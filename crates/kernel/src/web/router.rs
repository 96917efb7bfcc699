//! The router, made of the domains' manifests.

use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use base::Timestamp;
use base::id::TraceId;
use tower_http::compression::CompressionLayer;
use tracing::Instrument;

use super::cross::{self, Admitted};
use super::guard::{Peer, guard, lang, wants_page};
use super::headers;
use super::page::{Shell, View, encode, html_with};
use super::problem::{FACTOR_WANTED, Problem, SHOW_FIRST, Slot, complete};
use super::route::Route;
use crate::app::App;
use crate::config::Mode;
use crate::op::{Actor, Op};
use crate::text::Lang;

/// How long a request may take in all, its body included.
const REQUEST: Duration = Duration::from_secs(30);

/// The service for all routes of all domains.
pub fn router(app: &Arc<App>) -> Router {
    let mut router: Router<Arc<App>> = Router::new();
    for domain in &app.domains {
        for route in (domain.routes)() {
            router = mount(app, router, route);
        }
    }
    router
        .fallback(|| async { Problem::not_found() })
        .method_not_allowed_fallback(|| async {
            Problem::of_status(StatusCode::METHOD_NOT_ALLOWED, "")
        })
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(Arc::clone(app), outermost))
        .with_state(Arc::clone(app))
}

fn mount(app: &Arc<App>, router: Router<Arc<App>>, route: Route) -> Router<Arc<App>> {
    let (app, access, limit) = (Arc::clone(app), route.access, route.limit);
    let guarded = route.handler.layer(DefaultBodyLimit::max(route.body_bytes_max)).layer(
        middleware::from_fn(move |request: Request, next: Next| {
            guard(Arc::clone(&app), (access, limit), request, next)
        }),
    );
    router.route(route.path, guarded)
}

/// Gives the request its trace, bounds its time, and gives the answer its headers; turns refusals into
/// problem documents, or into pages for browsers.
async fn outermost(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let started = app.clock.now();
    let trace = TraceId::new(started, &*app.rng);
    request.extensions_mut().insert(trace);
    // Not on the localhost of an evaluation: browsers would remember it for every port there.
    let secure = app.config.mode == Mode::Production
        && request.extensions().get::<Peer>().is_some_and(|p| p.secure);
    let wants_page = wants_page(request.uri(), request.headers());
    let (parts, body) = request.into_parts();
    let as_page = wants_page.then(|| View::of(&parts));
    let path = parts.uri.path().to_owned();
    let asked = Asked { path, trace, as_page, lang: lang(&parts.headers) };
    let get = parts.method == axum::http::Method::GET;
    let preflight = || cross::preflight(&app, &parts.method, &parts.uri, &parts.headers);
    let refused = refuse_host(&app, &parts).map(IntoResponse::into_response);
    let mut response = match refused.or_else(preflight) {
        Some(response) => response,
        None => {
            let span = tracing::error_span!("request", trace = %trace);
            let answer = next.run(Request::from_parts(parts, body)).instrument(span);
            match tokio::time::timeout(REQUEST, answer).await {
                Ok(response) => response,
                Err(_) => {
                    Problem::new("kernel/too-slow", StatusCode::REQUEST_TIMEOUT, "").into_response()
                }
            }
        }
    };
    let reads = response.extensions().get::<Admitted>().cloned();
    if response.status().is_client_error() || response.status().is_server_error() {
        response = explain(&app, &asked, response, get);
    }
    let now = app.clock.now();
    app.traffic.note(now, now.since(started), response.status().is_server_error());
    headers::add(response.headers_mut(), secure);
    if let Some(admitted) = reads {
        cross::tell(&admitted, response.headers_mut());
    }
    if let Ok(value) = HeaderValue::from_str(&trace.to_string()) {
        response.headers_mut().insert("x-trace-id", value);
    }
    response
}

/// Answers only to the names that are ours. A page of another name could otherwise have its name resolve to
/// this machine and speak with us as if it were our own page (DNS rebinding).
fn refuse_host(app: &App, parts: &Parts) -> Option<Problem> {
    if matches!(parts.uri.path(), "/healthz" | "/readyz") {
        return None; // a load balancer asks by address, or with no name at all
    }
    let mut named = parts.headers.get_all(header::HOST).iter();
    let (Some(host), None) = (named.next(), named.next()) else {
        // RFC 9112, section 3.2.
        let detail = "exactly one Host header is needed";
        return Some(Problem::of_status(StatusCode::BAD_REQUEST, detail));
    };
    let host = host.to_str().unwrap_or_default();
    let ours = match app.config.mode {
        Mode::Evaluation => is_this_machine(host),
        Mode::Production => app
            .origin
            .load()
            .split_once("://")
            .is_some_and(|(_, own)| usual(own).eq_ignore_ascii_case(usual(host))),
    };
    let detail = "this service has another name";
    (!ours).then(|| Problem::new("kernel/misdirected", StatusCode::MISDIRECTED_REQUEST, detail))
}

/// A host without the port that `https` has anyway (RFC 9110, section 4.2.2).
pub(super) fn usual(host: &str) -> &str {
    host.strip_suffix(":443").unwrap_or(host)
}

fn is_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    name.eq_ignore_ascii_case("localhost") || matches!(name, "127.0.0.1" | "[::1]")
}

struct Asked {
    path: String,
    trace: TraceId,
    /// How the page looks, if a problem is to be shown as one.
    as_page: Option<View>,
    lang: Lang,
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    shell: Shell,
    status: u16,
    heading: String,
    detail: String,
    trace: String,
    json: String,
    retry: Option<String>,
    at: Timestamp,
}

fn explain(app: &Arc<App>, asked: &Asked, response: Response, get: bool) -> Response {
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|v| v.as_bytes().starts_with(b"text/html"));
    if is_page {
        return response; // a form with its refusals
    }
    let problem = match response.extensions().get::<Slot>() {
        Some(slot) => slot.0.clone(),
        None => Problem::of_status(response.status(), ""),
    };
    if problem.kind == SHOW_FIRST && asked.as_page.is_some() {
        let next = if get { asked.path.as_str() } else { back_from(&asked.path) };
        return Redirect::to(&format!("/show?next={}", encode(next))).into_response();
    }
    if problem.kind == FACTOR_WANTED && asked.as_page.is_some() {
        return Redirect::to("/dashboard/security?notice=factor-first").into_response();
    }
    // Who asked, if the guard got so far: a signed-in person is led back to their own pages.
    let op = response.extensions().get::<Op>().cloned().unwrap_or_else(|| Op {
        actor: Actor::Nobody,
        trace: asked.trace,
        now: app.clock.now(),
        address: None,
        device: String::new(),
        lang: asked.lang,
        browser: None,
        support: None,
    });
    let document = complete(problem.document(), &asked.path, asked.trace);
    let page = asked
        .as_page
        .as_ref()
        .and_then(|view| problem_page(app, &op, (asked, view), &problem, &document, get));
    let mut answer = page.unwrap_or_else(|| {
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        (problem.status, kind, format!("{document}\n")).into_response()
    });
    let limits = ["ratelimit", "ratelimit-policy"].map(HeaderName::from_static);
    let kept = [header::RETRY_AFTER, header::WWW_AUTHENTICATE, header::ALLOW];
    for name in kept.into_iter().chain(limits) {
        if let Some(value) = response.headers().get(&name) {
            answer.headers_mut().insert(name, value.clone());
        }
    }
    answer
}

/// The page whose form was sent to a path: `/dashboard/security/totp/remove` is on `/dashboard/security`, and
/// `/t/larkspur/team/invitations` on `/t/larkspur/team`.
fn back_from(path: &str) -> &str {
    let parts = if path.starts_with("/t/") { 3 } else { 2 };
    let mut ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
    ends.nth(parts).map_or(path, |end| &path[..end])
}

fn problem_page(
    app: &Arc<App>,
    op: &Op,
    (asked, view): (&Asked, &View),
    problem: &Problem,
    document: &serde_json::Value,
    get: bool,
) -> Option<Response> {
    let shell = Shell::new(app, op, view, "title-problem").ok()?;
    let status = problem.status.as_u16();
    let known = |part: &str| {
        let exact = format!("problem-{part}-{status}");
        if app.words(op.lang).has(&exact) {
            exact
        } else {
            format!("problem-{part}-{}", if status < 500 { 400 } else { 500 })
        }
    };
    let (heading, detail) = (shell.t(&known("heading")), shell.t(&known("detail")));
    let page = ProblemPage {
        status,
        heading,
        detail,
        trace: asked.trace.to_string(),
        json: serde_json::to_string_pretty(document).ok()?,
        retry: (get && status >= 500).then(|| asked.path.clone()),
        at: op.now,
        shell,
    };
    html_with(problem.status, &page).ok()
}

#[cfg(test)]
mod tests {
    use super::back_from;

    #[test]
    fn a_form_leads_back_to_its_page() {
        for (sent, page) in [
            ("/dashboard/security/backup-codes", "/dashboard/security"),
            ("/dashboard/security/passkeys/pky_x/remove", "/dashboard/security"),
            ("/dashboard/tokens", "/dashboard/tokens"),
            ("/t/larkspur/settings/second-factor", "/t/larkspur/settings"),
            ("/t/larkspur/team/members/acc_x/role", "/t/larkspur/team"),
            ("/login", "/login"),
        ] {
            assert_eq!(back_from(sent), page);
        }
    }
}
