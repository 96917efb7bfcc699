//! The verbs that scripts need beside the journeys of the other files.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Answer, PASSWORD, World};

const TEAM: &str = "/api/v1/tenants/larkspur-dental";

async fn put(world: &World, path: &str, cookie: &str, body: Value) -> Answer {
    world.send(Method::PUT, path, Some(cookie), Some(body), "application/json").await
}

#[tokio::test]
async fn a_person_changes_their_own_name() {
    let (world, cookie) = World::set_up().await;
    let path = "/api/v1/me/name";
    assert_eq!(put(&world, path, &cookie, json!({ "name": "Mara L." })).await.status, 204);
    assert_eq!(world.get("/api/v1/me", Some(&cookie)).await.json()["name"], "Mara L.");
    let empty = put(&world, path, &cookie, json!({ "name": " " })).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_tenants_settings_are_read_and_changed() {
    let (world, cookie) = World::set_up().await;
    let body =
        json!({ "name": "Larkspur", "description": "Teeth", "contact": "hi@larkspur.example" });
    assert_eq!(put(&world, TEAM, &cookie, body).await.status, StatusCode::NO_CONTENT);
    let now = world.get(TEAM, Some(&cookie)).await.json();
    assert_eq!((&now["name"], &now["description"]), (&json!("Larkspur"), &json!("Teeth")));
    assert_eq!((&now["slug"], &now["role"]), (&json!("larkspur-dental"), &json!("owner")));
    let bad = put(&world, TEAM, &cookie, json!({ "name": "", "contact": "no address" })).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(bad.json()["errors"].as_array().unwrap().len(), 2, "{}", bad.text);
}

#[tokio::test]
async fn open_invitations_are_listed_and_withdrawn() {
    let (world, owner) = World::set_up().await;
    let path = format!("{TEAM}/invitations");
    let body = json!({ "email": "jun@larkspur.example", "role": "viewer" });
    let made = world.post(&path, Some(&owner), body).await.json();
    let items = world.get(&path, Some(&owner)).await.json()["items"].clone();
    assert_eq!(items[0]["id"], made["id"]);
    assert_eq!(items[0]["email"], "jun@larkspur.example");
    let one = format!("{path}/{}", made["id"].as_str().unwrap());
    assert_eq!(world.delete(&one, &owner).await.status, StatusCode::NO_CONTENT);
    assert_eq!(world.get(&path, Some(&owner)).await.json()["items"], json!([]));
}

#[tokio::test]
async fn staff_lists_people_in_pages_and_sends_a_link() {
    let (world, staff) = World::set_up().await;
    for n in 0..3 {
        world.person(&format!("jun{n}@otterfield.example")).await;
    }
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/v1/people?limit=2{after}");
        let page = world.get(&path, Some(&staff)).await.json();
        seen.extend(page["items"].as_array().unwrap().iter().map(|p| p["email"].to_string()));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(seen.len(), 4, "{seen:?}");
    let people = world.get("/api/v1/people", Some(&staff)).await.json();
    let jun = people["items"][3]["account"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/people/{jun}/reset-link");
    world.wait(std::time::Duration::from_secs(1)); // letters of one moment have no order
    assert_eq!(world.post(&path, Some(&staff), json!({})).await.status, StatusCode::NO_CONTENT);
    let token = world.token("jun2@otterfield.example").await;
    let body = json!({ "token": token, "password": "another long password" });
    assert_eq!(world.post("/api/v1/password-reset/finish", None, body).await.status, 204);
    assert_eq!(world.sign_in("jun2@otterfield.example", PASSWORD).await.status, 401);
}

#[tokio::test]
async fn a_person_whose_key_is_destroyed_hides_nobody_behind_them() {
    let (world, staff) = World::set_up().await;
    let gone = world.person("jun@otterfield.example").await;
    world.person("ada@otterfield.example").await;
    let me = world.get("/api/v1/me", Some(&gone)).await.json();
    world.app.store.keys().destroy(me["account"].as_str().unwrap()).await.unwrap();
    let page = world.get("/api/v1/people?limit=2", Some(&staff)).await.json();
    let next = page["next"].as_str().unwrap();
    let page = world.get(&format!("/api/v1/people?limit=2&after={next}"), Some(&staff)).await;
    assert_eq!(page.json()["items"][0]["email"], "ada@otterfield.example");
}

#[tokio::test]
async fn staff_sees_every_tenant_and_changes_the_look() {
    let (world, staff) = World::set_up().await;
    let all = world.get("/api/v1/platform/tenants", Some(&staff)).await.json();
    assert_eq!((&all["total"], &all["items"][0]["members"]), (&json!(1), &json!(1)));
    for name in ["Otterfield", "Quill & Sons", "Otter Creek"] {
        let made = world.post("/api/v1/tenants", Some(&staff), json!({ "name": name })).await;
        assert_eq!(made.status, 201, "{}", made.text);
        world.wait(std::time::Duration::from_secs(1)); // identifiers are in order then
    }
    let all = "/api/v1/platform/tenants";
    let names = |page: &Value| -> Vec<String> {
        let items = page["items"].as_array().unwrap();
        items.iter().map(|t| t["name"].as_str().unwrap().to_owned()).collect()
    };
    let otters = world.get(&format!("{all}?q=OTTER&limit=1"), Some(&staff)).await.json();
    assert_eq!((names(&otters), &otters["total"]), (vec!["Otter Creek".to_owned()], &json!(4)));
    let next = otters["next"].as_str().unwrap();
    let rest = format!("{all}?q=otter&limit=1&before={next}");
    let rest = world.get(&rest, Some(&staff)).await.json();
    assert_eq!((names(&rest), &rest["next"]), (vec!["Otterfield".to_owned()], &json!(null)));
    for nothing in ["%25", "_", "%27"] {
        let none = world.get(&format!("{all}?q={nothing}"), Some(&staff)).await.json();
        assert_eq!(names(&none), Vec::<String>::new(), "{nothing}: no wildcard, no statement");
    }
    let page = world.page("/admin/tenants?q=quill", Some(&staff)).await;
    assert!(page.text.contains("Quill &#38; Sons") && !page.text.contains("Otterfield"));
    let brand = "/api/v1/platform/brand";
    let look = json!({ "product": "Larkspur Cloud", "accent": "#7a1f5c" });
    assert_eq!(put(&world, brand, &staff, look).await.status, StatusCode::NO_CONTENT);
    let now = world.get(brand, Some(&staff)).await.json();
    assert_eq!(now, json!({ "product": "Larkspur Cloud", "accent": "#7a1f5c", "logo": false }));
    assert!(world.page("/login", None).await.text.contains("Larkspur Cloud"));
    for logo in [json!("***"), json!("aGVsbG8="), json!("A".repeat(300_000))] {
        let status =
            put(&world, "/api/v1/platform/logo", &staff, json!({ "logo": logo })).await.status;
        assert!([413, 422].contains(&status.as_u16()), "{status}");
    }
    let none = put(&world, "/api/v1/platform/logo", &staff, json!({ "logo": null })).await;
    assert_eq!(none.status, StatusCode::NO_CONTENT);
    let to = json!({ "to": "post@larkspur.example" });
    let sent = world.post("/api/v1/platform/test-mail", Some(&staff), to).await;
    assert_eq!(sent.status, StatusCode::ACCEPTED);
    let jobs = world.get("/api/v1/jobs", Some(&staff)).await.json();
    assert_eq!(jobs["items"].as_array().unwrap().len(), 1, "{jobs}");
    assert!(world.letter("post@larkspur.example").await.is_some());
}

#[tokio::test]
async fn staff_stops_and_starts_the_proofs_with_a_public_reason() {
    let (world, staff) = World::set_up().await;
    let pause = "/api/v1/posture/pause";
    assert_eq!(put(&world, pause, &staff, json!({ "why": " " })).await.status, 422);
    assert_eq!(put(&world, pause, &staff, json!({ "why": "moving house" })).await.status, 204);
    let public = world.get("/security.json", None).await.json();
    assert_eq!(public["paused"]["why"], "moving house");
    assert_eq!(world.delete(pause, &staff).await.status, StatusCode::NO_CONTENT);
    assert_eq!(world.get("/security.json", None).await.json()["paused"], Value::Null);
    let run = world.post("/api/v1/posture/run", Some(&staff), json!({})).await;
    assert_eq!(run.status, StatusCode::ACCEPTED);
    let actions = world.actions().await;
    for action in ["posture.paused", "posture.resumed", "posture.run_requested"] {
        assert!(actions.contains(&action.to_owned()), "{action} is not in the log");
    }
}

#[tokio::test]
async fn an_export_holds_what_the_filter_finds_and_is_noted() {
    let (world, staff) = World::set_up().await;
    world.sign_in("mara@larkspur.example", "not her password").await;
    world.actions().await;
    let path = "/api/v1/audit-events/export?result=refused";
    let lines = world.get(path, Some(&staff)).await.text;
    let entries: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["action"], "session.refused");
    assert_eq!(world.actions().await.last().unwrap(), "audit.exported");
}

#[tokio::test]
async fn of_two_who_hold_a_set_up_link_one_sets_up() {
    let world = World::new();
    let link = identity::setup::make_link(&world.app).await.unwrap().unwrap();
    let token = link.reveal().split("token=").nth(1).unwrap().to_owned();
    let setup = |email: &str| {
        let body = json!({ "token": token, "organisation": "Larkspur Dental",
            "name": "Mara Lindqvist", "email": email, "password": PASSWORD });
        world.post("/api/v1/setup", None, body)
    };
    let (a, b, c) = tokio::join!(
        setup("a@larkspur.example"),
        setup("b@larkspur.example"),
        setup("c@larkspur.example"),
    );
    let mut statuses = [a.status.as_u16(), b.status.as_u16(), c.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 410, 410]);
    assert!(identity::setup::make_link(&world.app).await.unwrap().is_none(), "no further link");
}
