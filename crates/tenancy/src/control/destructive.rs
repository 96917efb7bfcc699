//! What cannot be taken back: everybody but the owner tries it, in every way; and the owner, without showing who they are.

use hyper::{Method, StatusCode};
use kernel::Action;
use kernel::control::{
    Break, Control, Falsification, Needs, Probing, Promise, Risk, RouteLine, Safety, Session,
    Tamper, Unable, Vantage, unable,
};
use kernel::door::{Answer, Door, Request};
use kernel::web::route::Access;
use serde_json::{Value, json};

use super::company::{Company, call};

/// TEN-08.
pub(super) const OWNER_ONLY: Control = Control {
    safety: Safety::S3,
    risk: Risk::High,
    needs: Needs::SHADOW,
    routes: &["close_tenant", "hand_over_tenant", "reopen_tenant"],
    asvs: &["V8.2.1", "V7.5.3"],
    ..Control::live(
        ("tenancy.owner_only", "TEN-08"),
        Promise::none("destructive steps taken by others than the owner"),
        |vantage| -> Probing<'_> { Box::pin(destroy(vantage)) },
        Falsification { name: "steps_open_to_all", by: Break::Answers(|| Box::new(Open)) },
    )
};

const DESK: &str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";
const SESSIONS: &str = "/api/v1/platform/support-sessions";

async fn destroy(vantage: &Vantage) -> Result<(), Unable> {
    let company = Company::meet(vantage).await?;
    let tried = try_all(vantage, &company).await;
    company.part(vantage).await;
    vantage.measured_violations();
    tried
}

async fn try_all(vantage: &Vantage, company: &Company) -> Result<(), Unable> {
    company.join(vantage, "viewer").await?;
    let steps = steps(vantage);
    if steps.len() < 4 {
        return Err(Unable::because("there are too few destructive routes to try"));
    }
    let bearer = token(vantage, &company.guest).await?;
    for role in ["viewer", "billing", "operator"] {
        role_is(company, role).await?;
        for route in &steps {
            let answer = attempt(&company.guest.door, route, company).await?;
            vantage.tried("take the step as another role", "refused", is_done(&answer));
            let answer = attempt_with(&company.guest.door, &bearer.0, route, company).await?;
            vantage.tried("take it with that role’s access token", "refused", is_done(&answer));
        }
    }
    outdated(vantage, company, &steps).await?;
    in_support(vantage, company, &steps).await?;
    let own = token(vantage, &company.owner).await?;
    for route in &steps {
        let answer = attempt_with(&company.owner.door, &own.0, route, company).await?;
        vantage.tried("take it with the owner’s access token", "refused", is_done(&answer));
    }
    for (who, (_, id)) in [(&company.guest, &bearer), (&company.owner, &own)] {
        let gone = call(who, Method::DELETE, &format!("/api/v1/tokens/{id}"), &Value::Null).await?;
        vantage.left(u64::from(gone.status != StatusCode::NO_CONTENT));
    }
    as_owner(vantage, company).await
}

/// What the list of routes says cannot be taken back.
fn steps(vantage: &Vantage) -> Vec<RouteLine> {
    let destructive =
        |r: &&RouteLine| r.access == Access::tenant(Action::CloseTenant) && !is_look(r);
    vantage.routes.iter().filter(destructive).copied().collect()
}

fn is_look(route: &RouteLine) -> bool {
    route.method == Some("get") || route.name == "tenant_export"
}

fn body(company: &Company) -> (Value, String) {
    let (slug, account) = (&company.slug, &company.account);
    (json!({ "confirm": slug }), account.clone())
}

fn path(route: &RouteLine, company: &Company) -> String {
    let (_, account) = body(company);
    route
        .path
        .replace("{tenant}", &company.slug)
        .replace("{slug}", &company.slug)
        .replace("{account}", &account)
}

/// One try, with what the owner would send.
async fn attempt(door: &Door, route: &RouteLine, company: &Company) -> Result<Answer, Unable> {
    let (confirm, account) = body(company);
    let path = path(route, company);
    let sent = match (route.method, route.name) {
        (None, _) => door.form(&path, format!("confirm={}", company.slug)).await,
        (Some(_), "hand_over_tenant") => {
            door.json(Method::PUT, &path, &json!({ "account": account })).await
        }
        (Some(_), _) => door.json(Method::POST, &path, &confirm).await,
    };
    sent.map_err(unable)
}

/// The same with a bearer token and no cookie.
async fn attempt_with(
    door: &Door,
    bearer: &str,
    route: &RouteLine,
    company: &Company,
) -> Result<Answer, Unable> {
    attempt(&door.clone().with_bearer(bearer), route, company).await
}

/// Done is an answer without an objection, or one that leads on to where it is shown; not the door of the sign-in, and not
/// the page where one shows who one is.
fn is_done(answer: &Answer) -> bool {
    let to = answer.headers.get("location").and_then(|v| v.to_str().ok()).unwrap_or("");
    match answer.status.as_u16() {
        303 => !to.starts_with("/show") && !to.starts_with("/login"),
        _ => answer.status.is_success(),
    }
}

async fn role_is(company: &Company, role: &str) -> Result<(), Unable> {
    match company.set_role(role).await?.status {
        StatusCode::NO_CONTENT => Ok(()),
        other => Err(Unable::because(format!("giving a role was answered {other}"))),
    }
}

/// The text of a fresh access token, and its identifier.
async fn token(vantage: &Vantage, who: &Session) -> Result<(String, String), Unable> {
    let body = json!({ "name": "probe", "expires_in_days": 1, "scopes": ["all"] });
    let made = call(who, Method::POST, "/api/v1/tokens", &body).await?.json();
    let field = |name: &str| made[name].as_str().map(str::to_owned);
    let (Some(text), Some(id)) = (field("token"), field("id")) else {
        return Err(Unable::because("a canary could not make a token"));
    };
    vantage.guard.lease(id.clone());
    Ok((text, id))
}

/// The guest was an owner when it opened the page, and is none when it sends it.
async fn outdated(vantage: &Vantage, company: &Company, steps: &[RouteLine]) -> Result<(), Unable> {
    role_is(company, "owner").await?;
    let page = format!("/t/{}/settings", company.slug);
    let page = company.guest.door.page(&page).await.map_err(unable)?;
    if !String::from_utf8_lossy(&page.body).contains("/settings/close") {
        return Err(Unable::because("an owner’s page does not have the step"));
    }
    role_is(company, "viewer").await?;
    for route in steps {
        let answer = attempt(&company.guest.door, route, company).await?;
        vantage.tried("send a page from when one was owner", "refused", is_done(&answer));
    }
    Ok(())
}

async fn in_support(
    vantage: &Vantage,
    company: &Company,
    steps: &[RouteLine],
) -> Result<(), Unable> {
    let staff = vantage.staff(DESK).await?;
    let body = json!({ "tenant": company.slug, "minutes": 10, "settings": true,
        "reason": "Ticket 4712: the probe tries what support may not" });
    let begun = staff.json(Method::POST, SESSIONS, &body).await.map_err(unable)?;
    if begun.status != StatusCode::CREATED {
        return Err(Unable::because(format!("a support session was answered {}", begun.status)));
    }
    for route in steps {
        let answer = attempt(&staff, route, company).await?;
        vantage.tried("take it in a support session", "refused", is_done(&answer));
    }
    let current = format!("{SESSIONS}/current");
    staff.json(Method::DELETE, &current, &Value::Null).await.map_err(unable)?;
    Ok(())
}

/// The owner can, by its name alone; and can take it back for a while.
async fn as_owner(vantage: &Vantage, company: &Company) -> Result<(), Unable> {
    let (owner, close) = (&company.owner, format!("{}/close", company.tenant()));
    for wrong in ["", "close", "yes"] {
        let answer = call(owner, Method::POST, &close, &json!({ "confirm": wrong })).await?;
        vantage.tried("close it without its name", "refused", answer.status.is_success());
    }
    let confirm = json!({ "confirm": company.slug });
    let closed = call(owner, Method::POST, &close, &confirm).await?;
    vantage.tried("close it as the owner", "done", closed.status != StatusCode::OK);
    let inside = call(&company.guest, Method::GET, &company.tenant(), &Value::Null).await?;
    vantage.tried("enter what is closed", "refused", inside.status.is_success());
    let reopen = format!("{}/reopen", company.tenant());
    let by_guest = call(&company.guest, Method::POST, &reopen, &json!({})).await?;
    vantage.tried("open it again as another role", "refused", by_guest.status.is_success());
    let opened = call(owner, Method::POST, &reopen, &json!({})).await?;
    let open = opened.status == StatusCode::NO_CONTENT;
    vantage.tried("open it again as the owner", "done", !open);
    vantage.left(u64::from(!open));
    Ok(())
}

/// A system that takes every step from everybody.
struct Open;

impl Tamper for Open {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path.ends_with("/close") && answer.status == StatusCode::FORBIDDEN {
            answer.status = StatusCode::OK;
        }
        answer
    }
}
