//! Invitations that somebody altered, or uses again.

use hyper::{Method, StatusCode};
use kernel::control::{
    Break, Control, Falsification, Probing, Promise, Risk, Tamper, Unable, Vantage, unable,
};
use kernel::door::{Answer, Request};
use serde_json::{Value, json};

use super::company::{ACCEPT, Company, call};

/// TEN-09.
pub(super) const FORGED: Control = Control {
    risk: Risk::High,
    routes: &["invite", "accept_invitation", "invite_member", "revoke_invitation"],
    asvs: &["V9.1.1", "V9.1.2"],
    ..Control::live(
        ("tenancy.invitation_forged", "TEN-09"),
        Promise::none("altered or used invitations that were taken"),
        |vantage| -> Probing<'_> { Box::pin(forge(vantage)) },
        Falsification {
            name: "links_that_nobody_checks",
            by: Break::Answers(|| Box::new(Credulous::default())),
        },
    )
};

async fn forge(vantage: &Vantage) -> Result<(), Unable> {
    let company = Company::meet(vantage).await?;
    let forged = alter_and_reuse(vantage, &company).await;
    company.part(vantage).await;
    vantage.measured_violations();
    forged
}

async fn alter_and_reuse(vantage: &Vantage, company: &Company) -> Result<(), Unable> {
    let first = company.invite(vantage, "viewer").await?;
    // A second one of the same address takes the first one's place.
    let token = company.invite(vantage, "viewer").await?;
    vantage.tried(
        "open a link that a newer one replaced",
        "refused",
        opens(vantage, &first).await?,
    );
    if !opens(vantage, &token).await? {
        return Err(Unable::because("not even the true link opened"));
    }
    for at in 0..token.len() {
        let open = opens(vantage, &with_other_letter(&token, at)).await?;
        vantage.tried("alter one letter", "refused", open);
    }
    let (bearer, signature) = token.split_once('.').unwrap_or((token.as_str(), ""));
    let foreign = first.split_once('.').map_or("", |(_, s)| s);
    for (forged, step) in [
        (bearer.to_owned(), "leave the signature out"),
        (format!("{bearer}."), "leave the signature empty"),
        (format!("{bearer}.{foreign}"), "take the signature of another link"),
        (format!("{bearer}.{}", "A".repeat(86)), "take a signature of nothing"),
        (format!("eyJhbGciOiJub25lIn0.{bearer}.{signature}"), "say that there is no algorithm"),
        (format!("{token}="), "pad it"),
        (format!("{bearer}.{signature}.{signature}"), "sign it twice"),
    ] {
        vantage.tried(step, "refused", opens(vantage, &forged).await?);
    }
    let other = call(&company.owner, Method::POST, ACCEPT, &json!({ "token": token })).await?;
    vantage.tried("accept with another address", "refused", other.status.is_success());
    let body = json!({ "token": token, "role": "owner" });
    let more = call(&company.guest, Method::POST, ACCEPT, &body).await?;
    vantage.tried("ask for another role", "refused", more.status.is_success());
    let taken = call(&company.guest, Method::POST, ACCEPT, &json!({ "token": token })).await?;
    if taken.status != StatusCode::OK {
        return Err(Unable::because(format!("the true link was answered {}", taken.status)));
    }
    let members = format!("{}/members", company.tenant());
    let members = call(&company.owner, Method::GET, &members, &Value::Null).await?.json();
    let own = members["items"].as_array().into_iter().flatten();
    let role = own.filter(|m| m["account"] == company.account.as_str()).map(|m| &m["role"]);
    vantage.tried(
        "look for the role that was given",
        "viewer",
        role.into_iter().any(|r| r != "viewer"),
    );
    vantage.tried("open a link that was used", "refused", opens(vantage, &token).await?);
    let again = call(&company.guest, Method::POST, ACCEPT, &json!({ "token": token })).await?;
    vantage.tried("accept twice", "refused", again.status.is_success());
    Ok(())
}

/// Whether a link's page offers something, to a stranger.
async fn opens(vantage: &Vantage, token: &str) -> Result<bool, Unable> {
    let door = vantage.unwatched("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");
    let answer = door.page(&format!("/invite?token={token}")).await.map_err(unable)?;
    match answer.status {
        StatusCode::OK => Ok(true),
        StatusCode::GONE | StatusCode::BAD_REQUEST => Ok(false),
        other => Err(Unable::because(format!("a link's page was answered {other}"))),
    }
}

fn with_other_letter(token: &str, at: usize) -> String {
    let swap = |c: char| if c == 'a' { 'b' } else { 'a' };
    token.chars().enumerate().map(|(n, c)| if n == at { swap(c) } else { c }).collect()
}

/// A system that shows every link what it showed the last good one.
#[derive(Default)]
struct Credulous {
    good: Option<Answer>,
}

impl Tamper for Credulous {
    fn answer(&mut self, request: &Request, answer: Answer) -> Answer {
        if !request.path.starts_with("/invite?") {
            return answer;
        }
        match answer.status {
            StatusCode::OK => {
                self.good = Some(answer.clone());
                answer
            }
            _ => self.good.clone().unwrap_or(answer),
        }
    }
}
