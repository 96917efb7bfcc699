//! Refused calls to routes of administrators, as the kernel tells of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::id::{AccountId, TenantId};
use base::{Fault, Timestamp};
use kernel::app::RefusedCall;
use kernel::{App, Op};
use serde_json::json;
use store::Outbox;

use crate::entry::{Event, bytes_of};

/// The port of the audit log.
pub struct Port;

impl kernel::app::Records for Port {
    fn refused(&self, app: &Arc<App>, op: &Op, call: RefusedCall) {
        note(app, op, &call, Event::refused("access.refused"));
    }

    fn reported(&self, app: &Arc<App>, op: &Op, call: RefusedCall) {
        note(app, op, &call, Event::done("access.reported"));
    }
}

fn note(app: &Arc<App>, op: &Op, call: &RefusedCall, event: Event) {
    let Some(person) = op.person() else { return };
    let whose = (person.account, call.tenant);
    match app.kept.get(Lately::default).count(whose, op.now) {
        Counted::Entry => write(app, op, about(event, call)),
        Counted::FirstMore => tell_later(app, op, whose),
        Counted::More => {}
    }
}

/// Refused calls of one account in one tenant, or outside of its own, in ten minutes, that get entries of their own: a flood
/// is not to fill the disk. Of those beyond it the log has the number.
const EACH_MAX: u32 = 600;
const WINDOW: Duration = Duration::from_mins(10);
/// Of so many at once.
const ACCOUNTS_MAX: usize = 10_000;

/// Whose calls are counted: an account's in its tenant. A flood elsewhere is not to silence a tenant's log.
type Whose = (AccountId, Option<TenantId>);

#[derive(Default)]
struct Lately(Mutex<HashMap<Whose, Window>>);

struct Window {
    since: Timestamp,
    entries: u32,
    more: u64,
}

enum Counted {
    /// It gets an entry.
    Entry,
    /// It gets none any more: the first one.
    FirstMore,
    /// It gets none.
    More,
}

impl Lately {
    fn count(&self, whose: Whose, now: Timestamp) -> Counted {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let over = |w: &Window| w.more == 0 && now.since(w.since) >= WINDOW;
        if all.len() >= ACCOUNTS_MAX {
            all.retain(|_, w| !over(w));
        }
        let new = Window { since: now, entries: 0, more: 0 };
        let window = all.entry(whose).or_insert(new);
        if over(window) {
            *window = Window { since: now, entries: 0, more: 0 };
        }
        if window.entries < EACH_MAX {
            window.entries += 1;
            return Counted::Entry;
        }
        window.more += 1;
        if window.more == 1 { Counted::FirstMore } else { Counted::More }
    }

    /// Ends an account's window; answers how many calls had no entry.
    fn end(&self, whose: Whose) -> u64 {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(&whose).map_or(0, |w| w.more)
    }
}

fn about(event: Event, call: &RefusedCall) -> Event {
    let mut detail = json!({ "method": call.method, "route": call.route, "status": call.status });
    if let Some(origin) = &call.origin {
        detail["origin"] = json!(origin);
    }
    let mut event = event.with(detail);
    event.tenant = call.tenant;
    // Somebody else's tenant: the platform hears of it, not that tenant's people.
    event.target = call.other.map(|t| t.to_string());
    event
}

/// Nobody waits for the entry.
fn write(app: &Arc<App>, op: &Op, event: Event) {
    app.tasks.spawn(written(app, op, event));
}

/// Queued before this returns, so before the answer goes out. The future tells when it is written.
fn written(app: &App, op: &Op, event: Event) -> impl Future<Output = ()> + Send + use<> {
    let queued = bytes_of(app, op, event)
        .map(|bytes| app.store.control().write_queued(move |tx| Outbox::put(tx, &bytes)));
    async move {
        let written: Result<(), Fault> = match queued {
            Ok(queued) => queued.await,
            Err(fault) => Err(fault),
        };
        if let Err(fault) = written {
            tracing::error!(fault = %fault.chain(), "refused calls could not be written down");
        }
    }
}

/// When the ten minutes are over, or the program ends, the number of those without an entry is written down.
fn tell_later(app: &Arc<App>, op: &Op, whose: Whose) {
    let (app2, op) = (Arc::clone(app), op.clone());
    app.tasks.spawn(async move {
        let mut stopping = app2.tasks.stopping();
        tokio::select! {
            () = tokio::time::sleep(WINDOW) => {}
            _ = stopping.wait_for(|stopping| *stopping) => {}
        }
        let more = app2.kept.get(Lately::default).end(whose);
        let mut event = Event::refused("access.refused").with(json!({ "more": more }));
        event.tenant = whose.1;
        written(&app2, &op, event).await;
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_has_a_number_and_later_there_are_entries_again() {
        let (lately, now) = (Lately::default(), Timestamp(1_000_000));
        let rng = crypt::SystemRng;
        let (one, other) = ((AccountId::new(now, &rng), None), (AccountId::new(now, &rng), None));
        let mut entries = 0;
        for _ in 0..900 {
            entries += u32::from(matches!(lately.count(one, now), Counted::Entry));
        }
        assert_eq!(entries, EACH_MAX);
        assert!(matches!(lately.count(other, now), Counted::Entry), "each account by itself");
        let tenant = Some(TenantId::new(now, &rng));
        assert!(matches!(lately.count((one.0, tenant), now), Counted::Entry), "each tenant too");
        let later = now.plus(WINDOW);
        assert!(matches!(lately.count(one, later), Counted::More), "until the number is written");
        assert_eq!(lately.end(one), 301);
        assert!(matches!(lately.count(one, later), Counted::Entry));
        assert_eq!(lately.end((AccountId::new(now, &rng), None)), 0);
    }
}
