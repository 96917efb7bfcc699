//! Access groups: what a rule denies is closed by every route, what it allows is open, and denied by one group is denied.

use hyper::{Method, StatusCode};
use kernel::control::{
    Break, Control, Falsification, Probing, Promise, Risk, RouteLine, Session, Tamper, Unable,
    Vantage, unable,
};
use kernel::door::{Answer, Door, Request};
use kernel::rules::Feature;
use serde_json::{Value, json};

use super::company::{Company, DESK, call};
use super::crossing::send;
use super::roles::{harmless, own_settings};

/// TEN-17.
pub(super) const RULES: Control = Control {
    version: 2,
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
    let swept = sweep(vantage, &company.owner, &company.slug, NAME).await;
    company.part(vantage).await;
    vantage.measured_violations();
    tried.and(swept)
}

async fn try_rules(vantage: &Vantage, company: &Company) -> Result<(), Unable> {
    sweep(vantage, &company.owner, &company.slug, NAME).await?;
    company.join(vantage, "operator").await?;
    let bearer = Bearer::make(vantage, company).await?;
    let tried = try_all(vantage, company, &bearer).await;
    bearer.revoke(vantage, company).await.and(tried)
}

async fn try_all(vantage: &Vantage, company: &Company, bearer: &Bearer) -> Result<(), Unable> {
    let settings = own_settings(company).await?;
    let doors = Doors { vantage, company, program: &bearer.program, settings };
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
        doors.role("viewer").await?;
        doors.expect(feature, true, "use what a rule allows beside the role").await?;
        doors.ungroup(&allows).await?;
        let by_role = feature == Feature::Team;
        doors.expect(feature, by_role, "use what the role says, after the rule").await?;
        doors.role("operator").await?;
    }
    Ok(())
}

/// Every way to a feature: pages with the session, the API with session and access token.
struct Doors<'a> {
    vantage: &'a Vantage,
    company: &'a Company,
    program: &'a Door,
    /// What the settings are, so that whoever may change them changes nothing.
    settings: Value,
}

impl Doors<'_> {
    /// Whether each way lets the guest in.
    async fn open(&self, feature: Feature) -> Result<Vec<bool>, Unable> {
        let (mut pages, mut calls) = (Vec::new(), Vec::new());
        for route in self.vantage.routes.iter() {
            for method in route.method.map_or(vec!["get", "post"], |m| vec![m]) {
                if route.access.action(method == "get") != Some(feature.action()) {
                    continue;
                }
                let Some(path) = self.path(route) else { continue };
                let body = harmless(route, &self.settings);
                let answer = send(&self.company.guest, route, method, &path, &body).await?;
                if answer.status == StatusCode::METHOD_NOT_ALLOWED {
                    continue;
                }
                if route.method.is_none() {
                    pages.push(is_in(&answer, method != "get")?);
                    continue;
                }
                calls.push(is_in(&answer, false)?);
                let answer = match method {
                    "get" => self.program.get(&path).await,
                    "put" => self.program.json(Method::PUT, &path, &body).await,
                    other => return Err(Unable::because(format!("{other} was not foreseen"))),
                };
                calls.push(is_in(&answer.map_err(unable)?, false)?);
            }
        }
        if pages.is_empty() || calls.is_empty() {
            return Err(Unable::because("a feature had no page, or no operation of the API"));
        }
        Ok(pages.into_iter().chain(calls).collect())
    }

    async fn role(&self, role: &str) -> Result<(), Unable> {
        match self.company.set_role(role).await?.status {
            StatusCode::NO_CONTENT => Ok(()),
            other => Err(Unable::because(format!("giving a role was answered {other}"))),
        }
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
    lease: u64,
    program: Door,
}

impl Bearer {
    async fn make(vantage: &Vantage, company: &Company) -> Result<Self, Unable> {
        let lease = vantage.leases.take("token", &vantage.canary(1)?.email).await?;
        let body = json!({ "name": "probe", "expires_in_days": 1, "scopes": ["all"] });
        let made = call(&company.guest, Method::POST, "/api/v1/tokens", &body).await?.json();
        let (Some(text), Some(id)) = (made["token"].as_str(), made["id"].as_str()) else {
            return Err(Unable::because("a canary could not make a token"));
        };
        vantage.guard.lease(id.to_owned());
        let program = vantage.door(DESK).owned_by(1).with_bearer(text);
        Ok(Self { id: id.to_owned(), lease, program })
    }

    async fn revoke(self, vantage: &Vantage, company: &Company) -> Result<(), Unable> {
        let path = format!("/api/v1/tokens/{}", self.id);
        match call(&company.guest, Method::DELETE, &path, &Value::Null).await {
            Ok(answer) if answer.status == StatusCode::NO_CONTENT => {
                vantage.leases.give_back(self.lease).await?;
            }
            _ => vantage.left(1),
        }
        Ok(())
    }
}

fn groups(company: &Company) -> String {
    format!("{}/access-groups", company.tenant())
}

/// A group that says something, with nobody in it.
pub(super) fn harmless_group(name: &str) -> Value {
    json!({ "name": name, "rules": { "audit": "deny" }, "members": [] })
}

/// Makes one in the owner's tenant, in the place of what a run that was cut off left behind; its identifier.
pub(super) async fn make(
    vantage: &Vantage,
    owner: &Session,
    slug: &str,
    name: &str,
) -> Result<String, Unable> {
    sweep(vantage, owner, slug, name).await?;
    let path = format!("/api/v1/tenants/{slug}/access-groups");
    let made = call(owner, Method::POST, &path, &harmless_group(name)).await?;
    let id = made.json()["id"].as_str().map(str::to_owned);
    id.ok_or_else(|| Unable::because(format!("making a group was answered {}", made.status)))
}

/// Deletes the groups whose name begins so, also those that a run which was cut off left behind.
async fn sweep(vantage: &Vantage, owner: &Session, slug: &str, name: &str) -> Result<(), Unable> {
    let groups = format!("/api/v1/tenants/{slug}/access-groups");
    let all = call(owner, Method::GET, &groups, &Value::Null).await?.json();
    for group in all["items"].as_array().into_iter().flatten() {
        let (Some(id), Some(called)) = (group["id"].as_str(), group["name"].as_str()) else {
            return Err(Unable::because("a group has no identifier or no name"));
        };
        if called.starts_with(name) {
            vantage.guard.lease(id.to_owned());
            let gone = call(owner, Method::DELETE, &format!("{groups}/{id}"), &Value::Null).await?;
            vantage.left(u64::from(gone.status != StatusCode::NO_CONTENT));
        }
    }
    Ok(())
}

/// Whether it was let in; a form that was taken leads on. What says neither is no verdict.
fn is_in(answer: &Answer, form: bool) -> Result<bool, Unable> {
    match answer.status.as_u16() {
        401 | 403 | 404 => Ok(false),
        200..=299 => Ok(true),
        303 if form => Ok(true),
        other => Err(Unable::because(format!("a feature was answered {other}"))),
    }
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
