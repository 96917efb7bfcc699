//! Hardware keys that are demanded of staff: whose count, what opens without one, and what a broken file of roots does.

use std::path::PathBuf;

use axum::http::{Method, StatusCode};
use kernel::control::{Attestation, Authenticator, Maker, Twist};
use serde_json::json;

use crate::proofs::{floor, serving_with, until_claim};
use crate::support::{Answer, PASSWORD, World};

const OWNER: &str = "mara@larkspur.example";
const PASSKEYS: &str = "/api/v1/factors/passkeys";
const WANTED: &str = "/problem/kernel/hardware-key-wanted";

fn maker(name: &str) -> Maker {
    Maker::new(name).ok().unwrap()
}

/// A world that demands keys of this maker, and its staff's session.
async fn strict(of: &Maker) -> (World, String) {
    let root = of.root().to_owned();
    let made = World::set_up_with(move |config| {
        let file = config.data.parent().unwrap().join("makers.pem");
        let other = maker("Others");
        std::fs::write(&file, format!("# Ours\n{root}# Theirs\n{}", other.root())).unwrap();
        config.second_factor.staff_keys_file = Some(file);
    })
    .await;
    identity::hardware::load(&made.0.app).unwrap();
    made
}

fn device(world: &World) -> Authenticator {
    Authenticator::new(&world.app.origin.load(), &*world.app.rng).ok().unwrap()
}

async fn add(
    world: &World,
    cookie: &str,
    device: &mut Authenticator,
    by: Attestation<'_>,
) -> Answer {
    let begun = world.post(PASSKEYS, Some(cookie), json!({})).await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.text);
    let begun = begun.json();
    let credential = device.create_attested(&begun["options"], by);
    let body = json!({ "ceremony": begun["ceremony"], "name": "Key", "credential": credential });
    world.post("/api/v1/factors/passkeys/finish", Some(cookie), body).await
}

async fn people(world: &World, cookie: &str) -> Answer {
    world.get("/api/v1/people", Some(cookie)).await
}

async fn sign_in(world: &World, device: &mut Authenticator) -> String {
    let begun = world.post("/api/v1/sign-in/passkey", None, json!({})).await.json();
    let credential = device.get(&begun["options"], Twist::None);
    let body = json!({ "ceremony": begun["ceremony"], "credential": credential });
    let opened = world.post("/api/v1/sign-in/passkey/finish", None, body).await;
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.text);
    opened.cookie.unwrap()
}

async fn show(world: &World, cookie: &str, device: &mut Authenticator) -> StatusCode {
    let begun = world.post("/api/v1/session/show/passkey", Some(cookie), json!({})).await.json();
    let credential = device.get(&begun["options"], Twist::None);
    let body =
        json!({ "method": "passkey", "ceremony": begun["ceremony"], "credential": credential });
    world.post("/api/v1/session/show", Some(cookie), body).await.status
}

#[tokio::test]
async fn staff_without_a_key_are_led_to_add_one_and_only_one_that_counts_opens() {
    let (ours, theirs) = (maker("Ours"), maker("Theirs"));
    let (world, cookie) = strict(&ours).await;
    let refused = people(&world, &cookie).await;
    assert_eq!(
        (refused.status, refused.json()["type"].as_str()),
        (StatusCode::FORBIDDEN, Some(WANTED))
    );
    let led = world.page("/admin", Some(&cookie)).await;
    assert_eq!(led.location.as_deref(), Some("/dashboard/security?notice=hardware-key-first"));
    let page = world.page("/dashboard/security?notice=hardware-key-first", Some(&cookie)).await;
    assert!(page.text.contains("Staff need a hardware key here"), "{}", page.text);
    assert_eq!(world.get("/api/v1/tenants", Some(&cookie)).await.status, StatusCode::OK);
    for by in [Attestation::None, Attestation::Itself, Attestation::By(&theirs)] {
        let offered = add(&world, &cookie, &mut device(&world), by).await;
        assert_eq!(offered.status, StatusCode::UNAUTHORIZED, "{}", offered.text);
    }
    assert_eq!(people(&world, &cookie).await.status, StatusCode::FORBIDDEN);
    let mut key = device(&world);
    let added = add(&world, &cookie, &mut key, Attestation::By(&ours)).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.text);
    assert_eq!(people(&world, &cookie).await.status, StatusCode::OK, "it was in their hand");
    let own = world.get("/api/v1/factors", Some(&cookie)).await.json();
    assert_eq!(own["passkeys"][0]["hardware"], true, "{own}");
    let path = format!("{PASSKEYS}/{}", own["passkeys"][0]["id"].as_str().unwrap());
    let last = world.send(Method::DELETE, &path, Some(&cookie), None, "").await;
    assert_eq!(last.status, StatusCode::CONFLICT, "the last key stays");
    let session = sign_in(&world, &mut key).await;
    assert_eq!(people(&world, &session).await.status, StatusCode::OK);
    let sessions = world.get("/api/v1/sessions", Some(&session)).await.json();
    assert_eq!(sessions["items"][0]["method"], "hardware_key", "{sessions}");
}

/// Somebody with the password of an account that has a key.
#[tokio::test]
async fn a_session_without_the_key_shows_it_first_and_changes_nothing_before() {
    let maker = maker("Ours");
    let (world, cookie) = strict(&maker).await;
    let token = world
        .post(
            "/api/v1/tokens",
            Some(&cookie),
            json!({ "name": "x", "expires_in_days": 1, "scopes": ["all"] }),
        )
        .await
        .json();
    let mut key = device(&world);
    add(&world, &cookie, &mut key, Attestation::By(&maker)).await;
    // The first session stays; the next is opened with a code on paper as the second step.
    let codes = world.post("/api/v1/factors/backup-codes", Some(&cookie), json!({})).await.json();
    let begun = world.sign_in(OWNER, PASSWORD).await;
    assert_eq!(begun.json()["next"], "second_factor");
    let code = json!({ "method": "backup_code", "code": codes["codes"][0] });
    let thin = world.post("/api/v1/sign-in/factor", begun.cookie.as_deref(), code).await;
    let thin = thin.cookie.unwrap();
    assert_eq!(people(&world, &thin).await.json()["type"], WANTED);
    let led = world.page("/admin/people?q=x", Some(&thin)).await;
    let to = led.location.unwrap();
    assert_eq!(to, "/show?notice=hardware-key&next=/admin/people%3Fq%3Dx");
    let page = world.page(&to, Some(&thin)).await;
    assert!(page.text.contains("hardware key") && !page.text.contains("name=\"shown\""));
    let another = world.post(PASSKEYS, Some(&thin), json!({})).await;
    assert_eq!(another.json()["type"], "/problem/kernel/show-first", "{}", another.text);
    let change = json!({ "current": PASSWORD, "password": "another and long password" });
    let change = world.post("/api/v1/password", Some(&thin), change).await;
    assert_eq!(change.json()["type"], "/problem/kernel/show-first", "{}", change.text);
    let out = world.delete("/api/v1/sessions", &thin).await;
    assert_eq!(out.json()["type"], "/problem/kernel/show-first", "{}", out.text);
    let paper = json!({ "method": "backup_code", "code": codes["codes"][1] });
    let shown = world.post("/api/v1/session/show", Some(&thin), paper).await;
    assert_eq!(shown.status, StatusCode::NOT_FOUND, "paper is less than the key");
    let bearer = token["token"].as_str().unwrap();
    let by_token = world.get_as("/api/v1/people", bearer).await;
    assert_eq!(by_token.json()["type"], WANTED);
    assert_eq!(show(&world, &thin, &mut key).await, StatusCode::NO_CONTENT);
    assert_eq!(people(&world, &thin).await.status, StatusCode::OK);
    let list = world.get("/api/v1/people", Some(&thin)).await;
    assert_eq!(list.status, StatusCode::OK);
}

#[tokio::test]
async fn a_passkey_from_before_the_demand_still_signs_in_and_does_not_count() {
    let (world, cookie) = World::set_up_with(|config| {
        let file = config.data.parent().unwrap().join("makers.pem");
        std::fs::write(&file, maker("Ours").root()).unwrap();
        config.second_factor.staff_keys_file = Some(file);
    })
    .await;
    let mut plain = device(&world);
    let added = add(&world, &cookie, &mut plain, Attestation::None).await;
    assert_eq!(added.status, StatusCode::CREATED, "nothing is demanded yet: {}", added.text);
    assert_eq!(people(&world, &cookie).await.status, StatusCode::OK);
    let own = world.get("/api/v1/factors", Some(&cookie)).await.json();
    assert_eq!(own["passkeys"][0]["hardware"], false);
    identity::hardware::load(&world.app).unwrap();
    let session = sign_in(&world, &mut plain).await;
    for cookie in [&cookie, &session] {
        assert_eq!(people(&world, cookie).await.json()["type"], WANTED);
    }
    assert_eq!(world.get("/api/v1/me", Some(&session)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_key_still_counts_when_its_network_had_to_be_confirmed_first() {
    const AWAY: &str = "203.0.113.77";
    let ours = maker("Ours");
    let root = ours.root().to_owned();
    let (world, cookie) = World::set_up_with(move |config| {
        let file = config.data.parent().unwrap().join("makers.pem");
        std::fs::write(&file, root).unwrap();
        config.second_factor.staff_keys_file = Some(file);
        config.sign_in.confirm_location = true;
    })
    .await;
    identity::hardware::load(&world.app).unwrap();
    let mut key = device(&world);
    add(&world, &cookie, &mut key, Attestation::By(&ours)).await;
    world.wait(std::time::Duration::from_secs(1)); // letters of one moment have no order
    let begun = world.post("/api/v1/sign-in/passkey", None, json!({})).await.json();
    let credential = key.get(&begun["options"], Twist::None);
    let body = json!({ "ceremony": begun["ceremony"], "credential": credential });
    let waiting = world.post_from(AWAY, "/api/v1/sign-in/passkey/finish", None, body).await;
    assert_eq!(waiting.json()["next"], "confirm_location", "{}", waiting.text);
    let letter = world.letter(OWNER).await.unwrap();
    let token = letter.split("/sign-in-here?token=").nth(1).unwrap();
    let body = json!({ "token": token.split_whitespace().next().unwrap() });
    world.post_from(AWAY, "/api/v1/sign-in/location", None, body).await;
    let go_on = "/api/v1/sign-in/continue";
    let opened = world.post_from(AWAY, go_on, waiting.cookie.as_deref(), json!({})).await;
    assert_eq!(people(&world, &opened.cookie.unwrap()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_file_that_cannot_be_used_is_an_error_and_demands_nothing_less() {
    let folder = tempfile::tempdir().unwrap();
    let file: PathBuf = folder.path().join("makers.pem");
    let good = maker("Ours").root().to_owned();
    let torn = good[..good.len() / 2].to_owned();
    let not_base64 = "-----BEGIN CERTIFICATE-----\nä\n-----END CERTIFICATE-----\n".to_owned();
    for text in [String::new(), "hello".into(), torn.clone(), format!("{good}{torn}"), not_base64] {
        std::fs::write(&file, &text).unwrap();
        let why = identity::hardware::check(&file).unwrap_err();
        assert!(!why.is_empty(), "{text}");
    }
    std::fs::write(&file, "x".repeat((1 << 20) + 1)).unwrap();
    assert!(identity::hardware::check(&file).unwrap_err().contains("too many"));
    std::fs::write(&file, format!("{good}\n{good}")).unwrap();
    assert_eq!(identity::hardware::check(&file), Ok(1), "the same root twice is one");
    std::fs::remove_file(&file).unwrap();
    let config = floor(folder.path().join("data"));
    let listeners = vouchsafe::lifecycle::bind(&config).await.unwrap();
    let mut app = crate::support::open(config, std::sync::Arc::new(vouchsafe::clock::SystemClock));
    std::sync::Arc::get_mut(&mut app).unwrap().config.second_factor.staff_keys_file = Some(file);
    let started = vouchsafe::lifecycle::start(std::sync::Arc::clone(&app), listeners).await;
    let why = format!("{:#}", started.err().unwrap());
    assert!(why.contains("second_factor.staff_keys_file"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_it_is_demanded_the_line_is_proven() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("makers.pem");
    std::fs::write(&file, maker("Ours").root()).unwrap();
    let server = serving_with(folder.path(), |app| {
        let config = &mut std::sync::Arc::get_mut(app).unwrap().config;
        config.second_factor.staff_keys_file = Some(file);
    })
    .await;
    let line = until_claim(server.app(), "IDN-39", "proven").await;
    assert_eq!(line["target"]["environment"], "shadow", "{line}");
    assert!(line["attempts"].as_u64().unwrap() >= 30, "{line}");
    server.stop().await;
}
