//! Support sessions: staff look into a tenant, and the tenant sees it.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Answer, PASSWORD, World};

const STAFF: &str = "mara@larkspur.example";
const OWNER: &str = "ines@quill.example";
const SESSIONS: &str = "/api/v1/platform/support-sessions";
const CURRENT: &str = "/api/v1/platform/support-sessions/current";
const WHY: &str = "Ticket 88: the contact is shown wrong";

/// A world with staff, and a customer who owns a tenant. Cookies of both, and the tenant's slug.
async fn customer() -> (World, String, String, String) {
    let (world, staff) = World::set_up().await;
    let owner = world.person(OWNER).await;
    let made = world.post("/api/v1/tenants", Some(&owner), json!({ "name": "Quill" })).await;
    let slug = made.json()["slug"].as_str().unwrap().to_owned();
    (world, staff, owner, slug)
}

async fn begin(world: &World, staff: &str, slug: &str, settings: bool) -> Answer {
    world.wait(Duration::from_secs(1)); // letters of one moment have no order
    let body = json!({ "tenant": slug, "reason": WHY, "minutes": 45, "settings": settings });
    world.post(SESSIONS, Some(staff), body).await
}

async fn put(world: &World, cookie: &str, path: &str, body: Value) -> Answer {
    world.send(Method::PUT, path, Some(cookie), Some(body), "").await
}

async fn log(world: &World, owner: &str, slug: &str, query: &str) -> Vec<Value> {
    audit::drain(&world.app).await.unwrap();
    let path = format!("/api/v1/tenants/{slug}/audit-events?{query}");
    let page = world.get(&path, Some(owner)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    page.json()["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn staff_look_in_with_a_reason_and_the_owner_reads_all_of_it() {
    let (world, staff, owner, slug) = customer().await;
    let tenant = format!("/api/v1/tenants/{slug}");
    assert_eq!(world.get(&tenant, Some(&staff)).await.status, StatusCode::NOT_FOUND);
    let begun = begin(&world, &staff, &slug, false).await;
    assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text);
    let id = begun.json()["id"].as_str().unwrap().to_owned();
    let seen = world.get(&tenant, Some(&staff)).await;
    assert_eq!((seen.status, seen.json()["role"].as_str()), (StatusCode::OK, Some("viewer")));
    let page = world.page(&format!("/t/{slug}/team"), Some(&staff)).await;
    assert!(page.text.contains("class=\"support\"") && page.text.contains(WHY));
    let other = world.page("/admin/people", Some(&staff)).await;
    assert!(other.text.contains("class=\"support\""), "the banner is on every page");
    let theirs = world.page(&format!("/t/{slug}/team"), Some(&owner)).await;
    assert!(!theirs.text.contains("class=\"support\""));
    let letter = world.letter(OWNER).await.unwrap();
    assert!(letter.contains(WHY) && letter.contains(&format!("/t/{slug}/support")), "{letter}");
    assert_eq!(world.delete(CURRENT, &staff).await.status, StatusCode::NO_CONTENT);
    assert_eq!(world.get(&tenant, Some(&staff)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.delete(CURRENT, &staff).await.status, StatusCode::NOT_FOUND);
    let entries = log(&world, &owner, &slug, &format!("target={id}")).await;
    let actions: Vec<_> = entries.iter().rev().map(|e| e["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["support.started", "support.used", "support.used", "support.ended"]);
    assert_eq!(entries[3]["note"], WHY);
    assert_eq!(entries[1]["detail"], json!({ "method": "GET", "route": "/t/{slug}/team" }));
    assert!(entries.iter().all(|e| e["address"] == "–"), "where staff sit is not told");
    let shown = world.page(&format!("/t/{slug}/support"), Some(&owner)).await;
    assert!(shown.text.contains(WHY) && shown.text.contains("Mara"), "{}", shown.text);
}

#[tokio::test]
async fn it_opens_what_was_granted_and_nothing_else() {
    let (world, staff, owner, slug) = customer().await;
    let tenant = format!("/api/v1/tenants/{slug}");
    let account = world.get("/api/v1/me", Some(&owner)).await.json()["account"].clone();
    let settings = json!({ "name": "Quill & Co", "description": "", "contact": "" });
    for granted in [false, true] {
        begin(&world, &staff, &slug, granted).await;
        let changed = put(&world, &staff, &tenant, settings.clone()).await;
        assert_eq!(changed.status == StatusCode::NO_CONTENT, granted, "{}", changed.text);
        let refused = [
            put(&world, &staff, &format!("{tenant}/second-factor"), json!({ "of": "nobody" }))
                .await,
            put(&world, &staff, &format!("{tenant}/support-mode"), json!({ "mode": "open" })).await,
            world.get(&format!("{tenant}/audit-events"), Some(&staff)).await,
            world.get(&format!("{tenant}/support-sessions"), Some(&staff)).await,
            world
                .post(
                    &format!("{tenant}/invitations"),
                    Some(&staff),
                    json!({ "email": STAFF, "role": "owner" }),
                )
                .await,
            world.delete(&format!("{tenant}/members/{}", account.as_str().unwrap()), &staff).await,
        ];
        for answer in refused {
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.text);
        }
        world.delete(CURRENT, &staff).await;
    }
    let entries = log(&world, &owner, &slug, "action=tenant").await;
    let renamed = entries.iter().find(|e| e["action"] == "tenant.renamed").unwrap();
    assert!(renamed["support"].as_str().unwrap().starts_with("sup_"), "{renamed}");
}

#[tokio::test]
async fn one_at_a_time_for_an_hour_at_most_and_with_a_reason() {
    let (world, staff, owner, slug) = customer().await;
    for (reason, minutes) in [("", 10), ("  \n ", 10), ("because", 10), (WHY, 0), (WHY, 61)] {
        let body = json!({ "tenant": slug, "reason": reason, "minutes": minutes });
        let refused = world.post(SESSIONS, Some(&staff), body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{reason:?} {minutes}");
    }
    let own = begin(&world, &staff, "larkspur-dental", false).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY, "a member opens it as one");
    assert_eq!(begin(&world, &owner, &slug, false).await.status, StatusCode::NOT_FOUND);
    assert_eq!(begin(&world, &staff, "nowhere", false).await.status, StatusCode::NOT_FOUND);
    assert_eq!(begin(&world, &staff, &slug, false).await.status, StatusCode::CREATED);
    assert_eq!(begin(&world, &staff, &slug, false).await.status, StatusCode::CONFLICT);
    // Another session of the same person is not in it, and cannot begin a second one.
    let second = world.sign_in(STAFF, PASSWORD).await.cookie.unwrap();
    let tenant = format!("/api/v1/tenants/{slug}");
    assert_eq!(world.get(&tenant, Some(&second)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(begin(&world, &second, &slug, false).await.status, StatusCode::CONFLICT);
    world.wait(Duration::from_secs(45 * 60 - 10));
    assert_eq!(world.get(&tenant, Some(&staff)).await.status, StatusCode::OK);
    world.wait(Duration::from_secs(10));
    assert_eq!(world.get(&tenant, Some(&staff)).await.status, StatusCode::NOT_FOUND);
    world.work().await;
    let ended = log(&world, &owner, &slug, "action=support.ended").await;
    assert_eq!(ended[0]["detail"]["by"], "time", "{ended:?}");
}

#[tokio::test]
async fn an_owner_ends_it_at_once_and_an_old_sign_in_has_to_be_shown_again() {
    let (world, staff, owner, slug) = customer().await;
    let id = begin(&world, &staff, &slug, false).await.json()["id"].as_str().unwrap().to_owned();
    let tenant = format!("/api/v1/tenants/{slug}");
    let end = format!("{tenant}/support-sessions/{id}");
    assert_eq!(world.delete(&end, &owner).await.status, StatusCode::NO_CONTENT);
    assert_eq!(world.get(&tenant, Some(&staff)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.delete(&end, &owner).await.status, StatusCode::NOT_FOUND);
    world.wait(Duration::from_secs(11 * 60));
    let stale = begin(&world, &staff, &slug, false).await;
    assert_eq!(stale.json()["type"], "/problem/kernel/show-first", "{}", stale.text);
}

#[tokio::test]
async fn where_staff_have_to_ask_an_owner_answers_and_the_time_runs_from_then() {
    let (world, staff, owner, slug) = customer().await;
    let tenant = format!("/api/v1/tenants/{slug}");
    let mode = format!("{tenant}/support-mode");
    assert_eq!(put(&world, &owner, &mode, json!({ "mode": "x" })).await.status, 422);
    assert_eq!(put(&world, &owner, &mode, json!({ "mode": "ask" })).await.status, 204);
    let asked = begin(&world, &staff, &slug, false).await.json();
    assert_eq!(asked["state"], "asked", "{asked}");
    assert_eq!(world.get(&tenant, Some(&staff)).await.status, StatusCode::NOT_FOUND);
    assert!(world.letter(OWNER).await.unwrap().contains("asks to look into Quill"));
    let answer = format!("{tenant}/support-sessions/{}/answer", asked["id"].as_str().unwrap());
    assert_eq!(put(&world, &staff, &answer, json!({ "allow": true })).await.status, 404);
    world.wait(Duration::from_secs(3 * 3600));
    assert_eq!(put(&world, &owner, &answer, json!({ "allow": true })).await.status, 204);
    assert_eq!(put(&world, &owner, &answer, json!({ "allow": true })).await.status, 404);
    assert_eq!(world.get(&tenant, Some(&staff)).await.status, StatusCode::OK);
    world.wait(Duration::from_secs(45 * 60));
    assert_eq!(world.get(&tenant, Some(&staff)).await.status, StatusCode::NOT_FOUND);
    let staff = world.sign_in(STAFF, PASSWORD).await.cookie.unwrap();
    let asked = begin(&world, &staff, &slug, false).await.json();
    let answer = format!("{tenant}/support-sessions/{}/answer", asked["id"].as_str().unwrap());
    assert_eq!(put(&world, &owner, &answer, json!({ "allow": false })).await.status, 204);
    assert_eq!(world.get(&tenant, Some(&staff)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(put(&world, &owner, &mode, json!({ "mode": "closed" })).await.status, 204);
    let closed = begin(&world, &staff, &slug, false).await;
    assert_eq!(closed.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", closed.text);
}

/// A question that nobody answers lapses after a day, and another can be asked.
#[tokio::test]
async fn an_unanswered_question_lapses() {
    let (world, staff, owner, slug) = customer().await;
    let tenant = format!("/api/v1/tenants/{slug}");
    put(&world, &owner, &format!("{tenant}/support-mode"), json!({ "mode": "ask" })).await;
    let asked = begin(&world, &staff, &slug, false).await.json();
    world.wait(Duration::from_hours(24));
    let answer = format!("{tenant}/support-sessions/{}/answer", asked["id"].as_str().unwrap());
    let late = put(&world, &owner, &answer, json!({ "allow": true })).await;
    assert_eq!(late.status, StatusCode::NOT_FOUND, "{}", late.text);
    let again = world.sign_in(STAFF, PASSWORD).await.cookie.unwrap();
    assert_eq!(begin(&world, &again, &slug, false).await.status, StatusCode::CREATED);
}

/// Of many who begin at once one gets in.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_at_once_one_begins() {
    let (world, staff, _, slug) = customer().await;
    let (a, b) =
        tokio::join!(begin(&world, &staff, &slug, false), begin(&world, &staff, &slug, false));
    let mut both = [a.status.as_u16(), b.status.as_u16()];
    both.sort_unstable();
    assert_eq!(both, [201, 409]);
}

/// What a tenant's people may read of the log: their own part, in three formats, and nothing of others.
#[tokio::test]
async fn a_tenants_log_is_its_own_and_exports_say_the_same() {
    let (world, staff, owner, slug) = customer().await;
    let tenant = format!("/api/v1/tenants/{slug}");
    let others = world.get("/api/v1/tenants/larkspur-dental/audit-events", Some(&owner)).await;
    assert_eq!(others.status, StatusCode::NOT_FOUND);
    let mut all = log(&world, &owner, &slug, "").await;
    // Whatever is asked for, the answer stays inside.
    let reached = log(&world, &owner, &slug, "tenant=larkspur-dental").await;
    assert_eq!(reached, all);
    let me = world.get("/api/v1/tenants", Some(&owner)).await.json();
    let id = &me["items"][0]["id"];
    assert!(!all.is_empty() && all.iter().all(|e| e["tenant"] == *id), "{all:?}");
    let foreign = world.get("/api/v1/audit-events?limit=100", Some(&staff)).await.json();
    let foreign = foreign["items"].as_array().unwrap();
    let foreign = foreign.iter().find(|e| e["tenant"] != *id).unwrap()["id"].clone();
    let page = format!("/t/{slug}/audit?event={}", foreign.as_str().unwrap());
    let page = world.page(&page, Some(&owner)).await;
    assert!(page.status == StatusCode::OK && !page.text.contains("id=\"event\""));
    let export = |format: &str| format!("{tenant}/audit-events/export?format={format}");
    let json = world.get(&export("json"), Some(&owner)).await.json();
    audit::drain(&world.app).await.unwrap();
    all = log(&world, &owner, &slug, "").await;
    assert_eq!(all[0]["action"], "audit.exported", "taking them is an entry too");
    assert_eq!(json.as_array().unwrap().as_slice(), &all[1..]);
    let lines = world.get(&export("ndjson"), Some(&owner)).await.text;
    assert_eq!(lines.lines().count(), all.len());
    let csv = world.get(&export("csv"), Some(&owner)).await.text;
    assert!(csv.starts_with("seq,id,at,action,"), "{csv}");
    assert!(csv.lines().count() > all.len());
    assert_eq!(world.get(&export("xml"), Some(&owner)).await.status, 422);
}

/// The probes of all this, in a shadow, one after the other.
#[tokio::test(flavor = "multi_thread")]
async fn its_lines_are_proven() {
    let folder = tempfile::tempdir().unwrap();
    let server = crate::proofs::serving_with(folder.path(), |app| {
        const OURS: [&str; 9] = [
            "TEN-10", "TEN-12", "TEN-13", "TEN-14", "TEN-16", "AUD-04", "AUD-06", "AUD-08",
            "WEB-09",
        ];
        for domain in &mut std::sync::Arc::get_mut(app).unwrap().domains {
            let kept = domain.controls.iter().filter(|c| OURS.contains(&c.claim)).copied();
            domain.controls = Vec::leak(kept.collect());
        }
    })
    .await;
    for (claim, attempts) in [
        ("TEN-12", 12),
        ("TEN-13", 25),
        ("TEN-14", 10),
        ("TEN-16", 20),
        ("AUD-04", 9),
        ("WEB-09", 25),
        ("TEN-10", 2),
        ("AUD-06", 15),
        ("AUD-08", 10),
    ] {
        let line = crate::proofs::until_claim(server.app(), claim, "proven").await;
        assert!(line["attempts"].as_u64().unwrap() >= attempts, "{line}");
    }
    server.stop().await;
}

/// Where staff sit is not told, not even by whether there is a next page.
#[tokio::test]
async fn who_looks_for_an_address_learns_nothing_of_hidden_rows() {
    let (world, _, owner, slug) = customer().await;
    let staff = world.sign_in_from("203.0.113.7", STAFF, PASSWORD, None).await.cookie.unwrap();
    let body = json!({ "tenant": slug, "reason": WHY, "minutes": 5 });
    world.post_from("203.0.113.7", SESSIONS, Some(&staff), body).await;
    assert!(!log(&world, &owner, &slug, "action=support").await.is_empty());
    for address in ["203.0.113.7", "203.0.113.8"] {
        let path = format!("/api/v1/tenants/{slug}/audit-events?address={address}&limit=1");
        let page = world.get(&path, Some(&owner)).await.json();
        assert_eq!(page, json!({ "items": [], "next": null }), "{address}");
    }
    // The platform's own people find it.
    let all = world.get("/api/v1/audit-events?address=203.0.113.7", Some(&staff)).await.json();
    assert!(all["items"].as_array().unwrap().len() > 1);
}

#[tokio::test]
async fn looks_elsewhere_are_no_entries_of_the_tenant() {
    let (world, staff, owner, slug) = customer().await;
    let id = begin(&world, &staff, &slug, false).await.json()["id"].clone();
    for path in ["/t/larkspur-dental/team", "/t/nowhere/team"] {
        world.page(path, Some(&staff)).await;
    }
    let query = format!("target={}", id.as_str().unwrap());
    assert_eq!(log(&world, &owner, &slug, &query).await.len(), 1, "its beginning alone");
    let encoded = slug.replace('q', "%71");
    world.page(&format!("/t/{encoded}/team"), Some(&staff)).await;
    assert_eq!(log(&world, &owner, &slug, &query).await.len(), 2, "no way around the entry");
}

#[tokio::test]
async fn it_can_be_stopped_from_another_session_and_ends_with_its_own() {
    let (world, staff, owner, slug) = customer().await;
    let tenant = format!("/api/v1/tenants/{slug}");
    let sessions = format!("{tenant}/support-sessions");
    begin(&world, &staff, &slug, false).await;
    let second = world.sign_in(STAFF, PASSWORD).await.cookie.unwrap();
    assert_eq!(world.delete(CURRENT, &second).await.status, StatusCode::NO_CONTENT);
    assert_eq!(world.get(&tenant, Some(&staff)).await.status, StatusCode::NOT_FOUND);
    begin(&world, &staff, &slug, false).await;
    world.post("/api/v1/sign-out", Some(&staff), json!({})).await;
    let list = world.get(&sessions, Some(&owner)).await.json();
    assert_eq!(list["items"][0]["state"], "ended", "{list}");
    assert_eq!(begin(&world, &second, &slug, false).await.status, StatusCode::CREATED);
    let ended = log(&world, &owner, &slug, "action=support.ended").await;
    assert_eq!(ended[0]["detail"]["by"], "session", "{ended:?}");
}

#[tokio::test]
async fn a_question_is_withdrawn_or_ends_with_who_asked_and_closing_ends_all() {
    let (world, staff, owner, slug) = customer().await;
    let tenant = format!("/api/v1/tenants/{slug}");
    let mode = format!("{tenant}/support-mode");
    put(&world, &owner, &mode, json!({ "mode": "ask" })).await;
    begin(&world, &staff, &slug, false).await;
    assert_eq!(world.delete(CURRENT, &staff).await.status, StatusCode::NO_CONTENT);
    let asked = begin(&world, &staff, &slug, false).await.json();
    let answer = format!("{tenant}/support-sessions/{}/answer", asked["id"].as_str().unwrap());
    world.post("/api/v1/sign-out", Some(&staff), json!({})).await;
    let gone = put(&world, &owner, &answer, json!({ "allow": true })).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND, "{}", gone.text);
    let staff = world.sign_in(STAFF, PASSWORD).await.cookie.unwrap();
    put(&world, &owner, &mode, json!({ "mode": "open" })).await;
    assert_eq!(begin(&world, &staff, &slug, false).await.status, StatusCode::CREATED);
    assert_eq!(world.get(&tenant, Some(&staff)).await.status, StatusCode::OK);
    put(&world, &owner, &mode, json!({ "mode": "closed" })).await;
    assert_eq!(world.get(&tenant, Some(&staff)).await.status, StatusCode::NOT_FOUND);
}
