//! The probes that prove identity's claims, each with what shows that it can fail.

use std::collections::HashMap;
use std::time::Duration;

use base::Timestamp;
use hyper::Method;
use kernel::control::{
    Claim, Control, Falsification, Figure, Probing, Promise, Tamper, Unable, Vantage, quantile,
};
use kernel::door::{Answer, Door, NoAnswer, Request};
use serde_json::json;

/// IDN-10: a revoked session is refused at its very next request.
pub(crate) const SESSION_REVOKE: Control = Control {
    id: "identity.session_revoke",
    version: 1,
    claim: Claim {
        id: "IDN-10",
        domain: "identity",
        seeds: &["000:28"],
        classes: &["enforced", "live"],
        promised: Promise { name: "first refusal", value: 1.0, unit: "s", direction: "<=" },
    },
    configuration: &["session"],
    routes: &["sign_in", "list_sessions", "revoke_session", "sessions", "settings_theme"],
    probe: |vantage| -> Probing<'_> { Box::pin(probe(vantage)) },
    falsification: Falsification {
        name: "revoked_sessions_still_answer",
        tamper: || Box::new(StillAnswers::default()),
    },
};

/// Sessions that are opened, revoked and replayed in one run.
const ROUNDS: usize = 8;
/// Replays on each kind of route after a revocation.
const REPLAYS: usize = 10;

/// The kinds of routes that a cookie opens.
#[derive(Clone, Copy)]
enum Kind {
    Api,
    Form,
    Page,
}

const KINDS: [Kind; 3] = [Kind::Api, Kind::Page, Kind::Form];

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Api => "API",
            Self::Form => "form",
            Self::Page => "page",
        }
    }

    async fn tries(self, door: &Door) -> Result<bool, Unable> {
        let answer = match self {
            Self::Api => door.get("/api/v1/sessions").await,
            Self::Page => door.get("/dashboard/sessions").await,
            Self::Form => {
                let mut headers = hyper::HeaderMap::new();
                let form =
                    hyper::header::HeaderValue::from_static("application/x-www-form-urlencoded");
                headers.insert(hyper::header::CONTENT_TYPE, form);
                door.send(Method::POST, "/dashboard/settings/theme", headers, "theme=system".into())
                    .await
            }
        };
        let answer = answer.map_err(unable)?;
        let location = answer.headers.get("location").and_then(|v| v.to_str().ok()).unwrap_or("");
        // Let in: the thing itself, or the form's way on; not the way to the sign-in page.
        Ok(match answer.status.as_u16() {
            200 => true,
            303 => location.starts_with("/dashboard"),
            401 | 403 => false,
            other => return Err(Unable::because(format!("the {} answered {other}", self.name()))),
        })
    }
}

fn unable(e: NoAnswer) -> Unable {
    Unable::because(e.0)
}

async fn probe(vantage: &Vantage) -> Result<(), Unable> {
    let first = sign_in(vantage, "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0").await?;
    let done = rounds(vantage, &first).await;
    vantage.left(clean_up(&first).await);
    done
}

async fn rounds(vantage: &Vantage, first: &Session) -> Result<(), Unable> {
    let mut refusals = Vec::new();
    for _ in 0..ROUNDS {
        refusals.push(round(vantage, first).await?);
        let value = quantile(refusals.clone(), 0.99);
        let named = |value| Figure { name: "first refusal p99".into(), value, unit: "s".into() };
        vantage.measured(value.map(named));
    }
    Ok(())
}

/// Opens a session, revokes it, replays it; answers how long it took from the revocation to the first refusal.
async fn round(vantage: &Vantage, first: &Session) -> Result<Duration, Unable> {
    let second = sign_in(vantage, "Mozilla/5.0 (iPhone) Version/19.0 Safari/604.1").await?;
    for kind in KINDS {
        if !kind.tries(&second.door).await? {
            let what = format!("a fresh session was not let in by the {}", kind.name());
            return Err(Unable::because(what));
        }
    }
    revoke(&first.door, &second.id).await?;
    let revoked_at = vantage.clock.now();
    let mut refused_at: Option<Timestamp> = None;
    for _ in 0..REPLAYS {
        for kind in KINDS {
            let let_in = kind.tries(&second.door).await?;
            let step = format!("replay a revoked session's cookie on the {}", kind.name());
            vantage.tried(&step, "refused", let_in);
            if !let_in && refused_at.is_none() {
                refused_at = Some(vantage.clock.now());
            }
        }
    }
    // Never refused while we looked: at least an hour, for all we know.
    let until = refused_at.unwrap_or_else(|| revoked_at.plus(Duration::from_hours(1)));
    Ok(until.since(revoked_at))
}

struct Session {
    door: Door,
    id: String,
}

async fn sign_in(vantage: &Vantage, agent: &str) -> Result<Session, Unable> {
    let door = vantage.door(agent);
    let body = json!({
        "email": vantage.canary.email,
        "password": vantage.canary.password.reveal(),
    });
    let answer = door.json(Method::POST, "/api/v1/sign-in", &body).await.map_err(unable)?;
    let id = answer.json()["session"].as_str().map(str::to_owned);
    match (answer.status.as_u16(), id, answer.cookies().into_iter().next()) {
        (200, Some(id), Some(cookie)) => Ok(Session { door: door.with_cookie(cookie), id }),
        (401, _, _) => Err(Unable::canary_lost("the canary's own sign-in was refused")),
        (status, _, _) => Err(Unable::because(format!("the canary could not sign in: {status}"))),
    }
}

async fn revoke(door: &Door, id: &str) -> Result<(), Unable> {
    let path = format!("/api/v1/sessions/{id}");
    let answer = door.json(Method::DELETE, &path, &json!({})).await.map_err(unable)?;
    match answer.status.as_u16() {
        204 => Ok(()),
        other => Err(Unable::because(format!("the revocation was answered {other}"))),
    }
}

/// Ends what the probe opened, the first session last; answers how many sessions it could not end.
async fn clean_up(first: &Session) -> u64 {
    let others = first.door.json(Method::DELETE, "/api/v1/sessions", &json!({})).await;
    let own = first.door.json(Method::POST, "/api/v1/sign-out", &json!({})).await;
    let failed = |answer: &Result<Answer, NoAnswer>| {
        u64::from(!answer.as_ref().is_ok_and(|a| a.status.is_success()))
    };
    failed(&others) + failed(&own)
}

/// A system that goes on answering revoked sessions.
#[derive(Default)]
struct StillAnswers {
    good: HashMap<String, Answer>,
}

impl Tamper for StillAnswers {
    fn answer(&mut self, request: &Request, answer: Answer) -> Answer {
        let cookie = request.headers.get("cookie").and_then(|v| v.to_str().ok()).unwrap_or("");
        let key = format!("{} {} {cookie}", request.method, request.path);
        let location = answer.headers.get("location").and_then(|v| v.to_str().ok()).unwrap_or("");
        let refused = answer.status.as_u16() == 401 || location.starts_with("/login");
        if refused {
            return self.good.get(&key).cloned().unwrap_or(answer);
        }
        self.good.insert(key, answer.clone());
        answer
    }
}
