//! The platform's own people: nobody gets in without having signed, and nobody stays whom nobody has looked at.

use std::time::Duration;

use base::Fault;
use hyper::{Method, StatusCode};
use kernel::control::{
    Break, Control, Counter, Falsification, Method as How, Needs, Probing, Promise, RouteLine,
    Safety, Tamper, Unable, Vantage, unable,
};
use kernel::door::{Answer, Door, Request};
use kernel::inspect::Weakness;
use kernel::web::route::Access;
use serde_json::{Value, json};

use super::step::{DESK, staff, stranger};
use super::store;

/// PRV-26.
pub(super) const SIGNED: Control = Control {
    safety: Safety::S3,
    needs: Needs::SHADOW,
    configuration: &["staff"],
    routes: &["*"],
    ..Control::live(
        ("identity.staff_signed", "PRV-26"),
        Promise::none("ways into the operator's area without a signed agreement"),
        |vantage| -> Probing<'_> { Box::pin(join(vantage)) },
        Falsification {
            name: "staff_without_a_signature",
            by: Break::Answers(|| Box::new(AsksForNothing)),
        },
    )
};

/// TEN-22.
pub(super) const REVIEWED: Control = Control {
    method: How::Computed,
    safety: Safety::S0,
    needs: Needs::INSIDE,
    configuration: &["staff"],
    routes: &["list_staff", "review_staff"],
    ..Control::live(
        ("identity.staff_reviewed", "TEN-22"),
        Promise::none("people of the staff whose access review is overdue"),
        |vantage| -> Probing<'_> { Box::pin(count_overdue(vantage)) },
        Falsification {
            name: "somebody_whom_nobody_looked_at_for_years",
            by: Break::State { plant: age, mend: renew },
        },
    )
};

const JOIN: &str = "/api/v1/staff-invitations/accept";
const PASSWORD: &str = "quiet-otter-9F-lantern";

/// Invites somebody to a shadow's staff, who comes without a signature first.
async fn join(vantage: &Vantage) -> Result<(), Unable> {
    let boss = staff(vantage).await?;
    let email = stranger(vantage)?;
    let link = invite(vantage, &boss, &email).await?;
    let outside = vantage.unwatched(DESK);
    let text = outside.get("/api/v1/staff-agreement").await.map_err(unable)?.json();
    let digest = text["digest"].as_str().unwrap_or_default().to_owned();
    let other = "0".repeat(64);
    for (step, signed) in [
        ("become staff without signing", None),
        ("become staff with an empty signature", Some("")),
        ("become staff by signing another text", Some(other.as_str())),
    ] {
        let mut body = json!({ "token": link, "name": "Guest", "password": PASSWORD });
        if let Some(signed) = signed {
            body["agreement"] = json!(signed);
        }
        let answer = outside.json(Method::POST, JOIN, &body).await.map_err(unable)?;
        vantage.tried(step, "refused", answer.status.is_success());
        // Whatever was answered: nothing may be open.
        if let Some(cookie) = answer.cookies().into_iter().next() {
            let inside = outside.clone().with_cookie(cookie);
            reach(vantage, &inside, "enter the operator's area without a signature").await?;
        }
    }
    let body = json!({ "token": link, "name": "Guest", "password": PASSWORD, "agreement": digest });
    let answer = outside.json(Method::POST, JOIN, &body).await.map_err(unable)?;
    let cookie = answer.cookies().into_iter().next();
    let (StatusCode::CREATED, Some(cookie)) = (answer.status, cookie) else {
        let what = format!("whoever signed was answered {}", answer.status);
        return Err(Unable::because(what));
    };
    let guest = outside.with_cookie(cookie);
    let list = guest.get("/api/v1/staff").await.map_err(unable)?;
    if list.status != StatusCode::OK {
        return Err(Unable::because(
            "whoever signed was not let in, so that refusals show nothing",
        ));
    }
    let rows = list.json()["items"].as_array().cloned().unwrap_or_default();
    for row in &rows {
        vantage.tried("look who is staff", "each has signed", row["signed_at"].is_null());
    }
    let own = rows.iter().find(|r| r["email"] == email.as_str()).map(|r| r["account"].clone());
    let own = own.and_then(|a| a.as_str().map(str::to_owned)).unwrap_or_default();
    let path = format!("/api/v1/staff/{own}");
    let gone = boss.json(Method::DELETE, &path, &Value::Null).await.map_err(unable)?;
    vantage.left(u64::from(gone.status != StatusCode::NO_CONTENT));
    reach(vantage, &guest, "enter the operator's area after the removal").await?;
    vantage.measured_violations();
    Ok(())
}

async fn invite(vantage: &Vantage, boss: &Door, email: &str) -> Result<String, Unable> {
    let since = vantage.clock.now();
    let body = json!({ "email": email, "duties": "a probe tries the way in" });
    let path = "/api/v1/staff-invitations";
    let made = boss.json(Method::POST, path, &body).await.map_err(unable)?;
    if made.status != StatusCode::CREATED {
        return Err(Unable::because(format!("an invitation was answered {}", made.status)));
    }
    let letter = vantage.letters.take(email, "/staff/join?token=", since).await?;
    let link = letter.split("/staff/join?token=").nth(1).unwrap_or_default();
    Ok(link.split_whitespace().next().unwrap_or_default().to_owned())
}

/// Every page and resource of the operator's area that needs no name of anything.
async fn reach(vantage: &Vantage, who: &Door, step: &str) -> Result<(), Unable> {
    let plain = |r: &&RouteLine| {
        r.access == Access::Staff && r.method.is_none_or(|m| m == "get") && !r.path.contains('{')
    };
    for route in vantage.routes.iter().filter(plain) {
        let answer = who.get(route.path).await.map_err(unable)?;
        vantage.tried(step, "closed", answer.status.is_success());
    }
    Ok(())
}

/// A system that takes everybody.
struct AsksForNothing;

impl Tamper for AsksForNothing {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path == JOIN && answer.status == StatusCode::UNPROCESSABLE_ENTITY {
            answer.status = StatusCode::CREATED;
        }
        answer
    }
}

async fn count_overdue(vantage: &Vantage) -> Result<(), Unable> {
    let inspector = vantage.inspector()?;
    let days = inspector.review_days();
    let now = vantage.clock.now();
    let last = inspector.control(store::last_reviews)?;
    for at in last {
        let overdue = now.since(at).as_secs() >= u64::from(days) * 86_400;
        vantage.tried("look when somebody's access was last reviewed", "not overdue", overdue);
    }
    vantage.measured_violations();
    Ok(())
}

fn age(counter: &Counter<'_>) -> Result<Weakness, Fault> {
    let long_ago = counter.app.clock.now().minus(Duration::from_hours(24 * 4_000));
    store::plant_reviews(&counter.app.store, long_ago)?;
    Ok(Weakness::None)
}

fn renew(counter: &Counter<'_>) -> Result<(), Fault> {
    store::plant_reviews(&counter.app.store, counter.app.clock.now())
}
