//! The classic policy of passwords, where it is switched on: classes of characters, and a new password every six months.

use std::time::Duration;

use hyper::{Method, StatusCode};
use kernel::control::{
    Break, Control, Falsification, Method as How, Needs, Probing, Promise, Risk, Safety, Tamper,
    Unable, Vantage, unable,
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
        id,
        version: 1,
        claim,
        promised,
        method: How::Live,
        safety: Safety::S3,
        risk: Risk::Low,
        needs: Needs::SHADOW,
        configuration: &["password"],
        routes: &["sign_in", "change_password", "show_me"],
        asvs: &["V6.2.5"],
        probe,
        falsification,
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
    for (door, current, who) in [(&session.door, &own, "user"), (&operator, &operators, "staff")] {
        for (what, password) in OUTSIDE {
            let body = json!({ "current": current, "password": password });
            let answer =
                door.json(Method::POST, "/api/v1/password", &body).await.map_err(unable)?;
            if !answer.status.is_success() && answer.status != StatusCode::UNPROCESSABLE_ENTITY {
                return Err(Unable::because(format!("a change was answered {}", answer.status)));
            }
            let step = format!("take a password {what}, as {who}");
            vantage.tried(&step, "refused", answer.status.is_success());
        }
        for (current, password) in [(current.as_str(), INSIDE), (INSIDE, current.as_str())] {
            let body = json!({ "current": current, "password": password });
            must(door, Method::POST, "/api/v1/password", &body, 204).await?;
        }
        vantage.tried(&format!("take one just inside, as {who}"), "taken", false);
    }
    vantage.sign_out(session).await;
    let length = INSIDE.chars().count();
    vantage.measured(vantage.promised.name, length as f64, vantage.promised.unit);
    Ok(())
}

const DAY: Duration = Duration::from_hours(24);
/// Six months at most: 184 days is the longest half of a year.
const HALF_A_YEAR: u32 = 184;

/// Just young enough it is taken; just too old, nothing is shown before a new one is set.
async fn grow_old(vantage: &Vantage) -> Result<(), Unable> {
    let own = vantage.canary(0)?.password.reveal().clone();
    let clock = &vantage.aside()?.clock;
    clock.forward(DAY * (HALF_A_YEAR - 4));
    let young = vantage.sign_in(0, DESK).await?;
    let me = young.door.get("/api/v1/me").await.map_err(unable)?;
    if me.status != StatusCode::OK {
        return Err(Unable::because(format!("a young password was answered {}", me.status)));
    }
    vantage.tried("sign in when it is almost six months old", "let in", false);
    vantage.sign_out(young).await;
    clock.forward(DAY * 5);
    let old = vantage.sign_in(0, DESK).await?;
    for path in ["/api/v1/me", "/api/v1/tenants", "/dashboard"] {
        let answer = old.door.get(path).await.map_err(unable)?;
        let sent_on = answer.headers.get("location").and_then(|l| l.to_str().ok());
        let wanted = answer.json()["type"] == "/problem/kernel/password-old"
            || sent_on.is_some_and(|l| l.contains("password-old"));
        if !wanted && answer.status != StatusCode::OK {
            return Err(Unable::because(format!("{path} was answered {}", answer.status)));
        }
        vantage.tried("look around with an old one", "a new one is wanted", !wanted);
    }
    let body = json!({ "current": own, "password": INSIDE });
    must(&old.door, Method::POST, "/api/v1/password", &body, 204).await?;
    let after = old.door.get("/api/v1/me").await.map_err(unable)?;
    vantage.tried("set a new one", "let in", after.status != StatusCode::OK);
    vantage.measured(vantage.promised.name, 6.0, vantage.promised.unit);
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
