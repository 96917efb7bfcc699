//! Tenants and their people: roles, the last owner, invitations for one address only.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{PASSWORD, World};

const TEAM: &str = "/api/v1/tenants/larkspur-dental";

async fn join(world: &World, owner: &str, email: &str, role: &str) -> (String, String) {
    let body = json!({ "email": email, "role": role });
    world.post(&format!("{TEAM}/invitations"), Some(owner), body).await;
    let token = world.token(email).await;
    let body = json!({ "token": token, "name": "Somebody New", "password": PASSWORD });
    let joined = world.post("/api/v1/invitations/accept", None, body).await;
    assert_eq!(joined.status, 200, "{}", joined.text);
    let cookie = joined.cookie.unwrap();
    let me = world.get("/api/v1/me", Some(&cookie)).await.json();
    (cookie, me["account"].as_str().unwrap().to_owned())
}

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
        let (cookie, account) = join(&world, &owner, &email, role).await;
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
    let (second, account) = join(&world, &owner, "two@larkspur.example", "viewer").await;
    assert_eq!(put_role(&world, &owner, &account, "owner").await, 204);
    assert_eq!(world.delete(&leave, &owner).await.status, 204);
    assert_eq!(world.get(&format!("{TEAM}/members"), Some(&owner)).await.status, 404);
    assert_eq!(world.get(&format!("{TEAM}/members"), Some(&second)).await.status, 200);
}

#[tokio::test]
async fn a_removed_member_finds_the_door_closed_at_the_next_request() {
    let (world, owner) = World::set_up().await;
    let (cookie, account) = join(&world, &owner, "jun@larkspur.example", "operator").await;
    assert_eq!(world.page("/t/larkspur-dental/team", Some(&cookie)).await.status, 200);
    assert_eq!(world.delete(&format!("{TEAM}/members/{account}"), &owner).await.status, 204);
    assert_eq!(world.page("/t/larkspur-dental/team", Some(&cookie)).await.status, 404);
    assert_eq!(world.get("/api/v1/sessions", Some(&cookie)).await.status, 200, "the account stays");
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
    world.wait(std::time::Duration::from_secs(1)); // letters of one moment have no order
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
