//! Accounts: signing up and in, links that work once, and what the store keeps of it.

use axum::http::StatusCode;
use serde_json::json;

use crate::support::{PASSWORD, World};

#[tokio::test]
async fn confirming_a_letter_opens_the_account_with_the_password_of_that_attempt() {
    let (world, _) = World::set_up().await;
    let email = "victim@otterfield.example";
    let ask = |password: &str| {
        let body = json!({ "email": email, "name": "Somebody", "password": password });
        world.post("/api/v1/sign-up", None, body)
    };
    ask("the victim's own password").await;
    let own = world.token(email).await;
    world.wait(std::time::Duration::from_secs(1)); // letters of one moment have no order
    ask("the attacker's password").await;
    let foreign = world.token(email).await;
    assert_ne!(own, foreign);
    let confirm = |token: &str| world.post("/api/v1/confirm", None, json!({ "token": token }));
    assert_eq!(confirm(&own).await.status, StatusCode::NO_CONTENT);
    assert_eq!(confirm(&foreign).await.status, StatusCode::GONE);
    assert_eq!(confirm(&own).await.status, StatusCode::GONE);
    assert_eq!(world.sign_in(email, "the victim's own password").await.status, 200);
    assert_eq!(world.sign_in(email, "the attacker's password").await.status, 401);
}

#[tokio::test]
async fn a_sign_up_with_a_known_address_tells_its_owner_and_nobody_else() {
    let (world, _) = World::set_up().await;
    let body = |email: &str| json!({ "email": email, "name": "X Y", "password": PASSWORD });
    let known = world.post("/api/v1/sign-up", None, body("mara@larkspur.example")).await;
    let unknown = world.post("/api/v1/sign-up", None, body("new@larkspur.example")).await;
    assert_eq!((known.status, &known.text), (unknown.status, &unknown.text));
    let letter = world.letter("mara@larkspur.example").await.unwrap();
    assert!(!letter.contains("/confirm?"), "{letter}");
    assert!(world.letter("new@larkspur.example").await.unwrap().contains("/confirm?"));
    let actions = world.actions().await;
    assert!(actions.contains(&"account.sign_up_of_known_address".to_owned()));
}

#[tokio::test]
async fn wrong_unknown_and_overlong_get_the_same_answer() {
    let (world, _) = World::set_up().await;
    let long = "x".repeat(10_000);
    let tries = [
        ("mara@larkspur.example", "not her password"),
        ("nobody@larkspur.example", "not her password"),
        ("not an address", "not her password"),
        ("mara@larkspur.example", ""),
        ("mara@larkspur.example", long.as_str()),
    ];
    let mut answers = Vec::new();
    for (email, password) in tries {
        let answer = world.sign_in(email, password).await;
        let mut document = answer.json();
        document["trace"] = json!(null);
        answers.push((answer.status, document, answer.cookie));
    }
    assert!(answers.iter().all(|a| *a == answers[0]), "{answers:?}");
    assert_eq!(answers[0].0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_reset_link_works_once_and_ends_every_session_token_and_other_link() {
    let (world, cookie) = World::set_up().await;
    let email = json!({ "email": "mara@larkspur.example" });
    world.post("/api/v1/password-reset", None, email.clone()).await;
    let older = world.token("mara@larkspur.example").await;
    world.wait(std::time::Duration::from_secs(1));
    world.post("/api/v1/password-reset", None, email).await;
    let token = world.token("mara@larkspur.example").await;
    assert_ne!(older, token, "a stranger who asks again must not take her link away");
    let body = json!({ "name": "nightly", "expires_in_days": 7, "scopes": ["all"] });
    let made = world.post("/api/v1/tokens", Some(&cookie), body).await.json();
    let bearer = made["token"].as_str().unwrap().to_owned();
    assert_eq!(world.get_as("/api/v1/me", &bearer).await.status, StatusCode::OK);
    let finish = |token: &str, password: &str| {
        let body = json!({ "token": token, "password": password });
        world.post("/api/v1/password-reset/finish", None, body)
    };
    assert_eq!(finish(&token, "short").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(finish(&older, "another long password").await.status, StatusCode::NO_CONTENT);
    assert_eq!(finish(&older, "a third long password").await.status, StatusCode::GONE);
    assert_eq!(finish(&token, "a third long password").await.status, StatusCode::GONE);
    assert_eq!(world.get_as("/api/v1/me", &bearer).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(world.get("/api/v1/sessions", Some(&cookie)).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(world.sign_in("mara@larkspur.example", PASSWORD).await.status, 401);
    assert_eq!(world.sign_in("mara@larkspur.example", "another long password").await.status, 200);
}

#[tokio::test]
async fn links_that_strangers_ask_for_do_not_stand_in_the_way_of_the_operators() {
    let (world, staff) = World::set_up().await;
    world.person("jun@otterfield.example").await;
    let email = json!({ "email": "jun@otterfield.example" });
    for _ in 0..5 {
        world.wait(std::time::Duration::from_secs(1));
        world.post("/api/v1/password-reset", None, email.clone()).await;
    }
    let strangers = world.token("jun@otterfield.example").await;
    let sent = world.actions().await.iter().filter(|a| *a == "account.reset_link_sent").count();
    assert_eq!(sent, 3, "a mailbox can be filled");
    world.wait(std::time::Duration::from_secs(1));
    let people = world.get("/api/v1/people", Some(&staff)).await.json();
    let path =
        format!("/api/v1/people/{}/reset-link", people["items"][1]["account"].as_str().unwrap());
    assert_eq!(world.post(&path, Some(&staff), json!({})).await.status, StatusCode::NO_CONTENT);
    let token = world.token("jun@otterfield.example").await;
    assert_ne!(token, strangers, "the operator's letter was not sent");
    let body = json!({ "token": token, "password": "another long password" });
    let done = world.post("/api/v1/password-reset/finish", None, body).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT, "{}", done.text);
}

#[tokio::test]
async fn health_is_told_whatever_the_name() {
    let (world, _) = World::set_up().await;
    assert_eq!(world.bare("/readyz", "10.0.0.7:8443", &[]).await, StatusCode::OK);
}

#[tokio::test]
async fn changing_the_password_ends_the_other_sessions() {
    let (world, cookie) = World::set_up().await;
    let other = world.sign_in("mara@larkspur.example", PASSWORD).await.cookie.unwrap();
    let change = |current: &str, password: &str| {
        let body = json!({ "current": current, "password": password });
        world.post("/api/v1/password", Some(&cookie), body)
    };
    assert_eq!(change("wrong", "another long password").await.status, 422);
    assert_eq!(change(PASSWORD, "another long password").await.status, 204);
    assert_eq!(world.get("/api/v1/sessions", Some(&other)).await.status, 401);
    assert_eq!(world.get("/api/v1/sessions", Some(&cookie)).await.status, 200);
    let letter = world.letter("mara@larkspur.example").await.unwrap();
    assert!(letter.to_lowercase().contains("password"), "{letter}");
}

#[tokio::test]
async fn revoking_works_at_the_next_request_and_only_on_ones_own() {
    let (world, cookie) = World::set_up().await;
    let other = world.person("jun@otterfield.example").await;
    let second = world.sign_in("mara@larkspur.example", PASSWORD).await;
    let id = second.json()["session"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/sessions/{id}");
    assert_eq!(world.delete(&path, &other).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.get("/api/v1/me", second.cookie.as_deref()).await.status, 200);
    assert_eq!(world.delete(&path, &cookie).await.status, StatusCode::NO_CONTENT);
    assert_eq!(world.get("/api/v1/me", second.cookie.as_deref()).await.status, 401);
    assert_eq!(world.delete(&path, &cookie).await.status, StatusCode::NOT_FOUND);
    let page = world.page("/dashboard", second.cookie.as_deref()).await;
    assert!(page.location.unwrap().starts_with("/login?notice=session-ended"));
}

#[tokio::test]
async fn two_principals_in_one_request_are_refused() {
    let (world, cookie) = World::set_up().await;
    let other = world.person("jun@otterfield.example").await;
    let body = json!({ "name": "x", "expires_in_days": 7, "scopes": ["all"] });
    let made = world.post("/api/v1/tokens", Some(&other), body).await.json();
    let bearer = format!("Bearer {}", made["token"].as_str().unwrap());
    let both = [("cookie", cookie.as_str()), ("authorization", bearer.as_str())];
    assert_eq!(world.bare("/api/v1/me", "localhost:8080", &both).await, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_token_makes_no_token_and_changes_no_password() {
    let (world, cookie) = World::set_up().await;
    let body = json!({ "name": "nightly", "expires_in_days": 7, "scopes": ["all"] });
    let made = world.post("/api/v1/tokens", Some(&cookie), body.clone()).await.json();
    let bearer = made["token"].as_str().unwrap().to_owned();
    assert_eq!(world.post_as("/api/v1/tokens", &bearer, body).await.status, 403);
    let change = json!({ "current": PASSWORD, "password": "another long password" });
    assert_eq!(world.post_as("/api/v1/password", &bearer, change).await.status, 403);
    assert_eq!(world.sign_in("mara@larkspur.example", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn no_session_of_the_old_password_outlives_a_change_that_races_it() {
    let (world, _) = World::set_up_with(|config| {
        config.lockout.attempts = 100; // the old password is wrong many times here
        config.lockout.account_attempts = 1_000;
        config.limits.sign_ins_per_minute = 1_000;
    })
    .await;
    let mut password = PASSWORD.to_owned();
    let email = "mara@larkspur.example";
    for round in 0..25 {
        let cookie = world.sign_in(email, &password).await.cookie.unwrap();
        let next = format!("a long password, number {round}");
        let body = json!({ "current": password, "password": next });
        let sign_in = || world.sign_in(email, &password);
        let change = world.post("/api/v1/password", Some(&cookie), body);
        let (a, changed, b, c) = tokio::join!(sign_in(), change, sign_in(), sign_in());
        assert_eq!(changed.status, 204, "round {round}: {}", changed.text);
        for raced in [a, b, c].iter().filter_map(|x| x.cookie.as_deref()) {
            let status = world.get("/api/v1/me", Some(raced)).await.status;
            assert_eq!(status, 401, "round {round}: a session of the old password lives on");
        }
        password = next;
    }
}

#[tokio::test]
async fn a_foreign_host_name_gets_nothing() {
    let (world, _) = World::set_up().await;
    for host in
        ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "localhost:x", ""]
    {
        let status = world.bare("/login", host, &[]).await;
        assert!([400, 421].contains(&status.as_u16()), "{host}: {status}");
    }
    assert_eq!(world.bare("/login", "localhost:8080", &[]).await, StatusCode::OK);
}

#[tokio::test]
async fn the_kit_is_shown_in_the_session_that_set_the_platform_up_and_for_half_an_hour() {
    let (world, first) = World::set_up().await;
    let second = world.sign_in("mara@larkspur.example", PASSWORD).await.cookie.unwrap();
    let body = json!({ "name": "nightly", "expires_in_days": 7, "scopes": ["all"] });
    let made = world.post("/api/v1/tokens", Some(&first), body).await.json();
    let bearer = made["token"].as_str().unwrap().to_owned();
    let kit = "/setup/kit.txt";
    assert_eq!(world.page(kit, Some(&first)).await.status, StatusCode::OK);
    assert!(world.actions().await.contains(&"platform.kit_shown".to_owned()));
    assert_ne!(world.page(kit, Some(&second)).await.status, StatusCode::OK);
    assert_ne!(world.get_as(kit, &bearer).await.status, StatusCode::OK);
    world.wait(std::time::Duration::from_mins(31));
    assert_ne!(world.page(kit, Some(&first)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn no_secret_and_nothing_personal_lies_in_the_files() {
    let (world, cookie) = World::set_up().await;
    let body = json!({ "name": "my own note", "expires_in_days": 7, "scopes": ["all"] });
    let made = world.post("/api/v1/tokens", Some(&cookie), body).await.json();
    world.actions().await;
    let token = made["token"].as_str().unwrap().to_owned();
    let value = cookie.split('=').nth(1).unwrap().to_owned();
    let needles = [token, value, "mara@larkspur".into(), "Lindqvist".into(), PASSWORD.into()];
    let mut bytes = 0;
    let mut folders = vec![world.folder.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let content = std::fs::read(&path).unwrap();
            bytes += content.len();
            for needle in &needles {
                let hit = content.windows(needle.len()).any(|w| w == needle.as_bytes());
                assert!(!hit, "{} holds {needle}", path.display());
            }
        }
    }
    assert!(bytes > 100_000, "only {bytes} bytes were looked at");
}

#[tokio::test]
async fn a_destroyed_key_makes_a_person_anonymous_and_leaves_the_log_whole() {
    let (world, staff) = World::set_up().await;
    let cookie = world.person("jun@otterfield.example").await;
    let me = world.get("/api/v1/me", Some(&cookie)).await.json();
    let account = me["account"].as_str().unwrap().to_owned();
    world.actions().await;
    world.app.store.keys().destroy(&account).await.unwrap();
    let filtered = format!("/api/v1/audit-events?actor={account}");
    let events = world.get(&filtered, Some(&staff)).await.json();
    let items = events["items"].as_array().unwrap();
    assert!(!items.is_empty());
    for event in items {
        assert_eq!(event["actor_name"], account, "the name is gone");
        assert!(["anonymised", "–"].contains(&event["address"].as_str().unwrap()), "{event}");
    }
    assert!(::audit::verify(&world.app).is_ok());
}
