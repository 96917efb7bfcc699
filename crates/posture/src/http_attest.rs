//! The operator's JSON API of documents: take in, approve as a second person, take back.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, post};
use base::Timestamp;
use kernel::web::body::Json;
use kernel::web::problem::{Failure, Invalid, Problem};
use kernel::web::route::{Access, Doc, Route};
use kernel::{App, Op};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::attestation;

pub(crate) fn routes() -> Vec<Route> {
    use Access::Staff;
    vec![
        Route::api(
            "/api/v1/posture/attestations",
            "attest_claim",
            Staff,
            post(attest),
            Doc::new("post", "Take in a document about a claim; a second person approves it.", 201)
                .takes::<NewAttestation>()
                .answers::<Made>(),
        ),
        Route::api(
            "/api/v1/posture/attestations/{id}/approve",
            "approve_attestation",
            Staff,
            post(approve),
            Doc::new("post", "Approve a document that somebody else received.", 204),
        ),
        Route::api(
            "/api/v1/posture/attestations/{id}",
            "withdraw_attestation",
            Staff,
            delete(withdraw_attestation),
            Doc::new("delete", "Take a document back, publicly if it was public.", 204),
        ),
    ]
}

/// A document about a claim. Its dates of effect are not the date of its receipt.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewAttestation {
    claim: String,
    issuer: String,
    scope: String,
    /// SHA-256 of the document, hexadecimal.
    document: String,
    /// RFC 3339, or a date.
    effective_from: String,
    /// RFC 3339, or a date.
    effective_until: String,
}

/// What was made.
#[derive(Serialize, JsonSchema)]
struct Made {
    id: String,
}

async fn attest(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<NewAttestation>,
) -> Result<Response, Failure> {
    let id = take(&app, &op, &body).await?;
    Ok((StatusCode::CREATED, Answer(Made { id })).into_response())
}

async fn take(app: &Arc<App>, op: &Op, body: &NewAttestation) -> Result<String, Failure> {
    let date = |field: &'static str, text: &str| {
        Timestamp::parse(text.trim())
            .ok_or_else(|| Problem::invalid(vec![Invalid::new(field, "error-date-invalid")]))
    };
    let wanted = attestation::Wanted {
        claim: &body.claim,
        issuer: &body.issuer,
        scope: &body.scope,
        document: &body.document,
        effective_from: date("effective_from", &body.effective_from)?,
        effective_until: date("effective_until", &body.effective_until)?,
    };
    Ok(attestation::attest(app, op, &wanted).await?)
}

async fn approve(
    State(app): State<Arc<App>>,
    op: Op,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    attestation::approve(&app, &op, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn withdraw_attestation(
    State(app): State<Arc<App>>,
    op: Op,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    attestation::withdraw(&app, &op, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
