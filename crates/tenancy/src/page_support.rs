//! Pages of support sessions: staff begin and stop one, a tenant's people see them all.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use base::Timestamp;
use base::id::SupportId;
use kernel::web::body::Form;
use kernel::web::membership;
use kernel::web::page::{self, Shell, View, done, html, html_with};
use kernel::web::problem::{Failure, Problem};
use kernel::web::route::{Access, Route};
use kernel::{Action, App, Grants, Op};
use serde::Deserialize;

use crate::problem::Refused;
use crate::support::service::{self, MINUTES_MAX, Mode, Shown, Wanted};

pub(crate) fn routes() -> Vec<Route> {
    use Access::{Bare, Staff};
    vec![
        Route::page(
            "/admin/tenants/{slug}/support",
            "admin_support",
            Staff,
            get(show_begin).post(begin),
        ),
        Route::page("/support/stop", "support_stop", Bare, post(stop)),
        Route::page(
            "/t/{slug}/support",
            "tenant_support",
            Access::Tenant { see: Action::SeeAudit, act: Action::ManageSupport },
            get(show).post(set_mode),
        ),
        Route::page(
            "/t/{slug}/support/{id}/end",
            "tenant_support_end",
            Access::tenant(Action::ManageSupport),
            post(end),
        ),
        Route::page(
            "/t/{slug}/support/{id}/answer",
            "tenant_support_answer",
            Access::tenant(Action::ManageSupport),
            post(answer),
        ),
    ]
}

struct SupportRow {
    id: String,
    staff: String,
    reason: String,
    settings: bool,
    state: String,
    asked_at: Timestamp,
    ends_at: Timestamp,
    ended_at: Option<Timestamp>,
}

impl From<Shown> for SupportRow {
    fn from(s: Shown) -> Self {
        Self {
            id: s.id.to_string(),
            staff: s.staff.reveal().clone(),
            reason: s.reason.reveal().clone(),
            settings: s.settings,
            state: s.state,
            asked_at: s.asked_at,
            ends_at: s.ends_at,
            ended_at: s.ended_at,
        }
    }
}

#[derive(Template)]
#[template(path = "admin_support.html")]
struct BeginPage {
    shell: Shell,
    form: page::Form,
    name: String,
    slug: String,
    mode: String,
    busy: bool,
    minutes_max: u32,
    rows: Vec<SupportRow>,
}

fn begin_page(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    slug: &str,
    (form, busy): (page::Form, bool),
) -> Result<BeginPage, Failure> {
    let tenant = app.memberships.tenant(app, slug)?.ok_or_else(Problem::not_found)?;
    let (rows, mode) = service::list_for_staff(app, op, tenant.id)?;
    Ok(BeginPage {
        shell: Shell::new(app, op, view, "title-admin-support")?,
        form,
        name: tenant.name,
        slug: tenant.slug,
        mode,
        busy,
        minutes_max: MINUTES_MAX,
        rows: rows.into_iter().map(SupportRow::from).collect(),
    })
}

async fn show_begin(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(slug): Path<String>,
) -> Result<Response, Failure> {
    op.permit_shown(Action::SupportTenant).map_err(Refused::from)?; // before a reason is written
    let form = page::Form::with([("minutes", "30".to_owned())]);
    html(&begin_page(&app, &op, &view, &slug, (form, false))?)
}

#[derive(Deserialize)]
struct BeginForm {
    reason: String,
    minutes: String,
    settings: Option<String>,
}

async fn begin(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(slug): Path<String>,
    Form(form): Form<BeginForm>,
) -> Result<Response, Failure> {
    let wanted = Wanted {
        tenant: &slug,
        reason: &form.reason,
        minutes: form.minutes.trim().parse().unwrap_or(0),
        grants: Grants { settings: form.settings.is_some() },
    };
    let begun = service::begin(&app, &op, &wanted).await;
    let settings = form.settings.unwrap_or_default();
    let kept = page::Form::with([
        ("reason", form.reason),
        ("minutes", form.minutes),
        ("settings", settings),
    ]);
    match begun {
        Ok(begun) if begun.open => Ok(done(&format!("/t/{}/team", begun.slug), "support-started")),
        Ok(begun) => Ok(done(&format!("/admin/tenants/{}/support", begun.slug), "support-asked")),
        Err(Refused::Invalid(mut invalid)) => {
            // The organisation is no field of this form.
            invalid.iter_mut().filter(|i| i.field == "tenant").for_each(|i| i.field = "");
            let kept = kept.refused(&app, &op, &invalid);
            let page = begin_page(&app, &op, &view, &slug, (kept, false))?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(Refused::Busy) => {
            let page = begin_page(&app, &op, &view, &slug, (kept, true))?;
            html_with(StatusCode::CONFLICT, &page)
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn stop(State(app): State<Arc<App>>, op: Op) -> Result<Response, Failure> {
    match service::stop(&app, &op).await {
        Ok(tenant) => Ok(done(&format!("/admin/tenants/{tenant}/support"), "support-ended")),
        // Its time was over just before: that is what was wanted.
        Err(Refused::NotFound) => Ok(Redirect::to("/dashboard").into_response()),
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Template)]
#[template(path = "tenant_support.html")]
struct SupportPage {
    shell: Shell,
    rows: Vec<SupportRow>,
    mode: String,
    slug: String,
    owner: bool,
}

async fn show(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(slug): Path<String>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &slug)?;
    let (rows, mode) = service::list(&app, &op, &own)?;
    html(&SupportPage {
        shell: Shell::new(&app, &op, &view, "title-support")?.about(&own),
        rows: rows.into_iter().map(SupportRow::from).collect(),
        mode,
        slug: own.slug.clone(),
        owner: own.allows(Action::ManageSupport),
    })
}

#[derive(Deserialize)]
struct ModeForm {
    mode: String,
}

async fn set_mode(
    State(app): State<Arc<App>>,
    op: Op,
    Path(slug): Path<String>,
    Form(form): Form<ModeForm>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &slug)?;
    let mode = Mode::parse(&form.mode).ok_or_else(Problem::not_found)?;
    service::set_mode(&app, &op, &own, mode).await?;
    Ok(done(&format!("/t/{slug}/support"), "settings-saved"))
}

async fn end(
    State(app): State<Arc<App>>,
    op: Op,
    Path((slug, id)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &slug)?;
    let id: SupportId = id.parse().map_err(|_| Problem::not_found())?;
    service::end(&app, &op, &own, id).await?;
    Ok(done(&format!("/t/{slug}/support"), "support-ended"))
}

#[derive(Deserialize)]
struct AnswerForm {
    allow: String,
}

async fn answer(
    State(app): State<Arc<App>>,
    op: Op,
    Path((slug, id)): Path<(String, String)>,
    Form(form): Form<AnswerForm>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &slug)?;
    let id: SupportId = id.parse().map_err(|_| Problem::not_found())?;
    let yes = form.allow == "yes";
    let notice = match (yes, service::answer(&app, &op, &own, id, yes).await?) {
        (true, true) => "support-allowed",
        (true, false) => "support-gone",
        (false, _) => "support-refused",
    };
    Ok(done(&format!("/t/{slug}/support"), notice))
}
