//! How often an address may come to a route that anybody can call: a token bucket (GCRA) for each address and group
//! of routes, in memory. IPv6 counts by /64, because whoever has one address there has all of them.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue};
use base::Clock;
use governor::clock::{Clock as Ticks, Reference};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::app::App;
use crate::config::Limits;

/// Routes that share a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Asking for a letter: sign-up, a lost password.
    Letter,
    /// Having a password judged while it is typed.
    Meter,
    /// Presenting a password, a code or a passkey.
    SignIn,
}

impl Group {
    const ALL: [Self; 3] = [Self::Letter, Self::Meter, Self::SignIn];

    /// Its name in the `RateLimit` headers.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Meter => "meter",
            Self::SignIn => "sign-in",
        }
    }

    fn per_minute(self, limits: &Limits) -> u32 {
        match self {
            Self::Letter => limits.letters_per_minute,
            Self::Meter => METER_PER_MINUTE,
            Self::SignIn => limits.sign_ins_per_minute,
        }
    }
}

/// The program's own clock, for the buckets. They want one that never goes back: where the machine's clock was put
/// back, this one goes on from where it was.
#[derive(Clone)]
struct AppClock {
    clock: Arc<dyn Clock>,
    /// What was read last, and what is added to it since the clock was put back, in milliseconds.
    last: Arc<Mutex<(i64, i64)>>,
}

impl Ticks for AppClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        let now = self.clock.now().0;
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if now < last.0 {
            last.1 += last.0 - now;
        }
        last.0 = now;
        Duration::from_millis(u64::try_from(now + last.1).unwrap_or(0))
    }
}

type Buckets =
    RateLimiter<[u8; 16], HashMapStateStore<[u8; 16]>, AppClock, StateInformationMiddleware>;

/// The buckets of all groups.
pub(super) struct Limiter(Vec<(Group, u32, Buckets)>);

/// Nobody types faster.
const METER_PER_MINUTE: u32 = 600;

/// Addresses that are remembered before those that have long been quiet are forgotten.
const REMEMBERED: usize = 50_000;

/// What a request was told.
pub(super) struct Told {
    group: Group,
    limit: u32,
    left: u32,
    /// Seconds until the bucket has room again; zero when there is room.
    wait: u32,
}

impl Told {
    /// Whether the request has to wait.
    pub(super) fn wait(&self) -> Option<u32> {
        (self.wait > 0).then_some(self.wait)
    }

    /// `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10).
    pub(super) fn add(&self, headers: &mut HeaderMap) {
        let (name, limit) = (self.group.word(), self.limit);
        let policy = format!("\"{name}\";q={limit};w=60");
        // A bucket fills evenly: this long until all of it is there again.
        let full = (u64::from(limit.saturating_sub(self.left)) * 60).div_ceil(u64::from(limit));
        let now = format!("\"{name}\";r={};t={}", self.left, full.max(u64::from(self.wait)));
        for (name, text) in [("ratelimit-policy", policy), ("ratelimit", now)] {
            if let Ok(value) = HeaderValue::from_str(&text) {
                headers.insert(name, value);
            }
        }
    }
}

impl Limiter {
    fn new(app: &App) -> Self {
        let buckets = |group: Group| {
            let limit = group.per_minute(&app.config.limits);
            let quota = Quota::per_minute(NonZeroU32::new(limit).unwrap_or(NonZeroU32::MIN));
            let clock = AppClock { clock: Arc::clone(&app.clock), last: Arc::default() };
            (group, limit, Buckets::new(quota, HashMapStateStore::default(), clock))
        };
        Self(Group::ALL.into_iter().map(buckets).collect())
    }

    fn check(&self, group: Group, source: IpAddr) -> Option<Told> {
        let (_, limit, buckets) = self.0.iter().find(|(g, _, _)| *g == group)?;
        if buckets.len() > REMEMBERED {
            buckets.retain_recent();
        }
        let told = |left, wait| Told { group, limit: *limit, left, wait };
        Some(match buckets.check_key(&prefix(source)) {
            Ok(state) => told(state.remaining_burst_capacity(), 0),
            Err(refused) => {
                let now = buckets.clock().now();
                let wait = refused.earliest_possible().duration_since(now);
                let seconds = Duration::from(wait).as_millis().div_ceil(1000);
                told(0, u32::try_from(seconds).unwrap_or(u32::MAX).max(1))
            }
        })
    }
}

/// Counts a request against its address. `None` where nothing is limited, or no address is known.
pub(super) fn check(app: &App, group: Option<Group>, source: Option<IpAddr>) -> Option<Told> {
    app.kept.get(|| Limiter::new(app)).check(group?, source?)
}

/// What an address counts as.
#[must_use]
pub fn prefix(source: IpAddr) -> [u8; 16] {
    let mut key = match source.to_canonical() {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().octets(),
        IpAddr::V6(v6) => v6.octets(),
    };
    if matches!(source.to_canonical(), IpAddr::V6(_)) {
        key[8..].fill(0);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Hands(std::sync::atomic::AtomicI64);

    impl Clock for Hands {
        fn now(&self) -> base::Timestamp {
            base::Timestamp(self.0.load(std::sync::atomic::Ordering::SeqCst))
        }
    }

    #[test]
    fn a_clock_that_is_put_back_goes_on() {
        let hands = Arc::new(Hands(1_000_000.into()));
        let clock = AppClock { clock: Arc::clone(&hands) as _, last: Arc::default() };
        let read = |at: i64| {
            hands.0.store(at, std::sync::atomic::Ordering::SeqCst);
            clock.now().as_millis()
        };
        let first = read(1_000_000);
        assert_eq!(read(1_000_500), first + 500);
        assert_eq!(read(400_000), first + 500, "put back");
        assert_eq!(read(400_100), first + 600);
        assert_eq!(read(200_000), first + 600, "put back again");
        assert_eq!(read(900_000), first + 700_600, "put forward");
    }

    #[test]
    fn an_address_of_ipv6_counts_as_its_network() {
        let of = |text: &str| prefix(text.parse().expect("an address"));
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }
}
