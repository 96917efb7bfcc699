//! The proofs: what verdicts, the page, the probes themselves and an outsider's check cost.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use hyper::StatusCode;
use kernel::control::quantile;
use ledger::tree::Growing;
use serde_json::Value;

use super::child::{Scratch, Server, open_stopped};
use super::{Figure, limits};

/// Requests for the page while probes run.
const PAGES: usize = 400;
/// Signatures that are verified.
const SIGNATURES: usize = 2_000;
/// Leaves that are hashed.
const LEAVES: u64 = 300_000;

fn figure(
    figure: &'static str,
    value: f64,
    unit: &'static str,
    limit: Option<f64>,
    goal: &'static str,
    met: Option<bool>,
) -> Figure {
    Figure { profile: "proof", figure, value, unit, limit, goal, met }
}

/// All figures of the proofs.
pub(super) async fn all() -> Result<Vec<Figure>> {
    let scratch = Scratch::new("proof")?;
    let server = Server::start(&scratch.path().join("data")).await?;
    let started = Instant::now();
    server.set_up().await?;
    let first = started.elapsed();
    let mut out = vec![figure(
        "set-up to the last line's first verdict",
        first.as_secs_f64(),
        "s",
        None,
        "first claims proven within 60 s",
        Some(first <= Duration::from_secs(60)),
    )];
    out.extend(pages(&server).await?);
    out.push(round(&server).await?);
    out.extend(outsider(&server).await?);
    drop(server);
    out.push(verdicts(&scratch)?);
    Ok(out)
}

/// The public page as strangers fetch it while a whole round of probes runs beside.
async fn pages(server: &Server) -> Result<Vec<Figure>> {
    let mut owner = server.client().await?;
    let (cookie, _) = owner.sign_in().await?;
    let body = serde_json::json!({});
    let (status, _, _) = owner.post("/api/v1/posture/run", &body, Some(&cookie)).await?;
    if status != StatusCode::ACCEPTED {
        bail!("the asking for a round was answered {status}");
    }
    let mut client = server.client().await?;
    let mut times = Vec::with_capacity(PAGES);
    for _ in 0..PAGES {
        let started = Instant::now();
        let (status, _, _) = client.get("/security", None).await?;
        times.push(started.elapsed());
        if status != StatusCode::OK {
            bail!("the page was answered {status}");
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let ms = |q: f64| quantile(times.clone(), q).unwrap_or(f64::NAN) * 1000.0;
    let p99 = ms(0.99);
    Ok(vec![
        figure(
            "/security while probes run, p99",
            p99,
            "ms",
            None,
            "at most 5 ms",
            Some(p99 <= 5.0),
        ),
        figure("the same, median", ms(0.5), "ms", None, "none", None),
    ])
}

/// CPU of a whole round without falsifications, and what that is of one core at the default rhythm.
async fn round(server: &Server) -> Result<Figure> {
    let mut owner = server.client().await?;
    // The round that was asked for before has to end first.
    tokio::time::sleep(Duration::from_secs(8)).await;
    let (cookie, _) = owner.sign_in().await?;
    let mut sum = 0.0;
    for (claim, per_hour) in PER_HOUR {
        let before = limits::cpu(server.pid())?;
        let path = format!("/api/v1/posture/claims/{claim}/run");
        let (status, _, _) = owner.post(&path, &serde_json::json!({}), Some(&cookie)).await?;
        if status != StatusCode::ACCEPTED {
            bail!("the asking for {claim} was answered {status}");
        }
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        sum += (limits::cpu(server.pid())? - before).as_secs_f64() * per_hour;
    }
    let share = sum / 3600.0;
    Ok(figure(
        "share of one core of all probes at the default rhythm",
        share * 100.0,
        "%",
        None,
        "at most 2 %",
        Some(share <= 0.02),
    ))
}

/// Runs an hour of each line: the interval is 70 % of a proof's life on average.
const PER_HOUR: [(&str, f64); 18] = [
    ("IDN-09", HIGH),
    ("IDN-10", HIGH),
    ("IDN-15", HIGH / 24.0),
    ("IDN-18", HIGH / 24.0),
    ("IDN-19", HIGH / 24.0),
    ("IDN-22", HIGH / 4.0),
    ("IDN-37", HIGH),
    ("TEN-01", HIGH),
    ("TEN-02", HIGH),
    ("TEN-03", HIGH),
    ("TEN-05", HIGH / 24.0),
    ("TEN-06", HIGH / 24.0),
    ("AUD-20", HIGH),
    ("EDG-09", HIGH / 4.0),
    ("EDG-12", HIGH / 4.0),
    ("OPS-01", HIGH),
    ("OPS-22", HIGH / 24.0),
    ("OPS-68", HIGH / 24.0),
];
const HIGH: f64 = 3600.0 / (900.0 * 0.7);

/// An outsider's check: hashing of the log, and signatures beside the bare primitive.
async fn outsider(server: &Server) -> Result<Vec<Figure>> {
    let mut client = server.client().await?;
    let (_, _, bundle) = client.get("/security/bundle", None).await?;
    let found = verify::check(&bundle, None).map_err(|b| anyhow::anyhow!("{}", b.0))?;
    if !found.agrees() {
        bail!("the outsider disagrees: {:?}", found.lines);
    }
    let leaf = bundle["leaves"][20].as_str().context("a leaf")?.as_bytes().to_vec();
    let started = Instant::now();
    let mut tree = Growing::default();
    for _ in 0..LEAVES {
        tree.push(&leaf);
    }
    let rate = LEAVES as f64 / started.elapsed().as_secs_f64();
    std::hint::black_box(tree.root());
    let (own, bare) = signatures(&bundle)?;
    Ok(vec![
        figure(
            "entries hashed into the tree by the verifier",
            rate,
            "/s",
            None,
            "at least 100,000/s",
            Some(rate >= 100_000.0),
        ),
        figure(
            "evidence verified by the verifier, limit: bare Ed25519",
            own,
            "/s",
            Some(bare),
            "at least 0.8 of the limit",
            Some(own >= 0.8 * bare),
        ),
    ])
}

/// Envelopes opened a second by the verifier's own code, and bare verifications of messages as long, in turns.
fn signatures(bundle: &Value) -> Result<(f64, f64)> {
    let key = bundle["keys"]["keys"][0]["vkey"].as_str().context("a key")?;
    let key = verify::raw_key(key).context("a key")?;
    let evidence = bundle["evidence"].as_object().context("evidence")?;
    let (hash, text) = evidence.iter().next().context("an envelope")?;
    let text = text.as_str().context("an envelope")?;
    let random = aws_lc_rs::rand::SystemRandom::new();
    let pkcs8 = Ed25519KeyPair::generate_pkcs8(&random).map_err(|_| anyhow::anyhow!("a key"))?;
    let pair = Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).map_err(|_| anyhow::anyhow!("a key"))?;
    let message = vec![b'x'; text.len()];
    let signature = pair.sign(&message);
    let public = UnparsedPublicKey::new(&ED25519, pair.public_key().as_ref());
    let (mut own, mut bare) = (Duration::ZERO, Duration::ZERO);
    for _ in 0..SIGNATURES {
        let started = Instant::now();
        verify::open_evidence(hash, text, &key).map_err(|why| anyhow::anyhow!(why))?;
        own += started.elapsed();
        let started = Instant::now();
        let good = public.verify(&message, signature.as_ref());
        bare += started.elapsed();
        good.map_err(|_| anyhow::anyhow!("the bare signature"))?;
    }
    let rate = |time: Duration| SIGNATURES as f64 / time.as_secs_f64();
    Ok((rate(own), rate(bare)))
}

/// All 336 verdicts with their strips of ninety days, from a stopped folder.
fn verdicts(scratch: &Scratch) -> Result<Figure> {
    let app = open_stopped(&scratch.path().join("data"))?;
    let fault = |f: base::Fault| anyhow::anyhow!("{}", f.chain());
    // Only in a folder that is marked as one to be broken can a history be invented.
    std::fs::write(app.store.folder().join(store::inspect::SHADOW), "a benchmark")?;
    super::store::history(&app).map_err(fault)?;
    let mut times = Vec::new();
    for _ in 0..20 {
        let started = Instant::now();
        let rows = posture::catalogue_json(&app).map_err(fault)?;
        times.push(started.elapsed());
        if rows.len() != 336 {
            bail!("{} verdicts", rows.len());
        }
    }
    let worst = quantile(times, 0.99).unwrap_or(f64::NAN) * 1000.0;
    Ok(figure(
        "336 verdicts (18 of them by runs) with strips of 90 days, p99",
        worst,
        "ms",
        None,
        "at most 50 ms",
        Some(worst <= 50.0),
    ))
}
