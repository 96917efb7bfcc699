//! Weak passwords are refused wherever a probe can offer one, and the meter tells strong from weak.

use hyper::Method;
use kernel::control::{
    Break, Control, Falsification, Probing, Promise, Risk, Safety, Session, Tamper, Unable,
    Vantage, unable,
};
use kernel::door::{Answer, Door, Request};
use serde_json::{Value, json};

use super::step::{DESK, elsewhere, fresh, must, ordinary, with_session};

const STRENGTH: &str = "/api/v1/password/strength";

/// What everybody guesses first; each is long enough, so that length is not what refuses it.
const WEAK: [&str; 6] = [
    "password1234",
    "123456789012",
    "qwertyuiop12",
    "aaaaaaaaaaaa",
    "abcabcabcabc",
    "Password1234",
];

/// From weak to strong: a score may never fall.
const LADDER: [&str; 5] = [
    "aaaaaaaaaaaa",
    "password1234",
    "gravel otter",
    "gravel otter lamp",
    "gravel otter lamp window sleeve",
];

/// Strong without capitals, digits or signs. A fixed rule of composition would refuse these.
const PLAIN: [&str; 3] =
    ["gravel otter lamp window", "sleeve copper harbour violin", "ümläuts zählen mit im satz"];

const fn control(
    id: &'static str,
    claim: &'static str,
    promised: Promise,
    routes: &'static [&'static str],
    probe: for<'a> fn(&'a Vantage) -> Probing<'a>,
    falsification: Falsification,
) -> Control {
    Control {
        safety: Safety::S1,
        risk: Risk::Low,
        configuration: &["password"],
        routes,
        asvs: &["V6.2.4", "V6.2.5"],
        ..Control::live((id, claim), promised, probe, falsification)
    }
}

/// IDN-23.
pub(super) const WEAK_REFUSED: Control = control(
    "identity.password_strength",
    "IDN-23",
    Promise::none("weak passwords accepted"),
    &["sign_up", "change_password"],
    |vantage| {
        Box::pin(with_session(vantage, |vantage, session| Box::pin(offer_weak(vantage, session))))
    },
    Falsification { name: "weak_passwords_taken", by: Break::Answers(|| Box::new(TakesWeak)) },
);

/// IDN-33.
pub(super) const JUDGE: Control = control(
    "identity.password_judge",
    "IDN-33",
    Promise::none("wrong judgements of reference passwords"),
    &["judge_password"],
    |vantage| -> Probing<'_> { Box::pin(judge(vantage)) },
    Falsification { name: "composition_rule", by: Break::Answers(|| Box::new(WantsClasses)) },
);

/// WEB-08.
pub(super) const METER: Control = control(
    "identity.password_meter",
    "WEB-08",
    Promise { name: "slowest answer while typing", value: 1.0, unit: "s", direction: "<=" },
    &["judge_password", "sign_up"],
    |vantage| -> Probing<'_> { Box::pin(type_slowly(vantage)) },
    Falsification { name: "meter_that_stands_still", by: Break::Answers(|| Box::new(Still)) },
);

async fn offer_weak(vantage: &Vantage, session: &Session) -> Result<(), Unable> {
    let door = elsewhere(vantage, DESK);
    for weak in WEAK {
        let email = format!("{}@example.com", fresh(vantage));
        vantage.guard.lease(email.clone());
        let body = json!({ "email": email, "name": "x", "password": weak });
        let answer = door.json(Method::POST, "/api/v1/sign-up", &body).await.map_err(unable)?;
        let taken = refused_for_it(&answer).map(|refused| !refused)?;
        vantage.tried("sign up with a weak password", "refused", taken);
    }
    ordinary(vantage, &door).await?;
    let own = vantage.canary(0)?.password.reveal();
    for weak in WEAK {
        let taken = change(session, own, weak).await?;
        vantage.tried("change a password to a weak one", "refused", taken);
        if taken {
            // Back at once: the canary is needed.
            let _ = change(session, weak, own).await;
            break;
        }
    }
    Ok(())
}

async fn change(session: &Session, current: &str, password: &str) -> Result<bool, Unable> {
    let body = json!({ "current": current, "password": password });
    let answer =
        session.door.json(Method::POST, "/api/v1/password", &body).await.map_err(unable)?;
    refused_for_it(&answer).map(|refused| !refused)
}

/// Whether it is the password that was refused. Another refusal says nothing about it.
fn refused_for_it(answer: &Answer) -> Result<bool, Unable> {
    if answer.status.is_success() {
        return Ok(false);
    }
    let named = answer.json()["errors"].to_string().contains("password");
    if answer.status == 422 && named {
        return Ok(true);
    }
    Err(Unable::because(format!("a weak password was answered {}", answer.status)))
}

async fn judge(vantage: &Vantage) -> Result<(), Unable> {
    let door = elsewhere(vantage, DESK);
    let mut scores = Vec::new();
    for password in LADDER {
        scores.push(score(&judged(&door, password).await?)?);
    }
    for pair in scores.windows(2) {
        let expected = "the stronger scores no lower";
        vantage.tried("compare two reference passwords", expected, pair[0] > pair[1]);
    }
    let apart = scores.first().zip(scores.last()).is_some_and(|(weak, strong)| weak + 2 <= *strong);
    vantage.tried("compare the weakest with the strongest", "two steps apart at least", !apart);
    for password in PLAIN {
        let accepted = judged(&door, password).await?["accepted"] == true;
        vantage.tried("offer a strong one without capitals and digits", "accepted", !accepted);
    }
    vantage.measured_violations();
    Ok(())
}

async fn judged(door: &Door, password: &str) -> Result<Value, Unable> {
    let body = json!({ "password": password });
    Ok(must(door, Method::POST, STRENGTH, &body, 200).await?.json())
}

fn score(judged: &Value) -> Result<u64, Unable> {
    judged["score"].as_u64().ok_or_else(|| Unable::because("the judge gave no score"))
}

/// What a browser does: the page, its script, and a question at each pause in the typing.
async fn type_slowly(vantage: &Vantage) -> Result<(), Unable> {
    let door = elsewhere(vantage, DESK);
    let page = door.get("/signup").await.map_err(unable)?;
    let page = String::from_utf8_lossy(&page.body).into_owned();
    let there = page.contains("data-meter=\"password\"") && page.contains("<meter");
    vantage.tried("look for the meter beside the password", "there", !there);
    let script = page.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next());
    match script.into_iter().find(|src| src.contains("meter")) {
        Some(src) => {
            let answer = door.get(src).await.map_err(unable)?;
            let asks = String::from_utf8_lossy(&answer.body).contains(STRENGTH);
            let works = answer.status == 200 && asks;
            vantage.tried("fetch the meter's script", "it asks the judge", !works);
        }
        None => vantage.tried("fetch the meter's script", "it asks the judge", true),
    }
    let (mut scores, mut slowest) = (Vec::new(), std::time::Duration::ZERO);
    let whole = LADDER[LADDER.len() - 1];
    for end in (2..=whole.len()).step_by(3) {
        let begun = vantage.clock.now();
        scores.push(score(&judged(&door, &whole[..end]).await?)?);
        slowest = slowest.max(vantage.clock.now().since(begun));
    }
    let moved = scores.first() < scores.last();
    vantage.tried("watch the meter while a long password is typed", "it rises", !moved);
    vantage.measured(vantage.promised.name, slowest.as_secs_f64(), "s");
    Ok(())
}

/// A system that takes every password.
struct TakesWeak;

impl Tamper for TakesWeak {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        let taken = match request.path.as_str() {
            "/api/v1/sign-up" => hyper::StatusCode::ACCEPTED,
            "/api/v1/password" => hyper::StatusCode::NO_CONTENT,
            _ => return answer,
        };
        if answer.status == 422 {
            answer.status = taken;
        }
        answer
    }
}

/// A judge that wants capitals and digits.
struct WantsClasses;

impl Tamper for WantsClasses {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        let mut judged = answer.json();
        if request.path == STRENGTH && judged["accepted"] == true {
            judged["accepted"] = json!(false);
            answer.body = judged.to_string().into();
        }
        answer
    }
}

/// A meter that shows the same whatever is typed.
struct Still;

impl Tamper for Still {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        let mut judged = answer.json();
        if request.path == STRENGTH && judged["score"].is_number() {
            judged["score"] = json!(3);
            answer.body = judged.to_string().into();
        }
        answer
    }
}
