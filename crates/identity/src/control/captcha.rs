//! What stands before sign-up and sign-in against programs: nobody gets past it without a solution of their own.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use base::Timestamp;
use hyper::{Method, StatusCode};
use kernel::captcha::{self, Purpose};
use kernel::control::{
    Break, Control, Falsification, Probing, Promise, Tamper, Unable, Vantage, unable,
};
use kernel::door::{Answer, Door, Request};
use kernel::web::page::encode;
use serde_json::{Value, json};

use super::step::{DESK, elsewhere, end, fresh, stamp, stranger};

const fn control(
    id: &'static str,
    claim: &'static str,
    routes: &'static [&'static str],
    probe: for<'a> fn(&'a Vantage) -> Probing<'a>,
) -> Control {
    Control {
        configuration: &["captcha"],
        routes,
        asvs: &["V2.4.1"],
        ..Control::live(
            (id, claim),
            Promise::none("attempts taken without a solved challenge"),
            probe,
            Falsification {
                name: "door_that_asks_for_nothing",
                by: Break::Answers(|| Box::new(AsksForNothing)),
            },
        )
    }
}

/// EDG-01.
pub(super) const SIGN_UP: Control = control(
    "identity.captcha_sign_up",
    "EDG-01",
    &["sign_up", "get_captcha", "signup"],
    |vantage| -> Probing<'_> { Box::pin(attack(vantage, Purpose::SignUp)) },
);

/// EDG-02.
pub(super) const SIGN_IN: Control = control(
    "identity.captcha_sign_in",
    "EDG-02",
    &["sign_in", "get_captcha", "login"],
    |vantage| -> Probing<'_> { Box::pin(attack(vantage, Purpose::SignIn)) },
);

/// How long a challenge may lie, and a little more.
const OLD: Duration = Duration::from_secs(125);

/// A solution that a probe got and did not use, for the next one: by then it is too old.
static KEPT: Mutex<Vec<(Purpose, String, Timestamp, String)>> = Mutex::new(Vec::new());

async fn attack(vantage: &Vantage, purpose: Purpose) -> Result<(), Unable> {
    let door = vantage.door(DESK).owned_by(0);
    let other = elsewhere(vantage, DESK).owned_by(0);
    let solved = solution(&door, purpose).await?;
    let try_with = async |step: &str, solution: Option<String>| -> Result<(), Unable> {
        let answer = present(vantage, &door, purpose, solution).await?;
        let refused = answer.json()["type"] == format!("/problem/{}", captcha::WANTED);
        if !answer.status.is_success() && !refused {
            return Err(Unable::because(format!("“{step}” was answered {}", answer.status)));
        }
        vantage.tried(step, "refused", answer.status.is_success());
        end(&door, &answer).await;
        Ok(())
    };
    try_with("come without a solution", None).await?;
    try_with("come with words that are none", Some("bm9uZQ==".into())).await?;
    // The honest way has to lead in, else nothing that was refused says anything.
    let honest = present(vantage, &door, purpose, Some(solved.clone())).await?;
    if !honest.status.is_success() {
        return Err(Unable::because(format!("a right solution was answered {}", honest.status)));
    }
    vantage.tried("come with a right solution", "taken", false);
    end(&door, &honest).await;
    try_with("come with a used solution", Some(solved)).await?;
    let foreign = solution(&other, purpose).await?;
    try_with("come with a solution from another network", Some(foreign)).await?;
    let others = if purpose == Purpose::SignIn { Purpose::SignUp } else { Purpose::SignIn };
    if let Ok(Some(solution)) = door.solution(others).await {
        try_with("come with a solution for something else", Some(solution)).await?;
    }
    for (step, change) in FORGERIES {
        let forged = forged(&door, purpose, change).await?;
        try_with(step, Some(forged)).await?;
    }
    if let Some(old) = exchange(vantage, purpose, solution(&door, purpose).await?) {
        try_with("come with a solution that is too old", Some(old)).await?;
    }
    by_the_page(vantage, &other, purpose).await?;
    vantage.measured_violations();
    Ok(())
}

async fn solution(door: &Door, purpose: Purpose) -> Result<String, Unable> {
    let solution = door.solution(purpose).await.map_err(unable)?;
    solution.ok_or_else(|| Unable::because("no challenge is given out"))
}

/// Changes of a challenge before it is solved.
type Change = fn(&mut Value);
const FORGERIES: [(&str, Change); 3] = [
    ("come with a challenge of another site", |challenge| {
        challenge["signature"] = json!("5e".repeat(32));
    }),
    ("come with a challenge that was made to last", |challenge| {
        challenge["parameters"]["data"]["until"] = json!(i64::MAX);
    }),
    ("come with a challenge that was made easy", |challenge| {
        challenge["parameters"]["keyPrefix"] = json!("");
    }),
];

async fn forged(door: &Door, purpose: Purpose, change: Change) -> Result<String, Unable> {
    let path = format!("/api/v1/captcha/{}", purpose.word());
    let mut challenge = door.get(&path).await.map_err(unable)?.json();
    change(&mut challenge);
    let solved = tokio::task::spawn_blocking(move || captcha::solve(&challenge)).await;
    solved.ok().flatten().ok_or_else(|| Unable::because("a forged challenge cannot be solved"))
}

/// Keeps a solution for the next probe of the same door; answers the one before, if it is old by now.
fn exchange(vantage: &Vantage, purpose: Purpose, fresh: String) -> Option<String> {
    let (now, door) = (vantage.clock.now(), vantage.target.to_string());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let at = kept.iter().position(|(p, d, _, _)| *p == purpose && *d == door);
    match at.map(|at| kept.swap_remove(at)) {
        Some(before) if now.since(before.2) < OLD => {
            kept.push(before);
            None
        }
        before => {
            kept.push((purpose, door, now, fresh));
            before.map(|b| b.3)
        }
    }
}

/// What a program sends: a right password, or a new account's.
async fn present(
    vantage: &Vantage,
    door: &Door,
    purpose: Purpose,
    solution: Option<String>,
) -> Result<Answer, Unable> {
    let body = match purpose {
        Purpose::SignIn => {
            let own = vantage.canary(0)?;
            json!({ "email": own.email, "password": own.password.reveal() })
        }
        Purpose::SignUp => {
            let email = stranger(vantage)?;
            json!({ "email": email, "name": "x", "password": fresh(vantage) })
        }
    };
    let path = format!("/api/v1/{}", purpose.word());
    let answer = door.json_with(Method::POST, &path, &body, solution.as_deref()).await;
    answer.map_err(unable)
}

/// The same by the form of the page: without a solution, and with the pass of a link that is none.
async fn by_the_page(vantage: &Vantage, door: &Door, purpose: Purpose) -> Result<(), Unable> {
    let (path, text) = match purpose {
        Purpose::SignIn => {
            let own = vantage.canary(0)?;
            let (email, password) = (encode(&own.email), encode(own.password.reveal()));
            ("/login", format!("email={email}&password={password}"))
        }
        Purpose::SignUp => {
            let email = encode(&stranger(vantage)?);
            ("/signup", format!("name=x&email={email}&password={}", fresh(vantage)))
        }
    };
    let stamp = stamp(door, path).await?;
    let until = vantage.clock.now().plus(OLD).0;
    for (step, more) in [
        ("send the form without a solution", String::new()),
        (
            "send the form with a link's part that is made up",
            format!("&pass={until}.{}", "5e".repeat(16)),
        ),
    ] {
        let text = format!("stamp={stamp}&website=&{text}{more}");
        let answer = door.form(path, text).await.map_err(unable)?;
        let shown = String::from_utf8_lossy(&answer.body).contains(FAILED);
        let refused = answer.status == StatusCode::UNPROCESSABLE_ENTITY && shown;
        if !refused && !answer.status.is_redirection() {
            return Err(Unable::because(format!("“{step}” was answered {}", answer.status)));
        }
        vantage.tried(step, "refused", !refused);
        end(door, &answer).await;
    }
    honest_form(vantage, door, (path, purpose), &format!("stamp={stamp}&website=&{text}")).await
}

/// The same form with a solution leads on; where a service judges the forms, nobody here can tell.
async fn honest_form(
    vantage: &Vantage,
    door: &Door,
    (path, purpose): (&str, Purpose),
    text: &str,
) -> Result<(), Unable> {
    let page = door.get(path).await.map_err(unable)?;
    if !String::from_utf8_lossy(&page.body).contains("data-captcha=") {
        return Ok(());
    }
    let solution = encode(&solution(door, purpose).await?);
    let answer = door.form(path, format!("{text}&altcha={solution}")).await.map_err(unable)?;
    if !answer.status.is_redirection() {
        return Err(Unable::because(format!("an honest form was answered {}", answer.status)));
    }
    vantage.tried("send the form with a right solution", "taken", false);
    end(door, &answer).await;
    Ok(())
}

/// What a page has that refuses for want of a solution.
const FAILED: &str = "id=\"captcha-failed\"";

/// A door that takes whoever comes without a solution.
struct AsksForNothing;

impl Tamper for AsksForNothing {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        let wanted = answer.json()["type"] == format!("/problem/{}", captcha::WANTED);
        if wanted && Purpose::of_path(&request.path).is_some() {
            answer.status = StatusCode::ACCEPTED;
            answer.body = "{}".into();
        }
        if String::from_utf8_lossy(&answer.body).contains(FAILED) {
            answer.status = StatusCode::SEE_OTHER;
            answer.body = "".into();
        }
        answer
    }
}
