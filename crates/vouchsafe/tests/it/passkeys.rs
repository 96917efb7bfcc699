//! Passkeys with an authenticator and a client that others wrote (crate `passkey`), and what an answer is not good for.

use std::time::Duration;

use axum::http::StatusCode;
use passkey::authenticator::{Authenticator, UiHint, UserCheck, UserValidationMethod};
use passkey::client::{Client, DefaultClientData};
use passkey::crypto::rust_crypto::RustCryptoBackend;
use passkey::types::Passkey;
use passkey::types::ctap2::{Aaguid, Ctap2Error};
use serde_json::{Value, json};
use url::Url;

use crate::support::{Answer, PASSWORD, World};

const OWNER: &str = "mara@larkspur.example";

/// Somebody with a finger on the sensor.
struct Finger;

#[async_trait::async_trait]
impl UserValidationMethod for Finger {
    type PasskeyItem = Passkey;

    async fn check_user<'a>(
        &self,
        _: UiHint<'a, Passkey>,
        _: bool,
        _: bool,
    ) -> Result<UserCheck, Ctap2Error> {
        Ok(UserCheck { presence: true, verification: true })
    }

    fn is_presence_enabled(&self) -> bool {
        true
    }

    fn is_verification_enabled(&self) -> Option<bool> {
        Some(true)
    }
}

/// A browser on localhost with a device that holds one passkey.
macro_rules! device {
    () => {{
        let none: Option<Passkey> = None;
        let held = Authenticator::new(Aaguid::new_empty(), none, Finger, RustCryptoBackend);
        Client::new(held).allows_insecure_localhost(true)
    }};
}

fn here() -> Url {
    Url::parse("http://localhost:8080").unwrap()
}

async fn begin(world: &World, cookie: Option<&str>, path: &str) -> Value {
    let begun = world.post(path, cookie, json!({})).await;
    assert_eq!(begun.status, StatusCode::OK, "{path}: {}", begun.text);
    begun.json()
}

/// Puts the device's passkey on an account.
macro_rules! enrol {
    ($world:expr, $device:expr, $cookie:expr) => {{
        let begun = begin($world, Some($cookie), "/api/v1/factors/passkeys").await;
        let options = serde_json::from_value(begun["options"].clone()).unwrap();
        let made = $device.register(&here(), options, DefaultClientData).await.unwrap();
        let body = json!({ "ceremony": begun["ceremony"], "name": "Key",
                           "credential": answer(&made) });
        $world.post("/api/v1/factors/passkeys/finish", Some($cookie), body).await
    }};
}

/// Asks the device, and answers the body that finishes a ceremony.
macro_rules! touch {
    ($device:expr, $begun:expr) => {{
        let options = serde_json::from_value($begun["options"].clone()).unwrap();
        let got = $device.authenticate(&here(), options, DefaultClientData).await.unwrap();
        json!({ "ceremony": $begun["ceremony"], "credential": answer(&got) })
    }};
}

/// As a browser's script sends it: only what the protocol wants.
fn answer(credential: &impl serde::Serialize) -> Value {
    let mut all = serde_json::to_value(credential).unwrap();
    all["extensions"] = json!({});
    for extra in ["clientExtensionResults", "authenticatorAttachment"] {
        all.as_object_mut().unwrap().remove(extra);
    }
    all
}

async fn sign_in(world: &World, body: Value) -> Answer {
    world.post("/api/v1/sign-in/passkey/finish", None, body).await
}

#[tokio::test]
async fn an_authenticator_of_others_registers_and_signs_in_once_a_ceremony() {
    let (world, cookie) = World::set_up().await;
    let mut device = device!();
    let added = enrol!(&world, device, &cookie);
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.text);
    let begun = begin(&world, None, "/api/v1/sign-in/passkey").await;
    let body = touch!(device, begun);
    let opened = sign_in(&world, body.clone()).await;
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.text);
    let session = opened.cookie.unwrap();
    assert_eq!(world.get("/api/v1/me", Some(&session)).await.status, StatusCode::OK);
    assert_eq!(sign_in(&world, body.clone()).await.status, StatusCode::GONE, "replayed");
    let other = begin(&world, None, "/api/v1/sign-in/passkey").await;
    let moved = json!({ "ceremony": other["ceremony"], "credential": body["credential"] });
    assert_eq!(sign_in(&world, moved).await.status, StatusCode::UNAUTHORIZED, "another challenge");
    let late = begin(&world, None, "/api/v1/sign-in/passkey").await;
    let late = touch!(device, late);
    world.wait(Duration::from_secs(301));
    assert_eq!(sign_in(&world, late).await.status, StatusCode::GONE, "too late");
    // It counts as a second factor, and to show again who one is.
    let waiting = world.sign_in(OWNER, PASSWORD).await;
    assert_eq!(waiting.json()["next"], "second_factor");
    let waiting = waiting.cookie.unwrap();
    let second = begin(&world, Some(&waiting), "/api/v1/sign-in/factor/passkey").await;
    let mut body = touch!(device, second);
    body["method"] = json!("passkey");
    let opened = world.post("/api/v1/sign-in/factor", Some(&waiting), body).await;
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.text);
    let session = opened.cookie.unwrap();
    let shown = begin(&world, Some(&session), "/api/v1/session/show/passkey").await;
    let mut body = touch!(device, shown);
    body["method"] = json!("passkey");
    let shown = world.post("/api/v1/session/show", Some(&session), body).await;
    assert_eq!(shown.status, StatusCode::NO_CONTENT, "{}", shown.text);
}

#[tokio::test]
async fn a_passkey_opens_nothing_of_another_account_or_installation() {
    let (world, mara) = World::set_up().await;
    let jun = world.person("jun@larkspur.example").await;
    let (mut maras, mut juns) = (device!(), device!());
    assert_eq!(enrol!(&world, maras, &mara).status, StatusCode::CREATED);
    assert_eq!(enrol!(&world, juns, &jun).status, StatusCode::CREATED);
    let waiting = world.sign_in(OWNER, PASSWORD).await.cookie.unwrap();
    let mut second = begin(&world, Some(&waiting), "/api/v1/sign-in/factor/passkey").await;
    // Whoever answers with another device has to change what is asked for.
    second["options"]["publicKey"]["allowCredentials"] = json!([]);
    let mut body = touch!(juns, second);
    body["method"] = json!("passkey");
    let refused = world.post("/api/v1/sign-in/factor", Some(&waiting), body).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{}", refused.text);
    let (other, theirs) = World::set_up().await;
    let mut stranger = device!();
    assert_eq!(enrol!(&other, stranger, &theirs).status, StatusCode::CREATED);
    let begun = begin(&world, None, "/api/v1/sign-in/passkey").await;
    let refused = sign_in(&world, touch!(stranger, begun)).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "of another installation");
    // A registration that one began is not the other's to finish.
    let begun = begin(&world, Some(&mara), "/api/v1/factors/passkeys").await;
    let options = serde_json::from_value(begun["options"].clone()).unwrap();
    let made = device!().register(&here(), options, DefaultClientData).await.unwrap();
    let body = json!({ "ceremony": begun["ceremony"], "name": "Key", "credential": answer(&made) });
    let refused = world.post("/api/v1/factors/passkeys/finish", Some(&jun), body).await;
    assert_eq!(refused.status, StatusCode::GONE);
}

/// A device that is made to answer on another site's page in our name: what it signs says where it was asked.
#[tokio::test]
async fn an_answer_that_was_given_on_another_site_opens_nothing() {
    let (world, cookie) = World::set_up().await;
    let mut device = device!();
    assert_eq!(enrol!(&world, device, &cookie).status, StatusCode::CREATED);
    for place in ["https://console.evil.example", "http://localhost.evil.example:8080"] {
        let begun = begin(&world, None, "/api/v1/sign-in/passkey").await;
        let options = serde_json::from_value(begun["options"].clone()).unwrap();
        let place = Url::parse(place).unwrap();
        // This client lets every site ask for localhost; a browser would not.
        let got = device.authenticate(&place, options, DefaultClientData).await.unwrap();
        let body = json!({ "ceremony": begun["ceremony"], "credential": answer(&got) });
        assert_eq!(sign_in(&world, body).await.status, StatusCode::UNAUTHORIZED, "{place}");
    }
}
