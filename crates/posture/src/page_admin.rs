//! The operator's pages of the proofs: all lines, and one line with what can be done about it.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use base::{Fault, Timestamp};
use kernel::text::Words;
use kernel::web::body::Form;
use kernel::web::page::{self, Shell, View, done, html, html_with};
use kernel::web::problem::{Failure, Invalid, Problem};
use kernel::web::route::{Access, Route};
use kernel::{Action, App, Op};
use serde::Deserialize;

use crate::attestation::{self, store::Stored as Attestation};
use crate::canary::store as canaries;
use crate::catalogue::Parameter;
use crate::lever::Refused;
use crate::page::{ClaimRow, claim_row};
use crate::run::store as runs;
use crate::view::{self, Judged};
use crate::{assess, claim, lever};

pub(crate) fn routes() -> Vec<Route> {
    use Access::Staff;
    let at = |path, name, handler| Route::page(path, name, Staff, handler);
    vec![
        at("/admin/posture", "admin_posture", get(show)),
        at("/admin/posture/run", "admin_posture_run", post(run)),
        at("/admin/posture/pause", "admin_posture_pause", post(pause)),
        at("/admin/posture/resume", "admin_posture_resume", post(resume)),
        at("/admin/posture/catalogue", "admin_catalogue", get(catalogue)),
        at("/admin/posture/claims/{claim}", "admin_claim", get(one)),
        at("/admin/posture/claims/{claim}/publish", "admin_claim_publish", post(publish)),
        at("/admin/posture/claims/{claim}/withdraw", "admin_claim_withdraw", post(withdraw)),
        at("/admin/posture/claims/{claim}/pause", "admin_claim_pause", post(pause_claim)),
        at("/admin/posture/claims/{claim}/run", "admin_claim_run", post(run_claim)),
        at("/admin/posture/claims/{claim}/falsify", "admin_claim_falsify", post(falsify)),
        at("/admin/posture/claims/{claim}/attest", "admin_claim_attest", post(attest)),
        at("/admin/posture/attestations/{id}/approve", "admin_attestation_approve", post(approve)),
        at(
            "/admin/posture/attestations/{id}/withdraw",
            "admin_attestation_withdraw",
            post(withdraw_attestation),
        ),
    ]
}

#[derive(Template)]
#[template(path = "admin_posture.html")]
struct PosturePage {
    shell: Shell,
    claims: Vec<ClaimRow>,
    paused: Option<String>,
    canaries: i64,
    residue: i64,
    next_at: Option<Timestamp>,
    share: String,
}

fn page(app: &Arc<App>, op: &Op, view: &View) -> Result<PosturePage, Failure> {
    op.permit(Action::ManagePosture)?;
    let mut claims = Vec::new();
    let mut next_at = None;
    for judged in view::judged(app)? {
        let until = judged.verdict.valid_until.filter(|_| judged.control.is_some());
        next_at = match (next_at, until) {
            (Some(a), Some(b)) => Some(std::cmp::min(a, b)),
            (a, b) => a.or(b),
        };
        claims.push(claim_row(app, app.words(op.lang), &judged));
    }
    let (paused, ((canaries, retired), left)) = app.store.posture().read(|tx| {
        Ok::<_, Fault>((lever::store::find(tx)?, (canaries::count(tx)?, runs::residue(tx)?)))
    })?;
    let shell = Shell::new(app, op, view, "title-posture")?;
    Ok(PosturePage {
        shell,
        claims,
        paused: paused.map(|(why, _)| why),
        canaries,
        // Retired canaries are accounts still; and what probes could not clean up.
        residue: retired + left,
        next_at,
        share: format!("{:.2} %", assess::overhead(app) * 100.0),
    })
}

async fn show(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    html(&page(&app, &op, &view)?)
}

async fn run(State(app): State<Arc<App>>, op: Op) -> Result<Response, Failure> {
    lever::run_now(&app, &op).await?;
    Ok(done("/admin/posture", "posture-run"))
}

#[derive(Deserialize)]
struct WhyForm {
    #[serde(default)]
    why: String,
}

async fn pause(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Form(form): Form<WhyForm>,
) -> Result<Response, Failure> {
    if form.why.trim().is_empty() {
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page(&app, &op, &view)?);
    }
    lever::pause(&app, &op, &form.why).await?;
    Ok(done("/admin/posture", "paused"))
}

async fn resume(State(app): State<Arc<App>>, op: Op) -> Result<Response, Failure> {
    lever::resume(&app, &op).await?;
    Ok(done("/admin/posture", "resumed"))
}

struct CatalogueRow {
    id: String,
    text: String,
    tone: String,
    mark: String,
    label: String,
    published: bool,
}

#[derive(Template)]
#[template(path = "admin_catalogue.html")]
struct CataloguePage {
    shell: Shell,
    domains: Vec<(String, Vec<CatalogueRow>)>,
    total: usize,
    published: usize,
}

async fn catalogue(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    op.permit(Action::ManagePosture)?;
    let all = view::whole_catalogue(&app)?;
    let (total, published) = (all.len(), all.iter().filter(|j| j.is_published()).count());
    let mut domains: Vec<(String, Vec<CatalogueRow>)> = Vec::new();
    for judged in &all {
        let label = app.words(op.lang).get(&format!("domain-{}", judged.entry.domain));
        if domains.last().is_none_or(|(known, _)| *known != label) {
            domains.push((label, Vec::new()));
        }
        if let Some((_, rows)) = domains.last_mut() {
            rows.push(catalogue_row(app.words(op.lang), judged));
        }
    }
    let shell = Shell::new(&app, &op, &view, "title-catalogue")?;
    html(&CataloguePage { shell, domains, total, published })
}

fn catalogue_row(words: Words<'_>, judged: &Judged) -> CatalogueRow {
    let state = judged.verdict.state.word();
    let (tone, mark) = page::state_look(state);
    CatalogueRow {
        id: judged.entry.id.clone(),
        text: judged.text_in(words.lang()).unwrap_or_else(|| judged.text()),
        tone: tone.to_owned(),
        mark: mark.to_owned(),
        label: words.get(&format!("state-{state}")),
        published: judged.is_published(),
    }
}

#[derive(Template)]
#[template(path = "admin_claim.html")]
struct ClaimPage {
    shell: Shell,
    claim: ClaimRow,
    parameters: Vec<Parameter>,
    publication: String,
    /// Id of the text that says so.
    label: String,
    built: bool,
    attestable: bool,
    attestations: Vec<Attestation>,
    own: String,
    form: page::Form,
}

async fn one(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    html(&claim_page(&app, &op, &view, &id, page::Form::default())?)
}

fn claim_page(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    id: &str,
    form: page::Form,
) -> Result<ClaimPage, Failure> {
    op.permit(Action::ManagePosture)?;
    let all = view::whole_catalogue(app)?;
    let judged = all.into_iter().find(|j| j.entry.id == id).ok_or_else(Problem::not_found)?;
    let published = judged.published.as_ref();
    let publication = published.map_or("none", |p| p.state.as_str());
    Ok(ClaimPage {
        shell: Shell::new(app, op, view, "title-claim")?.titled(id.to_owned()),
        claim: claim_row(app, app.words(op.lang), &judged),
        parameters: published
            .map_or_else(|| judged.entry.parameter.clone(), |p| p.parameters.clone()),
        publication: publication.to_owned(),
        label: format!("publication-{publication}"),
        built: claim::is_built(app, id) || judged.entry.is_attested_only(),
        attestable: judged.entry.classes.contains(&crate::catalogue::Class::Attested),
        attestations: attestation::newest(app)?.into_iter().filter(|a| a.claim == id).collect(),
        own: op.actor_id(),
        form,
    })
}

/// The page of one claim after a verb: on, or again with what was refused.
fn after(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    (id, notice): (&str, &str),
    done_or_refused: Result<(), Refused>,
) -> Result<Response, Failure> {
    match done_or_refused {
        Ok(()) => Ok(done(&format!("/admin/posture/claims/{id}"), notice)),
        Err(Refused::Invalid(invalid)) => {
            let form = page::Form::default().refused(app, op, &[invalid]);
            let page = claim_page(app, op, view, id, form)?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other.into()),
    }
}

async fn publish(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(id): Path<String>,
    Form(form): Form<BTreeMap<String, String>>,
) -> Result<Response, Failure> {
    let mut figures = BTreeMap::new();
    for (name, value) in form {
        let Ok(value) = value.trim().parse() else {
            let refused = Refused::Invalid(Invalid::new("value", "error-figure-invalid"));
            return after(&app, &op, &view, (&id, ""), Err(refused));
        };
        figures.insert(name, value);
    }
    let published = claim::publish(&app, &op, &id, &figures).await;
    after(&app, &op, &view, (&id, "claim-published"), published)
}

async fn withdraw(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(id): Path<String>,
    Form(form): Form<WhyForm>,
) -> Result<Response, Failure> {
    let withdrawn = claim::withdraw(&app, &op, &id, &form.why).await;
    after(&app, &op, &view, (&id, "claim-withdrawn"), withdrawn)
}

async fn pause_claim(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(id): Path<String>,
    Form(form): Form<WhyForm>,
) -> Result<Response, Failure> {
    let paused = claim::pause(&app, &op, &id, &form.why).await;
    after(&app, &op, &view, (&id, "claim-paused"), paused)
}

async fn run_claim(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let ran = lever::run_one(&app, &op, &id, false).await;
    after(&app, &op, &view, (&id, "posture-run"), ran)
}

async fn falsify(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let ran = lever::run_one(&app, &op, &id, true).await;
    after(&app, &op, &view, (&id, "posture-falsify"), ran)
}

#[derive(Deserialize)]
struct AttestForm {
    issuer: String,
    scope: String,
    document: String,
    effective_from: String,
    effective_until: String,
}

async fn attest(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(id): Path<String>,
    Form(form): Form<AttestForm>,
) -> Result<Response, Failure> {
    let dates = (
        Timestamp::parse(form.effective_from.trim()),
        Timestamp::parse(form.effective_until.trim()),
    );
    let taken = match dates {
        (Some(effective_from), Some(effective_until)) => {
            let wanted = attestation::Wanted {
                claim: &id,
                issuer: &form.issuer,
                scope: &form.scope,
                document: &form.document,
                effective_from,
                effective_until,
            };
            attestation::attest(&app, &op, &wanted).await.map(drop)
        }
        _ => Err(Refused::Invalid(Invalid::new("effective_from", "error-date-invalid"))),
    };
    after(&app, &op, &view, (&id, "attestation-received"), taken)
}

async fn approve(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let about = claim_of(&app, &id)?;
    let approved = attestation::approve(&app, &op, &id).await;
    after(&app, &op, &view, (&about, "attestation-approved"), approved)
}

async fn withdraw_attestation(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let about = claim_of(&app, &id)?;
    let withdrawn = attestation::withdraw(&app, &op, &id).await;
    after(&app, &op, &view, (&about, "attestation-withdrawn"), withdrawn)
}

fn claim_of(app: &App, attestation: &str) -> Result<String, Failure> {
    let all = attestation::newest(app)?;
    let found = all.into_iter().find(|a| a.id == attestation).ok_or_else(Problem::not_found)?;
    Ok(found.claim)
}
