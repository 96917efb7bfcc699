//! The operator's JSON API of people.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use base::id::AccountId;
use base::limit::PAGE_ROWS_MAX;
use kernel::web::body::Query;
use kernel::web::problem::{Failure, Problem};
use kernel::web::route::{Access, Doc, Route};
use kernel::{Action, App, Op};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{account, reset, session};

const QUERY: &[(&str, &str)] =
    &[("after", "the last account of the page before"), ("limit", "rows, 1 to 100")];

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::api(
            "/api/v1/people",
            "list_people",
            Access::Staff,
            get(list),
            Doc::new("get", "Everybody who has an account, oldest first.", 200)
                .answers::<PersonPage>()
                .with_query(QUERY),
        ),
        Route::api(
            "/api/v1/people/{account}/reset-link",
            "send_reset_link",
            Access::Staff,
            post(send_reset_link),
            Doc::new("post", "Send a person a link to set a new password; it works once.", 204),
        ),
    ]
}

/// Which page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    #[serde(default)]
    after: String,
    limit: Option<usize>,
}

/// A page of people.
#[derive(Serialize, JsonSchema)]
struct PersonPage {
    items: Vec<PersonBody>,
    /// `after` of the next page.
    next: Option<String>,
}

/// A person.
#[derive(Serialize, JsonSchema)]
struct PersonBody {
    account: String,
    name: String,
    email: String,
    staff: bool,
    /// Live sessions.
    sessions: i64,
    created_at: String,
}

async fn list(
    State(app): State<Arc<App>>,
    op: Op,
    Query(asked): Query<Asked>,
) -> Result<Answer<PersonPage>, Failure> {
    op.permit(Action::SeePlatform)?;
    let limit = asked.limit.unwrap_or(50).clamp(1, PAGE_ROWS_MAX) as i64;
    let (known, next) = account::service::page(&app, &asked.after, limit)?;
    let mut items = Vec::with_capacity(known.len());
    for person in known {
        items.push(PersonBody {
            account: person.id.to_string(),
            name: person.name.reveal().clone(),
            email: person.email.reveal().to_owned(),
            staff: person.staff,
            sessions: session::service::count(&app, person.id)?,
            created_at: person.made_at.iso(),
        });
    }
    Ok(Answer(PersonPage { items, next: next.map(|id| id.to_string()) }))
}

async fn send_reset_link(
    State(app): State<Arc<App>>,
    op: Op,
    Path(account): Path<String>,
) -> Result<StatusCode, Failure> {
    let account: AccountId = account.parse().map_err(|_| Problem::not_found())?;
    reset::service::send_link(&app, &op, account).await?;
    Ok(StatusCode::NO_CONTENT)
}
