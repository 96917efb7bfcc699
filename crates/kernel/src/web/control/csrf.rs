//! EDG-09: requests that change something are refused when another site's page sends them.

use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, ORIGIN};
use hyper::{Method, StatusCode};

use crate::control::{
    Break, Control, Falsification, Method as How, Needs, Probing, Promise, Risk, RouteLine, Safety,
    Session, Tamper, Unable, Vantage, unable,
};
use crate::door::{Answer, Request};

pub(super) const FORGERY_REFUSED: Control = Control {
    id: "kernel.forgery_refused",
    version: 2,
    claim: "EDG-09",
    promised: Promise::none("forged requests let through"),
    method: How::Live,
    safety: Safety::S1,
    risk: Risk::Medium,
    needs: Needs::CANARIES,
    configuration: &["origin", "listen"],
    routes: &["*"],
    asvs: &["V3.5.1"],
    probe: |vantage| -> Probing<'_> { Box::pin(forge(vantage)) },
    falsification: Falsification {
        name: "nobody_asks_where_it_comes_from",
        by: Break::Answers(|| Box::new(LetsAllThrough)),
    },
};

/// What a browser says of a request that another site's page makes, or what such a page can leave out.
const FORGERIES: [(&str, &[(&str, &str)]); 5] = [
    ("with the Origin of another site", &[("origin", "https://attacker.example")]),
    ("with the Origin null", &[("origin", "null")]),
    ("as cross-site by Fetch Metadata", &[("sec-fetch-site", "cross-site")]),
    (
        "from a sibling domain",
        &[("sec-fetch-site", "same-site"), ("origin", "https://sibling.attacker.example")],
    ),
    (
        "as a simple request (text/plain)",
        &[("origin", "https://attacker.example"), ("content-type", "text/plain")],
    ),
];

async fn forge(vantage: &Vantage) -> Result<(), Unable> {
    let agent = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";
    let session = vantage.sign_in(0, agent).await?;
    let done = forge_all(vantage, &session).await;
    vantage.sign_out(session).await;
    vantage.measured_violations();
    done
}

async fn forge_all(vantage: &Vantage, session: &Session) -> Result<(), Unable> {
    let scheme = if vantage.doors.https == Some(vantage.target) { "https" } else { "http" };
    let own = format!("{scheme}://{}", vantage.host);
    let answer = theme(session, &[("origin", &own), ("sec-fetch-site", "same-origin")]).await?;
    if answer.status != StatusCode::SEE_OTHER {
        let what = format!("a form of our own page was answered {}", answer.status);
        return Err(Unable::because(what));
    }
    let slug = &vantage.canary(0)?.slug;
    for route in vantage.routes.iter() {
        let Some(method) = changing(route) else { continue };
        let path = filled(route.path, slug, &session.id);
        for (how, headers) in FORGERIES {
            let answer = session
                .door
                .send(method.clone(), &path, map(headers), "{}".into())
                .await
                .map_err(unable)?;
            if answer.status == StatusCode::METHOD_NOT_ALLOWED {
                continue; // a page that takes no change at all
            }
            let step = format!("send a change {how}");
            vantage.tried(&step, "refused as forged", !is_refused(&answer));
        }
    }
    override_method(vantage, session).await
}

/// Methods that only a header or a query names: a GET stays a GET.
async fn override_method(vantage: &Vantage, session: &Session) -> Result<(), Unable> {
    for (path, header) in [
        ("/api/v1/sessions", Some("x-http-method-override")),
        ("/api/v1/sessions", Some("x-method-override")),
        ("/api/v1/sessions?_method=DELETE", None),
    ] {
        let mut headers = map(&[("sec-fetch-site", "cross-site")]);
        if let Some(name) = header {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static("DELETE"));
        }
        let answer =
            session.door.send(Method::GET, path, headers, "".into()).await.map_err(unable)?;
        let listed = answer.status == StatusCode::OK && answer.json()["items"].is_array();
        let step = "turn a read into a change by a header or a query";
        vantage.tried(step, "it stays a read", !listed);
    }
    Ok(())
}

async fn theme(session: &Session, headers: &[(&str, &str)]) -> Result<Answer, Unable> {
    let mut headers = map(headers);
    let form = HeaderValue::from_static("application/x-www-form-urlencoded");
    headers.insert(CONTENT_TYPE, form);
    let path = "/dashboard/settings/theme";
    session.door.send(Method::POST, path, headers, "theme=system".into()).await.map_err(unable)
}

/// The method that changes something there; pages are tried with POST.
fn changing(route: &RouteLine) -> Option<Method> {
    match route.method {
        Some("get") => None,
        Some(method) => Method::from_bytes(method.to_uppercase().as_bytes()).ok(),
        None => Some(Method::POST),
    }
}

/// A path of the canary's own things; what is of another kind gets a name that nobody has.
fn filled(path: &str, slug: &str, session: &str) -> String {
    path.split('/')
        .map(|part| match part {
            "{tenant}" | "{slug}" => slug,
            "{session_id}" => session,
            part if part.starts_with('{') => "none",
            part => part,
        })
        .collect::<Vec<_>>()
        .join("/")
}

/// Refused as forged, and not for any other reason: what is refused because nothing is there, or because the
/// canary may not, would be done for somebody who may.
fn is_refused(answer: &Answer) -> bool {
    answer.status == StatusCode::FORBIDDEN
        && answer.json()["type"].as_str().is_some_and(|t| t.ends_with("kernel/cross-site"))
}

fn map(pairs: &[(&str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    for (name, value) in pairs {
        let name = match *name {
            "origin" => ORIGIN,
            "content-type" => CONTENT_TYPE,
            other => HeaderName::from_bytes(other.as_bytes()).unwrap_or(ORIGIN),
        };
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    headers
}

/// A system that does what it is told by anybody's page.
struct LetsAllThrough;

impl Tamper for LetsAllThrough {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.method != Method::GET && answer.status == StatusCode::FORBIDDEN {
            answer.status = StatusCode::OK;
            answer.body = "{}".into();
        }
        answer
    }
}
