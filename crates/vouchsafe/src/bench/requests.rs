//! Whole requests against a server in its own process: sign-in, session check, revocation.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use crypt::PasswordCost;
use hyper::StatusCode;
use kernel::control::quantile;

use super::child::{Scratch, Server};
use super::{Figure, limits};

const SIGN_INS: u32 = 80;
const PAUSE: Duration = Duration::from_millis(25);
const CHECKS: u32 = 80_000;
const REVOCATIONS: usize = 200;

/// CPU of a sign-in beside the CPU of the hash alone, at the cost that the server chose.
pub(super) async fn sign_in() -> Result<Vec<Figure>> {
    let scratch = Scratch::new("sign-in")?;
    let server = Server::start(&scratch.path().join("data")).await?;
    server.set_up().await?;
    let mut client = server.client().await?;
    client.sign_in().await?;
    let before = limits::cpu(server.pid())?;
    for _ in 0..SIGN_INS {
        client.sign_in().await?;
        // The audit log takes its entries beside the next sign-in otherwise, and on two threads of one core
        // each slows the other: the clock would count the waiting.
        tokio::time::sleep(PAUSE).await;
    }
    let each = (limits::cpu(server.pid())? - before) / SIGN_INS;
    drop(server);
    let bare = bare_hash(cost_of(&scratch)?)?;
    let (value, limit) = (millis(each), millis(bare));
    Ok(vec![Figure {
        profile: "sign-in",
        figure: "CPU of a sign-in, limit: the hash alone",
        value,
        unit: "ms",
        limit: Some(limit),
        goal: "at most 1.05 of the hash",
        met: Some(value <= limit * 1.05),
    }])
}

/// The cost that the server measured and kept.
fn cost_of(scratch: &Scratch) -> Result<PasswordCost> {
    let config = kernel::Config::evaluation(scratch.path().join("data"));
    let folder = crate::compose::take_folder(&config.data)?;
    let app = crate::compose::open(folder, config)?;
    Ok(app.hasher.cost())
}

/// In the same rhythm as the sign-ins: after a pause the hash's memory has left the cache on its own, too.
fn bare_hash(cost: PasswordCost) -> Result<Duration> {
    let mut memory = Vec::new();
    let hash = |memory: &mut Vec<_>| {
        crypt::password::hash_bare(cost, "a password to measure with", memory)
            .map_err(|f| anyhow::anyhow!("{}", f.chain()))
    };
    hash(&mut memory)?;
    let before = limits::cpu(std::process::id())?;
    for _ in 0..SIGN_INS {
        hash(&mut memory)?;
        std::thread::sleep(PAUSE);
    }
    Ok((limits::cpu(std::process::id())? - before) / SIGN_INS)
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
    let body = serde_json::json!({ "name": "bench", "expires_in_days": 1 });
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

/// From the sending of a revocation to the first refusal of the revoked session, commit included.
pub(super) async fn revoke() -> Result<Vec<Figure>> {
    let scratch = Scratch::new("revoke")?;
    let server = Server::start(&scratch.path().join("data")).await?;
    server.set_up().await?;
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
            "revocation sent to first refusal, p99, limit: fdatasync p99",
            p99,
            "at most 5 ms, or 3 times the limit",
            met,
        ),
        figure("the same, median", ms(quantile(times, 0.5)), "none", None),
    ])
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
