//! The JSON API of tenancy: parse, one verb, serialise.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use base::Secret;
use base::id::{AccountId, InvitationId};
use kernel::web::body::Json;
use kernel::web::limit::Group;
use kernel::web::membership;
use kernel::web::problem::{Failure, Invalid, Problem};
use kernel::web::route::{Access, Doc, Route};
use kernel::{Action, App, Membership, Op, Role};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::setup::service::Typed;
use crate::tenant::own::Profile;
use crate::{invitation, member, setup, tenant};

pub(crate) fn routes() -> Vec<Route> {
    let mut all = vec![
        Route::api(
            "/api/v1/setup",
            "complete_setup",
            Access::Open,
            post(complete_setup),
            Doc::new("post", "Open a new installation with its set-up link; whoever does signs the staff's agreement.", 201)
                .takes::<Setup>()
                .answers::<SetUp>(),
        ),
        Route::api(
            "/api/v1/me",
            "show_me",
            Access::Person,
            get(me),
            Doc::new("get", "Who is signed in, and in which tenants.", 200).answers::<Me>(),
        ),
        Route::api(
            "/api/v1/tenants",
            "list_tenants",
            Access::Person,
            get(list_tenants),
            Doc::new("get", "The own tenants.", 200).answers::<TenantList>(),
        ),
        Route::api(
            "/api/v1/tenants",
            "create_tenant",
            Access::Person,
            post(create_tenant),
            Doc::new("post", "Found a tenant.", 201).takes::<NewTenant>().answers::<TenantBody>(),
        ),
    ];
    all.extend(settings_routes());
    all.extend(team_routes());
    all.extend(invitation_routes());
    all
}

fn settings_routes() -> Vec<Route> {
    vec![
        Route::api(
            "/api/v1/tenants/{tenant}",
            "show_tenant",
            Access::tenant(Action::SeeTenant),
            get(show_tenant),
            Doc::new("get", "A tenant's settings.", 200).answers::<TenantSettings>(),
        ),
        Route::api(
            "/api/v1/tenants/{tenant}",
            "change_tenant",
            Access::tenant(Action::ChangeTenantSettings),
            put(change_tenant),
            Doc::new("put", "Change a tenant's name, description and contact.", 204)
                .takes::<TenantChange>(),
        ),
        Route::api(
            "/api/v1/tenants/{tenant}/second-factor",
            "set_factor_policy",
            Access::tenant(Action::ManageMembers),
            put(want_factor),
            Doc::new("put", "Choose of whom a tenant wants a second factor.", 204)
                .takes::<FactorPolicy>(),
        ),
    ]
}

fn team_routes() -> Vec<Route> {
    vec![
        Route::api(
            "/api/v1/tenants/{tenant}/members",
            "list_members",
            Access::tenant(Action::SeeTeam),
            get(list_members),
            Doc::new("get", "The people of a tenant.", 200).answers::<MemberList>(),
        ),
        Route::api(
            "/api/v1/tenants/{tenant}/members/{account}",
            "revoke_member",
            Access::tenant(Action::ManageMembers),
            delete(revoke_member),
            Doc::new("delete", "Remove a member, or leave.", 204),
        ),
        Route::api(
            "/api/v1/tenants/{tenant}/members/{account}/role",
            "change_role",
            Access::tenant(Action::ManageMembers),
            put(change_role),
            Doc::new("put", "Change a member's role.", 204).takes::<OneRole>(),
        ),
        Route::api(
            "/api/v1/tenants/{tenant}/owner",
            "hand_over_tenant",
            Access::tenant(Action::CloseTenant),
            put(hand_over),
            Doc::new("put", "Make another member the owner and become an operator.", 204)
                .takes::<NewOwner>(),
        ),
    ]
}

fn invitation_routes() -> Vec<Route> {
    use Access::Open;
    vec![
        Route::api(
            "/api/v1/tenants/{tenant}/invitations",
            "list_invitations",
            Access::tenant(Action::SeeTeam),
            get(list_invitations),
            Doc::new("get", "The open invitations.", 200).answers::<InvitationList>(),
        ),
        Route::api(
            "/api/v1/tenants/{tenant}/invitations",
            "invite_member",
            Access::tenant(Action::InviteMember),
            post(invite),
            Doc::new("post", "Invite an address; the letter's link works once, for seven days.", 201)
                .takes::<Invite>()
                .answers::<InvitedBody>(),
        ),
        Route::api(
            "/api/v1/tenants/{tenant}/invitations/{invitation_id}",
            "revoke_invitation",
            Access::tenant(Action::InviteMember),
            delete(revoke_invitation),
            Doc::new("delete", "Withdraw an open invitation.", 204),
        ),
        Route::api(
            "/api/v1/tenants/{tenant}/invitations/{invitation_id}/resend",
            "resend_invitation",
            Access::tenant(Action::InviteMember),
            post(resend_invitation),
            Doc::new("post", "Send an open invitation's letter again, with a new link.", 200)
                .answers::<InvitedBody>(),
        ),
        Route::api(
            "/api/v1/invitations/accept",
            "accept_invitation",
            Open,
            post(accept),
            Doc::new(
                "post",
                "Accept an invitation: as the signed-in person, or with name and password for a new account.",
                200,
            )
            .takes::<Accept>()
            .answers::<AcceptedBody>(),
        )
        .limited(Group::SignIn),
    ]
}

/// The first step of the set-up.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Setup {
    token: String,
    organisation: String,
    name: String,
    email: String,
    #[schemars(with = "String")]
    password: Secret<String>,
}

/// The first account and tenant.
#[derive(Serialize, JsonSchema)]
struct SetUp {
    account: String,
    tenant: String,
}

/// Who is signed in.
#[derive(Serialize, JsonSchema)]
struct Me {
    account: String,
    name: String,
    email: String,
    staff: bool,
    tenants: Vec<TenantBody>,
}

/// Tenants.
#[derive(Serialize, JsonSchema)]
struct TenantList {
    items: Vec<TenantBody>,
}

/// A tenant, and the own role there.
#[derive(Serialize, JsonSchema)]
struct TenantBody {
    id: String,
    slug: String,
    name: String,
    role: String,
}

impl From<Membership> for TenantBody {
    fn from(m: Membership) -> Self {
        Self {
            id: m.tenant.to_string(),
            slug: m.slug,
            name: m.name,
            role: m.role.word().to_owned(),
        }
    }
}

/// A tenant to found.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewTenant {
    name: String,
    /// `local`, the only region of this installation.
    region: Option<String>,
}

/// A tenant with its settings.
#[derive(Serialize, JsonSchema)]
struct TenantSettings {
    id: String,
    slug: String,
    name: String,
    /// The own role there.
    role: String,
    region: String,
    description: String,
    contact: String,
    /// Of whom it wants a second factor: `nobody`, `owners` or `everybody`.
    second_factor: String,
    created_at: String,
}

/// New settings; what is left out becomes empty.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct TenantChange {
    name: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    contact: String,
}

/// Of whom a second factor is wanted.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct FactorPolicy {
    /// `nobody`, `owners` or `everybody`.
    of: String,
}

/// Open invitations.
#[derive(Serialize, JsonSchema)]
struct InvitationList {
    items: Vec<InvitationBody>,
}

/// An invitation that nobody has accepted yet.
#[derive(Serialize, JsonSchema)]
struct InvitationBody {
    id: String,
    email: String,
    role: String,
    expires_at: String,
}

/// Members.
#[derive(Serialize, JsonSchema)]
struct MemberList {
    items: Vec<MemberBody>,
}

/// A member.
#[derive(Serialize, JsonSchema)]
struct MemberBody {
    account: String,
    name: String,
    email: String,
    role: String,
    since: String,
}

/// `owner`, `operator`, `billing` or `viewer`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OneRole {
    role: String,
}

/// Who owns the tenant from now on.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewOwner {
    account: String,
}

/// Whom to invite, and as what.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Invite {
    email: String,
    role: String,
}

/// An invitation that was made.
#[derive(Serialize, JsonSchema)]
struct InvitedBody {
    id: String,
    expires_at: String,
}

/// The letter's token; name and password when an account is to be opened.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Accept {
    token: String,
    name: Option<String>,
    #[schemars(with = "Option<String>")]
    password: Option<Secret<String>>,
}

/// The tenant that was joined.
#[derive(Serialize, JsonSchema)]
struct AcceptedBody {
    tenant: String,
    /// The session, when an account was opened.
    session: Option<String>,
}

async fn complete_setup(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<Setup>,
) -> Result<Response, Failure> {
    let typed = Typed {
        token: &body.token,
        organisation: &body.organisation,
        name: &body.name,
        email: &body.email,
        password: &body.password,
    };
    let complete = setup::complete(&app, &op, &typed).await?;
    let cookie = identity::cookie(&app, &complete.opened);
    let answer =
        SetUp { account: complete.account.to_string(), tenant: complete.tenant.to_string() };
    Ok((StatusCode::CREATED, cookie, Answer(answer)).into_response())
}

async fn me(State(app): State<Arc<App>>, op: Op) -> Result<Answer<Me>, Failure> {
    let person = op.person().ok_or_else(Problem::not_signed_in)?;
    let profile = app.identities.profile(&app, person.account)?.ok_or_else(Problem::not_found)?;
    let tenants = app.memberships.of(&app, person.account)?;
    Ok(Answer(Me {
        account: person.account.to_string(),
        name: profile.name.reveal().clone(),
        email: profile.email.reveal().to_owned(),
        staff: person.staff,
        tenants: tenants.into_iter().map(TenantBody::from).collect(),
    }))
}

async fn list_tenants(State(app): State<Arc<App>>, op: Op) -> Result<Answer<TenantList>, Failure> {
    let account = op.person().ok_or_else(Problem::not_signed_in)?.account;
    let items = app.memberships.of(&app, account)?.into_iter().map(TenantBody::from).collect();
    Ok(Answer(TenantList { items }))
}

async fn create_tenant(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<NewTenant>,
) -> Result<Response, Failure> {
    if body.region.as_deref().is_some_and(|r| r != tenant::service::REGION) {
        return Err(Problem::invalid(vec![Invalid::new("region", "error-region-unknown")]).into());
    }
    let made = tenant::service::create(&app, &op, &body.name).await?;
    Ok((StatusCode::CREATED, Answer(TenantBody::from(made))).into_response())
}

async fn show_tenant(
    State(app): State<Arc<App>>,
    op: Op,
    Path(wanted): Path<String>,
) -> Result<Answer<TenantSettings>, Failure> {
    let own = membership(&app, &op, &wanted)?;
    let settings = tenant::service::settings(&app, &op, &own)?;
    Ok(Answer(TenantSettings {
        id: own.tenant.to_string(),
        slug: own.slug,
        name: own.name,
        role: own.role.word().to_owned(),
        region: own.region,
        description: settings.profile.description,
        contact: settings.profile.contact,
        second_factor: settings.factor_wanted,
        created_at: settings.made_at.iso(),
    }))
}

async fn change_tenant(
    State(app): State<Arc<App>>,
    op: Op,
    Path(wanted): Path<String>,
    Json(body): Json<TenantChange>,
) -> Result<StatusCode, Failure> {
    let own = membership(&app, &op, &wanted)?;
    let profile = Profile { description: body.description, contact: body.contact };
    tenant::service::change(&app, &op, &own, &body.name, profile).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn want_factor(
    State(app): State<Arc<App>>,
    op: Op,
    Path(wanted): Path<String>,
    Json(body): Json<FactorPolicy>,
) -> Result<StatusCode, Failure> {
    let own = membership(&app, &op, &wanted)?;
    let of = tenant::service::FactorWanted::parse(&body.of)
        .ok_or_else(|| Problem::of_status(StatusCode::UNPROCESSABLE_ENTITY, "unknown word"))?;
    tenant::service::want_factor(&app, &op, &own, of).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn list_invitations(
    State(app): State<Arc<App>>,
    op: Op,
    Path(wanted): Path<String>,
) -> Result<Answer<InvitationList>, Failure> {
    let own = membership(&app, &op, &wanted)?;
    let items = invitation::service::list(&app, &op, &own)?
        .into_iter()
        .map(|i| InvitationBody {
            id: i.id.to_string(),
            email: i.email,
            role: i.role.word().to_owned(),
            expires_at: i.expires_at.iso(),
        })
        .collect();
    Ok(Answer(InvitationList { items }))
}

async fn list_members(
    State(app): State<Arc<App>>,
    op: Op,
    Path(wanted): Path<String>,
) -> Result<Answer<MemberList>, Failure> {
    let own = membership(&app, &op, &wanted)?;
    let items = member::service::list(&app, &op, &own)?
        .into_iter()
        .map(|m| MemberBody {
            account: m.account.to_string(),
            name: m.name.reveal().clone(),
            email: m.email.reveal().clone(),
            role: m.role.word().to_owned(),
            since: m.since.iso(),
        })
        .collect();
    Ok(Answer(MemberList { items }))
}

async fn revoke_member(
    State(app): State<Arc<App>>,
    op: Op,
    Path((wanted, account)): Path<(String, String)>,
) -> Result<StatusCode, Failure> {
    let own = membership(&app, &op, &wanted)?;
    let account: AccountId = account.parse().map_err(|_| Problem::not_found())?;
    member::service::remove(&app, &op, &own, account).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn change_role(
    State(app): State<Arc<App>>,
    op: Op,
    Path((wanted, account)): Path<(String, String)>,
    Json(body): Json<OneRole>,
) -> Result<StatusCode, Failure> {
    let own = membership(&app, &op, &wanted)?;
    let account: AccountId = account.parse().map_err(|_| Problem::not_found())?;
    let role = Role::parse(&body.role)
        .ok_or_else(|| Problem::invalid(vec![Invalid::new("role", "error-role-unknown")]))?;
    member::service::change_role(&app, &op, &own, account, role).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn invite(
    State(app): State<Arc<App>>,
    op: Op,
    Path(wanted): Path<String>,
    Json(body): Json<Invite>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &wanted)?;
    let invited = invitation::service::invite(&app, &op, &own, &body.email, &body.role).await?;
    let answer = InvitedBody { id: invited.id.to_string(), expires_at: invited.expires_at.iso() };
    Ok((StatusCode::CREATED, Answer(answer)).into_response())
}

async fn revoke_invitation(
    State(app): State<Arc<App>>,
    op: Op,
    Path((wanted, id)): Path<(String, String)>,
) -> Result<StatusCode, Failure> {
    let own = membership(&app, &op, &wanted)?;
    let id: InvitationId = id.parse().map_err(|_| Problem::not_found())?;
    invitation::service::revoke(&app, &op, &own, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn resend_invitation(
    State(app): State<Arc<App>>,
    op: Op,
    Path((wanted, id)): Path<(String, String)>,
) -> Result<Answer<InvitedBody>, Failure> {
    let own = membership(&app, &op, &wanted)?;
    let id: InvitationId = id.parse().map_err(|_| Problem::not_found())?;
    let sent = invitation::service::resend(&app, &op, &own, id).await?;
    Ok(Answer(InvitedBody { id: sent.id.to_string(), expires_at: sent.expires_at.iso() }))
}

async fn hand_over(
    State(app): State<Arc<App>>,
    op: Op,
    Path(wanted): Path<String>,
    Json(body): Json<NewOwner>,
) -> Result<StatusCode, Failure> {
    let own = membership(&app, &op, &wanted)?;
    let account: AccountId = body.account.parse().map_err(|_| Problem::not_found())?;
    member::service::hand_over(&app, &op, &own, account).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn accept(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<Accept>,
) -> Result<Response, Failure> {
    let accepted = match (op.person(), body.name, body.password) {
        (None, Some(name), Some(password)) => {
            invitation::service::accept_as_new(&app, &op, &body.token, &name, &password).await?
        }
        (None, _, _) => return Err(Problem::not_signed_in().into()),
        (Some(_), _, _) => invitation::service::accept(&app, &op, &body.token).await?,
    };
    let session = accepted.opened.as_ref().map(|o| o.id().to_string());
    let answer = Answer(AcceptedBody { tenant: accepted.slug, session });
    Ok(match &accepted.opened {
        Some(opened) => (identity::cookie(&app, opened), answer).into_response(),
        None => answer.into_response(),
    })
}
