//! The team's pages: people, invitations, roles; and the invited person's.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use base::id::{AccountId, InvitationId};
use base::{Secret, Timestamp, text};
use kernel::access::role_allows;
use kernel::text::Words;
use kernel::web::body::{Form, Query};
use kernel::web::limit::Group;
use kernel::web::membership;
use kernel::web::page::{self, Shell, View, done, html, html_with};
use kernel::web::problem::{Failure, Invalid, Problem};
use kernel::web::route::{Access, Route};
use kernel::web::trap::PublicForm;
use kernel::{Action, App, Membership, Op, Role};
use serde::Deserialize;

use crate::problem::Refused;
use crate::{invitation, member};

pub(crate) fn routes() -> Vec<Route> {
    use Access::Open;
    vec![
        Route::page("/t/{slug}/team", "team", Access::tenant(Action::SeeTeam), get(team)),
        Route::page(
            "/t/{slug}/team/invitations",
            "team_invite",
            Access::tenant(Action::InviteMember),
            post(invite),
        ),
        Route::page(
            "/t/{slug}/team/invitations/{id}/revoke",
            "team_invitation_revoke",
            Access::tenant(Action::InviteMember),
            post(revoke_invitation),
        ),
        Route::page(
            "/t/{slug}/team/invitations/{id}/resend",
            "team_invitation_resend",
            Access::tenant(Action::InviteMember),
            post(resend_invitation),
        ),
        Route::page(
            "/t/{slug}/team/members/{account}/owner",
            "team_hand_over",
            Access::tenant(Action::CloseTenant),
            post(hand_over),
        ),
        Route::page(
            "/t/{slug}/team/members/{account}/role",
            "team_role",
            Access::tenant(Action::ManageMembers),
            post(set_role),
        ),
        Route::page(
            "/t/{slug}/team/members/{account}/remove",
            "team_remove",
            Access::tenant(Action::ManageMembers),
            post(remove),
        ),
        Route::page("/invite", "invite", Open, get(show_invite).post(accept))
            .limited(Group::SignIn),
    ]
}

struct MemberRow {
    account: String,
    name: String,
    email: String,
    initials: String,
    role: String,
    role_label: String,
    you: bool,
    since: Timestamp,
    can_change: bool,
}

struct InvitationRow {
    id: String,
    email: String,
    role_label: String,
    expires_at: Timestamp,
}

struct RoleOption {
    id: String,
    label: String,
    text: String,
}

struct MatrixRow {
    label: String,
    owner: bool,
    billing: bool,
    operator: bool,
    viewer: bool,
}

#[derive(Template)]
#[template(path = "team.html")]
struct TeamPage {
    shell: Shell,
    members: Vec<MemberRow>,
    invitations: Vec<InvitationRow>,
    roles: Vec<RoleOption>,
    can_manage: bool,
    form: page::Form,
    slug: String,
    matrix: Vec<MatrixRow>,
}

fn role_label(words: Words<'_>, role: Role) -> String {
    words.get(&format!("role-{}", role.word()))
}

fn team_page(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    own: &Membership,
    form: page::Form,
) -> Result<TeamPage, Failure> {
    let words = app.words(op.lang);
    let can_manage = own.allows(Action::ManageMembers);
    let members = member::service::list(app, op, own)?
        .into_iter()
        .map(|m| MemberRow {
            initials: text::initials(m.name.reveal()),
            name: m.name.reveal().clone(),
            email: m.email.reveal().clone(),
            role: m.role.word().to_owned(),
            role_label: role_label(words, m.role),
            you: m.account == own.account,
            since: m.since,
            can_change: can_manage && m.account != own.account,
            account: m.account.to_string(),
        })
        .collect();
    let invitations = invitation::service::list(app, op, own)?
        .into_iter()
        .map(|i| InvitationRow {
            id: i.id.to_string(),
            email: i.email,
            role_label: role_label(words, i.role),
            expires_at: i.expires_at,
        })
        .collect();
    Ok(TeamPage {
        shell: Shell::new(app, op, view, "title-team")?.about(own),
        members,
        invitations,
        roles: Role::ALL.into_iter().map(|r| role_option(words, r)).collect(),
        can_manage,
        form,
        slug: own.slug.clone(),
        matrix: matrix(words),
    })
}

fn role_option(words: Words<'_>, role: Role) -> RoleOption {
    let text = words.get(&format!("role-{}-text", role.word()));
    RoleOption { id: role.word().to_owned(), label: role_label(words, role), text }
}

/// The table that the checks themselves use, for people.
fn matrix(words: Words<'_>) -> Vec<MatrixRow> {
    Action::IN_TENANT
        .into_iter()
        .map(|(action, id)| MatrixRow {
            label: words.get(id),
            owner: role_allows(Role::Owner, action),
            billing: role_allows(Role::Billing, action),
            operator: role_allows(Role::Operator, action),
            viewer: role_allows(Role::Viewer, action),
        })
        .collect()
}

async fn team(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(slug): Path<String>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &slug)?;
    html(&team_page(&app, &op, &view, &own, page::Form::default())?)
}

#[derive(Deserialize)]
struct InviteForm {
    email: String,
    role: String,
}

async fn invite(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(slug): Path<String>,
    Form(form): Form<InviteForm>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &slug)?;
    match invitation::service::invite(&app, &op, &own, &form.email, &form.role).await {
        Ok(_) => Ok(done(&format!("/t/{slug}/team"), "invited")),
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::with([("email", form.email), ("role", form.role)])
                .refused(&app, &op, &invalid);
            let page = team_page(&app, &op, &view, &own, kept)?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn revoke_invitation(
    State(app): State<Arc<App>>,
    op: Op,
    Path((slug, id)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &slug)?;
    let id: InvitationId = id.parse().map_err(|_| Problem::not_found())?;
    invitation::service::revoke(&app, &op, &own, id).await?;
    Ok(done(&format!("/t/{slug}/team"), "invitation-revoked"))
}

async fn resend_invitation(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path((slug, id)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &slug)?;
    let id: InvitationId = id.parse().map_err(|_| Problem::not_found())?;
    match invitation::service::resend(&app, &op, &own, id).await {
        Ok(_) => Ok(done(&format!("/t/{slug}/team"), "invited-again")),
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::default().refused(&app, &op, &invalid);
            let page = team_page(&app, &op, &view, &own, kept)?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn hand_over(
    State(app): State<Arc<App>>,
    op: Op,
    Path((slug, account)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &slug)?;
    let account: AccountId = account.parse().map_err(|_| Problem::not_found())?;
    member::service::hand_over(&app, &op, &own, account).await?;
    Ok(done(&format!("/t/{slug}/team"), "handed-over"))
}

#[derive(Deserialize)]
struct RoleForm {
    role: String,
}

async fn set_role(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path((slug, account)): Path<(String, String)>,
    Form(form): Form<RoleForm>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &slug)?;
    let account: AccountId = account.parse().map_err(|_| Problem::not_found())?;
    let role = Role::parse(&form.role)
        .ok_or_else(|| Problem::invalid(vec![Invalid::new("role", "error-role-unknown")]))?;
    let changed = member::service::change_role(&app, &op, &own, account, role).await;
    finish(&app, &op, &view, &own, changed, "role-changed")
}

async fn remove(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path((slug, account)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &slug)?;
    let account: AccountId = account.parse().map_err(|_| Problem::not_found())?;
    let removed = member::service::remove(&app, &op, &own, account).await;
    if removed.is_ok() && account == own.account {
        return Ok(done("/dashboard", "member-removed"));
    }
    finish(&app, &op, &view, &own, removed, "member-removed")
}

fn finish(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    own: &Membership,
    result: Result<(), Refused>,
    notice: &str,
) -> Result<Response, Failure> {
    match result {
        Ok(()) => Ok(done(&format!("/t/{}/team", own.slug), notice)),
        Err(Refused::LastOwner) => {
            let kept =
                page::Form::default().refused(app, op, &[Invalid::new("", "error-last-owner")]);
            html_with(StatusCode::CONFLICT, &team_page(app, op, view, own, kept)?)
        }
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Template)]
#[template(path = "invite.html")]
struct InvitePage {
    shell: Shell,
    token: String,
    tenant_name: String,
    role_label: String,
    email: String,
    signed_in_as: Option<String>,
    matches: bool,
    form: page::Form,
    gone: bool,
}

#[derive(Deserialize)]
struct WithToken {
    #[serde(default)]
    token: String,
}

fn invite_page(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    token: String,
    form: page::Form,
) -> Result<InvitePage, Failure> {
    let shell = Shell::new(app, op, view, "title-invite")?;
    let signed_in_as = shell.person.as_ref().map(|p| p.email.clone());
    let offer = match invitation::service::offer(app, op, &token) {
        Ok(offer) => Some(offer),
        Err(Refused::Gone) => None,
        Err(refused) => return Err(refused.into()),
    };
    let gone = offer.is_none();
    let (tenant_name, role_label, email) = offer.map_or_else(
        || (String::new(), String::new(), String::new()),
        |o| (o.tenant_name, role_label(app.words(op.lang), o.role), o.email),
    );
    let matches = signed_in_as.as_ref().is_some_and(|e| e.to_lowercase() == email.to_lowercase());
    Ok(InvitePage {
        shell,
        token,
        tenant_name,
        role_label,
        email,
        signed_in_as,
        matches,
        form,
        gone,
    })
}

async fn show_invite(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Query(asked): Query<WithToken>,
) -> Result<Response, Failure> {
    let page = invite_page(&app, &op, &view, asked.token, page::Form::default())?;
    let status = if page.gone { StatusCode::GONE } else { StatusCode::OK };
    html_with(status, &page)
}

#[derive(Deserialize)]
struct AcceptForm {
    token: String,
    name: Option<String>,
    password: Option<Secret<String>>,
}

async fn accept(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    PublicForm(form): PublicForm<AcceptForm, false>,
) -> Result<Response, Failure> {
    let accepted = if op.person().is_some() {
        invitation::service::accept(&app, &op, &form.token).await
    } else {
        let name = form.name.clone().unwrap_or_default();
        let password = form.password.clone().unwrap_or_else(|| Secret::new(String::new()));
        invitation::service::accept_as_new(&app, &op, &form.token, &name, &password).await
    };
    match accepted {
        Ok(accepted) => {
            let on = done(&format!("/t/{}/team", accepted.slug), "joined");
            Ok(match &accepted.opened {
                Some(opened) => (identity::cookie(&app, opened), on).into_response(),
                None => on,
            })
        }
        Err(Refused::SignInFirst) => {
            let next = page::encode(&format!("/invite?token={}", form.token));
            let to = format!("/login?notice=sign-in-first&next={next}");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::with([("name", form.name.unwrap_or_default())])
                .refused(&app, &op, &invalid);
            let page = invite_page(&app, &op, &view, form.token, kept)?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(Refused::Gone) => {
            let page = invite_page(&app, &op, &view, form.token, page::Form::default())?;
            html_with(StatusCode::GONE, &page)
        }
        Err(refused) => Err(refused.into()),
    }
}
