//! Ten times as many sign-ins as can be hashed: who is signed in shall not notice.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use hyper::StatusCode;
use kernel::control::quantile;
use serde_json::json;

use super::child::{Client, EMAIL, Scratch, Server};
use super::{Figure, limits};

/// Attackers, each on a connection of its own: more than the queue before the hashing threads holds.
const ATTACKERS: u32 = 256;
/// How many times more than can be hashed they would ask for; those who wait for a hash ask less, so that about ten
/// times as many come.
const TIMES: f64 = 18.0;
const STORM: Duration = Duration::from_secs(10);
/// Between two requests of whoever is signed in.
const PAUSE: Duration = Duration::from_millis(15);

/// What the attackers were told.
#[derive(Default)]
struct Told {
    hashed: u32,
    refused: u32,
    /// Refused without a word when to come again.
    curt: u32,
}

pub(super) async fn measure() -> Result<Vec<Figure>> {
    let scratch = Scratch::new("storm")?;
    let server = Server::without_captcha(&scratch.path().join("data")).await?;
    server.set_up().await?;
    let mut owner = server.client().await?;
    let (cookie, _) = owner.sign_in().await?;
    let capacity = capacity(&mut owner).await?;
    let calm = uses(&server, &cookie, STORM / 2).await?;
    let before = limits::resident_mib(server.pid())?;
    let between = Duration::from_secs_f64(f64::from(ATTACKERS) / (TIMES * capacity));
    let mut storm = Vec::new();
    for _ in 0..ATTACKERS {
        storm.push(tokio::spawn(attack(server.client().await?, between)));
    }
    let uses = uses(&server, &cookie, STORM).await?;
    let grown = limits::resident_mib(server.pid())? - before;
    let mut told = Told::default();
    for attacker in storm {
        let one = attacker.await??;
        told.hashed += one.hashed;
        told.refused += one.refused;
        told.curt += one.curt;
    }
    if told.refused == 0 {
        bail!("nobody was refused: it was no storm");
    }
    Ok(figures(&calm, &uses, grown, &told))
}

/// Sign-ins a second that the machine can hash, by the time of one: the threads are as many as the cores.
async fn capacity(client: &mut Client) -> Result<f64> {
    let started = Instant::now();
    for _ in 0..4 {
        client.sign_in().await?;
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from) as f64;
    Ok(cores * 4.0 / started.elapsed().as_secs_f64())
}

/// Wrong passwords at a steady pace; an answer that takes longer than the pace slows only this one down.
async fn attack(mut client: Client, between: Duration) -> Result<Told> {
    let (mut told, started) = (Told::default(), Instant::now());
    let body = json!({ "email": EMAIL, "password": "not the password" });
    let mut next = started;
    while started.elapsed() < STORM {
        let (status, _, _) = client.post("/api/v1/sign-in", &body, None).await?;
        match status {
            StatusCode::UNAUTHORIZED => told.hashed += 1,
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => {
                told.refused += 1;
                told.curt += u32::from(!client.come_again);
            }
            other => bail!("an attacker was answered {other}"),
        }
        next += between;
        tokio::time::sleep(next.saturating_duration_since(Instant::now())).await;
    }
    Ok(told)
}

/// Times of what whoever is signed in does: their sessions, and the operator's list of people.
async fn uses(server: &Server, cookie: &str, span: Duration) -> Result<[Vec<Duration>; 2]> {
    let (mut own, mut operator) = (Vec::new(), Vec::new());
    let (mut client, started) = (server.client().await?, Instant::now());
    while started.elapsed() < span {
        for (path, times) in [("/api/v1/session", &mut own), ("/api/v1/people", &mut operator)] {
            let asked = Instant::now();
            let (status, _, _) = client.get(path, Some(cookie)).await?;
            times.push(asked.elapsed());
            if status != StatusCode::OK {
                bail!("{path} was answered {status}");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
    Ok([own, operator])
}

fn figures(
    calm: &[Vec<Duration>; 2],
    storm: &[Vec<Duration>; 2],
    grown: f64,
    told: &Told,
) -> Vec<Figure> {
    let p99 = |times: &[Duration]| quantile(times.to_vec(), 0.99).unwrap_or(f64::NAN) * 1e3;
    let line = |figure, value, unit, limit, goal, met| Figure {
        profile: "storm",
        figure,
        value,
        unit,
        limit,
        goal,
        met,
    };
    let (own, operator) = (p99(&storm[0]), p99(&storm[1]));
    let asked = f64::from(told.hashed + told.refused);
    let honest = 100.0 * f64::from(told.refused - told.curt) / f64::from(told.refused);
    vec![
        line(
            "show_session in a storm of sign-ins, p99, limit: without the storm",
            own,
            "ms",
            Some(p99(&calm[0])),
            "at most 20 ms",
            Some(own <= 20.0),
        ),
        line(
            "list_people in the same storm, p99, limit: without it",
            operator,
            "ms",
            Some(p99(&calm[1])),
            "at most 20 ms",
            Some(operator <= 20.0),
        ),
        line(
            "sign-ins asked for in the storm, limit: those that were hashed",
            asked / STORM.as_secs_f64(),
            "/s",
            Some(f64::from(told.hashed) / STORM.as_secs_f64()),
            "none",
            None,
        ),
        line(
            "refusals that say when to come again",
            honest,
            "%",
            None,
            "all of them",
            Some(told.curt == 0),
        ),
        line(
            "memory that the storm took",
            grown,
            "MiB",
            None,
            "at most 32 MiB",
            Some(grown <= 32.0),
        ),
    ]
}
