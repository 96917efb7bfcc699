//! A member who is removed: sessions that entered end, and no way in is left.

use hyper::{Method, StatusCode};
use kernel::control::{
    Break, Control, Falsification, Probing, Promise, Risk, Session, Tamper, Unable, Vantage,
    unable, until,
};
use kernel::door::{Answer, Door, Request};
use serde_json::{Value, json};

use super::company::{Company, call};

/// TEN-11.
pub(super) const REVOKED: Control = Control {
    version: 2,
    risk: Risk::High,
    routes: &["revoke_member", "accept_invitation", "show_tenant", "list_members"],
    asvs: &["V7.4.1", "V8.3.2"],
    ..Control::live(
        ("tenancy.member_revoked", "TEN-11"),
        Promise { name: "last acceptance", value: 1.0, unit: "s", direction: "<=" },
        |vantage| -> Probing<'_> { Box::pin(remove(vantage)) },
        Falsification {
            name: "removal_that_nobody_notices",
            by: Break::Answers(|| Box::new(Unnoticed::default())),
        },
    )
};

const PHONE: &str = "Mozilla/5.0 (Linux; Android 16) Chrome/143.0";
/// Sessions that the guest has beside the first.
const MORE: usize = 3;
/// How often each is tried after the removal.
const ROUNDS: u32 = 25;

async fn remove(vantage: &Vantage) -> Result<(), Unable> {
    let company = Company::meet(vantage).await?;
    let mut more = Vec::new();
    let removed = hold_and_lose(vantage, &company, &mut more).await;
    for session in more {
        vantage.sign_out(session).await;
    }
    company.part(vantage).await;
    let last = removed?;
    vantage.measured(vantage.promised.name, last, vantage.promised.unit);
    Ok(())
}

/// Answers how long after the removal something was still let in, in seconds.
async fn hold_and_lose(
    vantage: &Vantage,
    company: &Company,
    more: &mut Vec<Session>,
) -> Result<f64, Unable> {
    company.join(vantage, "operator").await?;
    for _ in 0..MORE {
        more.push(vantage.sign_in(1, PHONE).await?);
    }
    let token = json!({ "name": "probe", "expires_in_days": 1, "scopes": ["all"] });
    let token = call(&company.guest, Method::POST, "/api/v1/tokens", &token).await?.json();
    let (bearer, id) = (token["token"].as_str(), token["id"].as_str());
    let (Some(bearer), Some(id)) = (bearer, id) else {
        return Err(Unable::because("a canary could not make a token"));
    };
    vantage.guard.lease(id.to_owned());
    let doors: Vec<&Door> =
        [&company.guest].into_iter().chain(more.iter()).map(|s| &s.door).collect();
    let lost = lose(vantage, company, &doors, bearer).await;
    // The session that could take it back has ended with the membership; a fresh one can.
    let again = vantage.sign_in(1, PHONE).await?;
    let path = format!("/api/v1/tokens/{id}");
    let revoked = call(&again, Method::DELETE, &path, &Value::Null).await?;
    vantage.left(u64::from(revoked.status != StatusCode::NO_CONTENT));
    more.push(again);
    lost
}

async fn lose(
    vantage: &Vantage,
    company: &Company,
    doors: &[&Door],
    bearer: &str,
) -> Result<f64, Unable> {
    let tenant = company.tenant();
    for door in doors {
        if door.get(&tenant).await.map_err(unable)?.status != StatusCode::OK {
            return Err(Unable::because("the guest was not let in before the removal"));
        }
    }
    let by_token = doors[0].get_with_bearer(&tenant, bearer).await.map_err(unable)?;
    if by_token.status != StatusCode::OK {
        return Err(Unable::because("the guest's token was not let in before the removal"));
    }
    let member = format!("{tenant}/members/{}", company.account);
    let removed = call(&company.owner, Method::DELETE, &member, &Value::Null).await?;
    if removed.status != StatusCode::NO_CONTENT {
        return Err(Unable::because(format!("the removal was answered {}", removed.status)));
    }
    let since = vantage.clock.now();
    let mut last = 0.0;
    for _ in 0..ROUNDS {
        for path in [tenant.clone(), format!("{tenant}/members")] {
            for door in doors {
                let answer = door.get(&path).await.map_err(unable)?;
                let open = answer.status.is_success();
                vantage.tried("enter with a session from before", "refused", open);
                last = if open { vantage.clock.now().since(since).as_secs_f64() } else { last };
            }
            let answer = doors[0].get_with_bearer(&path, bearer).await.map_err(unable)?;
            let open = answer.status.is_success();
            vantage.tried("enter with an access token from before", "refused", open);
            last = if open { vantage.clock.now().since(since).as_secs_f64() } else { last };
        }
    }
    // A note that a session entered is written beside its request: it may come a moment after the removal, and ends it then.
    for door in doors {
        let ended = until("the end of a session", || async {
            let answer = door.get("/api/v1/me").await.map_err(unable)?;
            Ok((answer.status == StatusCode::UNAUTHORIZED).then_some(()))
        });
        let open = ended.await.is_err();
        vantage.tried("use a session that entered, anywhere", "it has ended", open);
        if open {
            break; // the others would be waited for as long
        }
    }
    Ok(last)
}

/// A system in which a removed member goes on as before.
#[derive(Default)]
struct Unnoticed {
    good: std::collections::HashMap<String, Answer>,
}

impl Tamper for Unnoticed {
    fn answer(&mut self, request: &Request, answer: Answer) -> Answer {
        match answer.status.as_u16() {
            200 if request.method == Method::GET => {
                self.good.insert(request.path.clone(), answer.clone());
                answer
            }
            401 | 404 if request.method == Method::GET => {
                self.good.get(&request.path).cloned().unwrap_or(answer)
            }
            _ => answer,
        }
    }
}
