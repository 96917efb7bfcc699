//! The import of people: its operation, and its page.

use std::sync::Arc;

use askama::Template;
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use kernel::web::body::{Form, Json};
use kernel::web::page::{Shell, View, html, html_with};
use kernel::web::problem::{Failure, Invalid};
use kernel::web::route::{Access, Doc, Route};
use kernel::{Action, App, Op};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::account::import::{self, LINES_MAX, Line, Outcome};
use crate::problem::Refused;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::api(
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
        ),
        Route::page("/admin/people/import", "admin_people_import", Access::Staff, get(show)),
        Route::page(
            "/admin/people/import/run",
            "admin_people_import_run",
            Access::Staff,
            post(run),
        ),
    ]
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
    let count = |word: &str| outcomes.iter().filter(|o| o.word() == word).count();
    Ok(Answer(Imported {
        imported: count("imported"),
        known: count("known"),
        refused: count("refused"),
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

/// A line that was not taken, for the page.
struct Left {
    number: u64,
    who: String,
    why: String,
}

struct Done {
    imported: usize,
    known: usize,
    dry_run: bool,
    left: Vec<Left>,
}

#[derive(Template)]
#[template(path = "import.html")]
struct ImportPage {
    shell: Shell,
    /// What was pasted, while nothing has been done with it.
    csv: String,
    error: Option<String>,
    done: Option<Done>,
}

async fn show(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    op.permit_shown(Action::ImportPeople)?;
    html(&ImportPage {
        shell: Shell::new(&app, &op, &view, "title-import")?,
        csv: String::new(),
        error: None,
        done: None,
    })
}

#[derive(Deserialize)]
struct ImportForm {
    csv: base::Secret<String>,
    #[serde(default)]
    dry_run: String,
}

async fn run(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Form(form): Form<ImportForm>,
) -> Result<Response, Failure> {
    op.permit_shown(Action::ImportPeople)?;
    let shell = Shell::new(&app, &op, &view, "title-import")?;
    let text = form.csv.reveal();
    match import_text(&app, &op, text, !form.dry_run.is_empty()).await? {
        Ok(done) => {
            let csv = if done.dry_run { text.clone() } else { String::new() };
            html(&ImportPage { shell, csv, error: None, done: Some(done) })
        }
        Err(why) => {
            let csv = text.clone();
            let page = ImportPage { shell, csv, error: Some(why), done: None };
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// What became of a pasted file; `Err` with words when it is none.
async fn import_text(
    app: &Arc<App>,
    op: &Op,
    text: &str,
    dry_run: bool,
) -> Result<Result<Done, String>, Refused> {
    let words = app.words(op.lang);
    let numbered = match import::lines(text.as_bytes()) {
        Ok(lines) => lines.take(LINES_MAX + 1).collect::<Vec<_>>(),
        Err(why) => return Ok(Err(why)),
    };
    if numbered.len() > LINES_MAX {
        return Ok(Err(words.get("error-import-long")));
    }
    let (mut lines, mut numbers, mut left) = (Vec::new(), Vec::new(), Vec::new());
    for (number, line) in numbered {
        match line {
            Ok(line) => {
                numbers.push(number);
                lines.push(line);
            }
            Err(why) => left.push(Left { number, who: String::new(), why }),
        }
    }
    let outcomes = import::import(app, op, &lines, dry_run).await?;
    let count = |word: &str| outcomes.iter().filter(|o| o.word() == word).count();
    let (imported, known) = (count("imported"), count("known"));
    for ((outcome, line), number) in outcomes.iter().zip(&lines).zip(numbers) {
        if let Outcome::Refused(invalid) = outcome {
            let why: Vec<String> = invalid.iter().map(|i| words.get(i.text)).collect();
            left.push(Left { number, who: line.email.clone(), why: why.join(" ") });
        }
    }
    left.sort_by_key(|l| l.number);
    Ok(Ok(Done { imported, known, dry_run, left }))
}
