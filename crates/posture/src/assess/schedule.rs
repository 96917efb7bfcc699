//! When each probe runs: at random within its interval, at once after a change, and never so often that it
//! costs more than its share.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::{Fault, FaultKind, Timestamp, rng};
use kernel::App;
use kernel::control::Control;

use super::round::assess;
use super::{controls, life};
use crate::run::store as runs;
use crate::verdict::Outcome;
use crate::{digest, evidence, integrity, mailbox, shadow, view};

/// How often the loop looks whether something is due; also the rhythm of checkpoints.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// While the installation is not set up, and before the first run.
const LOOK_EARLY: Duration = Duration::from_millis(500);
/// How often the logs are compared with each other.
const LOOK_OVER: Duration = Duration::from_mins(10);
/// What scheduled probes may cost of one core.
const SHARE_MAX: f64 = 0.02;
/// Over which time that is counted.
const WINDOW: Duration = Duration::from_hours(1);

/// CPU time of past rounds.
#[derive(Default)]
struct Spent(Mutex<VecDeque<(Timestamp, Duration)>>);

/// Runs until the application ends.
pub async fn run_until_stopped(app: Arc<App>) {
    if let Err(fault) = shadow::sweep(&app) {
        tracing::error!(fault = %fault.chain(), "shadows of an earlier run could not be removed");
    }
    // Before anything is shown as proven: what the log says has to be what was signed.
    let looking = Arc::clone(&app);
    match tokio::task::spawn_blocking(move || integrity::look(&looking)).await {
        Ok(Ok(())) => {}
        Ok(Err(fault)) => tracing::error!(fault = %fault.chain(), "the public log cannot be read"),
        Err(e) => tracing::error!(error = %e, "looking over the public log"),
    }
    app.tasks.spawn(mailbox::run_until_stopped(Arc::clone(&app)));
    let mut stopping = app.tasks.stopping();
    let mut schedule = Schedule::default();
    let mut look_at = Timestamp::default();
    let looking = Arc::new(AtomicBool::new(false));
    loop {
        let ready = app.door.load().is_some() && app.identities.is_set_up(&app).unwrap_or(false);
        if ready && let Err(fault) = schedule.step(&app).await {
            tracing::error!(fault = %fault.chain(), "the proofs could not be recorded");
        }
        if let Err(fault) = beat(&app).await {
            tracing::error!(fault = %fault.chain(), "the public log could not be signed");
        }
        let now = app.clock.now();
        if now >= look_at || look_at.since(now) > LOOK_OVER {
            look_at = now.plus(LOOK_OVER);
            look_over_beside(&app, &looking);
        }
        let wait = if ready { schedule.wait(now) } else { LOOK_EARLY };
        tokio::select! {
            _ = stopping.changed() => return,
            () = app.assess_bell.notified() => schedule.asked = true,
            () = tokio::time::sleep(wait) => {}
        }
        if *stopping.borrow() {
            return;
        }
    }
}

async fn beat(app: &Arc<App>) -> Result<(), Fault> {
    evidence::service::anchor_and_beat(app).await?;
    view::note_states(app).await
}

/// When each control is due.
#[derive(Default)]
struct Schedule {
    due: HashMap<&'static str, Timestamp>,
    /// Somebody asked for all of them now.
    asked: bool,
}

impl Schedule {
    async fn step(&mut self, app: &Arc<App>) -> Result<(), Fault> {
        // Anchors first: what a probe compares the audit log with has to be there.
        evidence::service::anchor_and_beat(app).await?;
        let now = app.clock.now();
        let (mut at_once, mut in_turn) = (Vec::new(), Vec::new());
        for control in controls(app) {
            if self.asked || needs_run_at_once(app, control)? && !self.due.contains_key(control.id)
            {
                at_once.push(control);
            } else if self.is_due(app, control, now)? {
                in_turn.push(control);
            }
        }
        let trigger = if self.asked { "request" } else { "change" };
        self.asked = false;
        self.round(app, &at_once, trigger).await?;
        // What changed is shown anew at once, whatever it costs; what is only due waits for its share.
        if overhead(app) <= SHARE_MAX {
            self.round(app, &in_turn, "schedule").await?;
        }
        Ok(())
    }

    async fn round(
        &mut self,
        app: &Arc<App>,
        wanted: &[&'static Control],
        trigger: &'static str,
    ) -> Result<(), Fault> {
        if wanted.is_empty() {
            return Ok(());
        }
        for control in wanted {
            self.due.insert(control.id, next(app, control, app.clock.now()));
        }
        let before = cpu();
        let done = assess(app, wanted, trigger, false).await;
        note_spent(app, cpu().saturating_sub(before));
        if done.is_err() {
            // Not in an hour: as soon as it may work again.
            let soon = app.clock.now().plus(LOOK_EVERY);
            for control in wanted {
                self.due.insert(control.id, soon);
            }
        }
        done
    }

    /// At its time; a time beyond a whole life means that the clock was set back.
    fn is_due(
        &mut self,
        app: &App,
        control: &'static Control,
        now: Timestamp,
    ) -> Result<bool, Fault> {
        let due = match self.due.get(control.id) {
            Some(due) => *due,
            None => {
                let last =
                    app.store.posture().read(|tx| runs::newest(tx, control.id, "probe", 1))?;
                let from = last.last().map_or(now, |r| r.run.ended_at);
                let due = next(app, control, from);
                self.due.insert(control.id, due);
                due
            }
        };
        Ok(now >= due || due.since(now) > life(app, control))
    }

    fn wait(&self, now: Timestamp) -> Duration {
        let next = self.due.values().filter(|due| **due > now).min();
        // What is overdue waits for its share of the processor, not for the next half second.
        next.map_or(LOOK_EVERY, |due| LOOK_EVERY.min(due.since(now).max(LOOK_EARLY)))
    }
}

/// The interval is random between a half and nine tenths of a proof's life: nobody can know when the next
/// attack comes, and it comes before the last proof expires.
fn next(app: &App, control: &Control, from: Timestamp) -> Timestamp {
    let part = 50 + u64::from(rng::bytes::<1>(&*app.rng)[0]) * 40 / 255;
    from.plus(life(app, control).mul_f64(part as f64 / 100.0))
}

/// Nothing that was tried belongs to what runs now: a new binary, other configuration or routes, a new probe.
fn needs_run_at_once(app: &App, control: &Control) -> Result<bool, Fault> {
    let subject = digest::subject(app, control);
    let last = app.store.posture().read(|tx| runs::newest(tx, control.id, "probe", 1))?;
    Ok(last.last().is_none_or(|r| {
        let run = &r.run;
        run.subject != subject
            || run.version != control.version
            || matches!(run.outcome, Outcome::Unable(_))
    }))
}

/// What rounds cost over the last hour, as a share of one core. Requests of others that were served meanwhile
/// are counted in: it errs on the high side.
pub(super) fn overhead(app: &App) -> f64 {
    let from = app.clock.now().minus(WINDOW);
    let kept = app.kept.get(Spent::default);
    let mut spent = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
    while spent.front().is_some_and(|(at, _)| *at < from) {
        spent.pop_front();
    }
    let sum: Duration = spent.iter().map(|(_, cpu)| *cpu).sum();
    sum.as_secs_f64() / WINDOW.as_secs_f64()
}

fn note_spent(app: &App, cpu: Duration) {
    let kept = app.kept.get(Spent::default);
    let mut spent = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
    spent.push_back((app.clock.now(), cpu));
}

/// CPU time of this process (proc(5): `utime` and `stime`, in hundredths of a second).
fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: u64 = fields.skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// Beside the loop, and never two at once: on an old installation it takes longer than a heartbeat.
fn look_over_beside(app: &Arc<App>, looking: &Arc<AtomicBool>) {
    if looking.swap(true, Ordering::SeqCst) {
        return;
    }
    let (looking, app2) = (Arc::clone(looking), Arc::clone(app));
    app.tasks.spawn(async move {
        if let Err(fault) = look_over(&app2).await {
            tracing::error!(fault = %fault.chain(), "the logs could not be looked over");
        }
        looking.store(false, Ordering::SeqCst);
    });
}

/// Compares the public log with what was signed, and the audit log with its checkpoints in the public one.
/// Only what was found counts: a fault of another kind says nothing about the logs.
async fn look_over(app: &Arc<App>) -> Result<(), Fault> {
    let looking = Arc::clone(app);
    let looked = tokio::task::spawn_blocking(move || {
        (integrity::look(&looking), evidence::verify_anchors(&looking))
    });
    let (log, anchors) =
        looked.await.map_err(|e| Fault::internal(format!("looking over the logs: {e}")))?;
    let anchors = match anchors {
        Err(fault) if fault.kind() == FaultKind::Corrupt => {
            tracing::error!(fault = %fault.chain(), "the audit log was changed");
            Err(fault.chain())
        }
        found => Ok(found?),
    };
    audit::note_anchors(app, anchors).await?;
    log
}
