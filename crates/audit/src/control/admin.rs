//! AUD-03: what administrators do is in the log, and what was refused is too.

use std::collections::BTreeSet;
use std::time::Duration;

use hyper::{Method, StatusCode};
use kernel::control::{
    Break, Control, Falsification, Needs, Probing, Promise, RouteLine, Safety, Session, Tamper,
    Unable, Vantage, unable,
};
use kernel::door::{Answer, Door, Request};
use kernel::web::route::Access;
use serde_json::{Value, json};

use super::read::DESK;

pub(crate) const ADMIN: Control = Control {
    version: 2,
    safety: Safety::S3,
    needs: Needs::SHADOW,
    routes: &["*"],
    asvs: &["V16.3.2", "V16.3.3"],
    ..Control::live(
        ("audit.administration", "AUD-03"),
        Promise::none("calls of administrators, or refused ones, that the log does not have"),
        |vantage| -> Probing<'_> { Box::pin(call_and_look(vantage)) },
        Falsification { name: "log_without_refusals", by: Break::Answers(|| Box::new(Silent)) },
    )
};

/// What a shadow cannot do: it has no proofs of its own, and no second member of staff to approve.
const NOT_HERE: [&str; 9] = [
    "run_probes",
    "run_claim",
    "falsify_claim",
    "pause_claim",
    "publish_claim",
    "withdraw_claim",
    "approve_attestation",
    "import_people",
    "remove_staff",
];

/// A call, and the trace by which the log knows it.
struct Made {
    step: &'static str,
    trace: String,
}

impl Made {
    fn of(step: &'static str, answer: &Answer) -> Self {
        let trace = answer.headers.get("x-trace-id").and_then(|v| v.to_str().ok());
        Self { step, trace: trace.unwrap_or_default().to_owned() }
    }
}

async fn call_and_look(vantage: &Vantage) -> Result<(), Unable> {
    let staff = vantage.staff(DESK).await?;
    let customer = vantage.sign_in(1, DESK).await?;
    let refused = call_as_customer(vantage, &customer).await;
    vantage.sign_out(customer).await;
    let mut made = refused?;
    if made.len() < 40 {
        return Err(Unable::because(format!("just {} calls were refused", made.len())));
    }
    made.extend(act_as_staff(vantage, &staff).await?);
    let told = told(&staff, &made).await?;
    for call in &made {
        vantage.tried(call.step, "it is in the log", !told.contains(&call.trace));
    }
    vantage.measured_violations();
    Ok(())
}

/// Every route of the operator's area, and every route of another's tenant.
async fn call_as_customer(vantage: &Vantage, customer: &Session) -> Result<Vec<Made>, Unable> {
    let slug = &vantage.canary(0)?.slug;
    // Another's name in a path is what is tried here.
    vantage.guard.lease(slug.clone());
    let mut made = Vec::new();
    for route in vantage.routes.iter() {
        let step = match route.access {
            Access::Staff => "call a route of staff as a customer",
            Access::Tenant { .. } => "call a route of another tenant",
            _ => continue,
        };
        for answer in call(&customer.door, route, slug).await? {
            let refused = [StatusCode::NOT_FOUND, StatusCode::FORBIDDEN].contains(&answer.status);
            if answer.status.is_success() {
                return Err(Unable::because(format!("{} let a customer in", route.name)));
            }
            if refused {
                made.push(Made::of(step, &answer));
            }
        }
    }
    Ok(made)
}

async fn call(door: &Door, route: &RouteLine, slug: &str) -> Result<Vec<Answer>, Unable> {
    let part = |part| match part {
        "{tenant}" | "{slug}" => slug,
        part if str::starts_with(part, '{') => "none",
        part => part,
    };
    let path: Vec<&str> = route.path.split('/').map(part).collect();
    let path = path.join("/");
    let answers = match route.method {
        Some(method) => {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).map_err(|_| {
                Unable::because(format!("{} has a method that is not known", route.name))
            })?;
            vec![door.json(method, &path, &json!({})).await]
        }
        None => vec![door.page(&path).await, door.form(&path, String::new()).await],
    };
    answers.into_iter().map(|a| a.map_err(unable)).collect()
}

/// An act of staff: operation, method, path, body.
type Act = (&'static str, Method, String, Value);

/// Does everything that staff can do in a shadow; what is begun is ended.
async fn act_as_staff(vantage: &Vantage, staff: &Door) -> Result<Vec<Made>, Unable> {
    let acts = acts(vantage, staff).await?;
    let known: BTreeSet<&str> = acts.iter().map(|a| a.0).chain(NOT_HERE).collect();
    let of_staff = vantage.routes.iter().filter(|r| r.access == Access::Staff);
    for route in of_staff.filter(|r| r.method.is_some_and(|m| m != "get")) {
        if !known.contains(route.name) {
            return Err(Unable::because(format!("how to do {} is not known", route.name)));
        }
    }
    let (mut made, mut id) = (Vec::new(), String::new());
    for (name, method, path, body) in acts {
        let path = path.replace("{id}", &id);
        let answer = staff.json(method, &path, &body).await.map_err(unable)?;
        if !answer.status.is_success() {
            return Err(Unable::because(format!("{name} was answered {}", answer.status)));
        }
        made.push(Made::of("do something as staff", &answer));
        if let Some(new) = answer.json()["id"].as_str() {
            new.clone_into(&mut id);
        }
    }
    Ok(made)
}

async fn acts(vantage: &Vantage, staff: &Door) -> Result<Vec<Act>, Unable> {
    let (own, email) = (vantage.canary(1)?, &vantage.aside()?.staff.0);
    let brand = staff.get("/api/v1/platform/brand").await.map_err(unable)?.json();
    let people = staff.get("/api/v1/people?limit=100").await.map_err(unable)?.json();
    let people = people["items"].as_array().cloned().unwrap_or_default();
    let person = people.iter().find(|p| p["email"] == own.email.as_str());
    let account = person.and_then(|p| p["account"].as_str().or_else(|| p["id"].as_str()));
    let account = account.ok_or_else(|| Unable::because("a canary is not among the people"))?;
    let (platform, posture) = ("/api/v1/platform", "/api/v1/posture");
    let tenant = format!("{platform}/tenants/{}", own.slug);
    let why = json!({ "why": "a probe tries whether this is written down" });
    let reason = json!({ "reason": "a probe tries whether this is written down" });
    let company = json!({ "name": "Probe", "purpose": "a probe", "country": "nowhere" });
    let support = json!({ "tenant": own.slug, "minutes": 1, "reason": reason["reason"] });
    let document = json!({ "claim": "PRV-26", "issuer": "Probe", "scope": "a probe",
        "document": "0".repeat(64), "effective_from": "2026-01-01", "effective_until": "2099-01-01" });
    let look = json!({ "product": brand["product"], "accent": brand["accent"] });
    let me = staff.get("/api/v1/me").await.map_err(unable)?.json();
    let own_account = me["account"].as_str().unwrap_or_default().to_owned();
    let duties = json!({ "duties": "a probe tries whether this is written down" });
    let guest = json!({ "email": "guest@probe.example", "duties": duties["duties"] });
    let none = json!({});
    Ok(vec![
        ("announce_sub_processor", Method::POST, format!("{platform}/sub-processors"), company),
        (
            "end_sub_processor",
            Method::DELETE,
            format!("{platform}/sub-processors/{{id}}"),
            none.clone(),
        ),
        ("attest_claim", Method::POST, format!("{posture}/attestations"), document),
        (
            "withdraw_attestation",
            Method::DELETE,
            format!("{posture}/attestations/{{id}}"),
            none.clone(),
        ),
        ("pause_probes", Method::PUT, format!("{posture}/pause"), why),
        ("resume_probes", Method::DELETE, format!("{posture}/pause"), none.clone()),
        ("suspend_tenant", Method::POST, format!("{tenant}/suspend"), reason),
        ("resume_tenant", Method::POST, format!("{tenant}/resume"), none.clone()),
        (
            "send_reset_link",
            Method::POST,
            format!("/api/v1/people/{account}/reset-link"),
            none.clone(),
        ),
        ("send_test_mail", Method::POST, format!("{platform}/test-mail"), json!({ "to": email })),
        ("change_brand", Method::PUT, format!("{platform}/brand"), look),
        ("change_logo", Method::PUT, format!("{platform}/logo"), json!({ "logo": null })),
        ("review_staff", Method::POST, format!("/api/v1/staff/{own_account}/review"), duties),
        ("invite_staff", Method::POST, "/api/v1/staff-invitations".into(), guest),
        (
            "revoke_staff_invitation",
            Method::DELETE,
            "/api/v1/staff-invitations/{id}".into(),
            none.clone(),
        ),
        ("begin_support", Method::POST, format!("{platform}/support-sessions"), support),
        ("stop_support", Method::DELETE, format!("{platform}/support-sessions/current"), none),
        (
            "export_audit_events",
            Method::GET,
            "/api/v1/audit-events/export?action=none".into(),
            Value::Null,
        ),
        ("archive_audit_events", Method::GET, "/api/v1/audit-events/archive".into(), Value::Null),
    ])
}

/// The traces in the log, once all that was made is there; what it has, if it does not come.
async fn told(staff: &Door, made: &[Made]) -> Result<BTreeSet<String>, Unable> {
    let mut told = BTreeSet::new();
    for _ in 0..10 {
        let path = "/api/v1/audit-events/export?format=ndjson";
        let file = staff.get(path).await.map_err(unable)?;
        if file.status != StatusCode::OK {
            return Err(Unable::because(format!("the log was answered {}", file.status)));
        }
        let text = String::from_utf8_lossy(&file.body).into_owned();
        let trace = |line: &str| {
            let entry: Value = serde_json::from_str(line).ok()?;
            entry["trace"].as_str().map(str::to_owned)
        };
        told = text.lines().filter_map(trace).collect();
        if made.iter().all(|m| told.contains(&m.trace)) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    Ok(told)
}

/// A system whose log says nothing of what was refused.
struct Silent;

impl Tamper for Silent {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path.starts_with("/api/v1/audit-events/export") {
            let text = String::from_utf8_lossy(&answer.body).into_owned();
            let kept: Vec<&str> = text.lines().filter(|l| !l.contains("access.refused")).collect();
            answer.body = (kept.join("\n") + "\n").into();
        }
        answer
    }
}
