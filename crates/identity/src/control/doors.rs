//! The doors that anybody can knock at: guessing, flooding, programs, addresses to throw away.

use std::net::Ipv4Addr;

use base::Fault;
use hyper::{HeaderMap, Method};
use kernel::captcha::Purpose;
use kernel::control::{
    Break, Control, Counter, Falsification, Needs, Probing, Promise, Safety, Tamper, Unable,
    Vantage, unable,
};
use kernel::door::{Answer, Door, Request};
use kernel::inspect::Weakness;
use kernel::web::page::encode;
use kernel::web::route::Access;
use serde_json::{Value, json};

use super::step::{
    App, DESK, elsewhere, end, fresh, must, ordinary, password, password_at, stamp, steady,
    stranger, with_session,
};
use super::store;

const fn control(
    id: &'static str,
    claim: &'static str,
    promised: Promise,
    configuration: &'static [&'static str],
    probe: for<'a> fn(&'a Vantage) -> Probing<'a>,
    falsification: Falsification,
) -> Control {
    Control {
        configuration,
        routes: &["sign_in", "sign_up", "present_second_factor", "sign_up_rules"],
        asvs: &["V6.3.1"],
        ..Control::live((id, claim), promised, probe, falsification)
    }
}

/// IDN-26.
pub(super) const LOCKOUT: Control = control(
    "identity.lockout",
    "IDN-26",
    Promise { name: "wrong attempts", value: 3.0, unit: "", direction: "<=" },
    &["lockout"],
    |vantage| -> Probing<'_> { Box::pin(lockout(vantage)) },
    NOTHING_COUNTS,
);

/// IDN-27.
pub(super) const GUESSES: Control = control(
    "identity.factor_guessing",
    "IDN-27",
    Promise { name: "codes looked at", value: 3.0, unit: "", direction: "<=" },
    &["lockout"],
    |vantage| -> Probing<'_> { Box::pin(guesses(vantage)) },
    NOTHING_COUNTS,
);

/// IDN-38.
pub(super) const LIMITED: Control = control(
    "identity.sign_in_rate",
    "IDN-38",
    Promise { name: "sign-ins taken in one burst", value: 60.0, unit: "", direction: "<=" },
    &["limits"],
    |vantage| -> Probing<'_> { Box::pin(burst(vantage, "/api/v1/sign-in")) },
    Falsification { name: "door_without_a_limit", by: Break::Answers(|| Box::new(NoLimit)) },
);

/// EDG-05.
pub(super) const PER_ADDRESS: Control = Control {
    version: 2,
    safety: Safety::S3,
    needs: Needs::BESIDE,
    ..control(
        "identity.address_rate",
        "EDG-05",
        Promise { name: "requests before 429", value: 60.0, unit: "", direction: "<=" },
        &["limits", "listen.trusted_proxies"],
        |vantage| -> Probing<'_> { Box::pin(spoofed_burst(vantage)) },
        Falsification { name: "door_without_a_limit", by: Break::Answers(|| Box::new(NoLimit)) },
    )
};

/// EDG-06.
pub(super) const PER_MAILBOX: Control = control(
    "identity.mailbox_rate",
    "EDG-06",
    Promise { name: "letters to one mailbox in an hour", value: 5.0, unit: "", direction: "<=" },
    &["limits"],
    |vantage| -> Probing<'_> { Box::pin(mailbox(vantage)) },
    Falsification {
        name: "mailbox_that_shows_a_letter_for_each_request",
        by: Break::Answers(|| Box::new(LetterForEach::default())),
    },
);

/// EDG-03.
pub(super) const DISPOSABLE: Control = control(
    "identity.disposable_refused",
    "EDG-03",
    Promise::none("throw-away addresses accepted"),
    &["sign_up"],
    |vantage| -> Probing<'_> { Box::pin(disposable(vantage)) },
    Falsification { name: "sign_up_that_takes_all", by: Break::Answers(|| Box::new(TakesAll)) },
);

/// EDG-04.
pub(super) const LISTED: Control = control(
    "identity.disposable_listed",
    "EDG-04",
    Promise { name: "listed providers", value: 250.0, unit: "", direction: ">=" },
    &["sign_up"],
    |vantage| -> Probing<'_> { Box::pin(listed(vantage)) },
    Falsification { name: "list_that_refuses_nobody", by: Break::Answers(|| Box::new(TakesAll)) },
);

/// EDG-08.
pub(super) const HONEYPOT: Control = control(
    "identity.form_trap",
    "EDG-08",
    Promise::none("public forms without a trap, or that took a filled one"),
    &["sign_up"],
    |vantage| -> Probing<'_> { Box::pin(honeypots(vantage)) },
    Falsification { name: "form_without_a_trap", by: Break::Answers(|| Box::new(Trapless)) },
);

async fn try_password(door: &Door, email: &str, password: &str) -> Result<Answer, Unable> {
    let body = json!({ "email": email, "password": password });
    door.json(Method::POST, "/api/v1/sign-in", &body).await.map_err(unable)
}

/// Three wrong passwords, then the right one: refused there, taken elsewhere.
async fn lockout(vantage: &Vantage) -> Result<(), Unable> {
    let own = vantage.canary(0)?;
    let (attacker, owner) = (elsewhere(vantage, DESK), elsewhere(vantage, DESK));
    let most = allowed(vantage, "lockout_attempts", WRONG_ONES_MAX).await?;
    for _ in 0..most {
        let answer = try_password(&attacker, &own.email, "wrong, and long enough").await?;
        vantage.tried("try a wrong password", "refused", answer.status.is_success());
    }
    let (wrong, right) = ("wrong, and long enough", own.password.reveal());
    let mut bodies = Vec::new();
    for password in [right, wrong, right] {
        let answer = try_password(&attacker, &own.email, password).await?;
        let step = "try again after that, also with the right password";
        vantage.tried(step, "refused", answer.status.is_success());
        end(&attacker, &answer).await;
        bodies.push((answer.status, answer.json()["detail"].clone()));
    }
    let told_apart = bodies.iter().any(|b| *b != bodies[0]);
    vantage.tried("compare locked with wrong", "the same answer", told_apart);
    let free = try_password(&owner, &own.email, right).await?;
    if !free.status.is_success() {
        return Err(Unable::because("the owner was locked out elsewhere"));
    }
    vantage.tried("sign in as the owner elsewhere", "let in", false);
    end(&owner, &free).await;
    let minutes = rules(vantage).await?["lockout_minutes"].as_u64();
    vantage.tried("read how long it lasts", "an hour", minutes != Some(60));
    vantage.measured(vantage.promised.name, most as f64, "");
    Ok(())
}

/// A system that forgets every wrong one.
const NOTHING_COUNTS: Falsification = Falsification {
    name: "wrong_ones_are_not_counted",
    by: Break::State { plant: forgetful, mend: attentive },
};

fn forgetful(shadow: &Counter<'_>) -> Result<Weakness, Fault> {
    store::plant_forgetfulness(&shadow.app.store).map(|()| Weakness::None)
}

fn attentive(shadow: &Counter<'_>) -> Result<(), Fault> {
    store::mend_forgetfulness(&shadow.app.store)
}

/// Guesses codes of the app with the right password.
async fn guesses(vantage: &Vantage) -> Result<(), Unable> {
    with_session(vantage, |vantage, session| {
        Box::pin(async move {
            steady(vantage).await;
            let app = App::enrol(vantage, session).await?;
            let wrong = |n: u32| {
                let right: u32 = app.code(vantage, 0).parse().unwrap_or(0);
                format!("{:06}", (right + 7 + n) % 1_000_000)
            };
            let most = allowed(vantage, "lockout_attempts", WRONG_ONES_MAX).await?;
            let door = elsewhere(vantage, DESK);
            let mut waiting = password_at(vantage, &door).await?;
            for n in 0..u32::try_from(most).unwrap_or(0) {
                // One sign-in ends after five wrong ones, whatever the lockout is.
                if n > 0 && n % 3 == 0 {
                    waiting = password_at(vantage, &door).await?;
                }
                let body = json!({ "method": "totp", "code": wrong(n) });
                waiting.refused(vantage, "guess a code", &body).await?;
            }
            // From here on not even the right one is looked at, in a new sign-in either.
            let right = json!({ "method": "totp", "code": app.code(vantage, 1) });
            let step = "present the right code after too many guesses";
            vantage.measured(vantage.promised.name, most as f64, "");
            waiting.refused(vantage, step, &right).await?;
            password_at(vantage, &door).await?.refused(vantage, step, &right).await?;
            // The owner, in a browser that the account knows, is let in with the same code.
            password(vantage).await?.taken(vantage, &right).await
        })
    })
    .await
}

/// The address that a request says it comes from, by its number.
type Spoof = Option<fn(u64) -> String>;

/// Another one each time.
const ANYWHERE: Spoof = Some(|n| format!("198.51.100.{}", n % 250 + 1));
/// Another one of the same customer's network each time.
const ONE_NETWORK: Spoof = Some(|n| format!("2001:db8:5e:1:{:x}::{:x}", n % 0xffff, n + 1));

/// What a flood met.
struct Flood {
    sent: u64,
    /// What was taken beyond the limit and what the bucket let through while it was emptied.
    over: u64,
}

/// More requests than a limit of `most` a minute allows, from an address of its own.
async fn flood(
    vantage: &Vantage,
    door: &Door,
    path: &str,
    (most, spoof): (u64, Spoof),
) -> Result<Flood, Unable> {
    let (begun, sent) = (vantage.clock.now(), most + 20);
    let mut taken = 0;
    for n in 0..sent {
        let mut headers = HeaderMap::new();
        let kind = hyper::header::HeaderValue::from_static("application/json");
        headers.insert(hyper::header::CONTENT_TYPE, kind);
        if let Some(Ok(value)) = spoof.map(|address| address(n).parse()) {
            headers.insert("x-forwarded-for", value);
        }
        // Not even an address: nothing is hashed for it, and nobody's account is touched.
        let body = json!({ "email": "x" }).to_string();
        let answer = door.send(Method::POST, path, headers, body.into()).await.map_err(unable)?;
        taken += u64::from(answer.status != 429);
    }
    let filled = vantage.clock.now().since(begun).as_millis() * u128::from(most) / 60_000;
    let fair = most + u64::try_from(filled).unwrap_or(most) + 1;
    Ok(Flood { sent, over: taken.saturating_sub(fair) })
}

/// Requests that a probe sends at most to reach a limit.
const REQUESTS_MAX: u64 = 600;
/// The same for letters to one mailbox.
const LETTERS_MAX: u64 = 40;
/// The same for wrong passwords and codes, each of which is hashed.
const WRONG_ONES_MAX: u64 = 20;

/// A limit, as the installation tells it. Above `tries_max` it is not tried, and nothing is proven.
async fn allowed(vantage: &Vantage, name: &str, tries_max: u64) -> Result<u64, Unable> {
    let most = rules(vantage).await?[name].as_u64().filter(|n| (1..=tries_max).contains(n));
    most.ok_or_else(|| Unable::because("the limit is too high to be tried"))
}

async fn rules(vantage: &Vantage) -> Result<Value, Unable> {
    Ok(vantage.door(DESK).get("/api/v1/sign-up/rules").await.map_err(unable)?.json())
}

async fn burst(vantage: &Vantage, path: &str) -> Result<(), Unable> {
    let most = allowed(vantage, "sign_ins_per_minute", REQUESTS_MAX).await?;
    let door = elsewhere(vantage, DESK);
    let flood = flood(vantage, &door, path, (most, None)).await?;
    vantage.tried_many("send more sign-ins than are allowed", "429", flood.sent, flood.over);
    let limited = door.json(Method::POST, path, &json!({ "email": "x" })).await.map_err(unable)?;
    let told =
        limited.headers.contains_key("retry-after") && limited.headers.contains_key("ratelimit");
    vantage.tried("look for what to do in the answer", "there", limited.status == 429 && !told);
    vantage.measured(vantage.promised.name, most.max(flood.over + most) as f64, "");
    Ok(())
}

async fn spoofed_burst(vantage: &Vantage) -> Result<(), Unable> {
    let most = allowed(vantage, "sign_ins_per_minute", REQUESTS_MAX).await?;
    let letters = allowed(vantage, "letters_per_minute", REQUESTS_MAX).await?;
    let (mut over, step) = (0, "send more than are allowed, each with another X-Forwarded-For");
    for (path, most, others) in [
        ("/api/v1/sign-in", most, &SIGN_IN_DOORS[..]),
        ("/api/v1/sign-up", letters, &LETTER_DOORS[..]),
    ] {
        let door = elsewhere(vantage, DESK);
        let flood = flood(vantage, &door, path, (most, ANYWHERE)).await?;
        over += flood.over;
        vantage.tried_many(step, "429", flood.sent, flood.over);
        for path in others {
            let answer = door.json(Method::POST, path, &Value::Null).await.map_err(unable)?;
            vantage.tried("go on at another door", "429", answer.status != 429);
        }
    }
    over += rotate(vantage, most).await?;
    vantage.measured(vantage.promised.name, (most.max(letters) + over) as f64, "");
    Ok(())
}

/// The proxy that a shadow trusts, and nothing else uses.
const PROXY: Ipv4Addr = Ipv4Addr::new(127, 67, 0, 1);

/// Behind a trusted proxy, whose word about addresses counts: all of one IPv6 /64 are one. Only a shadow trusts a proxy
/// of ours.
async fn rotate(vantage: &Vantage, most: u64) -> Result<u64, Unable> {
    let beside = vantage.beside.as_deref().ok_or_else(|| Unable::because("there is no shadow"))?;
    let door = Door::new(beside.target, &beside.host, PROXY.into(), DESK);
    let rotated = flood(vantage, &door, "/api/v1/sign-in", (most, ONE_NETWORK)).await?;
    let step = "send more than are allowed from all over one IPv6 /64, through a trusted proxy";
    vantage.tried_many(step, "429", rotated.sent, rotated.over);
    let apart = flood(vantage, &door, "/api/v1/sign-in", (1, ANYWHERE)).await?;
    if apart.over == 0 {
        return Err(Unable::because("the shadow does not believe its proxy"));
    }
    Ok(rotated.over)
}

/// Doors that share the limit of sign-ins, and that of letters.
const SIGN_IN_DOORS: [&str; 3] = ["/api/v1/sign-in/factor", "/api/v1/sign-in/passkey", "/login"];
const LETTER_DOORS: [&str; 5] =
    ["/api/v1/password-reset", "/signup", "/recover", "/login/link", "/signup/link"];

/// A door that knows no limit.
struct NoLimit;

impl Tamper for NoLimit {
    fn answer(&mut self, _: &Request, mut answer: Answer) -> Answer {
        if answer.status == 429 {
            answer.status = hyper::StatusCode::UNPROCESSABLE_ENTITY;
            answer.headers.remove("retry-after");
        }
        answer
    }
}

/// Looks without a new letter after which none is waited for: two seconds.
const QUIET: u32 = 8;

/// Asks for letters to one mailbox, spelled in many ways, from many addresses; counts what arrived.
async fn mailbox(vantage: &Vantage) -> Result<(), Unable> {
    let most = allowed(vantage, "letters_per_mailbox_hour", LETTERS_MAX).await?;
    if !vantage.evaluation {
        return Err(Unable::because(
            "letters to other spellings of a canary's mailbox are not received",
        ));
    }
    let name = crypt::hex(&base::rng::bytes::<6>(&*vantage.rng));
    let since = vantage.clock.now();
    let sent = most + 4;
    for n in 0..sent {
        let local = match n % 3 {
            0 => name.clone(),
            1 => name.to_uppercase(),
            _ => format!("{name}+{n}"),
        };
        let email = format!("{local}@example.com");
        vantage.guard.lease(email.clone());
        let body = json!({ "email": email, "name": "x", "password": fresh(vantage) });
        let door = elsewhere(vantage, DESK);
        must(&door, Method::POST, "/api/v1/sign-up", &body, 202).await?;
    }
    // Letters are written one after the other: the last one has come when none has followed for a while.
    let (mut came, mut quiet) = (0, 0);
    for _ in 0..60 {
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
        // Nobody's door: the letters of both canaries lie there, and that is no leak.
        let reader = Door::new(vantage.target, &vantage.host, vantage.source, DESK);
        let kept = reader.get("/dev/mail.json").await.map_err(unable)?.json();
        let own = |m: &&Value| {
            let to = m["to"].as_str().unwrap_or_default().to_lowercase();
            let at = m["at"].as_str().and_then(base::Timestamp::parse);
            to.starts_with(&name) && at.is_some_and(|at| at >= since)
        };
        let now = kept["items"].as_array().into_iter().flatten().filter(own).count() as u64;
        quiet = if now == came { quiet + 1 } else { 0 };
        came = now;
        if came > most || (came > 0 && quiet >= QUIET) {
            break;
        }
    }
    if came == 0 {
        return Err(Unable::because("not a single letter came"));
    }
    let over = came.saturating_sub(most);
    let step = "have letters sent to one mailbox in many spellings";
    vantage.tried_many(step, "few arrive", sent, over);
    vantage.measured(vantage.promised.name, came as f64, "");
    Ok(())
}

/// A mailbox that has a letter for each request.
#[derive(Default)]
struct LetterForEach {
    asked: Vec<String>,
}

impl Tamper for LetterForEach {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path == "/api/v1/sign-up" {
            let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
            self.asked.push(body["email"].as_str().unwrap_or_default().to_owned());
        }
        if request.path == "/dev/mail.json" {
            let mut page = answer.json();
            let at = page["items"][0]["at"].clone();
            let items = self.asked.iter().map(|to| json!({ "to": to, "at": at, "text": "" }));
            page["items"] = items.collect();
            answer.body = page.to_string().into();
        }
        answer
    }
}

/// Providers that every list has, and how else they can be written.
const THROWN_AWAY: [&str; 6] = [
    "mailinator.com",
    "MAILINATOR.COM",
    "sub.mailinator.com",
    "guerrillamail.com",
    "10minutemail.com",
    "yopmail.com",
];

async fn disposable(vantage: &Vantage) -> Result<(), Unable> {
    let name = crypt::hex(&base::rng::bytes::<6>(&*vantage.rng));
    let door = elsewhere(vantage, DESK);
    for domain in THROWN_AWAY {
        for local in [name.clone(), format!("{name}+tag")] {
            let email = format!("{local}@{domain}");
            vantage.guard.lease(email.clone());
            let body = json!({ "email": email, "name": "x", "password": fresh(vantage) });
            let answer = door.json(Method::POST, "/api/v1/sign-up", &body).await;
            let taken = answer.map_err(unable)?.status.is_success();
            vantage.tried("sign up with an address to throw away", "refused", taken);
        }
    }
    ordinary(vantage, &door).await?;
    vantage.measured_violations();
    Ok(())
}

async fn listed(vantage: &Vantage) -> Result<(), Unable> {
    let rules = rules(vantage).await?;
    let entries = rules["disposable_entries"].as_u64().unwrap_or(0);
    // The list has to be the one that refuses: one of its names is tried.
    let name = crypt::hex(&base::rng::bytes::<6>(&*vantage.rng));
    let email = format!("{name}@mailinator.com");
    vantage.guard.lease(email.clone());
    let body = json!({ "email": email, "name": "x", "password": fresh(vantage) });
    let door = elsewhere(vantage, DESK);
    let taken = door.json(Method::POST, "/api/v1/sign-up", &body).await.map_err(unable)?;
    vantage.tried("sign up with a listed provider", "refused", taken.status.is_success());
    ordinary(vantage, &door).await?;
    vantage.measured(vantage.promised.name, entries as f64, "");
    Ok(())
}

/// A sign-up that takes every address.
struct TakesAll;

impl Tamper for TakesAll {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path == "/api/v1/sign-up" && answer.status == 422 {
            answer.status = hyper::StatusCode::ACCEPTED;
        }
        answer
    }
}

/// Every form that anybody can send carries the trap; one that is filled reaches nobody.
async fn honeypots(vantage: &Vantage) -> Result<(), Unable> {
    let open = vantage.routes.iter().filter(|r| r.access == Access::Open && r.method.is_none());
    let paths: Vec<&str> = open.map(|r| r.path).filter(|p| !p.contains('{')).collect();
    let mut forms = 0;
    for path in paths {
        let answer = vantage.door(DESK).get(path).await.map_err(unable)?;
        let page = String::from_utf8_lossy(&answer.body).into_owned();
        for form in page.split("<form").skip(1).filter(|f| f.contains("method=\"post\"")) {
            let body = form.split("</form>").next().unwrap_or_default();
            forms += 1;
            let bare = !body.contains("name=\"website\"") || !body.contains("name=\"stamp\"");
            vantage.tried("look for the trap in a public form", "there", bare);
        }
    }
    if forms < 4 {
        return Err(Unable::because("the public forms were not found"));
    }
    fill_the_trap(vantage).await?;
    vantage.measured_violations();
    Ok(())
}

/// The same form with the trap filled, then as a person sends it: only the second one leads to a letter.
async fn fill_the_trap(vantage: &Vantage) -> Result<(), Unable> {
    let door = elsewhere(vantage, DESK);
    let stamp = &stamp(&door, "/signup").await?;
    let since = vantage.clock.now();
    let (program, person) = (stranger(vantage)?, stranger(vantage)?);
    let (status, to) = send_form(vantage, &door, (stamp, "x"), &program).await?;
    let dropped = status == 303 && to == "/";
    vantage.tried("send a form with the trap filled", "dropped without a word", !dropped);
    let (status, to) = send_form(vantage, &door, (stamp, ""), &person).await?;
    if status != 303 || !to.starts_with("/signup/sent") {
        return Err(Unable::because(format!("an honest form was answered {status}")));
    }
    // Letters are written in turn: when this one is there, the other one would be, too.
    vantage.letters.take(&person, CONFIRM, since).await?;
    let written = vantage.letters.look(&program, CONFIRM, since).await?.is_some();
    vantage.tried("look for a letter to the one that filled it", "none", written);
    Ok(())
}

/// What a letter has that opens an account.
const CONFIRM: &str = "/confirm?token=";

/// Sends the sign-up form of the pages; answers the status and where it leads.
async fn send_form(
    vantage: &Vantage,
    door: &Door,
    (stamp, trap): (&str, &str),
    email: &str,
) -> Result<(u16, String), Unable> {
    let (email, password) = (encode(email), fresh(vantage));
    let solution = door.solution(Purpose::SignUp).await.map_err(unable)?;
    let solution = encode(&solution.unwrap_or_default());
    let text = format!(
        "stamp={stamp}&website={trap}&name=x&email={email}&password={password}&altcha={solution}"
    );
    let answer = door.form("/signup", text).await.map_err(unable)?;
    let to = answer.headers.get("location").and_then(|v| v.to_str().ok()).unwrap_or_default();
    Ok((answer.status.as_u16(), to.to_owned()))
}

/// A page whose forms have no trap.
struct Trapless;

impl Tamper for Trapless {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.method == Method::GET {
            let page =
                String::from_utf8_lossy(&answer.body).replace("name=\"website\"", "name=\"w\"");
            answer.body = page.into();
        }
        answer
    }
}
