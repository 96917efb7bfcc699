//! Makes shadows: this same program once more, on a marked folder, for falsifications to break.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use base::{Fault, Rng, rng};
use crypt::{PasswordCost, SystemRng};
use kernel::app::{Opened, Opening, Shadows};
use kernel::control::Shifted;
use kernel::web;
use kernel::{App, Config};
use store::inspect::SHADOW;

use crate::{compose, listener};

/// How long the tasks of one that did not start may take to end.
const GRACE: Duration = Duration::from_secs(2);

/// The one that an application gets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Maker;

impl Shadows for Maker {
    fn open<'a>(&'a self, app: &'a Arc<App>) -> Opening<'a> {
        Box::pin(async move {
            open(app).await.map_err(|e| Fault::internal(format!("opening a shadow: {e:#}")))
        })
    }
}

async fn open(app: &Arc<App>) -> Result<Opened> {
    let name = crypt::hex(&rng::bytes::<8>(&*app.rng));
    let folder = app.store.folder().join("shadows").join(name);
    let opened = open_in(app, &folder).await;
    if opened.is_err() {
        let _ = std::fs::remove_dir_all(&folder);
    }
    opened
}

async fn open_in(app: &Arc<App>, folder: &Path) -> Result<Opened> {
    let clock = Arc::new(Shifted::new(Arc::clone(&app.clock)));
    let (hands, config) = (Arc::clone(&clock), config(folder, &app.config));
    let folder = folder.to_owned();
    let shadow = tokio::task::spawn_blocking(move || {
        mark(&folder)?;
        let held = compose::take_folder(&folder)?;
        compose::open_with(held, config, clock, Arc::new(SystemRng) as Arc<dyn Rng>)
    })
    .await??;
    match start(&shadow).await {
        Ok(token) => Ok(Opened { app: shadow, setup_token: token, clock: hands }),
        Err(e) => {
            shadow.tasks.stop(GRACE).await;
            Err(e)
        }
    }
}

/// Listens and works; answers the token of the set-up link.
async fn start(shadow: &Arc<App>) -> Result<base::Secret<String>> {
    let socket = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let listener = listener::bind(socket).await?;
    let at = listener.local_addr()?;
    shadow.origin.store(Arc::new(format!("http://localhost:{}", at.port())));
    shadow.door.store(Some(Arc::new(at)));
    listener::serve(shadow, vec![listener], &web::router(shadow), None);
    shadow.tasks.spawn(kernel::job::run_until_stopped(Arc::clone(shadow)));
    shadow.tasks.spawn(audit::run_until_stopped(Arc::clone(shadow)));
    let link = identity::setup::make_link(shadow).await;
    let link = link.map_err(|f| anyhow::anyhow!("{}", f.chain()))?.context("no set-up link")?;
    let token = link.reveal().split("token=").nth(1).unwrap_or_default().to_owned();
    Ok(base::Secret::new(token))
}

/// Marks a new folder before anything else is in it: what is not marked cannot be broken.
pub(crate) fn mark(folder: &Path) -> Result<()> {
    let builder = || {
        let mut builder = std::fs::DirBuilder::new();
        std::os::unix::fs::DirBuilderExt::mode(builder.recursive(true), 0o700);
        builder
    };
    builder().create(folder)?;
    std::fs::write(folder.join(SHADOW), "made to be broken; holds nobody's data\n")?;
    Ok(())
}

/// Where a shadow's trusted proxy stands: an address that nothing else uses.
const PROXY: &str = "127.67.0.1/32";

/// An evaluation at the least cost that is allowed, with those settings of the running system that probes in a shadow are
/// about.
fn config(folder: &Path, real: &Config) -> Config {
    let mut config = Config::evaluation(folder.to_owned());
    config.password.policy = real.password.policy;
    config.session = real.session.clone();
    config.limits = real.limits.clone();
    config.lockout = real.lockout.clone();
    // Demanded only while the probe of it runs.
    config.second_factor.staff_keys_file.clone_from(&real.second_factor.staff_keys_file);
    config.captcha.work = real.captcha.work;
    config.listen.trusted_proxies = PROXY.parse().into_iter().collect();
    config.password.memory_kib = PasswordCost::FLOOR.memory_kib;
    config.password.iterations = Some(PasswordCost::FLOOR.iterations);
    config
}
