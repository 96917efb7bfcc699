//! The operator's pages of tenants and of the platform's look.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::extract::multipart::Multipart;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use base::Timestamp;
use kernel::web::body::{Form, Query};
use kernel::web::page::{self, Shell, View, done, html, html_with};
use kernel::web::problem::{Failure, Invalid, Problem};
use kernel::web::route::{Access, Route};
use kernel::{Action, App, Op};
use serde::Deserialize;

use crate::brand;
use crate::brand::service::LOGO_BYTES_MAX;
use crate::page::see_other;
use crate::page_setup::{LookForm, brand_form};
use crate::problem::Refused;
use crate::tenant;

/// Rows on the page.
const ROWS: usize = 50;

pub(crate) fn routes() -> Vec<Route> {
    use Access::Staff;
    vec![
        Route::page("/admin", "admin", Staff, get(async || see_other("/admin/tenants"))),
        Route::page("/admin/tenants", "admin_tenants", Staff, get(tenants)),
        Route::page("/admin/settings", "admin_settings", Staff, get(settings).post(change)),
        Route::page("/admin/settings/logo", "admin_logo", Staff, post(set_logo))
            .with_body(LOGO_BYTES_MAX + 16 * 1024),
        Route::page("/admin/settings/logo/remove", "admin_logo_remove", Staff, post(remove_logo)),
    ]
}

struct TenantRow {
    id: String,
    slug: String,
    name: String,
    members: i64,
    region: String,
    created_at: Timestamp,
    /// `active`, `suspended` or `closed`.
    state: String,
}

#[derive(Template)]
#[template(path = "admin_tenants.html")]
pub(crate) struct TenantsPage {
    shell: Shell,
    tenants: Vec<TenantRow>,
    total: i64,
    /// What was looked for.
    q: String,
    next: Option<String>,
    form: page::Form,
}

/// Which page.
#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    before: String,
}

async fn tenants(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    html(&tenants_page(&app, &op, &view, asked, page::Form::default())?)
}

pub(crate) fn tenants_page(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    asked: Asked,
    form: page::Form,
) -> Result<TenantsPage, Failure> {
    let found = tenant::service::page(app, op, &asked.q, &asked.before, ROWS)?;
    let older = |id| format!("/admin/tenants?before={id}&q={}", page::encode(&asked.q));
    let next = found.next.map(older);
    let tenants = found
        .rows
        .into_iter()
        .map(|t| TenantRow {
            id: t.id.to_string(),
            slug: t.slug,
            name: t.name,
            members: t.members,
            region: t.region,
            created_at: t.made_at,
            state: t.state,
        })
        .collect();
    let shell = Shell::new(app, op, view, "title-tenants")?;
    Ok(TenantsPage { shell, tenants, total: found.total, q: asked.q, next, form })
}

#[derive(Template)]
#[template(path = "admin_settings.html")]
struct SettingsPage {
    shell: Shell,
    form: page::Form,
    logo: bool,
}

fn settings_page(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    form: page::Form,
) -> Result<SettingsPage, Failure> {
    op.permit(Action::ChangePlatformSettings)?;
    let logo = app.brand.load().logo.is_some();
    Ok(SettingsPage { shell: Shell::new(app, op, view, "title-admin-settings")?, form, logo })
}

async fn settings(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    html(&settings_page(&app, &op, &view, brand_form(&app))?)
}

async fn change(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Form(form): Form<LookForm>,
) -> Result<Response, Failure> {
    match brand::service::change(&app, &op, &form.product, &form.accent).await {
        Ok(()) => Ok(done("/admin/settings", "settings-saved")),
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::with([("product", form.product), ("accent", form.accent)])
                .refused(&app, &op, &invalid);
            let page = settings_page(&app, &op, &view, kept)?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn set_logo(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    mut upload: Multipart,
) -> Result<Response, Failure> {
    let bad = |e: axum::extract::multipart::MultipartError| {
        Problem::of_status(e.status(), "the upload was not understood")
    };
    let mut bytes = None;
    while let Some(field) = upload.next_field().await.map_err(bad)? {
        if field.name() == Some("logo") {
            bytes = Some(field.bytes().await.map_err(bad)?.to_vec());
        }
    }
    let chosen = bytes.filter(|b| !b.is_empty());
    let result = match chosen {
        Some(bytes) => brand::service::change_logo(&app, &op, Some(bytes)).await,
        None => Err(vec![Invalid::new("logo", "error-logo-type")].into()),
    };
    match result {
        Ok(()) => Ok(done("/admin/settings", "settings-saved")),
        Err(Refused::Invalid(invalid)) => {
            let kept = brand_form(&app).refused(&app, &op, &invalid);
            let page = settings_page(&app, &op, &view, kept)?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn remove_logo(State(app): State<Arc<App>>, op: Op) -> Result<Response, Failure> {
    brand::service::change_logo(&app, &op, None).await?;
    Ok(done("/admin/settings", "settings-saved"))
}
