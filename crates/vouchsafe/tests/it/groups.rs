//! Access groups: what they say counts at once, for pages, API and tokens, and for whom they are about.

use axum::http::Method;
use serde_json::{Value, json};

use crate::support::{Answer, World};

const TENANT: &str = "/api/v1/tenants/larkspur-dental";
const GROUPS: &str = "/api/v1/tenants/larkspur-dental/access-groups";
const LOG: &str = "/api/v1/tenants/larkspur-dental/audit-events";

fn group(name: &str, rules: Value, members: &[&str]) -> Value {
    json!({ "name": name, "rules": rules, "members": members })
}

async fn make(world: &World, owner: &str, group: Value) -> String {
    let made = world.post(GROUPS, Some(owner), group).await;
    assert_eq!(made.status, 201, "{}", made.text);
    made.json()["id"].as_str().unwrap().to_owned()
}

async fn put(world: &World, cookie: &str, id: &str, group: Value) -> Answer {
    let path = format!("{GROUPS}/{id}");
    world.send(Method::PUT, &path, Some(cookie), Some(group), "application/json").await
}

async fn opens(world: &World, cookie: &str, path: &str) -> bool {
    let answer = world.page(path, Some(cookie)).await;
    assert!(matches!(answer.status.as_u16(), 200 | 403), "{path}: {}", answer.status);
    answer.status == 200
}

#[tokio::test]
async fn denied_is_denied_and_allowed_is_allowed_from_the_next_request_on() {
    let (world, owner) = World::set_up().await;
    let (op, operator) = world.join(&owner, "op@larkspur.example", "operator").await;
    let (view, viewer) = world.join(&owner, "view@larkspur.example", "viewer").await;
    assert!(opens(&world, &op, LOG).await && !opens(&world, &view, LOG).await);

    let rules = json!({ "audit": "deny", "team": "deny" });
    let night = make(&world, &owner, group("Night shift", rules, &[&operator])).await;
    let books =
        make(&world, &owner, group("Books", json!({ "audit": "allow" }), &[&operator, &viewer]))
            .await;
    for path in [LOG, "/t/larkspur-dental/audit", "/t/larkspur-dental/support"] {
        assert!(!opens(&world, &op, path).await, "denied by one group is denied: {path}");
        assert!(opens(&world, &view, path).await, "{path}");
    }
    for path in ["/t/larkspur-dental/team", "/t/larkspur-dental/team/groups", GROUPS] {
        assert!(!opens(&world, &op, path).await, "{path}");
    }
    // What is closed is not offered, and the rest of the console goes on.
    let home = world.page("/dashboard", Some(&op)).await;
    assert_eq!(home.status, 200);
    assert!(!home.text.contains("/larkspur-dental/team"), "{}", home.text);
    assert!(opens(&world, &op, TENANT).await);

    let one = format!("{GROUPS}/{night}");
    assert_eq!(world.delete(&one, &op).await.status, 403, "whom it binds cannot lift it");
    assert_eq!(
        put(&world, &op, &night, group("N", json!({ "team": "allow" }), &[])).await.status,
        403
    );
    assert_eq!(world.delete(&one, &owner).await.status, 204);
    assert_eq!(world.delete(&one, &owner).await.status, 404);
    assert!(opens(&world, &op, LOG).await && opens(&world, &op, "/t/larkspur-dental/team").await);
    assert_eq!(
        put(&world, &owner, &books, group("Books", json!({ "audit": "allow" }), &[])).await.status,
        204
    );
    assert!(!opens(&world, &view, LOG).await, "taken out of the group");
}

#[tokio::test]
async fn groups_bind_no_owner_and_give_nobody_what_owners_keep() {
    let (world, owner) = World::set_up().await;
    let me = world.get("/api/v1/me", Some(&owner)).await.json();
    let own = me["account"].as_str().unwrap();
    let (view, viewer) = world.join(&owner, "view@larkspur.example", "viewer").await;
    let everything = json!({ "audit": "allow", "settings": "allow", "team": "allow" });
    make(&world, &owner, group("All", everything, &[&viewer])).await;
    make(&world, &owner, group("None", json!({ "audit": "deny" }), &[own])).await;
    assert!(opens(&world, &owner, LOG).await);
    let invite = json!({ "email": "x@larkspur.example", "role": "owner" });
    assert_eq!(world.post(&format!("{TENANT}/invitations"), Some(&view), invite).await.status, 403);
    let role = format!("{TENANT}/members/{viewer}/role");
    let body = Some(json!({ "role": "owner" }));
    let up = world.send(Method::PUT, &role, Some(&view), body, "application/json").await;
    assert_eq!(up.status, 403);
    for rule in ["members", "close", "support", "platform", "Audit", ""] {
        let refused =
            world.post(GROUPS, Some(&owner), group("X", json!({ rule: "allow" }), &[])).await;
        assert_eq!(refused.status, 422, "{rule}: {}", refused.text);
    }
}

#[tokio::test]
async fn what_makes_no_group_is_refused_with_the_field() {
    let (world, owner) = World::set_up().await;
    let (_, viewer) = world.join(&owner, "view@larkspur.example", "viewer").await;
    let id = make(&world, &owner, group("Books", json!({ "audit": "deny" }), &[&viewer])).await;
    let audit = || json!({ "audit": "deny" });
    let stranger = "acc_00000000000000000000000000";
    let many: Vec<&str> = std::iter::repeat_n(stranger, 501).collect();
    for (field, body) in [
        ("name", group("", audit(), &[])),
        ("name", group(&"n".repeat(300), audit(), &[])),
        ("name", group("Books", audit(), &[])),
        ("rules", group("X", json!({}), &[])),
        ("rules", group("X", json!({ "audit": "maybe" }), &[])),
        ("members", group("X", audit(), &[stranger])),
        ("members", group("X", audit(), &["somebody"])),
        ("members", group("X", audit(), &many)),
    ] {
        let refused = world.post(GROUPS, Some(&owner), body).await;
        assert_eq!(refused.status, 422, "{field}: {}", refused.text);
        assert_eq!(refused.json()["errors"][0]["field"], field, "{}", refused.text);
    }
    // Its own name it may keep, and twice the same member is one.
    let same = group("Books", audit(), &[&viewer, &viewer]);
    assert_eq!(put(&world, &owner, &id, same).await.status, 204);
    for n in 0..49 {
        make(&world, &owner, group(&format!("G{n}"), audit(), &[])).await;
    }
    let refused = world.post(GROUPS, Some(&owner), group("One more", audit(), &[])).await;
    assert_eq!(refused.status, 422);
}

#[tokio::test]
async fn who_goes_leaves_the_group_and_the_log_says_who_came() {
    let (world, owner) = World::set_up().await;
    let (_, viewer) = world.join(&owner, "view@larkspur.example", "viewer").await;
    let id = make(&world, &owner, group("Books", json!({ "audit": "allow" }), &[&viewer])).await;
    let gone = world.delete(&format!("{TENANT}/members/{viewer}"), &owner).await;
    assert_eq!(gone.status, 204);
    let kept = world.get(GROUPS, Some(&owner)).await.json();
    assert_eq!(kept["items"][0]["members"], json!([]));
    assert_eq!(kept["items"][0]["id"], json!(id));
    // Whoever comes back comes back without the old rules.
    audit::drain(&world.app).await.unwrap();
    let log = world.get(&format!("{LOG}?action=group.created"), Some(&owner)).await.json();
    assert_eq!(log["items"][0]["action"], "group.created", "{log}");
}

#[tokio::test]
async fn another_tenants_members_and_groups_are_not_there() {
    let (world, owner) = World::set_up().await;
    let other = world.person("jun@otterfield.example").await;
    let made = world.post("/api/v1/tenants", Some(&other), json!({ "name": "Otterfield" })).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let id = make(&world, &owner, group("Books", json!({ "audit": "deny" }), &[])).await;
    let theirs = format!("/api/v1/tenants/otterfield/access-groups/{id}");
    assert_eq!(world.delete(&theirs, &other).await.status, 404);
    let own = world.get("/api/v1/me", Some(&owner)).await.json()["account"].clone();
    let body = json!({ "name": "X", "rules": { "audit": "deny" }, "members": [own] });
    let path = "/api/v1/tenants/otterfield/access-groups";
    let refused = world.post(path, Some(&other), body).await;
    assert_eq!(refused.status, 422, "no member of this tenant: {}", refused.text);
}

#[tokio::test]
async fn what_another_owner_changed_meanwhile_is_not_lost() {
    let (world, owner) = World::set_up().await;
    let (_, viewer) = world.join(&owner, "view@larkspur.example", "viewer").await;
    let id = make(&world, &owner, group("Books", json!({ "audit": "deny" }), &[])).await;
    let page = format!("/t/larkspur-dental/team/groups/{id}");
    let seen = |text: &str| {
        let at = text.split("name=\"seen\" value=\"").nth(1).unwrap();
        at.split('"').next().unwrap().to_owned()
    };
    let read = seen(&world.page(&page, Some(&owner)).await.text);
    let with = group("Books", json!({ "audit": "deny" }), &[&viewer]);
    assert_eq!(put(&world, &owner, &id, with.clone()).await.status, 204);
    let form = |seen: &str| format!("name=Ledger&rule-audit=deny&seen={seen}");
    let stale = world.form_of(Some(&owner), &page, &form(&read)).await;
    assert_eq!(stale.status, 422, "{}", stale.text);
    let kept = world.get(GROUPS, Some(&owner)).await.json();
    assert_eq!(kept["items"][0]["members"], with["members"]);
    // Whoever was told and sends it once more means it.
    let again = world.form_of(Some(&owner), &page, &form(&seen(&stale.text))).await;
    assert_eq!(again.status, 303, "{}", again.text);
    assert_eq!(world.get(GROUPS, Some(&owner)).await.json()["items"][0]["name"], "Ledger");
}
