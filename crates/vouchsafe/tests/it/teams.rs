//! Tenants and their people: roles, the last owner, invitations for one address only.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{PASSWORD, World};

const TEAM: &str = "/api/v1/tenants/larkspur-dental";

async fn put_role(world: &World, cookie: &str, account: &str, role: &str) -> StatusCode {
    let path = format!("{TEAM}/members/{account}/role");
    let body = Some(json!({ "role": role }));
    world.send(Method::PUT, &path, Some(cookie), body, "application/json").await.status
}

#[tokio::test]
async fn every_role_may_do_what_the_table_says() {
    let (world, owner) = World::set_up().await;
    for role in ["viewer", "billing", "operator"] {
        let email = format!("{role}@larkspur.example");
        let (cookie, account) = world.join(&owner, &email, role).await;
        assert_eq!(world.get(&format!("{TEAM}/members"), Some(&cookie)).await.status, 200);
        let body = json!({ "email": "x@larkspur.example", "role": "viewer" });
        let invite = world.post(&format!("{TEAM}/invitations"), Some(&cookie), body).await;
        assert_eq!(invite.status, StatusCode::FORBIDDEN, "{role}");
        assert_eq!(put_role(&world, &cookie, &account, "owner").await, 403, "{role}");
        let page = world.page("/t/larkspur-dental/settings", Some(&cookie)).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.text.contains("name=\"description\""), role == "operator", "{role}");
    }
}

#[tokio::test]
async fn a_tenant_keeps_an_owner() {
    let (world, owner) = World::set_up().await;
    let me = world.get("/api/v1/me", Some(&owner)).await.json();
    let own = me["account"].as_str().unwrap().to_owned();
    assert_eq!(put_role(&world, &owner, &own, "viewer").await, StatusCode::CONFLICT);
    let leave = format!("{TEAM}/members/{own}");
    assert_eq!(world.delete(&leave, &owner).await.status, StatusCode::CONFLICT);
    let (second, account) = world.join(&owner, "two@larkspur.example", "viewer").await;
    assert_eq!(put_role(&world, &owner, &account, "owner").await, 204);
    assert_eq!(world.delete(&leave, &owner).await.status, 204);
    assert_eq!(world.get(&format!("{TEAM}/members"), Some(&owner)).await.status, 404);
    assert_eq!(world.get(&format!("{TEAM}/members"), Some(&second)).await.status, 200);
}

#[tokio::test]
async fn a_removed_member_finds_the_door_closed_at_the_next_request() {
    let (world, owner) = World::set_up().await;
    let (cookie, account) = world.join(&owner, "jun@larkspur.example", "operator").await;
    assert_eq!(world.page("/t/larkspur-dental/team", Some(&cookie)).await.status, 200);
    assert_eq!(world.delete(&format!("{TEAM}/members/{account}"), &owner).await.status, 204);
    assert!(world.get(&format!("{TEAM}/members"), Some(&cookie)).await.status.is_client_error());
    let me = world.get("/api/v1/me", Some(&cookie)).await.status;
    assert_eq!(me, StatusCode::UNAUTHORIZED, "the session that entered has ended");
    let again = world.sign_in("jun@larkspur.example", PASSWORD).await;
    assert_eq!(again.status, StatusCode::OK, "the account stays");
}

#[tokio::test]
async fn leaving_ends_no_session_and_removing_ends_those_that_entered_alone() {
    let (world, owner) = World::set_up().await;
    let (cookie, account) = world.join(&owner, "jun@larkspur.example", "operator").await;
    assert_eq!(world.get(TEAM, Some(&cookie)).await.status, 200);
    let other = world.sign_in("jun@larkspur.example", PASSWORD).await.cookie.unwrap();
    assert_eq!(world.get("/api/v1/me", Some(&other)).await.status, 200);
    let member = format!("{TEAM}/members/{account}");
    assert_eq!(world.delete(&member, &owner).await.status, 204);
    assert_eq!(world.get("/api/v1/me", Some(&cookie)).await.status, 401);
    assert_eq!(world.get("/api/v1/me", Some(&other)).await.status, 200, "it never entered");

    world.wait(Duration::from_secs(1));
    let body = json!({ "email": "jun@larkspur.example", "role": "viewer" });
    world.post(&format!("{TEAM}/invitations"), Some(&owner), body).await;
    let token = world.token("jun@larkspur.example").await;
    let body = json!({ "token": token });
    assert_eq!(world.post("/api/v1/invitations/accept", Some(&other), body).await.status, 200);
    assert_eq!(world.get(TEAM, Some(&other)).await.status, 200);
    assert_eq!(world.delete(&member, &other).await.status, 204);
    assert_eq!(world.get(TEAM, Some(&other)).await.status, 404);
    assert_eq!(world.get("/api/v1/me", Some(&other)).await.status, 200, "who leaves goes on");
}

#[tokio::test]
async fn an_invitation_that_is_sent_again_has_a_new_link_and_seven_days() {
    let (world, owner) = World::set_up().await;
    let invite = json!({ "email": "ada@larkspur.example", "role": "billing" });
    let made = world.post(&format!("{TEAM}/invitations"), Some(&owner), invite).await.json();
    let old = world.token("ada@larkspur.example").await;
    let resend = format!("{TEAM}/invitations/{}/resend", made["id"].as_str().unwrap());
    assert_eq!(world.post(&resend, Some(&owner), json!({})).await.status, 422, "just sent");
    world.wait(Duration::from_secs(6 * 86_400));
    let owner = world.sign_in("mara@larkspur.example", PASSWORD).await.cookie.unwrap();
    let again = world.post(&resend, Some(&owner), json!({})).await;
    assert_eq!(again.status, 200, "{}", again.text);
    let fresh = world.token("ada@larkspur.example").await;
    assert_ne!(old, fresh);
    assert_eq!(world.page(&format!("/invite?token={old}"), None).await.status, StatusCode::GONE);
    world.wait(Duration::from_secs(6 * 86_400));
    assert_eq!(world.page(&format!("/invite?token={fresh}"), None).await.status, StatusCode::OK);
    assert!(world.actions().await.contains(&"invitation.resent".to_owned()));
}

/// Somebody who can write rows still cannot make an owner of a viewer: the link is signed over what it invites to.
#[tokio::test]
async fn a_changed_row_makes_no_other_invitation_of_a_link() {
    let (world, owner) = World::set_up().await;
    let invite = json!({ "email": "ada@larkspur.example", "role": "viewer" });
    world.post(&format!("{TEAM}/invitations"), Some(&owner), invite).await;
    let link = format!("/invite?token={}", world.token("ada@larkspur.example").await);
    assert_eq!(world.page(&link, None).await.status, StatusCode::OK);
    std::fs::write(world.app.store.folder().join("SHADOW"), "").unwrap();
    let control = world.app.store.control();
    for (change, back) in [
        ("UPDATE invitation SET role = 'owner'", "UPDATE invitation SET role = 'viewer'"),
        (
            "UPDATE invitation SET expires_at = expires_at + 1000",
            "UPDATE invitation SET expires_at = expires_at - 1000",
        ),
    ] {
        world.app.store.plant(control, change, &[]).unwrap();
        assert_eq!(world.page(&link, None).await.status, StatusCode::GONE, "{change}");
        world.app.store.plant(control, back, &[]).unwrap();
        assert_eq!(world.page(&link, None).await.status, StatusCode::OK, "{back}");
    }
}

#[tokio::test]
async fn a_tenant_is_handed_over_in_one_step_by_whoever_shows_who_they_are() {
    let (world, owner) = World::set_up().await;
    let (second, account) = world.join(&owner, "two@larkspur.example", "viewer").await;
    let path = format!("{TEAM}/owner");
    let hand = async |cookie: &str, to: &str| {
        let body = Some(json!({ "account": to }));
        world.send(Method::PUT, &path, Some(cookie), body, "application/json").await
    };
    assert_eq!(hand(&second, &account).await.status, 403, "a viewer");
    world.wait(Duration::from_secs(700));
    let late = hand(&owner, &account).await;
    assert_eq!(late.json()["type"], "/problem/kernel/show-first", "{}", late.text);
    let owner = world.sign_in("mara@larkspur.example", PASSWORD).await.cookie.unwrap();
    assert_eq!(hand(&owner, "acc_00000000000000000000000000").await.status, 404);
    assert_eq!(hand(&owner, &account).await.status, 204);
    let role = |list: Value, email: &str| {
        let items = list["items"].as_array().unwrap().clone();
        let own = items.into_iter().find(|m| m["email"] == email).unwrap();
        own["role"].as_str().unwrap().to_owned()
    };
    let members = world.get(&format!("{TEAM}/members"), Some(&second)).await.json();
    assert_eq!(role(members.clone(), "two@larkspur.example"), "owner");
    assert_eq!(role(members, "mara@larkspur.example"), "operator");
    assert_eq!(hand(&owner, &account).await.status, 403, "an operator now");
}

#[tokio::test]
async fn an_invitation_is_for_one_address() {
    let (world, owner) = World::set_up().await;
    let other = world.person("other@otterfield.example").await;
    let body = json!({ "email": "jun@larkspur.example", "role": "operator" });
    world.post(&format!("{TEAM}/invitations"), Some(&owner), body).await;
    let token = world.token("jun@larkspur.example").await;
    let accept = json!({ "token": token });
    let refused = world.post("/api/v1/invitations/accept", Some(&other), accept.clone()).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let jun = world.person("jun@larkspur.example").await;
    let new = json!({ "token": token, "name": "Not Jun", "password": PASSWORD });
    assert_eq!(world.post("/api/v1/invitations/accept", None, new).await.status, 409);
    assert_eq!(world.post("/api/v1/invitations/accept", Some(&jun), accept).await.status, 200);
}

#[tokio::test]
async fn a_changed_token_invites_nobody() {
    let (world, owner) = World::set_up().await;
    let body = json!({ "email": "jun@larkspur.example", "role": "operator" });
    world.post(&format!("{TEAM}/invitations"), Some(&owner), body).await;
    let token = world.token("jun@larkspur.example").await;
    for at in (8..token.len()).step_by(3) {
        let mut changed = token.clone().into_bytes();
        changed[at] = if changed[at] == b'x' { b'y' } else { b'x' };
        let changed = String::from_utf8(changed).unwrap();
        let body = json!({ "token": changed, "name": "X", "password": PASSWORD });
        let answer = world.post("/api/v1/invitations/accept", None, body).await;
        assert_eq!(answer.status, StatusCode::GONE, "letter {at}");
    }
}

#[tokio::test]
async fn of_two_who_accept_at_once_one_joins() {
    let (world, owner) = World::set_up().await;
    let jun = world.person("jun@larkspur.example").await;
    world.wait(Duration::from_secs(1)); // letters of one moment have no order
    let body = json!({ "email": "jun@larkspur.example", "role": "operator" });
    world.post(&format!("{TEAM}/invitations"), Some(&owner), body).await;
    let token = world.token("jun@larkspur.example").await;
    let accept = || world.post("/api/v1/invitations/accept", Some(&jun), json!({ "token": token }));
    let (a, b, c) = tokio::join!(accept(), accept(), accept());
    let joined = [a, b, c].iter().filter(|x| x.status == 200).count();
    assert_eq!(joined, 1);
    let members: Value = world.get(&format!("{TEAM}/members"), Some(&owner)).await.json();
    assert_eq!(members["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn tenants_of_the_same_name_get_names_of_their_own() {
    let (world, owner) = World::set_up().await;
    let make = || world.post("/api/v1/tenants", Some(&owner), json!({ "name": "Larkspur Dental" }));
    assert_eq!(make().await.json()["slug"], "larkspur-dental-2");
    assert_eq!(make().await.json()["slug"], "larkspur-dental-3");
    let odd = world.post("/api/v1/tenants", Some(&owner), json!({ "name": "日本" })).await;
    assert_eq!(odd.json()["slug"], "tenant");
    let region = json!({ "name": "X", "region": "../../etc" });
    assert_eq!(world.post("/api/v1/tenants", Some(&owner), region).await.status, 422);
}
