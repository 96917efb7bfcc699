//! Makes shadows: this same program once more, on a marked folder, for falsifications to break.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use base::{Fault, Rng, rng};
use crypt::{PasswordCost, SystemRng};
use kernel::app::{Opened, Opening, Shadows};
use kernel::web;
use kernel::{App, Config};
use store::inspect::SHADOW;

use crate::{compose, listener};

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
    let clock = Arc::clone(&app.clock);
    let shadow = tokio::task::spawn_blocking(move || {
        mark(&folder)?;
        let held = compose::take_folder(&folder)?;
        compose::open_with(held, config(&folder), clock, Arc::new(SystemRng) as Arc<dyn Rng>)
    })
    .await??;
    let socket = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let listener = listener::bind(socket).await?;
    let at = listener.local_addr()?;
    shadow.origin.store(Arc::new(format!("http://localhost:{}", at.port())));
    shadow.door.store(Some(Arc::new(at)));
    listener::serve(&shadow, vec![listener], &web::router(&shadow), None);
    shadow.tasks.spawn(kernel::job::run_until_stopped(Arc::clone(&shadow)));
    shadow.tasks.spawn(audit::run_until_stopped(Arc::clone(&shadow)));
    let link = identity::setup::make_link(&shadow).await;
    let link = link.map_err(|f| anyhow::anyhow!("{}", f.chain()))?.context("no set-up link")?;
    let token = link.reveal().split("token=").nth(1).unwrap_or_default().to_owned();
    Ok(Opened { app: shadow, setup_token: base::Secret::new(token) })
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

/// An evaluation at the least cost that is allowed.
fn config(folder: &Path) -> Config {
    let mut config = Config::evaluation(folder.to_owned());
    config.password.memory_kib = PasswordCost::FLOOR.memory_kib;
    config.password.iterations = Some(PasswordCost::FLOOR.iterations);
    config
}
