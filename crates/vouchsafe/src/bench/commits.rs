//! Durable encrypted commits with 64 writers on one tenant, beside bare loops on the same disk.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use base::{Fault, Secret, Timestamp};
use crypt::SystemRng;
use store::{Schema, Store};

use super::Figure;
use super::child::Scratch;
use crate::clock::SystemClock;
use crate::compose::DOMAINS;

const SPAN: Duration = Duration::from_secs(3);
const WRITERS: usize = 64;
/// Rows in a commit of the bare grouped loop: what 64 writers that wait for each other come to.
const GROUP: usize = 62;

/// Opens a store of its own in a scratch folder.
pub(super) fn open(scratch: &Scratch) -> Result<Arc<Store>> {
    let folder = crate::compose::take_folder(&scratch.path().join("data"))?;
    let schema = Schema::new(DOMAINS.iter().flat_map(|d| d.migrations).copied());
    let master = crypt::MasterKey::generate(&SystemRng);
    Store::open(folder, master, schema, Arc::new(SystemClock), Arc::new(SystemRng)).map_err(words)
}

pub(super) fn words(fault: Fault) -> anyhow::Error {
    anyhow!("{}", fault.chain())
}

pub(super) async fn measure() -> Result<Vec<Figure>> {
    let scratch = Scratch::new("commits")?;
    let single = bare(&scratch, "single.db", 1)?;
    let grouped = bare(&scratch, "grouped.db", GROUP)?;
    let own = own(&scratch).await?;
    let line = |figure, limit: f64, goal, met| Figure {
        profile: "commits",
        figure,
        value: own,
        unit: "/s",
        limit: Some(limit),
        goal,
        met: Some(met),
    };
    Ok(vec![
        line(
            "acknowledged writes, 64 writers, limit: bare loop, 62 rows a commit",
            grouped,
            "at least 0.5 of the limit",
            own >= 0.5 * grouped,
        ),
        line(
            "the same, limit: bare loop, one row a commit",
            single,
            "at least 4 times the limit",
            own >= 4.0 * single,
        ),
    ])
}

fn bare(scratch: &Scratch, name: &str, group: usize) -> Result<f64> {
    let started = Instant::now();
    let key = Secret::new([5; 48]);
    let path = scratch.path().join(name);
    let rows =
        store::bare::inserts(&path, &key, group, || started.elapsed() > SPAN).map_err(words)?;
    Ok(rows as f64 / started.elapsed().as_secs_f64())
}

/// Jobs of 200 bytes, with time-ordered identifiers, into one tenant's file.
async fn own(scratch: &Scratch) -> Result<f64> {
    let store = open(scratch)?;
    let tenant = super::tenants::make(&store).await?;
    let tenant = Arc::new(tenant);
    let started = Instant::now();
    let payload = [b'x'; 200];
    let writers = (0..WRITERS).map(|_| {
        let tenant = Arc::clone(&tenant);
        tokio::spawn(async move {
            let mut rows = 0_u64;
            while started.elapsed() < SPAN {
                let now = Timestamp(i64::MAX - 1);
                let made = base::id::JobId::new(base::Clock::now(&SystemClock), &SystemRng);
                tenant
                    .write(move |tx| {
                        store::queue::enqueue(tx, made, "bench.row", &payload, now, now)
                    })
                    .await?;
                rows += 1;
            }
            Ok::<u64, Fault>(rows)
        })
    });
    let mut rows = 0;
    for writer in writers.collect::<Vec<_>>() {
        rows += writer.await?.map_err(words)?;
    }
    Ok(rows as f64 / started.elapsed().as_secs_f64())
}
