//! IDN-22: credentials are taken over HTTPS only.

use std::net::SocketAddr;

use hyper::header::{SET_COOKIE, STRICT_TRANSPORT_SECURITY};
use hyper::{Method, StatusCode};
use serde_json::json;

use crate::control::{
    Break, Control, Falsification, Method as How, Needs, Probing, Promise, Risk, Safety, Tamper,
    Unable, Vantage, unable,
};
use crate::door::{Answer, Door, Request};

pub(super) const ONLY_HTTPS: Control = Control {
    id: "kernel.login_only_https",
    version: 1,
    claim: "IDN-22",
    promised: Promise::none("sign-ins processed without HTTPS"),
    method: How::Live,
    safety: Safety::S0,
    risk: Risk::Medium,
    needs: Needs::DOOR,
    configuration: &["origin", "listen", "mode"],
    routes: &["sign_in", "login"],
    asvs: &["V12.2.1", "V3.4.1"],
    probe: |vantage| -> Probing<'_> { Box::pin(sign_in_without(vantage)) },
    falsification: Falsification {
        name: "plain_sign_ins_are_processed",
        by: Break::Answers(|| Box::new(SignsInAnyway)),
    },
};

const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";
/// Tries on each listener.
const TRIES: usize = 3;

async fn sign_in_without(vantage: &Vantage) -> Result<(), Unable> {
    let mut processed = 0;
    if let Some(at) = vantage.doors.plain {
        processed += console(vantage, at).await?;
    }
    if let Some(at) = vantage.doors.redirect {
        redirect_only(vantage, at).await?;
    }
    if let Some(at) = vantage.doors.https {
        secure(vantage, at).await?;
    }
    vantage.measured_violations();
    if processed > 0 {
        vantage.measured(vantage.promised.name, f64::from(processed), "");
        vantage.note(if vantage.evaluation {
            "the console of an evaluation takes sign-ins over plain HTTP on this machine's loopback"
        } else {
            "the plain listener takes sign-ins, for a proxy on this machine that speaks HTTPS"
        });
    }
    Ok(())
}

/// A sign-in that cannot succeed: what matters is whether somebody looks at it.
async fn post(vantage: &Vantage, door: &Door) -> Result<Answer, Unable> {
    let name = crypt::hex(&base::rng::bytes::<8>(&*vantage.rng));
    let email = format!("{name}@example.com");
    vantage.guard.lease(email.clone());
    let body = json!({ "email": email, "password": format!("wrong {name}") });
    door.json(Method::POST, "/api/v1/sign-in", &body).await.map_err(unable)
}

/// The console's own plain listener, where there is one; answers how often it looked at a sign-in.
async fn console(vantage: &Vantage, at: SocketAddr) -> Result<u32, Unable> {
    let mut processed = 0;
    for _ in 0..TRIES {
        let answer = post(vantage, &vantage.door_to(at, AGENT)).await?;
        processed += u32::from(is_processed(&answer));
        let step = "look for a cookie without Secure in an answer over plain HTTP";
        vantage.tried(step, "none", has_plain_cookie(&answer));
    }
    Ok(processed)
}

async fn redirect_only(vantage: &Vantage, at: SocketAddr) -> Result<(), Unable> {
    for _ in 0..TRIES {
        let answer = post(vantage, &vantage.door_to(at, AGENT)).await?;
        let looked = is_processed(&answer) || has_plain_cookie(&answer);
        vantage.tried("post a sign-in to the plain listener", "not processed", looked);
    }
    let answer = vantage.door_to(at, AGENT).get("/login").await.map_err(unable)?;
    let location = answer.headers.get("location").and_then(|v| v.to_str().ok()).unwrap_or("");
    let leads = answer.status.is_redirection() && location.starts_with("https://");
    vantage.tried("open the sign-in page over plain HTTP", "led to HTTPS", !leads);
    Ok(())
}

async fn secure(vantage: &Vantage, at: SocketAddr) -> Result<(), Unable> {
    let plain = vantage.door_to(at, AGENT).secured(false);
    // No answer at all is what a listener of TLS gives to plain HTTP.
    let looked = post(vantage, &plain).await.is_ok_and(|answer| is_processed(&answer));
    vantage.tried("speak plain HTTP to the HTTPS listener", "not processed", looked);
    if vantage.evaluation {
        return Ok(()); // browsers would remember HSTS for every port of localhost
    }
    let answer = vantage.door_to(at, AGENT).get("/login").await.map_err(unable)?;
    let sent = answer.headers.get(STRICT_TRANSPORT_SECURITY).and_then(|v| v.to_str().ok());
    let age = sent.and_then(|v| v.split("max-age=").nth(1)?.split(';').next()?.parse::<u64>().ok());
    let kept = age.is_some_and(|seconds| seconds >= 31_536_000);
    vantage.tried("look for HSTS of a year on the sign-in page", "there", !kept);
    Ok(())
}

/// Whether the handler of sign-ins spoke: it tells right from wrong credentials.
fn is_processed(answer: &Answer) -> bool {
    let kind = answer.json();
    let wrong = kind["type"].as_str().is_some_and(|t| t.ends_with("identity/wrong-credentials"));
    wrong || kind["session"].is_string() || answer.status == StatusCode::UNAUTHORIZED
}

fn has_plain_cookie(answer: &Answer) -> bool {
    let secure = |v: &hyper::header::HeaderValue| {
        v.to_str().is_ok_and(|text| text.to_ascii_lowercase().contains("; secure"))
    };
    answer.headers.get_all(SET_COOKIE).iter().any(|v| !secure(v))
}

/// A plain listener that signs people in, with a cookie that travels in the clear.
struct SignsInAnyway;

impl Tamper for SignsInAnyway {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.method == Method::POST {
            answer.status = StatusCode::OK;
            answer.body = json!({ "session": "ses_1", "next": null }).to_string().into();
            let cookie = hyper::header::HeaderValue::from_static("session=1; HttpOnly");
            answer.headers.insert(SET_COOKIE, cookie);
        }
        answer
    }
}
