//! What stands before sign-up and sign-in against programs.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::config::{Provider, When};
use kernel::web::page::encode;
use serde_json::{Value, json};

use crate::support::{Answer, PASSWORD, World};

const MARA: &str = "mara@larkspur.example";

async fn sign_in_with(world: &World, solution: Option<&str>) -> Answer {
    let body = json!({ "email": MARA, "password": PASSWORD });
    world.post_with("/api/v1/sign-in", solution, body).await
}

async fn fresh(world: &World) -> String {
    world.solution("/api/v1/sign-in", None).await.unwrap()
}

/// The stamp of a page's form.
fn stamp(page: &Answer) -> String {
    let rest = page.text.split("name=\"stamp\" value=\"").nth(1).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

fn is_wanted(answer: &Answer) -> bool {
    answer.status == StatusCode::FORBIDDEN
        && answer.json()["type"] == "/problem/kernel/captcha-wanted"
}

#[tokio::test]
async fn a_solution_counts_once_for_one_purpose_and_not_for_long() {
    let (world, _) = World::set_up().await;
    assert!(is_wanted(&sign_in_with(&world, None).await));
    let solution = fresh(&world).await;
    let taken = sign_in_with(&world, Some(&solution)).await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.text);
    assert!(is_wanted(&sign_in_with(&world, Some(&solution)).await), "a second time");
    let other = world.solution("/api/v1/sign-up", None).await.unwrap();
    assert!(is_wanted(&sign_in_with(&world, Some(&other)).await), "for something else");
    let elsewhere = world.solution("/api/v1/sign-in", Some("192.0.2.7")).await.unwrap();
    assert!(is_wanted(&sign_in_with(&world, Some(&elsewhere)).await), "from another network");
    let old = fresh(&world).await;
    world.wait(Duration::from_secs(121));
    assert!(is_wanted(&sign_in_with(&world, Some(&old)).await), "too old");
    let young = fresh(&world).await;
    world.wait(Duration::from_secs(119));
    assert_eq!(sign_in_with(&world, Some(&young)).await.status, StatusCode::OK);
}

/// A change of what was solved.
type Forgery = (&'static str, fn(&mut Value));

/// Each makes a solution worthless.
#[tokio::test]
async fn what_was_forged_does_not_count() {
    let (world, _) = World::set_up().await;
    let forgeries: [Forgery; 8] = [
        ("signature", |p| p["challenge"]["signature"] = json!("ab".repeat(32))),
        ("no signature", |p| p["challenge"]["signature"] = Value::Null),
        ("life", |p| p["challenge"]["parameters"]["data"]["until"] = json!(i64::MAX)),
        ("purpose", |p| p["challenge"]["parameters"]["data"] = json!({})),
        ("prefix", |p| p["challenge"]["parameters"]["keyPrefix"] = json!("")),
        ("cost", |p| p["challenge"]["parameters"]["cost"] = json!(4_000_000_000_u32)),
        ("nonce", |p| p["challenge"]["parameters"]["nonce"] = json!("00".repeat(16))),
        ("key", |p| p["solution"]["derivedKey"] = json!("00".repeat(32))),
    ];
    for (what, forge) in forgeries {
        let solution = STANDARD.decode(fresh(&world).await).unwrap();
        let mut payload: Value = serde_json::from_slice(&solution).unwrap();
        forge(&mut payload);
        let forged = STANDARD.encode(payload.to_string());
        assert!(is_wanted(&sign_in_with(&world, Some(&forged)).await), "{what}");
    }
    for nonsense in ["x", "bnVsbA==", "e30=", &"A".repeat(9000)] {
        assert!(is_wanted(&sign_in_with(&world, Some(nonsense)).await), "{nonsense:.9}");
    }
}

#[tokio::test]
async fn on_risk_only_trouble_is_asked() {
    let (world, _) = World::set_up_with(|c| {
        (c.captcha.sign_in, c.captcha.sign_up) = (When::Risk, When::Off);
        c.lockout.attempts = 20;
        c.captcha.work = 200;
    })
    .await;
    let wrong = json!({ "email": MARA, "password": "wrong, and long enough" });
    for _ in 0..2 {
        assert_eq!(world.get("/api/v1/captcha/sign-in", None).await.status, 204);
        let answer = world.post_with("/api/v1/sign-in", None, wrong.clone()).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(world.get("/api/v1/captcha/sign-in", None).await.status, 200);
    assert!(is_wanted(&sign_in_with(&world, None).await));
    assert_eq!(world.get("/api/v1/captcha/sign-up", None).await.status, 204, "off");
    assert_eq!(world.solution("/api/v1/sign-in", Some("192.0.2.7")).await, None, "elsewhere");
    assert_eq!(world.sign_in(MARA, PASSWORD).await.status, StatusCode::OK);
    world.wait(Duration::from_secs(3601));
    assert_eq!(sign_in_with(&world, None).await.status, StatusCode::OK, "an hour later");
    assert_eq!(world.get("/api/v1/captcha/nothing", None).await.status, 404);
}

/// The tries that a challenge takes grow with the trouble, up to a bound.
#[tokio::test]
async fn more_trouble_means_more_work() {
    let (world, _) = World::set_up_with(|c| c.captcha.work = 8).await;
    let most = async || {
        let mut most = 0;
        for _ in 0..30 {
            let bytes = STANDARD.decode(fresh(&world).await).unwrap();
            let payload: Value = serde_json::from_slice(&bytes).unwrap();
            most = most.max(payload["solution"]["counter"].as_u64().unwrap());
        }
        most
    };
    assert!(most().await < 8);
    for _ in 0..12 {
        let wrong = "wrong, and long enough";
        world.sign_in(&format!("x{}@example.com", world.app.clock.now().0), wrong).await;
    }
    let after = most().await;
    assert!((8..32).contains(&after), "{after}");
}

#[tokio::test]
async fn a_mailed_link_stands_for_it_for_one_address() {
    let (world, _) = World::set_up().await;
    let stamp = stamp(&world.page("/login/link", None).await);
    world.wait(Duration::from_secs(1));
    for who in [MARA, "nobody@larkspur.example"] {
        let fields = format!("website=&stamp={stamp}&email={}", encode(who));
        let answer = world.bare_form("/login/link", &fields).await;
        assert_eq!(answer.location.as_deref(), Some("/login/link/sent"));
    }
    assert!(world.letter("nobody@larkspur.example").await.is_none());
    let letter = world.letter(MARA).await.unwrap();
    let pass = letter.split("/login?pass=").nth(1).unwrap();
    let pass = pass.split_whitespace().next().unwrap().to_owned();
    let shown = world.page(&format!("/login?pass={pass}"), None).await;
    assert!(shown.text.contains(&format!("name=\"pass\" value=\"{pass}\"")), "{}", shown.text);
    let send = async |path: &str, email: &str, pass: &str| {
        let fields = format!(
            "website=&stamp={stamp}&name=x&email={}&password={}&pass={pass}",
            encode(email),
            PASSWORD.replace(' ', "+")
        );
        world.bare_form(path, &fields).await
    };
    assert_eq!(send("/login", MARA, &pass).await.status, StatusCode::SEE_OTHER);
    let others = send("/login", "jun@larkspur.example", &pass).await;
    assert!(others.text.contains("calculation"), "another address: {}", others.text);
    assert!(send("/signup", MARA, &pass).await.text.contains("calculation"), "another purpose");
    let later = format!("{}9{}", &pass[..1], &pass[2..]);
    assert!(send("/login", MARA, &later).await.text.contains("calculation"), "made to last");
    world.wait(Duration::from_secs(1801));
    assert!(send("/login", MARA, &pass).await.status.is_client_error(), "too old");
}

#[tokio::test]
async fn a_link_for_a_sign_up_goes_to_anybody_but_not_often() {
    let world = World::new();
    let stamp = stamp(&world.page("/signup/link", None).await);
    world.wait(Duration::from_secs(1));
    let mut letters = 0;
    for n in 0..8 {
        let to = format!("new+{n}@larkspur.example");
        let fields = format!("website=&stamp={stamp}&email={}", encode(&to));
        let sent = world.bare_form("/signup/link", &fields).await;
        assert_eq!(sent.location.as_deref(), Some("/signup/link/sent"));
        letters += u32::from(world.letter(&to).await.is_some());
    }
    assert_eq!(letters, 5, "one mailbox, however it is spelt");
}

/// A stand-in for a service: answers with what it is told, and keeps what it was asked.
struct Twin {
    url: String,
    says: Arc<Mutex<String>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Twin {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/siteverify", listener.local_addr().unwrap());
        let (says, asked) = (Arc::new(Mutex::new(String::new())), Arc::new(Mutex::new(Vec::new())));
        let (says2, asked2) = (Arc::clone(&says), Arc::clone(&asked));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let (mut line, mut length) = (String::new(), 0);
                while reader.read_line(&mut line).unwrap() > 2 {
                    let lower = line.to_ascii_lowercase();
                    if let Some(n) = lower.strip_prefix("content-length:") {
                        length = n.trim().parse().unwrap();
                    }
                    line.clear();
                }
                let mut body = vec![0; length];
                reader.read_exact(&mut body).unwrap();
                asked2.lock().unwrap().push(String::from_utf8(body).unwrap());
                let says = says2.lock().unwrap().clone();
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n", says.len());
                let _ = write!(stream, "{head}connection: close\r\n\r\n{says}");
            }
        });
        Self { url, says, asked }
    }

    fn says(&self, verdict: &Value) {
        *self.says.lock().unwrap() = verdict.to_string();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_may_judge_and_may_fall_silent() {
    let twin = Twin::start();
    let url = twin.url.clone();
    let (world, _) = World::set_up_with(|c| {
        let file = c.data.parent().unwrap().join("secret");
        std::fs::write(&file, "the-secret\n").unwrap();
        c.captcha.provider = Provider::Turnstile;
        c.captcha.site_key = Some("site-key".into());
        c.captcha.secret_file = Some(file);
        c.captcha.verify_url = Some(url);
    })
    .await;
    let page = world.page("/login", None).await;
    assert!(page.text.contains("data-sitekey=\"site-key\""), "{}", page.text);
    let stamp = stamp(&page);
    let send = async |more: &str| {
        let (email, password) = (encode(MARA), PASSWORD.replace(' ', "+"));
        let text = format!("website=&stamp={stamp}&email={email}&password={password}{more}");
        world.bare_form("/login", &text).await.status
    };
    let (token, refused) = ("&cf-turnstile-response=abc", StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(send("").await, refused);
    assert!(twin.asked.lock().unwrap().is_empty(), "nothing to ask about");
    let good = json!({ "success": true, "hostname": "localhost", "action": "sign-in" });
    for (key, value) in [
        ("success", json!(false)),
        ("hostname", json!("evil.example")),
        ("action", json!("sign-up")),
    ] {
        let mut bad = good.clone();
        bad[key] = value;
        twin.says(&bad);
        assert_eq!(send(token).await, refused, "{key}");
    }
    twin.says(&good);
    assert_eq!(send(token).await, StatusCode::SEE_OTHER);
    let asked = twin.asked.lock().unwrap().last().unwrap().clone();
    assert_eq!(asked, "secret=the-secret&response=abc&remoteip=127.0.0.1");
    // A program brings a solution of ours, whoever judges on the pages.
    assert!(is_wanted(&sign_in_with(&world, None).await));
    assert_eq!(world.sign_in(MARA, PASSWORD).await.status, StatusCode::OK);
    // Nonsense is no verdict: nobody is let in, and for a minute ours stands in.
    *twin.says.lock().unwrap() = "<html>".into();
    assert_eq!(send(token).await, refused);
    assert!(world.page("/login", None).await.text.contains("data-captcha=\"sign-in\""));
    twin.says(&good);
    assert_eq!(send(token).await, refused, "not asked in that minute");
    let solution = encode(&fresh(&world).await);
    assert_eq!(send(&format!("&altcha={solution}")).await, StatusCode::SEE_OTHER);
    world.wait(Duration::from_secs(61));
    assert_eq!(send(token).await, StatusCode::SEE_OTHER);
}
