//! What ends by itself, a moment before and a moment after.

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::json;

use crate::support::{PASSWORD, World};

const MOMENT: Duration = Duration::from_millis(1);
const DAY: Duration = Duration::from_hours(24);

async fn invited(world: &World, cookie: &str) -> String {
    let body = json!({ "email": "priya@larkspur.example", "role": "viewer" });
    let made = world.post("/api/v1/tenants/larkspur-dental/invitations", Some(cookie), body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    world.token("priya@larkspur.example").await
}

async fn accept(world: &World, token: &str) -> StatusCode {
    let body = json!({ "token": token, "name": "Priya Raman", "password": PASSWORD });
    world.post("/api/v1/invitations/accept", None, body).await.status
}

#[tokio::test]
async fn an_invitation_works_for_seven_days() {
    let (world, cookie) = World::set_up().await;
    let token = invited(&world, &cookie).await;
    world.wait(7 * DAY - MOMENT);
    assert_eq!(accept(&world, &token).await, StatusCode::OK);
    assert_eq!(accept(&world, &token).await, StatusCode::GONE, "it works once");
}

#[tokio::test]
async fn and_not_a_moment_longer() {
    let (world, cookie) = World::set_up().await;
    let token = invited(&world, &cookie).await;
    world.wait(7 * DAY);
    assert_eq!(accept(&world, &token).await, StatusCode::GONE);
}

#[tokio::test]
async fn a_set_up_link_works_for_half_an_hour() {
    for (wait, expected) in
        [(Duration::from_mins(30) - MOMENT, 201), (Duration::from_mins(30), 410)]
    {
        let world = World::new();
        let link = identity::setup::make_link(&world.app).await.unwrap().unwrap();
        let token = link.reveal().split("token=").nth(1).unwrap().to_owned();
        world.wait(wait);
        let body = json!({ "token": token, "organisation": "Larkspur", "name": "Mara",
            "email": "mara@larkspur.example", "password": PASSWORD });
        assert_eq!(world.post("/api/v1/setup", None, body).await.status, expected);
    }
}

#[tokio::test]
async fn a_reset_link_works_for_half_an_hour() {
    for (wait, expected) in
        [(Duration::from_mins(30) - MOMENT, 204), (Duration::from_mins(30), 410)]
    {
        let (world, _) = World::set_up().await;
        world
            .post("/api/v1/password-reset", None, json!({ "email": "mara@larkspur.example" }))
            .await;
        let token = world.token("mara@larkspur.example").await;
        world.wait(wait);
        let body = json!({ "token": token, "password": "another long password" });
        assert_eq!(world.post("/api/v1/password-reset/finish", None, body).await.status, expected);
    }
}

#[tokio::test]
async fn a_confirmation_works_for_a_day() {
    for (wait, expected) in [(DAY - MOMENT, 204), (DAY, 410)] {
        let (world, _) = World::set_up().await;
        let body =
            json!({ "email": "jun@otterfield.example", "name": "Jun", "password": PASSWORD });
        world.post("/api/v1/sign-up", None, body).await;
        let token = world.token("jun@otterfield.example").await;
        world.wait(wait);
        let answer = world.post("/api/v1/confirm", None, json!({ "token": token })).await;
        assert_eq!(answer.status, expected);
    }
}

#[tokio::test]
async fn a_session_ends_when_idle_and_in_any_case_after_its_absolute_life() {
    let (world, cookie) = World::set_up().await;
    let status = async || world.get("/api/v1/sessions", Some(&cookie)).await.status;
    for _ in 0..4 {
        world.wait(7 * DAY - MOMENT);
        assert_eq!(status().await, 200, "used within its idle time");
        // The activity is noted beside the request.
        for _ in 0..50 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
    world.wait(2 * DAY);
    assert_eq!(status().await, 200);
    world.wait(Duration::from_secs(60));
    assert_eq!(status().await, 401, "thirty days are over");
}

#[tokio::test]
async fn an_idle_session_ends() {
    let (world, cookie) = World::set_up().await;
    world.wait(7 * DAY);
    assert_eq!(world.get("/api/v1/sessions", Some(&cookie)).await.status, 401);
}

#[tokio::test]
async fn a_token_ends_on_its_day() {
    let (world, cookie) = World::set_up().await;
    let body = json!({ "name": "nightly", "expires_in_days": 1, "scopes": ["all"] });
    world.post("/api/v1/tokens", Some(&cookie), body).await;
    for days in [0, 91, u32::MAX] {
        let body = json!({ "name": "x", "expires_in_days": days, "scopes": ["all"] });
        assert_eq!(world.post("/api/v1/tokens", Some(&cookie), body).await.status, 422);
    }
    let state = async || {
        let list = world.get("/api/v1/tokens", Some(&cookie)).await.json();
        list["items"][0]["state"].as_str().unwrap().to_owned()
    };
    world.wait(DAY - MOMENT);
    assert_eq!(state().await, "active");
    world.wait(MOMENT);
    assert_eq!(state().await, "expired");
}
