//! Nothing is forgotten: every list of the manifests is complete.

use std::collections::BTreeSet;

use vouchsafe::compose::DOMAINS;
use vouchsafe::docs::PAGES;

use crate::support::World;

/// Columns of all tables that the migrations make, as `table.column`.
fn columns() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for migration in DOMAINS.iter().flat_map(|d| d.migrations) {
        for added in migration.sql.split("ALTER TABLE ").skip(1) {
            let mut words = added.split_whitespace();
            let (table, column) = (words.next().unwrap(), words.nth(2).unwrap());
            found.insert(format!("{table}.{column}"));
        }
        for table in migration.sql.split("CREATE TABLE ").skip(1) {
            let (name, body) = table.split_once('(').unwrap();
            let body = body.split(") STRICT").next().unwrap();
            for line in body.split([',', '\n']).map(str::trim) {
                let word = line.split_whitespace().next().unwrap_or("");
                let column = !word.is_empty()
                    && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
                    && line.split_whitespace().count() >= 2;
                if column {
                    found.insert(format!("{}.{word}", name.trim()));
                }
            }
        }
    }
    found
}

#[test]
fn every_stored_column_has_a_data_class() {
    let classed: BTreeSet<String> =
        DOMAINS.iter().flat_map(|d| d.data).map(|c| c.column.to_owned()).collect();
    let stored = columns();
    assert!(stored.len() > 60, "only {} columns were found", stored.len());
    let missing: Vec<_> = stored.difference(&classed).collect();
    let idle: Vec<_> = classed.difference(&stored).collect();
    assert!(missing.is_empty(), "without a data class: {missing:?}");
    assert!(idle.is_empty(), "data classes of columns that are not stored: {idle:?}");
}

#[test]
fn every_event_can_be_told_in_words() {
    let all = kernel::text::Texts::load().unwrap();
    let texts = all.of(kernel::text::Lang::En);
    for event in DOMAINS.iter().flat_map(|d| d.events) {
        let id = format!("event-{}", event.replace(['.', '_'], "-"));
        assert!(texts.has(&id), "{id} is missing");
    }
}

#[test]
fn names_of_routes_jobs_and_controls_are_used_once() {
    let mut seen = BTreeSet::new();
    for route in DOMAINS.iter().flat_map(|d| (d.routes)()) {
        assert!(seen.insert(route.name.to_owned()), "two routes are named {}", route.name);
    }
    for job in DOMAINS.iter().flat_map(|d| d.jobs) {
        assert!(seen.insert(job.name.to_owned()), "two jobs are named {}", job.name);
    }
    for control in DOMAINS.iter().flat_map(|d| d.controls) {
        assert!(seen.insert(control.id.to_owned()), "two controls are named {}", control.id);
    }
}

#[test]
fn every_control_depends_on_routes_that_exist() {
    let names: BTreeSet<&str> = DOMAINS.iter().flat_map(|d| (d.routes)()).map(|r| r.name).collect();
    for control in DOMAINS.iter().flat_map(|d| d.controls) {
        for route in control.routes.iter().filter(|r| **r != "*") {
            assert!(names.contains(route), "{} names the unknown route {route}", control.id);
        }
    }
}

#[test]
fn every_control_is_behind_one_claim_of_the_catalogue_and_says_how() {
    let all = kernel::text::Texts::load().unwrap();
    let texts = all.of(kernel::text::Lang::En);
    let mut seen = BTreeSet::new();
    for control in DOMAINS.iter().flat_map(|d| d.controls) {
        let claim = control.claim;
        assert!(seen.insert(claim), "two controls are behind {claim}");
        let entry = posture::catalogue::find(claim).unwrap();
        for part in ["how-1", "not", "broken"] {
            let id = format!("promise-{}-{part}", claim.to_lowercase());
            assert!(texts.has(&id), "{id} is missing");
        }
        // A figure of the text is the control's own promise, so that the page can set them side by side.
        let name = control.promised.name.replace(' ', "_");
        let named = entry.parameter.iter().any(|p| p.name == name);
        assert!(entry.parameter.is_empty() || named, "{claim}");
        for parameter in &entry.parameter {
            let promised = posture::catalogue::promised(&control.promised, &entry.parameter);
            if parameter.name != name {
                continue;
            }
            assert!((promised.value - parameter.value).abs() < f64::EPSILON, "{claim}");
            assert_eq!(promised.direction, parameter.direction, "{claim}");
        }
        let apart = control.needs.place != kernel::control::Place::Real;
        let heavy = control.safety == kernel::control::Safety::S3;
        assert!(apart || !heavy, "{claim} belongs into a shadow");
    }
    assert_eq!(seen.len(), 82);
}

#[test]
fn every_control_names_configuration_that_exists() {
    let config = kernel::Config::evaluation("data".into());
    let config = serde_json::to_value(config).unwrap();
    for control in DOMAINS.iter().flat_map(|d| d.controls) {
        for key in control.configuration {
            let found = key.split('.').try_fold(&config, |value, part| value.get(part));
            assert!(found.is_some(), "{} names the unknown key {key}", control.id);
        }
    }
}

#[tokio::test]
async fn problems_lead_to_pages_that_exist() {
    let world = World::new();
    for (kind, _) in PAGES {
        let page = world.page(&format!("/problem/{kind}"), None).await;
        assert_eq!(page.status, 200, "{kind}");
    }
    assert_eq!(world.page("/problem/kernel/no-such-thing", None).await.status, 404);
}

#[tokio::test]
async fn the_api_document_has_every_operation_and_resolves() {
    let world = World::new();
    let document = world.get("/api/v1/openapi.json", None).await.json();
    assert_eq!(document["openapi"], "3.1.0");
    let mut operations = 0;
    for route in DOMAINS.iter().flat_map(|d| (d.routes)()) {
        let Some(doc) = route.doc else { continue };
        let described = &document["paths"][route.path][doc.method];
        assert_eq!(described["operationId"], route.name);
        operations += 1;
    }
    assert!(operations > 20);
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#/").skip(1) {
        let path = reference.split('"').next().unwrap();
        let mut at = &document;
        for part in path.split('/') {
            at = &at[part];
        }
        assert!(!at.is_null(), "{path} leads nowhere");
    }
}
