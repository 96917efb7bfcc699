//! Hashes of other systems: taken, and replaced at the first sign-in. Only staff may import, so it is tried in a shadow.

use base::Fault;
use hyper::Method;
use kernel::control::{
    Break, Control, Counter, Falsification, Method as How, Needs, Probing, Promise, Risk, Safety,
    Unable, Vantage, unable,
};
use kernel::inspect::Weakness;
use serde_json::{Value, json};

use super::step::{DESK, elsewhere, end, fresh, must, staff};
use super::store;
use crate::account::service::EMAIL_INDEX;

/// IDN-16.
pub(super) const IMPORTED: Control = Control {
    id: "identity.imported_hash",
    version: 1,
    claim: "IDN-16",
    promised: Promise::none("old hashes refused, or still there after a sign-in"),
    method: How::Live,
    safety: Safety::S3,
    risk: Risk::Low,
    needs: Needs::SHADOW,
    configuration: &["password"],
    routes: &["import_people", "sign_in"],
    asvs: &["V11.4.2"],
    probe: |vantage| -> Probing<'_> { Box::pin(import(vantage)) },
    falsification: Falsification {
        name: "old_hashes_stay",
        by: Break::State { plant: keep, mend: replace },
    },
};

/// Password and hash, as published with the schemes: crypt_blowfish's vectors, RFC 7914, Drepper's description of
/// SHA-crypt, and PBKDF2 with one round.
const HASHES: [(&str, &str, &str); 4] = [
    ("bcrypt", "U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
    (
        "PBKDF2-SHA512",
        "password",
        "$pbkdf2-sha512$i=1,l=64$c2FsdA$hn9wzxreAs/zdSWZo6U9xK80x6ZpgVrl1RNVThyM8lLALUcKKFoFAbrZmb/pQ8CPBQI119aLHaVeY/c7YKV/zg",
    ),
    (
        "SHA-512-crypt",
        "Hello world!",
        "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
    ),
    (
        "scrypt",
        "password",
        "$scrypt$ln=10,r=8,p=16$TmFDbA$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWIurzDZLiKjiG/xCSedmDDaxyevuUqD7m2DYMvfoswGQA",
    ),
];

async fn import(vantage: &Vantage) -> Result<(), Unable> {
    let operator = staff(vantage).await?;
    for (scheme, password, hash) in HASHES {
        let email = format!("{}@example.com", fresh(vantage).to_lowercase());
        vantage.guard.lease(email.clone());
        let item = json!({ "email": email, "name": "Imported", "password_hash": hash });
        let body = json!({ "items": [item] });
        let done = must(&operator, Method::POST, "/api/v1/people/import", &body, 200).await?;
        vantage.tried(&format!("import a hash of {scheme}"), "taken", done.json()["imported"] != 1);
        let before = stored(vantage, &email)?;
        let wrapped = crypt::Verifier::parse(&before).is_ok_and(|v| v.is_around_legacy());
        vantage.tried("look at what was stored", "the old hash inside argon2id", !wrapped);
        let wrong = sign_in(vantage, &email, "not that password").await?;
        vantage.tried("sign in with a wrong password", "refused", wrong);
        let right = sign_in(vantage, &email, password).await?;
        vantage.tried("sign in with the old password", "let in", !right);
        let after = stored(vantage, &email)?;
        let new = crypt::Verifier::parse(&after).is_ok_and(|v| !v.is_around_legacy());
        let replaced = new && after.starts_with("$argon2id$") && after != before;
        vantage.tried("look at it again", "argon2id alone", !replaced);
        let again = sign_in(vantage, &email, password).await?;
        vantage.tried("sign in once more", "let in", !again);
    }
    vantage.measured_violations();
    Ok(())
}

fn stored(vantage: &Vantage, email: &str) -> Result<String, Unable> {
    let inspector = vantage.inspector()?;
    let index = inspector.blind_index(EMAIL_INDEX, email);
    let found = inspector.control(|tx| store::verifier_of(tx, &index))?;
    found.ok_or_else(|| Unable::because("an imported account is not where it should be"))
}

/// Whether a password lets in; the session ends at once.
async fn sign_in(vantage: &Vantage, email: &str, password: &str) -> Result<bool, Unable> {
    let door = elsewhere(vantage, DESK);
    let body = json!({ "email": email, "password": password });
    let answer = door.json(Method::POST, "/api/v1/sign-in", &body).await.map_err(unable)?;
    match answer.status.as_u16() {
        200 if answer.json()["next"] == Value::Null => {}
        401 => return Ok(false),
        other => return Err(Unable::because(format!("a sign-in was answered {other}"))),
    }
    end(&door, &answer).await;
    Ok(true)
}

/// A shadow whose verifiers cannot be replaced.
fn keep(shadow: &Counter<'_>) -> Result<Weakness, Fault> {
    store::plant_stubbornness(&shadow.app.store).map(|()| Weakness::None)
}

fn replace(shadow: &Counter<'_>) -> Result<(), Fault> {
    store::mend_stubbornness(&shadow.app.store)
}
