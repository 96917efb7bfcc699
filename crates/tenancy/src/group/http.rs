//! The JSON API of access groups.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use base::id::GroupId;
use kernel::web::body::Json;
use kernel::web::membership;
use kernel::web::problem::{Failure, Problem};
use kernel::web::route::{Access, Doc, Route};
use kernel::{Action, App, Op};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::service::{self, Typed};

pub(super) fn routes() -> Vec<Route> {
    const ALL: &str = "/api/v1/tenants/{tenant}/access-groups";
    const ONE: &str = "/api/v1/tenants/{tenant}/access-groups/{group_id}";
    let (see, manage) = (Access::tenant(Action::SeeTeam), Access::tenant(Action::ManageMembers));
    vec![
        Route::api(
            ALL,
            "list_access_groups",
            see,
            get(list),
            Doc::new("get", "A tenant's access groups: rules beside the roles.", 200)
                .answers::<GroupList>(),
        ),
        Route::api(
            ALL,
            "create_access_group",
            manage,
            post(create),
            Doc::new("post", "Make a group of members, with rules.", 201)
                .takes::<GroupBody>()
                .answers::<Created>(),
        ),
        Route::api(
            ONE,
            "change_access_group",
            manage,
            put(change),
            Doc::new("put", "Replace a group's name, rules and members.", 204).takes::<GroupBody>(),
        ),
        Route::api(
            ONE,
            "delete_access_group",
            manage,
            delete(remove),
            Doc::new("delete", "Delete a group; its members may again what their roles say.", 204),
        ),
    ]
}

/// A group of members, and what rules say of them.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct GroupBody {
    /// Its name, once in a tenant.
    name: String,
    /// From a feature (`team`, `settings`, `audit`) to `allow` or `deny`. Denied by one group is denied; owners are not bound.
    rules: BTreeMap<String, String>,
    /// Identifiers of members, 500 at most.
    members: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct GroupItem {
    /// Identifier.
    id: String,
    #[serde(flatten)]
    group: GroupBody,
}

#[derive(Serialize, JsonSchema)]
struct GroupList {
    /// By name.
    items: Vec<GroupItem>,
}

#[derive(Serialize, JsonSchema)]
struct Created {
    /// Identifier.
    id: String,
}

impl From<GroupBody> for Typed {
    fn from(body: GroupBody) -> Self {
        Self { name: body.name, rules: body.rules, members: body.members, seen: String::new() }
    }
}

async fn list(
    State(app): State<Arc<App>>,
    op: Op,
    Path(wanted): Path<String>,
) -> Result<Answer<GroupList>, Failure> {
    let own = membership(&app, &op, &wanted)?;
    let items = service::list(&app, &op, &own)?.into_iter().map(|(id, group)| GroupItem {
        id: id.to_string(),
        group: GroupBody {
            name: group.name,
            rules: group
                .rules
                .iter()
                .map(|(f, e)| (f.word().to_owned(), e.word().to_owned()))
                .collect(),
            members: group.members.iter().map(ToString::to_string).collect(),
        },
    });
    Ok(Answer(GroupList { items: items.collect() }))
}

async fn create(
    State(app): State<Arc<App>>,
    op: Op,
    Path(wanted): Path<String>,
    Json(body): Json<GroupBody>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &wanted)?;
    let id = service::create(&app, &op, &own, &body.into()).await?;
    Ok((StatusCode::CREATED, Answer(Created { id: id.to_string() })).into_response())
}

async fn change(
    State(app): State<Arc<App>>,
    op: Op,
    Path((wanted, id)): Path<(String, String)>,
    Json(body): Json<GroupBody>,
) -> Result<StatusCode, Failure> {
    let own = membership(&app, &op, &wanted)?;
    service::change(&app, &op, &own, parse(&id)?, &body.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn remove(
    State(app): State<Arc<App>>,
    op: Op,
    Path((wanted, id)): Path<(String, String)>,
) -> Result<StatusCode, Failure> {
    let own = membership(&app, &op, &wanted)?;
    service::delete(&app, &op, &own, parse(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn parse(id: &str) -> Result<GroupId, Problem> {
    id.parse().map_err(|_| Problem::not_found())
}
