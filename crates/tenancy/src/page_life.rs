//! The forms of a tenant's life: its owner closes it and opens it again, staff suspend it and let it in again.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base::Fault;
use kernel::web::body::Form;
use kernel::web::membership;
use kernel::web::page::{self, View, done, html_with};
use kernel::web::problem::Failure;
use kernel::web::route::{Access, Route};
use kernel::{Action, App, Op};
use serde::Deserialize;

use crate::life::service;
use crate::page::settings_page;
use crate::page_admin::{Asked, tenants_page};
use crate::problem::Refused;

pub(crate) fn routes() -> Vec<Route> {
    let close = Access::tenant(Action::CloseTenant);
    vec![
        Route::page("/t/{slug}/settings/close", "tenant_close", close, post(close_tenant)),
        Route::page("/t/{slug}/settings/export", "tenant_export", close, get(export)),
        Route::page(
            "/dashboard/tenants/{slug}/reopen",
            "tenant_reopen",
            Access::Person,
            post(reopen),
        ),
        Route::page("/admin/tenants/{slug}/suspend", "admin_suspend", Access::Staff, post(suspend)),
        Route::page("/admin/tenants/{slug}/resume", "admin_resume", Access::Staff, post(resume)),
    ]
}

#[derive(Deserialize)]
struct CloseForm {
    confirm: String,
}

async fn close_tenant(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(slug): Path<String>,
    Form(form): Form<CloseForm>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &slug)?;
    match service::close(&app, &op, &own, &form.confirm).await {
        Ok(_) => Ok(done("/dashboard", "tenant-closed")),
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::with([("confirm", form.confirm)]).refused(&app, &op, &invalid);
            let mut page = settings_page(&app, &op, &view, &own, None)?;
            page.close = kept;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn export(
    State(app): State<Arc<App>>,
    op: Op,
    Path(slug): Path<String>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &slug)?;
    let all = service::export(&app, &op, &own)?;
    let text = serde_json::to_vec_pretty(&all)
        .map_err(|e| Fault::because(base::FaultKind::Internal, "writing an export", e))?;
    let name = format!("attachment; filename=\"{}.json\"", own.slug);
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, text).into_response())
}

async fn reopen(
    State(app): State<Arc<App>>,
    op: Op,
    Path(slug): Path<String>,
) -> Result<Response, Failure> {
    let opened = service::reopen(&app, &op, &slug).await?;
    Ok(done(&format!("/t/{}/team", opened.slug), "tenant-reopened"))
}

#[derive(Deserialize)]
struct SuspendForm {
    reason: String,
}

async fn suspend(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(slug): Path<String>,
    Form(form): Form<SuspendForm>,
) -> Result<Response, Failure> {
    match service::suspend(&app, &op, &slug, &form.reason).await {
        Ok(()) => Ok(done("/admin/tenants", "tenant-suspended")),
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::default().refused(&app, &op, &invalid);
            html_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &tenants_page(&app, &op, &view, Asked::default(), kept)?,
            )
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn resume(
    State(app): State<Arc<App>>,
    op: Op,
    Path(slug): Path<String>,
) -> Result<Response, Failure> {
    service::resume(&app, &op, &slug).await?;
    Ok(done("/admin/tenants", "tenant-resumed"))
}
