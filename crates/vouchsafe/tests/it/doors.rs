//! The doors that anybody can knock at: lockout without a weapon, limits, traps, warnings, throw-away addresses.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{PASSWORD, World};

const OWNER: &str = "mara@larkspur.example";
const WRONG: &str = "wrong, and long enough";

#[tokio::test]
async fn three_wrong_ones_lock_an_hour_and_answer_as_wrong_ones_do() {
    let (world, _) = World::set_up().await;
    let mut bodies = Vec::new();
    for _ in 0..3 {
        let answer = world.sign_in(OWNER, WRONG).await;
        bodies.push((answer.status, answer.json()["detail"].clone()));
    }
    for password in [PASSWORD, WRONG, PASSWORD] {
        let answer = world.sign_in(OWNER, password).await;
        bodies.push((answer.status, answer.json()["detail"].clone()));
    }
    assert!(bodies.iter().all(|b| *b == bodies[0]), "{bodies:?}");
    world.wait(Duration::from_secs(59 * 60));
    assert_eq!(world.sign_in(OWNER, PASSWORD).await.status, StatusCode::UNAUTHORIZED);
    world.wait(Duration::from_secs(2 * 60));
    assert_eq!(world.sign_in(OWNER, PASSWORD).await.status, StatusCode::OK);
}

#[tokio::test]
async fn nobody_locks_somebody_else_out() {
    let (world, _) = World::set_up().await;
    for _ in 0..6 {
        world.sign_in_from("192.0.2.66", OWNER, WRONG, None).await;
    }
    let owner = world.sign_in_from("192.0.2.1", OWNER, PASSWORD, None).await;
    assert_eq!(owner.status, StatusCode::OK, "from another address");
    // An attacker with many addresses slows strangers down, and never the browser that the account knows.
    let browser = owner.cookies.iter().find(|c| c.contains("-browser=")).unwrap().clone();
    for n in 0..31 {
        world.sign_in_from(&format!("198.51.100.{n}"), OWNER, WRONG, None).await;
    }
    let stranger = world.sign_in_from("192.0.2.2", OWNER, PASSWORD, None).await;
    assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);
    let known = world.sign_in_from("192.0.2.3", OWNER, PASSWORD, Some(&browser)).await;
    assert_eq!(known.status, StatusCode::OK);
}

#[tokio::test]
async fn fifty_at_once_are_not_fifty_for_the_price_of_one() {
    let (world, _) = World::set_up().await;
    let tries = (0..50).map(|_| world.sign_in(OWNER, WRONG));
    futures_all(tries).await;
    let locked = world.actions().await.iter().filter(|a| *a == "session.refused").count();
    assert_eq!(locked, 50);
    ::audit::drain(&world.app).await.unwrap();
    let newest = serde_json::to_value(::audit::newest(&world.app, 100).unwrap()).unwrap();
    let looked_at = newest
        .as_array()
        .unwrap()
        .iter()
        .filter(|e| e["action"] == "session.refused" && e["details"]["locked"] == false)
        .count();
    assert!(looked_at <= 3, "{looked_at} passwords were looked at");
}

async fn futures_all<F: Future>(all: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut running: Vec<_> = all.map(|f| (Some(Box::pin(f)), None)).collect();
    std::future::poll_fn(|cx| {
        let mut open = false;
        for (future, out) in &mut running {
            if let Some(pinned) = future {
                match pinned.as_mut().poll(cx) {
                    std::task::Poll::Ready(done) => (*out, *future) = (Some(done), None),
                    std::task::Poll::Pending => open = true,
                }
            }
        }
        if open { std::task::Poll::Pending } else { std::task::Poll::Ready(()) }
    })
    .await;
    running.into_iter().filter_map(|(_, out)| out).collect()
}

#[tokio::test]
async fn an_address_is_limited_and_told_so() {
    let (world, _) = World::set_up_with(|config| config.limits.sign_ins_per_minute = 5).await;
    for left in [4, 3, 2, 1, 0] {
        let answer = world.sign_in("nobody@larkspur.example", WRONG).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert_eq!(
            answer.ratelimit.as_deref().unwrap().split(";t=").next().unwrap(),
            format!("\"sign-in\";r={left}")
        );
    }
    let refused = world.sign_in("nobody@larkspur.example", WRONG).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.json()["type"], "/problem/kernel/too-many-requests");
    assert!(refused.retry_after.unwrap() <= 12);
    let elsewhere = world.sign_in_from("192.0.2.9", OWNER, PASSWORD, None).await;
    assert_eq!(elsewhere.status, StatusCode::OK);
    world.wait(Duration::from_secs(13));
    let again = world.sign_in("nobody@larkspur.example", WRONG).await;
    assert_eq!(again.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_neighbour_in_the_same_network_of_ipv6_is_the_same_address() {
    let (world, _) = World::set_up_with(|config| config.limits.sign_ins_per_minute = 2).await;
    for (address, status) in [
        ("2001:db8:1:2::1", StatusCode::UNAUTHORIZED),
        ("2001:db8:1:2::2", StatusCode::UNAUTHORIZED),
        ("2001:db8:1:2:ffff::3", StatusCode::TOO_MANY_REQUESTS),
        ("2001:db8:1:3::1", StatusCode::UNAUTHORIZED),
    ] {
        let answer = world.sign_in_from(address, "nobody@larkspur.example", WRONG, None).await;
        assert_eq!(answer.status, status, "{address}");
    }
}

#[tokio::test]
async fn a_mailbox_gets_few_letters_from_strangers_however_it_is_spelled() {
    let world = World::set_up().await.0;
    for n in 0..9 {
        let local = match n % 3 {
            0 => "jun".to_owned(),
            1 => "JUN".to_owned(),
            _ => format!("jun+{n}"),
        };
        let email = format!("{local}@otterfield.example");
        let body = json!({ "email": email, "name": "Jun", "password": PASSWORD });
        assert_eq!(world.post("/api/v1/sign-up", None, body).await.status, StatusCode::ACCEPTED);
    }
    world.work().await;
    let kept = world.get("/dev/mail.json", None).await.json();
    let own = |m: &&Value| m["to"].as_str().unwrap().to_lowercase().starts_with("jun");
    assert_eq!(kept["items"].as_array().unwrap().iter().filter(own).count(), 5);
}

#[tokio::test]
async fn addresses_to_throw_away_are_refused_and_relays_are_not() {
    let world = World::set_up().await.0;
    for (email, status) in [
        ("a@mailinator.com", StatusCode::UNPROCESSABLE_ENTITY),
        ("a+b@Sub.MAILINATOR.com", StatusCode::UNPROCESSABLE_ENTITY),
        ("a@duck.com", StatusCode::ACCEPTED),
        ("a@larkspur.example", StatusCode::ACCEPTED),
    ] {
        let body = json!({ "email": email, "name": "Jun", "password": PASSWORD });
        assert_eq!(world.post("/api/v1/sign-up", None, body).await.status, status, "{email}");
    }
}

#[tokio::test]
async fn a_form_with_a_filled_trap_goes_nowhere_and_a_quick_one_comes_again() {
    let world = World::set_up().await.0;
    let stamp = kernel::web::trap::stamp(&world.app, world.app.clock.now());
    let fields = |website: &str| {
        format!(
            "stamp={stamp}&website={website}&name=Jun&email=jun%40otterfield.example&password=a+long+enough+password"
        )
    };
    let quick = world.form("/signup", &fields("")).await;
    assert_eq!(quick.status, StatusCode::TOO_MANY_REQUESTS);
    world.wait(Duration::from_secs(3));
    let bot = world.form("/signup", &fields("x")).await;
    assert_eq!((bot.status, bot.location.as_deref()), (StatusCode::SEE_OTHER, Some("/")));
    assert!(world.letter("jun@otterfield.example").await.is_none(), "it was taken");
    let person = world.form("/signup", &fields("")).await;
    assert_eq!(person.location.as_deref(), Some("/signup/sent"));
    assert!(world.letter("jun@otterfield.example").await.is_some());
    let forged = fields("").replace(&stamp, "1795444717418.0000000000000000");
    assert_eq!(world.form("/signup", &forged).await.status, StatusCode::BAD_REQUEST);
    world.wait(Duration::from_secs(25 * 3600));
    assert_eq!(world.form("/signup", &fields("")).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_new_browser_is_told_once_and_one_press_undoes_it() {
    let (world, cookie) = World::set_up().await;
    let count = async || {
        world.work().await;
        let kept = world.get("/dev/mail.json", None).await.json();
        let warned = |m: &&Value| m["text"].as_str().unwrap().contains("/not-me?token=");
        kept["items"].as_array().unwrap().iter().filter(warned).count()
    };
    let thief = world.sign_in_from("203.0.113.77", OWNER, PASSWORD, None).await;
    assert_eq!(count().await, 1);
    let browser = thief.cookies.iter().find(|c| c.contains("-browser=")).unwrap().clone();
    world.sign_in_from("203.0.113.77", OWNER, PASSWORD, Some(&browser)).await;
    assert_eq!(count().await, 1, "a known browser at a known address");
    world.wait(Duration::from_secs(1));
    world.sign_in_from("203.0.113.78", OWNER, PASSWORD, Some(&browser)).await;
    assert_eq!(count().await, 2, "a known browser at a new address");
    let token = world.token(OWNER).await;
    let stamp = kernel::web::trap::stamp(&world.app, world.app.clock.now());
    let fields = format!("stamp={stamp}&website=&token={token}");
    let pressed = world.form("/not-me", &fields).await;
    assert_eq!(pressed.status, StatusCode::SEE_OTHER, "{}", pressed.text);
    let to = pressed.location.unwrap();
    assert!(to.starts_with("/reset?token="), "{to}");
    for session in [&cookie, &thief.cookie.unwrap()] {
        let status = world.get("/api/v1/me", Some(session)).await.status;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(world.sign_in(OWNER, PASSWORD).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(world.form("/not-me", &fields).await.status, StatusCode::GONE, "it works once");
    let token = to.split("token=").nth(1).unwrap().split('&').next().unwrap();
    let body = json!({ "token": token, "password": "a fresh and long password" });
    let set = world.post("/api/v1/password-reset/finish", None, body).await;
    assert_eq!(set.status, StatusCode::NO_CONTENT, "{}", set.text);
    let signed = world.sign_in_from("192.0.2.50", OWNER, "a fresh and long password", None).await;
    assert_eq!(signed.status, StatusCode::OK);
}

#[tokio::test]
async fn the_language_of_pages_and_letters_is_the_readers() {
    let world = World::set_up().await.0;
    let german = world.page_in("/login", "de-CH,de;q=0.9,en;q=0.5").await;
    assert!(german.text.contains("lang=\"de\"") && german.text.contains("Anmelden"));
    let french = world.page_in("/login", "fr").await;
    assert!(french.text.contains("lang=\"en\""));
    let cookie = world.person("jun@otterfield.example").await;
    let body = Some(json!({ "lang": "de" }));
    let put = world.send(Method::PUT, "/api/v1/me/language", Some(&cookie), body, "").await;
    assert_eq!(put.status, StatusCode::NO_CONTENT);
    world.wait(Duration::from_secs(1));
    let body = json!({ "email": "jun@otterfield.example" });
    world.post("/api/v1/password-reset", None, body).await;
    let letter = world.letter("jun@otterfield.example").await.unwrap();
    assert!(letter.contains("Guten Tag Jun Sato"), "{letter}");
}

#[tokio::test]
async fn a_stolen_session_gains_no_guesses_by_moving() {
    let (world, cookie) = World::set_up().await;
    let show = |password: &str| json!({ "method": "password", "password": password });
    let change = |current: &str| json!({ "current": current, "password": "another long password" });
    for (path, wrong, right) in [
        ("/api/v1/session/show", show(WRONG), show(PASSWORD)),
        ("/api/v1/password", change(WRONG), change(PASSWORD)),
    ] {
        let mut refused = Vec::new();
        for n in 0..3 {
            let from = format!("198.51.100.{n}");
            refused.push(world.post_from(&from, path, Some(&cookie), wrong.clone()).await.status);
        }
        let last = world.post_from("203.0.113.5", path, Some(&cookie), right).await;
        assert!(refused.iter().all(|status| *status == last.status), "{path}: {}", last.text);
    }
    // The owner signs in anew, and is not locked out of anything.
    let fresh = world.sign_in_from("192.0.2.1", OWNER, PASSWORD, None).await.cookie.unwrap();
    let shown = world.post("/api/v1/session/show", Some(&fresh), show(PASSWORD)).await;
    assert_eq!(shown.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_stolen_browser_gains_no_guesses_by_moving_and_neighbours_take_it_none() {
    let (world, _) = World::set_up().await;
    let known = world.sign_in_from("192.0.2.1", OWNER, PASSWORD, None).await;
    let browser = known.cookies.iter().find(|c| c.contains("-browser=")).unwrap().clone();
    for _ in 0..3 {
        world.sign_in_from("192.0.2.1", OWNER, WRONG, None).await;
    }
    let owner = world.sign_in_from("192.0.2.1", OWNER, PASSWORD, Some(&browser)).await;
    assert_eq!(owner.status, StatusCode::OK, "a neighbour behind the same address was wrong");
    for n in 0..3 {
        world.sign_in_from(&format!("198.51.100.{n}"), OWNER, WRONG, Some(&browser)).await;
    }
    let thief = world.sign_in_from("203.0.113.5", OWNER, PASSWORD, Some(&browser)).await;
    assert_eq!(thief.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn not_me_takes_away_what_the_stranger_added() {
    let (world, cookie) = World::set_up().await;
    world.wait(Duration::from_secs(60));
    let thief = world.sign_in_from("203.0.113.77", OWNER, PASSWORD, None).await.cookie.unwrap();
    let token = world.token(OWNER).await;
    let on = Some(json!({ "number": "+4915112345678" }));
    let begun = world.send(Method::POST, "/api/v1/factors/phone", Some(&thief), on, "").await;
    assert_eq!(begun.status, StatusCode::ACCEPTED);
    let text = world.letter("+4915112345678").await.unwrap();
    let digits: String = text.chars().filter(char::is_ascii_digit).take(8).collect();
    let body = json!({ "code": digits });
    let added = world.post("/api/v1/factors/phone/confirm", Some(&thief), body).await;
    assert_eq!(added.status, StatusCode::NO_CONTENT, "{text}: {}", added.text);
    let own = world.get("/api/v1/factors", Some(&cookie)).await.json();
    assert!(own["phone"].is_string());
    // The stranger comes again, with what was added: the newest letter is about that, and its link undoes both.
    world.wait(Duration::from_secs(60));
    let again = world.sign_in_from("203.0.113.78", OWNER, PASSWORD, None).await.cookie.unwrap();
    let body = json!({ "method": "sms" });
    let path = "/api/v1/sign-in/factor/code";
    world.post_from("203.0.113.78", path, Some(&again), body).await;
    let text = world.letter("+4915112345678").await.unwrap();
    let digits: String = text.chars().filter(char::is_ascii_digit).take(8).collect();
    let body = json!({ "method": "sms", "code": digits });
    let path = "/api/v1/sign-in/factor";
    let opened = world.post_from("203.0.113.78", path, Some(&again), body).await;
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.text);
    let newest = world.token(OWNER).await;
    assert_ne!(newest, token);
    let token = newest;
    let stamp = kernel::web::trap::stamp(&world.app, world.app.clock.now());
    let pressed = world.form("/not-me", &format!("stamp={stamp}&website=&token={token}")).await;
    let reset = pressed.location.unwrap();
    let token = reset.split("token=").nth(1).unwrap().split('&').next().unwrap();
    let body = json!({ "token": token, "password": "a fresh and long password" });
    world.post("/api/v1/password-reset/finish", None, body).await;
    let signed = world.sign_in_from("192.0.2.50", OWNER, "a fresh and long password", None).await;
    assert!(signed.json()["next"].is_null(), "no code goes to the stranger: {}", signed.text);
}

#[tokio::test]
async fn wrong_ones_from_everywhere_count_for_an_hour_and_no_longer() {
    let (world, _) = World::set_up().await;
    for n in 0..29 {
        world.sign_in_from(&format!("198.51.100.{n}"), OWNER, WRONG, None).await;
    }
    world.wait(Duration::from_secs(55 * 60));
    world.sign_in_from("203.0.113.1", OWNER, WRONG, None).await;
    let stranger = world.sign_in_from("192.0.2.2", OWNER, PASSWORD, None).await;
    assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);
    world.wait(Duration::from_secs(6 * 60));
    let stranger = world.sign_in_from("192.0.2.2", OWNER, PASSWORD, None).await;
    assert_eq!(stranger.status, StatusCode::OK, "{}", stranger.text);
}
