//! Other sites' pages: only from origins that a tenant has listed may they call the API.

use std::collections::HashSet;

use hyper::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_REQUEST_METHOD, CONTENT_TYPE, HeaderMap,
    HeaderName, HeaderValue, ORIGIN,
};
use hyper::{Method, StatusCode};
use kernel::control::{
    Break, Control, Falsification, Needs, Probing, Promise, RouteLine, Safety, Session, Tamper,
    Unable, Vantage, unable,
};
use kernel::door::{Answer, Door, Request};
use kernel::web::route::Access;
use serde_json::{Value, json};

/// EDG-10.
pub(super) const LISTED_ALONE: Control = Control {
    safety: Safety::S1,
    needs: Needs::CANARIES,
    routes: &["*"],
    asvs: &["V3.4.2", "V3.5.3"],
    ..Control::live(
        ("tenancy.origins_listed", "EDG-10"),
        Promise::none("calls from pages of origins that are not listed that were accepted"),
        |vantage| -> Probing<'_> { Box::pin(call_from_elsewhere(vantage)) },
        Falsification { name: "api_for_all_origins", by: Break::Answers(|| Box::new(OpenToAll)) },
    )
};

/// WEB-07.
pub(super) const EDITED: Control = Control {
    safety: Safety::S1,
    needs: Needs::CANARIES,
    routes: &["set_origins", "list_origins", "tenant_origins", "tenant_settings"],
    asvs: &["V3.4.2"],
    ..Control::live(
        ("tenancy.origins_edited", "WEB-07"),
        Promise { name: "an edit counts after", value: 1.0, unit: "s", direction: "<=" },
        |vantage| -> Probing<'_> { Box::pin(edit(vantage)) },
        Falsification {
            name: "list_that_nobody_reads",
            by: Break::Answers(|| Box::new(FirstOnly::default())),
        },
    )
};

const DESK: &str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";
/// What the canary lists; the names are set aside for examples (RFC 2606), and nobody asks them anything.
const LISTED: &str = "https://crm.integration.example";
const OTHER: &str = "https://portal.integration.example";

/// Where calls come from that are not listed: what a page says of itself, in the header and its value.
const FOREIGN: [(&str, &str, &str); 9] = [
    ("an unlisted origin", "origin", "https://unlisted.example"),
    ("a look-alike", "origin", "https://crm.integrati0n.example"),
    (
        "an origin that begins with the listed one",
        "origin",
        "https://crm.integration.example.evil.example",
    ),
    ("an origin that ends with the listed one", "origin", "https://evilcrm.integration.example"),
    ("the domain above the listed one", "origin", "https://integration.example"),
    ("another port", "origin", "https://crm.integration.example:8443"),
    ("the listed host without TLS", "origin", "http://crm.integration.example"),
    ("the origin null", "origin", "null"),
    ("a page that hides its origin", "sec-fetch-site", "cross-site"),
];

/// A canary with an access token and the list that it had.
struct Integration<'a> {
    vantage: &'a Vantage,
    session: Session,
    program: Door,
    token: String,
    before: Value,
    path: String,
}

impl<'a> Integration<'a> {
    async fn begin(vantage: &'a Vantage) -> Result<Self, Unable> {
        let session = vantage.sign_in(0, DESK).await?;
        match Self::with(vantage, &session).await {
            Ok((program, token, before, path)) => {
                Ok(Self { vantage, session, program, token, before, path })
            }
            Err(why) => {
                vantage.sign_out(session).await;
                Err(why)
            }
        }
    }

    async fn with(
        vantage: &Vantage,
        session: &Session,
    ) -> Result<(Door, String, Value, String), Unable> {
        let slug = &vantage.canary(0)?.slug;
        let path = format!("/api/v1/tenants/{slug}/origins");
        let before = session.door.get(&path).await.map_err(unable)?;
        if before.status != StatusCode::OK {
            return Err(Unable::because(format!("a canary's list was answered {}", before.status)));
        }
        let token = json!({ "name": "probe", "expires_in_days": 1, "scopes": ["all"] });
        let made = session.door.json(Method::POST, "/api/v1/tokens", &token).await;
        let made = made.map_err(unable)?.json();
        let (Some(text), Some(id)) = (made["token"].as_str(), made["id"].as_str()) else {
            return Err(Unable::because("a canary could not make a token"));
        };
        vantage.guard.lease(id.to_owned());
        let program = vantage.door(DESK).owned_by(0).with_bearer(text);
        Ok((program, id.to_owned(), before.json(), path))
    }

    async fn list(&self, origins: &[&str]) -> Result<(), Unable> {
        let body = json!({ "origins": origins, "mode": "enforce" });
        let answer = self.session.door.json(Method::PUT, &self.path, &body).await;
        match answer.map_err(unable)?.status {
            StatusCode::NO_CONTENT => Ok(()),
            other => Err(Unable::because(format!("a change of the list was answered {other}"))),
        }
    }

    fn tenant(&self) -> &str {
        self.path.strip_suffix("/origins").unwrap_or(&self.path)
    }

    /// Whether a page of an origin may read the canary's tenant.
    async fn reads(&self, origin: &'static str) -> Result<bool, Unable> {
        let from = ("origin", origin);
        let answer = from_page(&self.program, Method::GET, self.tenant(), from, "").await?;
        let told = answer.headers.get(ACCESS_CONTROL_ALLOW_ORIGIN);
        Ok(answer.status == StatusCode::OK && told.is_some_and(|o| o == origin))
    }

    /// Puts everything back.
    async fn end(self) {
        let token = format!("/api/v1/tokens/{}", self.token);
        for (method, path, body) in
            [(Method::PUT, &self.path, &self.before), (Method::DELETE, &token, &Value::Null)]
        {
            let gone = self.session.door.json(method, path, body).await;
            self.vantage.left(u64::from(!gone.is_ok_and(|a| a.status == StatusCode::NO_CONTENT)));
        }
        self.vantage.sign_out(self.session).await;
    }
}

async fn from_page(
    door: &Door,
    method: Method,
    path: &str,
    (name, value): (&'static str, &'static str),
    body: &'static str,
) -> Result<Answer, Unable> {
    let mut headers = HeaderMap::new();
    headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    if method == Method::OPTIONS {
        headers.insert(ACCESS_CONTROL_REQUEST_METHOD, HeaderValue::from_static("PUT"));
    }
    if !body.is_empty() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    door.send(method, path, headers, body.into()).await.map_err(unable)
}

async fn call_from_elsewhere(vantage: &Vantage) -> Result<(), Unable> {
    let canary = Integration::begin(vantage).await?;
    let done = call_all(vantage, &canary).await;
    canary.end().await;
    vantage.measured_violations();
    done
}

async fn call_all(vantage: &Vantage, canary: &Integration<'_>) -> Result<(), Unable> {
    canary.list(&[LISTED]).await?;
    if !canary.reads(LISTED).await? {
        return Err(Unable::because("not even the listed origin was let in"));
    }
    let slug = &vantage.canary(0)?.slug;
    let mut paths = HashSet::new();
    for route in vantage.routes.iter().filter(|r| is_read(r)) {
        let path = route.path.replace("{tenant}", slug);
        let own = canary.program.get(&path).await.map_err(unable)?;
        // What a token opens to a program: the rest would be refused to anybody.
        if own.status == StatusCode::OK {
            paths.insert(path);
        }
    }
    if paths.len() < 5 {
        return Err(Unable::because(format!("a token opened only {} resources", paths.len())));
    }
    for (who, name, value) in FOREIGN {
        for path in &paths {
            let answer = from_page(&canary.program, Method::GET, path, (name, value), "").await?;
            vantage.tried(&format!("call the API from {who}"), "refused", !is_refused(&answer));
        }
        // Were it let through, it would be refused as a body that says nothing.
        let put =
            from_page(&canary.program, Method::PUT, &canary.path, (name, value), "{}").await?;
        vantage.tried(&format!("change something from {who}"), "refused", !is_refused(&put));
        let asked =
            from_page(&canary.program, Method::OPTIONS, &canary.path, (name, value), "").await?;
        let open = asked.headers.contains_key(ACCESS_CONTROL_ALLOW_ORIGIN);
        vantage.tried(&format!("ask first from {who}"), "nothing is permitted", open);
    }
    Ok(())
}

/// Resources of the API that a canary can read by its own name.
fn is_read(route: &RouteLine) -> bool {
    let whose = matches!(route.access, Access::Person | Access::Bare | Access::Tenant { .. });
    let named = route.path.replace("{tenant}", "");
    route.method == Some("get") && whose && !named.contains('{')
}

fn is_refused(answer: &Answer) -> bool {
    answer.status == StatusCode::FORBIDDEN
        && answer.json()["type"].as_str().is_some_and(|t| t.ends_with("kernel/origin-not-listed"))
        && !answer.headers.contains_key(ACCESS_CONTROL_ALLOW_ORIGIN)
}

async fn edit(vantage: &Vantage) -> Result<(), Unable> {
    let canary = Integration::begin(vantage).await?;
    let edited = edit_and_call(vantage, &canary).await;
    canary.end().await;
    vantage.measured(vantage.promised.name, edited?, vantage.promised.unit);
    Ok(())
}

/// Answers how long after an edit something was still answered by the old list, in seconds.
async fn edit_and_call(vantage: &Vantage, canary: &Integration<'_>) -> Result<f64, Unable> {
    let mut last: f64 = 0.0;
    let lists: [&[&str]; 4] = [&[LISTED], &[LISTED, OTHER], &[OTHER], &[]];
    for list in lists {
        canary.list(list).await?;
        let since = vantage.clock.now();
        for _ in 0..5 {
            for origin in [LISTED, OTHER] {
                let wanted = list.contains(&origin);
                let (step, expected) = if wanted {
                    ("call from an origin after it was listed", "let in, and the page may read it")
                } else {
                    ("call from an origin that is not in the list any more, or not yet", "refused")
                };
                let wrong = canary.reads(origin).await? != wanted;
                vantage.tried(step, expected, wrong);
                if wrong {
                    last = last.max(vantage.clock.now().since(since).as_secs_f64());
                }
            }
        }
        for (_, name, value) in FOREIGN {
            let answer =
                from_page(&canary.program, Method::GET, canary.tenant(), (name, value), "").await?;
            let step = "call from a look-alike, null and other origins after an edit";
            vantage.tried(step, "refused", !is_refused(&answer));
        }
    }
    on_the_page(vantage, canary).await?;
    Ok(last)
}

/// The same list, edited in the settings as people do.
async fn on_the_page(vantage: &Vantage, canary: &Integration<'_>) -> Result<(), Unable> {
    let page = format!("/t/{}/settings", vantage.canary(0)?.slug);
    let form = "origins=https%3A%2F%2Fcrm.integration.example&mode=enforce".to_owned();
    let sent = canary.session.door.form(&format!("{page}/origins"), form).await.map_err(unable)?;
    let taken = sent.status == StatusCode::SEE_OTHER && canary.reads(LISTED).await?;
    vantage.tried("edit the list in the settings", "it counts", !taken);
    let shown = canary.session.door.page(&page).await.map_err(unable)?;
    let there = shown.body.windows(LISTED.len()).any(|w| w == LISTED.as_bytes());
    vantage.tried("look at the list in the settings", "it is shown", !there);
    Ok(())
}

/// A system that answers everybody's pages.
struct OpenToAll;

impl Tamper for OpenToAll {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if answer.status == StatusCode::FORBIDDEN && request.headers.contains_key(ORIGIN) {
            answer.status = StatusCode::OK;
            answer.body = "{}".into();
        }
        answer
    }
}

/// A system that goes on by the list it saw first.
#[derive(Default)]
struct FirstOnly {
    good: Option<Answer>,
}

impl Tamper for FirstOnly {
    fn answer(&mut self, request: &Request, answer: Answer) -> Answer {
        let listed = request.headers.get(ORIGIN).is_some_and(|o| o == LISTED);
        if !listed || request.method != Method::GET {
            return answer;
        }
        if answer.status == StatusCode::OK && self.good.is_none() {
            self.good = Some(answer.clone());
        }
        self.good.clone().unwrap_or(answer)
    }
}
