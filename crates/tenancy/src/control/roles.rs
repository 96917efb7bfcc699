//! Roles: every route of a tenant as each role, compared both ways with the table of rights; and what the table does not
//! know.

use hyper::{Method, StatusCode};
use kernel::access::role_allows;
use kernel::control::{
    Break, Control, Falsification, Probing, Promise, Risk, RouteLine, Session, Tamper, Unable,
    Vantage,
};
use kernel::door::{Answer, Request};
use kernel::web::route::Access;
use kernel::{Action, Role};
use serde_json::{Value, json};

use super::company::{Company, call};
use super::crossing::send;

/// TEN-07.
pub(super) const ROLES: Control = Control {
    risk: Risk::High,
    routes: &["*"],
    asvs: &["V8.2.1", "V8.1.1"],
    ..Control::live(
        ("tenancy.roles", "TEN-07"),
        Promise { name: "roles", value: 3.0, unit: "", direction: "=" },
        |vantage| -> Probing<'_> { Box::pin(compare_roles(vantage)) },
        Falsification { name: "roles_that_are_names_only", by: Break::Answers(|| Box::new(Names)) },
    )
};

/// TEN-19.
pub(super) const DENIED: Control = Control {
    risk: Risk::High,
    routes: &["*"],
    asvs: &["V8.2.1", "V8.3.1"],
    ..Control::live(
        ("tenancy.denied_by_default", "TEN-19"),
        Promise::none("requests that no rule allows and that were let in"),
        |vantage| -> Probing<'_> { Box::pin(reach_for_the_rest(vantage)) },
        Falsification { name: "what_is_not_known_is_open", by: Break::Answers(|| Box::new(Open)) },
    )
};

/// What a member can be beside the owner.
const SUB_ROLES: [Role; 3] = [Role::Operator, Role::Billing, Role::Viewer];
/// An account, an invitation, a group and a support session that there are not: what is refused has to be refused before they are
/// looked for.
const NOBODY: &str = "acc_00000000000000000000000000";
const NO_INVITATION: &str = "inv_00000000000000000000000000";
const NO_SUPPORT: &str = "sup_00000000000000000000000000";
const NO_GROUP: &str = "grp_00000000000000000000000000";

async fn compare_roles(vantage: &Vantage) -> Result<(), Unable> {
    let company = Company::meet(vantage).await?;
    let compared = compare(vantage, &company).await;
    company.part(vantage).await;
    let roles = compared?;
    vantage.measured(vantage.promised.name, f64::from(roles), vantage.promised.unit);
    Ok(())
}

/// Answers how many roles a member can have beside the owner's.
async fn compare(vantage: &Vantage, company: &Company) -> Result<u32, Unable> {
    company.join(vantage, "viewer").await?;
    let settings = own_settings(company).await?;
    let mut given = 0;
    for word in ["operator", "billing", "viewer", "admin", "superuser", "Owner ", ""] {
        let answer = company.set_role(word).await?;
        given += u32::from(answer.status == StatusCode::NO_CONTENT);
    }
    for role in SUB_ROLES {
        if company.set_role(role.word()).await?.status != StatusCode::NO_CONTENT {
            return Err(Unable::because("a role could not be given to a canary"));
        }
        every_route(vantage, (&company.guest, role), &company.slug, &settings).await?;
    }
    every_route(vantage, (&company.owner, Role::Owner), &company.slug, &settings).await?;
    Ok(given)
}

/// What the settings are, so that whoever may change them changes nothing.
pub(super) async fn own_settings(company: &Company) -> Result<Value, Unable> {
    let now = call(&company.owner, Method::GET, &company.tenant(), &Value::Null).await?;
    let now = now.json();
    let [name, description, contact] = ["name", "description", "contact"].map(|f| now[f].clone());
    if name.is_null() {
        return Err(Unable::because("not even the owner could read the settings"));
    }
    Ok(json!({ "name": name, "description": description, "contact": contact }))
}

async fn every_route(
    vantage: &Vantage,
    (session, role): (&Session, Role),
    slug: &str,
    settings: &Value,
) -> Result<(), Unable> {
    let (may, may_not) = match role {
        Role::Owner => ("what the table allows the owner", "what nobody may"),
        Role::Operator => ("what the table allows operators", "what it does not allow operators"),
        Role::Billing => ("what the table allows billing", "what it does not allow billing"),
        Role::Viewer => ("what the table allows viewers", "what it does not allow viewers"),
    };
    let mut cells = 0;
    for route in vantage.routes.iter().filter(|r| matches!(r.access, Access::Tenant { .. })) {
        for method in route.method.map_or(vec!["get", "post"], |m| vec![m]) {
            let Some(action) = route.access.action(method == "get") else { continue };
            let path = filled(vantage, route.path, slug);
            let answer = send(session, route, method, &path, &harmless(route, settings)).await?;
            if answer.status == StatusCode::METHOD_NOT_ALLOWED {
                continue;
            }
            if answer.status.is_server_error() {
                let what = format!("{method} {} was answered {}", route.path, answer.status);
                return Err(Unable::because(what));
            }
            let refused = matches!(answer.status.as_u16(), 401 | 403);
            if role_allows(role, action) {
                let looks = method == "get" && route.path.matches('{').count() == 1;
                let open = if looks { answer.status == StatusCode::OK } else { !refused };
                vantage.tried(may, "let in", !open);
            } else {
                vantage.tried(may_not, "refused", !refused);
            }
            cells += 1;
        }
    }
    if cells < 20 {
        return Err(Unable::because(format!("only {cells} routes of a tenant were there to try")));
    }
    Ok(())
}

fn filled(vantage: &Vantage, path: &str, slug: &str) -> String {
    for thing in [NOBODY, NO_INVITATION, NO_SUPPORT, NO_GROUP] {
        vantage.guard.lease(thing);
    }
    let thing = match path {
        path if path.contains("/support") => NO_SUPPORT,
        path if path.contains("groups") => NO_GROUP,
        _ => NO_INVITATION,
    };
    let parts = path.split('/').map(|part| match part {
        "{slug}" | "{tenant}" => slug,
        "{account}" => NOBODY,
        part if part.starts_with('{') => thing,
        part => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// A body that is understood, and leaves everything as it is where it is taken.
pub(super) fn harmless(route: &RouteLine, settings: &Value) -> Value {
    match route.name {
        "change_tenant" | "tenant_settings" => settings.clone(),
        "create_access_group" | "change_access_group" => {
            json!({ "name": "x", "rules": {}, "members": [] })
        }
        "change_role" | "team_role" => json!({ "role": "viewer" }),
        "set_origins" | "tenant_origins" => json!({ "origins": [], "mode": "enforce" }),
        "set_factor_policy" | "tenant_factor" => json!({ "of": "nobody" }),
        "set_support_mode" | "tenant_support" => json!({ "mode": "open" }),
        "answer_support" => json!({ "allow": false }),
        "tenant_support_answer" => json!({ "allow": "no" }),
        "hand_over_tenant" => json!({ "account": NOBODY }),
        "close_tenant" | "tenant_close" => json!({ "confirm": "not its name" }),
        "invite_member" | "team_invite" => json!({ "email": "nobody", "role": "viewer" }),
        _ => json!({}),
    }
}

async fn reach_for_the_rest(vantage: &Vantage) -> Result<(), Unable> {
    let company = Company::meet(vantage).await?;
    let reached = reach(vantage, &company).await;
    company.part(vantage).await;
    vantage.measured_violations();
    reached
}

async fn reach(vantage: &Vantage, company: &Company) -> Result<(), Unable> {
    company.join(vantage, "viewer").await?;
    for role in SUB_ROLES {
        if company.set_role(role.word()).await?.status != StatusCode::NO_CONTENT {
            return Err(Unable::because("a role could not be given to a canary"));
        }
        unnamed(vantage, &company.guest, &company.slug).await?;
        operators_area(vantage, &company.guest).await?;
    }
    unnamed(vantage, &company.owner, &company.slug).await?;
    operators_area(vantage, &company.owner).await
}

/// What no rule names: paths and methods that are not in the list of routes.
async fn unnamed(vantage: &Vantage, who: &Session, slug: &str) -> Result<(), Unable> {
    let known = |method: &Method, path: &str| {
        vantage.routes.iter().any(|r| {
            let same = r.path.replace("{tenant}", slug).replace("{slug}", slug) == path;
            same && r.method.is_none_or(|m| m.eq_ignore_ascii_case(method.as_str()))
        })
    };
    let tenant = format!("/api/v1/tenants/{slug}");
    for (method, path) in [
        (Method::GET, format!("{tenant}/keys")),
        (Method::POST, format!("{tenant}/members")),
        (Method::DELETE, format!("{tenant}/members")),
        (Method::PUT, format!("{tenant}/audit-events")),
        (Method::DELETE, format!("{tenant}/audit-events")),
        (Method::PATCH, tenant.clone()),
        (Method::GET, format!("{tenant}/.")),
        (Method::GET, format!("/t/{slug}/admin")),
        (Method::POST, format!("/t/{slug}/audit")),
    ] {
        if known(&method, &path) {
            continue;
        }
        let answer = call(who, method, &path, &json!({})).await?;
        vantage.tried("call what no rule names", "nothing is there", is_in(&answer));
    }
    Ok(())
}

/// What the table allows no role of any tenant.
async fn operators_area(vantage: &Vantage, who: &Session) -> Result<(), Unable> {
    for route in vantage.routes.iter().filter(|r| r.access == Access::Staff) {
        let path = route.path.split('/').map(|p| if p.starts_with('{') { "none" } else { p });
        let path = path.collect::<Vec<_>>().join("/");
        let method = route.method.unwrap_or("get").to_uppercase();
        let method = Method::from_bytes(method.as_bytes()).unwrap_or(Method::GET);
        let answer = call(who, method, &path, &json!({})).await?;
        vantage.tried("call the operator’s area", "nothing is there", is_in(&answer));
    }
    for action in [Action::SeePlatform, Action::ReadAudit, Action::ManagePosture] {
        let allowed = Role::ALL.into_iter().any(|role| role_allows(role, action));
        vantage.tried("look in the table for the operator’s rights", "no role has them", allowed);
    }
    Ok(())
}

fn is_in(answer: &Answer) -> bool {
    !matches!(answer.status.as_u16(), 401 | 403 | 404 | 405)
}

/// A system in which a role is a word on a page.
struct Names;

impl Tamper for Names {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path.starts_with("/api/v1/tenants/") && answer.status == StatusCode::FORBIDDEN {
            answer.status = StatusCode::OK;
        }
        answer
    }
}

/// A system that answers what it does not know.
struct Open;

impl Tamper for Open {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path.starts_with("/api/") && answer.status == StatusCode::NOT_FOUND {
            answer.status = StatusCode::OK;
        }
        answer
    }
}
