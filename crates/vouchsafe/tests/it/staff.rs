//! The platform's own people: they sign before anything is open, are looked at by others, and go at once.

use std::time::Duration;

use axum::http::Method;
use serde_json::{Value, json};

use crate::support::World;

const STAFF: &str = "/api/v1/staff";
const INVITATIONS: &str = "/api/v1/staff-invitations";
const JOIN: &str = "/api/v1/staff-invitations/accept";
const GUEST: &str = "ines@halyard.example";

async fn invite(world: &World, by: &str) -> String {
    let body = json!({ "email": GUEST, "duties": "questions of customers" });
    assert_eq!(world.post(INVITATIONS, Some(by), body).await.status, 201);
    world.token(GUEST).await
}

async fn digest(world: &World) -> Value {
    world.get("/api/v1/staff-agreement", None).await.json()["digest"].clone()
}

async fn join(world: &World, by: &str) -> String {
    let token = invite(world, by).await;
    let body = json!({ "token": token, "name": "Ines Okafor", "password": "quiet-otter-9-lantern",
        "agreement": digest(world).await });
    let joined = world.post(JOIN, None, body).await;
    assert_eq!(joined.status, 201, "{}", joined.text);
    joined.cookie.unwrap()
}

async fn people(world: &World, who: &str) -> Vec<Value> {
    world.get(STAFF, Some(who)).await.json()["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn who_does_not_sign_gets_no_account() {
    let (world, boss) = World::set_up().await;
    let token = invite(&world, &boss).await;
    for agreement in [json!(""), json!("0".repeat(64)), json!("no digest")] {
        let body = json!({ "token": token, "name": "Ines Okafor",
            "password": "quiet-otter-9-lantern", "agreement": agreement });
        let refused = world.post(JOIN, None, body).await;
        assert_eq!(refused.status, 422, "{}", refused.text);
        assert_eq!(refused.json()["errors"][0]["field"], "agreement");
    }
    assert_eq!(people(&world, &boss).await.len(), 1);
    // The link still works for whoever signs, and then no more.
    let body = json!({ "token": token, "name": "Ines Okafor",
        "password": "quiet-otter-9-lantern", "agreement": digest(&world).await });
    let joined = world.post(JOIN, None, body.clone()).await;
    assert_eq!(joined.status, 201);
    let guest = joined.cookie.unwrap();
    assert_eq!(people(&world, &guest).await.len(), 2);
    assert_eq!(world.post(JOIN, None, body).await.status, 410);
    ::audit::drain(&world.app).await.unwrap();
    let path = "/api/v1/audit-events?action=staff.agreement_signed";
    let log = world.get(path, Some(&guest)).await.json();
    assert_eq!(log["items"].as_array().unwrap().len(), 2, "who set it up has signed, too");
}

#[tokio::test]
async fn staff_from_before_the_agreement_sign_it_first() {
    let (world, boss) = World::set_up().await;
    let unsign = |tx: &store::Tx<'_>| {
        tx.execute("UPDATE staff SET signed_at = NULL, agreement = NULL", store::params![])
    };
    world.app.store.control().write(unsign).await.unwrap();
    let closed = world.get(STAFF, Some(&boss)).await;
    assert_eq!(closed.json()["type"], "/problem/kernel/agreement-wanted");
    let page = world.page("/admin/tenants", Some(&boss)).await;
    assert_eq!(page.location.as_deref(), Some("/staff/agreement#sign"));
    let wrong = json!({ "digest": "0".repeat(64) });
    assert_eq!(world.post("/api/v1/staff-agreement/sign", Some(&boss), wrong).await.status, 422);
    let right = json!({ "digest": digest(&world).await });
    assert_eq!(
        world.post("/api/v1/staff-agreement/sign", Some(&boss), right.clone()).await.status,
        204
    );
    assert_eq!(world.get(STAFF, Some(&boss)).await.status, 200);
    assert_eq!(
        world.post("/api/v1/staff-agreement/sign", Some(&boss), right.clone()).await.status,
        404
    );
    let customer = world.person("jun@otterfield.example").await;
    assert_eq!(
        world.post("/api/v1/staff-agreement/sign", Some(&customer), right).await.status,
        404
    );
}

#[tokio::test]
async fn a_customers_account_never_becomes_staff() {
    let (world, boss) = World::set_up().await;
    world.person("jun@otterfield.example").await;
    let body = json!({ "email": "jun@otterfield.example", "duties": "all" });
    let refused = world.post(INVITATIONS, Some(&boss), body).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.json()["errors"][0]["text"], "error-staff-has-account");
    // Nor in the time between.
    let token = invite(&world, &boss).await;
    world.person(GUEST).await;
    let body = json!({ "token": token, "name": "Ines", "password": "quiet-otter-9-lantern",
        "agreement": digest(&world).await });
    assert_eq!(world.post(JOIN, None, body).await.status, 410);
    assert_eq!(people(&world, &boss).await.len(), 1);
}

#[tokio::test]
async fn whoever_is_removed_is_out_at_once_and_somebody_is_left() {
    let (world, boss) = World::set_up().await;
    let only = people(&world, &boss).await[0]["account"].as_str().unwrap().to_owned();
    let path = format!("{STAFF}/{only}");
    let last = world.delete(&path, &boss).await;
    assert_eq!(last.json()["type"], "/problem/identity/last-staff");
    assert_eq!(people(&world, &boss).await.len(), 1, "nothing was changed");

    let guest = join(&world, &boss).await;
    let own = people(&world, &boss).await;
    let own = own.iter().find(|p| p["email"] == GUEST).unwrap()["account"].clone();
    let gone = world.delete(&format!("{STAFF}/{}", own.as_str().unwrap()), &boss).await;
    assert_eq!(gone.status, 204);
    assert_eq!(world.get(STAFF, Some(&guest)).await.status, 401, "the session has ended");
    assert_eq!(people(&world, &boss).await.len(), 1);
}

#[tokio::test]
async fn somebody_else_looks_whether_access_is_still_needed() {
    let (world, boss) = World::set_up().await;
    let find = async |email: &str| {
        people(&world, &boss).await.into_iter().find(|p| p["email"] == email).unwrap()
    };
    let review = async |who: &str, account: &Value| {
        let path = format!("{STAFF}/{}/review", account.as_str().unwrap());
        world
            .send(
                Method::POST,
                &path,
                Some(who),
                Some(json!({ "duties": "billing" })),
                "application/json",
            )
            .await
    };
    let own = people(&world, &boss).await[0]["account"].clone();
    assert_eq!(review(&boss, &own).await.status, 204, "who is alone looks at themselves");
    let guest = join(&world, &boss).await;
    let other = find(GUEST).await;
    assert_eq!(review(&guest, &other["account"]).await.status, 422, "not at oneself");
    world.wait(Duration::from_secs(3_600));
    assert_eq!(review(&boss, &other["account"]).await.json()["type"], "/problem/kernel/show-first");
    assert!(find(GUEST).await["reviewed_at"].is_null());
}

#[tokio::test]
async fn an_invitation_can_be_withdrawn() {
    let (world, boss) = World::set_up().await;
    let token = invite(&world, &boss).await;
    let open = world.get(STAFF, Some(&boss)).await.json()["invitations"].clone();
    assert_eq!(open[0]["email"], GUEST);
    let path = format!("{INVITATIONS}/{}", open[0]["id"].as_str().unwrap());
    assert_eq!(world.delete(&path, &boss).await.status, 204);
    assert_eq!(world.delete(&path, &boss).await.status, 404);
    let body = json!({ "token": token, "name": "Ines", "password": "quiet-otter-9-lantern",
        "agreement": digest(&world).await });
    assert_eq!(world.post(JOIN, None, body).await.status, 410);
}

/// Else whoever comes next could set the installation up anew.
#[tokio::test]
async fn the_only_one_who_could_sign_does_not_go() {
    let (world, boss) = World::set_up().await;
    let jun = world.person("jun@otterfield.example").await;
    let account = world.get("/api/v1/me", Some(&jun)).await.json()["account"].clone();
    let tenant = "/api/v1/tenants/larkspur-dental";
    world.wait(Duration::from_secs(1)); // letters of one moment have no order
    let guest = json!({ "email": "jun@otterfield.example", "role": "viewer" });
    assert_eq!(world.post(&format!("{tenant}/invitations"), Some(&boss), guest).await.status, 201);
    let token = json!({ "token": world.token("jun@otterfield.example").await });
    assert_eq!(world.post("/api/v1/invitations/accept", Some(&jun), token).await.status, 200);
    let put = |path: String, body| {
        let (world, boss) = (&world, &boss);
        async move { world.send(Method::PUT, &path, Some(boss), Some(body), "application/json").await }
    };
    let handed = put(format!("{tenant}/owner"), json!({ "account": account })).await;
    assert_eq!(handed.status, 204, "{}", handed.text);

    for unsigned in [false, true] {
        if unsigned {
            let unsign = |tx: &store::Tx<'_>| {
                tx.execute("UPDATE staff SET signed_at = NULL, agreement = NULL", store::params![])
            };
            world.app.store.control().write(unsign).await.unwrap();
        }
        let gone =
            world.post("/api/v1/me/anonymise", Some(&boss), json!({ "confirm": true })).await;
        assert_eq!(gone.json()["type"], "/problem/privacy/last-staff", "{}", gone.text);
    }
    assert_eq!(world.get("/api/v1/me", Some(&boss)).await.status, 200);
}
