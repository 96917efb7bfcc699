//! The guard before every route: who is it, may they come, and does the request come from our own pages?

use std::borrow::Cow;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{FromRequestParts, MatchedPath, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use base::id::TraceId;
use base::{Pii, Secret};

use super::cross::{self, Admitted};
use super::limit::{self, Group, Told};
use super::page::{LANG_COOKIE, encode};
use super::problem::{Failure, Problem};
use super::refused::Call;
use super::route::Access;
use super::router::usual;
use crate::app::App;
use crate::config::Mode;
use crate::op::{Actor, HardwareKey, Op, Person};
use crate::scope::Scope;
use crate::text::Lang;

/// The other end of the connection, put into the request by the listener.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    /// Its address.
    pub address: SocketAddr,
    /// Whether the connection is ours over TLS.
    pub secure: bool,
}

/// Characters of a user agent that are looked at.
const AGENT_CHARS_MAX: usize = 400;

pub(super) async fn guard(
    app: Arc<App>,
    (access, limit): (Access, Option<Group>),
    request: Request,
    next: Next,
) -> Response {
    // Before anything is looked up: a flood shall cost as little as can be.
    // What comes from another site's page is refused below whatever the count, and counts for nobody.
    // (With an access token it was no other site's page by itself: that one counts.)
    let alone = !request.headers().contains_key(header::AUTHORIZATION);
    let forged =
        alone && changes_state(request.method()) && comes_from_elsewhere(request.headers());
    let limit = limit.filter(|_| changes_state(request.method()) && !forged);
    let told = limit::check(&app, limit, address(&app, &request));
    if let Some(seconds) = told.as_ref().and_then(Told::wait) {
        let mut response = Problem::too_many(seconds).into_response();
        told.iter().for_each(|told| told.add(response.headers_mut()));
        return response;
    }
    let mut response = admitted(app, access, request, next).await;
    told.iter().for_each(|told| told.add(response.headers_mut()));
    response
}

async fn admitted(app: Arc<App>, access: Access, mut request: Request, next: Next) -> Response {
    let call = Call::of(&app, access, &request);
    match admit(&app, access, &request) {
        Ok((op, from)) => {
            if let Some((method, route)) = inside_support(&op, &request)
                && let Err(fault) = app.memberships.note_support(&app, &op, &method, &route).await
            {
                return Failure::from(fault).into_response(); // no look without its entry
            }
            request.extensions_mut().insert(op.clone());
            let mut response = next.run(request).await;
            tell_support(&op, response.headers_mut());
            let status = response.status();
            if let Some(call) = call {
                call.note_answer(&app, &op, status, from.as_ref());
            }
            if let Some(from) = from {
                response.extensions_mut().insert(from); // whose page may read the answer
            }
            if status.is_client_error() || status.is_server_error() {
                response.extensions_mut().insert(op); // for the page that explains it
            }
            response
        }
        Err(turned) => {
            let Turned { op, from, mut response } = *turned;
            if let (Some(call), Some(op)) = (call, op) {
                call.note(&app, &op, response.status());
            }
            if let Some(from) = from {
                response.extensions_mut().insert(from);
            }
            response
        }
    }
}

/// Who was turned away at the door, once that is known, and with which answer.
struct Turned {
    op: Option<Op>,
    from: Option<Admitted>,
    response: Response,
}

impl Turned {
    fn unknown(response: impl IntoResponse) -> Box<Self> {
        Box::new(Self { op: None, from: None, response: response.into_response() })
    }
}

/// What somebody in a support session asks for inside a tenant: method, and route as it is declared.
fn inside_support(op: &Op, request: &Request) -> Option<(String, String)> {
    let support = op.support.as_ref()?;
    let route = request.extensions().get::<MatchedPath>()?.as_str();
    let named = named_tenant(route, request.uri().path())?;
    let meant = named == support.slug || named == support.tenant.to_string();
    meant.then(|| (request.method().to_string(), route.to_owned()))
}

/// The tenant that a path names, as the route's handler reads it: decoded.
pub(super) fn named_tenant<'p>(route: &str, path: &'p str) -> Option<Cow<'p, str>> {
    let at = match route {
        route if route.starts_with("/t/{slug}") => 2,
        route if route.starts_with("/api/v1/tenants/{tenant}") => 4,
        _ => return None,
    };
    let named = path.split('/').nth(at)?;
    Some(percent_encoding::percent_decode_str(named).decode_utf8_lossy())
}

/// Every answer says that it is one to staff in a support session.
fn tell_support(op: &Op, headers: &mut HeaderMap) {
    let Some(support) = &op.support else { return };
    let told = format!("{}; tenant={}; until={}", support.id, support.slug, support.until.iso());
    if let Ok(value) = told.parse() {
        headers.insert("vouchsafe-support", value);
    }
}

fn admit(
    app: &App,
    access: Access,
    request: &Request,
) -> Result<(Op, Option<Admitted>), Box<Turned>> {
    let (method, headers) = (request.method(), request.headers());
    let of_a_page = cross::is_call(request, || app.cookie_name());
    if !of_a_page && changes_state(method) && comes_from_elsewhere(headers) {
        let detail = "the request comes from another site's page";
        let problem = Problem::new("kernel/cross-site", StatusCode::FORBIDDEN, detail);
        return Err(Turned::unknown(problem));
    }
    let op = identify(app, request).map_err(Turned::unknown)?;
    let from = if of_a_page {
        let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
        let judged = cross::judge(app, (route, request.uri()), headers);
        let judged = judged.map_err(|f| Turned::unknown(Failure::from(f)))?;
        if judged.is_none() {
            let response = cross::refusal().into_response();
            return Err(Box::new(Turned { op: Some(op), from: None, response }));
        }
        judged
    } else {
        None
    };
    // To whom the operator's area is nothing, it is nothing with a token, too: scopes come after.
    let turned = decide(app, access, &op, request).or_else(|| lacks_scope(access, &op, request));
    match turned {
        None => Ok((op, from)),
        Some(response) => Err(Box::new(Turned { op: Some(op), from, response })),
    }
}

/// What keeps somebody from a route; nothing, when they may come.
fn decide(app: &App, access: Access, op: &Op, request: &Request) -> Option<Response> {
    let staff = op.person().is_some_and(|p| p.staff);
    match access {
        Access::Open => None,
        Access::Bare if op.person().is_some() => None,
        Access::Person | Access::Staff | Access::Tenant { .. } if has_old_password(app, op) => {
            Some(ask_for_password(request))
        }
        Access::Person | Access::Staff | Access::Tenant { .. } if lacks_factor(app, op) => {
            Some(ask_for_factor(request))
        }
        Access::Person | Access::Tenant { .. } if op.person().is_some() => None,
        Access::Staff if op.person().is_some_and(|p| p.unsigned) => {
            Some(ask_for_signature(request))
        }
        Access::Staff if staff && lacks_key(op) => Some(ask_for_key(op, request)),
        Access::Staff if staff => None,
        // Whoever is signed in and not staff shall not learn what the operator's area has.
        Access::Staff if op.person().is_some() => Some(Problem::not_found().into_response()),
        Access::Bare | Access::Person | Access::Staff | Access::Tenant { .. } => {
            Some(ask_to_sign_in(app, request))
        }
        Access::Evaluation => {
            let local = op.address.as_ref().is_some_and(|a| a.reveal().is_loopback());
            let open = app.config.mode == Mode::Evaluation && local;
            (!open).then(|| Problem::not_found().into_response())
        }
    }
}

fn identify(app: &App, request: &Request) -> Result<Op, Failure> {
    let headers = request.headers();
    let cookie = cookie(headers, &app.cookie_name());
    let bearer = bearer(headers)?;
    let browser = self::cookie(headers, &app.browser_cookie_name());
    let by_cookie = match cookie {
        Some(value) => app.identities.by_cookie(app, value)?,
        None => None,
    };
    let person = match bearer {
        None => by_cookie,
        Some(token) => {
            let by_bearer =
                app.identities.by_bearer(app, token)?.ok_or_else(Problem::not_signed_in)?;
            // Two principals in one request: neither may silently win.
            if by_cookie.is_some_and(|p: Person| p.account != by_bearer.account) {
                return Err(Problem::new(
                    "kernel/two-principals",
                    StatusCode::BAD_REQUEST,
                    "the cookie and the bearer token belong to different accounts",
                )
                .into());
            }
            Some(by_bearer)
        }
    };
    let now = app.clock.now();
    let over = person.as_ref().filter(|p| p.staff).and_then(|p| p.session);
    let support = match over {
        Some(session) => app.memberships.support(app, session)?,
        None => None,
    };
    Ok(Op {
        support: support.map(Arc::new),
        actor: person.map_or(Actor::Nobody, Actor::Person),
        trace: request
            .extensions()
            .get::<TraceId>()
            .copied()
            .unwrap_or_else(|| TraceId::new(now, &*app.rng)),
        now,
        address: address(app, request).map(Pii::new),
        device: device(headers),
        lang: lang(headers),
        browser: browser.map(|value| Secret::new(value.to_owned())),
    })
}

/// Whether this installation wants a second factor of the person, and there is none.
fn lacks_factor(app: &App, op: &Op) -> bool {
    op.person().is_some_and(|p| !p.factor && app.config.second_factor.is_wanted_of(p.staff))
}

/// Whether a hardware key is demanded of the person, and the request did not come with one.
fn lacks_key(op: &Op) -> bool {
    op.person().is_some_and(|p| matches!(p.hardware, HardwareKey::Missing | HardwareKey::NotShown))
}

/// Whether the rules of this installation want a new password of the person.
fn has_old_password(app: &App, op: &Op) -> bool {
    let life = app.config.password.policy.life();
    op.person().zip(life).is_some_and(|(p, life)| op.now.since(p.password_at) > life)
}

/// What keeps an access token from a route, before anybody looks whether its person may come there: pages are for people, a
/// token for one tenant is for that tenant's routes alone, and every other route wants a scope.
fn lacks_scope(access: Access, op: &Op, request: &Request) -> Option<Response> {
    let person = op.person().filter(|p| p.token.is_some())?;
    if !request.uri().path().starts_with("/api/") {
        return Some(Problem::token_on_page().into_response());
    }
    let wanted = Scope::wanted(access, !changes_state(request.method()))?;
    let elsewhere = person.only.is_some() && !matches!(access, Access::Tenant { .. });
    if person.scopes.has(wanted) && !elsewhere {
        return None;
    }
    let mut response = Problem::scope_wanted(wanted, elsewhere).into_response();
    let told = format!("Bearer error=\"insufficient_scope\", scope=\"{}\"", wanted.word());
    if let Ok(value) = told.parse() {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, value);
    }
    Some(response)
}

fn ask_for_password(request: &Request) -> Response {
    if wants_page(request.uri(), request.headers()) {
        return Redirect::to("/dashboard/settings?notice=password-old").into_response();
    }
    let detail = "the password is too old here: set a new one first";
    Problem::new("kernel/password-old", StatusCode::FORBIDDEN, detail).into_response()
}

fn ask_for_factor(request: &Request) -> Response {
    if wants_page(request.uri(), request.headers()) {
        return Redirect::to("/dashboard/security?notice=factor-first").into_response();
    }
    Problem::factor_wanted().into_response()
}

fn ask_for_signature(request: &Request) -> Response {
    if wants_page(request.uri(), request.headers()) {
        return Redirect::to("/staff/agreement#sign").into_response();
    }
    Problem::agreement_wanted().into_response()
}

fn ask_for_key(op: &Op, request: &Request) -> Response {
    if !wants_page(request.uri(), request.headers()) {
        return Problem::hardware_key_wanted().into_response();
    }
    if op.person().is_some_and(|p| p.hardware == HardwareKey::Missing) {
        return Redirect::to("/dashboard/security?notice=hardware-key-first").into_response();
    }
    let next = match request.method() {
        &Method::GET => request.uri().path_and_query().map_or("/admin", |p| p.as_str()),
        _ => "/admin",
    };
    Redirect::to(&format!("/show?notice=hardware-key&next={}", encode(next))).into_response()
}

fn ask_to_sign_in(app: &App, request: &Request) -> Response {
    if !wants_page(request.uri(), request.headers()) {
        return Problem::not_signed_in().into_response();
    }
    // A cookie that no longer counts is a session that ended: say so.
    let notice = if cookie(request.headers(), &app.cookie_name()).is_some() {
        "session-ended"
    } else {
        "sign-in-first"
    };
    let mut to = format!("/login?notice={notice}");
    if request.method() == Method::GET {
        let path = request.uri().path_and_query().map_or("/dashboard", |p| p.as_str());
        to.push_str("&next=");
        to.push_str(&encode(path));
    }
    Redirect::to(&to).into_response()
}

/// Whether the answer should be a page: a browser navigates, and it is not the API.
pub(super) fn wants_page(uri: &Uri, headers: &HeaderMap) -> bool {
    let accepts = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or("");
    !uri.path().starts_with("/api/") && accepts.contains("text/html")
}

fn changes_state(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Browsers say where a request comes from; programs say nothing and are let through, because without a
/// browser there is no cookie of somebody else to ride on.
pub(super) fn comes_from_elsewhere(headers: &HeaderMap) -> bool {
    let text =
        |name| headers.get(name).map(|v: &axum::http::HeaderValue| v.to_str().unwrap_or("?"));
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return !matches!(site, "same-origin" | "none");
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (None, _) => false,
        (Some(origin), Some(host)) => {
            let own = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
            own.map(usual) != Some(usual(host))
        }
        (Some(_), None) => true,
    }
}

/// The value of the cookie with this name.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(n, _)| *n == name)
        .map(|(_, value)| value)
}

fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let token = value.to_str().ok().and_then(|t| {
        let (scheme, token) = t.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    token.map(Some).ok_or_else(Problem::not_signed_in)
}

/// The client's address: the peer's, or what a trusted proxy says it is.
fn address(app: &App, request: &Request) -> Option<IpAddr> {
    let peer = request.extensions().get::<Peer>()?.address.ip().to_canonical();
    let trusted =
        |ip: &IpAddr| app.config.listen.trusted_proxies.iter().any(|net| net.contains(ip));
    if !trusted(&peer) {
        return Some(peer);
    }
    let hops = request
        .headers()
        .get_all("x-forwarded-for")
        .iter()
        .map(|line| String::from_utf8_lossy(line.as_bytes()))
        .flat_map(|line| line.split(',').map(forwarded).collect::<Vec<_>>());
    last_foreign(hops.collect(), peer, trusted)
}

/// From the right, where our own proxies wrote: the first address that is not one of them. What stands
/// further left, or behind something that is no address, is hearsay.
fn last_foreign(
    hops: Vec<Option<IpAddr>>,
    peer: IpAddr,
    trusted: impl Fn(&IpAddr) -> bool,
) -> Option<IpAddr> {
    let mut last = peer;
    for hop in hops.into_iter().rev() {
        let Some(hop) = hop else { break };
        last = hop;
        if !trusted(&hop) {
            break;
        }
    }
    Some(last)
}

/// `192.0.2.1`, `192.0.2.1:4711`, `[2001:db8::1]:4711` or `2001:db8::1`.
fn forwarded(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let ip = text.parse::<IpAddr>().or_else(|_| text.parse::<SocketAddr>().map(|a| a.ip()));
    let ip = ip.or_else(|_| text.trim_start_matches('[').trim_end_matches(']').parse());
    ip.ok().map(|ip| ip.to_canonical())
}

/// The language that was chosen, else the one that the browser asks for.
pub(super) fn lang(headers: &HeaderMap) -> Lang {
    let accepted = || headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    match cookie(headers, LANG_COOKIE).and_then(Lang::parse) {
        Some(chosen) => chosen,
        None => accepted().map_or_else(Lang::default, Lang::accepted),
    }
}

/// A device in words. Not a fingerprint: browser and system are enough for a person to recognise it.
fn device(headers: &HeaderMap) -> String {
    let agent: String = headers
        .get(header::USER_AGENT)
        .and_then(|v| v.to_str().ok())
        .unwrap_or("")
        .chars()
        .take(AGENT_CHARS_MAX)
        .collect();
    let has = |word: &str| agent.contains(word);
    let browser = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("vouchsafe/", "vouchsafe command line"),
        ("curl/", "curl"),
        ("python", "Python program"),
    ]
    .into_iter()
    .find(|(mark, _)| has(mark))
    .map(|(_, name)| name);
    let system = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Macintosh", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]
    .into_iter()
    .find(|(mark, _)| has(mark))
    .map(|(_, name)| name);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) if agent.is_empty() => "Unnamed program".into(),
        (None, None) => agent.chars().filter(|c| !c.is_control()).take(40).collect(),
    }
}

impl FromRequestParts<Arc<App>> for Op {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, Failure> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| base::Fault::internal("a route without a guard").into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            if let Ok(value) = value.parse() {
                map.append(*name, value);
            }
        }
        map
    }

    #[test]
    fn requests_of_other_sites_are_seen() {
        let host = ("host", "console.example.com");
        let elsewhere = |h: &[(&'static str, &str)]| comes_from_elsewhere(&headers(h));
        assert!(!elsewhere(&[host]));
        assert!(!elsewhere(&[host, ("origin", "https://console.example.com")]));
        assert!(!elsewhere(&[host, ("sec-fetch-site", "same-origin"), ("origin", "null")]));
        for bad in [
            "https://evil.example",
            "null",
            "https://console.example.com.evil.example",
            "https://console.example.com:8443",
        ] {
            assert!(elsewhere(&[host, ("origin", bad)]), "{bad}");
        }
        for bad in ["cross-site", "same-site", ""] {
            assert!(elsewhere(&[host, ("sec-fetch-site", bad)]), "{bad}");
        }
    }

    #[test]
    fn forwarded_addresses_are_believed_from_the_right_only() {
        let proxy: IpAddr = std::net::Ipv4Addr::LOCALHOST.into();
        let seen = |line: &str| {
            let hops = line.split(',').map(forwarded).collect();
            last_foreign(hops, proxy, |ip| ip.is_loopback()).map(|ip| ip.to_string())
        };
        for (line, expected) in [
            ("9.9.9.9", "9.9.9.9"),
            ("6.6.6.6, 9.9.9.9", "9.9.9.9"),
            ("6.6.6.6, x, 9.9.9.9", "9.9.9.9"),
            ("6.6.6.6, 9.9.9.9:4711", "9.9.9.9"),
            ("junk, 9.9.9.9, 127.0.0.1", "9.9.9.9"),
            ("6.6.6.6, junk, 127.0.0.1", "127.0.0.1"),
            ("6.6.6.6, junk", "127.0.0.1"),
            ("[2001:db8::1]:443", "2001:db8::1"),
            ("::ffff:9.9.9.9", "9.9.9.9"),
            ("", "127.0.0.1"),
        ] {
            assert_eq!(seen(line).as_deref(), Some(expected), "{line}");
        }
    }

    #[test]
    fn cookies_are_found_by_their_whole_name() {
        let map = headers(&[("cookie", "a=1; session=x; xsession=y"), ("cookie", "late=z")]);
        assert_eq!(cookie(&map, "session"), Some("x"));
        assert_eq!(cookie(&map, "late"), Some("z"));
        assert_eq!(cookie(&map, "ession"), None);
    }

    #[test]
    fn devices_have_names_that_people_know() {
        let named = |agent: &str| device(&headers(&[("user-agent", agent)]));
        assert_eq!(
            named("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
            "Firefox on Linux"
        );
        assert_eq!(
            named(
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36 Edg/150.0"
            ),
            "Edge on Windows"
        );
        assert_eq!(
            named(
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile Safari/604.1"
            ),
            "Safari on iPhone"
        );
        assert_eq!(device(&HeaderMap::new()), "Unnamed program");
    }
}
