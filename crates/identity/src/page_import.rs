//! The operator's page that imports people from pasted lines.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use base::Secret;
use kernel::web::body::Form;
use kernel::web::page::{Shell, View, html, html_with};
use kernel::web::problem::Failure;
use kernel::web::route::{Access, Route};
use kernel::{Action, App, Op};
use serde::Deserialize;

use crate::account::import::{self, LINES_MAX, Outcome, count};
use crate::problem::Refused;

pub(crate) fn routes() -> Vec<Route> {
    use Access::Staff;
    vec![
        Route::page("/admin/people/import", "admin_people_import", Staff, get(show)),
        Route::page("/admin/people/import/run", "admin_people_import_run", Staff, post(run)),
    ]
}

/// A line that was not taken.
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
    csv: Secret<String>,
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
    let (imported, known) = (count(&outcomes, "imported"), count(&outcomes, "known"));
    for ((outcome, line), number) in outcomes.iter().zip(&lines).zip(numbers) {
        if let Outcome::Refused(invalid) = outcome {
            let why: Vec<String> = invalid.iter().map(|i| words.get(i.text)).collect();
            left.push(Left { number, who: line.email.clone(), why: why.join(" ") });
        }
    }
    left.sort_by_key(|l| l.number);
    Ok(Ok(Done { imported, known, dry_run, left }))
}
