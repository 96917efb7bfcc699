//! The pages of privacy: what anybody can read, and the two forms of the settings.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base::{Fault, FaultKind, Timestamp};
use kernel::config::Outbound;
use kernel::document::{self, Section, sections};
use kernel::domain::DataKind;
use kernel::web::limit::Group;
use kernel::web::page::{self, Shell, View, done, html, html_with};
use kernel::web::problem::Failure;
use kernel::web::route::{Access, Route};
use kernel::web::trap::PublicForm;
use kernel::{App, Op};
use serde::Deserialize;

use crate::dpa::service::{self as dpa, Receipt, Signer};
use crate::person;
use crate::problem::Refused;
use crate::processor::service as processors;
use crate::processor::store::Processor;

pub(crate) fn routes() -> Vec<Route> {
    use Access::{Bare, Open};
    vec![
        Route::page("/sub-processors", "sub_processors", Open, get(sub_processors)),
        Route::page("/sub-processors/feed.atom", "sub_processors_feed", Open, get(feed)),
        Route::page("/dpa", "dpa", Open, get(show_dpa).post(sign_dpa)).limited(Group::Letter),
        Route::page("/dpa.txt", "dpa_text", Open, get(dpa_text)),
        Route::page("/data-locations", "data_locations", Open, get(locations)),
        Route::page("/privacy", "privacy", Open, get(what_is_kept)),
        Route::page("/dashboard/settings/export", "settings_export", Bare, get(export)),
        Route::page("/dashboard/settings/anonymise", "settings_anonymise", Bare, post(anonymise)),
    ]
}

#[derive(Template)]
#[template(path = "sub_processors.html")]
struct ProcessorsPage {
    shell: Shell,
    at_work: Vec<Processor>,
    coming: Vec<Processor>,
    before: Vec<Processor>,
    undeclared: Vec<Outbound>,
    notice_days: u32,
}

async fn sub_processors(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
) -> Result<Response, Failure> {
    let all = processors::all(&app)?;
    let undeclared = processors::undeclared(&app, &all);
    let (before, now): (Vec<_>, Vec<_>) = all.into_iter().partition(|p| p.ended_at.is_some());
    let (coming, at_work) = now.into_iter().partition(|p| p.starts_at > op.now);
    html(&ProcessorsPage {
        shell: Shell::new(&app, &op, &view, "title-sub-processors")?,
        at_work,
        coming,
        before,
        undeclared,
        notice_days: app.config.privacy.notice_days,
    })
}

#[derive(Template)]
#[template(path = "processors.atom", escape = "xml")]
struct FeedPage {
    origin: String,
    product: String,
    tag: String,
    updated: String,
    entries: Vec<Processor>,
}

async fn feed(State(app): State<Arc<App>>, op: Op) -> Result<Response, Failure> {
    let entries = processors::all(&app)?;
    let changed = |p: &Processor| p.ended_at.unwrap_or(p.announced_at);
    let updated = entries.iter().map(changed).max().unwrap_or(op.now).iso();
    let page = FeedPage {
        origin: app.origin.load().to_string(),
        product: app.brand.load().product.clone(),
        tag: app.installation.clone(),
        updated,
        entries,
    };
    let text =
        page.render().map_err(|e| Fault::because(FaultKind::Internal, "rendering a feed", e))?;
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], text).into_response())
}

#[derive(Template)]
#[template(path = "dpa.html")]
struct DpaPage {
    shell: Shell,
    title: String,
    sections: Vec<Section>,
    digest: String,
    lang: &'static str,
    form: page::Form,
    receipt: Option<(String, Timestamp)>,
}

fn dpa_page(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    form: page::Form,
    receipt: Option<Receipt>,
) -> Result<DpaPage, Failure> {
    // The text that was signed, whatever language is on.
    let text = match &receipt {
        Some(receipt) => receipt.text.clone(),
        None => dpa::text(app, op.lang)?,
    };
    let receipt = receipt.map(|r| (r.id.to_string(), r.signed_at));
    let mut sections = sections(&text.text);
    let shell = Shell::new(app, op, view, "title-dpa")?;
    let title = document::title(&mut sections).unwrap_or_else(|| shell.t("title-dpa"));
    Ok(DpaPage {
        shell,
        title,
        sections,
        digest: text.digest,
        lang: text.lang.code(),
        form,
        receipt,
    })
}

async fn show_dpa(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    html(&dpa_page(&app, &op, &view, page::Form::default(), None)?)
}

async fn dpa_text(State(app): State<Arc<App>>, op: Op) -> Result<Response, Failure> {
    let text = dpa::text(&app, op.lang)?.text;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

#[derive(Deserialize)]
struct SignForm {
    company: String,
    name: String,
    email: String,
    digest: String,
}

async fn sign_dpa(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    PublicForm(form): PublicForm<SignForm>,
) -> Result<Response, Failure> {
    let signer = Signer {
        company: form.company.clone(),
        name: form.name.clone(),
        email: form.email.clone(),
    };
    match dpa::sign(&app, &op, &signer, &form.digest).await {
        Ok(receipt) => {
            let page = dpa_page(&app, &op, &view, page::Form::default(), Some(receipt))?;
            html_with(StatusCode::CREATED, &page)
        }
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::with([
                ("company", form.company),
                ("name", form.name),
                ("email", form.email),
            ])
            .refused(&app, &op, &invalid);
            let page = dpa_page(&app, &op, &view, kept, None)?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(refused) => Err(refused.into()),
    }
}

#[derive(Template)]
#[template(path = "data_locations.html")]
struct LocationsPage {
    shell: Shell,
    region: &'static str,
    place: Option<String>,
}

async fn locations(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    html(&LocationsPage {
        shell: Shell::new(&app, &op, &view, "title-data-locations")?,
        region: tenancy::tenant::service::REGION,
        place: app.config.privacy.place.clone(),
    })
}

struct KindRow {
    text: &'static str,
    columns: Vec<(&'static str, &'static str)>,
}

#[derive(Template)]
#[template(path = "privacy.html")]
struct KeptPage {
    shell: Shell,
    kinds: Vec<KindRow>,
}

/// The list that tests compare with the tables: what is stored and why, by how it ends.
async fn what_is_kept(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
) -> Result<Response, Failure> {
    let of = |kind: DataKind| {
        let classes = app.domains.iter().flat_map(|d| d.data).filter(|c| c.kind == kind);
        classes.map(|c| (c.column, c.purpose)).collect::<Vec<_>>()
    };
    let kinds = vec![
        KindRow { text: "privacy-kind-sealed", columns: of(DataKind::SealedPersonal) },
        KindRow { text: "privacy-kind-pseudonym", columns: of(DataKind::Pseudonym) },
        KindRow { text: "privacy-kind-credential", columns: of(DataKind::Credential) },
        KindRow { text: "privacy-kind-plain", columns: of(DataKind::Plain) },
    ];
    html(&KeptPage { shell: Shell::new(&app, &op, &view, "title-privacy")?, kinds })
}

async fn export(State(app): State<Arc<App>>, op: Op) -> Result<Response, Failure> {
    let all = person::export(&app, &op).await?;
    let text = serde_json::to_vec_pretty(&all)
        .map_err(|e| Fault::because(FaultKind::Internal, "writing an export", e))?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"about-me.json\""),
    ];
    Ok((headers, text).into_response())
}

async fn anonymise(State(app): State<Arc<App>>, op: Op) -> Result<Response, Failure> {
    match person::anonymise(&app, &op).await {
        // The second of two clicks finds nobody any more.
        Ok(()) | Err(Refused::NotFound) => Ok(done("/login", "anonymised")),
        Err(Refused::OwnsAlone(_)) => Ok(done("/dashboard/settings", "owns-alone")),
        Err(Refused::LastStaff) => Ok(done("/dashboard/settings", "last-staff")),
        Err(refused) => Err(refused.into()),
    }
}
