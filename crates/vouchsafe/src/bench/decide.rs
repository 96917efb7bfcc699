//! Decisions about who may do what: the table and rules alone, and with the membership read from the store.

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Context, Result};
use kernel::Action;
use kernel::access::Role;
use kernel::rules::{Effect, Feature, Rules, member_allows};

use super::Figure;
use super::child::{Scratch, Server, open_stopped};

const DECISIONS: u32 = 20_000_000;
const READS: u32 = 100_000;

pub(super) async fn measure() -> Result<Vec<Figure>> {
    let alone = decisions();
    let with_read = reads().await?;
    let line = |figure, value: f64, goal, met| Figure {
        profile: "decide",
        figure,
        value,
        unit: "µs",
        limit: None,
        goal,
        met,
    };
    Ok(vec![
        line("a decision by role and rules", alone, "at most 2 µs", Some(alone <= 2.0)),
        line("the same with membership and rules read from the store", with_read, "none", None),
    ])
}

/// Microseconds of one decision, over all roles and actions in turn.
fn decisions() -> f64 {
    let mut rules = Rules::default();
    rules.add(Feature::Audit, Effect::Allow);
    rules.add(Feature::Team, Effect::Deny);
    let started = Instant::now();
    let mut allowed = 0_u32;
    let cells = Role::ALL.into_iter().flat_map(|r| Action::ALL.map(|a| (r, a)));
    for (role, action) in cells.cycle().take(DECISIONS as usize) {
        allowed += u32::from(member_allows(black_box(role), black_box(&rules), black_box(action)));
    }
    black_box(allowed);
    started.elapsed().as_secs_f64() * 1e6 / f64::from(DECISIONS)
}

async fn reads() -> Result<f64> {
    let scratch = Scratch::new("decide")?;
    let data = scratch.path().join("data");
    let server = Server::start(&data).await?;
    server.set_up().await?;
    drop(server);
    let app = open_stopped(&data)?;
    let words = |f: base::Fault| anyhow::anyhow!("{}", f.chain());
    let (tenant, _) =
        app.memberships.places(&app).map_err(words)?.first().cloned().context("no tenant")?;
    let owner = app.store.control().read(|tx| super::store::an_owner(tx, tenant)).map_err(words)?;
    let wanted = tenant.to_string();
    let started = Instant::now();
    for _ in 0..READS {
        let own = app.memberships.find(&app, owner, &wanted).map_err(words)?;
        black_box(own.context("no membership")?.allows(Action::SeeAudit));
    }
    Ok(started.elapsed().as_secs_f64() * 1e6 / f64::from(READS))
}
