//! Cold start to readiness, and memory when nothing happens.

use std::time::Duration;

use anyhow::Result;

use super::child::{Scratch, Server};
use super::{Figure, limits};

const STARTS: usize = 7;
const QUIET: Duration = Duration::from_secs(5);

pub(super) async fn measure() -> Result<Vec<Figure>> {
    let scratch = Scratch::new("start")?;
    let data = scratch.path().join("data");
    let first = Server::start(&data).await?;
    let first_ms = first.ready_after.as_secs_f64() * 1e3;
    first.set_up().await?;
    drop(first);
    let mut times = Vec::with_capacity(STARTS);
    for _ in 0..STARTS {
        times.push(Server::start(&data).await?.ready_after);
    }
    times.sort();
    let median = times[STARTS / 2].as_secs_f64() * 1e3;
    let server = Server::start(&data).await?;
    tokio::time::sleep(QUIET).await;
    let resident = limits::resident_mib(server.pid())?;
    let line = |figure, value: f64, unit, goal, met| Figure {
        profile: "start",
        figure,
        value,
        unit,
        limit: None,
        goal,
        met: Some(met),
    };
    Ok(vec![
        line(
            "first start of a new folder to /readyz",
            first_ms,
            "ms",
            "at most 500 ms",
            first_ms <= 500.0,
        ),
        line(
            "start of a folder with data to /readyz, median of 7",
            median,
            "ms",
            "at most 500 ms",
            median <= 500.0,
        ),
        line(
            "memory, five seconds after the start",
            resident,
            "MiB",
            "at most 80 MiB",
            resident <= 80.0,
        ),
    ])
}
