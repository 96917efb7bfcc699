//! Somebody who exists for this alone leaves bait wherever they can, has themselves forgotten, and is looked for.

use std::collections::HashMap;

use hyper::{Method, StatusCode};
use kernel::control::{
    Authenticator, Break, Control, Falsification, Needs, Probing, Promise, Safety, Session, Tamper,
    Unable, Vantage, unable,
};
use kernel::door::{Answer, Door, Request};
use serde_json::{Value, json};

const fn control(
    (id, claim): (&'static str, &'static str),
    promised: Promise,
    probe: for<'a> fn(&'a Vantage) -> Probing<'a>,
    falsification: Falsification,
) -> Control {
    Control {
        safety: Safety::S3,
        needs: Needs::SHADOW,
        routes: &["anonymise_me", "export_me", "settings", "settings_anonymise", "list_people"],
        asvs: &["V14.2.7"],
        ..Control::live((id, claim), promised, probe, falsification)
    }
}

/// PRV-01.
pub(super) const FORGOTTEN: Control = control(
    ("privacy.forgotten", "PRV-01"),
    Promise::none("traces of somebody who had themselves forgotten"),
    |vantage| -> Probing<'_> { Box::pin(forget_and_search(vantage)) },
    Falsification {
        name: "lists_that_forget_nobody",
        by: Break::Answers(|| Box::new(Remembers::default())),
    },
);

/// WEB-01.
pub(super) const BY_HAND: Control = control(
    ("privacy.forgotten_by_hand", "WEB-01"),
    Promise::none("privacy actions that the settings do not lead to"),
    |vantage| -> Probing<'_> { Box::pin(use_the_page(vantage)) },
    Falsification { name: "page_without_the_actions", by: Break::Answers(|| Box::new(Bare)) },
);

const DESK: &str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";

/// Somebody who exists for one run.
struct Passing {
    email: String,
    /// In their name, and in the names of what is theirs.
    bait: String,
    password: String,
    account: String,
    door: Door,
}

impl Passing {
    /// A canary invites a fresh address, and whoever it is opens an account with the link.
    async fn come(vantage: &Vantage, owner: &Session) -> Result<Self, Unable> {
        let canary = vantage.canary(0)?;
        let chance = crypt::hex(&base::rng::bytes::<6>(&*vantage.rng));
        let email = format!("gone{chance}.{}", canary.email);
        let bait = format!("Bait {}", crypt::hex(&base::rng::bytes::<8>(&*vantage.rng)));
        let password = format!("{}-{}-ü", chance, bait.to_lowercase());
        vantage.guard.lease(email.clone());
        let since = vantage.clock.now();
        let invite = json!({ "email": email, "role": "viewer" });
        let path = format!("/api/v1/tenants/{}/invitations", canary.slug);
        let invited = owner.door.json(Method::POST, &path, &invite).await.map_err(unable)?;
        expect(&invited, 201, "an invitation")?;
        let text = vantage.letters.take(&email, "/invite?token=", since).await?;
        let token = text.split("/invite?token=").nth(1).unwrap_or_default();
        let token = token.split_whitespace().next().unwrap_or_default();
        let body = json!({ "token": token, "name": bait, "password": password });
        let door = vantage.unwatched(DESK);
        let path = "/api/v1/invitations/accept";
        let joined = door.json(Method::POST, path, &body).await.map_err(unable)?;
        expect(&joined, 200, "opening an account")?;
        let cookie = joined.cookies().into_iter().next().unwrap_or_default();
        let door = door.with_cookie(cookie);
        let me = door.get("/api/v1/me").await.map_err(unable)?.json();
        let account = me["account"].as_str().unwrap_or_default().to_owned();
        Ok(Self { email, bait, password, account, door })
    }

    /// Leaves bait in what has a name of its own: a token, a passkey.
    async fn leave_bait(&self, vantage: &Vantage) -> Result<(), Unable> {
        let token = json!({ "name": self.bait, "expires_in_days": 1, "scopes": ["all"] });
        expect(&self.post("/api/v1/tokens", &token).await?, 201, "a token")?;
        let origin = vantage.aside()?.app.origin.load();
        let mut device = Authenticator::new(&origin, &*vantage.rng)?;
        let begun = self.post("/api/v1/factors/passkeys", &json!({})).await?.json();
        let body = json!({ "ceremony": begun["ceremony"], "name": self.bait,
            "credential": device.create(&begun["options"]) });
        let added = self.post("/api/v1/factors/passkeys/finish", &body).await?;
        expect(&added, 201, "a passkey")
    }

    async fn post(&self, path: &str, body: &Value) -> Result<Answer, Unable> {
        self.door.json(Method::POST, path, body).await.map_err(unable)
    }

    /// Whether a text has something of them.
    fn is_in(&self, text: &[u8]) -> bool {
        [&self.email, &self.bait].iter().any(|n| store::inspect::contains(text, n.as_bytes()))
    }
}

fn expect(answer: &Answer, status: u16, what: &str) -> Result<(), Unable> {
    match answer.status.as_u16() {
        good if good == status => Ok(()),
        other => Err(Unable::because(format!("{what} was answered {other}"))),
    }
}

async fn forget_and_search(vantage: &Vantage) -> Result<(), Unable> {
    let owner = vantage.sign_in(0, DESK).await?;
    let searched = forget(vantage, &owner).await;
    vantage.sign_out(owner).await;
    vantage.measured_violations();
    searched
}

async fn forget(vantage: &Vantage, owner: &Session) -> Result<(), Unable> {
    let passing = Passing::come(vantage, owner).await?;
    passing.leave_bait(vantage).await?;
    let staff = vantage.staff(DESK).await?;
    // Where they were not before, not being there afterwards shows nothing.
    let before: Vec<&str> = anywhere(&staff, owner, vantage, &passing)
        .await?
        .into_iter()
        .filter_map(|(place, found)| found.then_some(place))
        .collect();
    if !MUST_SHOW.iter().all(|place| before.contains(place)) {
        return Err(Unable::because(format!(
            "before, the person was in these lists alone: {before:?}"
        )));
    }
    // Somebody tries their address in vain: that leaves an entry about them.
    let wrong = json!({ "email": passing.email, "password": "not the password" });
    let path = "/api/v1/sign-in";
    vantage.unwatched(DESK).json(Method::POST, path, &wrong).await.map_err(unable)?;
    let done = passing.post("/api/v1/me/anonymise", &json!({ "confirm": true })).await?;
    vantage.tried("have oneself forgotten", "done", done.status != StatusCode::NO_CONTENT);
    let inside = passing.door.get("/api/v1/me").await.map_err(unable)?;
    vantage.tried("go on with the session", "refused", inside.status.is_success());
    let body = json!({ "email": passing.email, "password": passing.password });
    let again = vantage.unwatched(DESK);
    let again = again.json(Method::POST, "/api/v1/sign-in", &body).await.map_err(unable)?;
    vantage.tried("sign in again", "refused", again.status.is_success());
    for (place, found) in anywhere(&staff, owner, vantage, &passing).await? {
        if before.contains(&place) {
            vantage.tried(place, "nothing of the person", found);
        }
    }
    traces(vantage, &staff, &passing).await?;
    below(vantage, &passing)
}

/// Lists that show anybody who is there.
const MUST_SHOW: [&str; 3] =
    ["search the people of the platform", "search the page of people", "search the team"];

/// Entries of the log that name them, as actor or target: where those came from has to be gone.
async fn traces(vantage: &Vantage, staff: &Door, passing: &Passing) -> Result<(), Unable> {
    for role in ["actor", "target"] {
        let path = format!("/api/v1/audit-events?limit=100&{role}={}", passing.account);
        let found = staff.get(&path).await.map_err(unable)?.json();
        let items = found["items"].as_array().cloned();
        let items = items.ok_or_else(|| Unable::because("the log could not be read"))?;
        let readable = |e: &Value| {
            let address = e["address"].as_str().unwrap_or_default();
            address.parse::<std::net::IpAddr>().is_ok() || e["device"].as_str() != Some("")
        };
        let left = items.iter().filter(|e| readable(e)).count() as u64;
        let step = "look where an entry about them came from";
        vantage.tried_many(step, "it cannot be read", items.len() as u64, left);
    }
    Ok(())
}

/// Every list in which they could be, as those see it who may.
async fn anywhere(
    staff: &Door,
    owner: &Session,
    vantage: &Vantage,
    passing: &Passing,
) -> Result<Vec<(&'static str, bool)>, Unable> {
    let tenant = format!("/api/v1/tenants/{}", vantage.canary(0)?.slug);
    let mut found = Vec::new();
    for (who, path, place) in [
        (staff, "/api/v1/people?limit=100".to_owned(), "search the people of the platform"),
        (staff, "/admin/people".to_owned(), "search the page of people"),
        (staff, "/api/v1/audit-events?limit=100".to_owned(), "search the log"),
        (staff, "/admin/audit".to_owned(), "search the page of the log"),
        (staff, "/api/v1/jobs".to_owned(), "search the jobs"),
        (&owner.door, format!("{tenant}/members"), "search the team"),
        (&owner.door, format!("{tenant}/invitations"), "search the invitations"),
        (&owner.door, format!("{tenant}/export"), "search the tenant’s export"),
        (
            &owner.door,
            format!("{tenant}/audit-events/export?format=ndjson"),
            "search its log’s export",
        ),
    ] {
        let answer = who.get(&path).await.map_err(unable)?;
        if answer.status != StatusCode::OK {
            return Err(Unable::because(format!("{path} was answered {}", answer.status)));
        }
        found.push((place, passing.is_in(&answer.body)));
    }
    Ok(found)
}

/// What lies on the disk, and in every cell of the tables: the words themselves, and the value by which the address was found.
fn below(vantage: &Vantage, passing: &Passing) -> Result<(), Unable> {
    let inspector = vantage.inspector()?;
    let words = [passing.email.clone().into_bytes(), passing.bait.clone().into_bytes()];
    let scan = inspector.scan_files(&words)?;
    vantage.tried_many("search every file", "nothing of the person", scan.items, scan.hits);
    let mut needles = words.to_vec();
    needles.push(inspector.blind_index("account.email", &passing.email.to_lowercase()).to_vec());
    let scan = inspector.scan_rows(&inspector.places()?, &needles)?;
    vantage.tried_many("search every cell", "nothing of the person", scan.items, scan.hits);
    let there = inspector.key_is_there(&passing.account)?;
    vantage.tried("look for the person’s key", "it is destroyed", there);
    Ok(())
}

async fn use_the_page(vantage: &Vantage) -> Result<(), Unable> {
    let owner = vantage.sign_in(0, DESK).await?;
    let used = click(vantage, &owner).await;
    vantage.sign_out(owner).await;
    vantage.measured_violations();
    used
}

async fn click(vantage: &Vantage, owner: &Session) -> Result<(), Unable> {
    let passing = Passing::come(vantage, owner).await?;
    let page = passing.door.page("/dashboard/settings").await.map_err(unable)?;
    expect(&page, 200, "the page of the settings")?;
    let page = String::from_utf8_lossy(&page.body).into_owned();
    for (mark, step) in [
        ("href=\"/dashboard/settings/export\"", "look for the export on the page"),
        ("action=\"/dashboard/settings/anonymise\"", "look for the anonymising on the page"),
    ] {
        vantage.tried(step, "it is there", !page.contains(mark));
    }
    let export = passing.door.get("/dashboard/settings/export").await.map_err(unable)?;
    let own = export.status == StatusCode::OK && passing.is_in(&export.body);
    vantage.tried("take everything along", "the person’s own data", !own);
    let path = "/dashboard/settings/anonymise";
    let done = passing.door.form(path, String::new()).await.map_err(unable)?;
    let to = done.headers.get("location").and_then(|v| v.to_str().ok()).unwrap_or("");
    let done = to == "/login?notice=anonymised";
    vantage.tried("have oneself forgotten by the form", "done", !done);
    let inside = passing.door.get("/api/v1/me").await.map_err(unable)?;
    vantage.tried("go on with the session", "refused", inside.status.is_success());
    Ok(())
}

/// A system that answers for ever what it first answered well.
#[derive(Default)]
struct Remembers {
    first: HashMap<String, Answer>,
}

impl Tamper for Remembers {
    fn answer(&mut self, request: &Request, answer: Answer) -> Answer {
        if request.method != Method::GET || !request.path.starts_with("/api/v1/people") {
            return answer;
        }
        self.first.entry(request.path.clone()).or_insert(answer).clone()
    }
}

/// A system whose settings say nothing of privacy.
struct Bare;

impl Tamper for Bare {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path == "/dashboard/settings" && request.method == Method::GET {
            let text = String::from_utf8_lossy(&answer.body);
            answer.body = text.replace("/dashboard/settings/anonymise", "").into();
        }
        answer
    }
}
