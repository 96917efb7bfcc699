//! The JSON API of staff.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use base::Secret;
use base::id::{AccountId, InvitationId};
use kernel::web::body::Json;
use kernel::web::limit::Group;
use kernel::web::problem::{Failure, Problem};
use kernel::web::route::{Access, Doc, Route};
use kernel::{App, Op};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::agreement;
use super::service::{self, Typed};

pub(super) fn routes() -> Vec<Route> {
    let mut all = vec![
        Route::api(
            "/api/v1/staff",
            "list_staff",
            Access::Staff,
            get(list),
            Doc::new("get", "Who runs the platform, and who is invited to.", 200)
                .answers::<StaffList>(),
        ),
        Route::api(
            "/api/v1/staff/{account}",
            "remove_staff",
            Access::Staff,
            delete(remove),
            Doc::new("delete", "Take somebody out of the staff; what they have open ends.", 204),
        ),
        Route::api(
            "/api/v1/staff/{account}/review",
            "review_staff",
            Access::Staff,
            post(review),
            Doc::new("post", "Note that somebody still needs the access, and for what.", 204)
                .takes::<Duties>(),
        ),
    ];
    all.extend(invitation_routes());
    all
}

fn invitation_routes() -> Vec<Route> {
    vec![
        Route::api(
            "/api/v1/staff-invitations",
            "invite_staff",
            Access::Staff,
            post(invite),
            Doc::new(
                "post",
                "Invite somebody to the staff; the letter's link works once, for seven days.",
                201,
            )
            .takes::<NewGuest>()
            .answers::<Invited>(),
        ),
        Route::api(
            "/api/v1/staff-invitations/{invitation_id}",
            "revoke_staff_invitation",
            Access::Staff,
            delete(revoke),
            Doc::new("delete", "Withdraw an open invitation to the staff.", 204),
        ),
        Route::api(
            "/api/v1/staff-invitations/accept",
            "accept_staff_invitation",
            Access::Open,
            post(accept),
            Doc::new(
                "post",
                "Open an account of staff with a letter's link, and sign the agreement.",
                201,
            )
            .takes::<Accept>()
            .answers::<Accepted>(),
        )
        .limited(Group::SignIn),
        Route::api(
            "/api/v1/staff-agreement",
            "get_staff_agreement",
            Access::Open,
            get(show_agreement),
            Doc::new("get", "The confidentiality agreement that staff sign.", 200)
                .answers::<Agreement>(),
        ),
        Route::api(
            "/api/v1/staff-agreement/sign",
            "sign_staff_agreement",
            Access::Person,
            post(sign),
            Doc::new("post", "Sign the agreement, as staff from before there was one.", 204)
                .takes::<Signature>(),
        ),
    ]
}

/// Staff, and who is invited.
#[derive(Serialize, JsonSchema)]
struct StaffList {
    items: Vec<MemberBody>,
    invitations: Vec<GuestBody>,
}

/// One of the staff.
#[derive(Serialize, JsonSchema)]
struct MemberBody {
    account: String,
    name: String,
    email: String,
    /// What they need the access for.
    duties: String,
    since: String,
    /// Nobody for who set the installation up.
    added_by: Option<String>,
    /// When they signed the confidentiality agreement; before that nothing of staff is open to them.
    signed_at: Option<String>,
    reviewed_at: Option<String>,
    reviewed_by: Option<String>,
    /// When it has to be looked at again whether they still need the access.
    review_due_at: String,
}

/// An open invitation.
#[derive(Serialize, JsonSchema)]
struct GuestBody {
    id: String,
    email: String,
    duties: String,
    expires_at: String,
}

/// Whom to invite, and what for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewGuest {
    email: String,
    duties: String,
}

/// An invitation that was made.
#[derive(Serialize, JsonSchema)]
struct Invited {
    id: String,
    expires_at: String,
}

/// What somebody needs the access for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Duties {
    duties: String,
}

/// The letter's token, who it is, and what they sign.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Accept {
    token: String,
    name: String,
    #[schemars(with = "String")]
    password: Secret<String>,
    /// Digest of the agreement that is signed.
    #[serde(default)]
    agreement: String,
}

/// The session of the new account.
#[derive(Serialize, JsonSchema)]
struct Accepted {
    session: String,
}

/// The text that is signed.
#[derive(Serialize, JsonSchema)]
struct Agreement {
    text: String,
    /// SHA-256 of the text, in hex.
    digest: String,
}

/// What is signed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Signature {
    digest: String,
}

async fn list(State(app): State<Arc<App>>, op: Op) -> Result<Answer<StaffList>, Failure> {
    let items = service::list(&app, &op)?.into_iter().map(|m| MemberBody {
        account: m.account.to_string(),
        name: m.name.reveal().clone(),
        email: m.email.reveal().to_owned(),
        duties: m.duties,
        since: m.since.iso(),
        added_by: m.added_by.map(|a| a.to_string()),
        signed_at: m.signed_at.map(|at| at.iso()),
        reviewed_at: m.reviewed_at.map(|at| at.iso()),
        reviewed_by: m.reviewed_by.map(|a| a.to_string()),
        review_due_at: m.due_at.iso(),
    });
    let invitations = service::invitations(&app, &op)?.into_iter().map(|g| GuestBody {
        id: g.id.to_string(),
        email: g.email,
        duties: g.duties,
        expires_at: g.expires_at.iso(),
    });
    Ok(Answer(StaffList { items: items.collect(), invitations: invitations.collect() }))
}

async fn remove(
    State(app): State<Arc<App>>,
    op: Op,
    Path(account): Path<String>,
) -> Result<StatusCode, Failure> {
    service::remove(&app, &op, account_of(&account)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn review(
    State(app): State<Arc<App>>,
    op: Op,
    Path(account): Path<String>,
    Json(body): Json<Duties>,
) -> Result<StatusCode, Failure> {
    service::review(&app, &op, account_of(&account)?, &body.duties).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn invite(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<NewGuest>,
) -> Result<Response, Failure> {
    let (id, until) = service::invite(&app, &op, &body.email, &body.duties).await?;
    let answer = Invited { id: id.to_string(), expires_at: until.iso() };
    Ok((StatusCode::CREATED, Answer(answer)).into_response())
}

async fn revoke(
    State(app): State<Arc<App>>,
    op: Op,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    service::revoke(&app, &op, invitation_of(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn accept(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<Accept>,
) -> Result<Response, Failure> {
    let typed = Typed {
        token: &body.token,
        name: &body.name,
        password: &body.password,
        agreement: &body.agreement,
    };
    let opened = service::accept(&app, &op, &typed).await?;
    let answer = Accepted { session: opened.id().to_string() };
    Ok((StatusCode::CREATED, crate::cookie(&app, &opened), Answer(answer)).into_response())
}

async fn show_agreement(State(app): State<Arc<App>>, op: Op) -> Result<Answer<Agreement>, Failure> {
    let text = agreement::text(&app, op.lang)?;
    Ok(Answer(Agreement { text: text.text, digest: text.digest }))
}

async fn sign(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<Signature>,
) -> Result<StatusCode, Failure> {
    service::sign(&app, &op, &body.digest).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) fn account_of(text: &str) -> Result<AccountId, Failure> {
    text.parse().map_err(|_| Problem::not_found().into())
}

pub(super) fn invitation_of(text: &str) -> Result<InvitationId, Failure> {
    text.parse().map_err(|_| Problem::not_found().into())
}
