//! The machine: what it is, its CPU clocks, and how fast its disk says that something is safe.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::{Value, json};

/// Ticks of `/proc/<pid>/stat` in a second (`sysconf(_SC_CLK_TCK)`, 100 on every Linux).
const TICKS: f64 = 100.0;

/// The processor's name, the number of cores, and whether this program was optimised.
pub(crate) fn machine() -> Value {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu = info.lines().find_map(|l| l.strip_prefix("model name")).unwrap_or("unknown");
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    json!({
        "cpu": cpu.trim_start_matches([' ', '\t', ':']),
        "cores": std::thread::available_parallelism().map_or(0, usize::from),
        "load": load.split_whitespace().next(),
        "optimised": !cfg!(debug_assertions),
    })
}

/// CPU time that a process has used, its children's not counted.
pub(crate) fn cpu(pid: u32) -> Result<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).context("reading CPU time")?;
    // The second field is the name in brackets and may hold blanks.
    let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: f64 = rest
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<f64>().ok())
        .sum();
    Ok(Duration::from_secs_f64(ticks / TICKS))
}

/// CPU of those threads of a process whose name begins like this, and of the others.
pub(crate) fn cpu_by_name(pid: u32, start: &str) -> Result<(Duration, Duration)> {
    let (mut named, mut others) = (0, 0);
    for thread in std::fs::read_dir(format!("/proc/{pid}/task"))? {
        let thread = thread?.path();
        // One that has just ended is not there any more.
        let Ok(stat) = std::fs::read_to_string(thread.join("schedstat")) else { continue };
        let name = std::fs::read_to_string(thread.join("comm")).unwrap_or_default();
        // The first field is the time on a processor, in nanoseconds.
        let spent: u64 = stat.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(0);
        *(if name.starts_with(start) { &mut named } else { &mut others }) += spent;
    }
    Ok((Duration::from_nanos(named), Duration::from_nanos(others)))
}

/// Memory that a process holds, in MiB.
pub(crate) fn resident_mib(pid: u32) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).unwrap_or("0");
    let kib: f64 = line.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(0.0);
    Ok(kib / 1024.0)
}

/// Times of appending 4 KiB and waiting for the disk.
pub(crate) fn fdatasync(folder: &Path, rounds: usize) -> Result<Vec<Duration>> {
    let mut file = std::fs::File::create(folder.join("fdatasync"))?;
    let block = [7_u8; 4096];
    let mut times = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        let started = Instant::now();
        file.write_all(&block)?;
        file.sync_data()?;
        times.push(started.elapsed());
    }
    Ok(times)
}
