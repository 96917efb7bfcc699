//! The public pages: who gets data, under which agreement.

use base::Fault;
use hyper::StatusCode;
use kernel::control::{
    Break, Control, Counter, Falsification, Needs, Probing, Promise, Safety, Tamper, Unable,
    Vantage, unable,
};
use kernel::door::{Answer, Request};
use kernel::inspect::Weakness;
use serde_json::Value;

use crate::processor::service::is_under;

/// PRV-02.
pub(super) const PROCESSORS: Control = Control {
    safety: Safety::S0,
    needs: Needs::INSIDE,
    configuration: &["mail", "sms", "password", "captcha", "privacy"],
    routes: &["sub_processors", "sub_processors_feed", "list_sub_processors"],
    asvs: &["V14.1.2"],
    ..Control::live(
        ("privacy.sub_processors", "PRV-02"),
        Promise::none("places outside that get data and are not declared"),
        |vantage| -> Probing<'_> { Box::pin(compare(vantage)) },
        Falsification {
            name: "a_destination_that_nobody_declared",
            by: Break::State { plant: undeclared, mend: declared },
        },
    )
};

/// WEB-03.
pub(super) const PROCESSORS_PAGE: Control = Control {
    safety: Safety::S0,
    needs: Needs::DOOR,
    routes: &["sub_processors"],
    ..Control::live(
        ("privacy.sub_processors_page", "WEB-03"),
        Promise::none("public pages of sub-processors that are not served"),
        |vantage| -> Probing<'_> { Box::pin(read_as_anybody(vantage)) },
        Falsification { name: "page_behind_a_sign_in", by: Break::Answers(|| Box::new(Closed)) },
    )
};

/// PRV-03.
pub(super) const AGREEMENT: Control = Control {
    safety: Safety::S0,
    needs: Needs::DOOR,
    configuration: &["privacy"],
    routes: &["dpa", "dpa_text", "show_dpa"],
    ..Control::live(
        ("privacy.agreement", "PRV-03"),
        Promise::none("ways to the agreement that are closed, or lead to another text"),
        |vantage| -> Probing<'_> { Box::pin(read_the_agreement(vantage)) },
        Falsification {
            name: "a_text_that_is_not_the_one",
            by: Break::Answers(|| Box::new(Other)),
        },
    )
};

const READER: &str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";

async fn compare(vantage: &Vantage) -> Result<(), Unable> {
    let door = vantage.door(READER);
    let list = door.get("/api/v1/sub-processors").await.map_err(unable)?;
    let list = if list.status == StatusCode::OK { list.json() } else { Value::Null };
    let Some(items) = list["items"].as_array() else {
        return Err(Unable::because("the list could not be read"));
    };
    let now = vantage.clock.now().iso();
    let begun = |p: &Value| p["starts_at"].as_str().is_some_and(|at| at <= now.as_str());
    let at_work: Vec<&Value> =
        items.iter().filter(|p| p["ended_at"].is_null() && begun(p)).collect();
    let named = |host: &str| {
        let hosts = at_work.iter().flat_map(|p| p["hosts"].as_array().into_iter().flatten());
        hosts.filter_map(Value::as_str).any(|name| is_under(host, name))
    };
    for outbound in vantage.inspector()?.outbound() {
        vantage.tried("look for where data is sent", "declared", !named(&outbound.host));
    }
    let page = door.page("/sub-processors").await.map_err(unable)?;
    let feed = door.get("/sub-processors/feed.atom").await.map_err(unable)?;
    for (answer, step) in [(&page, "open the public page"), (&feed, "open the feed of changes")] {
        vantage.tried(step, "served to anybody", answer.status != StatusCode::OK);
    }
    let text = |answer: &Answer| String::from_utf8_lossy(&answer.body).into_owned();
    let (page, feed) = (text(&page), text(&feed));
    for item in items {
        let (name, id) = (escaped(&item["name"]), item["id"].as_str().unwrap_or_default());
        vantage.tried("look for a company on the page", "it is there", !page.contains(&name));
        vantage.tried("look for its announcement in the feed", "it is there", !feed.contains(id));
    }
    vantage.measured_violations();
    Ok(())
}

/// A name as a page writes it.
fn escaped(name: &Value) -> String {
    let name = name.as_str().unwrap_or_default();
    name.replace('&', "&#38;")
        .replace('<', "&#60;")
        .replace('>', "&#62;")
        .replace('"', "&#34;")
        .replace('\'', "&#39;")
}

fn undeclared(_: &Counter<'_>) -> Result<Weakness, Fault> {
    Ok(Weakness::Undeclared)
}

fn declared(_: &Counter<'_>) -> Result<(), Fault> {
    Ok(())
}

async fn read_as_anybody(vantage: &Vantage) -> Result<(), Unable> {
    let door = vantage.door(READER);
    for path in ["/sub-processors", "/sub-processors/feed.atom", "/api/v1/sub-processors"] {
        let answer = door.page(path).await.map_err(unable)?;
        let served = answer.status == StatusCode::OK && !answer.body.is_empty();
        vantage.tried("open it without a sign-in", "served", !served);
    }
    vantage.measured_violations();
    Ok(())
}

async fn read_the_agreement(vantage: &Vantage) -> Result<(), Unable> {
    let door = vantage.door(READER);
    let told = door.get("/api/v1/dpa").await.map_err(unable)?;
    let digest = told.json()["digest"].as_str().unwrap_or_default().to_owned();
    vantage.tried("ask for the agreement", "answered to anybody", digest.len() != 64);
    let text = door.get("/dpa.txt").await.map_err(unable)?;
    let own = crypt::hex(&crypt::sha256(&[&text.body]));
    let same = text.status == StatusCode::OK && !text.body.is_empty() && own == digest;
    vantage.tried("fetch the text and compute its digest", "the published one", !same);
    let page = door.page("/dpa").await.map_err(unable)?;
    let page_text = String::from_utf8_lossy(&page.body);
    let open = page.status == StatusCode::OK && page_text.contains(&digest);
    vantage.tried("open the page", "served to anybody, with the digest", !open);
    let form = page_text.contains("action=\"/dpa\"");
    vantage.tried("look for a way to sign before buying", "it is there", !form);
    vantage.measured_violations();
    Ok(())
}

/// A system that shows its list to customers only.
struct Closed;

impl Tamper for Closed {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path.starts_with("/sub-processors") {
            answer.status = StatusCode::SEE_OTHER;
        }
        answer
    }
}

/// A system that gives out another text than the one that is signed.
struct Other;

impl Tamper for Other {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path == "/dpa.txt" {
            let mut text = answer.body.to_vec();
            text.extend_from_slice(b"And we may do what we like.\n");
            answer.body = text.into();
        }
        answer
    }
}
