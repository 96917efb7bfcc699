//! The API document (OpenAPI 3.1), made from the routes themselves: none can be missing.

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::route::Route;
use crate::scope::Scope;

/// The document of all routes that belong to the API.
#[must_use]
pub fn document(product: &str, routes: &[Route]) -> Value {
    let settings = SchemaSettings::draft2020_12().with(|s| {
        s.definitions_path = "/components/schemas".into();
        s.meta_schema = None;
    });
    let mut schemas = settings.into_generator();
    let mut paths: Map<String, Value> = Map::new();
    for route in routes {
        let Some(doc) = &route.doc else { continue };
        let entry = paths.entry(route.path.to_owned()).or_insert_with(|| json!({}));
        entry[doc.method] = operation(route, &mut schemas);
    }
    let definitions = schemas.take_definitions(true);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": product,
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Operation ids are the contract; paths are found through this document.",
            "license": { "name": "Apache-2.0 OR MIT", "identifier": "Apache-2.0 OR MIT" },
        },
        "paths": paths,
        "components": {
            "schemas": definitions,
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer" },
                "session": { "type": "apiKey", "in": "cookie", "name": "session" },
            },
            "responses": {
                "Problem": {
                    "description": "A problem (RFC 9457); its type leads to a page that says what to do.",
                    "content": { "application/problem+json": { "schema": problem_schema() } },
                },
            },
        },
    })
}

fn operation(route: &Route, schemas: &mut SchemaGenerator) -> Value {
    let Some(doc) = &route.doc else { return Value::Null };
    let (status, answer) = doc.answer;
    let mut good = json!({ "description": reason(status) });
    if let Some(schema) = answer {
        good["content"] = json!({ "application/json": { "schema": schema(schemas) } });
    }
    let mut responses = Map::new();
    responses.insert(status.to_string(), good);
    responses.insert("default".into(), json!({ "$ref": "#/components/responses/Problem" }));
    let mut operation = json!({
        "operationId": route.name,
        "summary": doc.summary,
        "responses": responses,
    });
    operation["security"] = match route.access.wants_person() {
        false => json!([]),
        true => {
            let scope = Scope::wanted(route.access, doc.method == "get").map(Scope::word);
            json!([{ "token": scope.into_iter().collect::<Vec<_>>() }, { "session": [] }])
        }
    };
    if let Some(request) = doc.request {
        let body = json!({ "application/json": { "schema": request(schemas) } });
        operation["requestBody"] = json!({ "required": true, "content": body });
    }
    let parameters = parameters(route.path, doc.query);
    if !parameters.is_empty() {
        operation["parameters"] = json!(parameters);
    }
    operation
}

fn parameters(path: &str, query: &[(&str, &str)]) -> Vec<Value> {
    let text = json!({ "type": "string" });
    let named = path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    let mut all: Vec<Value> = named
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": text }))
        .collect();
    all.extend(query.iter().map(
        |(name, line)| json!({ "name": name, "in": "query", "description": line, "schema": text }),
    ));
    all
}

fn problem_schema() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            "type": { "type": "string" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "instance": { "type": "string" },
            "trace": { "type": "string" },
            "errors": { "type": "array", "items": { "type": "object" } },
        },
    })
}

fn reason(status: u16) -> &'static str {
    match status {
        201 => "Made",
        202 => "Accepted; what follows happens by mail",
        204 => "Done; nothing to say",
        _ => "Here it is",
    }
}
