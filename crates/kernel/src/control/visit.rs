//! What probes of several domains do first: a canary signs in, and out again.

use std::net::Ipv4Addr;
use std::time::Duration;

use base::Timestamp;
use hyper::Method;
use serde_json::json;

use super::{Unable, Vantage};
use crate::door::{Answer, Door, NoAnswer};

/// A canary's open session.
pub struct Session {
    /// Its client.
    pub door: Door,
    /// Its identifier.
    pub id: String,
    lease: u64,
}

/// No answer means: nothing is known.
#[must_use]
pub fn unable(e: NoAnswer) -> Unable {
    Unable::because(e.0)
}

/// How often, and how long, a probe looks for what comes by itself.
const LOOK_EVERY: Duration = Duration::from_millis(100);
const LOOKS: u32 = 80;

/// Looks until there is something, for what the product does a moment later: an entry gets into the log after what it tells
/// of, and nothing outside tells when. `Unable` after eight seconds.
pub async fn until<T, F>(what: &str, mut look: impl FnMut() -> F) -> Result<T, Unable>
where
    F: Future<Output = Result<Option<T>, Unable>>,
{
    for _ in 0..LOOKS {
        if let Some(found) = look().await? {
            return Ok(found);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Err(Unable::because(format!("{what} did not come")))
}

impl Vantage {
    /// Signs a canary in, as a browser of this name.
    pub async fn sign_in(&self, canary: usize, agent: &str) -> Result<Session, Unable> {
        let own = self.canary(canary)?;
        let lease = self.leases.take("session", &own.email).await?;
        let door = self.door(agent).owned_by(canary);
        let body = json!({ "email": own.email, "password": own.password.reveal() });
        let door = match self.browser(canary) {
            Some(cookie) => door.with_cookie(cookie),
            None => door,
        };
        let since = self.clock.now();
        let answer = door.json(Method::POST, "/api/v1/sign-in", &body).await.map_err(unable)?;
        let answer = self.locate(&own.email, &door, answer, since).await?;
        self.keep_browser(canary, &answer.cookies());
        let answered = answer.json();
        if answered["next"] == "confirm_location" {
            return Err(Unable::because("a canary's location could not be confirmed"));
        }
        if !answered["next"].is_null() {
            return Err(Unable::canary_lost(
                "a canary has a second factor that an earlier run left",
            ));
        }
        let id = answered["session"].as_str().map(str::to_owned);
        match (answer.status.as_u16(), id, answer.cookies().into_iter().next()) {
            (200, Some(id), Some(cookie)) => {
                self.guard.lease(id.clone());
                Ok(Session { door: door.with_cookie(cookie), id, lease })
            }
            (401, _, _) => Err(Unable::canary_lost("a canary's own sign-in was refused")),
            (status, _, _) => Err(Unable::because(format!("a canary could not sign in: {status}"))),
        }
    }

    /// A client that nobody watches, at an address of its own, for what shows everybody's bait by right: lists for staff.
    #[must_use]
    pub fn unwatched(&self, agent: &str) -> Door {
        let [c, d]: [u8; 2] = base::rng::bytes(&*self.rng);
        let source = Ipv4Addr::new(127, 66, c, d.clamp(1, 254));
        let secure = self.doors.https == Some(self.target);
        Door::new(self.target, &self.host, source.into(), agent).secured(secure)
    }

    /// The staff of a shadow, signed in.
    pub async fn staff(&self, agent: &str) -> Result<Door, Unable> {
        let (email, password) = &self.aside()?.staff;
        let door = self.unwatched(agent);
        let body = json!({ "email": email, "password": password.reveal() });
        let answer = door.json(Method::POST, "/api/v1/sign-in", &body).await.map_err(unable)?;
        let cookie = answer.cookies().into_iter().next().filter(|_| answer.status == 200);
        let cookie = cookie
            .ok_or_else(|| Unable::because(format!("staff were not let in: {}", answer.status)))?;
        Ok(door.with_cookie(cookie))
    }

    /// Confirms where a canary signs in from, if that is wanted, as a person does: by the link in the letter.
    async fn locate(
        &self,
        email: &str,
        door: &Door,
        answer: Answer,
        since: Timestamp,
    ) -> Result<Answer, Unable> {
        const LINK: &str = "/sign-in-here?token=";
        if answer.json()["next"] != "confirm_location" {
            return Ok(answer);
        }
        // The letter that names this address, not one about another sign-in.
        let text = self.letters.take(email, &self.source.to_string(), since).await?;
        let token = text.split(LINK).nth(1).and_then(|rest| rest.split_whitespace().next());
        let body = json!({ "token": token.unwrap_or_default() });
        let path = "/api/v1/sign-in/location";
        let used = door.json(Method::POST, path, &body).await.map_err(unable)?;
        if used.status != 204 {
            return Err(Unable::because("the link that confirms a location was refused"));
        }
        let cookie = answer.cookies().into_iter().next().unwrap_or_default();
        let door = door.clone().with_cookie(cookie);
        door.json(Method::POST, "/api/v1/sign-in/continue", &json!({})).await.map_err(unable)
    }

    /// Signs out; what stays open is residue.
    pub async fn sign_out(&self, session: Session) {
        let answer = session.door.json(Method::POST, "/api/v1/sign-out", &json!({})).await;
        // Refused means that it is over already.
        match answer.map(|a| a.status.as_u16()) {
            Ok(204 | 401) => self.forget(&session).await,
            _ => self.left(1),
        }
    }

    /// The session has ended in another way.
    pub async fn forget(&self, session: &Session) {
        let _ = self.leases.give_back(session.lease).await;
    }
}
