//! One round: falsify what needs it, probe, confirm what went red, record everything.

use std::net::SocketAddr;
use std::sync::{Arc, PoisonError};
use std::task::Poll;
use std::time::Duration;

use base::id::RunId;
use base::{Fault, Timestamp};
use kernel::App;
use kernel::control::{Break, Control, Needs, Observation, Place, Promise, Unable, Vantage};
use tokio::sync::Mutex;

use super::stand::{self, Before, Stand};
use super::{controls, stop_condition};
use crate::canary::service::{self as canaries, NoCanary};
use crate::catalogue;
use crate::claim::{self, Published};
use crate::evidence::service::About;
use crate::proxy;
use crate::run::store::{self as runs, New};
use crate::shadow::Shadow;
use crate::verdict::{FALSIFICATION_LIFE, Outcome, Run};
use crate::{digest, evidence, lever, unrecorded, view};

/// A falsification is renewed when it is older than this, well within its life.
const RENEW: Duration = Duration::from_hours(7 * 24);

/// One round at a time, whoever asks for it.
#[derive(Default)]
struct Turn(Mutex<()>);

/// Runs every probe now, unless the lever is pulled.
pub async fn assess_all(app: &Arc<App>, trigger: &'static str) -> Result<(), Fault> {
    assess(app, &controls(app), trigger, false).await
}

/// Runs the probe of one claim now; `false` when nothing is behind it.
pub async fn assess_one(app: &Arc<App>, claim: &str, trigger: &'static str) -> Result<bool, Fault> {
    match super::control_of(app, claim) {
        Some(control) => assess(app, &[control], trigger, false).await.map(|()| true),
        None => Ok(false),
    }
}

/// Runs the probes of these claims now, of all without any; `falsify` shows anew first that they can fail.
/// Answers a claim that nothing is behind.
pub async fn assess_some(
    app: &Arc<App>,
    claims: &[String],
    falsify: bool,
) -> Result<Result<(), String>, Fault> {
    let mut wanted = Vec::new();
    for claim in claims {
        match super::control_of(app, claim) {
            Some(control) => wanted.push(control),
            None => return Ok(Err(claim.clone())),
        }
    }
    if claims.is_empty() {
        wanted = controls(app);
    }
    assess(app, &wanted, "manual", falsify).await.map(Ok)
}

/// Falsifies anew, though it may not be due, and probes.
pub(crate) async fn falsify_now(app: &Arc<App>, wanted: &[&'static Control]) -> Result<(), Fault> {
    assess(app, wanted, "manual", true).await
}

/// Runs these controls: beside each other what is tried on the running system and what is tried in shadows alone, which
/// disturbs nobody there; one after the other within each of the two; and last what counts other lines.
pub(super) async fn assess(
    app: &Arc<App>,
    wanted: &[&'static Control],
    trigger: &'static str,
    falsify: bool,
) -> Result<(), Fault> {
    let turn = app.kept.get(Turn::default);
    let _turn = turn.0.lock().await;
    claim::sync(app).await?;
    let published = claim::published(app)?;
    let mut round = Round { app, trigger, falsify, stand: None, shadow: None };
    let done = round.in_order(wanted, &published).await;
    round.close().await;
    done
}

/// Whether a control is posture's own: it tells of the other lines.
fn counts_others(control: &Control) -> bool {
    crate::control::CONTROLS.iter().any(|own| own.id == control.id)
}

pub(super) struct Round<'a> {
    app: &'a Arc<App>,
    trigger: &'static str,
    falsify: bool,
    stand: Option<Arc<Stand>>,
    shadow: Option<Shadow>,
}

/// A control with what its published claim says.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) control: &'static Control,
    pub(super) text: &'a str,
    pub(super) promised: Promise,
}

impl<'a> Round<'a> {
    /// A round that nobody records.
    pub(super) fn new(app: &'a Arc<App>) -> Self {
        Self { app, trigger: "matrix", falsify: false, stand: None, shadow: None }
    }

    pub(super) async fn close(self) {
        if let Some(shadow) = self.shadow {
            shadow.close().await;
        }
    }

    async fn in_order(
        &mut self,
        wanted: &[&'static Control],
        published: &[Published],
    ) -> Result<(), Fault> {
        let (counting, others): (Vec<&'static Control>, Vec<_>) =
            wanted.iter().partition(|c| counts_others(c));
        let (aside, real): (Vec<&'static Control>, Vec<_>) =
            others.iter().partition(|c| c.needs.place == Place::Shadow);
        if self.may_part().await? {
            let mut second =
                Round { app: self.app, stand: self.stand.clone(), shadow: None, ..*self };
            let (real, aside) =
                tokio::join!(self.all(&real, published), second.all(&aside, published));
            second.close().await;
            real.and(aside)?;
        } else {
            self.all(&real, published).await?;
            self.all(&aside, published).await?;
        }
        self.all(&counting, published).await
    }

    /// Whether there is somewhere to stand, for two at once: canaries are made and tidied up before they part.
    async fn may_part(&mut self) -> Result<bool, Fault> {
        let stopped = stop_condition(self.app)?.is_some() || self.is_stopped()?;
        Ok(!stopped && self.take_stand().await?.is_ok())
    }

    fn is_stopped(&self) -> Result<bool, Fault> {
        let pulled = self.app.store.posture().read(lever::store::find)?.is_some();
        Ok(pulled || self.app.tasks.is_stopping())
    }

    async fn all(
        &mut self,
        wanted: &[&'static Control],
        published: &[Published],
    ) -> Result<(), Fault> {
        for control in wanted {
            let line = published.iter().find(|p| p.entry.id == control.claim);
            let Some(line) = line.filter(|l| !l.is_withdrawn() && !l.is_paused()) else { continue };
            if self.is_stopped()? {
                break;
            }
            self.one(control, line).await?;
            view::note_states(self.app).await?;
        }
        Ok(())
    }

    async fn one(&mut self, control: &'static Control, line: &Published) -> Result<(), Fault> {
        let promised = catalogue::promised(&control.promised, &line.parameters);
        let line = Line { control, text: &line.text, promised };
        if let Some(why) = stop_condition(self.app)? {
            return self.unable(line, Unable::because(why)).await;
        }
        if let Err(why) = self.take_stand().await? {
            return self.unable(line, why).await;
        }
        if self.falsify || needs_falsification(self.app, control)? {
            self.falsify(line).await?;
        }
        let seen = self.probe(line, self.trigger).await?;
        let real = control.needs.place != Place::Shadow;
        if real && matches!(&seen, Err(why) if why.canary_lost) {
            // Somebody took a canary over, or it is gone. Others are ordinary accounts like it.
            canaries::retire(self.app).await?;
            self.stand = None;
            if let Err(why) = self.take_stand().await? {
                return self.unable(line, why).await;
            }
            return self.probe(line, "fresh canary").await.map(drop);
        }
        if seen.is_ok_and(|s| s.violations > 0) {
            // Both runs stand in the log; the second tells a slip from a failure to whoever reads it.
            return self.probe(line, "confirmation").await.map(drop);
        }
        Ok(())
    }

    pub(super) async fn take_stand(&mut self) -> Result<Result<(), Unable>, Fault> {
        if self.stand.is_none() {
            self.stand = match Stand::take(self.app).await {
                Ok(stand) => Some(Arc::new(stand)),
                Err(NoCanary::Unable(why)) => return Ok(Err(why)),
                Err(NoCanary::Fault(fault)) => return Err(fault),
            };
        }
        Ok(Ok(()))
    }

    async fn unable(&self, line: Line<'_>, why: Unable) -> Result<(), Fault> {
        let now = self.app.clock.now();
        let run = Made { kind: "probe", trigger: self.trigger, started_at: now };
        let environment = view::environment(self.app, Some(line.control));
        self.record(line, run, Err(why), "none", environment).await
    }

    async fn falsify(&mut self, line: Line<'_>) -> Result<(), Fault> {
        let made = Made {
            kind: "falsification",
            trigger: "falsification",
            started_at: self.app.clock.now(),
        };
        let (seen, vantage, environment) = self.against(line, line.control.falsification.by).await;
        self.record(line, made, seen, vantage, environment).await
    }

    /// Sends a probe against a system that is broken; says where that was.
    pub(super) async fn against(
        &mut self,
        line: Line<'_>,
        by: Break,
    ) -> (Result<Observation, Unable>, &'static str, &'static str) {
        match by {
            Break::State { plant, mend } => {
                let seen = self.in_shadow(line, plant, mend).await;
                (seen, "in a shadow whose data or guard was broken", "shadow")
            }
            Break::Answers(tamper) => {
                let seen = self.behind_proxy(line, proxy::Fault::Answers(tamper())).await;
                let environment = view::environment(self.app, Some(line.control));
                (seen, "loopback, through the fault proxy", environment)
            }
            Break::FirstBytes(answer) => {
                let seen = self.behind_proxy(line, proxy::Fault::FirstBytes(answer)).await;
                (seen, "loopback, before a stand-in", "real")
            }
        }
    }

    async fn in_shadow(
        &mut self,
        line: Line<'_>,
        plant: Plant,
        mend: Mend,
    ) -> Result<Observation, Unable> {
        let source = self.stand()?.source;
        self.open_shadow().await?;
        let shadow = self.shadow()?;
        let planting = std::panic::AssertUnwindSafe(|| plant(&shadow.counter()));
        let planted = std::panic::catch_unwind(planting)
            .map_err(|_| Unable::because("breaking the shadow panicked"))
            .and_then(|planted| planted.map_err(Unable::from));
        let (control, promised) = (line.control, line.promised);
        let vantage = planted.and_then(|weakness| {
            stand::in_shadow(self.app, shadow, (control, promised), weakness, (source, None))
        });
        let seen = match vantage {
            Ok(vantage) => self.attempt(control, &vantage).await,
            Err(why) => Err(why),
        };
        // Whatever happened before: it is made good, or not used again.
        if let Err(fault) = mend(&shadow.counter()) {
            // A shadow that stays broken would turn other probes red, too.
            tracing::warn!(fault = %fault.chain(), "a shadow could not be made good again");
            if let Some(shadow) = self.shadow.take() {
                shadow.close().await;
            }
        }
        self.close_early().await;
        seen
    }

    /// Tries a line in a shadow that nothing was broken in, perhaps through a proxy.
    async fn aside(
        &mut self,
        line: Line<'_>,
        through: Option<SocketAddr>,
    ) -> Result<Observation, Unable> {
        let (source, none) = (self.stand()?.source, kernel::inspect::Weakness::None);
        self.open_shadow().await?;
        let control = (line.control, line.promised);
        let vantage = stand::in_shadow(self.app, self.shadow()?, control, none, (source, through))?;
        let seen = self.attempt(line.control, &vantage).await;
        drop(vantage);
        // What was cut short may have left a password that nobody knows.
        if seen.is_err()
            && let Some(shadow) = self.shadow.take()
        {
            shadow.close().await;
        }
        self.close_early().await;
        seen
    }

    async fn open_shadow(&mut self) -> Result<(), Unable> {
        if self.shadow.is_none() {
            let source = self.stand()?.source;
            self.shadow = Some(Shadow::open(self.app, source).await?);
        }
        Ok(())
    }

    fn shadow(&self) -> Result<&Shadow, Unable> {
        self.shadow.as_ref().ok_or_else(|| Unable::because("there is no shadow"))
    }

    /// A shadow whose clock was put forward is of no use to others.
    async fn close_early(&mut self) {
        if let Some(shadow) = self.shadow.take_if(|s| s.aside.clock.is_ahead()) {
            shadow.close().await;
        }
    }

    async fn behind_proxy(
        &mut self,
        line: Line<'_>,
        fault: proxy::Fault,
    ) -> Result<Observation, Unable> {
        if line.control.needs.place == Place::Shadow {
            let source = self.stand()?.source;
            self.open_shadow().await?;
            let upstream = proxy::Upstream::new(self.shadow()?.address, source, false);
            let proxy = proxy::start(self.app, upstream, fault).await?;
            return self.aside(line, Some(proxy.address)).await;
        }
        if line.control.needs.place == Place::Beside {
            self.open_shadow().await?;
        }
        let stand = self.stand()?;
        if line.control.needs.canaries {
            stand.canaries().map_err(Clone::clone)?;
        }
        let upstream = proxy::Upstream::new(
            stand.target,
            stand.source_of(self.app, line.control),
            stand.is_secure(),
        );
        let raw = matches!(fault, proxy::Fault::FirstBytes(_));
        let proxy = proxy::start(self.app, upstream, fault).await?;
        let before =
            if raw { Before::StandIn(proxy.address) } else { Before::Proxy(proxy.address) };
        let mut vantage = stand.vantage(self.app, line.control, line.promised, before)?;
        vantage.beside = self.beside(line)?;
        self.attempt(line.control, &vantage).await
    }

    /// The shadow beside the running system, for a control that needs one.
    fn beside(&self, line: Line<'_>) -> Result<Option<Box<Vantage>>, Unable> {
        if line.control.needs.place != Place::Beside {
            return Ok(None);
        }
        let (source, none) = (self.stand()?.source, kernel::inspect::Weakness::None);
        let control = (line.control, line.promised);
        let vantage = stand::in_shadow(self.app, self.shadow()?, control, none, (source, None))?;
        Ok(Some(Box::new(vantage)))
    }

    async fn probe(
        &mut self,
        line: Line<'_>,
        trigger: &'static str,
    ) -> Result<Result<Observation, Unable>, Fault> {
        let made = Made { kind: "probe", trigger, started_at: self.app.clock.now() };
        let place = line.control.needs.place;
        let ready = if place == Place::Beside { self.open_shadow().await } else { Ok(()) };
        let (seen, place) = match ready.and_then(|()| self.stand()) {
            Err(why) => (Err(why), "none".to_owned()),
            Ok(_) if place == Place::Shadow => {
                (self.aside(line, None).await, "in a shadow of this program".to_owned())
            }
            Ok(stand) => {
                let inside = if line.control.needs.inspector { ", and from inside" } else { "" };
                let place =
                    format!("loopback, from {}{inside}", stand.source_of(self.app, line.control));
                let before = Before::Nothing;
                let vantage = stand.vantage(self.app, line.control, line.promised, before);
                let vantage = vantage.and_then(|mut vantage| {
                    vantage.beside = self.beside(line)?;
                    Ok(vantage)
                });
                let seen = match vantage {
                    Ok(vantage) => self.attempt(line.control, &vantage).await,
                    Err(why) => Err(why),
                };
                (seen, place)
            }
        };
        let environment = view::environment(self.app, Some(line.control));
        if let Err(fault) = self.record(line, made, seen.clone(), &place, environment).await {
            if seen.as_ref().is_ok_and(|s| s.violations > 0) {
                unrecorded::note(self.app, line.control.id);
            }
            return Err(fault);
        }
        unrecorded::settle(self.app, line.control.id);
        Ok(seen)
    }

    fn stand(&self) -> Result<&Stand, Unable> {
        self.stand.as_deref().ok_or_else(|| Unable::because("there is nowhere to stand"))
    }

    async fn record(
        &self,
        line: Line<'_>,
        made: Made,
        seen: Result<Observation, Unable>,
        vantage: &str,
        environment: &str,
    ) -> Result<(), Fault> {
        let (outcome, seen) = match seen {
            Ok(seen) if seen.violations > 0 => (Outcome::Violated, seen),
            Ok(seen) if seen.attempts > 0 => (Outcome::Held, seen),
            Ok(seen) => (Outcome::Unable("the probe tried nothing".into()), seen),
            Err(why) => (Outcome::Unable(why.reason), Observation::default()),
        };
        let (covered, of) = self.coverage(line.control.needs)?;
        let ended_at = self.app.clock.now();
        let digests = digest::of(self.app, line.control);
        let new = New {
            id: RunId::new(ended_at, &*self.app.rng),
            control: line.control.id,
            kind: made.kind,
            trigger: made.trigger,
            started_at: made.started_at,
            residue: seen.residue,
            kept: seen.measured.as_ref().is_some_and(|f| line.promised.kept_by(f.value)),
            evidence: String::new(),
            run: Run {
                number: 0,
                version: line.control.version,
                subject: digests.subject(),
                ended_at,
                outcome,
                attempts: seen.attempts,
                violations: seen.violations,
                measured: seen.measured,
                covered,
                of,
                note: seen.note,
            },
            digests,
        };
        let about = About {
            control: line.control,
            text: line.text,
            promised: &line.promised,
            steps: &seen.steps,
            vantage,
            environment,
        };
        evidence::service::record(self.app, new, &about).await
    }

    /// Runs a probe. A violation that it saw counts, however the run ended; so does bait out of its place.
    async fn attempt(&self, control: &Control, vantage: &Vantage) -> Result<Observation, Unable> {
        let most = Duration::from_secs(self.app.config.posture.run_s);
        let probing = unpanicked((control.probe)(vantage));
        let ended = match tokio::time::timeout(most, probing).await {
            Ok(ended) => ended,
            Err(_) => {
                Err(Unable::because(format!("the probe took longer than {} s", most.as_secs())))
            }
        };
        let escaped = vantage.guard.escaped();
        if escaped > 0 {
            let what = "bait of one canary in an answer to another";
            vantage.tried_many(what, "none", escaped, escaped);
            vantage.measured_violations();
        }
        let seen = vantage.seen.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match ended {
            Err(why) if seen.violations == 0 => Err(why),
            _ => Ok(seen),
        }
    }

    /// How many tenants are kept as the canaries' are, of how many; one of one for what has no tenants.
    fn coverage(&self, needs: Needs) -> Result<(u64, u64), Fault> {
        let canaries = self.stand.as_ref().and_then(|s| s.canaries().ok()).unwrap_or_default();
        if !needs.canaries || canaries.is_empty() {
            return Ok((1, 1));
        }
        let places = self.app.memberships.places(self.app)?;
        let alike = |region: &String| canaries.iter().any(|c| c.region == *region);
        let covered = places.iter().filter(|(_, region)| alike(region)).count();
        Ok((covered as u64, places.len() as u64))
    }
}

type Plant = fn(&kernel::control::Counter<'_>) -> Result<kernel::inspect::Weakness, Fault>;
type Mend = fn(&kernel::control::Counter<'_>) -> Result<(), Fault>;

/// Which run it is.
#[derive(Clone, Copy)]
struct Made {
    kind: &'static str,
    trigger: &'static str,
    started_at: Timestamp,
}

fn needs_falsification(app: &App, control: &Control) -> Result<bool, Fault> {
    let now = app.clock.now();
    let subject = digest::subject(app, control);
    let (falsifications, violated) = app.store.posture().read(|tx| {
        let falsifications = runs::newest(tx, control.id, "falsification", 1)?;
        Ok::<_, Fault>((falsifications, runs::last_violated(tx, control.id)?))
    })?;
    debug_assert!(RENEW < FALSIFICATION_LIFE);
    let fresh = falsifications.last().is_some_and(|f| {
        f.run.outcome == Outcome::Violated
            && f.run.version == control.version
            && f.run.subject == subject
            && f.run.ended_at.plus(RENEW) > now
            && f.run.ended_at <= now
            && violated.is_none_or(|v| f.run.number > v.run.number)
    });
    Ok(!fresh)
}

/// A probe that panics has found nothing out; it must not take the others with it.
async fn unpanicked(mut probing: kernel::control::Probing<'_>) -> Result<(), Unable> {
    std::future::poll_fn(|cx| {
        let poll = std::panic::AssertUnwindSafe(|| probing.as_mut().poll(cx));
        std::panic::catch_unwind(poll)
            .unwrap_or_else(|_| Poll::Ready(Err(Unable::because("the probe panicked"))))
    })
    .await
}
