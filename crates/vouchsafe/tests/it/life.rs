//! The life of a tenant: closed by its owner, opened again, deleted for good; suspended by staff.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::support::{PASSWORD, World};

const TENANT: &str = "/api/v1/tenants/otterfield";
const DAY: u64 = 86_400;

/// A customer with a tenant, beside the staff.
async fn otterfield() -> (World, String, String) {
    let (world, staff) = World::set_up().await;
    let owner = world.person("jun@otterfield.example").await;
    let founded =
        world.post("/api/v1/tenants", Some(&owner), json!({ "name": "Otterfield" })).await;
    assert_eq!(founded.status, StatusCode::CREATED, "{}", founded.text);
    (world, staff, owner)
}

async fn close(world: &World, owner: &str, typed: &str) -> crate::support::Answer {
    world.post(&format!("{TENANT}/close"), Some(owner), json!({ "confirm": typed })).await
}

async fn sign_in(world: &World) -> String {
    world.sign_in("jun@otterfield.example", PASSWORD).await.cookie.unwrap()
}

fn files(world: &World) -> usize {
    let tenants = world.app.store.folder().join("tenants/local");
    std::fs::read_dir(tenants).unwrap().count()
}

#[tokio::test]
async fn a_closed_tenant_can_be_opened_again_until_it_is_deleted() {
    let (world, _, owner) = otterfield().await;
    assert_eq!(close(&world, &owner, "Otterfield!").await.status, 422);
    world.wait(Duration::from_secs(1)); // letters of one moment have no order
    assert_eq!(close(&world, &owner, " otterfield ").await.status, 200);
    assert_eq!(world.get(TENANT, Some(&owner)).await.status, 404);
    assert_eq!(close(&world, &owner, "otterfield").await.status, 404, "once");
    let letter = world.letter("jun@otterfield.example").await.unwrap();
    assert!(letter.contains("Otterfield"), "{letter}");
    let page = world.page("/dashboard", Some(&owner)).await.text;
    assert!(page.contains("/dashboard/tenants/otterfield/reopen"), "the overview offers it");

    world.wait(Duration::from_secs(29 * DAY));
    world.work().await;
    let owner = sign_in(&world).await;
    let reopen = format!("{TENANT}/reopen");
    assert_eq!(world.post(&reopen, Some(&owner), json!({})).await.status, 204);
    assert_eq!(world.post(&reopen, Some(&owner), json!({})).await.status, 404, "once");
    world.wait(Duration::from_secs(2 * DAY));
    world.work().await;
    let owner = sign_in(&world).await;
    assert_eq!(world.get(TENANT, Some(&owner)).await.status, 200, "what was opened again stays");
}

#[tokio::test]
async fn a_deleted_tenant_leaves_no_key_no_file_and_no_row() {
    let (world, _, owner) = otterfield().await;
    let id = world.get(TENANT, Some(&owner)).await.json()["id"].as_str().unwrap().to_owned();
    let contact = json!({ "name": "Otterfield", "description": "bait", "contact": "" });
    let changed = world.send(Method::PUT, TENANT, Some(&owner), Some(contact), "application/json");
    assert_eq!(changed.await.status, 204);
    let before = files(&world);
    assert_eq!(close(&world, &owner, "otterfield").await.status, 200);
    world.wait(Duration::from_secs(30 * DAY + 1));
    // What waits in the tenant's own file for the log goes there first.
    world.work().await;
    assert!(files(&world) >= before - 2, "not before its entries are in the log");
    ::audit::drain(&world.app).await.unwrap();
    world.wait(Duration::from_secs(120));
    world.work().await;
    assert!(world.app.store.keys().find(&id).unwrap().is_none(), "the key is destroyed");
    assert!(files(&world) < before, "the file is gone");
    assert!(world.app.memberships.tenant(&world.app, &id).unwrap().is_none());
    let owner = sign_in(&world).await;
    assert_eq!(world.post(&format!("{TENANT}/reopen"), Some(&owner), json!({})).await.status, 404);
    ::audit::drain(&world.app).await.unwrap();
    assert!(world.actions().await.contains(&"tenant.deleted".to_owned()));
    // Its name is free.
    let again = world.post("/api/v1/tenants", Some(&owner), json!({ "name": "Otterfield" })).await;
    assert_eq!(again.json()["slug"], "otterfield");
}

#[tokio::test]
async fn staff_suspend_with_a_reason_and_cannot_open_what_an_owner_closed() {
    let (world, staff, owner) = otterfield().await;
    let path = |verb: &str| format!("/api/v1/platform/tenants/otterfield/{verb}");
    let suspend = async |reason: &str| {
        world.post(&path("suspend"), Some(&staff), json!({ "reason": reason })).await.status
    };
    assert_eq!(
        world.post(&path("suspend"), Some(&owner), json!({ "reason": "x" })).await.status,
        404
    );
    assert_eq!(suspend("unpaid").await, 422);
    world.wait(Duration::from_secs(1));
    assert_eq!(suspend("Invoices of three months are open").await, 204);
    assert_eq!(world.get(TENANT, Some(&owner)).await.status, 404);
    let letter = world.letter("jun@otterfield.example").await.unwrap();
    assert!(letter.contains("Invoices of three months are open"), "{letter}");
    let reopen = format!("{TENANT}/reopen");
    assert_eq!(world.post(&reopen, Some(&owner), json!({})).await.status, 404, "not the owner's");
    let page = world.page("/admin/tenants", Some(&staff)).await.text;
    assert!(page.contains("/admin/tenants/otterfield/resume"), "staff can let it in again");
    assert_eq!(world.post(&path("resume"), Some(&staff), json!({})).await.status, 204);
    assert_eq!(world.get(TENANT, Some(&owner)).await.status, 200);
    assert_eq!(close(&world, &owner, "otterfield").await.status, 200);
    assert_eq!(world.post(&path("resume"), Some(&staff), json!({})).await.status, 404);
}

#[tokio::test]
async fn an_owner_takes_everything_along() {
    let (world, staff, owner) = otterfield().await;
    let all = world.get(&format!("{TENANT}/export"), Some(&owner)).await;
    assert_eq!(all.status, 200);
    let all = all.json();
    assert_eq!(all["tenant"]["slug"], "otterfield");
    assert_eq!(all["members"][0]["email"], "jun@otterfield.example");
    assert_eq!(world.get(&format!("{TENANT}/export"), Some(&staff)).await.status, 404);
    let settings = world.page("/t/otterfield/settings", Some(&owner)).await.text;
    assert!(settings.contains("For 30 days"), "how long it can be opened again");
    let page = world.page("/t/otterfield/settings/export", Some(&owner)).await;
    assert!(page.text.contains("jun@otterfield.example"));
}
