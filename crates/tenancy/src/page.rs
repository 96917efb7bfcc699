//! The customer's pages of tenants: overview, a new one, its settings.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use base::Timestamp;
use kernel::text::Words;
use kernel::web::body::Form;
use kernel::web::membership;
use kernel::web::page::{self, Shell, View, done, html, html_with};
use kernel::web::problem::{Failure, Problem};
use kernel::web::route::{Access, Route};
use kernel::{Action, App, Membership, Op};
use serde::Deserialize;

use crate::life::service::GRACE;
use crate::life::store::Shut;
use crate::problem::Refused;
use crate::tenant::own::Profile;
use crate::tenant::service::{self, FactorWanted};
use crate::{life, member, origin};

pub(crate) fn routes() -> Vec<Route> {
    use Access::Person;
    vec![
        Route::page("/dashboard", "dashboard", Person, get(dashboard)),
        Route::page("/dashboard/tenants/new", "new_tenant", Person, get(show_new).post(create)),
        Route::page(
            "/t/{slug}/settings",
            "tenant_settings",
            Access::Tenant { see: Action::SeeTenant, act: Action::ChangeTenantSettings },
            get(settings).post(change),
        ),
        Route::page(
            "/t/{slug}/settings/second-factor",
            "tenant_factor",
            Access::tenant(Action::ManageMembers),
            post(want_factor),
        ),
    ]
}

struct ProofRow {
    id: String,
    text: String,
    state: String,
    tone: String,
    mark: String,
    label: String,
}

struct LatelyRow {
    at: Timestamp,
    text: String,
}

#[derive(Template)]
#[template(path = "dashboard.html")]
struct DashboardPage {
    shell: Shell,
    greeting_name: String,
    sessions: i64,
    tokens: i64,
    proofs: Vec<ProofRow>,
    lately: Vec<LatelyRow>,
    alone: bool,
    shut: Vec<Shut>,
}

/// Lines of the person's own log on the overview.
const LATELY: i64 = 8;

async fn dashboard(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    let account = op.person().ok_or_else(Problem::not_signed_in)?.account;
    let shell = Shell::new(&app, &op, &view, "title-dashboard")?;
    let known = identity::account::service::get(&app, account)?;
    let greeting_name = known.map_or_else(String::new, |k| k.name.reveal().clone());
    let proofs = app
        .proofs
        .lines(&app)?
        .into_iter()
        .map(|line| {
            let (tone, mark) = page::state_look(line.state);
            ProofRow {
                label: app.words(op.lang).get(&format!("state-{}", line.state)),
                id: line.id,
                text: line.text,
                state: line.state.to_owned(),
                tone: tone.to_owned(),
                mark: mark.to_owned(),
            }
        })
        .collect();
    let lately = audit::lately(&app, account, LATELY)?
        .into_iter()
        .map(|(at, action)| LatelyRow { at, text: event_text(app.words(op.lang), &action) })
        .collect();
    let alone = match &shell.tenant {
        Some(tenant) => match membership(&app, &op, &tenant.slug) {
            Ok(member) if member.allows(Action::SeeTeam) => {
                member::service::list(&app, &op, &member)?.len() == 1
            }
            _ => false, // not for them to see, or it wants a second factor first
        },
        None => false,
    };
    html(&DashboardPage {
        sessions: identity::session::service::count(&app, account)?,
        tokens: identity::token_count(&app, account)?,
        shell,
        greeting_name,
        proofs,
        lately,
        alone,
        shut: life::service::shut(&app, &op)?,
    })
}

/// An action of the audit log in words: `session.opened` is `event-session-opened`.
fn event_text(words: Words<'_>, action: &str) -> String {
    words.get(&format!("event-{}", action.replace(['.', '_'], "-")))
}

#[derive(Template)]
#[template(path = "new_tenant.html")]
struct NewTenantPage {
    shell: Shell,
    form: page::Form,
}

async fn show_new(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    let shell = Shell::new(&app, &op, &view, "title-new-tenant")?;
    html(&NewTenantPage { shell, form: page::Form::default() })
}

#[derive(Deserialize)]
struct NewForm {
    name: String,
}

async fn create(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Form(form): Form<NewForm>,
) -> Result<Response, Failure> {
    match service::create(&app, &op, &form.name).await {
        Ok(member) => Ok(done(&format!("/t/{}/team", member.slug), "tenant-created")),
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::with([("name", form.name)]).refused(&app, &op, &invalid);
            let shell = Shell::new(&app, &op, &view, "title-new-tenant")?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &NewTenantPage { shell, form: kept })
        }
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Template)]
#[template(path = "tenant_settings.html")]
pub(crate) struct SettingsPage {
    shell: Shell,
    form: page::Form,
    pub(crate) close: page::Form,
    grace_days: u64,
    can_close: bool,
    can_manage: bool,
    slug: String,
    created_at: Timestamp,
    region: String,
    cipher: String,
    factor_wanted: String,
    owner: bool,
    pub(crate) origins: page::Form,
    listed: usize,
    pub(crate) report_only: bool,
}

pub(crate) fn settings_page(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    member: &Membership,
    form: Option<page::Form>,
) -> Result<SettingsPage, Failure> {
    let settings = service::settings(app, op, member)?;
    let origins = origin::service::list(app, op, member)?;
    let (cipher, _) = store::cipher()?;
    let form = form.unwrap_or_else(|| {
        page::Form::with([
            ("name", member.name.clone()),
            ("description", settings.profile.description),
            ("contact", settings.profile.contact),
        ])
    });
    Ok(SettingsPage {
        shell: Shell::new(app, op, view, "title-tenant-settings")?.about(member),
        form,
        close: page::Form::default(),
        grace_days: GRACE.as_secs() / 86_400,
        can_close: member.allows(Action::CloseTenant),
        can_manage: member.allows(Action::ChangeTenantSettings),
        slug: member.slug.clone(),
        factor_wanted: settings.factor_wanted,
        owner: member.allows(Action::ManageMembers),
        created_at: settings.made_at,
        listed: origins.listed.len(),
        report_only: origins.report_only,
        origins: page::Form::with([("origins", origins.listed.join("\n"))]),
        region: member.region.clone(),
        cipher: app.words(op.lang).with("tenant-cipher", &[("version", &cipher)]),
    })
}

async fn settings(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(slug): Path<String>,
) -> Result<Response, Failure> {
    let member = membership(&app, &op, &slug)?;
    html(&settings_page(&app, &op, &view, &member, None)?)
}

#[derive(Deserialize)]
struct ChangeForm {
    name: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    contact: String,
}

async fn change(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(slug): Path<String>,
    Form(form): Form<ChangeForm>,
) -> Result<Response, Failure> {
    let member = membership(&app, &op, &slug)?;
    let profile = Profile { description: form.description.clone(), contact: form.contact.clone() };
    match service::change(&app, &op, &member, &form.name, profile).await {
        Ok(()) => Ok(done(&format!("/t/{slug}/settings"), "settings-saved")),
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::with([
                ("name", form.name),
                ("description", form.description),
                ("contact", form.contact),
            ])
            .refused(&app, &op, &invalid);
            let page = settings_page(&app, &op, &view, &member, Some(kept))?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Deserialize)]
struct FactorForm {
    of: String,
}

async fn want_factor(
    State(app): State<Arc<App>>,
    op: Op,
    Path(slug): Path<String>,
    Form(form): Form<FactorForm>,
) -> Result<Response, Failure> {
    let member = membership(&app, &op, &slug)?;
    let wanted = FactorWanted::parse(&form.of).ok_or_else(Problem::not_found)?;
    match service::want_factor(&app, &op, &member, wanted).await {
        Ok(()) => Ok(done(&format!("/t/{slug}/settings"), "settings-saved")),
        Err(Refused::FactorFirst) => Ok(done("/dashboard/security", "factor-first-own")),
        Err(refused) => Err(refused.into()),
    }
}

/// For routes that only lead on.
pub(crate) fn see_other(path: &str) -> Response {
    Redirect::to(path).into_response()
}
