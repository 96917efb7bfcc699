//! Whole requests against a server in its own process: sign-in, session check, revocation.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use crypt::PasswordCost;
use hyper::StatusCode;
use kernel::control::quantile;

use super::child::{Scratch, Server, open_stopped};
use super::{Figure, limits};

/// Sign-ins and bare hashes take turns, because a shared machine's speed drifts within seconds.
const TURNS: u32 = 10;
const IN_A_TURN: u32 = 8;
const PAUSE: Duration = Duration::from_millis(25);
const CHECKS: u32 = 80_000;
const REVOCATIONS: usize = 200;

/// CPU of a sign-in beside the CPU of its hash. The server has threads that do nothing but hash, so both are read in the
/// same moment: how fast a machine hashes drifts by a third within seconds when others use it, too. The bare hash
/// of this process stands beside it for comparison.
pub(super) async fn sign_in() -> Result<Vec<Figure>> {
    let scratch = Scratch::new("sign-in")?;
    let data = scratch.path().join("data");
    drop(Server::start(&data).await?); // the first start measures the cost and keeps it
    let mut bare = Bare::new(cost_of(&data)?)?;
    let server = Server::start(&data).await?;
    server.set_up().await?;
    let (mut known, mut anew, mut alone) = (Spent::default(), Spent::default(), Duration::ZERO);
    for _ in 0..TURNS {
        known.add(turn(&server, false).await?);
        alone += bare.turn()?;
        anew.add(turn(&server, true).await?);
    }
    let each = |sum: Duration| millis(sum / (TURNS * IN_A_TURN));
    let line = |figure, value: Duration, limit: Duration, goal, met| Figure {
        profile: "sign-in",
        figure,
        value: each(value),
        unit: "ms",
        limit: Some(each(limit)),
        goal,
        met,
    };
    let met = known.whole() <= known.hash.mul_f64(1.05);
    let goal = "at most 1.05 of its hash";
    Ok(vec![
        line(
            "CPU of a sign-in in a known browser, limit: its hash",
            known.whole(),
            known.hash,
            goal,
            Some(met),
        ),
        line(
            "the same in a new browser, with the letter that warns",
            anew.whole(),
            anew.hash,
            "none",
            None,
        ),
        line("the hash in the server, limit: in a process alone", known.hash, alone, "none", None),
    ])
}

/// CPU of sign-ins: of the threads that hash, and of all others.
#[derive(Default)]
struct Spent {
    hash: Duration,
    rest: Duration,
}

impl Spent {
    fn add(&mut self, other: Self) {
        self.hash += other.hash;
        self.rest += other.rest;
    }

    fn whole(&self) -> Duration {
        self.hash + self.rest
    }
}

/// Some sign-ins; `anew` from a browser that the account does not know.
async fn turn(server: &Server, anew: bool) -> Result<Spent> {
    // The server ends connections that were idle while the bare hashes ran.
    let mut client = server.client().await?;
    client.sign_in().await?;
    tokio::time::sleep(PAUSE).await;
    let before = limits::cpu_by_name(server.pid(), "hash-")?;
    for _ in 0..IN_A_TURN {
        if anew {
            client.sign_in_anew().await?;
        } else {
            client.sign_in().await?;
        }
        // The audit log takes its entries beside the next sign-in otherwise, and on two threads of one core
        // each slows the other: the clock would count the waiting.
        tokio::time::sleep(PAUSE).await;
    }
    let after = limits::cpu_by_name(server.pid(), "hash-")?;
    Ok(Spent { hash: after.0.saturating_sub(before.0), rest: after.1.saturating_sub(before.1) })
}

/// The cost that the server measured and kept.
fn cost_of(data: &std::path::Path) -> Result<PasswordCost> {
    Ok(open_stopped(data)?.hasher.cost())
}

/// The hash alone, on a thread of this process.
struct Bare {
    cost: PasswordCost,
    memory: Vec<crypt::password::Block>,
}

impl Bare {
    fn new(cost: PasswordCost) -> Result<Self> {
        let mut bare = Self { cost, memory: Vec::new() };
        bare.hash()?;
        Ok(bare)
    }

    fn hash(&mut self) -> Result<()> {
        crypt::password::hash_bare(self.cost, "a password to measure with", &mut self.memory)
            .map(drop)
            .map_err(|f| anyhow::anyhow!("{}", f.chain()))
    }

    /// In the rhythm of the sign-ins: after a pause the hash's memory has left the cache here, too.
    fn turn(&mut self) -> Result<Duration> {
        self.hash()?;
        std::thread::sleep(PAUSE);
        let before = limits::cpu(std::process::id())?;
        for _ in 0..IN_A_TURN {
            self.hash()?;
            std::thread::sleep(PAUSE);
        }
        Ok(limits::cpu(std::process::id())? - before)
    }
}

/// CPU of an authenticated call, beside that of an unauthenticated one over the same kind of connection.
pub(super) async fn session_check() -> Result<Vec<Figure>> {
    let scratch = Scratch::new("session-check")?;
    let server = Server::start(&scratch.path().join("data")).await?;
    server.set_up().await?;
    let mut client = server.client().await?;
    let (cookie, _) = client.sign_in().await?;
    let plain = per_request(&server, "/healthz", None).await?;
    let own = per_request(&server, "/api/v1/session", Some(&cookie)).await?;
    let frame = per_request(&server, "/api/v1/me", Some(&cookie)).await?;
    // The first connection has been idle for longer than the server keeps one.
    let mut client = server.client().await?;
    let body = serde_json::json!({ "name": "bench", "expires_in_days": 1, "scopes": ["all"] });
    let (_, _, made) = client.post("/api/v1/tokens", &body, Some(&cookie)).await?;
    let token = made["token"].as_str().unwrap_or_default().to_owned();
    let (status, _, _) = client.get_with_token("/api/v1/tenants", &token).await?;
    if status != StatusCode::OK {
        bail!("the token was answered {status}");
    }
    let line = |figure, value: f64, goal, met| Figure {
        profile: "session-check",
        figure,
        value,
        unit: "µs",
        limit: Some(micros(plain)),
        goal,
        met,
    };
    let (own, frame) = (micros(own), micros(frame));
    Ok(vec![
        line(
            "CPU of show_session by cookie, limit: /healthz",
            own,
            "at most 40 µs",
            Some(own <= 40.0),
        ),
        line("CPU of show_me by cookie, limit: /healthz", frame, "none", None),
    ])
}

/// What a challenge costs us, and what its solution costs a program, beside the hash that it stands before.
pub(super) async fn captcha() -> Result<Vec<Figure>> {
    const SOLVED: u32 = 100;
    let scratch = Scratch::new("captcha")?;
    let data = scratch.path().join("data");
    drop(Server::start(&data).await?); // the first start measures the cost and keeps it
    let mut bare = Bare::new(cost_of(&data)?)?;
    let server = Server::with_limits(&data).await?;
    let path = "/api/v1/captcha/sign-in";
    let plain = per_request(&server, "/healthz", None).await?;
    let challenge = per_request(&server, path, None).await?;
    let mut challenges = Vec::new();
    let mut client = server.client().await?;
    for _ in 0..SOLVED {
        challenges.push(client.get(path, None).await?.2);
    }
    let own = std::process::id();
    let before = limits::cpu(own)?;
    for challenge in &challenges {
        kernel::captcha::solve(challenge).context("a challenge that cannot be solved")?;
    }
    let solving = (limits::cpu(own)? - before) / SOLVED;
    let hash = bare.turn()? / IN_A_TURN;
    let line = |figure, value, unit, limit| Figure {
        profile: "captcha",
        figure,
        value,
        unit,
        limit: Some(limit),
        goal: "none",
        met: None,
    };
    Ok(vec![
        line("CPU of get_captcha, limit: /healthz", micros(challenge), "µs", micros(plain)),
        line(
            "CPU of solving a challenge, mean, limit: the password hash",
            millis(solving),
            "ms",
            millis(hash),
        ),
    ])
}

/// Eight clients at once: a single one would measure how often the server falls asleep between requests.
async fn per_request(
    server: &Server,
    path: &'static str,
    cookie: Option<&str>,
) -> Result<Duration> {
    const CLIENTS: u32 = 8;
    let before = limits::cpu(server.pid())?;
    let mut running = Vec::new();
    for _ in 0..CLIENTS {
        let mut client = server.client().await?;
        let cookie = cookie.map(str::to_owned);
        running.push(tokio::spawn(async move {
            for _ in 0..CHECKS / CLIENTS {
                let (status, _, _) = client.get(path, cookie.as_deref()).await?;
                if status != StatusCode::OK {
                    bail!("{path} was answered {status}");
                }
            }
            Ok(())
        }));
    }
    for client in running {
        client.await??;
    }
    Ok((limits::cpu(server.pid())? - before) / CHECKS)
}

/// From the sending of a revocation to the first refusal of the revoked session, commit included, among a hundred
/// thousand live sessions.
pub(super) async fn revoke() -> Result<Vec<Figure>> {
    let scratch = Scratch::new("revoke")?;
    let data = scratch.path().join("data");
    let server = Server::start(&data).await?;
    server.set_up().await?;
    drop(server);
    crowd(&data)?;
    let server = Server::start(&data).await?;
    let (mut owner, mut other) = (server.client().await?, server.client().await?);
    let (cookie, _) = owner.sign_in().await?;
    let mut times = Vec::with_capacity(REVOCATIONS);
    for _ in 0..REVOCATIONS {
        let (revoked, session) = other.sign_in().await?;
        let started = Instant::now();
        let (status, _, _) = owner.delete(&format!("/api/v1/sessions/{session}"), &cookie).await?;
        if status != StatusCode::NO_CONTENT {
            bail!("the revocation was answered {status}");
        }
        loop {
            let (status, _, _) = other.get("/api/v1/tenants", Some(&revoked)).await?;
            if status == StatusCode::UNAUTHORIZED {
                break;
            }
        }
        times.push(started.elapsed());
    }
    let disk = limits::fdatasync(scratch.path(), 500)?;
    let ms = |q: Option<f64>| q.unwrap_or(f64::NAN) * 1000.0;
    let (p99, limit) = (ms(quantile(times.clone(), 0.99)), ms(quantile(disk, 0.99)));
    let figure = |figure, value, goal, met| Figure {
        profile: "revoke",
        figure,
        value,
        unit: "ms",
        limit: Some(limit),
        goal,
        met,
    };
    let met = Some(p99 <= 5.0 || p99 <= 3.0 * limit);
    Ok(vec![
        figure(
            "revocation to refusal among 100,000 sessions, p99, limit: fdatasync p99",
            p99,
            "at most 5 ms, or 3 times the limit",
            met,
        ),
        figure("the same, median", ms(quantile(times, 0.5)), "none", None),
    ])
}

/// Fills a stopped folder with sessions.
fn crowd(data: &std::path::Path) -> Result<()> {
    let app = open_stopped(data)?;
    let mark = app.store.folder().join(store::inspect::SHADOW);
    // Only in a folder that is marked as one to be broken can sessions be invented.
    std::fs::write(&mark, "a benchmark")?;
    let live = super::store::sessions(&app).map_err(|f| anyhow::anyhow!("{}", f.chain()))?;
    std::fs::remove_file(&mark)?;
    if live < 100_000 {
        bail!("{live} sessions");
    }
    Ok(())
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
