//! Stolen passwords: refused wherever one is set, by a file and by a service that learns five digits.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::StatusCode;
use identity::breach::file::build;
use kernel::config::{Config, Unavailable};
use serde_json::json;

use crate::support::{Answer, PASSWORD, World};

const OWNER: &str = "mara@larkspur.example";
const STOLEN: &str = "a stolen but long password";
/// SHA-1 of `STOLEN`, as in a range file.
const PREFIX: &str = "1B7EA";
const SUFFIX: &str = "D6931345A1940AE172A4798EEF73BC2A24B";

fn says(answer: &Answer, id: &str) -> bool {
    answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.json()["errors"][0]["text"] == id
}

/// Every door at which a password is set that a person has without a letter of the operator's.
async fn everywhere(world: &World, cookie: &str, password: &str) -> Vec<Answer> {
    let body =
        json!({ "email": "nia@larkspur.example", "name": "Nia Brandt", "password": password });
    let sign_up = world.post("/api/v1/sign-up", None, body).await;
    let body = json!({ "current": PASSWORD, "password": password });
    let change = world.post("/api/v1/password", Some(cookie), body).await;
    // The letter about the change is older.
    world.wait(Duration::from_secs(1));
    world.post("/api/v1/password-reset", None, json!({ "email": OWNER })).await;
    let token = world.token(OWNER).await;
    let body = json!({ "token": token, "password": password });
    let reset = world.post("/api/v1/password-reset/finish", None, body).await;
    vec![sign_up, change, reset]
}

#[tokio::test]
async fn a_file_of_stolen_passwords_is_asked_at_every_door() {
    let folder = tempfile::tempdir().unwrap();
    let ranges = folder.path().join("ranges");
    std::fs::create_dir(&ranges).unwrap();
    std::fs::write(ranges.join(PREFIX), format!("{SUFFIX}:12\r\n")).unwrap();
    let file = folder.path().join("stolen");
    assert_eq!(build(&ranges, &file, |_, _| {}).unwrap(), 1);
    let open = || World::set_up_with(|c| c.password.breach_file = Some(file.clone()));
    let (world, cookie) = open().await;
    assert_eq!(rules(&world).await, "file");
    for answer in everywhere(&world, &cookie, STOLEN).await {
        assert!(says(&answer, "error-password-stolen"), "{}", answer.text);
    }
    let (world, cookie) = open().await;
    let fine = everywhere(&world, &cookie, "a fresh and long password").await;
    assert!(fine.iter().all(|a| a.status.is_success()));
}

async fn rules(world: &World) -> String {
    let rules = world.get("/api/v1/sign-up/rules", None).await.json();
    rules["stolen_passwords"].as_str().unwrap().to_owned()
}

/// A range service on loopback; it keeps what it was asked.
fn service(line: String) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/range", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let head: Vec<String> =
                lines.map_while(Result::ok).take_while(|l| !l.is_empty()).collect();
            kept.lock().unwrap().push(head.join("\n"));
            let body = format!("{line}\r\n{}:0\r\n", "0".repeat(35));
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
        }
    });
    (url, asked)
}

#[tokio::test]
async fn a_range_service_learns_five_digits() {
    let (url, asked) = service(format!("{SUFFIX}:3"));
    let open = || World::set_up_with(|c| c.password.breach_url = Some(url.clone()));
    let (world, cookie) = open().await;
    assert_eq!(rules(&world).await, "service");
    asked.lock().unwrap().clear();
    for answer in everywhere(&world, &cookie, STOLEN).await {
        assert!(says(&answer, "error-password-stolen"), "{}", answer.text);
    }
    let asked = asked.lock().unwrap().clone();
    assert_eq!(asked.len(), 3);
    for request in asked {
        assert!(request.starts_with(&format!("GET /range/{PREFIX} ")), "{request}");
        assert!(request.to_lowercase().contains("add-padding: true"), "{request}");
        assert!(!request.contains(&SUFFIX[..8]), "{request}");
    }
    let (world, cookie) = open().await;
    let padding = everywhere(&world, &cookie, "a fresh and long password").await;
    assert!(padding.iter().all(|a| a.status.is_success()), "a count of zero is padding");
}

/// A port where nobody listens, and a file that is none.
fn dead(config: &mut Config, unavailable: Unavailable, file: bool) {
    config.password.breach_unavailable = unavailable;
    if file {
        config.password.breach_file = Some("/dev/null".into());
        return;
    }
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    config.password.breach_url = Some(format!("http://127.0.0.1:{port}/range"));
}

#[tokio::test]
async fn when_nothing_can_be_asked_the_configuration_decides_and_the_log_says_so() {
    for file in [true, false] {
        let (world, cookie) = World::set_up_with(|c| dead(c, Unavailable::Accept, file)).await;
        let taken = everywhere(&world, &cookie, "a fresh and long password").await;
        assert!(taken.iter().all(|a| a.status.is_success()));
        let told = world.actions().await;
        assert!(told.iter().any(|a| a == "password.corpus_unavailable"), "{told:?}");
    }
}

#[tokio::test]
async fn refused_until_it_can_be_asked() {
    let world = World::with(|c| dead(c, Unavailable::Refuse, true));
    let body =
        json!({ "email": "nia@larkspur.example", "name": "Nia Brandt", "password": PASSWORD });
    let answer = world.post("/api/v1/sign-up", None, body).await;
    assert!(says(&answer, "error-password-unchecked"), "{}", answer.text);
}
