//! Passwords as they lie in the store: argon2id at OWASP's floor or above, each with a salt of its own.

use std::collections::HashSet;

use crypt::PasswordCost;
use hyper::Method;
use kernel::control::{
    Break, Control, Falsification, Method as How, Needs, Probing, Promise, Risk, Safety, Session,
    Unable, Vantage, blocking, unable,
};
use kernel::inspect::Weakness;
use serde_json::json;

use super::store;
use crate::account::service::EMAIL_INDEX;

/// IDN-15.
pub(super) const SCHEME: Control = Control {
    id: "identity.password_scheme",
    version: 1,
    claim: "IDN-15",
    promised: Promise::none("verifiers of another scheme or below the floor"),
    method: How::Live,
    safety: Safety::S0,
    risk: Risk::Low,
    needs: Needs::BOTH,
    configuration: &["password"],
    routes: &[],
    asvs: &["V11.4.2"],
    probe: |vantage| -> Probing<'_> { Box::pin(async { blocking(|| look_at_all(vantage)) }) },
    falsification: Falsification {
        name: "one_verifier_of_an_old_scheme",
        by: Break::State {
            plant: |shadow| store::plant_old_scheme(&shadow.app.store).map(|()| Weakness::None),
            mend: |shadow| store::mend_old_scheme(&shadow.app.store),
        },
    },
};

/// IDN-18.
pub(super) const SALT: Control = Control {
    id: "identity.password_salt",
    version: 1,
    claim: "IDN-18",
    promised: Promise::none("equal verifiers or salts"),
    method: How::Live,
    safety: Safety::S1,
    risk: Risk::Low,
    needs: Needs::BOTH,
    configuration: &["password"],
    routes: &["sign_in", "change_password"],
    asvs: &["V11.4.2"],
    probe: |vantage| -> Probing<'_> { Box::pin(give_two_the_same(vantage)) },
    falsification: Falsification {
        name: "one_verifier_for_all",
        by: Break::State {
            plant: |shadow| store::plant_one_for_all(&shadow.app.store).map(|()| Weakness::None),
            mend: |shadow| store::mend_one_for_all(&shadow.app.store),
        },
    },
};

/// Reads every stored verifier; of another scheme than all, or below the floor, one is a violation.
pub(super) fn look_at_all(vantage: &Vantage) -> Result<(), Unable> {
    let all = vantage.inspector()?.control(store::verifiers)?;
    let weak = all.iter().filter(|v| !is_strong(v)).count();
    let expected = "argon2id, 19 MiB and two passes at least, a salt of 16 bytes";
    vantage.tried_many("read a stored verifier", expected, all.len() as u64, weak as u64);
    vantage.measured_violations();
    Ok(())
}

/// `$argon2id$v=19$m=…,t=…,p=1$salt$hash`, at least as dear as OWASP's floor.
fn is_strong(verifier: &str) -> bool {
    let Ok(read) = crypt::password::Verifier::parse(verifier) else { return false };
    !read.is_cheaper_than(PasswordCost::FLOOR)
}

async fn give_two_the_same(vantage: &Vantage) -> Result<(), Unable> {
    blocking(|| compare_all(vantage))?;
    let session = vantage.sign_in(0, "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0").await?;
    let done = borrow_password(vantage, &session).await;
    vantage.sign_out(session).await;
    vantage.measured_violations();
    done
}

fn compare_all(vantage: &Vantage) -> Result<(), Unable> {
    let all = vantage.inspector()?.control(store::verifiers)?;
    let salts: HashSet<&str> = all.iter().filter_map(|v| v.split('$').nth(4)).collect();
    let doubles = all.len() - salts.len();
    let tries = all.len() as u64;
    vantage.tried_many("compare the salt of a verifier", "no other has it", tries, doubles as u64);
    Ok(())
}

/// Gives the first canary the second one's password for a moment, and compares what is stored.
async fn borrow_password(vantage: &Vantage, session: &Session) -> Result<(), Unable> {
    let (own, other) = (vantage.canary(0)?, vantage.canary(1)?);
    let (own_password, borrowed) = (own.password.reveal(), other.password.reveal());
    change(session, own_password, borrowed).await?;
    let read = |email: &str| {
        let index = vantage.inspector()?.blind_index(EMAIL_INDEX, &email.to_lowercase());
        Ok::<_, Unable>(vantage.inspector()?.control(|tx| store::verifier_of(tx, &index))?)
    };
    let (first, second) = (read(&own.email)?, read(&other.email)?);
    change(session, borrowed, own_password).await?;
    if first.is_none() || second.is_none() {
        return Err(Unable::because("a canary's verifier is not where it should be"));
    }
    let step = "compare the verifiers of two accounts with one password";
    vantage.tried(step, "they differ", first == second);
    Ok(())
}

async fn change(session: &Session, current: &str, password: &str) -> Result<(), Unable> {
    let body = json!({ "current": current, "password": password });
    let answer =
        session.door.json(Method::POST, "/api/v1/password", &body).await.map_err(unable)?;
    match answer.status.as_u16() {
        204 => Ok(()),
        401 => Err(Unable::canary_lost("a canary's own password was refused")),
        other => Err(Unable::because(format!("a change of password was answered {other}"))),
    }
}
