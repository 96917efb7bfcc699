//! Making a canary as any stranger makes an account, and finding the present one.

use std::sync::Arc;
use std::time::Duration;

use base::id::RunId;
use base::{Fault, Secret};
use crypt::seal;
use hyper::Method;
use kernel::App;
use kernel::config::Mode;
use kernel::control::{Canary, Unable};
use kernel::door::Door;
use serde_json::json;

use super::store::{self, Stored};

/// Canaries are made anew this often.
const LIFE: Duration = Duration::from_hours(7 * 24);
/// How long the letter may take.
const LETTER: Duration = Duration::from_secs(20);
const LOOK_EVERY: Duration = Duration::from_millis(150);

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

/// The present canary, made anew when it is a week old.
pub(crate) async fn ensure(app: &Arc<App>, door: &Door) -> Result<Canary, NoCanary> {
    let now = app.clock.now();
    if let Some(stored) = app.store.posture().read(store::current)?
        && stored.made_at.plus(LIFE) > now
    {
        return Ok(open(app, &stored)?);
    }
    if !app.config.sign_up.open {
        return Err(
            Unable::because("sign-up is by invitation only: no canary can come by it").into()
        );
    }
    if app.config.mode != Mode::Evaluation {
        return Err(Unable::because("no canary mailbox").into());
    }
    let canary = sign_up(app, door).await?;
    let id = RunId::new(now, &*app.rng);
    let stored = Stored {
        id,
        email: canary.email.clone(),
        password: seal::seal(
            &key(app),
            &["canary", "password", &id.to_string()],
            canary.password.reveal().as_bytes(),
            &*app.rng,
        ),
        made_at: now,
    };
    app.store.posture().write(move |tx| store::insert(tx, &stored)).await?;
    Ok(canary)
}

/// Stops using the present canary.
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
    Ok(Canary { email: stored.email.clone(), password: Secret::new(password) })
}

/// Signs up, waits for the letter, and confirms: the same steps as a person takes.
async fn sign_up(app: &Arc<App>, door: &Door) -> Result<Canary, Unable> {
    let word = |n: usize| crypt::hex(&base::rng::bytes::<16>(&*app.rng))[..n].to_owned();
    let canary = Canary {
        email: format!("{}.{}@example.com", word(7), word(6)),
        password: Secret::new(format!("{} {} {}", word(8), word(8), word(8))),
    };
    let name = format!("{} {}", word(6), word(8));
    let body = json!({ "email": canary.email, "name": name, "password": canary.password.reveal() });
    let answer = post(door, "/api/v1/sign-up", &body).await?;
    if answer != 202 {
        return Err(Unable::because(format!("the canary's sign-up was answered {answer}")));
    }
    let token = letter(app, door, &canary.email).await?;
    let answer = post(door, "/api/v1/confirm", &json!({ "token": token })).await?;
    if answer != 204 {
        return Err(Unable::because(format!("the canary's confirmation was answered {answer}")));
    }
    Ok(canary)
}

async fn post(door: &Door, path: &str, body: &serde_json::Value) -> Result<u16, Unable> {
    let answer = door.json(Method::POST, path, body).await;
    answer.map(|a| a.status.as_u16()).map_err(|e| Unable::because(e.0))
}

/// The token in the canary's letter, as `/dev/mail` shows it.
async fn letter(app: &Arc<App>, door: &Door, email: &str) -> Result<String, Unable> {
    let until = app.clock.now().plus(LETTER);
    while app.clock.now() < until {
        let kept = door.get("/dev/mail.json").await.map_err(|e| Unable::because(e.0))?.json();
        let own = kept["items"].as_array().into_iter().flatten().find(|m| m["to"] == email);
        if let Some(text) = own.and_then(|m| m["text"].as_str())
            && let Some(rest) = text.split("/confirm?token=").nth(1)
        {
            return Ok(rest.split_whitespace().next().unwrap_or_default().to_owned());
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Err(Unable::because(format!("the canary's letter did not come within {} s", LETTER.as_secs())))
}
