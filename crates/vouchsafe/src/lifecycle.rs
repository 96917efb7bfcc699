//! Starting, running and ending the server.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use base::Secret;
use kernel::config::Mode;
use kernel::control::Doors;
use kernel::web;
use kernel::{App, Config};
use serde::Serialize;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::tls::{self, Certificate};
use crate::{listener, local, redirect};

/// How long tasks may take to end.
const GRACE: Duration = Duration::from_secs(4);

/// Where the server is, once it listens.
#[derive(Clone, Debug, Serialize)]
pub struct Hello {
    /// The console's address.
    pub console: String,
    /// The HTTPS listener's address.
    pub https: Option<String>,
    /// The link that opens a new installation.
    pub setup_url: Option<String>,
    /// The data folder.
    pub data: String,
    /// This process.
    pub pid: u32,
}

/// A server that listens.
pub struct Server {
    app: Arc<App>,
    certificate: Option<Arc<Certificate>>,
    /// Where it is.
    pub hello: Hello,
}

/// Why the server ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Ctrl-C.
    Interrupted,
    /// SIGTERM.
    Terminated,
}

/// The signals that a server minds, caught from here on. Before anybody is told that the server is there: whoever ends it
/// at once ends it as properly as later.
pub struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hangup: Signal,
}

impl Signals {
    /// Begins to catch them.
    pub fn catch() -> Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate()).context("waiting for SIGTERM")?,
            interrupt: signal(SignalKind::interrupt()).context("waiting for SIGINT")?,
            hangup: signal(SignalKind::hangup()).context("waiting for SIGHUP")?,
        })
    }
}

/// Listeners that are bound and do not answer yet.
#[derive(Default)]
pub struct Listeners {
    http: Vec<TcpListener>,
    https: Vec<TcpListener>,
    redirect: Vec<TcpListener>,
    metrics: Vec<TcpListener>,
}

/// Binds what the configuration names; before anything is written, so that a taken port leaves nothing behind.
pub async fn bind(config: &Config) -> Result<Listeners> {
    let evaluation = config.mode == Mode::Evaluation;
    let one = async |wanted: Option<SocketAddr>| match wanted {
        Some(address) if evaluation => listener::bind_loopback(address.port()).await,
        Some(address) => Ok(vec![listener::bind(address).await?]),
        None => Ok(Vec::new()),
    };
    let listen = &config.listen;
    Ok(Listeners {
        http: one(listen.http).await?,
        https: one(listen.https).await?,
        redirect: one(listen.redirect).await?,
        metrics: one(listen.metrics).await?,
    })
}

/// Starts the background tasks and lets the listeners answer; makes a set-up link if nobody has set up yet.
pub async fn start(app: Arc<App>, listeners: Listeners) -> Result<Server> {
    let evaluation = app.config.mode == Mode::Evaluation;
    let Listeners { http, https, redirect, metrics } = listeners;
    let http_at = address_of(&http)?;
    let https_at = address_of(&https)?;
    let redirect_at = address_of(&redirect)?;
    if let (true, Some(at)) = (evaluation, http_at) {
        app.origin.store(Arc::new(format!("http://localhost:{}", at.port())));
    }
    app.door.store(http_at.or(https_at).map(reachable).map(Arc::new));
    app.doors.store(Arc::new(Doors {
        https: https_at.map(reachable),
        plain: http_at.map(reachable),
        redirect: redirect_at.map(reachable),
    }));
    let certificate = if https.is_empty() { None } else { Some(certificate(&app)?) };
    let loading = Arc::clone(&app);
    let keys = tokio::task::spawn_blocking(move || {
        identity::place::load(&loading);
        identity::hardware::load(&loading)
    });
    keys.await?.map_err(|why| anyhow::anyhow!("second_factor.staff_keys_file: {why}"))?;
    let router = web::router(&app);
    listener::serve(&app, http, &router, None);
    if let Some(certificate) = &certificate {
        listener::serve(&app, https, &router, Some(certificate.server_config()));
    }
    listener::serve(&app, redirect, &redirect::router(&app), None);
    listener::serve(&app, metrics, &web::metrics_router(&app), None);
    local::listen(&app)?;
    start_tasks(&app);
    let setup: Option<Secret<String>> =
        identity::setup::make_link(&app).await.map_err(|f| anyhow::anyhow!("{}", f.chain()))?;
    let console = app.origin.load().to_string();
    let hello = Hello {
        console,
        https: https_at.map(|at| format!("https://localhost:{}", at.port())),
        setup_url: setup.map(|url| url.reveal().clone()),
        data: app.store.folder().path().display().to_string(),
        pid: std::process::id(),
    };
    Ok(Server { app, certificate, hello })
}

/// Where this machine itself reaches a listener on all addresses.
fn reachable(at: SocketAddr) -> SocketAddr {
    match at.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => (Ipv4Addr::LOCALHOST, at.port()).into(),
        IpAddr::V6(ip) if ip.is_unspecified() => (Ipv6Addr::LOCALHOST, at.port()).into(),
        _ => at,
    }
}

fn address_of(listeners: &[TcpListener]) -> Result<Option<SocketAddr>> {
    Ok(listeners.first().map(TcpListener::local_addr).transpose()?)
}

fn certificate(app: &App) -> Result<Arc<Certificate>> {
    let listen = &app.config.listen;
    match (&listen.certificate_file, &listen.private_key_file) {
        (Some(chain), Some(key)) => Certificate::load(chain, key),
        _ => tls::local(&app.store.folder().join("tls")),
    }
}

/// The background tasks of a running installation.
fn start_tasks(app: &Arc<App>) {
    app.tasks.spawn(kernel::job::run_until_stopped(Arc::clone(app)));
    app.tasks.spawn(audit::run_until_stopped(Arc::clone(app)));
    app.tasks.spawn(posture::run_until_stopped(Arc::clone(app)));
}

impl Server {
    /// The application that is served.
    #[must_use]
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// Runs until a signal ends it; reloads the certificate on SIGHUP.
    pub async fn run(self, mut signals: Signals) -> Result<End> {
        let end = loop {
            tokio::select! {
                _ = signals.terminate.recv() => break End::Terminated,
                _ = signals.interrupt.recv() => break End::Interrupted,
                _ = signals.hangup.recv() => self.reload(),
            }
        };
        self.stop().await;
        Ok(end)
    }

    fn reload(&self) {
        let Some(certificate) = &self.certificate else { return };
        match certificate.reload() {
            Ok(()) => tracing::info!("the certificate was read again"),
            Err(e) => tracing::error!(error = format!("{e:#}"), "the old certificate stays in use"),
        }
    }

    /// Ends listeners and tasks, and moves what waits in the outboxes into the log.
    pub async fn stop(self) {
        self.app.tasks.stop(GRACE).await;
        if let Err(fault) = audit::drain(&self.app).await {
            tracing::error!(fault = %fault.chain(), "entries remain in the outboxes until the next start");
        }
        // The files alone are then whole: whoever copies them loses nothing in a log beside them.
        let store = &self.app.store;
        for db in [store.control(), store.audit(), store.posture(), store.keys().db()] {
            if let Err(fault) = db.scrub() {
                tracing::warn!(fault = %fault.chain(), "a write-ahead log was not emptied");
            }
        }
        local::remove(&self.app);
    }
}
