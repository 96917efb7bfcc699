//! Sign-ins from networks that an account does not know, where they have to be confirmed.

use std::sync::Arc;
use std::time::Duration;

use axum::http::{Method, StatusCode};
use kernel::App;
use serde_json::{Value, json};

use crate::proofs::{serving_with, until_claim};
use crate::support::{Answer, PASSWORD, World};

const OWNER: &str = "mara@larkspur.example";
const AWAY: &str = "203.0.113.77";

async fn strict() -> (World, String) {
    World::set_up_with(|config| config.sign_in.confirm_location = true).await
}

async fn go_on(world: &World, from: &str, waiting: &str) -> Answer {
    world.post_from(from, "/api/v1/sign-in/continue", Some(waiting), json!({})).await
}

async fn link(world: &World) -> String {
    let text = world.letter(OWNER).await.unwrap();
    let rest = text.split("/sign-in-here?token=").nth(1).unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

async fn confirm(world: &World, token: &str) -> StatusCode {
    let body = json!({ "token": token });
    world.post_from("198.51.100.9", "/api/v1/sign-in/location", None, body).await.status
}

#[tokio::test]
async fn no_session_before_the_link_was_used_and_one_where_it_began() {
    let (world, _) = strict().await;
    let begun = world.sign_in_from(AWAY, OWNER, PASSWORD, None).await;
    assert_eq!(begun.json()["next"], "confirm_location");
    let waiting = begun.cookie.unwrap();
    assert_eq!(world.get("/api/v1/me", Some(&waiting)).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(go_on(&world, AWAY, &waiting).await.json()["next"], "confirm_location");
    let token = link(&world).await;
    assert_eq!(confirm(&world, &token).await, StatusCode::NO_CONTENT);
    assert_eq!(confirm(&world, &token).await, StatusCode::GONE, "it works once");
    let elsewhere = go_on(&world, "192.0.2.200", &waiting).await;
    assert_eq!(elsewhere.status, StatusCode::GONE, "the cookie was taken to another network");
    let opened = go_on(&world, AWAY, &waiting).await;
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.text);
    assert_eq!(world.get("/api/v1/me", opened.cookie.as_deref()).await.status, StatusCode::OK);
    assert_eq!(go_on(&world, AWAY, &waiting).await.status, StatusCode::GONE);
    let again = world.sign_in_from(AWAY, OWNER, PASSWORD, None).await;
    assert!(again.json()["next"].is_null(), "the network is known now");
}

#[tokio::test]
async fn a_second_factor_comes_first_and_does_not_replace_the_link() {
    let (world, cookie) = strict().await;
    let app = crate::factors::App::enrol(&world, &cookie).await;
    world.work().await;
    world.wait(Duration::from_secs(1)); // letters of one moment have no order
    let begun = world.sign_in_from(AWAY, OWNER, PASSWORD, None).await;
    assert_eq!(begun.json()["next"], "second_factor");
    let waiting = begun.cookie.unwrap();
    assert_eq!(go_on(&world, AWAY, &waiting).await.status, StatusCode::GONE, "too early");
    let body = json!({ "method": "totp", "code": app.code(&world, 0) });
    let path = "/api/v1/sign-in/factor";
    let shown = world.post_from(AWAY, path, Some(&waiting), body.clone()).await;
    assert_eq!(shown.json()["next"], "confirm_location", "{}", shown.text);
    let again = world.post_from(AWAY, path, Some(&waiting), body).await;
    assert_eq!(again.status, StatusCode::GONE);
    assert_eq!(confirm(&world, &link(&world).await).await, StatusCode::NO_CONTENT);
    let opened = go_on(&world, AWAY, &waiting).await;
    let session = opened.cookie.unwrap();
    let own = world.get("/api/v1/sessions", Some(&session)).await.json();
    let methods: Vec<&Value> =
        own["items"].as_array().unwrap().iter().map(|s| &s["method"]).collect();
    assert!(methods.contains(&&json!("totp")), "{own}");
}

#[tokio::test]
async fn the_owner_ends_it_and_time_does() {
    let (world, _) = strict().await;
    let waiting = world.sign_in_from(AWAY, OWNER, PASSWORD, None).await.cookie.unwrap();
    let token = link(&world).await;
    let page = world.page(&format!("/sign-in-here?token={token}"), None).await;
    assert!(page.text.contains(AWAY), "the page says from where");
    let stamp = kernel::web::trap::stamp(&world.app, world.app.clock.now());
    let fields = format!("stamp={stamp}&website=&token={token}");
    let refused = world.form("/sign-in-here/refuse", &fields).await;
    assert_eq!(refused.location.as_deref(), Some("/recover?notice=location-refused"));
    assert_eq!(confirm(&world, &token).await, StatusCode::GONE);
    assert_eq!(go_on(&world, AWAY, &waiting).await.status, StatusCode::GONE);
    world.wait(Duration::from_secs(1));
    world.sign_in_from(AWAY, OWNER, PASSWORD, None).await;
    let late = link(&world).await;
    world.wait(Duration::from_secs(31 * 60));
    assert_eq!(confirm(&world, &late).await, StatusCode::GONE);
}

#[tokio::test]
async fn a_forged_link_and_a_change_of_password_open_nothing() {
    let (world, cookie) = strict().await;
    let waiting = world.sign_in_from(AWAY, OWNER, PASSWORD, None).await.cookie.unwrap();
    let token = link(&world).await;
    for forged in ["", "x", &token[..token.len() - 2], &token.replace("loc", "rst")] {
        assert_eq!(confirm(&world, forged).await, StatusCode::GONE, "{forged}");
    }
    let body = json!({ "current": PASSWORD, "password": "another and long password" });
    let changed = world.send(Method::POST, "/api/v1/password", Some(&cookie), Some(body), "").await;
    assert_eq!(changed.status, StatusCode::NO_CONTENT, "{}", changed.text);
    assert_eq!(confirm(&world, &token).await, StatusCode::GONE);
    assert_eq!(go_on(&world, AWAY, &waiting).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn off_by_default_and_then_a_line_says_so() {
    let world = World::set_up().await.0;
    let away = world.sign_in_from(AWAY, OWNER, PASSWORD, None).await;
    assert!(away.json()["next"].is_null());
    let catalogue = serde_json::to_value(posture::catalogue_json(&world.app).unwrap()).unwrap();
    for id in ["IDN-24", "IDN-25", "IDN-32"] {
        let rows = catalogue.as_array().unwrap();
        let line = rows.iter().find(|c| c["id"] == id).unwrap();
        assert_eq!(line["state"], "off", "{id}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn switched_on_it_is_proven_and_the_canaries_live_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let strict = |app: &mut Arc<App>| {
        Arc::get_mut(app).unwrap().config.sign_in.confirm_location = true;
    };
    let server = serving_with(folder.path(), strict).await;
    let app = Arc::clone(server.app());
    let line = until_claim(&app, "IDN-32", "proven").await;
    assert!(line["attempts"].as_u64().unwrap() >= 8, "{line}");
    until_claim(&app, "OPS-01", "proven").await;
    server.stop().await;
}

/// Classes and age of passwords are promises only where the classic policy is switched on.
#[tokio::test(flavor = "multi_thread")]
async fn the_classic_policy_is_proven_where_it_is_on() {
    let folder = tempfile::tempdir().unwrap();
    let classic = |app: &mut Arc<App>| {
        Arc::get_mut(app).unwrap().config.password.policy = kernel::config::Policy::Classic;
    };
    let server = serving_with(folder.path(), classic).await;
    let app = Arc::clone(server.app());
    for claim in ["IDN-24", "IDN-25"] {
        let line = until_claim(&app, claim, "proven").await;
        assert_eq!(line["target"]["environment"], "shadow", "{line}");
        assert!(line["attempts"].as_u64().unwrap() >= 5, "{line}");
    }
    server.stop().await;
}
