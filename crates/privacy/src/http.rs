//! The JSON API of privacy.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use base::id::ProcessorId;
use kernel::text::Lang;
use kernel::web::body::{Json, Query};
use kernel::web::limit::Group;
use kernel::web::problem::{Failure, Problem};
use kernel::web::route::{Access, Doc, Route};
use kernel::{App, Op};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::dpa::service::{self as dpa, Signer};
use crate::person;
use crate::processor::service::{self as processors, Typed};
use crate::processor::store::Processor;

pub(crate) fn routes() -> Vec<Route> {
    let mut all = for_people();
    all.extend(in_public());
    all.extend(for_staff());
    all
}

fn for_people() -> Vec<Route> {
    vec![
        Route::api(
            "/api/v1/me/export",
            "export_me",
            Access::Bare,
            get(export),
            Doc::new("get", "Everything that is kept about the signed-in person.", 200),
        ),
        Route::api(
            "/api/v1/me/anonymise",
            "anonymise_me",
            Access::Bare,
            post(anonymise),
            Doc::new("post", "Forget the signed-in person. There is no way back.", 204)
                .takes::<Anonymise>(),
        ),
    ]
}

fn in_public() -> Vec<Route> {
    use Access::Open;
    vec![
        Route::api(
            "/api/v1/sub-processors",
            "list_sub_processors",
            Open,
            get(list),
            Doc::new("get", "Companies outside that get data of the platform.", 200)
                .answers::<ProcessorList>(),
        ),
        Route::api(
            "/api/v1/dpa",
            "show_dpa",
            Open,
            get(show_dpa),
            Doc::new("get", "The data processing agreement.", 200)
                .answers::<DpaBody>()
                .with_query(&[("lang", "en or de")]),
        ),
        Route::api(
            "/api/v1/dpa/signatures",
            "sign_dpa",
            Open,
            post(sign),
            Doc::new("post", "Sign the data processing agreement.", 201)
                .takes::<Sign>()
                .answers::<ReceiptBody>(),
        )
        .limited(Group::Letter),
        Route::api(
            "/api/v1/data-locations",
            "list_data_locations",
            Open,
            get(locations),
            Doc::new("get", "The regions in which data lies.", 200).answers::<LocationList>(),
        ),
    ]
}

fn for_staff() -> Vec<Route> {
    vec![
        Route::api(
            "/api/v1/platform/sub-processors",
            "announce_sub_processor",
            Access::Staff,
            post(announce),
            Doc::new("post", "Announce a company that will get data.", 201)
                .takes::<NewProcessor>()
                .answers::<IdBody>(),
        ),
        Route::api(
            "/api/v1/platform/sub-processors/{processor_id}",
            "end_sub_processor",
            Access::Staff,
            delete(end),
            Doc::new("delete", "Say that a company gets nothing any more.", 204),
        ),
    ]
}

/// A word against slips.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Anonymise {
    /// `true`: it is meant.
    confirm: bool,
}

/// Sub-processors.
#[derive(Serialize, JsonSchema)]
struct ProcessorList {
    items: Vec<ProcessorBody>,
    /// Days between an announcement and the beginning.
    notice_days: u32,
    /// Settings that send something to a host for which no company on the list stands.
    undeclared: Vec<String>,
}

/// A company outside.
#[derive(Serialize, JsonSchema)]
struct ProcessorBody {
    id: String,
    name: String,
    purpose: String,
    country: String,
    hosts: Vec<String>,
    announced_at: String,
    starts_at: String,
    ended_at: Option<String>,
}

impl From<Processor> for ProcessorBody {
    fn from(p: Processor) -> Self {
        Self {
            id: p.id.to_string(),
            name: p.name,
            purpose: p.purpose,
            country: p.country,
            hosts: p.hosts.split(' ').filter(|h| !h.is_empty()).map(str::to_owned).collect(),
            announced_at: p.announced_at.iso(),
            starts_at: p.starts_at.iso(),
            ended_at: p.ended_at.map(|at| at.iso()),
        }
    }
}

/// A company to announce.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewProcessor {
    name: String,
    purpose: String,
    country: String,
    /// Names of hosts to which the program sends something for it.
    #[serde(default)]
    hosts: Vec<String>,
    /// It is at work already: the list is to be made true, and not to announce something.
    #[serde(default)]
    at_work: bool,
}

/// An identifier.
#[derive(Serialize, JsonSchema)]
struct IdBody {
    id: String,
}

/// The agreement.
#[derive(Serialize, JsonSchema)]
struct DpaBody {
    text: String,
    /// SHA-256 of the text, in hex.
    digest: String,
    lang: String,
}

#[derive(Deserialize)]
struct InLang {
    #[serde(default)]
    lang: String,
}

/// A signature.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Sign {
    company: String,
    name: String,
    email: String,
    /// Of the text that was read.
    digest: String,
}

/// What the signer keeps.
#[derive(Serialize, JsonSchema)]
struct ReceiptBody {
    id: String,
    digest: String,
    signed_at: String,
}

/// Regions.
#[derive(Serialize, JsonSchema)]
struct LocationList {
    items: Vec<Location>,
}

/// A region.
#[derive(Serialize, JsonSchema)]
struct Location {
    region: String,
    /// Where its machines stand, as the operator says; nothing, if they have not said.
    place: Option<String>,
}

async fn export(State(app): State<Arc<App>>, op: Op) -> Result<Answer<serde_json::Value>, Failure> {
    Ok(Answer(person::export(&app, &op).await?))
}

async fn anonymise(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<Anonymise>,
) -> Result<StatusCode, Failure> {
    if !body.confirm {
        let detail = "say `\"confirm\": true`: there is no way back";
        return Err(Problem::of_status(StatusCode::UNPROCESSABLE_ENTITY, detail).into());
    }
    person::anonymise(&app, &op).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn list(State(app): State<Arc<App>>) -> Result<Answer<ProcessorList>, Failure> {
    let all = processors::all(&app)?;
    let undeclared = processors::undeclared(&app, &all);
    Ok(Answer(ProcessorList {
        undeclared: undeclared.into_iter().map(|o| o.setting.to_owned()).collect(),
        items: all.into_iter().map(ProcessorBody::from).collect(),
        notice_days: app.config.privacy.notice_days,
    }))
}

async fn show_dpa(
    State(app): State<Arc<App>>,
    op: Op,
    Query(asked): Query<InLang>,
) -> Result<Answer<DpaBody>, Failure> {
    let lang = Lang::parse(&asked.lang).unwrap_or(op.lang);
    let text = dpa::text(&app, lang)?;
    let (digest, lang) = (text.digest, text.lang.code().to_owned());
    Ok(Answer(DpaBody { text: text.text, digest, lang }))
}

async fn sign(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<Sign>,
) -> Result<Response, Failure> {
    let signer = Signer { company: body.company, name: body.name, email: body.email };
    let receipt = dpa::sign(&app, &op, &signer, &body.digest).await?;
    let answer = ReceiptBody {
        id: receipt.id.to_string(),
        digest: body.digest,
        signed_at: receipt.signed_at.iso(),
    };
    Ok((StatusCode::CREATED, Answer(answer)).into_response())
}

async fn locations(State(app): State<Arc<App>>) -> Answer<LocationList> {
    let region = tenancy::tenant::service::REGION.to_owned();
    Answer(LocationList {
        items: vec![Location { region, place: app.config.privacy.place.clone() }],
    })
}

async fn announce(
    State(app): State<Arc<App>>,
    op: Op,
    Json(body): Json<NewProcessor>,
) -> Result<Response, Failure> {
    let hosts = body.hosts.join(" ");
    let typed =
        Typed { name: &body.name, purpose: &body.purpose, country: &body.country, hosts: &hosts };
    let id = processors::announce(&app, &op, &typed, body.at_work).await?;
    Ok((StatusCode::CREATED, Answer(IdBody { id: id.to_string() })).into_response())
}

async fn end(
    State(app): State<Arc<App>>,
    op: Op,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    let id: ProcessorId = id.parse().map_err(|_| Problem::not_found())?;
    processors::end(&app, &op, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
