//! The operation that imports people.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use axum::routing::post;
use kernel::web::body::Json;
use kernel::web::problem::{Failure, Invalid};
use kernel::web::route::{Access, Doc, Route};
use kernel::{App, Op};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::account::import::{self, Line, Outcome, count};

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::api(
        "/api/v1/people/import",
        "import_people",
        Access::Staff,
        post(import_people),
        Doc::new(
            "post",
            "Open accounts for up to 100 people of another system, with their password hashes.",
            200,
        )
        .takes::<ImportBody>()
        .answers::<Imported>(),
    )]
}

/// Who comes.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ImportBody {
    items: Vec<LineBody>,
    /// Only say what would become of each.
    #[serde(default)]
    dry_run: bool,
}

/// A person, as the other system knew them.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LineBody {
    email: String,
    name: String,
    /// bcrypt (`$2b$`), PBKDF2-SHA512 (`$pbkdf2-sha512$`), SHA-512-crypt (`$6$`) or scrypt (`$scrypt$`). Without one
    /// the person sets a password with a reset link.
    password_hash: Option<String>,
    /// `en` or `de`.
    lang: Option<String>,
}

impl From<LineBody> for Line {
    fn from(body: LineBody) -> Self {
        let password_hash = body.password_hash.map(base::Secret::new);
        Self { email: body.email, name: body.name, password_hash, lang: body.lang }
    }
}

/// What became of them, in the order in which they came.
#[derive(Serialize, JsonSchema)]
struct Imported {
    imported: usize,
    known: usize,
    refused: usize,
    items: Vec<OutcomeBody>,
}

/// What became of one.
#[derive(Serialize, JsonSchema)]
struct OutcomeBody {
    /// `imported`, `known` (nothing was changed) or `refused`.
    result: &'static str,
    account: Option<String>,
    errors: Vec<ErrorBody>,
}

/// Why one was refused.
#[derive(Serialize, JsonSchema)]
struct ErrorBody {
    field: &'static str,
    detail: String,
}

async fn import_people(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<ImportBody>,
) -> Result<Answer<Imported>, Failure> {
    let lines: Vec<Line> = body.items.into_iter().map(Into::into).collect();
    let outcomes = import::import(&app, &op, &lines, body.dry_run).await?;
    Ok(Answer(Imported {
        imported: count(&outcomes, "imported"),
        known: count(&outcomes, "known"),
        refused: count(&outcomes, "refused"),
        items: outcomes.iter().map(|o| outcome(&app, &op, o)).collect(),
    }))
}

fn outcome(app: &App, op: &Op, outcome: &Outcome) -> OutcomeBody {
    let (account, errors) = match outcome {
        Outcome::Imported(account) => (account.map(|a| a.to_string()), Vec::new()),
        Outcome::Known => (None, Vec::new()),
        Outcome::Refused(invalid) => (None, invalid.iter().map(|i| error(app, op, i)).collect()),
    };
    OutcomeBody { result: outcome.word(), account, errors }
}

fn error(app: &App, op: &Op, invalid: &Invalid) -> ErrorBody {
    ErrorBody { field: invalid.field, detail: app.words(op.lang).get(invalid.text) }
}
