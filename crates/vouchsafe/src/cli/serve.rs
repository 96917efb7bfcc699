//! `up` and `serve`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use kernel::Config;
use kernel::config::{LogFormat, LogLevel, When};

use super::args::{Global, Up};
use super::failed;
use super::output::Printer;
use crate::lifecycle::{self, End, Hello};
use crate::ops::Failed;
use crate::show::Show;
use crate::{compose, demo};

/// The folder of an evaluation, unless another one is named.
pub(crate) const DATA: &str = "vouchsafe-data";

/// An evaluation on loopback.
pub(crate) fn up(global: &Global, up: &Up, printer: &Printer) -> Result<ExitCode, Failed> {
    let data = global.data.clone().unwrap_or_else(|| PathBuf::from(DATA));
    let mut config = Config::evaluation(data);
    config.listen.http = Some(([127, 0, 0, 1], up.port).into());
    config.listen.https = Some(([127, 0, 0, 1], up.https_port).into());
    config.sign_in.confirm_location = up.confirm_location;
    if up.without_limits {
        config.lift_limits();
    }
    if up.without_captcha {
        (config.captcha.sign_up, config.captcha.sign_in) = (When::Off, When::Off);
    }
    log(&config, global.verbose);
    run(config, up.demo, printer)
}

/// Production.
pub(crate) fn serve(global: &Global, printer: &Printer) -> Result<ExitCode, Failed> {
    let path = global.config.as_deref().ok_or_else(|| {
        Failed::usage(
            "serve needs a configuration: vouchsafe serve --config /etc/vouchsafe/vouchsafe.toml",
        )
    })?;
    let mut config = compose::load_config(path).map_err(|e| Failed::because(format!("{e:#}")))?;
    if let Some(data) = &global.data {
        config.data.clone_from(data);
    }
    log(&config, global.verbose);
    run(config, false, printer)
}

fn run(config: Config, with_demo: bool, printer: &Printer) -> Result<ExitCode, Failed> {
    let data = config.data.clone();
    let runtime = runtime()?;
    let end = runtime.block_on(async {
        let mut server = begin(config, &data).await.map_err(|e| failed(&e, &data))?;
        if with_demo {
            let url = server.hello.setup_url.clone();
            if demo::fill(server.app(), url.as_deref(), |text| printer.say(text)).await? {
                server.hello.setup_url = None;
            }
        }
        let signals = lifecycle::Signals::catch().map_err(|e| failed(&e, &data))?;
        greet(&server.hello, printer);
        server.run(signals).await.map_err(|e| failed(&e, &data))
    })?;
    Ok(ExitCode::from(if end == End::Interrupted { 130 } else { 0 }))
}

/// A shadow that is broken before somebody's eyes.
pub(crate) fn show(claims: &[String], printer: &Printer) -> Result<ExitCode, Failed> {
    log(&Config::evaluation(PathBuf::from(DATA)), 0);
    let to_failed = |e: anyhow::Error| Failed::because(format!("{e:#}"));
    runtime()?.block_on(async {
        let show = Show::open(claims, |text| printer.say(text)).await.map_err(to_failed)?;
        let console = show.server.hello.console.clone();
        let (claim, what) = show.broken();
        printer.line(&format!("{claim} is proven there: {console}/security/claims/{claim}"));
        show.break_it().await.map_err(to_failed)?;
        printer.line(&format!("{claim} is failing now. What was broken: {what}.\n"));
        for (name, path) in [
            ("Page", format!("/security/claims/{claim}")),
            ("JSON", "/security.json".into()),
            ("Badge", "/security/badge.svg".into()),
            ("Feed", "/security/feed.atom".into()),
            ("Metrics", "/metrics".into()),
        ] {
            printer.line(&format!("  {name:8}  {console}{path}"));
        }
        printer.line(&format!("  Verifier  vouchsafe verify {console}\n"));
        printer
            .line("Your own installation was not touched. Ctrl-C ends the shadow and removes it.");
        let _ = tokio::signal::ctrl_c().await;
        show.close().await;
        Ok(ExitCode::SUCCESS)
    })
}

/// Every probe against every broken system; exit 8 when a probe missed its own.
pub(crate) fn matrix(file: Option<&Path>, printer: &Printer) -> Result<ExitCode, Failed> {
    log(&Config::evaluation(PathBuf::from(DATA)), 0);
    let to_failed = |e: anyhow::Error| Failed::because(format!("{e:#}"));
    let rows = runtime()?.block_on(async {
        let show = Show::open(&[], |text| printer.say(text)).await.map_err(to_failed)?;
        show.until_quiet().await.map_err(to_failed)?;
        let rows = posture::matrix(show.server.app(), &|name| printer.say(name)).await;
        show.close().await;
        rows.map_err(Failed::from)
    })?;
    let table = crate::show::table(&rows);
    if let Some(file) = file {
        std::fs::write(file, &table)
            .map_err(|e| Failed::because(format!("{}: {e}", file.display())))?;
    }
    printer.line(table.trim_end());
    let missed: Vec<&str> = rows.iter().filter(|r| !r.is_caught()).map(|r| r.sabotage).collect();
    match missed.as_slice() {
        [] => Ok(ExitCode::SUCCESS),
        names => Err(Failed::check(format!("not noticed by its own probe: {}", names.join(", ")))),
    }
}

async fn begin(config: Config, data: &Path) -> anyhow::Result<lifecycle::Server> {
    // A folder that a server holds is the first thing to say; then a port that is taken, before anything is
    // written into a new folder.
    let held = if data.exists() { Some(compose::take_folder(data)?) } else { None };
    let listeners = lifecycle::bind(&config).await?;
    let folder = match held {
        Some(folder) => folder,
        None => compose::take_folder(data)?,
    };
    // Opening hashes passwords to measure this machine and waits for the disk: not on an async thread.
    let app = tokio::task::spawn_blocking(move || compose::open(folder, config)).await??;
    lifecycle::start(app, listeners).await
}

/// The runtime of every command that needs one.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, Failed> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| Failed::because(format!("starting: {e}")))
}

fn greet(hello: &Hello, printer: &Printer) {
    if printer.for_programs() {
        let text = serde_json::to_string(hello).unwrap_or_default();
        return printer.line(&text);
    }
    printer.line(&format!("Vouchsafe {} is running.\n", env!("CARGO_PKG_VERSION")));
    match &hello.setup_url {
        Some(url) => {
            printer.line(&format!("  Set up    {url}"));
            printer.line("            (works once, for 30 minutes)");
        }
        None => printer.line(&format!("  Console   {}", hello.console)),
    }
    printer.line(&format!("  Proofs    {}/security", hello.console));
    if let Some(https) = &hello.https {
        printer.line(&format!("  HTTPS     {https}"));
    }
    printer.line(&format!("  Data      {}\n", hello.data));
    printer.line("Ctrl-C ends it; start it again with the same command. Nothing is lost.");
}

fn log(config: &Config, verbose: u8) {
    let level = match (verbose, config.log.level) {
        (0, LogLevel::Error) => tracing::Level::ERROR,
        (0, LogLevel::Warn) => tracing::Level::WARN,
        (0 | 1, LogLevel::Debug) | (2.., _) => tracing::Level::DEBUG,
        (0, LogLevel::Info) | (1, _) => tracing::Level::INFO,
    };
    let builder = tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(level);
    // A second subscriber in one process (tests) is no failure.
    let _ = match config.log.format {
        LogFormat::Json => builder.json().try_init(),
        LogFormat::Text => builder.with_ansi(false).try_init(),
    };
}
