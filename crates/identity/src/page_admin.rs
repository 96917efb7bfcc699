//! The operator's page of people.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use base::Timestamp;
use base::id::AccountId;
use kernel::web::body::Query;
use kernel::web::page::{Shell, View, done, html};
use kernel::web::problem::{Failure, Problem};
use kernel::web::route::{Access, Route};
use kernel::{Action, App, Op};
use serde::Deserialize;

use crate::{account, reset, session};

/// Rows on a page.
const ROWS: i64 = 50;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::page("/admin/people", "admin_people", Access::Staff, get(people)),
        Route::page(
            "/admin/people/{id}/reset-link",
            "admin_people_reset_link",
            Access::Staff,
            post(send_reset_link),
        ),
    ]
}

struct PersonRow {
    id: String,
    name: String,
    email: String,
    created_at: Timestamp,
    staff: bool,
    sessions: i64,
}

#[derive(Template)]
#[template(path = "people.html")]
struct PeoplePage {
    shell: Shell,
    people: Vec<PersonRow>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct After {
    #[serde(default)]
    after: String,
}

async fn people(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Query(asked): Query<After>,
) -> Result<Response, Failure> {
    op.permit(Action::SeePlatform)?;
    let (known, next) = account::service::page(&app, &asked.after, ROWS)?;
    let next = next.map(|last| format!("/admin/people?after={last}"));
    let mut people = Vec::with_capacity(known.len());
    for person in known {
        people.push(PersonRow {
            id: person.id.to_string(),
            name: person.name.reveal().clone(),
            email: person.email.reveal().to_owned(),
            created_at: person.made_at,
            staff: person.staff,
            sessions: session::service::count(&app, person.id)?,
        });
    }
    html(&PeoplePage { shell: Shell::new(&app, &op, &view, "title-people")?, people, next })
}

async fn send_reset_link(
    State(app): State<Arc<App>>,
    op: Op,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: AccountId = id.parse().map_err(|_| Problem::not_found())?;
    reset::service::send_link(&app, &op, id).await?;
    Ok(done("/admin/people", "reset-sent"))
}
