//! Sessions: the list is complete, and a revoked one is refused at its very next request.

use std::collections::HashMap;
use std::time::Duration;

use base::Timestamp;
use hyper::Method;
use kernel::control::{
    Break, Control, Falsification, Method as How, Needs, Probing, Promise, Risk, Safety, Session,
    Tamper, Unable, Vantage, quantile, unable,
};
use kernel::door::{Answer, Door, Request};
use serde_json::{Value, json};

/// IDN-10.
pub(super) const REVOKE: Control = Control {
    id: "identity.session_revoke",
    version: 2,
    claim: "IDN-10",
    promised: Promise { name: "first refusal", value: 1.0, unit: "s", direction: "<=" },
    method: How::Live,
    safety: Safety::S1,
    risk: Risk::High,
    needs: Needs::CANARIES,
    configuration: &["session"],
    routes: &["sign_in", "list_sessions", "revoke_session", "sessions", "settings_theme"],
    asvs: &["V7.4.1", "V7.4.2"],
    probe: |vantage| -> Probing<'_> { Box::pin(revoke_and_replay(vantage)) },
    falsification: Falsification {
        name: "revoked_sessions_still_answer",
        by: Break::Answers(|| Box::new(StillAnswers::default())),
    },
};

/// IDN-09.
pub(super) const LIST: Control = Control {
    id: "identity.session_list",
    version: 1,
    claim: "IDN-09",
    promised: Promise::none("sessions missing, extra or wrong"),
    method: How::Live,
    safety: Safety::S1,
    risk: Risk::High,
    needs: Needs::CANARIES,
    configuration: &["session"],
    routes: &["sign_in", "list_sessions", "revoke_session"],
    asvs: &["V7.5.2"],
    probe: |vantage| -> Probing<'_> { Box::pin(list_what_was_opened(vantage)) },
    falsification: Falsification {
        name: "newest_session_hidden",
        by: Break::Answers(|| Box::new(HidesNewest)),
    },
};

/// Browsers that sign in, and what the list should call them.
const DEVICES: [(&str, &str); 4] = [
    ("Mozilla/5.0 (iPhone) Version/19.0 Safari/604.1", "Safari on iPhone"),
    ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0", "Chrome on Windows"),
    ("Mozilla/5.0 (Android 16) Firefox/140.0", "Firefox on Android"),
    ("curl/8.15", "curl"),
];

/// The browser of a probe's first session.
const DESK: &str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";

async fn list_what_was_opened(vantage: &Vantage) -> Result<(), Unable> {
    let first = vantage.sign_in(0, DESK).await?;
    let mut opened = Vec::new();
    let done = compare(vantage, &first, &mut opened).await;
    for session in opened {
        vantage.sign_out(session).await;
    }
    vantage.sign_out(first).await;
    vantage.measured_violations();
    done
}

async fn compare(
    vantage: &Vantage,
    first: &Session,
    opened: &mut Vec<Session>,
) -> Result<(), Unable> {
    let before = listed(&first.door).await?;
    for (agent, _) in DEVICES {
        opened.push(vantage.sign_in(0, agent).await?);
    }
    let now = listed(&first.door).await?;
    let address = vantage.source.to_string();
    for (session, (_, device)) in opened.iter().zip(DEVICES) {
        let right = |s: &&Value| {
            s["id"] == session.id.as_str()
                && s["device"] == device
                && s["address"] == address.as_str()
                && s["last_active_at"].is_string()
        };
        let found = now.iter().filter(right).count();
        let expected = "there once, with device, address and time";
        vantage.tried("look for a session that was opened", expected, found != 1);
    }
    let extra = now.len().abs_diff(before.len() + DEVICES.len()) as u64;
    vantage.tried_many("count the sessions", "as many as were opened", 1, extra.min(1));
    let gone = opened.pop().ok_or_else(|| Unable::because("no session was opened"))?;
    end(&first.door, &gone.id).await?;
    vantage.forget(&gone).await;
    let left = listed(&first.door).await?.iter().any(|s| s["id"] == gone.id.as_str());
    vantage.tried("look for a session that has ended", "not there", left);
    Ok(())
}

async fn listed(door: &Door) -> Result<Vec<Value>, Unable> {
    let answer = door.get("/api/v1/sessions").await.map_err(unable)?;
    match answer.json()["items"].as_array() {
        Some(items) if answer.status == 200 => Ok(items.clone()),
        _ => Err(Unable::because(format!("the list of sessions was answered {}", answer.status))),
    }
}

/// A system whose list leaves out what was opened last.
struct HidesNewest;

impl Tamper for HidesNewest {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        let mut list = answer.json();
        if request.path == "/api/v1/sessions"
            && let Some(items) = list["items"].as_array_mut()
        {
            items.sort_by_key(|s| s["created_at"].as_str().unwrap_or_default().to_owned());
            items.pop();
            answer.body = list.to_string().into();
        }
        answer
    }
}

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
            Self::Form => door.form("/dashboard/settings/theme", "theme=system".into()).await,
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

async fn revoke_and_replay(vantage: &Vantage) -> Result<(), Unable> {
    let first = vantage.sign_in(0, DESK).await?;
    let done = rounds(vantage, &first).await;
    vantage.sign_out(first).await;
    done
}

async fn rounds(vantage: &Vantage, first: &Session) -> Result<(), Unable> {
    let mut refusals = Vec::new();
    for _ in 0..ROUNDS {
        refusals.push(round(vantage, first).await?);
        if let Some(value) = quantile(refusals.clone(), 0.99) {
            vantage.measured("first refusal p99", value, "s");
        }
    }
    Ok(())
}

/// Opens a session, revokes it, replays it; answers how long it took from the revocation to the first refusal.
async fn round(vantage: &Vantage, first: &Session) -> Result<Duration, Unable> {
    let second = vantage.sign_in(0, DEVICES[0].0).await?;
    for kind in KINDS {
        if !kind.tries(&second.door).await? {
            let what = format!("a fresh session was not let in by the {}", kind.name());
            return Err(Unable::because(what));
        }
    }
    end(&first.door, &second.id).await?;
    vantage.forget(&second).await;
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

async fn end(door: &Door, id: &str) -> Result<(), Unable> {
    let path = format!("/api/v1/sessions/{id}");
    let answer = door.json(Method::DELETE, &path, &json!({})).await.map_err(unable)?;
    match answer.status.as_u16() {
        204 => Ok(()),
        other => Err(Unable::because(format!("the revocation was answered {other}"))),
    }
}

/// A system that goes on answering revoked sessions.
#[derive(Default)]
pub(super) struct StillAnswers {
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
