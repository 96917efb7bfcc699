//! The audit log: complete, exactly once, tamper-evident.

use serde_json::json;

use crate::support::{PASSWORD, World};

#[tokio::test]
async fn every_act_is_in_the_log_in_its_order() {
    let (world, _) = World::set_up().await;
    let cookie = world.sign_in("mara@larkspur.example", PASSWORD).await.cookie.unwrap();
    world.sign_in("mara@larkspur.example", "not her password").await;
    let body = json!({ "name": "nightly", "expires_in_days": 7, "scopes": ["all"] });
    let made = world.post("/api/v1/tokens", Some(&cookie), body).await.json();
    world.delete(&format!("/api/v1/tokens/{}", made["id"].as_str().unwrap()), &cookie).await;
    world.post("/api/v1/sign-out", Some(&cookie), json!({})).await;
    let expected = [
        "account.opened",
        "staff.agreement_signed",
        "tenant.created",
        "session.opened",
        "platform.set_up",
        "session.warned",
        "session.opened",
        "session.refused",
        "token.created",
        "token.revoked",
        "session.ended",
    ];
    assert_eq!(world.actions().await, expected);
}

#[tokio::test]
async fn draining_again_takes_nothing_twice() {
    let (world, _) = World::set_up().await;
    let before = world.actions().await.len();
    for _ in 0..5 {
        ::audit::drain(&world.app).await.unwrap();
    }
    assert_eq!(world.actions().await.len(), before);
    assert_eq!(::audit::verify(&world.app).unwrap(), before as u64);
}

#[tokio::test]
async fn a_restored_outbox_that_counts_anew_loses_nothing() {
    let (world, _) = World::set_up().await;
    let before = world.actions().await.len();
    let sql = "UPDATE sqlite_sequence SET seq = 0 WHERE name = 'outbox'";
    let rewound = world.app.store.control().write(move |tx| tx.execute(sql, &[])).await;
    assert_eq!(rewound.unwrap(), 1);
    for _ in 0..3 {
        world.sign_in("mara@larkspur.example", "not her password").await;
    }
    assert_eq!(world.actions().await.len(), before + 3);
}

#[tokio::test]
async fn filters_find_what_they_say() {
    let (world, staff) = World::set_up().await;
    world.person("jun@otterfield.example").await;
    world.sign_in("jun@otterfield.example", "wrong password").await;
    world.actions().await;
    let count = async |query: &str| {
        let answer = world.get(&format!("/api/v1/audit-events?{query}"), Some(&staff)).await;
        assert_eq!(answer.status, 200, "{query}: {}", answer.text);
        answer.json()["items"].as_array().unwrap().len()
    };
    assert_eq!(count("action=session.refused").await, 1);
    assert_eq!(count("action=session").await, 3);
    assert_eq!(count("action=sess").await, 0, "a prefix ends at a dot");
    assert_eq!(count("result=refused").await, 1);
    assert_eq!(count("actor=jun@otterfield.example").await, 2);
    assert_eq!(count("tenant=larkspur-dental").await, 1);
    assert_eq!(count("address=127.0.0.1&action=session.opened").await, 2);
    assert_eq!(count("address=127.0.0.2").await, 0);
    assert_eq!(count("q=reset").await, 0);
    assert_eq!(count("from=2020-01-01&to=2020-01-02").await, 0);
    assert_eq!(count("limit=2").await, 2);
    let bad = world.get("/api/v1/audit-events?from=yesterday", Some(&staff)).await;
    assert_eq!(bad.status, 422);
    let unknown = world.get("/api/v1/audit-events?colour=red", Some(&staff)).await;
    assert_eq!(unknown.status, 400);
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_overlap() {
    let (world, staff) = World::set_up().await;
    for _ in 0..20 {
        world.sign_in("mara@larkspur.example", "not her password").await;
    }
    let all = world.actions().await.len();
    let mut seen = Vec::new();
    let mut next = String::new();
    loop {
        let page =
            world.get(&format!("/api/v1/audit-events?limit=7{next}"), Some(&staff)).await.json();
        seen.extend(page["items"].as_array().unwrap().iter().map(|e| e["seq"].as_i64().unwrap()));
        let Some(cursor) = page["next"].as_i64() else { break };
        next = format!("&cursor={cursor}");
    }
    let expected: Vec<i64> = (0..all as i64).rev().collect();
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn a_changed_entry_or_a_lost_one_is_found() {
    for sql in [
        "UPDATE log_leaf SET bytes = CAST('{}' AS BLOB) WHERE number = 1",
        "DELETE FROM log_leaf WHERE number = (SELECT max(number) FROM log_leaf)",
        "UPDATE log_node SET hash = zeroblob(32) WHERE number = 2",
        "UPDATE entry SET actor = 'nobody' WHERE seq = 1",
        "DELETE FROM entry WHERE seq = 1",
    ] {
        let (world, _) = World::set_up().await;
        world.actions().await;
        assert!(::audit::verify(&world.app).is_ok());
        let audit = world.app.store.audit();
        let refused = audit.write(move |tx| tx.execute(sql, &[]).map(drop)).await;
        assert!(refused.is_err(), "the application itself may run {sql}");
        // Past the guard, as whoever can write to the file would.
        assert!(world.app.store.plant(audit, sql, &[]).is_err(), "planting outside a shadow");
        std::fs::write(world.app.store.folder().join("SHADOW"), "").unwrap();
        world.app.store.plant(audit, sql, &[]).unwrap();
        assert!(::audit::verify(&world.app).is_err(), "{sql} was not found");
    }
}

#[tokio::test]
async fn an_entry_cannot_be_put_in_the_place_of_another() {
    let (world, _) = World::set_up().await;
    world.actions().await;
    for sql in [
        "INSERT OR REPLACE INTO log_leaf (number, bytes) VALUES (1, CAST('{}' AS BLOB))",
        "INSERT OR REPLACE INTO log_node (number, hash) VALUES (1, zeroblob(32))",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE seq = 1",
    ] {
        let done = world.app.store.audit().write(move |tx| tx.execute(sql, &[]).map(drop)).await;
        assert!(done.is_err(), "{sql}");
    }
    assert!(::audit::verify(&world.app).is_ok());
}
