//! The pages of staff: the operator's list, the way in by a letter, the agreement.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base::{Secret, Timestamp};
use kernel::document::{self, Section, sections};
use kernel::web::body::{Form, Query};
use kernel::web::limit::Group;
use kernel::web::page::{self, Shell, View, done, html, html_with};
use kernel::web::problem::Failure;
use kernel::web::route::{Access, Route};
use kernel::web::trap::PublicForm;
use kernel::{App, Op};
use serde::Deserialize;

use super::http::{account_of, invitation_of};
use super::service::{self, Guest, Typed};
use super::{agreement, service::Member};
use crate::problem::Refused;

pub(super) fn routes() -> Vec<Route> {
    use Access::{Open, Person, Staff};
    vec![
        Route::page("/admin/staff", "admin_staff", Staff, get(show).post(invite)),
        Route::page("/admin/staff/{id}/review", "admin_staff_review", Staff, post(review)),
        Route::page("/admin/staff/{id}/remove", "admin_staff_remove", Staff, post(remove)),
        Route::page(
            "/admin/staff/invitations/{id}/revoke",
            "admin_staff_invitation_revoke",
            Staff,
            post(revoke),
        ),
        Route::page("/staff/join", "staff_join", Open, get(show_join).post(join))
            .limited(Group::SignIn),
        Route::page("/staff/agreement", "staff_agreement", Open, get(show_agreement)),
        Route::page("/staff/agreement/sign", "staff_agreement_sign", Person, post(sign)),
    ]
}

struct Row {
    member: Member,
    own: bool,
    overdue: bool,
}

#[derive(Template)]
#[template(path = "staff.html")]
struct StaffPage {
    shell: Shell,
    staff: Vec<Row>,
    guests: Vec<Guest>,
    overdue: usize,
    review_days: u32,
    form: page::Form,
}

fn staff_page(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    form: page::Form,
) -> Result<StaffPage, Failure> {
    let own = op.person().map(|p| p.account);
    let staff: Vec<Row> = service::list(app, op)?
        .into_iter()
        .map(|member| Row {
            own: Some(member.account) == own,
            overdue: member.due_at <= op.now,
            member,
        })
        .collect();
    Ok(StaffPage {
        shell: Shell::new(app, op, view, "title-admin-staff")?,
        overdue: staff.iter().filter(|r| r.overdue).count(),
        staff,
        guests: service::invitations(app, op)?,
        review_days: app.config.staff.review_days,
        form,
    })
}

async fn show(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    html(&staff_page(&app, &op, &view, page::Form::default())?)
}

#[derive(Deserialize)]
struct InviteForm {
    email: String,
    duties: String,
}

async fn invite(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Form(form): Form<InviteForm>,
) -> Result<Response, Failure> {
    match service::invite(&app, &op, &form.email, &form.duties).await {
        Ok(_) => Ok(done("/admin/staff", "invited")),
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::with([("email", form.email), ("duties", form.duties)])
                .refused(&app, &op, &invalid);
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &staff_page(&app, &op, &view, kept)?)
        }
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Deserialize)]
struct ReviewForm {
    duties: String,
}

async fn review(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(id): Path<String>,
    Form(form): Form<ReviewForm>,
) -> Result<Response, Failure> {
    let reviewed = service::review(&app, &op, account_of(&id)?, &form.duties).await;
    finish(&app, &op, &view, reviewed, "staff-reviewed")
}

async fn remove(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let removed = service::remove(&app, &op, account_of(&id)?).await;
    finish(&app, &op, &view, removed, "staff-removed")
}

async fn revoke(
    State(app): State<Arc<App>>,
    op: Op,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    service::revoke(&app, &op, invitation_of(&id)?).await?;
    Ok(done("/admin/staff", "invitation-revoked"))
}

/// A refusal stands above the list: its form may be in any row.
fn finish(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    result: Result<(), Refused>,
    notice: &str,
) -> Result<Response, Failure> {
    let invalid = match result {
        Ok(()) => return Ok(done("/admin/staff", notice)),
        Err(Refused::Invalid(invalid)) => invalid,
        Err(refused) => return Err(refused.into()),
    };
    let mut form = page::Form::default().refused(app, op, &invalid);
    form.errors.iter_mut().for_each(|e| e.field.clear());
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &staff_page(app, op, view, form)?)
}

#[derive(Template)]
#[template(path = "staff_join.html")]
struct JoinPage {
    shell: Shell,
    token: String,
    /// Nothing, when the link does not work any more.
    offer: Option<(String, String)>,
    sections: Vec<Section>,
    digest: String,
    form: page::Form,
}

fn join_page(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    token: String,
    form: page::Form,
) -> Result<JoinPage, Failure> {
    let offer = match service::offer(app, op, &token) {
        Ok(offer) => Some((offer.email, offer.duties)),
        Err(Refused::Gone) => None,
        Err(refused) => return Err(refused.into()),
    };
    let text = agreement::text(app, op.lang)?;
    Ok(JoinPage {
        shell: Shell::new(app, op, view, "title-staff-join")?,
        token,
        offer,
        sections: sections(&text.text),
        digest: text.digest,
        form,
    })
}

#[derive(Deserialize)]
struct WithToken {
    #[serde(default)]
    token: String,
}

async fn show_join(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Query(asked): Query<WithToken>,
) -> Result<Response, Failure> {
    let page = join_page(&app, &op, &view, asked.token, page::Form::default())?;
    let status = if page.offer.is_some() { StatusCode::OK } else { StatusCode::GONE };
    html_with(status, &page)
}

#[derive(Deserialize)]
struct JoinForm {
    token: String,
    name: String,
    password: Secret<String>,
    /// Digest of what is signed; not there, if the box is not ticked.
    #[serde(default)]
    agreement: String,
}

async fn join(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    PublicForm(form): PublicForm<JoinForm>,
) -> Result<Response, Failure> {
    let typed = Typed {
        token: &form.token,
        name: &form.name,
        password: &form.password,
        agreement: &form.agreement,
    };
    match service::accept(&app, &op, &typed).await {
        Ok(opened) => {
            let on = done("/admin/tenants", "staff-joined");
            Ok((crate::cookie(&app, &opened), on).into_response())
        }
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::with([("name", form.name)]).refused(&app, &op, &invalid);
            let page = join_page(&app, &op, &view, form.token, kept)?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(Refused::Gone) => {
            let page = join_page(&app, &op, &view, String::new(), page::Form::default())?;
            html_with(StatusCode::GONE, &page)
        }
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Template)]
#[template(path = "staff_agreement.html")]
struct AgreementPage {
    shell: Shell,
    title: String,
    sections: Vec<Section>,
    digest: String,
    lang: &'static str,
    /// Whether who looks has to sign it.
    wanted: bool,
}

async fn show_agreement(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
) -> Result<Response, Failure> {
    let text = agreement::text(&app, op.lang)?;
    let shell = Shell::new(&app, &op, &view, "title-staff-agreement")?;
    let mut sections = sections(&text.text);
    html(&AgreementPage {
        title: document::title(&mut sections).unwrap_or_else(|| shell.t("staff-agreement")),
        shell,
        sections,
        digest: text.digest,
        lang: text.lang.code(),
        wanted: op.person().is_some_and(|p| p.unsigned),
    })
}

#[derive(Deserialize)]
struct SignForm {
    #[serde(default)]
    agreement: String,
}

async fn sign(
    State(app): State<Arc<App>>,
    op: Op,
    Form(form): Form<SignForm>,
) -> Result<Response, Failure> {
    service::sign(&app, &op, &form.agreement).await?;
    Ok(done("/admin/tenants", "agreement-signed"))
}

/// For templates.
impl Row {
    fn signed_at(&self) -> Option<Timestamp> {
        self.member.signed_at
    }
}
