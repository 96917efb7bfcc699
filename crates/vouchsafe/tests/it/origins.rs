//! Other sites' pages may call the API for a tenant that has listed them, and for no other.

use axum::http::Method;
use serde_json::{Value, json};

use crate::support::{Answer, World};

const TENANT: &str = "/api/v1/tenants/larkspur-dental";
const LOG: &str = "/api/v1/tenants/larkspur-dental/audit-events";
const CRM: &str = "https://crm.example.com";

async fn list(world: &World, cookie: &str, origins: Value, mode: &str) -> Answer {
    let (path, body) = (format!("{TENANT}/origins"), json!({ "origins": origins, "mode": mode }));
    world.send(Method::PUT, &path, Some(cookie), Some(body), "application/json").await
}

/// A page of another site, with an access token.
struct Page<'w> {
    world: &'w World,
    bearer: String,
}

impl<'w> Page<'w> {
    async fn of(world: &'w World, cookie: &str) -> Self {
        let body = json!({ "name": "crm", "expires_in_days": 1, "scopes": ["all"] });
        let made = world.post("/api/v1/tokens", Some(cookie), body).await.json();
        Self { world, bearer: format!("Bearer {}", made["token"].as_str().unwrap()) }
    }

    async fn call(&self, method: Method, path: &str, origin: &str) -> Answer {
        let headers = [("origin", origin), ("authorization", &self.bearer)];
        let body = (method != Method::GET).then(|| json!({}));
        self.world.with_headers(method, path, &headers, body).await
    }

    async fn read(&self, origin: &str) -> Answer {
        self.call(Method::GET, TENANT, origin).await
    }
}

async fn preflight(world: &World, path: &str, origin: &str) -> Answer {
    let headers = [("origin", origin), ("access-control-request-method", "PUT")];
    world.with_headers(Method::OPTIONS, path, &headers, None).await
}

fn is_refused(answer: &Answer) -> bool {
    let kind = answer.json()["type"] == "/problem/kernel/origin-not-listed";
    answer.status == 403 && kind && answer.read_by.is_none()
}

#[tokio::test]
async fn a_listed_origin_may_call_for_its_tenant_and_read_the_answer() {
    let (world, owner) = World::set_up().await;
    let page = Page::of(&world, &owner).await;
    assert!(is_refused(&page.read(CRM).await), "nothing is listed at first");
    assert_eq!(
        list(&world, &owner, json!([CRM, " https://CRM.example.com:443/ "]), "enforce")
            .await
            .status,
        204
    );
    let kept = world.get(&format!("{TENANT}/origins"), Some(&owner)).await.json();
    assert_eq!(kept, json!({ "origins": [CRM], "mode": "enforce" }), "each once");

    let read = page.read(CRM).await;
    assert_eq!((read.status.as_u16(), read.read_by.as_deref()), (200, Some(CRM)));
    // A problem can be read, too: the page shows what is the matter.
    let problem = page.call(Method::PUT, TENANT, CRM).await;
    assert_eq!((problem.status.as_u16(), problem.read_by.as_deref()), (422, Some(CRM)));
    for origin in ["null", "https://crm.example.com.evil.example", "http://crm.example.com"] {
        assert!(is_refused(&page.read(origin).await), "{origin}");
        assert!(is_refused(&page.call(Method::PUT, TENANT, origin).await), "{origin}");
        assert!(is_refused(&preflight(&world, TENANT, origin).await), "{origin}");
    }
    // What is about no tenant is open to no other site.
    for path in ["/api/v1/me", "/api/v1/tokens", "/api/v1/sessions"] {
        assert!(is_refused(&page.call(Method::GET, path, CRM).await), "{path}");
        assert!(is_refused(&preflight(&world, path, CRM).await), "{path}");
    }
    let asked = preflight(&world, &format!("{TENANT}/members"), CRM).await;
    assert_eq!((asked.status.as_u16(), asked.read_by.as_deref()), (204, Some(CRM)));
    assert!(is_refused(&preflight(&world, "/api/v1/tenants/nobody", CRM).await));
}

#[tokio::test]
async fn a_cookie_never_counts_for_another_site() {
    let (world, owner) = World::set_up().await;
    let page = Page::of(&world, &owner).await;
    assert_eq!(list(&world, &owner, json!([CRM]), "report").await.status, 204);
    let with = |cookie: bool| {
        let mut headers = vec![("origin", CRM)];
        headers.push(if cookie { ("cookie", &owner) } else { ("authorization", &page.bearer) });
        if cookie {
            headers.push(("authorization", &page.bearer));
        }
        headers
    };
    let forged = world.with_headers(Method::PUT, TENANT, &with(true), Some(json!({}))).await;
    assert_eq!(forged.json()["type"], "/problem/kernel/cross-site");
    assert_eq!(forged.read_by, None);
    let read = world.with_headers(Method::GET, TENANT, &with(true), None).await;
    assert_eq!(read.read_by, None, "a browser does not hand it to the page");
}

#[tokio::test]
async fn a_list_that_only_reports_lets_through_and_tells() {
    let (world, owner) = World::set_up().await;
    let page = Page::of(&world, &owner).await;
    assert_eq!(list(&world, &owner, json!([CRM]), "report").await.status, 204);
    let other = "https://portal.example.net";
    let read = page.read(other).await;
    assert_eq!((read.status.as_u16(), read.read_by.as_deref()), (200, Some(other)));
    assert_eq!(page.read(CRM).await.status, 200);
    assert_eq!(list(&world, &owner, json!([CRM]), "enforce").await.status, 204);
    assert!(is_refused(&page.read(other).await));

    world.app.store.control().write(|_| Ok::<_, base::Fault>(())).await.unwrap();
    ::audit::drain(&world.app).await.unwrap();
    let entries = world.get(&format!("{LOG}?limit=100"), Some(&owner)).await.json();
    let told: Vec<(&Value, &Value)> = entries["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|e| e["action"].as_str().unwrap().starts_with("access."))
        .map(|e| (&e["action"], &e["detail"]["origin"]))
        .collect();
    let (reported, refused) = (json!("access.reported"), json!("access.refused"));
    assert_eq!(told, [(&refused, &json!(other)), (&reported, &json!(other))]);
    let changed = entries["items"].as_array().unwrap().iter();
    let changed = changed.filter(|e| e["action"] == "tenant.origins_changed").count();
    assert_eq!(changed, 2);
}

#[tokio::test]
async fn only_an_owner_who_showed_who_they_are_edits_the_list() {
    let (world, owner) = World::set_up().await;
    let page = Page::of(&world, &owner).await;
    for bad in
        [json!(["crm.example.com"]), json!(["*"]), json!(["https://a.example/x"]), json!(["null"])]
    {
        let refused = list(&world, &owner, bad, "enforce").await;
        assert_eq!(
            (refused.status.as_u16(), &refused.json()["errors"][0]["field"]),
            (422, &json!("origins"))
        );
    }
    let many: Vec<String> = (0..51).map(|n| format!("https://o{n}.example")).collect();
    assert_eq!(list(&world, &owner, json!(many), "enforce").await.status, 422);
    assert_eq!(list(&world, &owner, json!([]), "off").await.status, 422);
    let body = json!({ "origins": [CRM], "mode": "report" });
    let headers = [("authorization", page.bearer.as_str())];
    let by_token =
        world.with_headers(Method::PUT, &format!("{TENANT}/origins"), &headers, Some(body)).await;
    assert_eq!(by_token.status, 403, "a program cannot show who it is");
    world.wait(std::time::Duration::from_mins(11));
    let late = list(&world, &owner, json!([CRM]), "enforce").await;
    assert_eq!(
        (late.status.as_u16(), late.json()["type"].clone()),
        (403, json!("/problem/kernel/show-first"))
    );
    let kept = world.get(&format!("{TENANT}/origins"), Some(&owner)).await.json();
    assert_eq!(kept, json!({ "origins": [], "mode": "enforce" }));
}
