//! The table of attacks: each thing that lets somebody in or changes what does, forged, expired, replayed, somebody else's,
//! meant for something else. Passkeys have a file of their own.

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::json;

use crate::factors::App;
use crate::support::{Answer, PASSWORD, World};

const OWNER: &str = "mara@larkspur.example";
const TEAM: &str = "/api/v1/tenants/larkspur-dental/invitations";
const NEW: &str = "a quite different password";
const AWAY: &str = "192.0.2.44";

/// What a letter brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    Confirm,
    Invitation,
    Location,
    Reset,
}

const LINKS: [Link; 4] = [Link::Confirm, Link::Invitation, Link::Location, Link::Reset];

impl Link {
    fn life(self) -> Duration {
        match self {
            Self::Confirm => Duration::from_hours(24),
            Self::Invitation => Duration::from_hours(7 * 24),
            Self::Location | Self::Reset => Duration::from_mins(30),
        }
    }

    /// Has one mailed, and reads it. `n` makes addresses new.
    async fn fresh(self, world: &World, owner: &str, n: u32) -> String {
        world.wait(Duration::from_secs(1));
        let stranger = format!("stranger{n}@larkspur.example");
        match self {
            Self::Confirm => {
                let body = json!({ "email": stranger, "name": "New", "password": PASSWORD });
                world.post("/api/v1/sign-up", None, body).await;
                world.token(&stranger).await
            }
            Self::Invitation => {
                let body = json!({ "email": stranger, "role": "viewer" });
                world.post(TEAM, Some(owner), body).await;
                world.token(&stranger).await
            }
            Self::Location => {
                let from = format!("192.0.2.{n}");
                let begun = world.sign_in_from(&from, OWNER, PASSWORD, None).await;
                assert_eq!(begun.json()["next"], "confirm_location", "{}", begun.text);
                world.token(OWNER).await
            }
            Self::Reset => {
                world.post("/api/v1/password-reset", None, json!({ "email": OWNER })).await;
                world.token(OWNER).await
            }
        }
    }

    async fn present(self, world: &World, token: &str) -> Answer {
        let (path, body) = match self {
            Self::Confirm => ("/api/v1/confirm", json!({ "token": token })),
            Self::Invitation => (
                "/api/v1/invitations/accept",
                json!({ "token": token, "name": "New", "password": PASSWORD }),
            ),
            Self::Location => ("/api/v1/sign-in/location", json!({ "token": token })),
            // The same password as before: the other rows go on with it.
            Self::Reset => {
                ("/api/v1/password-reset/finish", json!({ "token": token, "password": PASSWORD }))
            }
        };
        world.post(path, None, body).await
    }
}

/// Every character of it but the last third is kept: the part that finds it, and not the secret.
fn forged(token: &str) -> String {
    let end = token.len() - 4;
    let flip = |c: char| if c == 'A' { 'B' } else { 'A' };
    let tail: String = token[end..].chars().map(flip).collect();
    format!("{}{tail}", &token[..end])
}

async fn strict() -> (World, String) {
    World::set_up_with(|c| {
        c.sign_in.confirm_location = true;
        c.limits.letters_per_mailbox_hour = 100;
        c.limits.sign_ins_per_minute = 1000;
        c.limits.letters_per_minute = 1000;
    })
    .await
}

#[tokio::test]
async fn a_mailed_link_is_good_once_for_its_purpose_and_not_for_long() {
    let (world, owner) = strict().await;
    let mut n = 0;
    let mut next = || {
        n += 1;
        n
    };
    for link in LINKS {
        let token = link.fresh(&world, &owner, next()).await;
        let wrong = link.present(&world, &forged(&token)).await.status;
        assert!(wrong.is_client_error(), "{link:?} forged: {wrong}");
        for other in LINKS.into_iter().filter(|l| *l != link) {
            let wrong = other.present(&world, &token).await.status;
            assert!(wrong.is_client_error(), "{link:?} as {other:?}: {wrong}");
        }
        let wrong = world.get_as("/api/v1/me", &token).await.status;
        assert_eq!(wrong, StatusCode::UNAUTHORIZED, "{link:?} as an access token");
        let good = link.present(&world, &token).await;
        assert!(good.status.is_success(), "{link:?}: {} {}", good.status, good.text);
        let again = link.present(&world, &token).await.status;
        assert!(again.is_client_error(), "{link:?} replayed: {again}");
        let late = link.fresh(&world, &owner, next()).await;
        world.wait(link.life() + Duration::from_secs(1));
        let late = link.present(&world, &late).await.status;
        assert!(late.is_client_error(), "{link:?} expired: {late}");
        // What ran out with the time is opened anew for the next row.
        let (now, _) = sign_in_here(&world).await;
        assert_eq!(now.status, StatusCode::OK, "after {link:?}: {}", now.text);
    }
}

/// From where the account is known.
async fn sign_in_here(world: &World) -> (Answer, String) {
    let answer = world.sign_in(OWNER, PASSWORD).await;
    let cookie = answer.cookie.clone().unwrap_or_default();
    (answer, cookie)
}

#[tokio::test]
async fn a_password_counts_for_its_account_only_and_an_old_one_for_none() {
    let (world, cookie) = World::set_up().await;
    world.person("jun@larkspur.example").await;
    let change = json!({ "current": PASSWORD, "password": NEW });
    assert_eq!(world.post("/api/v1/password", Some(&cookie), change).await.status, 204);
    for (who, password, what) in [
        (OWNER, PASSWORD, "replaced"),
        ("jun@larkspur.example", NEW, "somebody else's"),
        ("ma\u{433}a@larkspur.example", NEW, "a look-alike address"),
        ("mara@larkspur\u{3002}example", "x", "another dot"),
        (OWNER, "", "empty"),
        (OWNER, " a quite different password", "with a space"),
        (OWNER, "A quite different password", "in other capitals"),
    ] {
        let answer = world.sign_in(who, password).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{what}: {}", answer.text);
    }
    assert_eq!(world.sign_in_from(AWAY, OWNER, NEW, None).await.status, StatusCode::OK);
}

async fn waits(world: &World, from: &str, email: &str) -> String {
    let begun = world.sign_in_from(from, email, PASSWORD, None).await;
    assert_eq!(begun.json()["next"], "second_factor", "{}", begun.text);
    begun.cookie.unwrap()
}

async fn present(world: &World, from: &str, waiting: &str, method: &str, code: &str) -> StatusCode {
    let body = json!({ "method": method, "code": code });
    world.post_from(from, "/api/v1/sign-in/factor", Some(waiting), body).await.status
}

#[tokio::test]
async fn a_code_counts_for_its_account_its_kind_its_time_and_once() {
    let (world, mara) = World::set_up_with(|c| c.lockout.attempts = 50).await;
    let jun = world.person("jun@larkspur.example").await;
    let (maras, juns) = (App::enrol(&world, &mara).await, App::enrol(&world, &jun).await);
    let codes = async |cookie: &str| -> Vec<String> {
        let made = world.post("/api/v1/factors/backup-codes", Some(cookie), json!({})).await;
        let codes = made.json()["codes"].as_array().unwrap().clone();
        codes.iter().map(|c| c.as_str().unwrap().to_owned()).collect()
    };
    let (mara_codes, jun_codes) = (codes(&mara).await, codes(&jun).await);
    let refused = StatusCode::UNAUTHORIZED;
    for (method, code, what) in [
        ("totp", juns.code(&world, 0), "somebody else's app"),
        ("totp", maras.code(&world, 3), "of the future"),
        ("totp", maras.code(&world, -3), "of the past"),
        ("totp", mara_codes[0].clone(), "of another kind"),
        ("totp", String::new(), "empty"),
        ("backup_code", jun_codes[0].clone(), "somebody else's paper"),
        ("backup_code", maras.code(&world, 0), "of another kind"),
        ("mail", maras.code(&world, 0), "none was mailed"),
        ("sms", maras.code(&world, 0), "none was sent"),
    ] {
        let waiting = waits(&world, AWAY, OWNER).await;
        assert_eq!(
            present(&world, AWAY, &waiting, method, &code).await,
            refused,
            "{method} {what}"
        );
    }
    for (method, code) in [("totp", maras.code(&world, 0)), ("backup_code", mara_codes[1].clone())]
    {
        let waiting = waits(&world, AWAY, OWNER).await;
        let good = present(&world, AWAY, &waiting, method, &code).await;
        assert_eq!(good, StatusCode::OK, "{method}");
        let waiting = waits(&world, AWAY, OWNER).await;
        let again = present(&world, AWAY, &waiting, method, &code).await;
        assert_eq!(again, refused, "{method} replayed");
    }
    // The waiting sign-in of one is no place for the other's code, and no session.
    let waiting = waits(&world, AWAY, OWNER).await;
    let juns_waiting = waits(&world, AWAY, "jun@larkspur.example").await;
    world.wait(Duration::from_secs(31));
    let code = maras.code(&world, 0);
    assert_eq!(present(&world, AWAY, &juns_waiting, "totp", &code).await, refused);
    assert_eq!(world.get("/api/v1/me", Some(&waiting)).await.status, refused);
    assert_eq!(present(&world, AWAY, &waiting, "totp", &code).await, StatusCode::OK);
}

#[tokio::test]
async fn a_session_or_token_counts_where_it_was_made_as_what_it_is_and_while_it_lives() {
    let (world, cookie) = World::set_up().await;
    let (other, others) = World::set_up().await;
    let body = json!({ "name": "x", "expires_in_days": 1, "scopes": ["all"] });
    let made = world.post("/api/v1/tokens", Some(&cookie), body.clone()).await.json();
    let token = made["token"].as_str().unwrap().to_owned();
    let theirs = other.post("/api/v1/tokens", Some(&others), body).await.json();
    let theirs = theirs["token"].as_str().unwrap().to_owned();
    let secret = |cookie: &str| cookie.split('=').nth(1).unwrap().to_owned();
    let name = cookie.split('=').next().unwrap();
    for (cookie, what) in [
        (forged(&cookie), "forged"),
        (format!("{name}={}", secret(&others)), "of another installation"),
        (format!("{name}={token}"), "an access token"),
        (format!("{name}="), "empty"),
    ] {
        let status = world.get("/api/v1/me", Some(&cookie)).await.status;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "a session {what}");
    }
    for (bearer, what) in [
        (forged(&token), "forged"),
        (theirs, "of another installation"),
        (secret(&cookie), "a session"),
        ("x".into(), "nonsense"),
    ] {
        let status = world.get_as("/api/v1/me", &bearer).await.status;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "a token {what}");
    }
    assert_eq!(world.get_as("/api/v1/me", &token).await.status, StatusCode::OK);
    world.wait(Duration::from_hours(25));
    assert_eq!(world.get_as("/api/v1/me", &token).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(world.get("/api/v1/me", Some(&cookie)).await.status, StatusCode::OK);
    world.wait(Duration::from_hours(24 * 7 + 1));
    let idle = world.get("/api/v1/me", Some(&cookie)).await;
    assert_eq!(idle.status, StatusCode::UNAUTHORIZED, "a week without a request");
    // Used every day it ends after thirty days all the same.
    let (_, fresh) = sign_in_here(&world).await;
    for day in 0..31 {
        let status = world.get("/api/v1/me", Some(&fresh)).await.status;
        let live = day < 30;
        assert_eq!(status == StatusCode::OK, live, "day {day}");
        // The use is noted beside the answer.
        while live && world.last_active(&fresh).await != world.app.clock.now().iso() {
            tokio::task::yield_now().await;
        }
        world.wait(Duration::from_hours(24));
    }
}

/// Names of a thing of one tenant are nothing in another.
#[tokio::test]
async fn what_belongs_to_another_tenant_does_not_exist() {
    let (world, mara) = World::set_up().await;
    let jun = world.person("jun@larkspur.example").await;
    let made = world.post("/api/v1/tenants", Some(&jun), json!({ "name": "Jun Optics" })).await;
    let slug = made.json()["slug"].as_str().unwrap().to_owned();
    let body = json!({ "email": "x@larkspur.example", "role": "viewer" });
    let invited = world.post(TEAM, Some(&mara), body).await.json();
    let id = invited["id"].as_str().unwrap_or_default().to_owned();
    for path in [
        "/api/v1/tenants/larkspur-dental".to_owned(),
        format!("{TEAM}/{id}"),
        format!("/api/v1/tenants/{slug}/invitations/{id}"),
    ] {
        let got = world.delete(&path, &jun).await.status;
        let gone = matches!(got, StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED);
        assert!(gone, "{path}: {got}");
    }
    let still = world.get(TEAM, Some(&mara)).await.json();
    assert_eq!(still["items"].as_array().map(Vec::len), Some(1), "{still}");
}
