//! The verbs of published claims. Each is a leaf of the public log: nobody drops or weakens a line quietly.

use std::collections::BTreeMap;
use std::sync::Arc;

use audit::Event;
use base::{Fault, FaultKind, Timestamp, text};
use kernel::control::switched_off;
use kernel::web::problem::Invalid;
use kernel::{Action, App, Op, log};
use serde_json::{Value, json};
use store::Tx;

use super::store::{self as table, Changed, Stored};
use crate::assess::{control_of, controls, life};
use crate::catalogue::{self, Entry, Parameter, Shift};
use crate::evidence;
use crate::lever::Refused;

const WHY_CHARS_MAX: usize = 200;

/// A claim that was published at some time.
#[derive(Clone, Debug)]
pub(crate) struct Published {
    pub(crate) entry: &'static Entry,
    pub(crate) state: String,
    pub(crate) text: String,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) why: String,
    /// Probe, promise and life, as they were published.
    pub(crate) terms: String,
    pub(crate) added_at: Timestamp,
    pub(crate) changed_at: Timestamp,
}

impl Published {
    pub(crate) fn is_withdrawn(&self) -> bool {
        self.state == "withdrawn"
    }

    pub(crate) fn is_paused(&self) -> bool {
        self.state == "paused"
    }
}

/// Claims that hold by how the program is built; no attack shows them.
pub(crate) const ENFORCED: [&str; 2] = ["AUD-05", "IDN-36"];

/// Whether there is something behind a claim in this binary.
pub(crate) fn is_built(app: &App, id: &str) -> bool {
    ENFORCED.contains(&id) || controls(app).iter().any(|c| c.claim == id)
}

/// All claims that were published at some time, in the order of the catalogue.
pub(crate) fn published(app: &App) -> Result<Vec<Published>, Fault> {
    let mut stored: BTreeMap<String, Stored> =
        app.store.posture().read(table::all)?.into_iter().map(|s| (s.id.clone(), s)).collect();
    let known =
        catalogue::all().iter().filter_map(|entry| Some((entry, stored.remove(&entry.id)?)));
    known.map(|(entry, stored)| read(entry, stored)).collect()
}

fn read(entry: &'static Entry, stored: Stored) -> Result<Published, Fault> {
    let parameters = serde_json::from_str(&stored.parameters)
        .map_err(|e| Fault::because(FaultKind::Corrupt, "a claim's parameters", e))?;
    Ok(Published {
        entry,
        state: stored.state,
        text: stored.text,
        parameters,
        why: stored.why,
        terms: stored.terms,
        added_at: stored.added_at,
        changed_at: stored.changed_at,
    })
}

/// Publishes what this binary has built and nobody has decided on, and notes what a new binary words anew.
pub(crate) async fn sync(app: &Arc<App>) -> Result<(), Fault> {
    let known = published(app)?;
    let now = app.clock.now();
    let mut changes = Vec::new();
    for entry in catalogue::all().iter().filter(|e| is_built(app, &e.id)) {
        match known.iter().find(|p| p.entry.id == entry.id) {
            None => {
                let parameters = entry.parameter.clone();
                changes.push(stored_new(app, entry, parameters, "published", now));
            }
            Some(old) if old.is_withdrawn() => {}
            Some(old) => {
                let kept = kept_figures(entry, &old.parameters);
                let text = entry.text_with(&kept);
                let now_terms = terms(app, entry, &kept).to_string();
                if text != old.text || now_terms != old.terms {
                    let mut new = stored_new(app, entry, kept, &old.state, now);
                    new.added_at = old.added_at;
                    new.why.clone_from(&old.why);
                    changes.push(new);
                }
            }
        }
    }
    // What a new version no longer has behind it goes in public, too.
    for old in known.iter().filter(|p| !p.is_withdrawn()) {
        let off = switched_off(&old.entry.id, &app.config).is_some();
        if !is_built(app, &old.entry.id) && !old.entry.is_attested_only() && !off {
            let mut new = stored_new(app, old.entry, old.parameters.clone(), "withdrawn", now);
            new.text.clone_from(&old.text);
            new.added_at = old.added_at;
            new.why = "nothing is behind it in this version of the program".into();
            changes.push(new);
        }
    }
    if changes.is_empty() {
        return Ok(());
    }
    let old = known;
    let key = evidence::note_key(app)?;
    app.store
        .posture()
        .write(move |tx| {
            for new in &changes {
                let before = old.iter().find(|p| p.entry.id == new.id);
                // What is there from the first start on needs no reason.
                let why = before.map_or("", |_| "by a new version of the program");
                append(tx, new, before, why)?;
            }
            evidence::service::sign(tx, &key, now)
        })
        .await
}

/// The figures that were published, for those that the entry still has.
fn kept_figures(entry: &Entry, published: &[Parameter]) -> Vec<Parameter> {
    let kept = |own: &Parameter| {
        let old = published.iter().find(|p| p.name == own.name && p.unit == own.unit);
        Parameter { value: old.map_or(own.value, |p| p.value), ..own.clone() }
    };
    entry.parameter.iter().map(kept).collect()
}

/// What a line is judged by, beside its words: the probe, the promised figure, and how long a proof counts. A
/// change of it is a change of the claim.
fn terms(app: &App, entry: &Entry, parameters: &[Parameter]) -> Value {
    let Some(control) = control_of(app, &entry.id) else { return Value::Null };
    let promised = catalogue::promised(&control.promised, parameters);
    json!({
        "probe": control.id,
        "promised": { "name": promised.name, "value": promised.value, "unit": promised.unit,
            "direction": promised.direction },
        "life_s": life(app, control).as_secs(),
    })
}

fn stored_new(
    app: &App,
    entry: &Entry,
    parameters: Vec<Parameter>,
    state: &str,
    now: Timestamp,
) -> Stored {
    Stored {
        terms: terms(app, entry, &parameters).to_string(),
        id: entry.id.clone(),
        state: state.to_owned(),
        text: entry.text_with(&parameters),
        parameters: json!(parameters).to_string(),
        why: String::new(),
        added_at: now,
        changed_at: now,
    }
}

/// Writes a claim and its leaf; the words of the change follow from what it was before.
fn append(tx: &Tx<'_>, new: &Stored, before: Option<&Published>, why: &str) -> Result<(), Fault> {
    let leaf = json!({
        "type": "claim",
        "claim": new.id,
        "terms": serde_json::from_str::<Value>(&new.terms).unwrap_or_default(),
        "change": words(new, before)?,
        "state": new.state,
        "text": new.text,
        "parameters": serde_json::from_str::<Value>(&new.parameters).unwrap_or_default(),
        "why": why,
        "at": new.changed_at,
    });
    table::set(tx, new)?;
    note_change(tx, "claim", Some(&new.id), &leaf, new.changed_at)
}

/// `added`, `withdrawn`, `paused`, `resumed`, `published-again`, `weakened`, `tightened` or `reworded`.
fn words(new: &Stored, before: Option<&Published>) -> Result<&'static str, Fault> {
    let Some(before) = before else { return Ok("added") };
    if new.state != before.state {
        return Ok(match (before.state.as_str(), new.state.as_str()) {
            (_, "withdrawn") => "withdrawn",
            (_, "paused") => "paused",
            ("paused", _) => "resumed",
            _ => "published-again",
        });
    }
    let (was, is): (Value, Value) = (
        serde_json::from_str(&before.terms).unwrap_or_default(),
        serde_json::from_str(&new.terms).unwrap_or_default(),
    );
    let shift_of = |name: &str, direction: &str| match (was[name].as_f64(), is[name].as_f64()) {
        (Some(was), Some(is)) => catalogue::shift(direction, was, is),
        _ => Shift::None,
    };
    let life = shift_of("life_s", "<=");
    let own = &is["promised"];
    let same_kind = was["promised"]["direction"] == own["direction"]
        && was["promised"]["unit"] == own["unit"]
        || was.is_null();
    let promise = match (was["promised"]["value"].as_f64(), own["value"].as_f64()) {
        _ if !same_kind => Shift::Weakened,
        (Some(was), Some(is)) => {
            catalogue::shift(own["direction"].as_str().unwrap_or("="), was, is)
        }
        _ => Shift::None,
    };
    let after: Vec<Parameter> = serde_json::from_str(&new.parameters)
        .map_err(|e| Fault::because(FaultKind::Internal, "a claim's parameters", e))?;
    let shifts: Vec<Shift> = after
        .iter()
        .filter_map(|p| {
            let old = before.parameters.iter().find(|b| b.name == p.name)?;
            Some(catalogue::shift(&p.direction, old.value, p.value))
        })
        .collect();
    let shifts = [shifts.as_slice(), &[life, promise]].concat();
    Ok(if shifts.contains(&Shift::Weakened) {
        "weakened"
    } else if shifts.contains(&Shift::Tightened) {
        "tightened"
    } else {
        "reworded"
    })
}

/// Appends a public change to the log, and to the list that pages read.
pub(crate) fn note_change(
    tx: &Tx<'_>,
    kind: &str,
    claim: Option<&str>,
    leaf: &Value,
    at: Timestamp,
) -> Result<(), Fault> {
    let text = leaf.to_string();
    let number = log::append(tx, &[text.clone().into_bytes()])?;
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    let claim = claim.map(str::to_owned);
    table::insert_change(tx, &Changed { number, at, kind: kind.to_owned(), claim, leaf: text })
}

fn find(app: &App, id: &str) -> Result<(&'static Entry, Option<Published>), Refused> {
    let entry = catalogue::find(id).ok_or(Refused::NotFound)?;
    let old = published(app)?.into_iter().find(|p| p.entry.id == entry.id);
    Ok((entry, old))
}

/// Publishes a claim, publishes it again, or changes its figures.
pub(crate) async fn publish(
    app: &Arc<App>,
    op: &Op,
    id: &str,
    figures: &BTreeMap<String, f64>,
) -> Result<(), Refused> {
    op.permit(Action::ManagePosture)?;
    let (entry, old) = find(app, id)?;
    if !is_built(app, id) && !entry.is_attested_only() {
        return Err(Refused::Invalid(Invalid::new("claim", "error-claim-not-built")));
    }
    let mut parameters =
        kept_figures(entry, old.as_ref().map_or(&entry.parameter, |o| &o.parameters));
    for p in &mut parameters {
        if let Some(value) = figures.get(&p.name) {
            if !value.is_finite() || !(0.0..=1e9).contains(value) {
                return Err(Refused::Invalid(Invalid::new("value", "error-figure-invalid")));
            }
            p.value = *value;
        }
    }
    let mut new = stored_new(app, entry, parameters, "published", op.now);
    if let Some(old) = &old {
        new.added_at = old.added_at;
        if new.text == old.text && old.state == "published" {
            return Ok(());
        }
    }
    write(app, op, new, old, String::new(), "posture.claim_changed").await?;
    app.assess_bell.notify_one();
    Ok(())
}

/// Takes a claim off the page; that it was there stays public, with the reason.
pub(crate) async fn withdraw(app: &Arc<App>, op: &Op, id: &str, why: &str) -> Result<(), Refused> {
    set_state(app, op, id, "withdrawn", why, "posture.claim_withdrawn").await
}

/// Stops the probes of one claim; it goes stale by its own clock, with the reason.
pub(crate) async fn pause(app: &Arc<App>, op: &Op, id: &str, why: &str) -> Result<(), Refused> {
    set_state(app, op, id, "paused", why, "posture.claim_paused").await
}

async fn set_state(
    app: &Arc<App>,
    op: &Op,
    id: &str,
    state: &'static str,
    why: &str,
    action: &'static str,
) -> Result<(), Refused> {
    op.permit(Action::ManagePosture)?;
    let why = text::line(why, WHY_CHARS_MAX)
        .map_err(|_| Refused::Invalid(Invalid::new("why", "error-reason-empty")))?;
    let (entry, old) = find(app, id)?;
    let old = old.ok_or(Refused::NotFound)?;
    if old.state == state {
        return Ok(());
    }
    let mut new = stored_new(app, entry, old.parameters.clone(), state, op.now);
    new.text.clone_from(&old.text);
    new.added_at = old.added_at;
    new.why.clone_from(&why);
    write(app, op, new, Some(old), why, action).await
}

async fn write(
    app: &Arc<App>,
    op: &Op,
    new: Stored,
    old: Option<Published>,
    why: String,
    action: &'static str,
) -> Result<(), Refused> {
    let (key, now, id) = (evidence::note_key(app)?, op.now, new.id.clone());
    app.store
        .posture()
        .write(move |tx| {
            append(tx, &new, old.as_ref(), &why)?;
            evidence::service::sign(tx, &key, now)
        })
        .await?;
    crate::lever::note(app, op, Event::done(action).to(&id)).await?;
    Ok(())
}

/// Writes down every state that differs from the one that was seen last: the feed reads it.
pub(crate) async fn note_states(
    app: &Arc<App>,
    states: Vec<(String, &'static str, Option<String>)>,
) -> Result<(), Fault> {
    let seen = app.store.posture().read(table::seen_states)?;
    let changed: Vec<_> = states
        .into_iter()
        .filter_map(|(claim, state, reason)| {
            let before = seen.iter().find(|(id, _, _)| *id == claim).map(|(_, s, _)| s.clone());
            (before.as_deref() != Some(state)).then_some((claim, before, state, reason))
        })
        .collect();
    if changed.is_empty() {
        return Ok(());
    }
    let (key, now) = (evidence::note_key(app)?, app.clock.now());
    app.store
        .posture()
        .write(move |tx| {
            for (claim, before, state, reason) in &changed {
                let leaf = json!({ "type": "state", "claim": claim, "before": before,
                    "state": state, "reason": reason, "at": now });
                table::set_seen(tx, claim, state, now)?;
                note_change(tx, "state", Some(claim), &leaf, now)?;
            }
            evidence::service::sign(tx, &key, now)
        })
        .await
}
