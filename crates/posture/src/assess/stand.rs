//! Where a round's probes stand: source address, host, canaries, guard; and what stops a round.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use base::Fault;
use kernel::App;
use kernel::config::Mode;
use kernel::control::{
    Canary, Control, Doors, Guard, Leases, NoLeases, Promise, RouteLine, Unable, Vantage,
};
use kernel::door::Door;
use kernel::inspect::{Inspector, Weakness};
use kernel::traffic::Trouble;

use crate::canary::service::{self as canaries, Book, NoCanary};
use crate::shadow::Shadow;

/// The browser that probes seem to be.
pub(crate) const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";
/// The name of a thing that nobody has.
const NOBODY: &str = "none";
/// Below this share of free space nothing is tried: the evidence could not be kept.
const DISK_FREE_MIN: f64 = 0.10;
/// A disk this large is never too full by share alone.
const DISK_FREE_ENOUGH: u64 = 4 * 1024 * 1024 * 1024;

/// What stands between a probe and the system.
#[derive(Clone, Copy)]
pub(crate) enum Before {
    Nothing,
    Proxy(SocketAddr),
    StandIn(SocketAddr),
}

/// One source address and one pair of canaries for a whole round.
pub(crate) struct Stand {
    pub(crate) target: SocketAddr,
    pub(crate) source: IpAddr,
    host: String,
    doors: Doors,
    canaries: Result<Vec<Canary>, Unable>,
    routes: Arc<[RouteLine]>,
    /// For letters; it is no probe's, and nobody watches what it reads.
    reading: Door,
}

impl Stand {
    /// Of the running installation. Canaries that are missing are an answer, not a fault: other probes go on.
    pub(crate) async fn take(app: &Arc<App>) -> Result<Self, NoCanary> {
        let target = app.door.load().as_deref().copied();
        let target = target.ok_or_else(|| Unable::because("the console is not listening yet"))?;
        let source = source(app);
        let origin = app.origin.load().to_string();
        let host = origin.split("://").nth(1).unwrap_or("localhost").to_owned();
        let doors = **app.doors.load();
        let door = Door::new(target, &host, source, AGENT).secured(doors.https == Some(target));
        let canaries = match canaries::ensure(app, &door).await {
            Ok(canaries) => {
                canaries::clean(app, &door, &canaries).await?;
                Ok(canaries)
            }
            Err(NoCanary::Unable(why)) => Err(why),
            Err(fault) => return Err(fault),
        };
        Ok(Self { target, source, host, doors, routes: routes(app), canaries, reading: door })
    }

    /// A vantage for one control, on the door or on what stands before it.
    pub(crate) fn vantage(
        &self,
        app: &Arc<App>,
        control: &Control,
        promised: Promise,
        before: Before,
    ) -> Result<Vantage, Unable> {
        let canaries = if control.needs.canaries { self.canaries.clone()? } else { Vec::new() };
        let (target, doors) = match before {
            Before::Nothing => (self.target, self.doors),
            // A proxy speaks plain HTTP, whatever it stands before.
            Before::Proxy(at) => {
                let instead = |door: Option<SocketAddr>| door.map(|_| at);
                let (plain, redirect) = (instead(self.doors.plain), instead(self.doors.redirect));
                let none = plain.is_none() && redirect.is_none();
                let plain = if none { Some(at) } else { plain };
                (at, Doors { https: None, plain, redirect })
            }
            Before::StandIn(at) => (at, Doors { https: Some(at), ..Doors::default() }),
        };
        // A guard of its own: what one probe leased or saw is no other's affair.
        let guard = guard(&doors, target, self.canaries().unwrap_or_default());
        Ok(Vantage {
            target,
            host: self.host.clone(),
            doors,
            evaluation: app.config.mode == Mode::Evaluation,
            canaries,
            inspector: control.needs.inspector.then(|| Inspector::new(app)),
            routes: Arc::clone(&self.routes),
            promised,
            source: self.source_of(app, control),
            clock: Arc::clone(&app.clock),
            rng: Arc::clone(&app.rng),
            guard,
            leases: Arc::new(Book(Arc::clone(app))) as Arc<dyn Leases>,
            letters: Arc::new(canaries::Post::new(app, &self.reading)),
            browsers: Mutex::default(),
            seen: Mutex::default(),
            shadow: None,
            beside: None,
        })
    }

    /// The source address of one control. It is the same in every round, so that limits for an address count each
    /// probe for itself, and a canary's account comes to know the addresses.
    pub(crate) fn source_of(&self, app: &App, control: &Control) -> IpAddr {
        let at = super::controls(app).iter().position(|c| c.id == control.id).unwrap_or(0);
        let host = u8::try_from(at + 1).unwrap_or(200).min(200);
        match self.source {
            IpAddr::V4(v4) => {
                let [a, b, c, _] = v4.octets();
                IpAddr::V4(Ipv4Addr::new(a, b, c, host))
            }
            other @ IpAddr::V6(_) => other,
        }
    }

    /// Whether the listener that probes go to speaks TLS.
    pub(crate) fn is_secure(&self) -> bool {
        self.doors.https == Some(self.target)
    }

    /// Whether canaries are there.
    pub(crate) fn canaries(&self) -> Result<&[Canary], &Unable> {
        self.canaries.as_deref()
    }
}

/// A vantage inside a shadow, perhaps through a proxy.
pub(crate) fn in_shadow(
    app: &Arc<App>,
    shadow: &Shadow,
    (control, promised): (&Control, Promise),
    weakness: Weakness,
    (source, through): (IpAddr, Option<SocketAddr>),
) -> Result<Vantage, Unable> {
    let target = through.unwrap_or(shadow.address);
    let doors = Doors { plain: Some(target), ..Doors::default() };
    Ok(Vantage {
        target,
        host: format!("localhost:{}", shadow.address.port()),
        doors,
        evaluation: true,
        canaries: shadow.canaries.clone(),
        inspector: control
            .needs
            .inspector
            .then(|| Inspector::weakened(&shadow.app, weakness))
            .transpose()?,
        routes: routes(app),
        promised,
        source,
        clock: Arc::clone(&shadow.app.clock),
        rng: Arc::clone(&app.rng),
        guard: guard(&doors, target, &shadow.canaries),
        leases: Arc::new(NoLeases),
        letters: Arc::new(canaries::Post::new(&shadow.app, &shadow.door(source))),
        browsers: Mutex::default(),
        seen: Mutex::default(),
        shadow: Some(shadow.aside.clone()),
        beside: None,
    })
}

fn guard(doors: &Doors, target: SocketAddr, canaries: &[Canary]) -> Arc<Guard> {
    let addresses = [Some(target), doors.https, doors.plain, doors.redirect];
    let baits = canaries.iter().map(|c| c.bait.clone()).collect();
    let guard = Guard::new(addresses.into_iter().flatten(), baits);
    guard.lease(NOBODY);
    for canary in canaries {
        guard.lease(canary.email.clone());
        guard.lease(canary.slug.clone());
        guard.lease(canary.tenant.to_string());
    }
    Arc::new(guard)
}

/// 127.66.0.0/16: probes come from addresses that nobody else has.
fn source(app: &App) -> IpAddr {
    // Of the installation, and not of the round.
    let [a, ..] = app.blind_index("probe source", &app.installation);
    IpAddr::V4(Ipv4Addr::new(127, 66, a, 253))
}

fn routes(app: &App) -> Arc<[RouteLine]> {
    app.domains
        .iter()
        .flat_map(|d| (d.routes)())
        .map(|route| RouteLine {
            path: route.path,
            name: route.name,
            access: route.access,
            method: route.doc.as_ref().map(|d| d.method),
        })
        .collect()
}

/// What stops a round before it begins: it is then `unchecked`, not failing.
pub(crate) fn stop_condition(app: &App) -> Result<Option<&'static str>, Fault> {
    let stat = rustix::fs::statvfs(app.store.folder().path()).map_err(std::io::Error::from)?;
    let free = stat.f_bavail.saturating_mul(stat.f_frsize);
    let all = stat.f_blocks.saturating_mul(stat.f_frsize).max(1);
    let full = (free as f64 / all as f64) < DISK_FREE_MIN && free < DISK_FREE_ENOUGH;
    if full {
        return Ok(Some("less than a tenth of the disk is free: nothing is tried"));
    }
    Ok(app.traffic.trouble(app.clock.now()).map(|trouble| match trouble {
        Trouble::Failing => "a tenth of all requests fail just now: nothing is tried on top",
        Trouble::Slow => "a tenth of all requests are slow just now: nothing is tried on top",
    }))
}
