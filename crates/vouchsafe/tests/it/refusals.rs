//! What was refused to whom is in the log; the whole log can be taken along and checked.

use axum::http::Method;
use serde_json::{Value, json};

use crate::support::World;

/// The refused calls in the log, as staff see them, newest first.
async fn refused(world: &World, path: &str, cookie: &str) -> Vec<Value> {
    // Nobody waits for such an entry: what was queued before this is written when this is.
    world.app.store.control().write(|_| Ok::<_, base::Fault>(())).await.unwrap();
    ::audit::drain(&world.app).await.unwrap();
    let found = world.get(&format!("{path}?action=access.refused&limit=100"), Some(cookie)).await;
    assert_eq!(found.status, 200, "{}", found.text);
    found.json()["items"].as_array().unwrap().clone()
}

const ALL: &str = "/api/v1/audit-events";
const OWN: &str = "/api/v1/tenants/larkspur-dental/audit-events";

#[tokio::test]
async fn a_refused_call_is_in_the_log_of_whom_it_concerns() {
    let (world, staff) = World::set_up().await;
    let customer = world.person("jun@otterfield.example").await;
    assert_eq!(world.get("/api/v1/people", Some(&customer)).await.status, 404);
    let path = "/api/v1/tenants/larkspur-dental/members";
    assert_eq!(world.get(path, Some(&customer)).await.status, 404);
    // Nothing of the kind: a stranger, what is not there, and what was typed wrongly.
    assert_eq!(world.get("/api/v1/people", None).await.status, 401);
    let missing = "/api/v1/tenants/larkspur-dental/invitations/inv_none";
    assert_eq!(world.delete(missing, &staff).await.status, 404);
    let typed = json!({ "email": "no address", "role": "viewer" });
    let path = "/api/v1/tenants/larkspur-dental/invitations";
    assert_eq!(world.post(path, Some(&staff), typed).await.status, 422);

    let entries = refused(&world, ALL, &staff).await;
    assert_eq!(entries.len(), 2, "{entries:?}");
    let (tenants, platform) = (&entries[0]["detail"], &entries[1]["detail"]);
    assert_eq!(platform["route"], "/api/v1/people");
    assert_eq!((&platform["method"], &platform["status"]), (&json!("GET"), &json!(404)));
    assert_eq!(tenants["route"], "/api/v1/tenants/{tenant}/members");
    assert!(entries[0]["target"].as_str().unwrap().starts_with("ten_"), "whose it is");
    assert_eq!(entries[0]["result"], "refused");
    assert!(refused(&world, OWN, &staff).await.is_empty(), "a stranger is not the tenant's affair");
}

#[tokio::test]
async fn what_a_role_does_not_allow_is_in_the_tenants_own_log() {
    let (world, staff) = World::set_up().await;
    let viewer = world.person("jun@otterfield.example").await;
    let invite = json!({ "email": "jun@otterfield.example", "role": "viewer" });
    let invitations = "/api/v1/tenants/larkspur-dental/invitations";
    world.wait(std::time::Duration::from_secs(1)); // letters of one moment have no order
    assert_eq!(world.post(invitations, Some(&staff), invite.clone()).await.status, 201);
    let token = json!({ "token": world.token("jun@otterfield.example").await });
    assert_eq!(world.post("/api/v1/invitations/accept", Some(&viewer), token).await.status, 200);
    assert_eq!(world.post(invitations, Some(&viewer), invite.clone()).await.status, 403);
    // Written otherwise, it is the same tenant.
    let other = "/api/v1/tenants/larkspur%2Ddental/invitations";
    assert_eq!(world.post(other, Some(&viewer), invite).await.status, 403);
    let entries = refused(&world, OWN, &staff).await;
    assert_eq!(entries.len(), 2, "{entries:?}");
    assert_eq!(entries[0]["detail"]["route"], "/api/v1/tenants/{tenant}/invitations");
    assert_eq!(entries[0]["detail"]["status"], 403);
    assert_eq!(entries[0]["actor_name"], "Jun Sato");
}

#[tokio::test]
async fn a_flood_of_refused_calls_does_not_fill_the_log() {
    let (world, staff) = World::set_up().await;
    let customer = world.person("jun@otterfield.example").await;
    for _ in 0..630 {
        assert_eq!(world.get("/api/v1/jobs", Some(&customer)).await.status, 404);
    }
    ::audit::drain(&world.app).await.unwrap();
    let file = format!("{ALL}/export?action=access.refused&format=ndjson");
    let file = world.get(&file, Some(&staff)).await.text;
    assert_eq!(file.lines().count(), 600);
    // The end of ten minutes, or of the program.
    world.app.tasks.stop(std::time::Duration::from_secs(10)).await;
    ::audit::drain(&world.app).await.unwrap();
    let newest = serde_json::to_value(::audit::newest(&world.app, 1).unwrap()).unwrap();
    assert_eq!(newest[0]["detail"], json!({ "more": 30 }), "{newest}");
}

#[tokio::test]
async fn the_whole_log_is_checked_without_the_server() {
    let (world, staff) = World::set_up().await;
    let customer = world.person("jun@otterfield.example").await;
    ::audit::drain(&world.app).await.unwrap();
    let get = async |path: String| world.get(&path, Some(&staff)).await.text;
    let (table, lines) =
        (get(format!("{ALL}/export?format=csv")).await, get(format!("{ALL}/export")).await);
    let archive = get(format!("{ALL}/archive")).await;
    assert!(archive.lines().count() > 5, "{archive}");
    assert!(!archive.contains("otterfield"), "what is sealed stays sealed");
    assert_eq!(world.get(&format!("{ALL}/archive"), Some(&customer)).await.status, 404);
    let page = world.send(Method::GET, "/admin/audit/archive", Some(&staff), None, "text/html");
    assert_eq!(page.await.status, 200);

    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let key = ::audit::note_key(&world.app).unwrap().verifier_key();
    let wanted = |what: &str, key: Option<&str>, rows: Option<&str>| verify::cli::Verify {
        what: folder.path().join(what).display().to_string(),
        key: key.map(|k| folder.path().join(k)),
        pins: None,
        rows: rows.map(|r| folder.path().join(r)),
        ca: None,
        no_probes: true,
    };
    let run = |wanted| verify::cli::run(&wanted, &folder.path().join("pins"), base::Timestamp(0));
    file("whole.ndjson", &archive);
    file("rows.csv", &table);
    file("rows.ndjson", &lines);
    file("key", &format!("{key}\n"));
    file("other", "example/audit+00000000+AAAA");
    for rows in ["rows.csv", "rows.ndjson"] {
        let done = run(wanted("whole.ndjson", Some("key"), Some(rows))).unwrap();
        assert!(done.agrees && done.text.contains("none is missing"), "{}", done.text);
    }
    let other = run(wanted("whole.ndjson", Some("other"), None)).unwrap_err();
    assert_eq!(other.code, 8, "{}", other.text);
    let gap: Vec<&str> = table.lines().enumerate().filter(|(n, _)| *n != 3).map(|l| l.1).collect();
    file("gap.csv", &gap.join("\n"));
    let gap = run(wanted("whole.ndjson", None, Some("gap.csv"))).unwrap_err();
    assert!(gap.text.contains("is missing"), "{}", gap.text);
    let torn: Vec<&str> = archive.lines().take(4).collect();
    file("torn.ndjson", &torn.join("\n"));
    let torn = run(wanted("torn.ndjson", None, None)).unwrap_err();
    assert!(torn.text.contains("were signed"), "{}", torn.text);
    let rows = run(wanted("rows.csv", None, Some("rows.csv"))).unwrap_err();
    assert_eq!(rows.code, 2, "{}", rows.text);
}
