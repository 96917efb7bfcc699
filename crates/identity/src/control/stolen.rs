//! Passwords that are known to be stolen are refused at every door where one can be set.

use hyper::Method;
use kernel::control::{
    Break, Control, Falsification, Probing, Promise, Session, Tamper, Unable, Vantage, unable,
};
use kernel::door::{Answer, Request};
use serde_json::{Value, json};

use super::step::{DESK, elsewhere, fresh, must, ordinary, with_session};

/// Long, of several words or kinds of signs, and on every list: the built-in one has each of them.
const STOLEN: [&str; 6] = [
    "leavemealone",
    "finalfantasy",
    "counterstrike",
    "maurolarastefy",
    "1qaz2wsx3edc4rfv",
    "123456789qwerty",
];

/// What a refusal says that names the list.
const NAMED: &str = "error-password-stolen";

const fn control(
    id: &'static str,
    claim: &'static str,
    routes: &'static [&'static str],
    probe: for<'a> fn(&'a Vantage) -> Probing<'a>,
) -> Control {
    Control {
        configuration: &["password"],
        routes,
        asvs: &["V6.2.12"],
        ..Control::live(
            (id, claim),
            Promise::none("stolen passwords accepted"),
            probe,
            Falsification {
                name: "nobody_looks_at_the_list",
                by: Break::Answers(|| Box::new(LooksAtNoList)),
            },
        )
    }
}

/// IDN-04.
pub(super) const SIGN_UP: Control =
    control("identity.stolen_at_sign_up", "IDN-04", &["sign_up"], |vantage| -> Probing<'_> {
        Box::pin(sign_up(vantage))
    });

/// IDN-05.
pub(super) const RESET: Control = control(
    "identity.stolen_at_reset",
    "IDN-05",
    &["request_password_reset", "reset_password"],
    |vantage| -> Probing<'_> { Box::pin(reset(vantage)) },
);

/// IDN-06.
pub(super) const CHANGE: Control = control(
    "identity.stolen_at_change",
    "IDN-06",
    &["change_password"],
    |vantage| -> Probing<'_> { Box::pin(with_session(vantage, |v, s| Box::pin(change(v, s)))) },
);

async fn sign_up(vantage: &Vantage) -> Result<(), Unable> {
    let door = elsewhere(vantage, DESK);
    for stolen in STOLEN {
        let email = format!("{}@example.com", fresh(vantage));
        vantage.guard.lease(email.clone());
        let body = json!({ "email": email, "name": "x", "password": stolen });
        let answer = door.json(Method::POST, "/api/v1/sign-up", &body).await.map_err(unable)?;
        let taken = taken(&answer)?;
        vantage.tried("sign up with a stolen password", "refused as stolen", taken);
    }
    ordinary(vantage, &door).await?;
    vantage.measured_violations();
    Ok(())
}

async fn reset(vantage: &Vantage) -> Result<(), Unable> {
    const LINK: &str = "/reset?token=";
    let own = vantage.canary(0)?;
    let (door, since) = (elsewhere(vantage, DESK), vantage.clock.now());
    let body = json!({ "email": own.email });
    must(&door, Method::POST, "/api/v1/password-reset", &body, 202).await?;
    let text = vantage.letters.take(&own.email, LINK, since).await?;
    let token = text.split(LINK).nth(1).and_then(|rest| rest.split_whitespace().next());
    let token = token.ok_or_else(|| Unable::because("the letter has no link"))?.to_owned();
    for stolen in STOLEN {
        let body = json!({ "token": token, "password": stolen });
        let path = "/api/v1/password-reset/finish";
        let answer = door.json(Method::POST, path, &body).await.map_err(unable)?;
        let taken = taken(&answer)?;
        vantage.tried("reset a password to a stolen one", "refused as stolen", taken);
    }
    vantage.measured_violations();
    Ok(())
}

async fn change(vantage: &Vantage, session: &Session) -> Result<(), Unable> {
    let own = vantage.canary(0)?.password.reveal();
    for stolen in STOLEN {
        let body = json!({ "current": own, "password": stolen });
        let answer = session.door.json(Method::POST, "/api/v1/password", &body).await;
        let taken = taken(&answer.map_err(unable)?)?;
        vantage.tried("change a password to a stolen one", "refused as stolen", taken);
        if taken {
            let back = json!({ "current": stolen, "password": own });
            let _ = session.door.json(Method::POST, "/api/v1/password", &back).await;
            break;
        }
    }
    Ok(())
}

/// Whether a password was taken. Refused for something else than the list says nothing about the list.
fn taken(answer: &Answer) -> Result<bool, Unable> {
    if answer.status.is_success() {
        return Ok(true);
    }
    if answer.status == 422 && answer.json()["errors"].to_string().contains(NAMED) {
        return Ok(false);
    }
    Err(Unable::because(format!("a stolen password was answered {}", answer.status.as_u16())))
}

/// A system that takes what is on the list.
struct LooksAtNoList;

impl Tamper for LooksAtNoList {
    fn answer(&mut self, _: &Request, mut answer: Answer) -> Answer {
        let errors = answer.json()["errors"].take();
        if answer.status == 422 && errors != Value::Null && errors.to_string().contains(NAMED) {
            answer.status = hyper::StatusCode::NO_CONTENT;
        }
        answer
    }
}
