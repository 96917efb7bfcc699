//! `/api/v1/openapi.json` and `/docs/api`, both made of the routes themselves.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use kernel::text::Lang;
use kernel::web::openapi;
use kernel::web::page::{Shell, View, html};
use kernel::web::problem::Failure;
use kernel::web::route::{Access, Route};
use kernel::{App, Op};
use serde_json::Value;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::page("/api/v1/openapi.json", "openapi", Access::Open, get(document)),
        Route::page("/docs/api", "docs_api", Access::Open, get(page)),
    ]
}

/// The document of all domains' routes.
pub(crate) fn build(app: &App) -> Value {
    let routes: Vec<Route> = app.domains.iter().flat_map(|d| (d.routes)()).collect();
    openapi::document(&app.brand.load().product, &routes)
}

async fn document(State(app): State<Arc<App>>) -> Json<Value> {
    Json(build(&app))
}

struct AnswerRow {
    status: String,
    text: String,
}

struct OpRow {
    id: String,
    method: String,
    path: String,
    summary: String,
    auth: String,
    /// What an access token needs for it.
    scope: String,
    request: Option<String>,
    answers: Vec<AnswerRow>,
    curl: String,
}

struct OpGroup {
    name: String,
    operations: Vec<OpRow>,
}

#[derive(Template)]
#[template(path = "docs_api.html")]
struct ApiPage {
    shell: Shell,
    groups: Vec<OpGroup>,
    total: usize,
}

async fn page(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    let document = build(&app);
    let mut groups = Vec::new();
    for domain in &app.domains {
        let mut operations = Vec::new();
        for route in (domain.routes)() {
            if let Some(doc) = &route.doc {
                let described = &document["paths"][route.path][doc.method];
                operations.push(row(&app, op.lang, &route, doc.method, (described, &document)));
            }
        }
        if !operations.is_empty() {
            let name = app.words(op.lang).get(&format!("domain-{}", domain.name));
            groups.push(OpGroup { name, operations });
        }
    }
    let total = groups.iter().map(|g| g.operations.len()).sum();
    html(&ApiPage { shell: Shell::new(&app, &op, &view, "title-api")?, groups, total })
}

fn row(
    app: &App,
    lang: Lang,
    route: &Route,
    method: &str,
    (described, document): (&Value, &Value),
) -> OpRow {
    let schema = &described["requestBody"]["content"]["application/json"]["schema"];
    let request = (!schema.is_null()).then(|| resolve(schema, document));
    let auth = match route.access {
        Access::Open | Access::Evaluation => "api-auth-open",
        Access::Bare | Access::Person | Access::Tenant { .. } => "api-auth-person",
        Access::Staff => "api-auth-staff",
    };
    let answers = described["responses"].as_object().into_iter().flatten();
    let answers = answers
        .filter(|(status, _)| *status != "default")
        .map(|(status, answer)| AnswerRow {
            status: status.clone(),
            text: answer["description"].as_str().unwrap_or_default().to_owned(),
        })
        .collect();
    OpRow {
        id: route.name.to_owned(),
        method: method.to_uppercase(),
        path: route.path.to_owned(),
        summary: described["summary"].as_str().unwrap_or_default().to_owned(),
        auth: app.words(lang).get(auth),
        scope: described["security"][0]["token"][0].as_str().unwrap_or_default().to_owned(),
        curl: curl(app, route, method, request.is_some()),
        request: request.and_then(|r| serde_json::to_string_pretty(&r).ok()),
        answers,
    }
}

/// The schema itself instead of a reference to it.
fn resolve(schema: &Value, document: &Value) -> Value {
    schema["$ref"]
        .as_str()
        .and_then(|r| r.rsplit('/').next())
        .map_or_else(|| schema.clone(), |name| document["components"]["schemas"][name].clone())
}

fn curl(app: &App, route: &Route, method: &str, body: bool) -> String {
    let mut line = format!("curl -X {} {}{}", method.to_uppercase(), app.origin.load(), route.path);
    if route.access.wants_person() {
        line.push_str(" \\\n  -H 'Authorization: Bearer vch_pat_…'");
    }
    if body {
        line.push_str(" \\\n  -H 'Content-Type: application/json' -d @body.json");
    }
    line
}
