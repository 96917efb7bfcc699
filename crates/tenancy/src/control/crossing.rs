//! TEN-02: from one tenant, every route with the identifiers of another.

use std::collections::HashMap;

use hyper::Method;
use kernel::control::{
    Authenticator, Break, Control, Falsification, Method as How, Needs, Probing, Promise, Risk,
    RouteLine, Safety, Session, Tamper, Unable, Vantage, unable,
};
use kernel::door::{Answer, Request};
use kernel::web::route::Access;
use serde_json::{Value, json};

use super::groups;

pub(super) const NO_WAY_ACROSS: Control = Control {
    id: "tenancy.no_way_across",
    version: 3,
    claim: "TEN-02",
    promised: Promise::none("answers that crossed"),
    method: How::Live,
    safety: Safety::S1,
    risk: Risk::High,
    needs: Needs::CANARIES,
    configuration: &["data", "listen"],
    routes: &["*"],
    asvs: &["V8.4.1", "V8.2.2"],
    probe: |vantage| -> Probing<'_> { Box::pin(cross(vantage)) },
    falsification: Falsification {
        name: "what_one_may_read_all_may",
        by: Break::Answers(|| Box::new(SharedCache::default())),
    },
};

const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";

async fn cross(vantage: &Vantage) -> Result<(), Unable> {
    let owner = vantage.sign_in(1, AGENT).await?;
    let things = Things::make(vantage, &owner).await;
    let done = match &things {
        Ok(things) => match vantage.sign_in(0, AGENT).await {
            Ok(stranger) => {
                let done = try_all(vantage, &owner, &stranger, things).await;
                vantage.sign_out(stranger).await;
                done
            }
            Err(why) => Err(why),
        },
        Err(why) => Err(why.clone()),
    };
    if let Ok(things) = things {
        things.remove(vantage, &owner).await;
    }
    vantage.sign_out(owner).await;
    vantage.measured_violations();
    done
}

/// What the second canary owns: something behind every kind of identifier.
struct Things {
    slug: String,
    account: String,
    session: String,
    token: String,
    invitation: String,
    group: String,
    passkey: String,
    lease: [u64; 2],
}

impl Things {
    async fn make(vantage: &Vantage, owner: &Session) -> Result<Self, Unable> {
        let canary = vantage.canary(1)?;
        let slug = canary.slug.clone();
        let lease = [
            vantage.leases.take("token", &canary.email).await?,
            vantage.leases.take("invitation", &canary.email).await?,
        ];
        let body = json!({ "name": canary.bait, "expires_in_days": 1, "scopes": ["all"] });
        let token = post(owner, "/api/v1/tokens", &body).await?;
        let guest = format!("guest.{}", canary.email);
        vantage.guard.lease(guest.clone());
        let path = format!("/api/v1/tenants/{slug}/invitations");
        let invitation = post(owner, &path, &json!({ "email": guest, "role": "viewer" })).await?;
        let passkey = add_passkey(vantage, owner).await?;
        let members = owner.door.get(&format!("/api/v1/tenants/{slug}/members")).await;
        let members = members.map_err(unable)?.json();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let first = &members["items"][0];
        let account = if first["account"].is_null() { &first["id"] } else { &first["account"] };
        // Last: its name is taken until it goes, so nothing may fail between this and its removal.
        let group = groups::make(vantage, owner, &slug, &canary.bait).await?;
        let things = Self {
            slug,
            account: text(account),
            session: owner.id.clone(),
            token: text(&token["id"]),
            invitation: text(&invitation["id"]),
            group,
            passkey,
            lease,
        };
        let (group, passkey) = (&things.group, &things.passkey);
        for id in [&things.account, &things.token, &things.invitation, group, passkey] {
            if id.is_empty() {
                return Err(Unable::because("a canary's own thing has no identifier"));
            }
            vantage.guard.lease(id.clone());
        }
        Ok(things)
    }

    async fn remove(self, vantage: &Vantage, owner: &Session) {
        for path in [
            format!("/api/v1/factors/passkeys/{}", self.passkey),
            format!("/api/v1/tenants/{}/access-groups/{}", self.slug, self.group),
        ] {
            match owner.door.json(Method::DELETE, &path, &json!({})).await {
                Ok(answer) if answer.status == 204 => {}
                _ => vantage.left(1),
            }
        }
        let token = format!("/api/v1/tokens/{}", self.token);
        let invitation = format!("/api/v1/tenants/{}/invitations/{}", self.slug, self.invitation);
        for (path, lease) in [token, invitation].iter().zip(self.lease) {
            match owner.door.json(Method::DELETE, path, &json!({})).await {
                Ok(answer) if answer.status == 204 => {
                    let _ = vantage.leases.give_back(lease).await;
                }
                _ => vantage.left(1),
            }
        }
    }

    /// The route's path with the second canary's identifiers; `None` where it has none of anybody's.
    fn path(&self, route: &RouteLine) -> Option<Result<String, Unable>> {
        if !route.path.contains('{') {
            return None;
        }
        let mut out = String::new();
        let mut before = "";
        for part in route.path.split('/').skip(1) {
            out.push('/');
            out.push_str(match (part, before) {
                ("{tenant}" | "{slug}", _) => &self.slug,
                ("{session_id}", _) | ("{id}", "sessions") => &self.session,
                ("{passkey_id}", _) | ("{id}", "passkeys") => &self.passkey,
                ("{token_id}", _) | ("{id}", "tokens") => &self.token,
                ("{invitation_id}", _) | ("{id}", "invitations") => &self.invitation,
                ("{group_id}", _) | ("{id}", "groups") => &self.group,
                ("{account}", _) => &self.account,
                // Staff of a shadow alone could begin one; what is asked for has to be refused before it is looked for.
                ("{support_id}", _) | ("{id}", "support") => NO_SUPPORT,
                (other, _) if other.starts_with('{') => {
                    let what = format!("{} has an identifier that is not known", route.path);
                    return Some(Err(Unable::because(what)));
                }
                (plain, _) => plain,
            });
            before = part;
        }
        Some(Ok(out))
    }
}

/// A support session that there is not.
const NO_SUPPORT: &str = "sup_00000000000000000000000000";

/// A passkey of the second canary, on a device in software.
async fn add_passkey(vantage: &Vantage, owner: &Session) -> Result<String, Unable> {
    let mut device = Authenticator::new(&vantage.origin(), &*vantage.rng)?;
    let path = "/api/v1/factors/passkeys";
    let begun = owner.door.json(Method::POST, path, &json!({})).await.map_err(unable)?.json();
    let body = json!({ "ceremony": begun["ceremony"], "name": "probe",
        "credential": device.create(&begun["options"]) });
    let added = post(owner, "/api/v1/factors/passkeys/finish", &body).await?;
    Ok(added["id"].as_str().unwrap_or_default().to_owned())
}

async fn post(session: &Session, path: &str, body: &Value) -> Result<Value, Unable> {
    let answer = session.door.json(Method::POST, path, body).await.map_err(unable)?;
    match answer.status.as_u16() {
        201 => Ok(answer.json()),
        other => Err(Unable::because(format!("making a canary's own thing was answered {other}"))),
    }
}

/// A body that would be taken from the owner, so that it is the guard that refuses and not the form.
fn body(route: &RouteLine, vantage: &Vantage) -> Value {
    match route.name {
        "invite_member" | "team_invite" => {
            let guest = vantage.canaries.first().map_or("", |c| c.email.as_str());
            json!({ "email": guest, "role": "viewer" })
        }
        "create_access_group" | "change_access_group" => groups::harmless_group("x"),
        "group_new" | "group" => json!({ "name": "x", "rule-audit": "allow" }),
        "change_role" | "team_role" => json!({ "role": "viewer" }),
        "set_origins" | "tenant_origins" => json!({ "origins": [], "mode": "report" }),
        "set_factor_policy" | "tenant_factor" => json!({ "of": "nobody" }),
        "set_support_mode" | "tenant_support" => json!({ "mode": "closed" }),
        "close_tenant" | "tenant_close" => {
            json!({ "confirm": vantage.canary(1).map_or("", |c| &c.slug) })
        }
        "hand_over_tenant" => json!({ "account": vantage.canary(0).map_or("", |c| &c.email) }),
        "answer_support" => json!({ "allow": true }),
        "tenant_support_answer" => json!({ "allow": "yes" }),
        "rename_passkey" | "passkey_name" => json!({ "name": "x" }),
        "change_tenant" | "tenant_settings" => {
            json!({ "name": "x", "description": "x", "contact": "" })
        }
        _ => json!({}),
    }
}

async fn try_all(
    vantage: &Vantage,
    owner: &Session,
    stranger: &Session,
    things: &Things,
) -> Result<(), Unable> {
    let routes = vantage
        .routes
        .iter()
        .filter(|r| matches!(r.access, Access::Bare | Access::Person | Access::Tenant { .. }));
    let mut readable = 0_u32;
    for route in routes {
        let Some(path) = things.path(route) else { continue };
        let path = path?;
        let methods = match route.method {
            Some(method) => vec![method],
            None => vec!["get", "post"],
        };
        for method in methods {
            if method == "get" {
                // The owner is let in, so what the stranger is refused is there.
                let own = owner.door.get(&path).await.map_err(unable)?;
                if own.status == 405 {
                    continue; // a form's target
                }
                if own.status != 200 {
                    let what = format!("the owner was answered {} by {}", own.status, route.name);
                    return Err(Unable::because(what));
                }
                readable += 1;
            }
            let answer = send(stranger, route, method, &path, &body(route, vantage)).await?;
            if answer.status == 405 {
                continue;
            }
            let step = format!("{method} a {} of another tenant", kind(route));
            vantage.tried(&step, "not found, or refused", !is_refusal(&answer));
        }
    }
    if readable == 0 {
        return Err(Unable::because("not even the owner could read anything"));
    }
    detours(vantage, stranger, things).await
}

fn kind(route: &RouteLine) -> &'static str {
    if route.method.is_some() { "resource" } else { "page" }
}

pub(super) async fn send(
    session: &Session,
    route: &RouteLine,
    method: &str,
    path: &str,
    body: &Value,
) -> Result<Answer, Unable> {
    let name = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap_or(Method::GET);
    let sent = match (method, route.method) {
        ("get", _) => session.door.get(path).await,
        (_, Some(_)) => session.door.json(name, path, body).await,
        (_, None) => {
            let fields = body.as_object().into_iter().flatten();
            let text: Vec<String> = fields
                .map(|(k, v)| format!("{k}={}", v.as_str().unwrap_or_default().replace('@', "%40")))
                .collect();
            session.door.form(path, text.join("&")).await
        }
    };
    sent.map_err(unable)
}

/// Ways round the guard: other spellings of the path, and names of the tenant where nobody should look.
async fn detours(vantage: &Vantage, stranger: &Session, things: &Things) -> Result<(), Unable> {
    let own = &vantage.canary(0)?.slug;
    let slug = &things.slug;
    let upper = slug.to_uppercase();
    vantage.guard.lease(upper.clone());
    for path in [
        format!("/t/{own}/../{slug}/team"),
        format!("/t/{own}/..%2f{slug}/team"),
        format!("/t/{upper}/team"),
        format!("/t/{slug}//team"),
        format!("/api/v1/tenants/{own}?tenant={slug}"),
        format!("/api/v1/tenants/{slug}/?x=/api/v1/tenants/{own}"),
    ] {
        let answer = stranger.door.get(&path).await.map_err(unable)?;
        // The stranger's own tenant may answer; the other's bait may not be in it.
        let bait = vantage.canary(1)?.bait.as_bytes();
        let crossed = answer.body.windows(bait.len()).any(|w| w == bait);
        vantage.tried("another spelling of the path", "nothing of the other tenant", crossed);
    }
    Ok(())
}

fn is_refusal(answer: &Answer) -> bool {
    matches!(answer.status.as_u16(), 401 | 403 | 404)
}

/// A system that answers a path as it last answered it well, whoever asks.
#[derive(Default)]
struct SharedCache {
    good: HashMap<String, Answer>,
}

impl Tamper for SharedCache {
    fn answer(&mut self, request: &Request, answer: Answer) -> Answer {
        let key = format!("{} {}", request.method, request.path);
        match answer.status.as_u16() {
            200 if request.method == Method::GET => {
                self.good.insert(key, answer.clone());
                answer
            }
            401 | 403 | 404 => self.good.get(&key).cloned().unwrap_or(answer),
            _ => answer,
        }
    }
}
