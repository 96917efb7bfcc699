//! The JSON API and the form of origins.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post, put};
use kernel::web::body::{Form, Json};
use kernel::web::membership;
use kernel::web::page::{self, View, done, html_with};
use kernel::web::problem::{Failure, Invalid, Problem};
use kernel::web::route::{Access, Doc, Route};
use kernel::{Action, App, Op};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::service::{self, Mode};
use crate::page::settings_page;
use crate::problem::Refused;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::api(
            "/api/v1/tenants/{tenant}/origins",
            "list_origins",
            Access::tenant(Action::SeeTenant),
            get(list),
            Doc::new("get", "From which web origins the API may be called for a tenant.", 200)
                .answers::<OriginList>(),
        ),
        Route::api(
            "/api/v1/tenants/{tenant}/origins",
            "set_origins",
            Access::tenant(Action::ManageMembers),
            put(change),
            Doc::new(
                "put",
                "Choose from which web origins the API may be called for a tenant.",
                204,
            )
            .takes::<OriginList>(),
        ),
        Route::page(
            "/t/{slug}/settings/origins",
            "tenant_origins",
            Access::tenant(Action::ManageMembers),
            post(change_on_page),
        ),
    ]
}

/// Origins of pages that may call the API.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OriginList {
    /// Exactly as browsers send them: `https://crm.example.com`, with a port where it is not the usual one.
    origins: Vec<String>,
    /// What happens to others: `enforce` refuses them, `report` lets them through and writes it into the tenant's log.
    mode: String,
}

async fn list(
    State(app): State<Arc<App>>,
    op: Op,
    Path(wanted): Path<String>,
) -> Result<Answer<OriginList>, Failure> {
    let own = membership(&app, &op, &wanted)?;
    let found = service::list(&app, &op, &own)?;
    let mode = if found.report_only { Mode::Report } else { Mode::Enforce };
    Ok(Answer(OriginList { origins: found.listed, mode: mode.word().to_owned() }))
}

async fn change(
    State(app): State<Arc<App>>,
    op: Op,
    Path(wanted): Path<String>,
    Json(body): Json<OriginList>,
) -> Result<StatusCode, Failure> {
    let own = membership(&app, &op, &wanted)?;
    let mode = Mode::parse(&body.mode)
        .ok_or_else(|| Problem::invalid(vec![Invalid::new("mode", "error-origin-mode")]))?;
    service::change(&app, &op, &own, &body.origins, mode).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
struct OriginForm {
    #[serde(default)]
    origins: String,
    mode: String,
}

async fn change_on_page(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(slug): Path<String>,
    Form(form): Form<OriginForm>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &slug)?;
    let mode = Mode::parse(&form.mode).ok_or_else(Problem::not_found)?;
    let typed: Vec<String> = form.origins.split_whitespace().map(str::to_owned).collect();
    match service::change(&app, &op, &own, &typed, mode).await {
        Ok(()) => Ok(done(&format!("/t/{slug}/settings"), "settings-saved")),
        Err(Refused::Invalid(invalid)) => {
            let mut page = settings_page(&app, &op, &view, &own, None)?;
            page.report_only = mode == Mode::Report;
            page.origins =
                page::Form::with([("origins", form.origins)]).refused(&app, &op, &invalid);
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(refused) => Err(refused.into()),
    }
}
