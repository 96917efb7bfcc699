//! Sign-ins from networks that an account does not know, where they have to be confirmed by a mailed link.

use hyper::Method;
use kernel::control::{
    Break, Control, Falsification, Method as How, Needs, Probing, Promise, Risk, Safety, Unable,
    Vantage, unable,
};
use kernel::door::{Answer, Door};
use serde_json::{Value, json};

use super::alerts::{blind, seeing};
use super::step::{DESK, door_at, elsewhere, end, must, source};

/// IDN-32.
pub(super) const LOCATION: Control = Control {
    id: "identity.location_confirmation",
    version: 1,
    claim: "IDN-32",
    promised: Promise::none("sessions before the mailed link was used"),
    method: How::Live,
    safety: Safety::S2,
    risk: Risk::Medium,
    needs: Needs::CANARIES,
    configuration: &["sign_in", "mail"],
    routes: &["sign_in", "continue_sign_in", "confirm_location"],
    asvs: &["V6.3.5"],
    probe: |vantage| -> Probing<'_> { Box::pin(from_elsewhere(vantage)) },
    falsification: Falsification {
        name: "every_sign_in_is_taken_for_the_first",
        by: Break::State { plant: blind, mend: seeing },
    },
};

const LINK: &str = "/sign-in-here?token=";
const STEP: &str = "sign in from a network never used";

async fn from_elsewhere(vantage: &Vantage) -> Result<(), Unable> {
    // The first sign-in of all is from a network that the account knows from then on.
    let known = vantage.sign_in(0, DESK).await?;
    vantage.sign_out(known).await;
    let own = vantage.canary(0)?;
    let source = source(vantage);
    let (door, since) = (door_at(vantage, source, DESK).owned_by(0), vantage.clock.now());
    let body = json!({ "email": own.email, "password": own.password.reveal() });
    let begun = must(&door, Method::POST, "/api/v1/sign-in", &body, 200).await?;
    let opened = begun.json()["next"].is_null();
    vantage.tried(STEP, "no session yet", opened);
    if opened {
        end(&door, &begun).await;
        vantage.measured_violations();
        return Ok(());
    }
    let waiting = door.with_cookie(begun.cookies().into_iter().next().unwrap_or_default());
    use_early(vantage, &waiting).await?;
    // The letter names the address, which no other one does.
    let text = vantage.letters.take(&own.email, &source.to_string(), since).await?;
    let token = text.split(LINK).nth(1).and_then(|rest| rest.split_whitespace().next());
    let token = token.ok_or_else(|| Unable::because("the letter has no link"))?.to_owned();
    use_link(vantage, &waiting, &token).await?;
    vantage.measured_violations();
    Ok(())
}

/// Uses a sign-in whose link was not used.
async fn use_early(vantage: &Vantage, waiting: &Door) -> Result<(), Unable> {
    for path in ["/api/v1/session", "/api/v1/tenants", "/dashboard"] {
        let answer = waiting.get(path).await.map_err(unable)?;
        let step = "use a sign-in that waits for its link";
        vantage.tried(step, "it opens nothing", answer.status.is_success());
    }
    let answer = go_on(waiting).await?;
    let opened = answer.status.is_success() && answer.json()["next"].is_null();
    vantage.tried("go on before the link was used", "no session yet", opened);
    if opened {
        end(waiting, &answer).await;
    }
    Ok(())
}

/// Opens the link in another browser, which must gain nothing, and goes on where the sign-in began.
async fn use_link(vantage: &Vantage, waiting: &Door, token: &str) -> Result<(), Unable> {
    let other = elsewhere(vantage, "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0");
    let path = "/api/v1/sign-in/location";
    let used = must(&other, Method::POST, path, &json!({ "token": token }), 204).await?;
    let step = "open the link in another browser";
    vantage.tried(step, "no session there", !used.cookies().is_empty());
    let again = other.json(Method::POST, path, &json!({ "token": token })).await;
    let again = again.map_err(unable)?;
    vantage.tried("use the link twice", "refused", again.status.is_success());
    let moved = door_at(vantage, source(vantage), DESK)
        .owned_by(0)
        .with_cookie(waiting.cookie().unwrap_or_default());
    let elsewhere = go_on(&moved).await?;
    let step = "go on from another network";
    vantage.tried(step, "refused", elsewhere.status.is_success());
    end(&moved, &elsewhere).await;
    let answer = go_on(waiting).await?;
    if !answer.status.is_success() || !answer.json()["next"].is_null() {
        return Err(Unable::because("a confirmed sign-in was not let in"));
    }
    end(waiting, &answer).await;
    let twice = go_on(waiting).await?;
    vantage.tried("go on twice", "refused", twice.status.is_success());
    end(waiting, &twice).await;
    Ok(())
}

async fn go_on(waiting: &Door) -> Result<Answer, Unable> {
    waiting.json(Method::POST, "/api/v1/sign-in/continue", &Value::Null).await.map_err(unable)
}
