//! Who reads which part of the log: a tenant's people their own, by the API; staff all of it, by what they filter for.

use hyper::{Method, StatusCode};
use kernel::control::{
    Break, Control, Falsification, Needs, Probing, Promise, Safety, Session, Tamper, Unable,
    Vantage, unable, until,
};
use kernel::door::{Answer, Door, Request};
use kernel::scope::Scope;
use kernel::web::route::Access;
use serde_json::{Value, json};

/// AUD-08.
pub(crate) const OWN: Control = Control {
    version: 2,
    routes: &["list_tenant_audit_events", "export_tenant_audit_events", "create_token"],
    asvs: &["V8.4.1"],
    ..Control::live(
        ("audit.tenant_reads_own", "AUD-08"),
        Promise::none("rows of others that a tenant could read"),
        |vantage| -> Probing<'_> { Box::pin(read_own(vantage)) },
        Falsification { name: "log_of_everybody", by: Break::Answers(|| Box::new(Everybodys)) },
    )
};

/// AUD-06.
pub(crate) const FILTERED: Control = Control {
    safety: Safety::S3,
    needs: Needs::SHADOW,
    routes: &["admin_audit", "list_audit_events"],
    ..Control::live(
        ("audit.page_filters", "AUD-06"),
        Promise::none("rows of the page that a filter showed or hid wrongly"),
        |vantage| -> Probing<'_> { Box::pin(filter_in_turn(vantage)) },
        Falsification { name: "page_that_shows_nothing", by: Break::Answers(|| Box::new(Empty)) },
    )
};

pub(super) const DESK: &str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";
/// What is planted: a rule set to what it is.
pub(super) const PLANTED: &str = "tenant.factor_wanted";

/// Has a canary's tenant leave an entry in the log.
pub(super) async fn plant(
    vantage: &Vantage,
    session: &Session,
    canary: usize,
) -> Result<(), Unable> {
    let path = format!("/api/v1/tenants/{}/second-factor", vantage.canary(canary)?.slug);
    let body = json!({ "of": "nobody" });
    let set = session.door.json(Method::PUT, &path, &body).await.map_err(unable)?;
    match set.status.as_u16() {
        204 => Ok(()),
        other => Err(Unable::because(format!("an entry could not be planted: {other}"))),
    }
}

async fn read_own(vantage: &Vantage) -> Result<(), Unable> {
    let own = vantage.sign_in(0, DESK).await?;
    let other = vantage.sign_in(1, DESK).await?;
    let done = read_with_token(vantage, &own, &other).await;
    vantage.sign_out(other).await;
    vantage.sign_out(own).await;
    vantage.measured_violations();
    done
}

async fn read_with_token(vantage: &Vantage, own: &Session, other: &Session) -> Result<(), Unable> {
    plant(vantage, own, 0).await?;
    plant(vantage, other, 1).await?;
    let email = vantage.canary(0)?.email.clone();
    let lease = vantage.leases.take("token", &email).await?;
    let body = json!({ "name": "probe", "expires_in_days": 1, "scopes": ["audit:read"] });
    let made = own.door.json(Method::POST, "/api/v1/tokens", &body).await.map_err(unable)?.json();
    let (Some(id), Some(token)) = (made["id"].as_str(), made["token"].as_str()) else {
        return Err(Unable::because("no token was made"));
    };
    vantage.guard.lease(id);
    let read = read_around(vantage, token, (own, other)).await;
    let path = format!("/api/v1/tokens/{id}");
    match own.door.json(Method::DELETE, &path, &json!({})).await {
        Ok(answer) if answer.status == 204 => vantage.leases.give_back(lease).await?,
        _ => vantage.left(1),
    }
    read
}

async fn read_around(
    vantage: &Vantage,
    token: &str,
    (me, other): (&Session, &Session),
) -> Result<(), Unable> {
    let (own, foreign) = (vantage.canary(0)?, vantage.canary(1)?);
    let door = vantage.door(DESK).owned_by(0);
    let (tenant, theirs) = (own.tenant.to_string(), foreign.tenant.to_string());
    let them = other.door.get("/api/v1/me").await.map_err(unable)?.json();
    let account = them["account"].as_str().unwrap_or_default();
    // Another's identifiers in a request are what is tried here.
    for id in [account, &theirs, &foreign.slug, &own.slug] {
        vantage.guard.lease(id.to_owned());
    }
    let path = format!("/api/v1/tenants/{}/audit-events", own.slug);
    let planted = format!("{path}?action={PLANTED}");
    until("what was planted", || async {
        let found = door.get_with_bearer(&planted, token).await.map_err(unable)?.json();
        Ok(found["items"][0].is_object().then_some(()))
    })
    .await?;
    // Else there is nothing foreign to find.
    let there = format!("/api/v1/tenants/{}/audit-events?action={PLANTED}", foreign.slug);
    until("what was planted in the other tenant", || async {
        let found = other.door.get(&there).await.map_err(unable)?.json();
        Ok(found["items"][0].is_object().then_some(()))
    })
    .await?;
    for query in [
        String::new(),
        format!("?tenant={}", foreign.slug),
        format!("?tenant={theirs}"),
        format!("?target={theirs}"),
        format!("?actor={account}"),
        format!("?q={theirs}"),
    ] {
        let answer = door.get_with_bearer(&format!("{path}{query}"), token).await;
        let items = answer.map_err(unable)?.json()["items"].as_array().cloned();
        let items = items.ok_or_else(|| Unable::because("the log could not be read"))?;
        let strange = items.iter().filter(|e| e["tenant"] != tenant.as_str()).count();
        let tries = items.len().max(1) as u64;
        vantage.tried_many("read a row", "the tenant's own", tries, strange as u64);
    }
    let file = door.get_with_bearer(&format!("{path}/export"), token).await.map_err(unable)?;
    let text = String::from_utf8_lossy(&file.body).into_owned();
    if file.status != 200 || !text.contains(&tenant) {
        return Err(Unable::because(format!("an export was answered {}", file.status)));
    }
    let strange = text.lines().filter(|line| !line.contains(&tenant)).count();
    let tries = text.lines().count() as u64;
    vantage.tried_many("read a line of an export", "the tenant's own", tries, strange as u64);
    for there in [&foreign.slug, &theirs] {
        for file in ["", "/export"] {
            let path = format!("/api/v1/tenants/{there}/audit-events{file}");
            let answer = door.get_with_bearer(&path, token).await.map_err(unable)?;
            vantage.tried("ask for another tenant's log", "not found", answer.status != 404);
        }
    }
    reach_beyond(vantage, (me, &door), token).await
}

/// What else the token's person may read, in the API and on pages: the token is for the log alone.
async fn reach_beyond(
    vantage: &Vantage,
    (own, door): (&Session, &Door),
    token: &str,
) -> Result<(), Unable> {
    let slug = &vantage.canary(0)?.slug;
    let mut tried = [0, 0];
    for route in vantage.routes.iter().filter(|r| r.method.is_none_or(|m| m == "get")) {
        let path = route.path.replace("{tenant}", slug).replace("{slug}", slug);
        let api = route.method.is_some();
        let person = matches!(route.access, Access::Bare | Access::Person | Access::Tenant { .. });
        let of_log = api && Scope::wanted(route.access, true) == Some(Scope::AuditRead);
        if path.contains('{') || !person || of_log {
            continue;
        }
        if own.door.get(&path).await.map_err(unable)?.status != 200 {
            continue; // a form's target, or nothing that its person may read now
        }
        let answer = door.get_with_bearer(&path, token).await.map_err(unable)?;
        let kind = answer.json()["type"].as_str().unwrap_or_default().to_owned();
        let wanted = if api { "kernel/scope-wanted" } else { "kernel/token-on-page" };
        let refused = answer.status == 403 && kind.ends_with(wanted);
        if !refused && !answer.status.is_success() {
            let what = format!("{path} was answered {} {kind}", answer.status);
            return Err(Unable::because(what));
        }
        vantage.tried("read something else than the log", "the token is not for it", !refused);
        tried[usize::from(api)] += 1;
    }
    if tried.iter().any(|n| *n < 5) {
        return Err(Unable::because(format!("only {tried:?} other pages and resources")));
    }
    Ok(())
}

async fn filter_in_turn(vantage: &Vantage) -> Result<(), Unable> {
    let staff = vantage.staff(DESK).await?;
    let (own, other) = (vantage.canary(0)?, vantage.canary(1)?);
    // One of an earlier run may have gone from the first page long since.
    let before = newest(&staff, &own.slug).await?["id"].clone();
    let owner = vantage.sign_in(0, DESK).await?;
    let planted = plant(vantage, &owner, 0).await;
    vantage.sign_out(owner).await;
    planted?;
    let entry = until("what was planted", || async {
        let entry = newest(&staff, &own.slug).await?;
        Ok((entry["id"] != before).then_some(entry))
    })
    .await?;
    let (id, at) = (text(&entry, "id"), text(&entry, "at"));
    for (filter, there) in [
        (String::new(), true),
        (format!("actor:{}", own.email), true),
        (format!("actor:{}", other.email), false),
        (format!("tenant:{}", own.slug), true),
        (format!("tenant:{}", other.slug), false),
        (format!("action:{PLANTED}"), true),
        ("action:token".into(), false),
        ("result:done".into(), true),
        ("result:refused".into(), false),
        (format!("from:{at}"), true),
        ("from:2999-01-01".into(), false),
        ("to:2999-01-01".into(), true),
        (format!("to:{at}"), false),
        (format!("actor:{} tenant:{} action:{PLANTED} from:{at}", own.email, own.slug), true),
        (format!("actor:{} tenant:{}", own.email, other.slug), false),
    ] {
        let shown = page(&staff, &filter).await?.contains(&format!("event={id}"));
        let step = if there { "filter for it" } else { "filter for something else" };
        vantage.tried(step, if there { "it is shown" } else { "it is not" }, shown != there);
    }
    vantage.measured_violations();
    Ok(())
}

pub(super) fn text(entry: &Value, field: &str) -> String {
    entry[field].as_str().unwrap_or_default().to_owned()
}

/// The newest entry of the kind that is planted, as the API tells staff; `null` without one.
pub(super) async fn newest(staff: &Door, slug: &str) -> Result<Value, Unable> {
    let path = format!("/api/v1/audit-events?tenant={slug}&action={PLANTED}&limit=1");
    let found = staff.get(&path).await.map_err(unable)?;
    match found.status.as_u16() {
        200 => Ok(found.json()["items"][0].clone()),
        other => Err(Unable::because(format!("the log was answered {other}"))),
    }
}

async fn page(staff: &Door, filter: &str) -> Result<String, Unable> {
    let path = format!("/admin/audit?q={}", kernel::web::page::encode(filter));
    let answer = staff.page(&path).await.map_err(unable)?;
    match answer.status.as_u16() {
        200 => Ok(String::from_utf8_lossy(&answer.body).into_owned()),
        other => Err(Unable::because(format!("the page was answered {other}"))),
    }
}

/// A system that shows everybody's entries to everybody, and asks no token what it is for.
struct Everybodys;

impl Tamper for Everybodys {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path.contains("/audit-events?") && answer.status == 200 {
            let mut page = answer.json();
            if let Some(items) = page["items"].as_array_mut() {
                items.push(json!({ "tenant": "ten_of_somebody_else" }));
            }
            answer.body = page.to_string().into();
        }
        let kind = answer.json()["type"].as_str().unwrap_or_default().to_owned();
        if kind.ends_with("kernel/scope-wanted") || kind.ends_with("kernel/token-on-page") {
            answer.status = StatusCode::OK;
            answer.body = "{}".into();
        }
        answer
    }
}

/// A page that finds nothing.
struct Empty;

impl Tamper for Empty {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path.starts_with("/admin/audit") {
            let text = String::from_utf8_lossy(&answer.body).replace("event=", "");
            answer.body = text.into();
        }
        answer
    }
}
