//! Support sessions, tried as staff in a shadow: they need a reason, open nothing but what was granted, say on every page what
//! they are, leave each step in the tenant's log, and end within the hour.

use std::time::Duration;

use hyper::{Method, StatusCode};
use kernel::control::{
    Break, Control, Falsification, Needs, Probing, Promise, RouteLine, Safety, Session, Tamper,
    Unable, Vantage, unable, until,
};
use kernel::door::{Answer, Door, Request};
use kernel::web::route::Access;
use serde_json::{Value, json};

const fn control(
    id: &'static str,
    claim: &'static str,
    promised: Promise,
    probe: for<'a> fn(&'a Vantage) -> Probing<'a>,
    falsification: Falsification,
) -> Control {
    Control {
        safety: Safety::S3,
        needs: Needs::SHADOW,
        routes: &["begin_support", "stop_support", "show_tenant", "list_tenant_audit_events"],
        asvs: &["V8.2.1"],
        ..Control::live((id, claim), promised, probe, falsification)
    }
}

/// TEN-12.
pub(super) const LIMIT: Control = control(
    "tenancy.support_limit",
    "TEN-12",
    Promise { name: "max life", value: 1.0, unit: "h", direction: "<=" },
    |vantage| -> Probing<'_> { Box::pin(outlast(vantage)) },
    Falsification { name: "clock_that_is_not_looked_at", by: Break::Answers(|| Box::new(Endless)) },
);

/// TEN-13.
pub(super) const BANNER: Control = control(
    "tenancy.support_banner",
    "TEN-13",
    Promise::none("pages and answers without a word of the support session"),
    |vantage| -> Probing<'_> { Box::pin(look_for_banners(vantage)) },
    Falsification { name: "pages_without_banner", by: Break::Answers(|| Box::new(Silent)) },
);

/// WEB-09.
pub(super) const BANNER_OF_CONSOLE: Control = control(
    "tenancy.support_banner_console",
    "WEB-09",
    Promise::none("pages and answers without a word of the support session"),
    |vantage| -> Probing<'_> { Box::pin(look_for_banners(vantage)) },
    Falsification { name: "pages_without_banner", by: Break::Answers(|| Box::new(Silent)) },
);

/// TEN-14.
pub(super) const REASON: Control = control(
    "tenancy.support_reason",
    "TEN-14",
    Promise::none(
        "support sessions that began without a reason, or whose reason is not in the log",
    ),
    |vantage| -> Probing<'_> { Box::pin(leave_out_the_reason(vantage)) },
    Falsification { name: "reason_that_nobody_reads", by: Break::Answers(|| Box::new(TakesAny)) },
);

/// TEN-16.
pub(super) const SCOPE: Control = control(
    "tenancy.support_scope",
    "TEN-16",
    Promise::none("doors beyond the grant that opened"),
    |vantage| -> Probing<'_> { Box::pin(reach_beyond(vantage)) },
    Falsification { name: "grant_that_opens_everything", by: Break::Answers(|| Box::new(Opens)) },
);

/// AUD-04.
pub(super) const LOGGED: Control = control(
    "tenancy.support_logged",
    "AUD-04",
    Promise::none("steps of a support session that the tenant's log does not have"),
    |vantage| -> Probing<'_> { Box::pin(look_for_traces(vantage)) },
    Falsification { name: "log_that_forgets_looks", by: Break::Answers(|| Box::new(Forgets)) },
);

const DESK: &str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";
const SESSIONS: &str = "/api/v1/platform/support-sessions";
const CURRENT: &str = "/api/v1/platform/support-sessions/current";
const REASON_TEXT: &str = "Ticket 4711: the probe looks for what should not be there";

/// Staff, a customer, and the customer's tenant.
pub(super) struct Case {
    pub(super) staff: Door,
    pub(super) owner: Session,
    pub(super) slug: String,
}

impl Case {
    pub(super) async fn open(vantage: &Vantage) -> Result<Self, Unable> {
        let staff = vantage.staff(DESK).await?;
        let owner = vantage.sign_in(0, DESK).await?;
        Ok(Self { staff, owner, slug: vantage.canary(0)?.slug.clone() })
    }

    pub(super) fn tenant(&self) -> String {
        format!("/api/v1/tenants/{}", self.slug)
    }

    pub(super) async fn begin(&self, settings: bool) -> Result<Value, Unable> {
        let body = json!({ "tenant": self.slug, "reason": REASON_TEXT, "minutes": 60,
            "settings": settings });
        let begun = call(&self.staff, Method::POST, SESSIONS, &body).await?;
        if begun.status == StatusCode::CREATED {
            return Ok(begun.json());
        }
        Err(Unable::because(format!("a support session was answered {}", begun.status)))
    }

    /// Whether the tenant is open to staff now.
    async fn is_in(&self) -> Result<bool, Unable> {
        let answer = self.staff.get(&self.tenant()).await.map_err(unable)?;
        match answer.status.as_u16() {
            200 => Ok(true),
            404 => Ok(false),
            other => Err(Unable::because(format!("the tenant was answered {other}"))),
        }
    }

    /// Ends whatever is open, whatever came of the probe.
    pub(super) async fn close(self, vantage: &Vantage) {
        let _ = call(&self.staff, Method::DELETE, CURRENT, &Value::Null).await;
        vantage.sign_out(self.owner).await;
        vantage.measured_violations();
    }

    /// The tenant's log of support sessions as its owner reads it, once an entry of this kind of a session is in it.
    pub(super) async fn log(&self, id: &str, last: &str) -> Result<Vec<Value>, Unable> {
        let path = format!("{}/audit-events?action=support&target={id}", self.tenant());
        let complete = until("the log", || async {
            let items = self.entries(&path).await?;
            Ok(items.iter().any(|e| e["action"] == last).then_some(items))
        });
        match complete.await {
            Ok(items) => Ok(items),
            // What did not come is missing, which is for the probe to say; a log that cannot be read is not.
            Err(_) => self.entries(&path).await,
        }
    }

    pub(super) async fn entries(&self, path: &str) -> Result<Vec<Value>, Unable> {
        let found = self.owner.door.get(path).await.map_err(unable)?.json();
        let items = found["items"].as_array().cloned();
        items.ok_or_else(|| Unable::because("the tenant's log could not be read"))
    }
}

async fn call(door: &Door, method: Method, path: &str, body: &Value) -> Result<Answer, Unable> {
    door.json(method, path, body).await.map_err(unable)
}

async fn outlast(vantage: &Vantage) -> Result<(), Unable> {
    let case = Case::open(vantage).await?;
    let lasted = try_to_outlast(vantage, &case).await;
    case.close(vantage).await;
    let hours = lasted?;
    vantage.measured(vantage.promised.name, hours, vantage.promised.unit);
    Ok(())
}

/// Seconds between looks while the hour passes: no session of staff may end for being idle.
const STEP: u64 = 600;
const HOUR: u64 = 3_600;

/// Answers how long it opened the tenant, in hours.
async fn try_to_outlast(vantage: &Vantage, case: &Case) -> Result<f64, Unable> {
    let clock = &vantage.aside()?.clock;
    for minutes in [0, 61, 1_440] {
        let body = json!({ "tenant": case.slug, "reason": REASON_TEXT, "minutes": minutes });
        let begun = call(&case.staff, Method::POST, SESSIONS, &body).await?;
        vantage.tried("ask for more than an hour, or none", "refused", begun.status.is_success());
    }
    case.begin(false).await?;
    let other = vantage.canary(1)?.slug.clone();
    for (tenant, step) in [(&case.slug, "make it longer"), (&other, "begin another from within")] {
        let body = json!({ "tenant": tenant, "reason": REASON_TEXT, "minutes": 60 });
        let begun = call(&case.staff, Method::POST, SESSIONS, &body).await?;
        vantage.tried(step, "refused", begun.status.is_success());
    }
    let mut passed = 0;
    while passed + STEP < HOUR {
        clock.forward(Duration::from_secs(STEP));
        passed += STEP;
        vantage.tried("look in within the hour", "let in", !case.is_in().await?);
    }
    clock.forward(Duration::from_secs(HOUR - passed - 10));
    let just_before = case.is_in().await?;
    vantage.tried("look in ten seconds before its end", "let in", !just_before);
    clock.forward(Duration::from_secs(11));
    let after = case.is_in().await?;
    vantage.tried("look in a second after the hour", "refused", after);
    let stopped = call(&case.staff, Method::DELETE, CURRENT, &Value::Null).await?;
    vantage.tried("stop what is over", "nothing is there", stopped.status.is_success());
    let last = if after { HOUR + 1 } else { HOUR - 10 };
    Ok(last as f64 / HOUR as f64)
}

async fn look_for_banners(vantage: &Vantage) -> Result<(), Unable> {
    let case = Case::open(vantage).await?;
    let looked = see_every_page(vantage, &case).await;
    case.close(vantage).await;
    looked
}

async fn see_every_page(vantage: &Vantage, case: &Case) -> Result<(), Unable> {
    let begun = case.begin(false).await?;
    let until = begun["ends_at"].as_str().unwrap_or_default();
    let mut pages = 0;
    for route in vantage.routes.iter().filter(|r| is_page(r)) {
        let answer = case.staff.page(&filled(route.path, &case.slug)).await.map_err(unable)?;
        let kind = answer.headers.get("content-type").and_then(|t| t.to_str().ok());
        let page = kind.is_some_and(|t| t.starts_with("text/html"));
        if !page || answer.status == StatusCode::METHOD_NOT_ALLOWED {
            continue; // a file, a feed, a way on to another page, or what a form is sent to
        }
        let page = String::from_utf8_lossy(&answer.body);
        let told = page.contains("class=\"support\"") && page.contains(REASON_TEXT);
        let told = told && page.contains(until) && page.contains("/support/stop");
        vantage.tried("open a page", "it says who, why and until when", !told);
        pages += 1;
    }
    if pages < 20 {
        return Err(Unable::because(format!("only {pages} pages were there to look at")));
    }
    for path in [case.tenant(), format!("{}/members", case.tenant()), "/api/v1/me".to_owned()] {
        let answer = case.staff.get(&path).await.map_err(unable)?;
        let told = answer.headers.get("vouchsafe-support").and_then(|v| v.to_str().ok());
        let told = told.is_some_and(|t| t.contains(&case.slug) && t.contains(until));
        vantage.tried("ask the API", "the answer's header says it", !told);
    }
    Ok(())
}

fn is_page(route: &RouteLine) -> bool {
    route.method.is_none() && route.access != Access::Evaluation
}

fn filled(path: &str, slug: &str) -> String {
    let parts = path.split('/').map(|part| match part {
        "{slug}" => slug,
        part if part.starts_with('{') => "none",
        part => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

async fn leave_out_the_reason(vantage: &Vantage) -> Result<(), Unable> {
    let case = Case::open(vantage).await?;
    let tried = begin_without(vantage, &case).await;
    case.close(vantage).await;
    tried
}

async fn begin_without(vantage: &Vantage, case: &Case) -> Result<(), Unable> {
    for reason in ["", " ", " \t \n ", "abc", "…………………………", "aaaaaaaaaaaaaaaaaaaa", "a b c d"]
    {
        let body = json!({ "tenant": case.slug, "reason": reason, "minutes": 10 });
        let begun = call(&case.staff, Method::POST, SESSIONS, &body).await?;
        vantage.tried("begin with as good as no reason", "refused", begun.status.is_success());
    }
    let without = json!({ "tenant": case.slug, "minutes": 10 });
    let begun = call(&case.staff, Method::POST, SESSIONS, &without).await?;
    vantage.tried("begin without a reason", "refused", begun.status.is_success());
    vantage.tried("look in after that", "refused", case.is_in().await?);
    let begun = case.begin(false).await?;
    let id = begun["id"].as_str().unwrap_or_default();
    let log = case.log(id, "support.started").await?;
    let kept = log.iter().any(|e| e["action"] == "support.started" && e["note"] == REASON_TEXT);
    vantage.tried("look for the reason in the tenant's log", "it is there", !kept);
    Ok(())
}

async fn reach_beyond(vantage: &Vantage) -> Result<(), Unable> {
    let case = Case::open(vantage).await?;
    let reached = reach(vantage, &case).await;
    case.close(vantage).await;
    reached
}

async fn reach(vantage: &Vantage, case: &Case) -> Result<(), Unable> {
    let own = case.owner.door.get("/api/v1/me").await.map_err(unable)?.json();
    let account = own["account"].as_str().unwrap_or_default().to_owned();
    let name = case.owner.door.get(&case.tenant()).await.map_err(unable)?.json();
    let settings = json!({ "name": name["name"], "description": "", "contact": "" });
    case.begin(false).await?;
    vantage.tried("look at the settings", "let in", !case.is_in().await?);
    let changed = call(&case.staff, Method::PUT, &case.tenant(), &settings).await?;
    vantage.tried("change settings without the grant", "refused", changed.status.is_success());
    beyond(vantage, case, &account).await?;
    call(&case.staff, Method::DELETE, CURRENT, &Value::Null).await?;
    vantage.tried("look in after stopping", "refused", case.is_in().await?);
    case.begin(true).await?;
    beyond(vantage, case, &account).await
}

/// What no grant opens: sign-in, roles, people, the log, the rule for support itself, and other tenants.
async fn beyond(vantage: &Vantage, case: &Case, account: &str) -> Result<(), Unable> {
    let tenant = case.tenant();
    let stranger = format!("{}@example.com", crypt::hex(&base::rng::bytes::<6>(&*vantage.rng)));
    let other = format!("/api/v1/tenants/{}", vantage.canary(1)?.slug);
    let member = format!("{tenant}/members/{account}");
    for (method, path, body) in [
        (Method::PUT, format!("{tenant}/second-factor"), json!({ "of": "nobody" })),
        (Method::PUT, format!("{tenant}/support-mode"), json!({ "mode": "open" })),
        (Method::PUT, format!("{member}/role"), json!({ "role": "viewer" })),
        (Method::DELETE, member, Value::Null),
        (
            Method::POST,
            format!("{tenant}/invitations"),
            json!({ "email": stranger, "role": "owner" }),
        ),
        (Method::GET, format!("{tenant}/audit-events"), Value::Null),
        (Method::GET, format!("{tenant}/audit-events/export"), Value::Null),
        (Method::GET, format!("{tenant}/support-sessions"), Value::Null),
        (Method::GET, other.clone(), Value::Null),
        (Method::GET, format!("{other}/members"), Value::Null),
    ] {
        let answer = match method {
            Method::GET => case.staff.get(&path).await.map_err(unable)?,
            method => call(&case.staff, method, &path, &body).await?,
        };
        vantage.tried("reach beyond what was granted", "refused", answer.status.is_success());
    }
    Ok(())
}

async fn look_for_traces(vantage: &Vantage) -> Result<(), Unable> {
    let case = Case::open(vantage).await?;
    let looked = leave_traces(vantage, &case).await;
    case.close(vantage).await;
    looked
}

async fn leave_traces(vantage: &Vantage, case: &Case) -> Result<(), Unable> {
    let me = case.staff.get("/api/v1/me").await.map_err(unable)?.json();
    let begun = case.begin(false).await?;
    let id = begun["id"].as_str().unwrap_or_default().to_owned();
    let looks = ["{tenant}", "{tenant}/members", "{tenant}/invitations", "{tenant}/audit-events"];
    for look in looks {
        let path = look.replace("{tenant}", &case.tenant());
        case.staff.get(&path).await.map_err(unable)?; // the last one is refused, and an entry all the same
    }
    case.staff.page(&format!("/t/{}/team", case.slug)).await.map_err(unable)?;
    let stopped = call(&case.staff, Method::DELETE, CURRENT, &Value::Null).await?;
    if stopped.status != StatusCode::NO_CONTENT {
        return Err(Unable::because(format!("the stop was answered {}", stopped.status)));
    }
    let log = case.log(&id, "support.ended").await?;
    let has = |action: &str| log.iter().filter(|e| e["action"] == action).count();
    vantage.tried("look for the beginning", "one entry", has("support.started") != 1);
    let reason = log.iter().any(|e| e["note"] == REASON_TEXT);
    vantage.tried("look for the reason", "it is there", !reason);
    for route in ["", "/members", "/invitations", "/audit-events"] {
        let route = format!("/api/v1/tenants/{{tenant}}{route}");
        let found = log.iter().any(|e| e["detail"]["route"] == route.as_str());
        vantage.tried("look for a look", "one entry", !found);
    }
    let page = log.iter().any(|e| e["detail"]["route"] == "/t/{slug}/team");
    vantage.tried("look for a page that was opened", "one entry", !page);
    vantage.tried("look for the end", "one entry", has("support.ended") != 1);
    let tagged = log.iter().filter(|e| e["action"] == "support.used");
    let named = tagged.clone().all(|e| e["support"] == id.as_str() && e["actor"] == me["account"]);
    let named = named && tagged.count() >= 5;
    vantage.tried("look for who it was", "the member of staff, and the support session", !named);
    Ok(())
}

/// A system that does not look at the clock.
struct Endless;

impl Tamper for Endless {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path.starts_with("/api/v1/tenants/") && answer.status == 404 {
            answer.status = StatusCode::OK;
        }
        answer
    }
}

/// A system whose pages say nothing.
struct Silent;

impl Tamper for Silent {
    fn answer(&mut self, _: &Request, mut answer: Answer) -> Answer {
        let text = String::from_utf8_lossy(&answer.body);
        if text.contains("class=\"support\"") {
            answer.body = text.replace("class=\"support\"", "hidden").into();
        }
        answer
    }
}

/// A system that takes any reason.
struct TakesAny;

impl Tamper for TakesAny {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path == SESSIONS && answer.status == 422 {
            answer.status = StatusCode::CREATED;
        }
        answer
    }
}

/// A system in which a grant opens everything.
struct Opens;

impl Tamper for Opens {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path.starts_with("/api/v1/tenants/") && answer.status == 403 {
            answer.status = StatusCode::OK;
        }
        answer
    }
}

/// A log that does not keep what staff looked at.
struct Forgets;

impl Tamper for Forgets {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path.contains("/audit-events?") && answer.status == 200 {
            let mut page = answer.json();
            if let Some(items) = page["items"].as_array_mut() {
                items.retain(|e| e["action"] != "support.used");
            }
            answer.body = page.to_string().into();
        }
        answer
    }
}
