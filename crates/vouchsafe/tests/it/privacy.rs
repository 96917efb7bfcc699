//! What is kept of a person is told to them, and forgotten at their word; what the public pages of privacy say.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use vouchsafe::compose::DOMAINS;

use crate::support::{Answer, PASSWORD, World};

const EMAIL: &str = "jun@otterfield.example";
const DAY: u64 = 86_400;

/// Every table that names an account, but the record of who of the staff looked into a tenant: that is the tenant's.
fn tables() -> Vec<&'static str> {
    let all = DOMAINS.iter().flat_map(|d| d.data).map(|c| c.column);
    all.filter_map(|c| c.strip_suffix(".account")).filter(|t| *t != "support").collect()
}

/// How many rows of each table are an account's.
fn rows(world: &World, account: &str) -> BTreeMap<&'static str, i64> {
    let id: base::id::AccountId = account.parse().unwrap();
    let count = |table: &'static str| {
        let sql: &'static str =
            String::leak(format!("SELECT count(*) FROM {table} WHERE account = ?1"));
        let n = world.app.store.control().read(|tx| tx.number(sql, store::params![id])).unwrap();
        (table, n)
    };
    tables().into_iter().map(count).filter(|(_, n)| *n > 0).collect()
}

/// A viewer of the staff's tenant with something in every place where a person can leave something by themselves.
async fn somebody() -> (World, String, String, String) {
    let (world, staff) = World::set_up().await;
    let cookie = world.person(EMAIL).await;
    let invite = json!({ "email": EMAIL, "role": "viewer" });
    let path = "/api/v1/tenants/larkspur-dental/invitations";
    world.wait(Duration::from_secs(1)); // letters of one moment have no order
    assert_eq!(world.post(path, Some(&staff), invite).await.status, 201);
    let token = world.token(EMAIL).await;
    let accepted = json!({ "token": token });
    let joined = world.post("/api/v1/invitations/accept", Some(&cookie), accepted).await;
    assert_eq!(joined.status, 200, "{}", joined.text);
    assert_eq!(world.get("/api/v1/tenants/larkspur-dental", Some(&cookie)).await.status, 200);
    let token = json!({ "name": "laptop", "expires_in_days": 9, "scopes": ["all"] });
    assert_eq!(world.post("/api/v1/tokens", Some(&cookie), token).await.status, 201);
    assert_eq!(world.post("/api/v1/factors/totp", Some(&cookie), json!({})).await.status, 201);
    let passkey = world.post("/api/v1/factors/passkeys", Some(&cookie), json!({})).await;
    assert_eq!(passkey.status, 200, "{}", passkey.text);
    let reset = world.post("/api/v1/password-reset", None, json!({ "email": EMAIL })).await;
    assert!(reset.status.is_success(), "{}", reset.text);
    world.work().await;
    let me = world.get("/api/v1/me", Some(&cookie)).await.json();
    let account = me["account"].as_str().unwrap().to_owned();
    let group = json!({ "name": "Books", "rules": { "audit": "deny" }, "members": [account] });
    let path = "/api/v1/tenants/larkspur-dental/access-groups";
    assert_eq!(world.post(path, Some(&staff), group).await.status, 201);
    (world, staff, cookie, account)
}

async fn anonymise(world: &World, cookie: &str) -> Answer {
    world.post("/api/v1/me/anonymise", Some(cookie), json!({ "confirm": true })).await
}

#[tokio::test]
async fn the_export_tells_of_every_table_that_has_something() {
    let (world, _, cookie, account) = somebody().await;
    ::audit::drain(&world.app).await.unwrap();
    let told = world.get("/api/v1/me/export", Some(&cookie)).await;
    assert_eq!(told.status, 200, "{}", told.text);
    let told = told.json();
    let filled = rows(&world, &account);
    assert!(filled.len() >= 9, "the person left too little: {filled:?}");
    for table in filled.into_keys() {
        let pointer = match table {
            "session" => "/identity/sessions/0/address",
            "token" => "/identity/tokens/0/name",
            "browser" => "/identity/known_browsers_seen_at/0",
            "network" => "/identity/known_networks_seen_at/0",
            "member" | "visit" => "/tenancy/memberships/0/role",
            "access_member" => "/tenancy/memberships/0/groups/0",
            // Only as hashes, for minutes or until they are used: there is nothing in them to be told.
            "ceremony" | "warning" | "reset_link" | "totp" => continue,
            other => panic!("{other} has a row and the export is not known to tell it"),
        };
        assert!(told.pointer(pointer).is_some_and(|v| !v.is_null()), "{pointer} in {told}");
    }
    assert_eq!(told["identity"]["account"]["email"], EMAIL);
    let actions = told["audit"]["entries"].as_array().unwrap();
    assert!(actions.iter().any(|e| e["action"] == "token.created"), "{actions:?}");
    assert!(world.actions().await.contains(&"account.exported".to_owned()));
    let page = world.page("/dashboard/settings/export", Some(&cookie)).await;
    assert!(page.text.contains(EMAIL));
}

#[tokio::test]
async fn whoever_had_themselves_forgotten_is_nowhere() {
    let (world, staff, cookie, account) = somebody().await;
    let done = anonymise(&world, &cookie).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT, "{}", done.text);
    assert_eq!(rows(&world, &account), BTreeMap::new());
    assert!(world.app.store.keys().find(&account).unwrap().is_none(), "the key is destroyed");
    assert_eq!(world.get("/api/v1/me", Some(&cookie)).await.status, 401);
    assert_eq!(world.sign_in(EMAIL, PASSWORD).await.status, 401);
    world.work().await;
    for path in [
        "/api/v1/people",
        "/api/v1/audit-events",
        "/api/v1/tenants/larkspur-dental/members",
        "/api/v1/tenants/larkspur-dental/audit-events",
    ] {
        let list = world.get(path, Some(&staff)).await;
        assert_eq!(list.status, 200, "{path}: {}", list.text);
        assert!(!list.text.contains(EMAIL), "{path}: {}", list.text);
    }
    assert!(world.letter(EMAIL).await.is_none(), "their letters are gone");
    assert!(world.actions().await.contains(&"account.anonymised".to_owned()));
    // The address is free: whoever has it can begin anew, as somebody else.
    let again = world.person(EMAIL).await;
    assert_ne!(world.get("/api/v1/me", Some(&again)).await.json()["account"], account.as_str());
}

#[tokio::test]
async fn nobody_is_forgotten_whom_others_need_or_who_did_not_show_themselves() {
    let (world, staff, cookie, account) = somebody().await;
    let word = json!({ "confirm": false });
    assert_eq!(world.post("/api/v1/me/anonymise", Some(&cookie), word).await.status, 422);
    let alone = anonymise(&world, &staff).await;
    assert_eq!(alone.json()["type"].as_str().unwrap().rsplit('/').next(), Some("owns-alone"));
    assert!(alone.text.contains("Larkspur Dental"), "{}", alone.text);
    world.wait(Duration::from_mins(11));
    let late = anonymise(&world, &cookie).await;
    assert_eq!(late.status, StatusCode::FORBIDDEN, "{}", late.text);
    assert!(rows(&world, &account).contains_key("session"));
    let member = world.get("/api/v1/tenants/larkspur-dental/members", Some(&staff)).await;
    assert!(member.text.contains(EMAIL));
}

#[tokio::test]
async fn the_last_of_the_staff_stays() {
    let (world, staff, ..) = somebody().await;
    let members = world.get("/api/v1/tenants/larkspur-dental/members", Some(&staff)).await.json();
    let jun = members["items"].as_array().unwrap().iter().find(|m| m["email"] == EMAIL).unwrap();
    let body = json!({ "account": jun["account"] });
    let path = "/api/v1/tenants/larkspur-dental/owner";
    let handed = world.send(Method::PUT, path, Some(&staff), Some(body), "application/json").await;
    assert!(handed.status.is_success(), "{}", handed.text);
    let last = anonymise(&world, &staff).await;
    assert_eq!(last.json()["type"].as_str().unwrap().rsplit('/').next(), Some("last-staff"));
}

#[tokio::test]
async fn a_key_is_destroyed_though_the_program_died_before() {
    let (world, _, cookie, account) = somebody().await;
    assert_eq!(anonymise(&world, &cookie).await.status, 204);
    // As after a crash between the transaction and the key: the key is there once more, and the job as well.
    let keys = world.app.store.keys();
    let owner = account.clone();
    let gone = keys.db().write(move |tx| {
        tx.execute("DELETE FROM wrapped_key WHERE owner = ?1", store::params![&owner])
    });
    assert_eq!(gone.await.unwrap(), 1);
    keys.create(&account).await.unwrap();
    world.work().await;
    assert!(world.app.store.keys().find(&account).unwrap().is_none());
}

#[tokio::test]
async fn the_agreement_is_signed_before_buying_and_outlives_the_account() {
    let (world, staff, cookie, _) = somebody().await;
    let shown = world.get("/api/v1/dpa?lang=de", None).await.json();
    let plain = world.page_in("/dpa.txt", "de").await.text;
    assert_eq!(shown["text"], plain.as_str());
    assert_eq!(shown["digest"], crypt::hex(&crypt::sha256(&[plain.as_bytes()])));
    let sign = |company: &str, email: &str, digest: &Value| json!({ "company": company, "name": "Jun", "email": email, "digest": digest });
    let path = "/api/v1/dpa/signatures";
    let other = json!("0".repeat(64));
    assert_eq!(world.post(path, None, sign("Otterfield", EMAIL, &other)).await.status, 409);
    let bad = world.post(path, None, sign("", "no address", &shown["digest"])).await;
    assert_eq!(bad.status, 422);
    assert!(bad.text.contains("company") && bad.text.contains("email"), "{}", bad.text);
    let signed = world.post(path, None, sign("Otterfield", EMAIL, &shown["digest"])).await;
    assert_eq!(signed.status, 201, "{}", signed.text);
    let id = signed.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(anonymise(&world, &cookie).await.status, 204);
    let page = world.page("/admin/privacy", Some(&staff)).await.text;
    assert!(page.contains(&id) && page.contains(EMAIL), "a contract is proof");
    assert_eq!(world.page("/admin/privacy", None).await.status, 303);
}

#[tokio::test]
async fn an_operators_own_agreement_takes_the_place_of_the_built_in_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("dpa.txt");
    std::fs::write(&file, "# Our terms\n\nWe & you <agree>.\n").unwrap();
    let path = file.clone();
    let (world, _) = World::set_up_with(|c| c.privacy.dpa_file = Some(path)).await;
    assert_eq!(world.page("/dpa.txt", None).await.text, "# Our terms\n\nWe & you <agree>.\n");
    let page = world.page("/dpa", None).await.text;
    assert!(page.contains("Our terms") && page.contains("We &#38; you &#60;agree&#62;."), "{page}");
    std::fs::remove_file(&file).unwrap();
    assert_eq!(world.page("/dpa.txt", None).await.status, 500, "never another text instead");
}

#[tokio::test]
async fn a_sub_processor_is_announced_before_it_begins_and_stays_on_the_list() {
    let (world, staff) = World::set_up_with(|c| {
        c.password.breach_url = Some("https://range.example.net/range".into());
    })
    .await;
    let public = async || world.get("/api/v1/sub-processors", None).await.json();
    assert_eq!(public().await["undeclared"], json!(["password.breach_url"]));
    assert!(world.page("/sub-processors", None).await.text.contains("password.breach_url"));
    let path = "/api/v1/platform/sub-processors";
    let body = json!({ "name": "Range & Sons", "purpose": "breach check", "country": "Ireland",
        "hosts": ["example.net"] });
    let made = world.post(path, Some(&staff), body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let id = made.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(
        public().await["undeclared"],
        json!(["password.breach_url"]),
        "not before it begins"
    );
    let page = world.page("/sub-processors", None).await.text;
    assert!(page.contains("Range &#38; Sons") && page.contains("Announced"), "{page}");
    world.wait(Duration::from_secs(31 * DAY));
    assert_eq!(public().await["undeclared"], json!([]));
    let feed = world.page("/sub-processors/feed.atom", None).await.text;
    assert!(feed.contains(&id) && feed.contains("Range &#38; Sons"), "{feed}");
    let staff = world.sign_in("mara@larkspur.example", PASSWORD).await.cookie.unwrap();
    assert_eq!(world.delete(&format!("{path}/{id}"), &staff).await.status, 204);
    assert_eq!(world.delete(&format!("{path}/{id}"), &staff).await.status, 404, "once");
    assert_eq!(public().await["undeclared"], json!(["password.breach_url"]));
    assert!(world.page("/sub-processors", None).await.text.contains("Before"));
    let bad = json!({ "name": "", "purpose": "x", "country": "x", "hosts": ["a b"] });
    let bad = world.send(Method::POST, path, Some(&staff), Some(bad), "application/json").await;
    assert_eq!(bad.status, 422);
}

/// Where an entry came from is under the key of whom it is about, also when nobody was signed in.
#[tokio::test]
async fn no_entry_about_somebody_forgotten_says_where_it_came_from() {
    let (world, staff, cookie, account) = somebody().await;
    assert_eq!(world.sign_in(EMAIL, "not the password").await.status, 401);
    ::audit::drain(&world.app).await.unwrap();
    let about = async |role: &str| {
        let path = format!("/api/v1/audit-events?limit=100&{role}={account}");
        world.get(&path, Some(&staff)).await.json()["items"].as_array().unwrap().clone()
    };
    let readable = |all: &[Value]| {
        let place = |e: &&Value| e["address"].as_str().unwrap().contains('.');
        all.iter().filter(place).count()
    };
    assert!(readable(&about("actor").await) > 2 && readable(&about("target").await) > 1);
    let found = world.get("/api/v1/audit-events?address=127.0.0.1", Some(&staff)).await.json();
    assert!(!found["items"].as_array().unwrap().is_empty(), "{found}");
    assert_eq!(anonymise(&world, &cookie).await.status, 204);
    assert_eq!(anonymise(&world, &cookie).await.status, 401, "a second click");
    ::audit::drain(&world.app).await.unwrap();
    assert_eq!(readable(&about("actor").await) + readable(&about("target").await), 0);
    // Nor does a guess of the address find them.
    let found = world.get("/api/v1/audit-events?limit=100&address=127.0.0.1", Some(&staff)).await;
    let found = found.json()["items"].as_array().unwrap().clone();
    assert!(!found.is_empty(), "those of others are found");
    // An entry of somebody else's may name them, by the identifier that nobody is behind any more.
    let theirs = found.iter().find(|e| e["actor"] == *account || e["target"] == *account);
    assert!(theirs.is_none(), "{theirs:?}");
}

/// A refused call names a tenant in the platform's log; to the caller it does not even tell that there is one.
#[tokio::test]
async fn an_export_of_oneself_does_not_tell_which_tenants_there_are() {
    let (world, _) = World::set_up().await;
    let cookie = world.person("ida@norn.example").await;
    for slug in ["larkspur-dental", "larkspur%2Ddental", "no-such-tenant"] {
        let path = format!("/api/v1/tenants/{slug}/members");
        assert_eq!(world.get(&path, Some(&cookie)).await.status, 404);
    }
    ::audit::drain(&world.app).await.unwrap();
    let told = world.get("/api/v1/me/export", Some(&cookie)).await.json();
    let entries = told["audit"]["entries"].as_array().unwrap().iter();
    let refused: Vec<_> = entries.filter(|e| e["action"] == "access.refused").collect();
    assert_eq!(refused.len(), 3);
    assert!(refused.iter().all(|e| e["target"].is_null()), "{refused:?}");
}
