//! Two canaries in one tenant: the first one's, which the second joins by an invitation and leaves again.

use hyper::{Method, StatusCode};
use kernel::control::{Session, Unable, Vantage, unable};
use kernel::door::Answer;
use serde_json::{Value, json};

pub(super) const DESK: &str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";
pub(super) const ACCEPT: &str = "/api/v1/invitations/accept";

/// The owner, and who joins.
pub(super) struct Company {
    pub(super) owner: Session,
    pub(super) guest: Session,
    pub(super) slug: String,
    /// The guest's.
    pub(super) account: String,
}

impl Company {
    /// Signs both in; nobody has joined yet.
    pub(super) async fn meet(vantage: &Vantage) -> Result<Self, Unable> {
        vantage.guard.share();
        let slug = vantage.canary(0)?.slug.clone();
        vantage.guard.lease(slug.clone());
        let owner = vantage.sign_in(0, DESK).await?;
        let guest = match vantage.sign_in(1, DESK).await {
            Ok(guest) => guest,
            Err(why) => {
                vantage.sign_out(owner).await;
                return Err(why);
            }
        };
        let account = match own_account(&guest).await {
            Ok(account) => account,
            Err(why) => {
                vantage.sign_out(guest).await;
                vantage.sign_out(owner).await;
                return Err(why);
            }
        };
        vantage.guard.lease(account.clone());
        Ok(Self { owner, guest, slug, account })
    }

    pub(super) fn tenant(&self) -> String {
        format!("/api/v1/tenants/{}", self.slug)
    }

    /// Invites the guest; answers the text of the letter's link.
    pub(super) async fn invite(&self, vantage: &Vantage, role: &str) -> Result<String, Unable> {
        let (to, since) = (vantage.canary(1)?.email.clone(), vantage.clock.now());
        let body = json!({ "email": to, "role": role });
        let path = format!("{}/invitations", self.tenant());
        let invited = call(&self.owner, Method::POST, &path, &body).await?;
        if invited.status != StatusCode::CREATED {
            let what = format!("an invitation was answered {}", invited.status);
            return Err(Unable::because(what));
        }
        let text = vantage.letters.take(&to, "/invite?token=", since).await?;
        let link = text.split("/invite?token=").nth(1).unwrap_or_default();
        Ok(link.split_whitespace().next().unwrap_or_default().to_owned())
    }

    /// The guest joins as a role.
    pub(super) async fn join(&self, vantage: &Vantage, role: &str) -> Result<(), Unable> {
        let token = self.invite(vantage, role).await?;
        let accepted = call(&self.guest, Method::POST, ACCEPT, &json!({ "token": token })).await?;
        match accepted.status {
            StatusCode::OK => Ok(()),
            other => Err(Unable::because(format!("accepting was answered {other}"))),
        }
    }

    pub(super) async fn set_role(&self, role: &str) -> Result<Answer, Unable> {
        let path = format!("{}/members/{}/role", self.tenant(), self.account);
        call(&self.owner, Method::PUT, &path, &json!({ "role": role })).await
    }

    /// The guest leaves if it can, is removed otherwise, and both sign out.
    pub(super) async fn part(self, vantage: &Vantage) {
        let path = format!("{}/members/{}", self.tenant(), self.account);
        let left = call(&self.guest, Method::DELETE, &path, &json!({})).await;
        if !left.is_ok_and(|a| matches!(a.status.as_u16(), 204 | 404)) {
            let removed = call(&self.owner, Method::DELETE, &path, &json!({})).await;
            let gone = removed.is_ok_and(|a| matches!(a.status.as_u16(), 204 | 404));
            vantage.left(u64::from(!gone));
        }
        vantage.sign_out(self.guest).await;
        vantage.sign_out(self.owner).await;
    }
}

pub(super) async fn call(
    who: &Session,
    method: Method,
    path: &str,
    body: &Value,
) -> Result<Answer, Unable> {
    match method {
        Method::GET => who.door.get(path).await.map_err(unable),
        method => who.door.json(method, path, body).await.map_err(unable),
    }
}

async fn own_account(who: &Session) -> Result<String, Unable> {
    let me = who.door.get("/api/v1/me").await.map_err(unable)?.json();
    let account = me["account"].as_str().map(str::to_owned);
    account.ok_or_else(|| Unable::because("a canary has no account"))
}
