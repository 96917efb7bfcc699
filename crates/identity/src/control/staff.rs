//! What the platform's own staff can do with other people's passwords: nothing but start a reset. The running system has
//! no staff canaries, so it is tried in a shadow.

use base::Fault;
use hyper::Method;
use kernel::control::{
    Break, Control, Counter, Falsification, Needs, Probing, Promise, RouteLine, Safety, Tamper,
    Unable, Vantage, unable,
};
use kernel::door::{Answer, Request};
use kernel::inspect::Weakness;
use kernel::web::route::Access;
use serde_json::{Value, json};

use super::step::{DESK, end, fresh, must, staff, unwatched};
use super::store;
use crate::account::service::EMAIL_INDEX;

const fn control(
    id: &'static str,
    claim: &'static str,
    promised: Promise,
    probe: for<'a> fn(&'a Vantage) -> Probing<'a>,
    falsification: Falsification,
) -> Control {
    Control {
        safety: Safety::S3,
        needs: Needs::SHADOW,
        routes: &["*"],
        asvs: &["V6.4.6"],
        ..Control::live((id, claim), promised, probe, falsification)
    }
}

/// IDN-20.
pub(super) const SET: Control = control(
    "identity.staff_set_no_password",
    "IDN-20",
    Promise::none("passwords of others that staff could set or were told"),
    |vantage| -> Probing<'_> { Box::pin(try_to_set(vantage)) },
    Falsification {
        name: "a_password_that_is_set_becomes_everybodys",
        by: Break::State { plant: one_for_all, mend: each_their_own },
    },
);

/// IDN-21.
pub(super) const READ: Control = control(
    "identity.staff_read_no_password",
    "IDN-21",
    Promise::none("answers to staff with another's password, verifier or link"),
    |vantage| -> Probing<'_> { Box::pin(try_to_read(vantage)) },
    Falsification {
        name: "list_of_people_with_their_passwords",
        by: Break::Answers(|| Box::new(Tells::default())),
    },
);

/// A customer, as staff would like to know more of.
struct Customer {
    id: String,
    email: String,
    slug: String,
    password: String,
    verifier: String,
}

impl Customer {
    async fn of(vantage: &Vantage) -> Result<Self, Unable> {
        let own = vantage.canary(1)?;
        let session = vantage.sign_in(1, DESK).await?;
        let me = session.door.get("/api/v1/me").await.map_err(unable)?.json();
        let id = me["account"].as_str().unwrap_or_default();
        let id = id.to_owned();
        vantage.sign_out(session).await;
        if !id.starts_with("acc_") {
            return Err(Unable::because("a canary's account has no identifier"));
        }
        Ok(Self {
            id,
            email: own.email.clone(),
            slug: own.slug.clone(),
            password: own.password.reveal().clone(),
            verifier: verifier(vantage, &own.email)?,
        })
    }

    /// Whether an answer gives away what lets somebody in as the customer.
    fn is_given_away(&self, answer: &Answer) -> bool {
        let text = String::from_utf8_lossy(&answer.body);
        let hash = self.verifier.rsplit('$').next().unwrap_or(&self.verifier);
        text.contains(&self.password) || text.contains(hash) || text.contains("/reset?token=")
    }

    fn path(&self, route: &RouteLine) -> String {
        let parts = route.path.split('/').map(|part| match part {
            "{tenant}" => self.slug.as_str(),
            "{account}" | "{id}" => self.id.as_str(),
            part if part.starts_with('{') => "none",
            part => part,
        });
        parts.collect::<Vec<_>>().join("/")
    }
}

fn verifier(vantage: &Vantage, email: &str) -> Result<String, Unable> {
    let inspector = vantage.inspector()?;
    let index = inspector.blind_index(EMAIL_INDEX, &email.to_lowercase());
    let found = inspector.control(|tx| store::verifier_of(tx, &index))?;
    found.ok_or_else(|| Unable::because("a canary's verifier is not where it should be"))
}

/// Calls everything that can be read, pages too, and the one thing that staff may do.
async fn try_to_read(vantage: &Vantage) -> Result<(), Unable> {
    let customer = Customer::of(vantage).await?;
    let operator = staff(vantage).await?;
    let readable =
        |r: &&RouteLine| r.method.is_none_or(|m| m == "get") && r.access != Access::Evaluation;
    for route in vantage.routes.iter().filter(readable) {
        let answer = operator.get(&customer.path(route)).await.map_err(unable)?;
        let step = "read every page and list as staff";
        vantage.tried(step, "no password, no verifier, no link", customer.is_given_away(&answer));
        let there = String::from_utf8_lossy(&answer.body).contains(&customer.id);
        if route.name == "list_people" && (answer.status != 200 || !there) {
            return Err(Unable::because("staff cannot see the customer at all"));
        }
    }
    let path = format!("/api/v1/people/{}/reset-link", customer.id);
    let sent = operator.json(Method::POST, &path, &json!({})).await.map_err(unable)?;
    if !sent.status.is_success() {
        return Err(Unable::because(format!("starting a reset was answered {}", sent.status)));
    }
    vantage.tried(
        "start a reset",
        "the link goes to the owner alone",
        customer.is_given_away(&sent),
    );
    vantage.measured_violations();
    Ok(())
}

/// Operations that only start proofs, or end the session that the probe goes on with.
const LEFT_OUT: [&str; 4] = ["falsify_claim", "run_claim", "run_probes", "sign_out"];

/// Sends a password to everything that can be changed, in the shapes that such a thing would have.
async fn try_to_set(vantage: &Vantage) -> Result<(), Unable> {
    let customer = Customer::of(vantage).await?;
    let wanted = fresh(vantage);
    let changing =
        |r: &&RouteLine| r.method.is_some_and(|m| m != "get") && !LEFT_OUT.contains(&r.name);
    let mut operator = staff(vantage).await?;
    for route in vantage.routes.iter().filter(changing) {
        let method = route.method.unwrap_or_default().to_uppercase();
        let Ok(method) = Method::from_bytes(method.as_bytes()) else { continue };
        for body in shapes(&customer, &wanted) {
            let path = customer.path(route);
            let mut answer = operator.json(method.clone(), &path, &body).await.map_err(unable)?;
            if answer.status == 401 {
                // The session may have ended: that must not hide what the operation does.
                operator = staff(vantage).await?;
                answer = operator.json(method.clone(), &path, &body).await.map_err(unable)?;
            }
            if answer.status == 429 || answer.status.is_server_error() {
                return Err(Unable::because(format!("{path} was answered {}", answer.status)));
            }
            let told = customer.is_given_away(&answer);
            vantage.tried("offer a password of ours to every operation", "nothing is told", told);
        }
    }
    change_own(vantage).await?;
    let now = verifier(vantage, &customer.email)?;
    let step = "look at the customer's verifier after all that";
    vantage.tried(step, "as it was", now != customer.verifier);
    let door = unwatched(vantage);
    let body = json!({ "email": customer.email, "password": wanted });
    let taken = door.json(Method::POST, "/api/v1/sign-in", &body).await.map_err(unable)?;
    vantage.tried("sign in with it as the customer", "refused", taken.status.is_success());
    end(&door, &taken).await;
    vantage.measured_violations();
    Ok(())
}

fn shapes(customer: &Customer, wanted: &str) -> [Value; 4] {
    let (id, email) = (&customer.id, &customer.email);
    // A published hash of “U*U”: for an address that has an account, nothing may come of it.
    let hash = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
    [
        json!({ "password": wanted }),
        json!({ "email": email, "password": wanted, "name": "x" }),
        json!({ "account": id, "password": wanted, "new_password": wanted }),
        json!({ "items": [{ "email": email, "name": "x", "password_hash": hash }] }),
    ]
}

/// Changes the own password, and changes it back.
async fn change_own(vantage: &Vantage) -> Result<(), Unable> {
    let operator = staff(vantage).await?;
    let (own, other) = (vantage.aside()?.staff.1.reveal().clone(), fresh(vantage));
    for (current, password) in [(&own, &other), (&other, &own)] {
        let body = json!({ "current": current, "password": password });
        must(&operator, Method::POST, "/api/v1/password", &body, 204).await?;
        vantage.tried("change the own password", "the own one alone", false);
    }
    Ok(())
}

/// A shadow in which one password is everybody's.
fn one_for_all(shadow: &Counter<'_>) -> Result<Weakness, Fault> {
    store::plant_one_for_all(&shadow.app.store).map(|()| Weakness::None)
}

fn each_their_own(shadow: &Counter<'_>) -> Result<(), Fault> {
    store::mend_one_for_all(&shadow.app.store)
}

/// A system that keeps what people type, and shows it to staff.
#[derive(Default)]
struct Tells(Vec<Value>);

impl Tamper for Tells {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path == "/api/v1/sign-in" {
            let typed: Value = serde_json::from_slice(&request.body).unwrap_or_default();
            self.0.push(typed["password"].clone());
        }
        if request.path == "/api/v1/people" && answer.status == 200 {
            let mut page = answer.json();
            page["passwords"] = json!(self.0);
            answer.body = page.to_string().into();
        }
        answer
    }
}
