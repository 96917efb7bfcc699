//! The classic policy of passwords, where it is switched on: classes of characters, and a new password every six months.

use std::time::Duration;

use hyper::{Method, StatusCode};
use kernel::control::{
    Break, Control, Falsification, Needs, Probing, Promise, Risk, Safety, Session, Tamper, Unable,
    Vantage, unable,
};
use kernel::door::{Answer, Request};
use serde_json::json;

use super::step::{DESK, must, staff};

const fn control(
    id: &'static str,
    claim: &'static str,
    promised: Promise,
    probe: for<'a> fn(&'a Vantage) -> Probing<'a>,
    falsification: Falsification,
) -> Control {
    Control {
        safety: Safety::S3,
        risk: Risk::Low,
        needs: Needs::SHADOW,
        configuration: &["password"],
        routes: &["sign_in", "change_password", "show_me"],
        asvs: &["V6.2.5"],
        ..Control::live((id, claim), promised, probe, falsification)
    }
}

/// IDN-24.
pub(super) const CLASSES: Control = control(
    "identity.password_classes",
    "IDN-24",
    Promise { name: "min length", value: 12.0, unit: "characters", direction: ">=" },
    |vantage| -> Probing<'_> { Box::pin(leave_out_in_turn(vantage)) },
    Falsification { name: "rule_that_refuses_nothing", by: Break::Answers(|| Box::new(TakesAll)) },
);

/// IDN-25.
pub(super) const AGE: Control = control(
    "identity.password_age",
    "IDN-25",
    Promise { name: "max age", value: 6.0, unit: "months", direction: "<=" },
    |vantage| -> Probing<'_> { Box::pin(grow_old(vantage)) },
    Falsification { name: "rule_that_forgets_age", by: Break::Answers(|| Box::new(NeverOld)) },
);

/// One character below the length, and each kind left out.
const OUTSIDE: [(&str, &str); 4] = [
    ("one character too short", "Qx7!mBv2-kT"),
    ("without a capital", "qx7!mbv2-kt9wz"),
    ("without a digit", "Qx!mBv-kTwZrLp"),
    ("without a special sign", "Qx7mBv2kT9wZrL"),
];
const INSIDE: &str = "Qx7!mBv2-kT9";

/// As a user and as staff: each outside the rule is refused, one just inside is taken.
async fn leave_out_in_turn(vantage: &Vantage) -> Result<(), Unable> {
    let own = vantage.canary(0)?.password.reveal().clone();
    let session = vantage.sign_in(0, DESK).await?;
    let operator = staff(vantage).await?;
    let operators = vantage.aside()?.staff.1.reveal().clone();
    let mut shortest = INSIDE.chars().count();
    for (door, current, who) in [(&session.door, &own, "user"), (&operator, &operators, "staff")] {
        for (what, password) in OUTSIDE {
            let body = json!({ "current": current, "password": password });
            let answer =
                door.json(Method::POST, "/api/v1/password", &body).await.map_err(unable)?;
            if !answer.status.is_success() && answer.status != StatusCode::UNPROCESSABLE_ENTITY {
                return Err(Unable::because(format!("a change was answered {}", answer.status)));
            }
            let taken = answer.status.is_success();
            vantage.tried(&format!("take a password {what}, as {who}"), "refused", taken);
            if taken {
                shortest = shortest.min(password.chars().count());
            }
        }
        for (current, password) in [(current.as_str(), INSIDE), (INSIDE, current.as_str())] {
            let body = json!({ "current": current, "password": password });
            must(door, Method::POST, "/api/v1/password", &body, 204).await?;
        }
        vantage.tried(&format!("take one just inside, as {who}"), "taken", false);
    }
    vantage.sign_out(session).await;
    vantage.measured(vantage.promised.name, shortest as f64, vantage.promised.unit);
    Ok(())
}

const DAY: Duration = Duration::from_hours(24);
/// Six months in a row have 181 to 184 days.
const HALF_A_YEAR: u32 = 184;

/// Day by day from just before six months on: the first day on which nothing is shown before a new one is set.
async fn grow_old(vantage: &Vantage) -> Result<(), Unable> {
    let clock = &vantage.aside()?.clock;
    let mut age = HALF_A_YEAR - 5;
    clock.forward(DAY * age);
    loop {
        let session = vantage.sign_in(0, DESK).await?;
        let wanted = looks_around(&session).await?;
        if wanted || age > HALF_A_YEAR {
            vantage.tried(
                "look around with a password of six months",
                "a new one is wanted",
                !wanted,
            );
            vantage.measured(
                vantage.promised.name,
                6.0 * f64::from(age) / f64::from(HALF_A_YEAR),
                vantage.promised.unit,
            );
            set_anew(vantage, &session).await?;
            return Ok(());
        }
        vantage.tried("look around with a younger one", "let in", false);
        vantage.sign_out(session).await;
        clock.forward(DAY);
        age += 1;
    }
}

/// Whether every place wants a new password first.
async fn looks_around(session: &Session) -> Result<bool, Unable> {
    let mut all = true;
    for path in ["/api/v1/me", "/api/v1/tenants", "/dashboard"] {
        let answer = session.door.get(path).await.map_err(unable)?;
        let sent_on = answer.headers.get("location").and_then(|l| l.to_str().ok());
        let wanted = answer.json()["type"] == "/problem/kernel/password-old"
            || sent_on.is_some_and(|l| l.contains("password-old"));
        if !wanted && answer.status != StatusCode::OK {
            return Err(Unable::because(format!("{path} was answered {}", answer.status)));
        }
        all &= wanted;
    }
    Ok(all)
}

/// The way out has to work, else what was demanded was a lock.
async fn set_anew(vantage: &Vantage, session: &Session) -> Result<(), Unable> {
    let own = vantage.canary(0)?.password.reveal();
    let body = json!({ "current": own, "password": INSIDE });
    must(&session.door, Method::POST, "/api/v1/password", &body, 204).await?;
    let after = session.door.get("/api/v1/me").await.map_err(unable)?;
    vantage.tried("set a new one", "let in", after.status != StatusCode::OK);
    Ok(())
}

/// A rule that refuses no password.
struct TakesAll;

impl Tamper for TakesAll {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path == "/api/v1/password" && answer.status == 422 {
            answer.status = StatusCode::NO_CONTENT;
        }
        answer
    }
}

/// A system that does not look at a password's age.
struct NeverOld;

impl Tamper for NeverOld {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.method == Method::GET && matches!(answer.status.as_u16(), 303 | 403) {
            answer.status = StatusCode::OK;
            answer.body = "{}".into();
            answer.headers.remove("location");
        }
        answer
    }
}
