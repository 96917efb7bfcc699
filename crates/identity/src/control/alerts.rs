//! Warnings about sign-ins from elsewhere and with something else.

use base::{Fault, Timestamp};
use hyper::Method;
use kernel::control::{
    Break, Control, Counter, Falsification, Probing, Promise, Unable, Vantage, unable,
};
use kernel::door::{Answer, Door};
use kernel::inspect::Weakness;
use serde_json::json;

use super::step::{DESK, end};
use super::store;

const fn control(
    id: &'static str,
    claim: &'static str,
    probe: for<'a> fn(&'a Vantage) -> Probing<'a>,
) -> Control {
    Control {
        configuration: &["mail", "sign_in"],
        routes: &["sign_in", "not_me"],
        asvs: &["V6.3.5"],
        ..Control::live(
            (id, claim),
            Promise {
                name: "time until the letter is there",
                value: 60.0,
                unit: "s",
                direction: "<=",
            },
            probe,
            Falsification {
                name: "every_sign_in_is_taken_for_the_first",
                by: Break::State { plant: blind, mend: seeing },
            },
        )
    }
}

/// IDN-07.
pub(super) const NEW_ADDRESS: Control =
    control("identity.new_address_warning", "IDN-07", |vantage| -> Probing<'_> {
        Box::pin(warned(vantage, New::Address))
    });

/// IDN-08.
pub(super) const NEW_DEVICE: Control =
    control("identity.new_device_warning", "IDN-08", |vantage| -> Probing<'_> {
        Box::pin(warned(vantage, New::Device))
    });

#[derive(Clone, Copy)]
enum New {
    Address,
    Device,
}

async fn sign_in(vantage: &Vantage, door: &Door) -> Result<Answer, Unable> {
    let own = vantage.canary(0)?;
    let body = json!({ "email": own.email, "password": own.password.reveal() });
    let answer = door.json(Method::POST, "/api/v1/sign-in", &body).await.map_err(unable)?;
    match answer.status.as_u16() {
        // Where it has to be confirmed first, the letter that asks for it is the warning.
        200 if answer.json()["next"] != "second_factor" => Ok(answer),
        401 => Err(Unable::canary_lost("a canary's own sign-in was refused")),
        other => Err(Unable::because(format!("a canary's sign-in was answered {other}"))),
    }
}

/// What a letter has to have: a link that undoes the sign-in, or, about a network, one without which it does not come
/// about.
const UNDO: [&str; 2] = ["/not-me?token=", "/sign-in-here?token="];

/// A browser that no other probe has; its letter is known by it.
const OTHER: (&str, &str) = ("Mozilla/5.0 (Macintosh) Version/19.0 Safari/604.1", "Safari");

async fn warned(vantage: &Vantage, new: New) -> Result<(), Unable> {
    let to = vantage.canary(0)?.email.clone();
    // The browser and the address that the account knows from now on.
    let first = vantage.sign_in(0, DESK).await?;
    vantage.sign_out(first).await;
    let browser = vantage.browser(0).ok_or_else(|| Unable::because("no browser is known"))?;
    let (door, mark, step) = match new {
        New::Address => {
            let (away, source) = away(vantage, DESK);
            (
                away.owned_by(0).with_cookie(browser),
                source,
                "sign in with the known browser from an address never used",
            )
        }
        New::Device => {
            let here = vantage.door(OTHER.0).owned_by(0);
            (here, OTHER.1.into(), "sign in from the known address with another browser")
        }
    };
    let since = Timestamp(vantage.clock.now().0 + 1);
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    let answer = sign_in(vantage, &door).await?;
    let letter = vantage.letters.take(&to, &mark, since).await;
    let took = vantage.clock.now().since(since);
    end(&door, &answer).await;
    let undo = match new {
        New::Address => &UNDO[..],
        New::Device => &UNDO[..1],
    };
    let missing = !letter.is_ok_and(|text| undo.iter().any(|link| text.contains(link)));
    vantage.tried(step, "a letter with a way to undo it", missing);
    let seconds = if missing { 3600.0 } else { took.as_secs_f64() };
    vantage.measured(vantage.promised.name, seconds, "s");
    Ok(())
}

/// A client at an address of its own, and the address.
fn away(vantage: &Vantage, agent: &str) -> (Door, String) {
    let source = super::step::source(vantage);
    (super::step::door_at(vantage, source, agent), source.to_string())
}

/// A system that takes every sign-in for the first one.
pub(super) fn blind(shadow: &Counter<'_>) -> Result<Weakness, Fault> {
    store::plant_amnesia(&shadow.app.store).map(|()| Weakness::None)
}

pub(super) fn seeing(shadow: &Counter<'_>) -> Result<(), Fault> {
    store::mend_amnesia(&shadow.app.store)
}
