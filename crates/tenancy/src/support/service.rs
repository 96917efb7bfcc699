//! The verbs of support sessions.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use ::store::Tx;
use ::store::queue::{self, Job};
use base::id::{AccountId, JobId, SessionId, SupportId, TenantId};
use base::{Fault, FaultKind, Pii, Timestamp};
use crypt::seal;
use identity::session::service as sessions;
use kernel::job::{self, JobError, JobKind, Running};
use kernel::web::problem::Invalid;
use kernel::{Action, App, Grants, Membership, Op, Permit, Support, TenantName};
use serde::{Deserialize, Serialize};

use super::letter::{Owners, Told, name_of};
use super::store::{self, Held};
use crate::event;
use crate::problem::Refused;

/// How long one may last.
pub(crate) const MINUTES_MAX: u32 = 60;
/// How long a question waits for its answer.
const ASKED: Duration = Duration::from_hours(24);
/// Letters and digits that a reason has at least.
const REASON_MIN: usize = 12;
const REASON_CHARS_MAX: usize = 500;
/// Rows of a list.
const ROWS: i64 = 100;

/// Ends one when its time is over; the guard refuses it from then on anyway, this writes it down.
pub(crate) const END: JobKind = JobKind {
    name: "tenancy.end_support",
    run: |app, job, _| -> Running<'_> { Box::pin(end_by_time(app, job)) },
};

/// Whether staff may look into a tenant at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// They have to ask.
    Ask,
    /// They may not.
    Closed,
    /// They may.
    Open,
}

impl Mode {
    /// The word on the wire and in the store.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Closed => "closed",
            Self::Open => "open",
        }
    }

    /// What a word means.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::Ask, Self::Closed, Self::Open].into_iter().find(|m| m.word() == word)
    }
}

/// What somebody of the staff wants.
pub(crate) struct Wanted<'a> {
    /// Slug or identifier.
    pub(crate) tenant: &'a str,
    pub(crate) reason: &'a str,
    pub(crate) minutes: u32,
    pub(crate) grants: Grants,
}

/// What came of it.
pub(crate) struct Begun {
    pub(crate) id: SupportId,
    pub(crate) slug: String,
    /// Whether it is open; else it waits for an owner.
    pub(crate) open: bool,
    pub(crate) until: Timestamp,
}

/// Begins a support session, or asks for one. Refusals: `ShowFirst`, `Invalid`, `NotFound`, `Busy`.
pub(crate) async fn begin(app: &Arc<App>, op: &Op, wanted: &Wanted<'_>) -> Result<Begun, Refused> {
    let permit = op.permit_shown(Action::SupportTenant)?;
    let person = op.person().ok_or(Refused::Denied)?;
    let session = person.session.ok_or(Refused::Denied)?;
    let tenant = app.memberships.tenant(app, wanted.tenant)?.ok_or(Refused::NotFound)?;
    let mode = app.store.control().read(|tx| store::mode(tx, tenant.id))?;
    let reason = check(app, person.account, wanted, &tenant, &mode)?;
    let open = mode == Mode::Open.word();
    let span = if open { minutes(wanted.minutes.into()) } else { ASKED };
    let id = SupportId::new(op.now, &*app.rng);
    let new = Held {
        id,
        tenant: tenant.id,
        account: person.account,
        session,
        reason: seal_reason(app, tenant.id, id, &reason)?,
        settings: wanted.grants.settings,
        minutes: wanted.minutes.into(),
        state: if open { "open" } else { "asked" }.to_owned(),
        asked_at: op.now,
        ends_at: op.now.plus(span),
        ended_at: None,
    };
    let begun = Begun { id, slug: tenant.slug.clone(), open, until: new.ends_at };
    let told = Told {
        name: if open { "support-started" } else { "support-asked" },
        staff: name_of(app, person.account)?,
        tenant: tenant.name,
        slug: tenant.slug,
        reason: Pii::new(reason.clone()),
        until: new.ends_at,
    };
    keep(app, op, (permit, mode), new, told, reason).await?;
    Ok(begun)
}

async fn keep(
    app: &Arc<App>,
    op: &Op,
    (permit, mode): (Permit, String),
    new: Held,
    told: Told,
    reason: String,
) -> Result<(), Refused> {
    let owners = Owners::of(app, new.tenant)?;
    Latest::of(app).extend(new.ends_at);
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            if store::mode(tx, new.tenant)? != mode {
                return Err(vec![Invalid::new("tenant", "error-support-changed")].into());
            }
            if let Some(held) = store::of_account(tx, new.account, op2.now)? {
                if sessions::is_open(tx, held.session)? {
                    return Err(Refused::Busy);
                }
                over_and_done(&app2, tx, &op2, &held, "session")?;
            }
            store::insert(tx, &permit, &new)?;
            let event = match new.state.as_str() {
                "open" => event::support_started(&new, &reason),
                _ => event::support_asked(&new, &reason),
            };
            audit::append(&app2, tx, &op2, event)?;
            end_later(&app2, tx, &new, op2.now)?;
            owners.tell(&app2, tx, &told)?;
            Ok(())
        })
        .await
}

fn minutes(n: i64) -> Duration {
    let within = n.clamp(1, MINUTES_MAX.into()).unsigned_abs();
    Duration::from_mins(within)
}

/// Checks what was typed and answers the reason as it is kept.
fn check(
    app: &App,
    account: AccountId,
    wanted: &Wanted<'_>,
    tenant: &TenantName,
    mode: &str,
) -> Result<String, Refused> {
    let mut invalid = Vec::new();
    let reason = wanted.reason.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = reason.chars().filter(|c| c.is_alphanumeric()).count();
    if said < REASON_MIN || !reason.contains(' ') || reason.chars().any(char::is_control) {
        invalid.push(Invalid::new("reason", "error-support-reason"));
    } else if reason.chars().count() > REASON_CHARS_MAX {
        invalid.push(Invalid::new("reason", "error-support-reason-long"));
    }
    if !(1..=MINUTES_MAX).contains(&wanted.minutes) {
        invalid.push(Invalid::new("minutes", "error-support-minutes"));
    }
    if app.memberships.find(app, account, &tenant.id.to_string())?.is_some() {
        invalid.push(Invalid::new("tenant", "error-support-member"));
    } else if !matches!(Mode::parse(mode), Some(Mode::Open | Mode::Ask)) {
        invalid.push(Invalid::new("tenant", "error-support-closed"));
    }
    if invalid.is_empty() { Ok(reason) } else { Err(invalid.into()) }
}

fn seal_reason(app: &App, tenant: TenantId, id: SupportId, reason: &str) -> Result<Vec<u8>, Fault> {
    let key = app.store.keys().get(&tenant.to_string())?.purpose("record");
    Ok(seal::seal(&key, &["support", "reason", &id.to_string()], reason.as_bytes(), &*app.rng))
}

fn open_reason(app: &App, held: &Held) -> Result<Pii<String>, Fault> {
    let key = app.store.keys().get(&held.tenant.to_string())?.purpose("record");
    let context = ["support", "reason", &held.id.to_string()];
    kernel::app::open_text(&key, &context, &held.reason).map(Pii::new)
}

#[derive(Serialize, Deserialize)]
struct End {
    id: String,
}

fn end_later(app: &App, tx: &Tx<'_>, held: &Held, now: Timestamp) -> Result<(), Fault> {
    let payload = serde_json::to_vec(&End { id: held.id.to_string() })
        .map_err(|e| Fault::because(FaultKind::Internal, "writing a job", e))?;
    queue::enqueue(tx, JobId::new(now, &*app.rng), END.name, &payload, now, held.ends_at)
}

async fn end_by_time(app: &Arc<App>, job: &Job) -> Result<(), JobError> {
    let End { id } = job::payload(job)?;
    let id: SupportId = id.parse().map_err(|_| JobError::GiveUp("no identifier".into()))?;
    let (app2, op) = (Arc::clone(app), app.system_op("support"));
    app.store
        .control()
        .write(move |tx| {
            let Some(held) = store::find(tx, id)?.filter(|h| h.ends_at <= op.now) else {
                return Ok(()); // it was answered meanwhile, and has another end
            };
            let by = if sessions::is_open(tx, held.session)? { "time" } else { "session" };
            over_and_done(&app2, tx, &op, &held, by).map(drop)
        })
        .await?;
    Ok(())
}

/// The last moment at which any support session can be open. Almost always it has passed, and then the guard need not look:
/// each request of staff comes by here.
struct Latest(AtomicI64);

impl Latest {
    fn of(app: &App) -> Arc<Self> {
        app.kept.get(|| {
            // What cannot be read is looked for at each request.
            let latest = app.store.control().read(store::latest_end).unwrap_or(i64::MAX);
            Self(AtomicI64::new(latest))
        })
    }

    fn has_passed(&self, now: Timestamp) -> bool {
        self.0.load(Ordering::SeqCst) <= now.0
    }

    /// To be called before the row is written: it may be too late then, and never too early.
    fn extend(&self, until: Timestamp) {
        self.0.fetch_max(until.0, Ordering::SeqCst);
    }
}

/// The one that lies over a session now, for the guard.
pub(crate) fn over(app: &App, session: SessionId) -> Result<Option<Support>, Fault> {
    let now = app.clock.now();
    if Latest::of(app).has_passed(now) {
        return Ok(None);
    }
    let Some((held, names)) = app.store.control().read_one(|tx| store::over(tx, session, now))?
    else {
        return Ok(None);
    };
    Ok(Some(Support {
        id: held.id,
        tenant: held.tenant,
        slug: names.slug,
        name: names.name,
        region: names.region,
        reason: open_reason(app, &held)?,
        until: held.ends_at,
        grants: Grants { settings: held.settings },
    }))
}

/// Writes down what was asked for in a support session.
pub(crate) async fn note(app: &Arc<App>, op: &Op, method: &str, route: &str) -> Result<(), Fault> {
    let Some(support) = &op.support else { return Ok(()) };
    let event = event::support_used(support, method, route);
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store.control().write(move |tx| audit::append(&app2, tx, &op2, event.clone())).await
}

/// Ends the support session that the person has, in whichever of their sessions, or withdraws the question. Answers in which
/// tenant. Refusal `NotFound`.
pub(crate) async fn stop(app: &Arc<App>, op: &Op) -> Result<TenantId, Refused> {
    op.permit(Action::SupportTenant)?;
    let account = op.person().ok_or(Refused::Denied)?.account;
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            let held = store::of_account(tx, account, op2.now)?.ok_or(Refused::NotFound)?;
            over_and_done(&app2, tx, &op2, &held, "staff")?;
            Ok(held.tenant)
        })
        .await
}

/// Ends one that is open, or a question that waits, with its entry; answers whether there was one.
fn over_and_done(
    app: &App,
    tx: &Tx<'_>,
    op: &Op,
    held: &Held,
    by: &'static str,
) -> Result<bool, Fault> {
    let (to, event) = match held.state.as_str() {
        "open" => ("ended", event::support_ended(held, by)),
        "asked" => ("refused", event::support_refused(held, by)),
        _ => return Ok(false),
    };
    let done = store::end(tx, held.id, &held.state, to, op.now)?;
    if done {
        audit::append(app, tx, op, event)?;
    }
    Ok(done)
}

/// Ends all of a tenant's that are open or wait: it is shut.
pub(crate) fn end_all(app: &App, tx: &Tx<'_>, op: &Op, tenant: TenantId) -> Result<(), Fault> {
    for held in store::unfinished(tx, tenant)? {
        over_and_done(app, tx, op, &held, "shut")?;
    }
    Ok(())
}

/// Ends one of the tenant's, as its owner. The next request in it is refused.
pub(crate) async fn end(
    app: &Arc<App>,
    op: &Op,
    member: &Membership,
    id: SupportId,
) -> Result<(), Refused> {
    op.permit_in(member, Action::ManageSupport)?;
    let (app2, op2, tenant) = (Arc::clone(app), op.clone(), member.tenant);
    app.store
        .control()
        .write(move |tx| {
            let held = store::find(tx, id)?.filter(|h| h.tenant == tenant && h.state == "open");
            let held = held.ok_or(Refused::NotFound)?;
            let ended = over_and_done(&app2, tx, &op2, &held, "owner")?;
            if ended { Ok(()) } else { Err(Refused::NotFound) }
        })
        .await
}

/// Answers a question, as the tenant's owner. The time begins to run with the answer. Answers whether somebody was let in:
/// nobody is, when who asked has signed out meanwhile.
pub(crate) async fn answer(
    app: &Arc<App>,
    op: &Op,
    member: &Membership,
    id: SupportId,
    yes: bool,
) -> Result<bool, Refused> {
    let permit = op.permit_in(member, Action::ManageSupport)?;
    let (app2, op2, tenant) = (Arc::clone(app), op.clone(), member.tenant);
    Latest::of(app).extend(op.now.plus(minutes(MINUTES_MAX.into())));
    app.store
        .control()
        .write(move |tx| {
            let held = store::find(tx, id)?.filter(|h| h.tenant == tenant);
            let mut held = held.ok_or(Refused::NotFound)?;
            if yes && !sessions::is_open(tx, held.session)? {
                over_and_done(&app2, tx, &op2, &held, "session")?;
                return Ok(false); // who asked has gone
            }
            held.ends_at = op2.now.plus(minutes(held.minutes));
            let done = match yes {
                true => store::open(tx, &permit, id, op2.now, held.ends_at)?,
                false => store::end(tx, id, "asked", "refused", op2.now)?,
            };
            if !done {
                return Err(Refused::NotFound);
            }
            if !yes {
                audit::append(&app2, tx, &op2, event::support_refused(&held, "owner"))?;
                return Ok(false);
            }
            audit::append(&app2, tx, &op2, event::support_allowed(&held))?;
            end_later(&app2, tx, &held, op2.now)?;
            Ok(true)
        })
        .await
}

/// Says whether staff may look in at once. Whoever is in is out when they may not.
pub(crate) async fn set_mode(
    app: &Arc<App>,
    op: &Op,
    member: &Membership,
    mode: Mode,
) -> Result<(), Refused> {
    let permit = op.permit_in(member, Action::ManageSupport)?;
    let (app2, op2, tenant) = (Arc::clone(app), op.clone(), member.tenant);
    app.store
        .control()
        .write(move |tx| {
            store::set_mode(tx, &permit, tenant, mode.word())?;
            audit::append(&app2, tx, &op2, event::support_mode_changed(tenant, mode.word()))?;
            if mode == Mode::Closed {
                for held in store::unfinished(tx, tenant)? {
                    over_and_done(&app2, tx, &op2, &held, "owner")?;
                }
            }
            Ok::<_, Fault>(())
        })
        .await?;
    Ok(())
}

/// A support session as a tenant's people see it.
pub(crate) struct Shown {
    pub(crate) id: SupportId,
    pub(crate) staff: Pii<String>,
    pub(crate) reason: Pii<String>,
    pub(crate) settings: bool,
    /// `asked`, `open`, `ended` or `refused`.
    pub(crate) state: String,
    pub(crate) asked_at: Timestamp,
    pub(crate) ends_at: Timestamp,
    pub(crate) ended_at: Option<Timestamp>,
}

/// The tenant's support sessions, newest first, and its mode.
pub(crate) fn list(
    app: &App,
    op: &Op,
    member: &Membership,
) -> Result<(Vec<Shown>, String), Refused> {
    op.permit_in(member, Action::SeeAudit)?;
    Ok(of_tenant(app, op, member.tenant)?)
}

/// The same, for staff.
pub(crate) fn list_for_staff(
    app: &App,
    op: &Op,
    tenant: TenantId,
) -> Result<(Vec<Shown>, String), Refused> {
    op.permit(Action::SeePlatform)?;
    Ok(of_tenant(app, op, tenant)?)
}

fn of_tenant(app: &App, op: &Op, tenant: TenantId) -> Result<(Vec<Shown>, String), Fault> {
    let (rows, mode) = app.store.control().read(|tx| {
        let mut rows = Vec::new();
        for held in store::of_tenant(tx, tenant, ROWS)? {
            let gone = held.ends_at <= op.now || !sessions::is_open(tx, held.session)?;
            rows.push((held, gone));
        }
        Ok::<_, Fault>((rows, store::mode(tx, tenant)?))
    })?;
    let shown = rows.into_iter().map(|(held, over)| {
        Ok(Shown {
            id: held.id,
            staff: name_of(app, held.account)?,
            reason: open_reason(app, &held)?,
            settings: held.settings,
            state: match held.state.as_str() {
                "open" if over => "ended".into(),
                "asked" if over => "refused".into(),
                _ => held.state,
            },
            asked_at: held.asked_at,
            ends_at: held.ends_at,
            ended_at: held.ended_at,
        })
    });
    Ok((shown.collect::<Result<_, Fault>>()?, mode))
}
