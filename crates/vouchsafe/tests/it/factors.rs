//! Second factors, through the API: what counts, what does not, and what a change of them ends.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{PASSWORD, World};

/// The authenticator app of these tests: the crate that the product uses, with the secret that it gave out.
pub(crate) struct App(totp_rs::Totp);

impl App {
    pub(crate) async fn enrol(world: &World, cookie: &str) -> Self {
        let made = world.post("/api/v1/factors/totp", Some(cookie), json!({})).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        let secret = made.json()["secret"].as_str().unwrap().to_owned();
        let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
        let app = Self(
            totp_rs::Builder::new().with_secret(secret).with_account_name("x").build().unwrap(),
        );
        let body = json!({ "code": app.code(world, -1) });
        let confirmed = world.post("/api/v1/factors/totp/confirm", Some(cookie), body).await;
        assert_eq!(confirmed.status, StatusCode::NO_CONTENT, "{}", confirmed.text);
        app
    }

    pub(crate) fn code(&self, world: &World, away: i64) -> String {
        let seconds = world.app.clock.now().0 / 1000 + 30 * away;
        self.0.generate(u64::try_from(seconds).unwrap()).to_string()
    }
}

const OWNER: &str = "mara@larkspur.example";

/// Signs in with the password; the cookie of what waits.
async fn password(world: &World, email: &str) -> (String, Value) {
    let body = json!({ "email": email, "password": PASSWORD });
    let answer = world.post("/api/v1/sign-in", None, body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    (answer.cookie.clone().unwrap(), answer.json()["next"].clone())
}

async fn present(world: &World, waiting: &str, method: &str, code: &str) -> crate::support::Answer {
    let body = json!({ "method": method, "code": code });
    world.post("/api/v1/sign-in/factor", Some(waiting), body).await
}

#[tokio::test]
async fn an_app_is_wanted_from_then_on_and_its_codes_count_once() {
    let (world, cookie) = World::set_up().await;
    let app = App::enrol(&world, &cookie).await;
    let (waiting, next) = password(&world, OWNER).await;
    assert_eq!(next, "second_factor");
    assert_eq!(world.get("/api/v1/me", Some(&waiting)).await.status, StatusCode::UNAUTHORIZED);
    let used = app.code(&world, -1);
    assert_eq!(present(&world, &waiting, "totp", &used).await.status, StatusCode::UNAUTHORIZED);
    let code = app.code(&world, 0);
    let opened = present(&world, &waiting, "totp", &code).await;
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.text);
    let session = opened.cookie.unwrap();
    assert_eq!(world.get("/api/v1/me", Some(&session)).await.status, StatusCode::OK);
    assert_eq!(present(&world, &waiting, "totp", &code).await.status, StatusCode::GONE);
    let (again, _) = password(&world, OWNER).await;
    assert_eq!(present(&world, &again, "totp", &code).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn five_wrong_codes_end_the_sign_in_and_ten_minutes_do() {
    let (world, cookie) = World::set_up().await;
    let app = App::enrol(&world, &cookie).await;
    let (waiting, _) = password(&world, OWNER).await;
    for _ in 0..5 {
        let refused = present(&world, &waiting, "totp", "000000").await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    }
    let right = app.code(&world, 0);
    assert_eq!(present(&world, &waiting, "totp", &right).await.status, StatusCode::GONE);
    let (waiting, _) = password(&world, OWNER).await;
    world.wait(std::time::Duration::from_secs(601));
    let right = app.code(&world, 0);
    assert_eq!(present(&world, &waiting, "totp", &right).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn a_new_app_counts_only_when_its_first_code_came() {
    let (world, cookie) = World::set_up().await;
    let old = App::enrol(&world, &cookie).await;
    world.post("/api/v1/factors/totp", Some(&cookie), json!({})).await;
    let body = json!({ "code": "000000" });
    let wrong = world.post("/api/v1/factors/totp/confirm", Some(&cookie), body).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let (waiting, _) = password(&world, OWNER).await;
    let code = old.code(&world, 0);
    assert_eq!(present(&world, &waiting, "totp", &code).await.status, StatusCode::OK);
}

#[tokio::test]
async fn ten_backup_codes_each_good_once_and_new_ones_end_the_old() {
    let (world, cookie) = World::set_up().await;
    let none = world.post("/api/v1/factors/backup-codes", Some(&cookie), json!({})).await;
    assert_eq!(none.status, StatusCode::CONFLICT, "codes without a factor");
    App::enrol(&world, &cookie).await;
    let make = async || {
        let made = world.post("/api/v1/factors/backup-codes", Some(&cookie), json!({})).await;
        let codes = made.json()["codes"].as_array().unwrap().clone();
        codes.iter().map(|c| c.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let (old, codes) = (make().await, make().await);
    assert_eq!(codes.len(), 10);
    let (waiting, _) = password(&world, OWNER).await;
    let refused = present(&world, &waiting, "backup_code", &old[0]).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    let plain = codes[0].replace('-', " ").to_lowercase();
    assert_eq!(present(&world, &waiting, "backup_code", &plain).await.status, StatusCode::OK);
    let (waiting, _) = password(&world, OWNER).await;
    let twice = present(&world, &waiting, "backup_code", &codes[0]).await;
    assert_eq!(twice.status, StatusCode::UNAUTHORIZED);
    let own = world.get("/api/v1/factors", Some(&cookie)).await.json();
    assert_eq!(own["backup_codes_left"], 9);
    // They go with the last factor.
    let gone = world.send(Method::DELETE, "/api/v1/factors/totp", Some(&cookie), None, "").await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(world.get("/api/v1/factors", Some(&cookie)).await.json()["backup_codes_left"], 0);
}

#[tokio::test]
async fn changes_of_what_lets_one_in_want_to_be_shown_first() {
    let (world, cookie) = World::set_up().await;
    world.wait(std::time::Duration::from_secs(601));
    for (method, path) in [
        (Method::POST, "/api/v1/factors/totp"),
        (Method::POST, "/api/v1/factors/passkeys"),
        (Method::POST, "/api/v1/factors/backup-codes"),
        (Method::DELETE, "/api/v1/factors/totp"),
        (Method::POST, "/api/v1/tokens"),
    ] {
        let body = json!({ "name": "x", "expires_in_days": 1, "scopes": ["all"] });
        let answer = world.send(method, path, Some(&cookie), Some(body), "application/json").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}: {}", answer.text);
        assert_eq!(answer.json()["type"], "/problem/kernel/show-first");
    }
    let show = |password: &str| json!({ "method": "password", "password": password });
    let wrong = world.post("/api/v1/session/show", Some(&cookie), show("not the password")).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    let right = world.post("/api/v1/session/show", Some(&cookie), show(PASSWORD)).await;
    assert_eq!(right.status, StatusCode::NO_CONTENT);
    let app = App::enrol(&world, &cookie).await;
    world.wait(std::time::Duration::from_secs(601));
    // With an app the password alone is not enough any more, and a code counts here once as well.
    let password = world.post("/api/v1/session/show", Some(&cookie), show(PASSWORD)).await;
    assert_eq!(password.status, StatusCode::NOT_FOUND);
    let body = json!({ "method": "totp", "code": app.code(&world, 0) });
    let shown = world.post("/api/v1/session/show", Some(&cookie), body.clone()).await;
    assert_eq!(shown.status, StatusCode::NO_CONTENT, "{}", shown.text);
    let again = world.post("/api/v1/session/show", Some(&cookie), body).await;
    assert_eq!(again.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn removing_a_factor_ends_the_other_sessions_and_a_required_one_stays() {
    let (world, cookie) = World::set_up().await;
    let app = App::enrol(&world, &cookie).await;
    let (waiting, _) = password(&world, OWNER).await;
    let other = present(&world, &waiting, "totp", &app.code(&world, 0)).await.cookie.unwrap();
    let policy = |of: &str| json!({ "of": of });
    let path = "/api/v1/tenants/larkspur-dental/second-factor";
    let put = async |of: &str| {
        let body = Some(policy(of));
        world.send(Method::PUT, path, Some(&cookie), body, "application/json").await.status
    };
    let remove = async || {
        world.send(Method::DELETE, "/api/v1/factors/totp", Some(&cookie), None, "").await.status
    };
    assert_eq!(put("everybody").await, StatusCode::NO_CONTENT);
    assert_eq!(remove().await, StatusCode::CONFLICT);
    assert_eq!(put("nobody").await, StatusCode::NO_CONTENT);
    assert_eq!(remove().await, StatusCode::NO_CONTENT);
    assert_eq!(world.get("/api/v1/me", Some(&other)).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(world.get("/api/v1/me", Some(&cookie)).await.status, StatusCode::OK);
    assert_eq!(
        put("everybody").await,
        StatusCode::FORBIDDEN,
        "nobody asks for more than they have"
    );
}

#[tokio::test]
async fn a_secret_that_nobody_confirmed_is_shown_a_while_and_to_nobody_who_may_not_set_it_up() {
    let (world, cookie) = World::set_up().await;
    let made = world.post("/api/v1/factors/totp", Some(&cookie), json!({})).await;
    let secret = made.json()["secret"].as_str().unwrap().to_owned();
    let letters = world.page("/dashboard/security/totp", Some(&cookie)).await.text;
    assert!(letters.replace(' ', "").contains(&secret), "it is shown while it is set up");
    world.wait(std::time::Duration::from_secs(601));
    let page = world.page("/dashboard/security/totp", Some(&cookie)).await;
    assert!(page.location.unwrap().starts_with("/show?next="), "not without showing who it is");
    let show = json!({ "method": "password", "password": PASSWORD });
    world.post("/api/v1/session/show", Some(&cookie), show).await;
    world.wait(std::time::Duration::from_secs(301));
    let page = world.page("/dashboard/security/totp", Some(&cookie)).await;
    assert_eq!(page.location.as_deref(), Some("/dashboard/security"), "it has expired");
    let code = json!({ "code": "000000" });
    let late = world.post("/api/v1/factors/totp/confirm", Some(&cookie), code).await;
    assert_eq!(late.status, StatusCode::GONE);
}

#[tokio::test]
async fn removing_a_telephone_buys_no_further_messages() {
    let (world, cookie) = World::set_up().await;
    let mut sent = 0;
    for _ in 0..25 {
        let body = json!({ "number": "+4915112345678" });
        let asked = world.post("/api/v1/factors/phone", Some(&cookie), body).await;
        sent += u32::from(asked.status == StatusCode::ACCEPTED);
        world.delete("/api/v1/factors/phone", &cookie).await;
    }
    assert_eq!(sent, 20);
    world.wait(std::time::Duration::from_secs(25 * 3600));
    let cookie = world.sign_in(OWNER, PASSWORD).await.cookie.unwrap();
    let body = json!({ "number": "+4915112345678" });
    let asked = world.post("/api/v1/factors/phone", Some(&cookie), body).await;
    assert_eq!(asked.status, StatusCode::ACCEPTED, "{}", asked.text);
}

#[tokio::test]
async fn a_change_of_factors_ends_sign_ins_that_wait() {
    let (world, cookie) = World::set_up().await;
    let app = App::enrol(&world, &cookie).await;
    let (waiting, _) = password(&world, OWNER).await;
    let body = json!({ "on": true });
    let put = world.send(Method::PUT, "/api/v1/factors/mail", Some(&cookie), Some(body), "").await;
    assert_eq!(put.status, StatusCode::NO_CONTENT);
    let code = app.code(&world, 0);
    assert_eq!(present(&world, &waiting, "totp", &code).await.status, StatusCode::GONE);
}
