//! Ten thousand tenants with a hundred thousand members on one node: start, memory, lists, one more tenant.
//!
//! Accounts have keys and sealed names of their own, and tenants keys and files, so that lists open what they would open.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use base::Fault;
use base::id::AccountId;
use hyper::StatusCode;
use identity::account::store::{self as accounts, New};
use kernel::control::quantile;
use kernel::text::Lang;
use kernel::{App, Permit};
use serde_json::json;
use tenancy::tenant::service as tenants;
use tokio::task::JoinSet;

use super::child::{Client, Scratch, Server, open_stopped};
use super::{Figure, limits};

const TENANTS: usize = 10_000;
const MEMBERS: usize = 100_000;
/// Made at once, for keys' commits are grouped, and written in one transaction.
const BATCH: usize = 1_000;
const READS: usize = 500;
/// Tenants that are founded and timed: one account may found fifty.
const FOUNDED: usize = 40;
const QUIET: Duration = Duration::from_secs(5);

pub(super) async fn measure() -> Result<Vec<Figure>> {
    let scratch = Scratch::new("crowd")?;
    let data = scratch.path().join("data");
    let server = Server::start(&data).await?;
    server.set_up().await?;
    drop(server);
    fill(open_stopped(&data)?).await?;
    let mut figures = start(&data).await?;
    let server = Server::start(&data).await?;
    let mut client = server.client().await?;
    let (cookie, _) = client.sign_in().await?;
    for (figure, path, items) in [
        ("list_members of a tenant of ten, p99", "/api/v1/tenants/bench-5000/members", 10),
        ("fifty of all people, p99", "/api/v1/people?limit=50", 50),
        (
            "fifty of all tenants, found by a part of their names, p99",
            "/api/v1/platform/tenants?q=bench&limit=50",
            50,
        ),
    ] {
        let value = ms(times(&mut client, &cookie, path, items).await?);
        figures.push(line(figure, value, "ms", None, ("at most 20 ms", 20.0)));
    }
    let founded = ms(found(&mut client, &cookie).await?);
    let disk = ms(limits::fdatasync(scratch.path(), 500)?);
    let figure = "create_tenant, p99, limit: fdatasync p99";
    figures.push(line(figure, founded, "ms", Some(disk), ("at most 30 ms", 30.0)));
    Ok(figures)
}

async fn start(data: &Path) -> Result<Vec<Figure>> {
    let mut starts = Vec::new();
    for _ in 0..3 {
        starts.push(Server::start(data).await?.ready_after);
    }
    starts.sort();
    let median = starts[1].as_secs_f64() * 1e3;
    let server = Server::start(data).await?;
    tokio::time::sleep(QUIET).await;
    let resident = limits::resident_mib(server.pid())?;
    let figure = "start with 10,000 tenants and 100,000 members to /readyz, median of 3";
    Ok(vec![
        line(figure, median, "ms", None, ("at most 2,000 ms", 2_000.0)),
        line(
            "memory, five seconds after that start",
            resident,
            "MiB",
            None,
            ("at most 500 MiB", 500.0),
        ),
    ])
}

fn line(
    figure: &'static str,
    value: f64,
    unit: &'static str,
    limit: Option<f64>,
    (goal, most): (&'static str, f64),
) -> Figure {
    Figure { profile: "crowd", figure, value, unit, limit, goal, met: Some(value <= most) }
}

/// The 99th percentile, in milliseconds.
fn ms(times: Vec<Duration>) -> f64 {
    quantile(times, 0.99).unwrap_or(f64::NAN) * 1e3
}

async fn times(
    client: &mut Client,
    cookie: &str,
    path: &str,
    items: usize,
) -> Result<Vec<Duration>> {
    let mut times = Vec::with_capacity(READS);
    for _ in 0..READS {
        let started = Instant::now();
        let (status, _, answer) = client.get(path, Some(cookie)).await?;
        times.push(started.elapsed());
        let found = answer["items"].as_array().map_or(0, Vec::len);
        if status != StatusCode::OK || found < items {
            bail!("{path} was answered {status} with {found} items");
        }
    }
    Ok(times)
}

async fn found(client: &mut Client, cookie: &str) -> Result<Vec<Duration>> {
    let mut times = Vec::with_capacity(FOUNDED);
    for n in 0..FOUNDED {
        let body = json!({ "name": format!("Founded {n}") });
        let started = Instant::now();
        let (status, _, answer) = client.post("/api/v1/tenants", &body, Some(cookie)).await?;
        times.push(started.elapsed());
        if status != StatusCode::CREATED {
            bail!("a new tenant was answered {status}: {answer}");
        }
    }
    Ok(times)
}

fn words(fault: Fault) -> anyhow::Error {
    anyhow::anyhow!("{}", fault.chain())
}

/// Fills a stopped folder.
async fn fill(app: Arc<App>) -> Result<()> {
    let password = app.store.control().read(super::store::a_password).map_err(words)?;
    let mut owners = Vec::with_capacity(TENANTS);
    for from in (0..MEMBERS).step_by(BATCH) {
        let mut making = JoinSet::new();
        for n in from..from + BATCH {
            making.spawn(person(Arc::clone(&app), n, password.clone()));
        }
        let mut batch = Vec::with_capacity(BATCH);
        while let Some(made) = making.join_next().await {
            batch.push(made?.map_err(words)?);
        }
        owners.extend(batch.iter().map(|new| new.id).take(TENANTS * BATCH / MEMBERS));
        let (permit, now) = (Permit::by_credential(), app.clock.now());
        let write = app.store.control().write(move |tx| {
            batch.iter().try_for_each(|new| accounts::insert(tx, &permit, new, false, now))
        });
        write.await.map_err(words)?;
    }
    for (n, owner) in owners.into_iter().enumerate() {
        tenant(&app, n, owner).await.map_err(words)?;
    }
    let mark = app.store.folder().join(store::inspect::SHADOW);
    // Only in a folder that is marked as one to be broken can memberships be invented.
    std::fs::write(&mark, "a benchmark")?;
    let members = super::store::members(&app).map_err(words)?;
    std::fs::remove_file(&mark)?;
    if members < i64::try_from(MEMBERS)? {
        bail!("{members} members");
    }
    Ok(())
}

async fn person(app: Arc<App>, n: usize, password: String) -> Result<New, Fault> {
    let id = AccountId::new(app.clock.now(), &*app.rng);
    let row = id.to_string();
    app.store.keys().create(&row).await?;
    let email = format!("person{n}@bench.example");
    Ok(New {
        id,
        email_index: app.blind_index("account.email", &email),
        email: app.seal_for(id, &["account", "email", &row], &email)?,
        name: app.seal_for(id, &["account", "name", &row], &format!("Person {n}"))?,
        password,
        lang: Lang::En,
    })
}

async fn tenant(app: &Arc<App>, n: usize, owner: AccountId) -> Result<(), Fault> {
    let draft = tenants::draft(app, format!("Bench {n}")).await?;
    let (app2, op, permit) = (Arc::clone(app), app.system_op("bench"), Permit::by_credential());
    let write = app
        .store
        .control()
        .write(move |tx| tenants::insert(&app2, tx, &op, &permit, &draft, owner).map(drop));
    write.await
}
