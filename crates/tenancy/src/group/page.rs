//! The pages of access groups: what the groups say, and what that makes of everybody's role.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use base::id::{AccountId, GroupId};
use kernel::rules::{Feature, Rules, member_allows};
use kernel::text::Words;
use kernel::web::body::Form;
use kernel::web::membership;
use kernel::web::page::{self, Shell, View, done, html, html_with};
use kernel::web::problem::{Failure, Problem};
use kernel::web::route::{Access, Route};
use kernel::{Action, App, Membership, Op};

use super::service::{self, Typed};
use super::store::Group;
use crate::member::service::{Shown, list as people};
use crate::problem::Refused;

pub(super) fn routes() -> Vec<Route> {
    let manage = Access::tenant(Action::ManageMembers);
    vec![
        Route::page(
            "/t/{slug}/team/groups",
            "groups",
            Access::tenant(Action::SeeTeam),
            get(groups),
        ),
        Route::page("/t/{slug}/team/groups/new", "group_new", manage, get(new).post(create)),
        Route::page("/t/{slug}/team/groups/{id}", "group", manage, get(group).post(change)),
        Route::page("/t/{slug}/team/groups/{id}/delete", "group_delete", manage, post(delete)),
    ]
}

struct GroupRow {
    id: String,
    name: String,
    /// What it says, in words.
    rules: Vec<String>,
    members: Vec<String>,
}

/// What somebody may, and since that is another thing than their role says, by which groups.
struct Cell {
    label: String,
    may: bool,
    by: String,
}

struct PersonRow {
    name: String,
    role: String,
    owner: bool,
    cells: Vec<Cell>,
}

#[derive(Template)]
#[template(path = "groups.html")]
struct GroupsPage {
    shell: Shell,
    slug: String,
    can_manage: bool,
    groups: Vec<GroupRow>,
    features: Vec<String>,
    people: Vec<PersonRow>,
}

async fn groups(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(slug): Path<String>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &slug)?;
    let words = app.words(op.lang);
    let (groups, people) = (service::list(&app, &op, &own)?, people(&app, &op, &own)?);
    let features = Feature::ALL.into_iter().map(|f| feature(words, f));
    let names = people.iter().map(|p| (p.account, p.name.reveal().as_str())).collect();
    let mut theirs: HashMap<AccountId, Vec<&Group>> = HashMap::new();
    for (group, account) in groups.iter().flat_map(|(_, g)| g.members.iter().map(move |m| (g, m))) {
        theirs.entry(*account).or_default().push(group);
    }
    let row = |p: &Shown| person_row(words, p, theirs.get(&p.account).map_or(&[], Vec::as_slice));
    html(&GroupsPage {
        shell: Shell::new(&app, &op, &view, "title-groups")?.about(&own),
        slug: own.slug.clone(),
        can_manage: own.allows(Action::ManageMembers),
        features: features.collect(),
        people: people.iter().map(row).collect(),
        groups: groups.iter().map(|(id, g)| group_row(words, *id, g, &names)).collect(),
    })
}

fn feature(words: Words<'_>, feature: Feature) -> String {
    words.get(match feature {
        Feature::Team => "matrix-team-see",
        Feature::Settings => "matrix-settings",
        Feature::Audit => "matrix-audit",
    })
}

fn group_row(
    words: Words<'_>,
    id: GroupId,
    group: &Group,
    names: &HashMap<AccountId, &str>,
) -> GroupRow {
    let members = group.members.iter().filter_map(|m| names.get(m)).map(|&name| name.to_owned());
    let rules = group.rules.iter().map(|(f, effect)| {
        format!("{}: {}", feature(words, *f), words.get(&format!("group-{}", effect.word())))
    });
    GroupRow {
        id: id.to_string(),
        rules: rules.collect(),
        members: members.collect(),
        name: group.name.clone(),
    }
}

fn person_row(words: Words<'_>, person: &Shown, theirs: &[&Group]) -> PersonRow {
    let mut rules = Rules::default();
    theirs.iter().flat_map(|g| &g.rules).for_each(|(f, effect)| rules.add(*f, *effect));
    let owner = person.role == kernel::Role::Owner;
    let cell = |f: Feature| {
        let decides = |g: &&&Group| g.rules.iter().any(|(x, e)| *x == f && rules.on(f) == Some(*e));
        let by = theirs.iter().filter(decides).filter(|_| !owner).map(|g| g.name.as_str());
        Cell {
            label: feature(words, f),
            may: member_allows(person.role, &rules, f.action()),
            by: by.collect::<Vec<_>>().join(", "),
        }
    };
    PersonRow {
        name: person.name.reveal().clone(),
        role: words.get(&format!("role-{}", person.role.word())),
        owner,
        cells: Feature::ALL.map(cell).into(),
    }
}

/// One feature in the form, with what was chosen of it.
struct Choice {
    word: &'static str,
    label: String,
    chosen: String,
}

struct Candidate {
    account: String,
    name: String,
    email: String,
    role: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "group.html")]
struct GroupPage {
    shell: Shell,
    slug: String,
    /// Where the form goes: `new`, or the group's identifier.
    to: String,
    name: String,
    /// What the group is now, so that nobody's change is lost.
    seen: String,
    form: page::Form,
    choices: Vec<Choice>,
    candidates: Vec<Candidate>,
}

fn group_page(
    app: &Arc<App>,
    (op, view, own): (&Op, &View, &Membership),
    id: Option<GroupId>,
    typed: &Typed,
) -> Result<GroupPage, Failure> {
    let words = app.words(op.lang);
    let choice = |f: Feature| Choice {
        word: f.word(),
        label: feature(words, f),
        chosen: typed.rules.get(f.word()).cloned().unwrap_or_default(),
    };
    let candidate = |p: Shown| Candidate {
        chosen: typed.members.contains(&p.account.to_string()),
        account: p.account.to_string(),
        name: p.name.reveal().clone(),
        email: p.email.reveal().clone(),
        role: words.get(&format!("role-{}", p.role.word())),
    };
    let title = if id.is_some() { "title-group" } else { "title-group-new" };
    Ok(GroupPage {
        shell: Shell::new(app, op, view, title)?.about(own),
        slug: own.slug.clone(),
        to: id.map_or_else(|| "new".to_owned(), |id| id.to_string()),
        name: typed.name.clone(),
        seen: typed.seen.clone(),
        form: page::Form::with([("name", typed.name.clone())]),
        choices: Feature::ALL.into_iter().map(choice).collect(),
        candidates: people(app, op, own)?.into_iter().map(candidate).collect(),
    })
}

async fn new(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(slug): Path<String>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &slug)?;
    op.permit_in(&own, Action::ManageMembers).map_err(Refused::from)?;
    html(&group_page(&app, (&op, &view, &own), None, &Typed::default())?)
}

async fn group(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path((slug, id)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &slug)?;
    op.permit_in(&own, Action::ManageMembers).map_err(Refused::from)?;
    let id: GroupId = id.parse().map_err(|_| Problem::not_found())?;
    let group = service::find(&app, &op, &own, id)?;
    let word = |(f, e): &(Feature, kernel::rules::Effect)| (f.word().into(), e.word().into());
    let typed = Typed {
        seen: service::mark(&group),
        name: group.name,
        rules: group.rules.iter().map(word).collect(),
        members: group.members.iter().map(ToString::to_string).collect(),
    };
    html(&group_page(&app, (&op, &view, &own), Some(id), &typed)?)
}

/// A form's fields: a name, `rule-FEATURE` for each feature, and `member-ACCOUNT` for each of them that is ticked.
fn typed(fields: Vec<(String, String)>) -> Typed {
    let mut typed = Typed { rules: BTreeMap::new(), ..Typed::default() };
    for (field, value) in fields {
        if field == "name" {
            typed.name = value;
        } else if field == "seen" {
            typed.seen = value;
        } else if let Some(account) = field.strip_prefix("member-") {
            typed.members.push(account.to_owned());
        } else if let Some(feature) = field.strip_prefix("rule-").filter(|_| !value.is_empty()) {
            typed.rules.insert(feature.to_owned(), value);
        }
    }
    typed
}

async fn create(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path(slug): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &slug)?;
    let typed = typed(fields);
    let made = service::create(&app, &op, &own, &typed).await.map(drop);
    finish(&app, (&op, &view, &own), None, &typed, made)
}

async fn change(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Path((slug, id)): Path<(String, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &slug)?;
    let id: GroupId = id.parse().map_err(|_| Problem::not_found())?;
    let mut typed = typed(fields);
    let changed = service::change(&app, &op, &own, id, &typed).await;
    if matches!(changed, Err(Refused::Invalid(_))) {
        // Whoever sends it once more has read that it had changed.
        typed.seen = service::mark(&service::find(&app, &op, &own, id)?);
    }
    finish(&app, (&op, &view, &own), Some(id), &typed, changed)
}

fn finish(
    app: &Arc<App>,
    (op, view, own): (&Op, &View, &Membership),
    id: Option<GroupId>,
    typed: &Typed,
    result: Result<(), Refused>,
) -> Result<Response, Failure> {
    match result {
        Ok(()) => Ok(done(&format!("/t/{}/team/groups", own.slug), "group-saved")),
        Err(Refused::Invalid(invalid)) => {
            let mut page = group_page(app, (op, view, own), id, typed)?;
            page.form = page.form.refused(app, op, &invalid);
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn delete(
    State(app): State<Arc<App>>,
    op: Op,
    Path((slug, id)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let own = membership(&app, &op, &slug)?;
    let id: GroupId = id.parse().map_err(|_| Problem::not_found())?;
    service::delete(&app, &op, &own, id).await?;
    Ok(done(&format!("/t/{slug}/team/groups"), "group-deleted"))
}
