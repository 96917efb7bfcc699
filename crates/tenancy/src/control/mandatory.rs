//! A second factor that a tenant wants: whoever has none stays outside, with a session and with a token.

use hyper::Method;
use kernel::control::{
    Authenticator, Break, Control, Falsification, Method as How, Needs, Probing, Promise, Risk,
    Safety, Session, Tamper, Unable, Vantage, unable,
};
use kernel::door::{Answer, Request};
use serde_json::{Value, json};

/// IDN-34.
pub(super) const MANDATORY: Control = Control {
    id: "tenancy.factor_mandatory",
    version: 1,
    claim: "IDN-34",
    promised: Promise::none("people let in without the factor"),
    method: How::Live,
    safety: Safety::S2,
    risk: Risk::Medium,
    needs: Needs::CANARIES,
    configuration: &["second_factor"],
    routes: &["set_factor_policy", "show_tenant", "accept_invitation"],
    asvs: &["V6.3.3"],
    probe: |vantage| -> Probing<'_> { Box::pin(want(vantage)) },
    falsification: Falsification {
        name: "tenant_that_forgets_its_policy",
        by: Break::Answers(|| Box::new(Forgets::default())),
    },
};

const DESK: &str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";

async fn want(vantage: &Vantage) -> Result<(), Unable> {
    let owner = vantage.sign_in(0, DESK).await?;
    let guest = vantage.sign_in(1, DESK).await?;
    vantage.guard.share();
    let done = attack(vantage, &owner, &guest).await;
    clean(vantage, &owner, &guest).await;
    vantage.sign_out(guest).await;
    vantage.sign_out(owner).await;
    vantage.measured_violations();
    done
}

async fn must(
    who: &Session,
    method: Method,
    path: &str,
    body: &Value,
    status: u16,
) -> Result<Value, Unable> {
    let answer = who.door.json(method, path, body).await.map_err(unable)?;
    match answer.status.as_u16() {
        good if good == status => Ok(answer.json()),
        other => Err(Unable::because(format!("{path} was answered {other} to a canary"))),
    }
}

async fn attack(vantage: &Vantage, owner: &Session, guest: &Session) -> Result<(), Unable> {
    let slug = &vantage.canary(0)?.slug;
    vantage.guard.lease(slug.clone());
    let mut device = Authenticator::new(&vantage.origin(), &*vantage.rng)?;
    let (begin, finish) = ("/api/v1/factors/passkeys", "/api/v1/factors/passkeys/finish");
    let begun = must(owner, Method::POST, begin, &Value::Null, 200).await?;
    let body = json!({ "ceremony": begun["ceremony"], "name": "probe",
        "credential": device.create(&begun["options"]) });
    must(owner, Method::POST, finish, &body, 201).await?;
    join(vantage, owner, guest).await?;
    let token = json!({ "name": "probe", "expires_in_days": 1, "scopes": ["all"] });
    let token = must(guest, Method::POST, "/api/v1/tokens", &token, 201).await?;
    let text = token["token"].as_str().unwrap_or_default();
    let tenant = format!("/api/v1/tenants/{slug}");
    let before = guest.door.get(&tenant).await.map_err(unable)?;
    if before.status != 200 {
        return Err(Unable::because("the guest was not let in before anything was wanted"));
    }
    let policy = format!("{tenant}/second-factor");
    must(owner, Method::PUT, &policy, &json!({ "of": "everybody" }), 204).await?;
    for path in [tenant.clone(), format!("{tenant}/members"), format!("/t/{slug}/team")] {
        let answer = guest.door.get(&path).await.map_err(unable)?;
        let step = "enter with a session from before";
        vantage.tried(step, "a second factor is wanted", answer.status.is_success());
        if !path.starts_with("/api/") {
            continue; // no token opens a page
        }
        let answer = guest.door.get_with_bearer(&path, text).await.map_err(unable)?;
        let step = "enter with an access token from before";
        vantage.tried(step, "a second factor is wanted", answer.status.is_success());
    }
    let own = must(owner, Method::GET, &tenant, &Value::Null, 200).await?;
    vantage.tried("enter with the factor", "let in", own["second_factor"] != "everybody");
    let factors = must(owner, Method::GET, "/api/v1/factors", &Value::Null, 200).await?;
    let id = factors["passkeys"][0]["id"].as_str().unwrap_or_default();
    vantage.guard.lease(id.to_owned());
    let last = format!("{begin}/{id}");
    let gone = owner.door.json(Method::DELETE, &last, &json!({})).await.map_err(unable)?;
    vantage.tried("remove the last factor", "refused", gone.status.is_success());
    Ok(())
}

/// The second canary joins the first one's tenant by an invitation.
async fn join(vantage: &Vantage, owner: &Session, guest: &Session) -> Result<(), Unable> {
    let (slug, to) = (&vantage.canary(0)?.slug, vantage.canary(1)?.email.clone());
    let since = vantage.clock.now();
    let body = json!({ "email": to, "role": "viewer" });
    must(owner, Method::POST, &format!("/api/v1/tenants/{slug}/invitations"), &body, 201).await?;
    let text = vantage.letters.take(&to, "/invite?token=", since).await?;
    let token = text.split("/invite?token=").nth(1).unwrap_or_default();
    let token = token.split_whitespace().next().unwrap_or_default();
    let body = json!({ "token": token });
    must(guest, Method::POST, "/api/v1/invitations/accept", &body, 200).await?;
    Ok(())
}

/// Makes everything as it was: the policy, the member, the token, the passkey.
async fn clean(vantage: &Vantage, owner: &Session, guest: &Session) {
    let Ok(own) = vantage.canary(0) else { return };
    let tenant = format!("/api/v1/tenants/{}", own.slug);
    let mut all = true;
    let policy = format!("{tenant}/second-factor");
    all &= must(owner, Method::PUT, &policy, &json!({ "of": "nobody" }), 204).await.is_ok();
    for (who, list, field) in [
        (owner, format!("{tenant}/members"), "account"),
        (owner, "/api/v1/factors".to_owned(), "id"),
        (guest, "/api/v1/tokens".to_owned(), "id"),
    ] {
        let answer = must(who, Method::GET, &list, &Value::Null, 200).await.unwrap_or_default();
        let (items, path) = if list.ends_with("factors") {
            (answer["passkeys"].clone(), format!("{list}/passkeys"))
        } else {
            (answer["items"].clone(), list.clone())
        };
        for item in items.as_array().into_iter().flatten() {
            let keep = item["role"] == "owner" || item["state"] == "revoked";
            let id = item[field].as_str().unwrap_or_default();
            if !keep && !id.is_empty() {
                vantage.guard.lease(id.to_owned());
                let gone = format!("{path}/{id}");
                all &= must(who, Method::DELETE, &gone, &Value::Null, 204).await.is_ok();
            }
        }
    }
    vantage.left(u64::from(!all));
}

/// A system that answers as it did before the policy.
#[derive(Default)]
struct Forgets {
    good: std::collections::HashMap<String, Answer>,
}

impl Tamper for Forgets {
    fn answer(&mut self, request: &Request, answer: Answer) -> Answer {
        match answer.status.as_u16() {
            200 if request.method == Method::GET => {
                self.good.insert(request.path.clone(), answer.clone());
                answer
            }
            403 if request.method == Method::GET => {
                self.good.get(&request.path).cloned().unwrap_or(answer)
            }
            _ => answer,
        }
    }
}
