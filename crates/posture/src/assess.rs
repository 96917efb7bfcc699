//! Assessing: runs each probe in its interval, and first shows that the probe can fail.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::id::RunId;
use base::{Fault, FaultKind, Timestamp, rng};
use kernel::App;
use kernel::control::{Control, Observation, Unable, Vantage};
use kernel::door::Door;

use crate::canary::service::NoCanary;
use crate::run::store::{self as runs, New};
use crate::verdict::{FALSIFICATION_LIFE, Outcome, Run};
use crate::{canary, digest, evidence, lever, proxy};

/// How often the loop looks whether something is due; also the rhythm of checkpoints.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// While the installation is not set up, and before the first run.
const LOOK_EARLY: Duration = Duration::from_millis(500);
/// How often the logs are compared with each other.
const LOOK_OVER: Duration = Duration::from_mins(10);
/// One run, its canary's sign-up included.
const RUN: Duration = Duration::from_secs(120);
/// A falsification is renewed when it is older than this, well within its life.
const RENEW: Duration = Duration::from_hours(7 * 24);

/// Every control of every domain, in the order of the manifests.
pub(crate) fn controls(app: &App) -> Vec<&'static Control> {
    app.domains.iter().flat_map(|d| d.controls).collect()
}

/// How long a proof counts.
pub(crate) fn life(app: &App) -> Duration {
    Duration::from_secs(app.config.posture.interval_s)
}

/// Runs until the application ends.
pub async fn run_until_stopped(app: Arc<App>) {
    let mut stopping = app.tasks.stopping();
    let mut due = Timestamp::default();
    let mut trigger = "start";
    let mut look_at = Timestamp::default();
    let looking = Arc::new(AtomicBool::new(false));
    loop {
        let ready = app.door.load().is_some() && app.identities.is_set_up(&app).unwrap_or(false);
        let now = app.clock.now();
        if due.since(now) > life(&app) {
            due = now; // the clock was set back
        }
        if ready && now >= due {
            // The interval is random between a half and nine tenths of a proof's life: nobody can know when
            // the next attack comes, and it comes before the last proof expires.
            let part = 50 + u64::from(rng::bytes::<1>(&*app.rng)[0]) * 40 / 255;
            due = now.plus(life(&app).mul_f64(part as f64 / 100.0));
            if let Err(fault) = assess_all(&app, trigger).await {
                tracing::error!(fault = %fault.chain(), "the proofs could not be recorded");
            }
            trigger = "schedule";
        }
        if let Err(fault) = evidence::service::anchor_and_beat(&app).await {
            tracing::error!(fault = %fault.chain(), "the public log could not be signed");
        }
        if now >= look_at || look_at.since(now) > LOOK_OVER {
            look_at = now.plus(LOOK_OVER);
            look_over_beside(&app, &looking);
        }
        let left = due.since(app.clock.now());
        let wait = if ready { LOOK_EVERY.min(left.max(LOOK_EARLY)) } else { LOOK_EARLY };
        tokio::select! {
            _ = stopping.changed() => return,
            () = app.assess_bell.notified() => {
                due = Timestamp::default();
                trigger = "request";
            }
            () = tokio::time::sleep(wait) => {}
        }
        if *stopping.borrow() {
            return;
        }
    }
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
        (evidence::verify_log(&looking), evidence::verify_anchors(&looking))
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
    log.map(drop)
}

/// Runs every probe now, unless the lever is pulled.
pub async fn assess_all(app: &Arc<App>, trigger: &'static str) -> Result<(), Fault> {
    for control in controls(app) {
        if app.store.posture().read(lever::store::find)?.is_some() {
            return Ok(());
        }
        assess(app, control, trigger).await?;
    }
    Ok(())
}

async fn assess(
    app: &Arc<App>,
    control: &'static Control,
    trigger: &'static str,
) -> Result<(), Fault> {
    let stand = match stand(app).await {
        Ok(stand) => stand,
        Err(NoCanary::Fault(fault)) => return Err(fault),
        Err(NoCanary::Unable(why)) => {
            let now = app.clock.now();
            return record(app, control, "probe", trigger, now, Err(why), "none").await;
        }
    };
    if needs_falsification(app, control)? {
        falsify(app, control, &stand).await?;
    }
    let seen = probe(app, control, trigger, &stand).await?;
    if matches!(&seen, Err(why) if why.canary_lost) {
        // Somebody took the canary over, or it is gone. Another one is an ordinary account like it.
        canary::service::retire(app).await?;
        return Box::pin(assess_once_more(app, control)).await;
    }
    if seen.is_ok_and(|s| s.violations > 0) {
        // Both runs stand in the log; the second tells a slip from a failure to whoever reads it.
        return probe(app, control, "confirmation", &stand).await.map(drop);
    }
    Ok(())
}

/// One more try with a fresh canary; a second refusal waits for the next interval.
async fn assess_once_more(app: &Arc<App>, control: &'static Control) -> Result<(), Fault> {
    match stand(app).await {
        Ok(stand) => {
            if needs_falsification(app, control)? {
                falsify(app, control, &stand).await?;
            }
            probe(app, control, "fresh canary", &stand).await.map(drop)
        }
        Err(NoCanary::Fault(fault)) => Err(fault),
        Err(NoCanary::Unable(_)) => Ok(()),
    }
}

/// Where this round's probes stand: one source address for the whole round.
struct Stand {
    target: SocketAddr,
    host: String,
    source: IpAddr,
    canary: kernel::control::Canary,
}

async fn stand(app: &Arc<App>) -> Result<Stand, NoCanary> {
    let target = app.door.load().as_deref().copied();
    let target = target.ok_or_else(|| Unable::because("the console is not listening yet"))?;
    let [a, b] = rng::bytes::<2>(&*app.rng);
    let source = IpAddr::V4(Ipv4Addr::new(127, 66, a, b.clamp(1, 254)));
    let origin = app.origin.load().to_string();
    let host = origin.split("://").nth(1).unwrap_or("localhost").to_owned();
    let door = Door::new(target, &host, source, "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");
    let canary = canary::service::ensure(app, &door).await?;
    Ok(Stand { target, host, source, canary })
}

impl Stand {
    fn vantage(&self, app: &Arc<App>, target: SocketAddr) -> Vantage {
        Vantage {
            target,
            host: self.host.clone(),
            canary: self.canary.clone(),
            source: self.source,
            clock: Arc::clone(&app.clock),
            seen: Mutex::default(),
        }
    }
}

fn needs_falsification(app: &App, control: &Control) -> Result<bool, Fault> {
    let now = app.clock.now();
    let digests = digest::now(app);
    let (falsifications, probes) = app.store.posture().read(|tx| {
        let falsifications = runs::newest(tx, control.id, "falsification", 8)?;
        Ok::<_, Fault>((falsifications, runs::newest(tx, control.id, "probe", 64)?))
    })?;
    let violated_at = probes.iter().filter(|p| p.run.violations > 0).map(|p| p.run.ended_at).max();
    debug_assert!(RENEW < FALSIFICATION_LIFE);
    let fresh = falsifications.iter().any(|f| {
        f.run.outcome == Outcome::Violated
            && f.run.version == control.version
            && f.run.digests == digests
            && f.run.ended_at.plus(RENEW) > now
            && f.run.ended_at <= now
            && violated_at.is_none_or(|at| f.run.ended_at > at)
    });
    Ok(!fresh)
}

async fn falsify(app: &Arc<App>, control: &'static Control, stand: &Stand) -> Result<(), Fault> {
    let started_at = app.clock.now();
    let tamper = (control.falsification.tamper)();
    let seen = match proxy::start(app, stand.target, stand.source, tamper).await {
        Ok(proxy) => {
            let vantage = stand.vantage(app, proxy.address);
            attempt(control, &vantage).await
        }
        Err(why) => Err(why),
    };
    let vantage = format!("loopback, from {}, through the fault proxy", stand.source);
    record(app, control, "falsification", "falsification", started_at, seen, &vantage).await
}

async fn probe(
    app: &Arc<App>,
    control: &'static Control,
    trigger: &'static str,
    stand: &Stand,
) -> Result<Result<Observation, Unable>, Fault> {
    let started_at = app.clock.now();
    let vantage = stand.vantage(app, stand.target);
    let seen = attempt(control, &vantage).await;
    let place = format!("loopback, from {}", stand.source);
    record(app, control, "probe", trigger, started_at, seen.clone(), &place).await?;
    Ok(seen)
}

/// Runs a probe. A violation that it saw counts, however the run ended.
async fn attempt(control: &Control, vantage: &Vantage) -> Result<Observation, Unable> {
    let ended = match tokio::time::timeout(RUN, (control.probe)(vantage)).await {
        Ok(ended) => ended,
        Err(_) => Err(Unable::because(format!("the probe took longer than {} s", RUN.as_secs()))),
    };
    let seen = vantage.seen.lock().unwrap_or_else(PoisonError::into_inner).clone();
    match ended {
        Err(why) if seen.violations == 0 => Err(why),
        _ => Ok(seen),
    }
}

async fn record(
    app: &Arc<App>,
    control: &'static Control,
    kind: &'static str,
    trigger: &'static str,
    started_at: Timestamp,
    seen: Result<Observation, Unable>,
    vantage: &str,
) -> Result<(), Fault> {
    let (outcome, seen) = match seen {
        Ok(seen) if seen.violations > 0 => (Outcome::Violated, seen),
        Ok(seen) if seen.attempts > 0 => (Outcome::Held, seen),
        Ok(seen) => (Outcome::Unable("the probe tried nothing".into()), seen),
        Err(why) => (Outcome::Unable(why.reason), Observation::default()),
    };
    let ended_at = app.clock.now();
    let new = New {
        id: RunId::new(ended_at, &*app.rng),
        control: control.id,
        kind,
        trigger,
        started_at,
        residue: seen.residue,
        evidence: String::new(),
        run: Run {
            version: control.version,
            digests: digest::now(app),
            ended_at,
            outcome,
            attempts: seen.attempts,
            violations: seen.violations,
            measured: seen.measured,
        },
    };
    evidence::service::record(app, control, new, &seen.steps, vantage).await
}
