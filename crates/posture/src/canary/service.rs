//! Making canaries as any stranger makes an account and a tenant, and finding the present ones.

use std::sync::Arc;
use std::time::Duration;

use base::id::{RunId, TenantId};
use base::{Fault, Secret, Timestamp};
use crypt::seal;
use hyper::Method;
use kernel::App;
use kernel::config::Mode;
use kernel::control::{Canary, Leases, Leasing, Letters, Looking, Reading, Unable};
use kernel::door::{Answer, Door};
use serde_json::{Value, json};

use super::store::{self, Stored};
use crate::mailbox;

/// Canaries are made anew this often.
const LIFE: Duration = Duration::from_hours(7 * 24);
/// How many there are.
pub(crate) const PLACES: u32 = 2;
/// How long a letter may take: through a mail server, and within an evaluation.
const LETTER: Duration = Duration::from_secs(20);
const LETTER_HERE: Duration = Duration::from_secs(8);
const LOOK_EVERY: Duration = Duration::from_millis(150);
/// Where a tenant's data lies until somebody says otherwise.
const REGION: &str = "local";

/// Why there is no canary.
pub(crate) enum NoCanary {
    Fault(Fault),
    Unable(Unable),
}

impl From<Fault> for NoCanary {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Unable> for NoCanary {
    fn from(unable: Unable) -> Self {
        Self::Unable(unable)
    }
}

/// The present canaries; those that are missing or a week old are made anew.
pub(crate) async fn ensure(app: &Arc<App>, door: &Door) -> Result<Vec<Canary>, NoCanary> {
    let now = app.clock.now();
    let stored = app.store.posture().read(store::current)?;
    let mut canaries = Vec::new();
    for place in 0..PLACES {
        let fresh =
            |s: &&Stored| s.place == place && s.made_at.plus(LIFE) > now && s.made_at <= now;
        match stored.iter().find(fresh) {
            Some(stored) => canaries.push(open(app, stored)?),
            None => {
                let canary = make(app, door).await?;
                keep(app, &canary, place).await?;
                canaries.push(canary);
            }
        }
    }
    Ok(canaries)
}

/// The present canaries as they are.
pub(crate) fn current(app: &App) -> Result<Vec<Canary>, Fault> {
    let stored = app.store.posture().read(store::current)?;
    stored.iter().map(|s| open(app, s)).collect()
}

async fn keep(app: &Arc<App>, canary: &Canary, place: u32) -> Result<(), Fault> {
    let now = app.clock.now();
    let id = RunId::new(now, &*app.rng);
    let context = ["canary", "password", &id.to_string()];
    let password = canary.password.reveal().as_bytes();
    let password = seal::seal(&key(app), &context, password, &*app.rng);
    let (email, slug) = (canary.email.clone(), canary.slug.clone());
    let (tenant, bait) = (canary.tenant, canary.bait.clone());
    let stored = Stored { id, place, email, password, tenant, slug, bait, made_at: now };
    app.store.posture().write(move |tx| store::insert(tx, &stored)).await
}

/// Stops using the present canaries.
pub(crate) async fn retire(app: &App) -> Result<(), Fault> {
    let now = app.clock.now();
    app.store.posture().write(move |tx| store::retire(tx, now)).await
}

fn key(app: &App) -> crypt::Key {
    app.store.keys().platform("posture")
}

fn open(app: &App, stored: &Stored) -> Result<Canary, Fault> {
    let context = ["canary", "password", &stored.id.to_string()];
    let password = kernel::app::open_text(&key(app), &context, &stored.password)?;
    let places = app.memberships.places(app)?;
    let region = places.into_iter().find(|(id, _)| *id == stored.tenant).map(|(_, region)| region);
    Ok(Canary {
        email: stored.email.clone(),
        password: Secret::new(password),
        tenant: stored.tenant,
        slug: stored.slug.clone(),
        region: region.unwrap_or_else(|| REGION.into()),
        bait: stored.bait.clone(),
    })
}

/// Signs up, waits for the letter, confirms, signs in, founds a tenant and puts bait into it: the same steps
/// as a person takes.
pub(crate) async fn make(app: &Arc<App>, door: &Door) -> Result<Canary, Unable> {
    let domain = mailbox::domain(app)?;
    let word = |n: usize| crypt::hex(&base::rng::bytes::<16>(&*app.rng))[..n].to_owned();
    let bait = word(32);
    let email = format!("{}.{}@{domain}", word(7), word(6));
    // Every policy of passwords takes it.
    let password = Secret::new(format!("{} {} {}-Aa1", word(8), word(8), word(8)));
    let name = format!("{} {bait}", word(6));
    let body = json!({ "email": email, "name": name, "password": password.reveal() });
    let since = app.clock.now();
    post(door, "sign-up", "/api/v1/sign-up", &body, 202).await?;
    let token = confirmation(&Post::new(app, door), &email, since).await?;
    post(door, "confirmation", "/api/v1/confirm", &json!({ "token": token }), 204).await?;
    let body = json!({ "email": email, "password": password.reveal() });
    let answer = post(door, "sign-in", "/api/v1/sign-in", &body, 200).await?;
    let cookie = answer.cookies().into_iter().next();
    let door = &door.clone().with_cookie(cookie.unwrap_or_default());
    let body = json!({ "name": format!("{} {}", word(6), word(8)) });
    let made = post(door, "tenant", "/api/v1/tenants", &body, 201).await?.json();
    let tenant = made["id"].as_str().and_then(|id| id.parse::<TenantId>().ok());
    let tenant = tenant.ok_or_else(|| Unable::because("a canary's tenant has no identifier"))?;
    let slug = made["slug"].as_str().unwrap_or_default().to_owned();
    let body = json!({ "name": made["name"], "description": bait, "contact": "" });
    put(door, &format!("/api/v1/tenants/{slug}"), &body).await?;
    post(door, "sign-out", "/api/v1/sign-out", &json!({}), 204).await?;
    Ok(Canary { email, password, tenant, slug, region: REGION.into(), bait })
}

async fn post(
    door: &Door,
    what: &str,
    path: &str,
    body: &Value,
    expected: u16,
) -> Result<Answer, Unable> {
    let answer = door.json(Method::POST, path, body).await.map_err(|e| Unable::because(e.0))?;
    match answer.status.as_u16() {
        status if status == expected => Ok(answer),
        403 if what == "sign-up" => {
            Err(Unable::because("sign-up is by invitation only: no canary can come by it"))
        }
        status => Err(Unable::because(format!("the canary's {what} was answered {status}"))),
    }
}

async fn put(door: &Door, path: &str, body: &Value) -> Result<(), Unable> {
    let answer = door.json(Method::PUT, path, body).await.map_err(|e| Unable::because(e.0))?;
    match answer.status.as_u16() {
        200 | 204 => Ok(()),
        other => Err(Unable::because(format!("the canary's bait was answered {other}"))),
    }
}

/// The token in the canary's letter: as `/dev/mail` shows it, or as the canaries' own mailbox received it.
async fn confirmation(post: &Post, email: &str, since: Timestamp) -> Result<String, Unable> {
    const LINK: &str = "/confirm?token=";
    let text = post.take(email, LINK, since).await?;
    let rest = text.split(LINK).nth(1).unwrap_or_default();
    Ok(rest.split_whitespace().next().unwrap_or_default().to_owned())
}

/// What arrives for canaries, as probes read it.
pub(crate) struct Post {
    app: Arc<App>,
    door: Door,
}

impl Post {
    pub(crate) fn new(app: &Arc<App>, door: &Door) -> Self {
        Self { app: Arc::clone(app), door: door.clone() }
    }

    async fn find(&self, to: &str, mark: &str, since: Timestamp) -> Result<Option<String>, Unable> {
        let newest = match self.app.config.mode {
            Mode::Evaluation => {
                let kept = self.door.get("/dev/mail.json").await;
                let kept = kept.map_err(|e| Unable::because(e.0))?.json();
                let fits = |m: &&Value| {
                    let at = m["at"].as_str().and_then(Timestamp::parse);
                    let marked = m["text"].as_str().is_some_and(|text| text.contains(mark));
                    m["to"] == to && at.is_some_and(|at| at >= since) && marked
                };
                let found = kept["items"].as_array().into_iter().flatten().find(fits);
                found.and_then(|m| m["text"].as_str()).map(str::to_owned)
            }
            Mode::Production => mailbox::take(&self.app, to, mark, since).await?,
        };
        Ok(newest)
    }

    fn patience(&self) -> Duration {
        match self.app.config.mode {
            Mode::Evaluation => LETTER_HERE,
            Mode::Production => LETTER,
        }
    }
}

impl Letters for Post {
    fn take<'a>(&'a self, to: &'a str, mark: &'a str, since: Timestamp) -> Reading<'a> {
        Box::pin(async move {
            let patience = self.patience();
            let until = self.app.clock.now().plus(patience);
            while self.app.clock.now() < until {
                if let Some(text) = self.find(to, mark, since).await? {
                    return Ok(text);
                }
                tokio::time::sleep(LOOK_EVERY).await;
            }
            Err(Unable::because(format!("a letter did not come within {} s", patience.as_secs())))
        })
    }

    fn look<'a>(&'a self, to: &'a str, mark: &'a str, since: Timestamp) -> Looking<'a> {
        Box::pin(self.find(to, mark, since))
    }
}

/// Leases in posture's own file.
pub(crate) struct Book(pub(crate) Arc<App>);

impl Leases for Book {
    fn take(&self, kind: &'static str, owner: &str) -> Leasing<'_, u64> {
        let (owner, now) = (owner.to_owned(), self.0.clock.now());
        Box::pin(async move {
            let write = move |tx: &::store::Tx<'_>| store::take_lease(tx, kind, &owner, now);
            let number: i64 = self.0.store.posture().write(write).await?;
            Ok(u64::try_from(number).unwrap_or(0))
        })
    }

    fn give_back(&self, lease: u64) -> Leasing<'_, ()> {
        let number = i64::try_from(lease).unwrap_or(0);
        Box::pin(async move {
            self.0.store.posture().write(move |tx| store::give_back_lease(tx, number)).await
        })
    }
}

/// The janitor: ends what an earlier round left behind; answers how many leases it could give back.
pub(crate) async fn clean(
    app: &Arc<App>,
    door: &Door,
    canaries: &[Canary],
) -> Result<usize, Fault> {
    let open = app.store.posture().read(store::open_leases)?;
    let mut given = 0;
    for canary in canaries {
        let own: Vec<i64> = open
            .iter()
            .filter(|(_, _, owner)| *owner == canary.email)
            .map(|(n, _, _)| *n)
            .collect();
        if own.is_empty() || !end_all(door, canary).await {
            continue;
        }
        given += own.len();
        give_back(app, own).await?;
    }
    // The owner is no canary any more: its things end with its sessions and tokens, a day to three months on.
    let known = |owner: &String| canaries.iter().any(|c| c.email == *owner);
    let orphans = open.iter().filter(|(_, _, owner)| !known(owner)).map(|(n, _, _)| *n).collect();
    give_back(app, orphans).await?;
    Ok(given)
}

async fn give_back(app: &App, numbers: Vec<i64>) -> Result<(), Fault> {
    app.store
        .posture()
        .write(move |tx| numbers.iter().try_for_each(|n| store::give_back_lease(tx, *n)))
        .await
}

/// Revokes a canary's tokens and sessions, the janitor's own last.
async fn end_all(door: &Door, canary: &Canary) -> bool {
    let body = json!({ "email": canary.email, "password": canary.password.reveal() });
    let Ok(answer) = door.json(Method::POST, "/api/v1/sign-in", &body).await else { return false };
    let Some(cookie) = answer.cookies().into_iter().next() else { return false };
    let door = door.clone().with_cookie(cookie);
    let Ok(tokens) = door.get("/api/v1/tokens").await else { return false };
    let mut all = true;
    for token in tokens.json()["items"].as_array().into_iter().flatten() {
        if token["revoked_at"].is_null()
            && let Some(id) = token["id"].as_str()
        {
            let path = format!("/api/v1/tokens/{id}");
            let ended = door.json(Method::DELETE, &path, &json!({})).await;
            all &= ended.is_ok_and(|a| a.status.as_u16() == 204);
        }
    }
    let others = door.json(Method::DELETE, "/api/v1/sessions", &json!({})).await;
    let own = door.json(Method::POST, "/api/v1/sign-out", &json!({})).await;
    all && others.is_ok_and(|a| a.status.is_success()) && own.is_ok_and(|a| a.status.is_success())
}
