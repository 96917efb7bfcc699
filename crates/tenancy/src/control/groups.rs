//! Access groups: what a rule denies is closed by every route, what it allows is open, and denied by one group is denied.

use hyper::{Method, StatusCode};
use kernel::control::{
    Break, Control, Falsification, Probing, Promise, Risk, RouteLine, Tamper, Unable, Vantage,
    unable,
};
use kernel::door::{Answer, Request};
use kernel::rules::Feature;
use serde_json::{Value, json};

use super::company::{Company, call};
use super::crossing::send;
use super::roles::{harmless, own_settings};

/// TEN-17.
pub(super) const RULES: Control = Control {
    risk: Risk::High,
    routes: &["*"],
    asvs: &["V8.2.1", "V8.3.2"],
    ..Control::live(
        ("tenancy.access_rules", "TEN-17"),
        Promise::none("features that a rule denies and that were open, or the other way round"),
        |vantage| -> Probing<'_> { Box::pin(bar_and_open(vantage)) },
        Falsification {
            name: "rules_for_pages_alone",
            by: Break::Answers(|| Box::new(PagesAlone)),
        },
    )
};

/// What the probe calls its groups; one that a run before left behind is taken away by that.
const NAME: &str = "probe of access rules";

async fn bar_and_open(vantage: &Vantage) -> Result<(), Unable> {
    let company = Company::meet(vantage).await?;
    let tried = try_rules(vantage, &company).await;
    let swept = sweep(vantage, &company).await;
    company.part(vantage).await;
    vantage.measured_violations();
    tried.and(swept)
}

async fn try_rules(vantage: &Vantage, company: &Company) -> Result<(), Unable> {
    sweep(vantage, company).await?;
    company.join(vantage, "operator").await?;
    let bearer = Bearer::make(vantage, company).await?;
    let tried = try_all(vantage, company, &bearer.text).await;
    bearer.revoke(vantage, company).await;
    tried
}

async fn try_all(vantage: &Vantage, company: &Company, bearer: &str) -> Result<(), Unable> {
    let settings = own_settings(company).await?;
    let doors = Doors { vantage, company, bearer, settings };
    for feature in Feature::ALL {
        if doors.open(feature).await?.iter().any(|open| !open) {
            return Err(Unable::because("an operator was not let in before any rule"));
        }
        let denies = doors.group(feature, "deny").await?;
        doors.expect(feature, false, "use what a rule denies").await?;
        let allows = doors.group(feature, "allow").await?;
        doors.expect(feature, false, "use what one group denies and another allows").await?;
        doors.lift(&denies).await?;
        doors.ungroup(&denies).await?;
        doors.expect(feature, true, "use what no rule denies any more").await?;
        company.set_role("viewer").await?;
        doors.expect(feature, true, "use what a rule allows beside the role").await?;
        doors.ungroup(&allows).await?;
        let by_role = feature == Feature::Team;
        doors.expect(feature, by_role, "use what the role says, after the rule").await?;
        company.set_role("operator").await?;
    }
    Ok(())
}

/// Every way to a feature: page and API, with session and access token.
struct Doors<'a> {
    vantage: &'a Vantage,
    company: &'a Company,
    bearer: &'a str,
    /// What the settings are, so that whoever may change them changes nothing.
    settings: Value,
}

impl Doors<'_> {
    /// Whether each way lets the guest in.
    async fn open(&self, feature: Feature) -> Result<Vec<bool>, Unable> {
        let mut open = Vec::new();
        for route in self.vantage.routes.iter() {
            for method in route.method.map_or(vec!["get", "post"], |m| vec![m]) {
                if route.access.action(method == "get") != Some(feature.action()) {
                    continue;
                }
                let Some(path) = self.path(route) else { continue };
                let guest = &self.company.guest;
                let answer =
                    send(guest, route, method, &path, &harmless(route, &self.settings)).await?;
                if answer.status == StatusCode::METHOD_NOT_ALLOWED {
                    continue;
                }
                open.push(is_in(&answer));
                if method == "get" && route.method.is_some() {
                    let answer = guest.door.get_with_bearer(&path, self.bearer).await;
                    open.push(is_in(&answer.map_err(unable)?));
                }
            }
        }
        if open.len() < 2 {
            return Err(Unable::because(format!("only {} ways to a feature", open.len())));
        }
        Ok(open)
    }

    /// The route's path in the canary's tenant; nothing, where it names a thing in there.
    fn path(&self, route: &RouteLine) -> Option<String> {
        let path = route
            .path
            .replace("{tenant}", &self.company.slug)
            .replace("{slug}", &self.company.slug);
        (!path.contains('{')).then_some(path)
    }

    async fn expect(&self, feature: Feature, wanted: bool, step: &str) -> Result<(), Unable> {
        let expected = if wanted { "let in" } else { "refused" };
        for open in self.open(feature).await? {
            self.vantage.tried(step, expected, open != wanted);
        }
        Ok(())
    }

    /// Makes a group of the guest alone, with one rule.
    async fn group(&self, feature: Feature, effect: &str) -> Result<String, Unable> {
        let company = self.company;
        let body = json!({ "name": format!("{NAME}: {effect}"), "members": [company.account],
            "rules": { feature.word(): effect } });
        let made = call(&company.owner, Method::POST, &groups(company), &body).await?;
        let id = made.json()["id"].as_str().map(str::to_owned);
        let Some(id) = id.filter(|_| made.status == StatusCode::CREATED) else {
            return Err(Unable::because(format!("making a group was answered {}", made.status)));
        };
        self.vantage.guard.lease(id.clone());
        Ok(id)
    }

    /// Whom a rule binds tries to be rid of it.
    async fn lift(&self, id: &str) -> Result<(), Unable> {
        let company = self.company;
        let one = format!("{}/{id}", groups(company));
        let body = json!({ "name": NAME, "rules": { "audit": "allow" }, "members": [] });
        for (method, path, body) in [
            (Method::DELETE, one.clone(), Value::Null),
            (Method::PUT, one, body.clone()),
            (Method::POST, groups(company), body),
        ] {
            let answer = call(&company.guest, method, &path, &body).await?;
            let done = answer.status.is_success();
            self.vantage.tried("change the rules as somebody they bind", "refused", done);
        }
        Ok(())
    }

    async fn ungroup(&self, id: &str) -> Result<(), Unable> {
        let path = format!("{}/{id}", groups(self.company));
        let gone = call(&self.company.owner, Method::DELETE, &path, &Value::Null).await?;
        match gone.status {
            StatusCode::NO_CONTENT => Ok(()),
            other => Err(Unable::because(format!("deleting a group was answered {other}"))),
        }
    }
}

/// The guest's access token, made before any rule.
struct Bearer {
    id: String,
    text: String,
}

impl Bearer {
    async fn make(vantage: &Vantage, company: &Company) -> Result<Self, Unable> {
        let body = json!({ "name": "probe", "expires_in_days": 1, "scopes": ["all"] });
        let made = call(&company.guest, Method::POST, "/api/v1/tokens", &body).await?.json();
        let (Some(text), Some(id)) = (made["token"].as_str(), made["id"].as_str()) else {
            return Err(Unable::because("a canary could not make a token"));
        };
        vantage.guard.lease(id.to_owned());
        Ok(Self { id: id.to_owned(), text: text.to_owned() })
    }

    async fn revoke(self, vantage: &Vantage, company: &Company) {
        let path = format!("/api/v1/tokens/{}", self.id);
        let gone = call(&company.guest, Method::DELETE, &path, &Value::Null).await;
        vantage.left(u64::from(!gone.is_ok_and(|a| a.status == StatusCode::NO_CONTENT)));
    }
}

fn groups(company: &Company) -> String {
    format!("{}/access-groups", company.tenant())
}

/// Deletes the probe's groups, also those that a run which was cut off left behind.
async fn sweep(vantage: &Vantage, company: &Company) -> Result<(), Unable> {
    let all = call(&company.owner, Method::GET, &groups(company), &Value::Null).await?.json();
    for group in all["items"].as_array().into_iter().flatten() {
        let (Some(id), Some(name)) = (group["id"].as_str(), group["name"].as_str()) else {
            return Err(Unable::because("a group has no identifier or no name"));
        };
        if name.starts_with(NAME) {
            vantage.guard.lease(id.to_owned());
            let path = format!("{}/{id}", groups(company));
            let gone = call(&company.owner, Method::DELETE, &path, &Value::Null).await?;
            vantage.left(u64::from(gone.status != StatusCode::NO_CONTENT));
        }
    }
    Ok(())
}

fn is_in(answer: &Answer) -> bool {
    !matches!(answer.status.as_u16(), 401 | 403 | 404)
}

/// A system in which rules take something off the pages, and the API never heard of them.
struct PagesAlone;

impl Tamper for PagesAlone {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path.starts_with("/api/v1/tenants/") && answer.status == StatusCode::FORBIDDEN {
            answer.status = StatusCode::OK;
        }
        answer
    }
}
