//! The operator's JSON API of tenants and of the platform's look and mail.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::web::body::{Json, Query};
use kernel::web::problem::{Failure, Invalid, Problem};
use kernel::web::route::{Access, Doc, Route};
use kernel::{Action, App, Op};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::brand::service::LOGO_BYTES_MAX;
use crate::{brand, setup, tenant};

const QUERY: &[(&str, &str)] = &[
    ("q", "part of a name or slug"),
    ("before", "the last tenant of the page before"),
    ("limit", "rows, 1 to 100"),
];

pub(crate) fn routes() -> Vec<Route> {
    use Access::Staff;
    vec![
        Route::api(
            "/api/v1/platform/tenants",
            "list_all_tenants",
            Staff,
            get(list_all),
            Doc::new("get", "Every tenant of the platform, newest first.", 200)
                .answers::<AllTenants>()
                .with_query(QUERY),
        ),
        Route::api(
            "/api/v1/platform/brand",
            "show_brand",
            Staff,
            get(show_brand),
            Doc::new("get", "The platform's name and colour.", 200).answers::<BrandBody>(),
        ),
        Route::api(
            "/api/v1/platform/brand",
            "change_brand",
            Staff,
            put(change_brand),
            Doc::new("put", "Change the platform's name and colour.", 204).takes::<BrandChange>(),
        ),
        Route::api(
            "/api/v1/platform/logo",
            "change_logo",
            Staff,
            put(change_logo),
            Doc::new("put", "Change or remove the logo.", 204).takes::<LogoChange>(),
        )
        .with_body(LOGO_BYTES_MAX * 4 / 3 + 16 * 1024),
        Route::api(
            "/api/v1/platform/test-mail",
            "send_test_mail",
            Staff,
            post(send_test_mail),
            Doc::new("post", "Send a letter, to try the mail server.", 202).takes::<TestMail>(),
        ),
    ]
}

/// Tenants of the platform.
#[derive(Serialize, JsonSchema)]
struct AllTenants {
    items: Vec<AnyTenant>,
    /// How many there are altogether.
    total: i64,
    /// `before` of the next page.
    next: Option<String>,
}

/// Which page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    before: String,
    limit: Option<usize>,
}

/// A tenant as the operator sees it: nothing of what is inside.
#[derive(Serialize, JsonSchema)]
struct AnyTenant {
    id: String,
    slug: String,
    name: String,
    region: String,
    state: String,
    members: i64,
    created_at: String,
}

/// The platform's look.
#[derive(Serialize, JsonSchema)]
struct BrandBody {
    product: String,
    /// `#rrggbb`.
    accent: String,
    logo: bool,
}

/// A new look.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct BrandChange {
    product: String,
    /// `#rrggbb`.
    accent: String,
}

/// A new logo, or none.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LogoChange {
    /// PNG or WebP in base64; `null` removes the logo.
    logo: Option<String>,
}

/// Where to send the letter.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct TestMail {
    to: String,
}

async fn list_all(
    State(app): State<Arc<App>>,
    op: Op,
    Query(asked): Query<Asked>,
) -> Result<Answer<AllTenants>, Failure> {
    let limit = asked.limit.unwrap_or(tenant::service::ROWS_MAX);
    let page = tenant::service::page(&app, &op, &asked.q, &asked.before, limit)?;
    let items = page
        .rows
        .into_iter()
        .map(|t| AnyTenant {
            id: t.id.to_string(),
            slug: t.slug,
            name: t.name,
            region: t.region,
            state: t.state,
            members: t.members,
            created_at: t.made_at.iso(),
        })
        .collect();
    let next = page.next.map(|id| id.to_string());
    Ok(Answer(AllTenants { items, total: page.total, next }))
}

async fn show_brand(State(app): State<Arc<App>>, op: Op) -> Result<Answer<BrandBody>, Failure> {
    op.permit(Action::ChangePlatformSettings)?;
    let brand = app.brand.load();
    let accent = brand.accent.clone().unwrap_or_else(|| brand::service::DEFAULT_ACCENT.to_owned());
    Ok(Answer(BrandBody { product: brand.product.clone(), accent, logo: brand.logo.is_some() }))
}

async fn change_brand(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<BrandChange>,
) -> Result<StatusCode, Failure> {
    brand::service::change(&app, &op, &body.product, &body.accent).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn change_logo(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<LogoChange>,
) -> Result<StatusCode, Failure> {
    let bytes = body.logo.map(|text| STANDARD.decode(text)).transpose();
    let bytes =
        bytes.map_err(|_| Problem::invalid(vec![Invalid::new("logo", "error-logo-type")]))?;
    brand::service::change_logo(&app, &op, bytes).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn send_test_mail(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<TestMail>,
) -> Result<Response, Failure> {
    setup::service::test_mail(&app, &op, &body.to).await?;
    Ok((StatusCode::ACCEPTED, Answer(serde_json::json!({}))).into_response())
}
