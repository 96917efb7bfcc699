//! Every route, tried as nobody, as a customer and as staff: who gets in is what the manifest says.

use axum::http::{Method, StatusCode};
use kernel::access::{role_allows, support_allows};
use kernel::web::route::{Access, Route};
use kernel::{Action, Grants, Role};
use serde_json::json;
use vouchsafe::compose::DOMAINS;

use crate::support::World;

/// The methods that a route answers to, found by asking.
async fn methods(world: &World, path: &str) -> Vec<Method> {
    let mut found = Vec::new();
    for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE] {
        let answer =
            world.send(method.clone(), path, None, Some(json!({})), "application/json").await;
        if answer.status != StatusCode::METHOD_NOT_ALLOWED {
            found.push(method);
        }
    }
    found
}

/// A path with values in the place of its parameters.
fn filled(path: &str) -> String {
    path.replace("{slug}", "larkspur-dental")
        .replace("{tenant}", "larkspur-dental")
        .replace("{*path}", "0/000")
        .split('/')
        .map(|part| if part.starts_with('{') { "acc_00000000000000000000000000" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

fn routes() -> Vec<Route> {
    DOMAINS.iter().flat_map(|d| (d.routes)()).collect()
}

#[tokio::test]
async fn strangers_get_into_open_routes_only() {
    let (world, _) = World::set_up().await;
    let mut tried = 0;
    for route in routes() {
        let path = filled(route.path);
        for method in methods(&world, &path).await {
            let answer =
                world.send(method.clone(), &path, None, Some(json!({})), "application/json").await;
            let closed = answer.status == StatusCode::UNAUTHORIZED;
            let expected = route.access.wants_person();
            // Two operations are open to present a credential, and refuse a missing one with 401 too.
            let presents = matches!(route.name, "sign_in" | "accept_invitation");
            assert!(closed == expected || presents, "{method} {path}: {}", answer.status);
            assert!(!answer.status.is_server_error(), "{method} {path}: {}", answer.text);
            tried += 1;
        }
    }
    assert!(tried > 80, "only {tried} cells were tried");
}

#[tokio::test]
async fn customers_never_learn_what_the_operators_area_has() {
    let (world, staff) = World::set_up().await;
    let customer = world.person("jun@otterfield.example").await;
    let mut tried = 0;
    for route in routes().into_iter().filter(|r| r.access == Access::Staff) {
        let path = filled(route.path);
        for method in methods(&world, &path).await {
            let ask = |who| {
                world.send(method.clone(), &path, Some(who), Some(json!({})), "application/json")
            };
            assert_eq!(ask(&customer).await.status, StatusCode::NOT_FOUND, "{method} {path}");
            // Staff gets further: to the thing itself, or to a refusal of the empty body or the made-up id.
            if method == Method::GET && !path.contains("acc_0") {
                let status = ask(&staff).await.status;
                assert!(status.is_success() || status.is_redirection(), "{path}: {status}");
            }
            tried += 1;
        }
    }
    assert!(tried > 15, "only {tried} cells were tried");
}

#[tokio::test]
async fn a_tenant_does_not_exist_for_people_outside_it() {
    let (world, _) = World::set_up().await;
    let outsider = world.person("jun@otterfield.example").await;
    let mut tried = 0;
    for route in routes() {
        if !route.path.contains("{slug}") && !route.path.contains("{tenant}") {
            continue;
        }
        let path = filled(route.path);
        for method in methods(&world, &path).await {
            let body = match route.name {
                "team_invite" => continue, // a form; its JSON sister is tried
                "invite_member" | "list_invitations" => {
                    json!({ "email": "a@b.example", "role": "viewer" })
                }
                "show_tenant" | "change_tenant" => json!({ "name": "X" }),
                "change_role" => json!({ "role": "viewer" }),
                "list_access_groups"
                | "create_access_group"
                | "change_access_group"
                | "delete_access_group" => json!({ "name": "x", "rules": {}, "members": [] }),
                "list_origins" | "set_origins" => json!({ "origins": [], "mode": "report" }),
                "set_factor_policy" => json!({ "of": "nobody" }),
                "set_support_mode" => json!({ "mode": "open" }),
                "answer_support" => json!({ "allow": true }),
                "close_tenant" => json!({ "confirm": "larkspur-dental" }),
                "hand_over_tenant" => json!({ "account": "acc_00000000000000000000000000" }),
                _ => json!({}),
            };
            let answer = world
                .send(method.clone(), &path, Some(&outsider), Some(body), "application/json")
                .await;
            let hidden = answer.status == StatusCode::NOT_FOUND;
            // Forms are parsed before the membership is looked up.
            let form = answer.status == StatusCode::UNSUPPORTED_MEDIA_TYPE;
            assert!(hidden || form, "{method} {path}: {} {}", answer.status, answer.text);
            tried += 1;
        }
    }
    assert!(tried >= 10, "only {tried} cells were tried");
}

/// The table of routes for people: a change of who may come shows up as a change of this file.
#[test]
fn the_matrix_is_the_reviewed_one() {
    let mut lines: Vec<String> = routes()
        .iter()
        .map(|r| {
            let method = r.doc.as_ref().map_or("page", |d| d.method);
            format!("{:<7} {:<52} {:<24} {:?}", method, r.path, r.name, r.access)
        })
        .collect();
    lines.sort();
    let now = format!("{}\n", lines.join("\n"));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/matrix.snap");
    let reviewed = std::fs::read_to_string(path).unwrap_or_default();
    if now != reviewed {
        let fresh = concat!(env!("CARGO_TARGET_TMPDIR"), "/matrix.snap");
        std::fs::write(fresh, &now).unwrap();
        panic!("the routes changed: review {fresh} and copy it to {path}");
    }
}

/// Who may do what in a tenant, route by route, for people: what each role of a tenant's people may, and staff in a support
/// session with the widest grant.
#[test]
fn the_table_of_roles_is_the_reviewed_one() {
    let mut lines = vec![format!(
        "{:<7} {:<62} {:<20} owner operator billing viewer support",
        "method", "path", "action"
    )];
    let mut rows: Vec<String> = routes().iter().flat_map(cells).collect();
    rows.sort();
    lines.extend(rows);
    let now = format!("{}\n", lines.join("\n"));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/roles.snap");
    let reviewed = std::fs::read_to_string(path).unwrap_or_default();
    if now != reviewed {
        let fresh = concat!(env!("CARGO_TARGET_TMPDIR"), "/roles.snap");
        std::fs::write(fresh, &now).unwrap();
        panic!("rights changed: review {fresh} and copy it to {path}");
    }
}

fn cells(route: &Route) -> Vec<String> {
    let methods = match route.doc.as_ref().map(|d| d.method) {
        Some(method) => vec![method],
        None if route.access.action(true) == route.access.action(false) => vec!["page"],
        None => vec!["see", "act"],
    };
    let row = |method: &str| {
        let action = route.access.action(matches!(method, "get" | "see"))?;
        let roles = [Role::Owner, Role::Operator, Role::Billing, Role::Viewer];
        let yes: Vec<&str> = roles
            .map(|role| role_allows(role, action))
            .into_iter()
            .chain([support_allows(Grants { settings: true }, action)])
            .map(|allowed| if allowed { "yes" } else { "-" })
            .collect();
        let action = format!("{action:?}");
        Some(format!(
            "{method:<7} {:<62} {action:<20} {:<5} {:<8} {:<7} {:<6} {}",
            route.path, yes[0], yes[1], yes[2], yes[3], yes[4]
        ))
    };
    methods.into_iter().filter_map(row).collect()
}

/// Nothing with a tenant in its path is without a word of what its role has to allow.
#[test]
fn every_route_of_a_tenant_says_what_it_asks_for() {
    let inside = |r: &&Route| {
        r.path.starts_with("/t/{slug}") || r.path.starts_with("/api/v1/tenants/{tenant}")
    };
    let mut found = 0;
    for route in routes().iter().filter(inside) {
        // A closed tenant has nobody with a part in it: its owner asks for it by themselves.
        let by_hand = route.name == "reopen_tenant";
        let said = matches!(route.access, Access::Tenant { .. });
        assert!(said != by_hand, "{} {}", route.name, route.path);
        found += 1;
    }
    assert!(found > 25, "only {found} routes");
}

/// A second evaluation of the table, written as a list: what one of both says and the other does not, shows here.
#[test]
fn the_table_agrees_with_a_second_one() {
    use Action as A;
    let everybody = [A::SeeTenant, A::SeeTeam];
    let operators = [A::ChangeTenantSettings, A::SeeAudit];
    let owners = [A::InviteMember, A::ManageMembers, A::ManageSupport, A::CloseTenant];
    for action in A::ALL {
        for role in Role::ALL {
            let listed = everybody.contains(&action)
                || (operators.contains(&action) && matches!(role, Role::Owner | Role::Operator))
                || (owners.contains(&action) && role == Role::Owner);
            assert_eq!(role_allows(role, action), listed, "{role:?} {action:?}");
        }
    }
}
