//! Access tokens: the store holds a salted hash of each, and the token itself nowhere.

use hyper::Method;
use kernel::control::{
    Break, Control, Falsification, Method as How, Needs, Probing, Promise, Risk, Safety, Session,
    Tamper, Unable, Vantage, blocking, unable,
};
use kernel::door::{Answer, Request};
use serde_json::json;

/// IDN-19.
pub(super) const HASHED: Control = Control {
    id: "identity.token_hashed",
    version: 1,
    claim: "IDN-19",
    promised: Promise::none("places that hold a token in the clear"),
    method: How::Live,
    safety: Safety::S1,
    risk: Risk::Low,
    needs: Needs::BOTH,
    configuration: &[],
    routes: &["sign_in", "create_token", "revoke_token"],
    asvs: &["V11.4.2"],
    probe: |vantage| -> Probing<'_> { Box::pin(make_and_search(vantage)) },
    falsification: Falsification {
        name: "tokens_stored_as_they_are",
        by: Break::Answers(|| Box::new(GivesOutWhatIsStored)),
    },
};

async fn make_and_search(vantage: &Vantage) -> Result<(), Unable> {
    let session = vantage.sign_in(0, "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0").await?;
    let done = search(vantage, &session).await;
    vantage.sign_out(session).await;
    vantage.measured_violations();
    done
}

async fn search(vantage: &Vantage, session: &Session) -> Result<(), Unable> {
    let own = vantage.canary(0)?;
    let lease = vantage.leases.take("token", &own.email).await?;
    let body = json!({ "name": own.bait, "expires_in_days": 1, "scopes": ["all"] });
    let answer = session.door.json(Method::POST, "/api/v1/tokens", &body).await.map_err(unable)?;
    let made = answer.json();
    let (Some(id), Some(token)) = (made["id"].as_str(), made["token"].as_str()) else {
        let what = format!("the making of a token was answered {}", answer.status);
        return Err(Unable::because(what));
    };
    vantage.guard.lease(id);
    let found = blocking(|| look_everywhere(vantage, id, token));
    let path = format!("/api/v1/tokens/{id}");
    match session.door.json(Method::DELETE, &path, &json!({})).await {
        Ok(answer) if answer.status == 204 => vantage.leases.give_back(lease).await?,
        _ => vantage.left(1),
    }
    found
}

/// The whole token, and its secret part alone: the last 38 characters without the check.
fn look_everywhere(vantage: &Vantage, id: &str, token: &str) -> Result<(), Unable> {
    let inspector = vantage.inspector()?;
    let mut needles = vec![token.as_bytes().to_vec()];
    if let Some(secret) = token.len().checked_sub(38).and_then(|n| token.get(n..token.len() - 6)) {
        needles.push(secret.as_bytes().to_vec());
    }
    let tenants: Vec<_> = vantage.canaries.iter().map(|c| (c.tenant, c.region.clone())).collect();
    // The token's identifier is in its row: a search that does not find it is blind.
    if inspector.scan_rows(&tenants, &[id.as_bytes().to_vec()])?.hits == 0 {
        return Err(Unable::because("the search does not see the rows"));
    }
    let rows = inspector.scan_rows(&tenants, &needles)?;
    let step = format!("search a cell of a table, decrypted ({} bytes in all)", rows.bytes);
    vantage.tried_many(&step, "no token", rows.items, rows.hits);
    let files = inspector.scan_files(&needles)?;
    let step = format!("search a raw file ({} bytes in all)", files.bytes);
    vantage.tried_many(&step, "no token", files.items, files.hits);
    Ok(())
}

/// A system that gives out as a token what lies in its rows: its tokens are stored as they are.
struct GivesOutWhatIsStored;

impl Tamper for GivesOutWhatIsStored {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        let mut made = answer.json();
        if request.path == "/api/v1/tokens" && made["token"].is_string() {
            made["token"] = made["id"].clone();
            answer.body = made.to_string().into();
        }
        answer
    }
}
