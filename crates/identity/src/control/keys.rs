//! Hardware keys of staff, where they are demanded: whoever has the password, the app or a token, but not the key, finds
//! no door of the operator's area open. Tried in a shadow that demands what the running system demands.

use std::sync::Arc;

use hyper::{Method, StatusCode};
use kernel::App;
use kernel::control::{
    Attestation, Authenticator, Break, Control, Falsification, Maker, Needs, Probing, Promise,
    Safety, Tamper, Twist, Unable, Vantage, unable,
};
use kernel::door::{Answer, Door, Request};
use kernel::web::route::Access;
use serde_json::{Value, json};
use webauthn_rs::prelude::AttestationCaList;

use super::step::{must, staff, unwatched};
use crate::factor::hardware::{self, Demanded};

/// IDN-39.
pub(super) const STAFF: Control = Control {
    safety: Safety::S3,
    needs: Needs::SHADOW,
    configuration: &["second_factor"],
    routes: &["*"],
    asvs: &["V6.3.3"],
    ..Control::live(
        ("identity.staff_keys", "IDN-39"),
        Promise::none("doors that opened to staff without a hardware key"),
        |vantage| -> Probing<'_> { Box::pin(without_and_with(vantage)) },
        Falsification {
            name: "guard_that_forgets_the_key",
            by: Break::Answers(|| Box::new(Forgets)),
        },
    )
};

const PASSKEYS: &str = "/api/v1/factors/passkeys";
const FINISH: &str = "/api/v1/factors/passkeys/finish";
/// One of the doors that a key opens.
const PEOPLE: &str = "/api/v1/people";

/// What a shadow demands for as long as a probe runs.
struct Demand(Arc<Demanded>);

impl Demand {
    /// The makers of the running system, and one whose keys the probe has.
    fn begin(shadow: &App, maker: &Maker) -> Result<Self, Unable> {
        let unable = |why: String| Unable::because(format!("no keys could be demanded: {why}"));
        hardware::load(shadow).map_err(unable)?;
        let demanded = Self(Demanded::of(shadow));
        let mut roots =
            demanded.0.roots().map_or_else(AttestationCaList::default, |r| (*r).clone());
        let own = AttestationCaList::try_from(maker.root().as_bytes());
        roots.union(&own.map_err(|e| unable(format!("{e:?}")))?);
        demanded.0.set(Some(Arc::new(roots)));
        Ok(demanded)
    }
}

impl Drop for Demand {
    fn drop(&mut self) {
        self.0.set(None);
    }
}

async fn without_and_with(vantage: &Vantage) -> Result<(), Unable> {
    let operator = staff(vantage).await?;
    let body = json!({ "name": "probe", "expires_in_days": 1, "scopes": ["all"] });
    let token = must(&operator, Method::POST, "/api/v1/tokens", &body, 201).await?.json();
    let maker = Maker::new("Keys of the probe")?;
    let demand = Demand::begin(&vantage.aside()?.app, &maker)?;
    let mut device = device(vantage)?;
    let added = battery(vantage, &operator, &token, (&maker, &mut device)).await;
    drop(demand);
    // What was added goes, whatever came of it; the last key could not be taken away while it was demanded.
    let cleaned = clean(&operator, &token).await;
    vantage.measured_violations();
    added.and(cleaned)
}

async fn battery(
    vantage: &Vantage,
    operator: &Door,
    token: &Value,
    (maker, device): (&Maker, &mut Authenticator),
) -> Result<(), Unable> {
    doors(vantage, operator, "come with the password alone").await?;
    let bearer = token["token"].as_str().unwrap_or_default();
    let answer = unwatched(vantage).get_with_bearer(PEOPLE, bearer).await.map_err(unable)?;
    vantage.tried("come with a token", "refused", is_open(&answer)?);
    offer_others(vantage, operator).await?;
    let added = offer(operator, device, Attestation::By(maker)).await?;
    vantage.tried("add a key of a maker that counts", "taken", !added.status.is_success());
    let let_in = operator.get(PEOPLE).await.map_err(unable)?;
    vantage.tried("come with that key", "let in", let_in.status != StatusCode::OK);
    let thief = with_paper(vantage, operator).await?;
    doors(vantage, &thief, "come without the key that the account has").await?;
    let begun = thief.json(Method::POST, PASSKEYS, &Value::Null).await.map_err(unable)?;
    vantage.tried("add another key without it", "refused", begun.status.is_success());
    let session = with_key(vantage, device).await?;
    let let_in = session.get(PEOPLE).await.map_err(unable)?;
    vantage.tried("sign in with the key", "let in", let_in.status != StatusCode::OK);
    Ok(())
}

fn device(vantage: &Vantage) -> Result<Authenticator, Unable> {
    let origin = vantage.aside()?.app.origin.load();
    Authenticator::new(&origin, &*vantage.rng)
}

/// Every page and operation of the operator's area, with a session.
async fn doors(vantage: &Vantage, door: &Door, step: &str) -> Result<(), Unable> {
    let staffs = vantage.routes.iter().filter(|r| r.access == Access::Staff);
    for route in staffs {
        let path = route.path.split('/').map(|part| match part.strip_prefix('{') {
            Some(_) => "none",
            None => part,
        });
        let path = path.collect::<Vec<_>>().join("/");
        let answer = knock(door, route.method, &path).await?;
        vantage.tried(step, "refused", is_open(&answer)?);
    }
    Ok(())
}

async fn knock(door: &Door, method: Option<&str>, path: &str) -> Result<Answer, Unable> {
    let method = method.map_or(Ok(Method::GET), |m| m.to_uppercase().parse());
    let method = method.map_err(|_| Unable::because(format!("{path} has no method")))?;
    let answer = match method {
        Method::GET => door.get(path).await.map_err(unable)?,
        other => door.json(other, path, &json!({})).await.map_err(unable)?,
    };
    if answer.status == StatusCode::METHOD_NOT_ALLOWED {
        return door.json(Method::POST, path, &json!({})).await.map_err(unable); // a form's address
    }
    Ok(answer)
}

/// Whether a door let somebody in. Too many requests, or a fault, show nothing.
fn is_open(answer: &Answer) -> Result<bool, Unable> {
    if answer.status == 429 || answer.status.is_server_error() {
        return Err(Unable::because(format!("a door was answered {}", answer.status)));
    }
    let sent_on = answer.headers.get("location").and_then(|l| l.to_str().ok());
    let wanted = answer.json()["type"] == "/problem/kernel/hardware-key-wanted"
        || sent_on.is_some_and(|l| l.contains("notice=hardware-key"));
    if answer.status == 401 {
        return Err(Unable::because("a session of the probe ended"));
    }
    Ok(!wanted)
}

/// Keys that do not count: nothing said of a maker, signed by itself alone, and a maker that nobody trusts.
async fn offer_others(vantage: &Vantage, operator: &Door) -> Result<(), Unable> {
    let stranger = Maker::new("Keys of a stranger")?;
    for (by, step) in [
        (Attestation::None, "add a passkey that says nothing of its maker"),
        (Attestation::Itself, "add a key that vouches for itself"),
        (Attestation::By(&stranger), "add a key of a maker that nobody trusts"),
    ] {
        let answer = offer(operator, &mut device(vantage)?, by).await?;
        vantage.tried(step, "refused", answer.status.is_success());
    }
    let answer = operator.get(PEOPLE).await.map_err(unable)?;
    vantage.tried("come after that", "refused", is_open(&answer)?);
    Ok(())
}

async fn offer(
    door: &Door,
    device: &mut Authenticator,
    by: Attestation<'_>,
) -> Result<Answer, Unable> {
    let begun = must(door, Method::POST, PASSKEYS, &Value::Null, 200).await?.json();
    let credential = device.create_attested(&begun["options"], by);
    let body = json!({ "ceremony": begun["ceremony"], "name": "probe", "credential": credential });
    door.json(Method::POST, FINISH, &body).await.map_err(unable)
}

async fn with_key(vantage: &Vantage, device: &mut Authenticator) -> Result<Door, Unable> {
    let door = unwatched(vantage);
    let begin = "/api/v1/sign-in/passkey";
    let begun = must(&door, Method::POST, begin, &Value::Null, 200).await?.json();
    let credential = device.get(&begun["options"], Twist::None);
    let body = json!({ "ceremony": begun["ceremony"], "credential": credential });
    let finish = "/api/v1/sign-in/passkey/finish";
    let answer = must(&door, Method::POST, finish, &body, 200).await?;
    let cookie = answer.cookies().into_iter().next();
    cookie.map(|c| door.with_cookie(c)).ok_or_else(|| Unable::because("the key opened no session"))
}

/// A session of somebody who has the password and a backup code.
async fn with_paper(vantage: &Vantage, operator: &Door) -> Result<Door, Unable> {
    let made = must(operator, Method::POST, "/api/v1/factors/backup-codes", &Value::Null, 201);
    let made = made.await?.json();
    let (email, password) = &vantage.aside()?.staff;
    let door = unwatched(vantage);
    let body = json!({ "email": email, "password": password.reveal() });
    let begun = must(&door, Method::POST, "/api/v1/sign-in", &body, 200).await?;
    let waiting = begun.cookies().into_iter().next().unwrap_or_default();
    let body = json!({ "method": "backup_code", "code": made["codes"][0] });
    let door = door.with_cookie(waiting);
    let answer = must(&door, Method::POST, "/api/v1/sign-in/factor", &body, 200).await?;
    let cookie = answer.cookies().into_iter().next();
    let cookie = cookie.ok_or_else(|| Unable::because("a backup code opened no session"))?;
    Ok(unwatched(vantage).with_cookie(cookie))
}

async fn clean(operator: &Door, token: &Value) -> Result<(), Unable> {
    let own = operator.get("/api/v1/factors").await.map_err(unable)?.json();
    for key in own["passkeys"].as_array().into_iter().flatten() {
        let path = format!("{PASSKEYS}/{}", key["id"].as_str().unwrap_or_default());
        must(operator, Method::DELETE, &path, &Value::Null, 204).await?;
    }
    let path = format!("/api/v1/tokens/{}", token["id"].as_str().unwrap_or_default());
    must(operator, Method::DELETE, &path, &Value::Null, 204).await.map(drop)
}

/// A guard that does not ask for the key.
struct Forgets;

impl Tamper for Forgets {
    fn answer(&mut self, _: &Request, mut answer: Answer) -> Answer {
        if answer.json()["type"] == "/problem/kernel/hardware-key-wanted" {
            answer.status = StatusCode::OK;
            answer.body = "{}".into();
        }
        answer
    }
}
