//! `up --demo`: invented organisations and people, made through the public API like anybody's.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use hyper::Method;
use kernel::App;
use kernel::door::{Answer, Door};
use serde_json::{Value, json};

use crate::ops::Failed;

/// The password of everybody in a demonstration.
const PASSWORD: &str = "a demonstration only";
/// Who runs the platform there.
const OPERATOR: (&str, &str) = ("Ada Brandt", "ada.brandt@halyard.example");
/// Name, address, role.
type Invited = (&'static str, &'static str, &'static str);
/// Organisations, with the people who join each.
const TENANTS: [(&str, &[Invited]); 3] = [
    (
        "Larkspur Dental",
        &[
            ("Mara Lindqvist", "mara@larkspur.example", "owner"),
            ("Jun Sato", "jun@larkspur.example", "operator"),
            ("Priya Raman", "priya@larkspur.example", "viewer"),
        ],
    ),
    (
        "Otterfield Research",
        &[
            ("Tomás Reyes", "tomas@otterfield.example", "owner"),
            ("Ines Okafor", "ines@otterfield.example", "billing"),
        ],
    ),
    ("Quarry Lane Clinics", &[("Bea Novak", "bea@quarrylane.example", "operator")]),
];
/// How long a letter may take.
const LETTER_TRIES: u32 = 100;
const LETTER_WAIT: Duration = Duration::from_millis(100);

/// Fills a new installation; says who can sign in. Does nothing to one that is set up.
pub(crate) async fn fill(
    app: &Arc<App>,
    setup_url: Option<&str>,
    say: impl Fn(&str),
) -> Result<bool, Failed> {
    let Some(token) = setup_url.and_then(|url| url.split("token=").nth(1)) else {
        say("the folder is set up already: the demonstration changes nothing in it");
        return Ok(false);
    };
    let target = app.door.load().as_deref().copied();
    let target = target.ok_or_else(|| Failed::because("nothing is listening"))?;
    let host = app.origin.load().replace("http://", "");
    let agent = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";
    let door = Door::new(target, &host, IpAddr::V4(Ipv4Addr::LOCALHOST), agent);
    let (name, email) = OPERATOR;
    let body = json!({ "token": token, "organisation": "Halyard Hosting", "name": name,
        "email": email, "password": PASSWORD });
    let operator = signed_in(&door, &call(&door, "/api/v1/setup", &body).await?)?;
    for (tenant, people) in TENANTS {
        say(&format!("making {tenant}"));
        let made = call(&operator, "/api/v1/tenants", &json!({ "name": tenant })).await?.json();
        let slug = made["slug"].as_str().unwrap_or_default().to_owned();
        for (name, email, role) in people {
            join(&door, &operator, &slug, name, email, role).await?;
        }
    }
    say(&format!(
        "sign in as {email} (operator), mara@larkspur.example (owner of Larkspur Dental) or anybody else"
    ));
    say(&format!("the password of everybody is: {PASSWORD}"));
    Ok(true)
}

async fn join(
    door: &Door,
    operator: &Door,
    slug: &str,
    name: &str,
    email: &str,
    role: &str,
) -> Result<(), Failed> {
    let path = format!("/api/v1/tenants/{slug}/invitations");
    call(operator, &path, &json!({ "email": email, "role": role })).await?;
    let token = letter(door, email).await?;
    let body = json!({ "token": token, "name": name, "password": PASSWORD });
    call(door, "/api/v1/invitations/accept", &body).await?;
    Ok(())
}

async fn call(door: &Door, path: &str, body: &Value) -> Result<Answer, Failed> {
    let answer = door.json(Method::POST, path, body).await.map_err(|e| Failed::because(e.0))?;
    if answer.status.is_success() {
        Ok(answer)
    } else {
        let said = String::from_utf8_lossy(&answer.body).into_owned();
        Err(Failed::because(format!("the demonstration stopped at {path}: {said}")))
    }
}

fn signed_in(door: &Door, answer: &Answer) -> Result<Door, Failed> {
    let cookie = answer.cookies().into_iter().next();
    cookie
        .map(|c| door.clone().with_cookie(c))
        .ok_or_else(|| Failed::because("the set-up gave no session"))
}

/// The token in the newest letter to an address.
async fn letter(door: &Door, email: &str) -> Result<String, Failed> {
    for _ in 0..LETTER_TRIES {
        let kept = door.get("/dev/mail.json").await.map_err(|e| Failed::because(e.0))?.json();
        let own = kept["items"].as_array().into_iter().flatten().find(|m| m["to"] == email);
        if let Some(rest) =
            own.and_then(|m| m["text"].as_str()).and_then(|t| t.split("token=").nth(1))
        {
            return Ok(rest.split_whitespace().next().unwrap_or_default().to_owned());
        }
        tokio::time::sleep(LETTER_WAIT).await;
    }
    Err(Failed::because(format!("the letter to {email} did not come")))
}
