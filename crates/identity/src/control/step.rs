//! What the probes of second factors share: a canary with a factor for as long as the probe runs, and the second
//! step of a sign-in.

use std::net::Ipv4Addr;
use std::pin::Pin;
use std::time::Duration;

use hyper::Method;
use kernel::control::{Session, Tamper, Unable, Vantage, unable};
use kernel::door::{Answer, Door, Request};
use serde_json::{Value, json};

use crate::factor::totp;

/// The browser of these probes.
pub(super) const DESK: &str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";

/// A part of a probe that runs while the canary has a factor.
pub(super) type Part<'a> = Pin<Box<dyn Future<Output = Result<(), Unable>> + Send + 'a>>;

/// A call that has to work for the probe to say anything.
pub(super) async fn must(
    door: &Door,
    method: Method,
    path: &str,
    body: &Value,
    status: u16,
) -> Result<Answer, Unable> {
    let answer = door.json(method, path, body).await.map_err(unable)?;
    match answer.status.as_u16() {
        good if good == status => Ok(answer),
        other => Err(Unable::because(format!("{path} was answered {other} to a canary"))),
    }
}

/// A sign-up with an ordinary address and a strong password is taken, so that what was refused was what the probe offered.
pub(super) async fn ordinary(vantage: &Vantage, door: &Door) -> Result<(), Unable> {
    let email = format!("{}@example.com", fresh(vantage));
    vantage.guard.lease(email.clone());
    let body = json!({ "email": email, "name": "x", "password": fresh(vantage) });
    must(door, Method::POST, "/api/v1/sign-up", &body, 202).await.map(|_| ())
}

/// What nobody guesses, as a password or as a name; every policy of passwords takes it.
pub(super) fn fresh(vantage: &Vantage) -> String {
    format!("{}-Aa1", crypt::hex(&base::rng::bytes::<12>(&*vantage.rng)))
}

/// A client that nobody watches, for what shows everybody's bait by right: lists for staff.
pub(super) fn unwatched(vantage: &Vantage) -> Door {
    vantage.unwatched(DESK)
}

/// The staff of a shadow, signed in.
pub(super) async fn staff(vantage: &Vantage) -> Result<Door, Unable> {
    vantage.staff(DESK).await
}

/// An address that nobody has, where a canary's letters arrive.
pub(super) fn stranger(vantage: &Vantage) -> Result<String, Unable> {
    let name = crypt::hex(&base::rng::bytes::<6>(&*vantage.rng));
    let domain = vantage.canary(0)?.email.rsplit('@').next().unwrap_or_default().to_owned();
    let email = format!("{name}@{domain}");
    vantage.guard.lease(email.clone());
    Ok(email)
}

/// Longer than it takes a person to fill a form.
const PERSON: Duration = Duration::from_millis(1_200);

/// The stamp of a page's form, once a person could have filled it. It serves for many.
pub(super) async fn stamp(door: &Door, path: &str) -> Result<String, Unable> {
    let page = door.get(path).await.map_err(unable)?;
    let page = String::from_utf8_lossy(&page.body).into_owned();
    let stamp = page.split("name=\"stamp\" value=\"").nth(1).and_then(|r| r.split('"').next());
    let stamp = stamp.ok_or_else(|| Unable::because("the form has no stamp"))?.to_owned();
    tokio::time::sleep(PERSON).await;
    Ok(stamp)
}

/// Signs out whatever an answer opened: an operation's, or a form's that leads on.
pub(super) async fn end(door: &Door, answer: &Answer) {
    let opened = answer.status.is_success() || answer.status.is_redirection();
    if let (true, Some(cookie)) = (opened, answer.cookies().into_iter().next()) {
        let door = door.clone().with_cookie(cookie);
        let _ = door.json(Method::POST, "/api/v1/sign-out", &json!({})).await;
    }
}

/// The authenticator app of a canary.
pub(super) struct App {
    secret: Vec<u8>,
}

impl App {
    /// The code of the present step and `away` steps from it.
    pub(super) fn code(&self, vantage: &Vantage, away: i64) -> String {
        let step = vantage.clock.now().0.div_euclid(30_000) + away;
        totp::code(&self.secret, u64::try_from(step).unwrap_or(0)).unwrap_or_default()
    }

    /// Puts the app on an account, with the code of the step before: the present one and the next are still fresh.
    pub(super) async fn enrol(vantage: &Vantage, session: &Session) -> Result<Self, Unable> {
        let made =
            must(&session.door, Method::POST, "/api/v1/factors/totp", &json!({}), 201).await?;
        let text = made.json()["secret"].as_str().unwrap_or_default().to_owned();
        let secret = totp::secret(&text).ok_or_else(|| Unable::because("the secret is not one"))?;
        let app = Self { secret };
        app.confirm(vantage, session).await?;
        Ok(app)
    }

    async fn confirm(&self, vantage: &Vantage, session: &Session) -> Result<(), Unable> {
        let body = json!({ "code": self.code(vantage, -1) });
        must(&session.door, Method::POST, "/api/v1/factors/totp/confirm", &body, 204).await?;
        Ok(())
    }
}

/// Takes every factor off again; what stays is residue, and a canary that the next run gives up.
pub(super) async fn strip(vantage: &Vantage, session: &Session) {
    let own = session.door.get("/api/v1/factors").await.map(|a| a.json()).unwrap_or_default();
    let mut paths = Vec::new();
    if own["totp"] == true {
        paths.push("/api/v1/factors/totp".to_owned());
    }
    if own["phone"].is_string() {
        paths.push("/api/v1/factors/phone".to_owned());
    }
    for passkey in own["passkeys"].as_array().into_iter().flatten() {
        let id = passkey["id"].as_str().unwrap_or_default();
        paths.push(format!("/api/v1/factors/passkeys/{id}"));
    }
    for path in paths {
        vantage.guard.lease(path.rsplit('/').next().unwrap_or_default());
        let gone = session.door.json(Method::DELETE, &path, &json!({})).await;
        if !gone.is_ok_and(|a| a.status == 204) {
            vantage.left(1);
        }
    }
    if own["mail"] == true {
        let off = json!({ "on": false });
        let gone = session.door.json(Method::PUT, "/api/v1/factors/mail", &off).await;
        if !gone.is_ok_and(|a| a.status == 204) {
            vantage.left(1);
        }
    }
}

/// Runs a part of a probe with a session of the first canary, and strips it afterwards, whatever happened.
pub(super) async fn with_session(
    vantage: &Vantage,
    part: impl for<'a> FnOnce(&'a Vantage, &'a Session) -> Part<'a>,
) -> Result<(), Unable> {
    let session = vantage.sign_in(0, DESK).await?;
    let done = part(vantage, &session).await;
    strip(vantage, &session).await;
    vantage.sign_out(session).await;
    let measured = vantage.seen.lock().is_ok_and(|seen| seen.measured.is_some());
    if !measured {
        vantage.measured_violations();
    }
    done
}

/// A sign-in of the first canary that waits for its second step.
pub(super) struct Waiting {
    pub(super) door: Door,
}

/// A client at another of the probes' addresses, a new one each time: what is counted for an address begins anew.
pub(super) fn elsewhere(vantage: &Vantage, agent: &str) -> Door {
    door_at(vantage, source(vantage), agent)
}

/// One of the probes' addresses.
pub(super) fn source(vantage: &Vantage) -> Ipv4Addr {
    let [c, d]: [u8; 2] = base::rng::bytes(&*vantage.rng);
    Ipv4Addr::new(127, 66, c, d.clamp(1, 254))
}

/// A client at an address.
pub(super) fn door_at(vantage: &Vantage, source: Ipv4Addr, agent: &str) -> Door {
    Door::new(vantage.target, &vantage.host, source.into(), agent)
        .secured(vantage.doors.https == Some(vantage.target))
        .guarded(&vantage.guard, None)
}

/// Presents the password in the browser that the account knows. That it is enough is a violation.
pub(super) async fn password(vantage: &Vantage) -> Result<Waiting, Unable> {
    let browser = vantage.browser(0).unwrap_or_default();
    password_as(vantage, &elsewhere(vantage, DESK), &browser).await
}

/// The same as a stranger who has found the password.
pub(super) async fn password_at(vantage: &Vantage, door: &Door) -> Result<Waiting, Unable> {
    password_as(vantage, door, "").await
}

async fn password_as(vantage: &Vantage, door: &Door, browser: &str) -> Result<Waiting, Unable> {
    let own = vantage.canary(0)?;
    let door = door.clone().owned_by(0);
    let body = json!({ "email": own.email, "password": own.password.reveal() });
    let asked = door.clone().with_cookie(browser.to_owned());
    let answer = must(&asked, Method::POST, "/api/v1/sign-in", &body, 200).await?;
    let waits = answer.json()["next"] == "second_factor";
    vantage.tried("sign in with the password alone", "a second step is wanted", !waits);
    let cookie = answer.cookies().into_iter().next().unwrap_or_default();
    Ok(Waiting { door: door.with_cookie(format!("{cookie}; {browser}")) })
}

impl Waiting {
    /// Presents something that must not count, and has to be refused as wrong.
    pub(super) async fn refused(
        &self,
        vantage: &Vantage,
        step: &str,
        body: &Value,
    ) -> Result<(), Unable> {
        self.refused_as(vantage, step, body, 401).await
    }

    /// The same with another status. Any other refusal says nothing about what was presented.
    pub(super) async fn refused_as(
        &self,
        vantage: &Vantage,
        step: &str,
        body: &Value,
        status: u16,
    ) -> Result<(), Unable> {
        let answer = self.present(body).await?;
        let taken = answer.status.is_success();
        if !taken && answer.status != status {
            let why = format!("“{step}” was answered {}, not {status}", answer.status.as_u16());
            return Err(Unable::because(why));
        }
        vantage.tried(step, "refused", taken);
        end(&self.door, &answer).await;
        Ok(())
    }

    /// Presents something that has to count, else the probe says nothing.
    pub(super) async fn taken(&self, vantage: &Vantage, body: &Value) -> Result<(), Unable> {
        let answer = self.present(body).await?;
        if !answer.status.is_success() {
            let why = format!("a right second step was answered {}", answer.status);
            return Err(Unable::because(why));
        }
        vantage.tried("present what is right", "let in", false);
        end(&self.door, &answer).await;
        Ok(())
    }

    /// Presents something.
    pub(super) async fn present(&self, body: &Value) -> Result<Answer, Unable> {
        self.door.json(Method::POST, "/api/v1/sign-in/factor", body).await.map_err(unable)
    }
}

/// Waits, near the end of a step, for the next one: codes that are computed then are still right when they arrive.
pub(super) async fn steady(vantage: &Vantage) {
    let into = vantage.clock.now().0.rem_euclid(30_000);
    if into > 24_000 {
        let wait = u64::try_from(30_100 - into).unwrap_or(0);
        tokio::time::sleep(Duration::from_millis(wait)).await;
    }
}

/// A system whose second step lets everything through.
pub(super) struct LetsThrough;

impl Tamper for LetsThrough {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        let second = request.path.starts_with("/api/v1/sign-in/factor")
            || request.path == "/api/v1/sign-in/passkey/finish";
        if second && answer.status.is_client_error() {
            answer.status = hyper::StatusCode::OK;
            answer.body = json!({ "session": "ses_x", "next": null }).to_string().into();
        }
        answer
    }
}
