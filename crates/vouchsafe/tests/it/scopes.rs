//! Scopes: an access token may what it was made for, on every route.

use axum::http::Method;
use kernel::scope::Scope;
use kernel::web::route::{Access, Route};
use serde_json::{Value, json};
use vouchsafe::compose::DOMAINS;

use crate::support::{Answer, World};

const LARKSPUR: &str = "/api/v1/tenants/larkspur-dental";

async fn make(world: &World, cookie: &str, scopes: Value, tenant: Option<&str>) -> Answer {
    let mut body = json!({ "name": "scoped", "expires_in_days": 1, "scopes": scopes });
    if let Some(tenant) = tenant {
        body["tenant"] = json!(tenant);
    }
    world.post("/api/v1/tokens", Some(cookie), body).await
}

async fn bearer(world: &World, cookie: &str, scopes: Value, tenant: Option<&str>) -> String {
    let made = make(world, cookie, scopes, tenant).await;
    assert_eq!(made.status, 201, "{}", made.text);
    format!("Bearer {}", made.json()["token"].as_str().unwrap())
}

async fn call(world: &World, bearer: &str, method: Method, path: &str) -> Answer {
    let body = (method != Method::GET).then(|| json!({}));
    world.with_headers(method, path, &[("authorization", bearer)], body).await
}

fn lacks_scope(answer: &Answer) -> bool {
    answer.status == 403 && answer.text.contains("/problem/kernel/scope-wanted")
}

fn filled(route: &Route) -> String {
    let path = route.path.replace("{slug}", "larkspur-dental").replace("{*path}", "0/000");
    let path = path.replace("{tenant}", "larkspur-dental");
    let parts = path.split('/').map(|p| if p.starts_with('{') { "none" } else { p });
    parts.collect::<Vec<_>>().join("/")
}

/// Each operation of the API with a token of each scope alone: it is the one that the route wants, or the answer says so.
#[tokio::test]
async fn a_token_of_one_scope_opens_what_wants_that_scope() {
    let (world, staff) = World::set_up().await;
    let mut tried = 0;
    for scope in Scope::ALL {
        let bearer = bearer(&world, &staff, json!([scope.word()]), None).await;
        for route in DOMAINS.iter().flat_map(|d| (d.routes)()) {
            let Some(method) = route.doc.as_ref().map(|d| d.method) else { continue };
            if route.access == Access::Open && method != "get" {
                continue; // opens with a credential of its own; below
            }
            let wanted = Scope::wanted(route.access, method == "get");
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let answer = call(&world, &bearer, method.clone(), &filled(&route)).await;
            let refused = wanted.is_some_and(|w| w != scope);
            assert_eq!(
                lacks_scope(&answer),
                refused,
                "{} {method} {}: {}",
                scope.word(),
                route.path,
                answer.text
            );
            tried += 1;
        }
    }
    assert!(tried > 400, "only {tried} cells");
}

#[tokio::test]
async fn a_token_for_the_log_reads_the_log_and_nothing_else() {
    let (world, owner) = World::set_up().await;
    let log = bearer(&world, &owner, json!(["audit:read"]), None).await;
    assert_eq!(
        call(&world, &log, Method::GET, &format!("{LARKSPUR}/audit-events")).await.status,
        200
    );
    for path in [LARKSPUR, "/api/v1/me", "/api/v1/tokens", "/api/v1/audit-events"] {
        assert!(lacks_scope(&call(&world, &log, Method::GET, path).await), "{path}");
    }
    // What is open to everybody but acts for somebody needs a scope, too.
    let join = call(&world, &log, Method::POST, "/api/v1/invitations/accept").await;
    assert!(lacks_scope(&join), "{}", join.text);
    // Pages show more of a person than any scope says.
    for path in ["/t/larkspur-dental/audit", "/dashboard", "/security", "/admin/tenants"] {
        for bearer in [&log, &bearer(&world, &owner, json!(["all"]), None).await] {
            let page = call(&world, bearer, Method::GET, path).await;
            assert_eq!(page.status, 403, "{path}: {}", page.text);
            assert!(page.text.contains("/problem/kernel/token-on-page"), "{path}");
        }
    }
    // A scope gives nobody what they may not themselves.
    let customer = world.person("jun@otterfield.example").await;
    let all = bearer(&world, &customer, json!(["all"]), None).await;
    assert_eq!(call(&world, &all, Method::GET, "/api/v1/audit-events").await.status, 404);
    assert_eq!(call(&world, &all, Method::GET, LARKSPUR).await.status, 404);
}

#[tokio::test]
async fn a_token_for_one_tenant_finds_no_other() {
    let (world, owner) = World::set_up().await;
    let made = world.post("/api/v1/tenants", Some(&owner), json!({ "name": "Otterfield" })).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let one = bearer(&world, &owner, json!(["tenant:read"]), Some("otterfield")).await;
    assert_eq!(call(&world, &one, Method::GET, "/api/v1/tenants/otterfield").await.status, 200);
    assert_eq!(call(&world, &one, Method::GET, LARKSPUR).await.status, 404);
    assert_eq!(call(&world, &one, Method::GET, &format!("{LARKSPUR}/members")).await.status, 404);
    let listed = world.get("/api/v1/tokens", Some(&owner)).await.json();
    assert_eq!(listed["items"][0]["scopes"], json!(["tenant:read"]));
    assert_eq!(listed["items"][0]["tenant"], made.json()["id"]);
    // Everything that tokens may, but there alone.
    let all = bearer(&world, &owner, json!(["all"]), Some("otterfield")).await;
    assert_eq!(call(&world, &all, Method::GET, "/api/v1/tenants/otterfield").await.status, 200);
    for path in ["/api/v1/me", "/api/v1/tenants", "/api/v1/audit-events", "/api/v1/people"] {
        assert!(lacks_scope(&call(&world, &all, Method::GET, path).await), "{path}");
    }
    for path in ["/api/v1/tenants", "/api/v1/invitations/accept"] {
        assert!(lacks_scope(&call(&world, &all, Method::POST, path).await), "{path}");
    }
    // What it tries elsewhere is noted, though its person might.
    world.wait(std::time::Duration::from_secs(1));
    assert_eq!(call(&world, &one, Method::GET, LARKSPUR).await.status, 404);
    assert!(world.actions().await.contains(&"access.refused".to_owned()));
}

#[tokio::test]
async fn a_token_for_one_tenant_ends_with_the_membership() {
    let (world, owner) = World::set_up().await;
    let (cookie, account) = world.join(&owner, "jun@larkspur.example", "viewer").await;
    let there = Some("larkspur-dental");
    let one = bearer(&world, &cookie, json!(["tenant:read"]), there).await;
    assert_eq!(call(&world, &one, Method::GET, LARKSPUR).await.status, 200);
    assert_eq!(world.delete(&format!("{LARKSPUR}/members/{account}"), &owner).await.status, 204);
    assert_eq!(call(&world, &one, Method::GET, LARKSPUR).await.status, 401, "ended, not hidden");
}

/// Whoever names each scope of today gets those; `all` is another word.
#[tokio::test]
async fn each_scope_is_not_all_scopes() {
    let (world, owner) = World::set_up().await;
    let each = json!(Scope::ALL.map(Scope::word));
    let customer = world.person("jun@otterfield.example").await;
    assert_eq!(make(&world, &customer, each.clone(), None).await.status, 422, "two are of staff");
    bearer(&world, &owner, each, None).await;
    let listed = world.get("/api/v1/tokens", Some(&owner)).await.json();
    assert_eq!(listed["items"][0]["scopes"].as_array().unwrap().len(), Scope::ALL.len());
}

#[tokio::test]
async fn scopes_that_make_no_sense_are_refused() {
    let (world, owner) = World::set_up().await;
    let customer = world.person("jun@otterfield.example").await;
    for (who, scopes, tenant, field) in [
        (&owner, json!([]), None, "scopes"),
        (&owner, json!(["everything"]), None, "scopes"),
        (&owner, json!(["audit:read", "AUDIT:READ"]), None, "scopes"),
        (&customer, json!(["platform:read"]), None, "scopes"),
        (&customer, json!(["tenant:read"]), Some("larkspur-dental"), "tenant"),
        (&owner, json!(["tenant:read"]), Some("nowhere"), "tenant"),
        (&owner, json!(["tenant:read", "account:read"]), Some("larkspur-dental"), "scopes"),
    ] {
        let refused = make(&world, who, scopes.clone(), tenant).await;
        assert_eq!(refused.status, 422, "{scopes}: {}", refused.text);
        assert_eq!(refused.json()["errors"][0]["field"], field, "{}", refused.text);
    }
    let body = json!({ "name": "old habit", "expires_in_days": 1 });
    assert_eq!(world.post("/api/v1/tokens", Some(&owner), body).await.status, 422);
}
