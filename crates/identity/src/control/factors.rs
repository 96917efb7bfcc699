//! Second factors: each is attacked as somebody who has the password.

use hyper::Method;
use kernel::control::{
    Authenticator, Break, Control, Falsification, Probing, Promise, Session, Twist, Unable,
    Vantage, unable,
};
use serde_json::{Value, json};

use super::step::{
    App, DESK, LetsThrough, Part, elsewhere, end, must, password, password_at, steady, with_session,
};
use crate::factor::totp;

const fn control(
    id: &'static str,
    claim: &'static str,
    promised: Promise,
    probe: for<'a> fn(&'a Vantage) -> Probing<'a>,
) -> Control {
    Control {
        configuration: &["password", "second_factor"],
        routes: &["sign_in", "present_second_factor", "enrol_totp", "confirm_totp"],
        asvs: &["V6.3.3"],
        ..Control::live(
            (id, claim),
            promised,
            probe,
            Falsification {
                name: "second_step_lets_everything_through",
                by: Break::Answers(|| Box::new(LetsThrough)),
            },
        )
    }
}

/// IDN-01.
pub(super) const TOTP: Control = control(
    "identity.totp_bypass",
    "IDN-01",
    Promise::none("sign-ins without the second factor"),
    |vantage| -> Probing<'_> {
        Box::pin(with_session(vantage, |v, s| -> Part<'_> { Box::pin(totp_battery(v, s)) }))
    },
);

/// IDN-02.
pub(super) const BACKUP: Control = control(
    "identity.backup_code_single_use",
    "IDN-02",
    Promise { name: "codes", value: 10.0, unit: "", direction: "=" },
    |vantage| -> Probing<'_> {
        Box::pin(with_session(vantage, |v, s| -> Part<'_> { Box::pin(backup_battery(v, s)) }))
    },
);

/// IDN-03.
pub(super) const PASSKEY: Control = control(
    "identity.passkey_forgery",
    "IDN-03",
    Promise::none("forged passkey answers accepted"),
    |vantage| -> Probing<'_> {
        Box::pin(with_session(vantage, |v, s| -> Part<'_> { Box::pin(passkey_battery(v, s)) }))
    },
);

/// IDN-29.
pub(super) const MAIL: Control = control(
    "identity.mail_code",
    "IDN-29",
    Promise::none("codes by mail that counted wrongly"),
    |vantage| -> Probing<'_> {
        Box::pin(with_session(vantage, |v, s| -> Part<'_> { Box::pin(mail_battery(v, s)) }))
    },
);

/// IDN-30.
pub(super) const SMS: Control = control(
    "identity.sms_code",
    "IDN-30",
    Promise::none("codes by SMS that counted wrongly"),
    |vantage| -> Probing<'_> {
        Box::pin(with_session(vantage, |v, s| -> Part<'_> { Box::pin(sms_battery(v, s)) }))
    },
);

/// IDN-31.
pub(super) const APP: Control = control(
    "identity.totp_vectors",
    "IDN-31",
    Promise::none("codes of an app that were judged wrongly"),
    |vantage| -> Probing<'_> {
        Box::pin(with_session(vantage, |v, s| -> Part<'_> { Box::pin(app_battery(v, s)) }))
    },
);

/// What a sign-in that ended is answered.
const GONE: u16 = 410;
/// What is answered where there is no code at all.
const NO_CODE: u16 = 422;

fn code(method: &str, code: &str) -> Value {
    json!({ "method": method, "code": code })
}

async fn totp_battery(vantage: &Vantage, session: &Session) -> Result<(), Unable> {
    steady(vantage).await;
    let app = App::enrol(vantage, session).await?;
    let waiting = password(vantage).await?;
    for path in ["/api/v1/session", "/api/v1/tenants", "/dashboard"] {
        let answer = waiting.door.get(path).await.map_err(unable)?;
        let step = "use a sign-in that waits for its second step";
        vantage.tried(step, "it opens nothing", answer.status.is_success());
    }
    let none = json!({ "method": "totp" });
    waiting.refused_as(vantage, "present no code", &none, NO_CODE).await?;
    let wrong =
        format!("{:06}", (app.code(vantage, 0).parse::<u32>().unwrap_or(0) + 1) % 1_000_000);
    waiting.refused(vantage, "present a wrong code", &code("totp", &wrong)).await?;
    let old = app.code(vantage, -3);
    waiting.refused(vantage, "present a code of three steps ago", &code("totp", &old)).await?;
    let good = code("totp", &app.code(vantage, 1));
    waiting.taken(vantage, &good).await?;
    waiting.refused_as(vantage, "go on with a sign-in that ended", &good, GONE).await?;
    let again = password(vantage).await?;
    again.refused(vantage, "present a code that was used", &good).await?;
    let first = app.code(vantage, -1);
    again.refused(vantage, "present a code that was used", &code("totp", &first)).await?;
    again.refused(vantage, "present an empty code", &code("totp", "")).await
}

/// RFC 6238, appendix B: time and code, SHA-1, the last six digits.
const VECTORS: [(i64, &str); 6] = [
    (59, "287082"),
    (1_111_111_109, "081804"),
    (1_111_111_111, "050471"),
    (1_234_567_890, "005924"),
    (2_000_000_000, "279037"),
    (20_000_000_000, "353130"),
];

async fn app_battery(vantage: &Vantage, session: &Session) -> Result<(), Unable> {
    for (seconds, right) in VECTORS {
        let at = base::Timestamp(seconds * 1000);
        let judged = totp::step(b"12345678901234567890", right, at).ok().flatten();
        let step = "judge a code of the RFC's test vectors";
        vantage.tried(step, "taken at its time", judged != Some(seconds / 30));
    }
    steady(vantage).await;
    let app = App::enrol(vantage, session).await?;
    let waiting = password(vantage).await?;
    let late = app.code(vantage, 2);
    waiting.refused(vantage, "present a code of two steps ahead", &code("totp", &late)).await?;
    waiting.taken(vantage, &code("totp", &app.code(vantage, 0))).await
}

async fn backup_battery(vantage: &Vantage, session: &Session) -> Result<(), Unable> {
    steady(vantage).await;
    App::enrol(vantage, session).await?;
    let path = "/api/v1/factors/backup-codes";
    let made = must(&session.door, Method::POST, path, &json!({}), 201).await?.json();
    let codes: Vec<String> = made["codes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|c| c.as_str().map(str::to_owned))
        .collect();
    vantage.measured(vantage.promised.name, codes.len() as f64, "");
    let [first, second, rest @ ..] = codes.as_slice() else {
        return Err(Unable::because("no backup codes were made"));
    };
    password(vantage).await?.taken(vantage, &code("backup_code", first)).await?;
    let again = password(vantage).await?;
    again.refused(vantage, "present a code that was used", &code("backup_code", first)).await?;
    race(vantage, second).await?;
    let spare = password(vantage).await?;
    spare.refused(vantage, "present an eleventh code", &code("backup_code", "2345-6789")).await?;
    if let Some(third) = rest.first() {
        spare.taken(vantage, &code("backup_code", &third.to_lowercase())).await?;
    }
    let left = session.door.get("/api/v1/factors").await.map_err(unable)?.json();
    vantage.tried("count what is left", "seven", left["backup_codes_left"] != 7);
    Ok(())
}

/// Spends one code in several sign-ins at once.
async fn race(vantage: &Vantage, one: &str) -> Result<(), Unable> {
    const AT_ONCE: usize = 6;
    let mut waiting = Vec::new();
    // Strangers each: what one browser has at once counts as wrong, and would be refused for that.
    for _ in 0..AT_ONCE {
        waiting.push(password_at(vantage, &elsewhere(vantage, DESK)).await?);
    }
    let body = code("backup_code", one);
    let presented = waiting.iter().map(|w| w.present(&body));
    let mut good = 0;
    for (answer, w) in join(presented).await.into_iter().zip(&waiting) {
        let answer = answer?;
        good += usize::from(answer.status.is_success());
        end(&w.door, &answer).await;
    }
    if good == 0 {
        return Err(Unable::because("a right backup code was refused"));
    }
    let extra = (good - 1) as u64;
    vantage.tried_many("spend one code in parallel", "once", AT_ONCE as u64, extra);
    Ok(())
}

/// Runs futures side by side and answers in their order.
async fn join<F: Future>(all: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut running: Vec<_> = all.map(|f| (Some(Box::pin(f)), None)).collect();
    std::future::poll_fn(|cx| {
        let mut open = false;
        for (future, out) in &mut running {
            if let Some(pinned) = future {
                match pinned.as_mut().poll(cx) {
                    std::task::Poll::Ready(done) => {
                        *out = Some(done);
                        *future = None;
                    }
                    std::task::Poll::Pending => open = true,
                }
            }
        }
        if open { std::task::Poll::Pending } else { std::task::Poll::Ready(()) }
    })
    .await;
    running.into_iter().filter_map(|(_, out)| out).collect()
}

async fn passkey_battery(vantage: &Vantage, session: &Session) -> Result<(), Unable> {
    let mut device = Authenticator::new(&vantage.origin(), &*vantage.rng)?;
    register(&session.door, &mut device).await?;
    let finish = "/api/v1/sign-in/passkey/finish";
    let door = vantage.door(DESK).owned_by(0);
    let begin = || must(&door, Method::POST, "/api/v1/sign-in/passkey", &EMPTY, 200);
    let begun = begin().await?.json();
    let good = json!({ "ceremony": begun["ceremony"], "credential": device.get(&begun["options"], Twist::None) });
    let answer = must(&door, Method::POST, finish, &good, 200).await?;
    vantage.tried("sign in with the passkey", "let in", false);
    end(&door, &answer).await;
    let replayed = door.json(Method::POST, finish, &good).await.map_err(unable)?;
    vantage.tried("send the same answer again", "refused", replayed.status.is_success());
    end(&door, &replayed).await;
    for (twist, step) in [
        (Twist::Challenge, "sign another challenge"),
        (Twist::Origin, "sign for another site's page"),
        (Twist::Party, "sign for another relying party"),
        (Twist::Signature, "break the signature"),
        (Twist::Unverified, "leave out finger, face and PIN"),
        (Twist::Counter, "turn the counter back"),
    ] {
        let begun = begin().await?.json();
        let credential = device.get(&begun["options"], twist);
        let body = json!({ "ceremony": begun["ceremony"], "credential": credential });
        let answer = door.json(Method::POST, finish, &body).await.map_err(unable)?;
        vantage.tried(step, "refused", answer.status.is_success());
        end(&door, &answer).await;
    }
    // What was forged was refused for what was forged: an honest answer still counts.
    let begun = begin().await?.json();
    let credential = device.get(&begun["options"], Twist::None);
    let body = json!({ "ceremony": begun["ceremony"], "credential": credential });
    end(&door, &must(&door, Method::POST, finish, &body, 200).await?).await;
    Ok(())
}

/// No body.
static EMPTY: Value = Value::Null;

/// Adds a device to the account of a session.
async fn register(door: &kernel::door::Door, device: &mut Authenticator) -> Result<(), Unable> {
    let begun = must(door, Method::POST, "/api/v1/factors/passkeys", &EMPTY, 200).await?.json();
    let credential = device.create(&begun["options"]);
    let body = json!({ "ceremony": begun["ceremony"], "name": "probe", "credential": credential });
    must(door, Method::POST, "/api/v1/factors/passkeys/finish", &body, 201).await?;
    Ok(())
}

async fn mail_battery(vantage: &Vantage, session: &Session) -> Result<(), Unable> {
    must(&session.door, Method::PUT, "/api/v1/factors/mail", &json!({ "on": true }), 204).await?;
    let to = vantage.canary(0)?.email.clone();
    sent_battery(vantage, "mail", &to).await
}

async fn sms_battery(vantage: &Vantage, session: &Session) -> Result<(), Unable> {
    if !vantage.evaluation {
        return Err(Unable::because(
            "messages to canaries cannot be read: there is no number of theirs",
        ));
    }
    let digits = u32::from_le_bytes(base::rng::bytes(&*vantage.rng)) % 10_000_000;
    let to = format!("+4915{:09}", u64::from(digits));
    let since = vantage.clock.now();
    let body = json!({ "number": to });
    must(&session.door, Method::POST, "/api/v1/factors/phone", &body, 202).await?;
    let text = vantage.letters.take(&to, "", since).await?;
    let body = json!({ "code": digits_of(&text) });
    must(&session.door, Method::POST, "/api/v1/factors/phone/confirm", &body, 204).await?;
    sent_battery(vantage, "sms", &to).await
}

/// The code in a letter: four digits, a space, four digits.
fn digits_of(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let four = |w: &str| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
    let pair = words.windows(2).find(|pair| pair.iter().all(|w| four(w)));
    pair.map(<[&str]>::concat).unwrap_or_default()
}

async fn sent_battery(vantage: &Vantage, method: &str, to: &str) -> Result<(), Unable> {
    let (one, other) = (password(vantage).await?, password(vantage).await?);
    let since = vantage.clock.now();
    let path = "/api/v1/sign-in/factor/code";
    must(&one.door, Method::POST, path, &json!({ "method": method }), 202).await?;
    // Letters that tell of changes come to the same mailbox. One word, because letters are wrapped.
    let mark = if method == "mail" { "telephone" } else { "" };
    let text = vantage.letters.take(to, mark, since).await?;
    let right = digits_of(&text);
    if right.len() != 8 {
        return Err(Unable::because("the code in the letter was not found"));
    }
    let wrong = format!("{:08}", (right.parse::<u64>().unwrap_or(0) + 1) % 100_000_000);
    one.refused(vantage, "present a wrong code", &code(method, &wrong)).await?;
    let step = "present a code that was sent for another sign-in";
    other.refused(vantage, step, &code(method, &right)).await?;
    let again = one.door.json(Method::POST, path, &json!({ "method": method })).await;
    let again = again.map_err(unable)?.status.is_success();
    vantage.tried("have another code sent at once", "refused", again);
    one.taken(vantage, &code(method, &right)).await?;
    let step = "present a code again in the sign-in it was for";
    one.refused_as(vantage, step, &code(method, &right), GONE).await?;
    let late = password(vantage).await?;
    late.refused(vantage, "present a code that was used", &code(method, &right)).await
}
