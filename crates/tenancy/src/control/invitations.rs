//! The seven days of an invitation, on the clock of a shadow.

use std::time::Duration;

use hyper::{Method, StatusCode};
use kernel::control::{
    Break, Control, Falsification, Needs, Probing, Promise, Safety, Session, Tamper, Unable,
    Vantage, unable,
};
use kernel::door::{Answer, Request};
use serde_json::json;

/// TEN-10.
pub(super) const EXPIRY: Control = Control {
    safety: Safety::S3,
    needs: Needs::SHADOW,
    routes: &["invite_member", "accept_invitation", "revoke_member"],
    ..Control::live(
        ("tenancy.invitation_expiry", "TEN-10"),
        Promise { name: "expiry", value: 7.0, unit: "d", direction: "=" },
        |vantage| -> Probing<'_> { Box::pin(wait_out(vantage)) },
        Falsification { name: "links_that_never_end", by: Break::Answers(|| Box::new(Endless)) },
    )
};

const DESK: &str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";
const ACCEPT: &str = "/api/v1/invitations/accept";
const WEEK: Duration = Duration::from_hours(7 * 24);
/// How near to the limit it is tried, on either side.
const NEAR: Duration = Duration::from_secs(60);

async fn wait_out(vantage: &Vantage) -> Result<(), Unable> {
    let clock = &vantage.aside()?.clock;
    vantage.guard.share();
    let mut accepted = Vec::new();
    for (wait, step, expected) in [
        (WEEK - NEAR, "accept a minute before the week is over", "taken"),
        (WEEK + NEAR, "accept a minute after", "refused"),
    ] {
        let token = invite(vantage).await?;
        clock.forward(wait);
        let guest = vantage.sign_in(1, DESK).await?; // the old session is as old as the link
        let body = json!({ "token": token });
        let answer = guest.door.json(Method::POST, ACCEPT, &body).await.map_err(unable)?;
        let taken = answer.status.is_success();
        vantage.tried(step, expected, taken != (expected == "taken"));
        if taken {
            accepted.push(wait);
            leave(vantage, &guest).await?;
        }
        vantage.sign_out(guest).await;
    }
    // What lies between the last that was taken and the first that was refused is the limit.
    let last = accepted.last().map_or(0.0, |wait| (wait.as_secs_f64() / 86_400.0).round());
    vantage.measured(vantage.promised.name, last, vantage.promised.unit);
    Ok(())
}

/// The first canary invites the second; answers the letter's token.
async fn invite(vantage: &Vantage) -> Result<String, Unable> {
    let (slug, to) = (&vantage.canary(0)?.slug, vantage.canary(1)?.email.clone());
    let owner = vantage.sign_in(0, DESK).await?;
    let since = vantage.clock.now();
    let body = json!({ "email": to, "role": "viewer" });
    let path = format!("/api/v1/tenants/{slug}/invitations");
    let invited = owner.door.json(Method::POST, &path, &body).await.map_err(unable)?;
    vantage.sign_out(owner).await;
    if invited.status != StatusCode::CREATED {
        return Err(Unable::because(format!("an invitation was answered {}", invited.status)));
    }
    let text = vantage.letters.take(&to, "/invite?token=", since).await?;
    let token = text.split("/invite?token=").nth(1).unwrap_or_default();
    Ok(token.split_whitespace().next().unwrap_or_default().to_owned())
}

async fn leave(vantage: &Vantage, guest: &Session) -> Result<(), Unable> {
    let me = guest.door.get("/api/v1/me").await.map_err(unable)?.json();
    let (slug, account) = (&vantage.canary(0)?.slug, me["account"].as_str().unwrap_or_default());
    vantage.guard.lease(account.to_owned());
    vantage.guard.lease(slug.clone());
    let path = format!("/api/v1/tenants/{slug}/members/{account}");
    guest.door.json(Method::DELETE, &path, &json!({})).await.map_err(unable).map(drop)
}

/// A system whose links never end.
struct Endless;

impl Tamper for Endless {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path == ACCEPT && answer.status == StatusCode::GONE {
            answer.status = StatusCode::OK;
        }
        answer
    }
}
