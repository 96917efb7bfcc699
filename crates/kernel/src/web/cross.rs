//! Calls of the API from other sites' pages: with an access token, and only from origins that the tenant has listed.
//!
//! Cookies never count there: what carries one and comes from elsewhere is refused as forged, by the guard. An answer to a
//! listed origin says so (Fetch standard, CORS protocol), and never lets a browser send cookies along.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use base::Fault;

use super::guard::{comes_from_elsewhere, cookie, named_tenant};
use super::problem::Problem;
use crate::app::{App, Origins};

/// What a page of a listed origin may send.
const METHODS: &str = "GET, POST, PUT, PATCH, DELETE";
const HEADERS: &str = "authorization, content-type";
/// Headers of an answer that such a page may read.
const EXPOSED: &str = "retry-after, ratelimit, ratelimit-policy, vouchsafe-support, x-trace-id";
/// Seconds that a browser may remember a permission: a change of the list is to count soon.
const MAX_AGE: &str = "60";

/// An origin that may read the answer, for whoever writes its headers.
#[derive(Clone)]
pub(super) struct Admitted {
    origin: HeaderValue,
    /// It is not in the list, which only reports.
    pub(super) unlisted: bool,
}

/// Whether a request is a call of the API with an access token from another site's page. Others never are: a browser sends
/// no such token by itself.
pub(super) fn is_call(request: &Request, cookie_name: impl FnOnce() -> String) -> bool {
    let headers = request.headers();
    // Most requests end here: before a name is made.
    headers.contains_key(header::AUTHORIZATION)
        && request.uri().path().starts_with("/api/")
        && comes_from_elsewhere(headers)
        && cookie(headers, &cookie_name()).is_none()
}

/// Judges such a call; `None`, where it is not admitted.
pub(super) fn judge(
    app: &App,
    (route, uri): (Option<&str>, &Uri),
    headers: &HeaderMap,
) -> Result<Option<Admitted>, Fault> {
    let mut sent = headers.get_all(header::ORIGIN).iter();
    let (Some(origin), None) = (sent.next(), sent.next()) else { return Ok(None) };
    let Some(named) = route.and_then(|r| named_tenant(r, uri.path())) else { return Ok(None) };
    let Some(tenant) = app.memberships.origins(app, &named)? else { return Ok(None) };
    let listed = is_listed(&tenant, origin);
    let admitted = listed || tenant.report_only;
    Ok(admitted.then(|| Admitted { origin: origin.clone(), unlisted: !listed }))
}

/// To the byte: browsers write an origin in one way only.
fn is_listed(tenant: &Origins, origin: &HeaderValue) -> bool {
    tenant.listed.iter().any(|listed| listed.as_bytes() == origin.as_bytes())
}

/// The refusal of a call from an origin that is not listed.
pub(super) fn refusal() -> Problem {
    let detail = "this origin is not in the tenant's list of those that may call the API";
    Problem::new("kernel/origin-not-listed", StatusCode::FORBIDDEN, detail)
}

/// Lets the page read the answer.
pub(super) fn tell(admitted: &Admitted, headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, admitted.origin.clone());
    let exposed = HeaderValue::from_static(EXPOSED);
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    headers.append(header::VARY, HeaderValue::from_static("origin"));
}

/// The answer to a browser that asks first (preflight); nothing, when it is none. Whether there is such a tenant, it does
/// not say: an unknown one is refused like an origin that is not listed.
pub(super) fn preflight(
    app: &App,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
) -> Option<Response> {
    let asks = *method == Method::OPTIONS
        && uri.path().starts_with("/api/")
        && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    if !asks {
        return None;
    }
    let route = uri.path().starts_with("/api/v1/tenants/").then_some("/api/v1/tenants/{tenant}");
    let answer = match judge(app, (route, uri), headers) {
        Ok(Some(admitted)) => {
            let mut answer = StatusCode::NO_CONTENT.into_response();
            tell(&admitted, answer.headers_mut());
            for (name, value) in [
                (header::ACCESS_CONTROL_ALLOW_METHODS, METHODS),
                (header::ACCESS_CONTROL_ALLOW_HEADERS, HEADERS),
                (header::ACCESS_CONTROL_MAX_AGE, MAX_AGE),
            ] {
                let name: HeaderName = name;
                answer.headers_mut().insert(name, HeaderValue::from_static(value));
            }
            answer
        }
        Ok(None) => refusal().into_response(),
        Err(fault) => super::problem::Failure::from(fault).into_response(),
    };
    Some(answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use base::Timestamp;
    use base::id::TenantId;

    fn request(path: &str, pairs: &[(&str, &str)]) -> Request {
        let mut request = Request::builder().uri(path).header("host", "console.example.com");
        for (name, value) in pairs {
            request = request.header(*name, *value);
        }
        request.body(Body::empty()).unwrap_or_default()
    }

    #[test]
    fn only_what_carries_a_token_and_no_cookie_is_such_a_call() {
        let (auth, from) = (("authorization", "Bearer x"), ("origin", "https://crm.example.com"));
        let is = |path, pairs: &[(&str, &str)]| is_call(&request(path, pairs), || "session".into());
        assert!(is("/api/v1/me", &[auth, from]));
        assert!(is("/api/v1/me", &[auth, ("sec-fetch-site", "cross-site")]));
        assert!(!is("/api/v1/me", &[auth]), "a program");
        assert!(!is("/api/v1/me", &[from]), "no token");
        assert!(!is("/api/v1/me", &[auth, from, ("cookie", "session=x")]), "forged");
        assert!(!is("/dashboard", &[auth, from]), "not the API");
        assert!(!is("/api/v1/me", &[auth, ("origin", "https://console.example.com")]), "our own");
    }

    #[test]
    fn an_origin_is_listed_to_the_byte() {
        let tenant = Origins {
            tenant: TenantId::new(Timestamp(0), &crypt::SystemRng),
            listed: vec!["https://crm.example.com".into()],
            report_only: false,
        };
        let listed = |origin| is_listed(&tenant, &HeaderValue::from_static(origin));
        assert!(listed("https://crm.example.com"));
        for other in [
            "null",
            "https://crm.example.com.evil.example",
            "https://evilcrm.example.com",
            "https://crm.example.com:444",
            "http://crm.example.com",
            "https://CRM.example.com",
            "https://crm.example.com/",
            "https://example.com",
        ] {
            assert!(!listed(other), "{other}");
        }
    }
}
