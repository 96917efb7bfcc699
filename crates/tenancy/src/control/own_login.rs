//! Staff come with their own login: no customer's opens the operator's area, and what staff do inside bears their name.

use hyper::{Method, StatusCode};
use kernel::control::{
    Break, Control, Falsification, Needs, Probing, Promise, Safety, Tamper, Unable, Vantage, unable,
};
use kernel::door::{Answer, Door, Request};
use serde_json::{Value, json};

use super::support::Case;

/// TEN-15.
pub(super) const OWN_LOGIN: Control = Control {
    safety: Safety::S3,
    needs: Needs::SHADOW,
    routes: &["begin_support", "sign_in", "show_me", "list_tenant_audit_events"],
    asvs: &["V8.2.1"],
    ..Control::live(
        ("tenancy.support_own_login", "TEN-15"),
        Promise::none("ways of staff into a tenant that are not marked as theirs"),
        |vantage| -> Probing<'_> { Box::pin(come_as_somebody_else(vantage)) },
        Falsification {
            name: "staff_in_a_customers_name",
            by: Break::Answers(|| Box::new(Disguised::default())),
        },
    )
};

const SESSIONS: &str = "/api/v1/platform/support-sessions";

async fn come_as_somebody_else(vantage: &Vantage) -> Result<(), Unable> {
    let case = Case::open(vantage).await?;
    let tried = try_it(vantage, &case).await;
    case.close(vantage).await;
    tried
}

async fn try_it(vantage: &Vantage, case: &Case) -> Result<(), Unable> {
    let customer = vantage.canary(0)?;
    let (email, password) = &vantage.aside()?.staff;
    let (staffs, theirs) = (password.reveal(), customer.password.reveal());
    for (who, word, step) in [
        (&customer.email, staffs, "sign in as the customer with the password of staff"),
        (email, theirs, "sign in as staff with the customer’s password"),
    ] {
        let door = vantage.unwatched("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");
        let body = json!({ "email": who, "password": word });
        let answer = door.json(Method::POST, "/api/v1/sign-in", &body).await.map_err(unable)?;
        vantage.tried(step, "refused", answer.status.is_success());
    }
    let body = json!({ "tenant": case.slug, "minutes": 10,
        "reason": "Ticket 4713: the probe comes with a customer’s login" });
    let begun = case.owner.door.json(Method::POST, SESSIONS, &body).await.map_err(unable)?;
    let step = "begin a support session with a customer’s login";
    vantage.tried(step, "refused", begun.status.is_success());
    let before = me(&case.staff).await?;
    let begun = case.begin(true).await?;
    let id = begun["id"].as_str().unwrap_or_default().to_owned();
    let within = me(&case.staff).await?;
    vantage.tried("ask who one is, inside", "the member of staff", within != before);
    act(case).await?;
    look_at_the_log(vantage, case, &id, &before).await
}

async fn me(door: &Door) -> Result<Value, Unable> {
    let me = door.get("/api/v1/me").await.map_err(unable)?.json();
    Ok(me["account"].clone())
}

/// Looks twice, changes nothing in the settings and stops: each leaves an entry.
async fn act(case: &Case) -> Result<(), Unable> {
    let settings = case.staff.get(&case.tenant()).await.map_err(unable)?.json();
    case.staff.get(&format!("{}/members", case.tenant())).await.map_err(unable)?;
    let same = json!({ "name": settings["name"], "description": settings["description"],
        "contact": settings["contact"] });
    let put = case.staff.json(Method::PUT, &case.tenant(), &same).await.map_err(unable)?;
    if put.status != StatusCode::NO_CONTENT {
        return Err(Unable::because(format!("the granted change was answered {}", put.status)));
    }
    let current = format!("{SESSIONS}/current");
    case.staff.json(Method::DELETE, &current, &Value::Null).await.map_err(unable)?;
    Ok(())
}

async fn look_at_the_log(
    vantage: &Vantage,
    case: &Case,
    id: &str,
    staff: &Value,
) -> Result<(), Unable> {
    let log = case.log(id, "support.ended").await?;
    let looks = log.iter().filter(|e| e["action"] == "support.used").count();
    vantage.tried("count what was done inside", "three entries at least", looks < 3);
    for entry in &log {
        let marked = &entry["actor"] == staff;
        vantage.tried("look whose name an entry bears", "that of the member of staff", !marked);
    }
    let path = format!("{}/audit-events?action=tenant.profile_changed", case.tenant());
    let changed = case.entries(&path).await?;
    let marked = changed.iter().any(|e| e["support"] == id && &e["actor"] == staff);
    vantage.tried("look for the change in the log", "marked as support’s", !marked);
    Ok(())
}

/// A system in which staff act in the name of the tenant's owner.
#[derive(Default)]
struct Disguised {
    owner: Value,
}

impl Tamper for Disguised {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path.ends_with("/members") && answer.status == StatusCode::OK {
            self.owner = answer.json()["items"][0]["account"].clone();
        }
        if request.path.contains("/audit-events?") && answer.status == StatusCode::OK {
            let mut page = answer.json();
            for entry in page["items"].as_array_mut().into_iter().flatten() {
                entry["actor"] = self.owner.clone();
            }
            answer.body = page.to_string().into();
        }
        answer
    }
}
