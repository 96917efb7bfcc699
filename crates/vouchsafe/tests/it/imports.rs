//! People of another system: their hashes are wrapped, open the account, and go at the first sign-in.

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::{Value, json};
use store::params;

use crate::support::World;

const PATH: &str = "/api/v1/people/import";

/// As crypt_blowfish, openssl-passwd(1) and Python's hashlib make them: other programs than ours.
const BCRYPT: &str = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
const SHA512_CRYPT: &str = "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1";
const PBKDF2: &str = "$pbkdf2-sha512$i=1,l=64$c2FsdA$hn9wzxreAs/zdSWZo6U9xK80x6ZpgVrl1RNVThyM8lLALUcKKFoFAbrZmb/pQ8CPBQI119aLHaVeY/c7YKV/zg";
const SCRYPT: &str = "$scrypt$ln=10,r=8,p=16$TmFDbA$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWIurzDZLiKjiG/xCSedmDDaxyevuUqD7m2DYMvfoswGQA";
const PEOPLE: [(&str, &str, &str); 4] = [
    ("bea@elsewhere.example", BCRYPT, "U*U"),
    ("jun@elsewhere.example", SHA512_CRYPT, "Hello world!"),
    ("ines@elsewhere.example", PBKDF2, "password"),
    ("priya@elsewhere.example", SCRYPT, "password"),
];

fn stored(world: &World, account: &str) -> String {
    let sql = "SELECT password FROM account WHERE id = ?1";
    let found = world
        .app
        .store
        .control()
        .read(|tx| tx.find(sql, params![account], |row| row.get::<String>(0)));
    found.unwrap().unwrap()
}

fn everybody() -> Value {
    let items: Vec<Value> = PEOPLE
        .iter()
        .map(|(email, hash, _)| json!({ "email": email, "name": "N", "password_hash": hash }))
        .collect();
    json!({ "items": items })
}

#[tokio::test]
async fn an_old_password_opens_the_account_and_its_old_hash_goes() {
    let (world, staff) = World::set_up().await;
    let done = world.post(PATH, Some(&staff), everybody()).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    assert_eq!(done.json()["imported"], 4, "{}", done.text);
    for ((email, hash, password), item) in
        PEOPLE.iter().zip(done.json()["items"].as_array().unwrap())
    {
        let account = item["account"].as_str().unwrap();
        let wrapped = stored(&world, account);
        assert!(wrapped.starts_with("$argon2id$") && wrapped.contains('~'), "{wrapped}");
        let digest = hash.rsplit('$').next().unwrap();
        assert!(!wrapped.contains(&digest[digest.len() - 20..]), "the hash itself is not kept");
        let wrong = world.sign_in(email, "not the password").await;
        assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
        assert_eq!(stored(&world, account), wrapped, "a wrong password changes nothing");
        // What is stored opens nothing either.
        let found = wrapped.split('$').next_back().unwrap().split('~').next().unwrap();
        assert_eq!(world.sign_in(email, found).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(world.sign_in(email, password).await.status, StatusCode::OK, "{email}");
        let letter = world.letter(email).await.unwrap();
        assert!(
            letter.contains("/not-me?token="),
            "its owner hears of the first sign-in: {letter}"
        );
        let own = stored(&world, account);
        assert!(own.starts_with("$argon2id$") && !own.contains('~'), "{own}");
        assert_eq!(world.sign_in(email, password).await.status, StatusCode::OK, "{email} again");
    }
    assert!(world.actions().await.iter().filter(|a| *a == "account.imported").count() == 4);
}

#[tokio::test]
async fn who_is_known_is_left_alone_and_a_dry_run_does_nothing() {
    let (world, staff) = World::set_up().await;
    let mut body = everybody();
    body["dry_run"] = json!(true);
    let dry = world.post(PATH, Some(&staff), body).await.json();
    assert_eq!((&dry["imported"], &dry["items"][0]["account"]), (&json!(4), &Value::Null));
    assert_eq!(world.sign_in("bea@elsewhere.example", "U*U").await.status, 401);
    let twice = json!({ "items": [
        { "email": "bea@elsewhere.example", "name": "Bea", "password_hash": BCRYPT },
        { "email": "BEA@elsewhere.example", "name": "Bea", "password_hash": BCRYPT },
        { "email": "mara@larkspur.example", "name": "Taken over", "password_hash": BCRYPT },
    ] });
    let done = world.post(PATH, Some(&staff), twice).await.json();
    assert_eq!((&done["imported"], &done["known"]), (&json!(1), &json!(2)), "{done}");
    assert_eq!(world.sign_in("mara@larkspur.example", "U*U").await.status, 401);
}

#[tokio::test]
async fn without_a_hash_a_reset_link_sets_the_password() {
    let (world, staff) = World::set_up().await;
    let email = "tomas@elsewhere.example";
    let body = json!({ "items": [{ "email": email, "name": "Tomás", "lang": "de" }] });
    assert_eq!(world.post(PATH, Some(&staff), body).await.json()["imported"], 1);
    for guess in ["", " ", "none"] {
        assert_eq!(world.sign_in(email, guess).await.status, StatusCode::UNAUTHORIZED);
    }
    world.post("/api/v1/password-reset", None, json!({ "email": email })).await;
    let letter = world.letter(email).await.unwrap();
    assert!(letter.contains("/reset?token="), "{letter}");
    assert!(letter.contains("Passwort"), "in their own language: {letter}");
}

#[tokio::test]
async fn bad_lines_are_named_and_the_others_come() {
    let (world, staff) = World::set_up().await;
    let body = json!({ "items": [
        { "email": "no address", "name": "", "password_hash": "5f4dcc3b5aa765d61d8327deb882cf99" },
        { "email": "a@elsewhere.example", "name": "A", "password_hash": "$2b$05$short" },
        { "email": "b@elsewhere.example", "name": "B", "lang": "tlh" },
        { "email": "c@elsewhere.example", "name": "C", "password_hash": "$2b$20$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW" },
        { "email": "d@elsewhere.example", "name": "D" },
    ] });
    let done = world.post(PATH, Some(&staff), body).await.json();
    assert_eq!((&done["imported"], &done["refused"]), (&json!(1), &json!(4)), "{done}");
    let fields = |n: usize| -> Vec<String> {
        let errors = done["items"][n]["errors"].as_array().unwrap();
        errors.iter().map(|e| e["field"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(fields(0), ["email", "name", "password_hash"]);
    assert_eq!((fields(1), fields(2)), (vec!["password_hash".into()], vec!["lang".into()]));
    assert!(
        done["items"][3]["errors"][0]["detail"].as_str().unwrap().contains("too long"),
        "{done}"
    );
    let many: Vec<Value> =
        (0..101).map(|n| json!({ "email": format!("p{n}@x.example"), "name": "P" })).collect();
    let refused = world.post(PATH, Some(&staff), json!({ "items": many })).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
}

#[tokio::test]
async fn only_staff_who_have_just_shown_who_they_are() {
    let (world, staff) = World::set_up().await;
    let person = world.person("nobody@otterfield.example").await;
    for cookie in [None, Some(person.as_str())] {
        let refused = world.post(PATH, cookie, everybody()).await;
        assert!(matches!(refused.status.as_u16(), 401 | 403 | 404), "{}", refused.text);
    }
    world.wait(Duration::from_mins(11));
    let late = world.post(PATH, Some(&staff), everybody()).await;
    assert_eq!(
        late.json()["type"].as_str().unwrap().rsplit('/').next(),
        Some("show-first"),
        "{}",
        late.text
    );
    assert_eq!(world.sign_in("bea@elsewhere.example", "U*U").await.status, 401);
}
