//! A shadow for falsifications: the same program on a marked folder, with canaries, to be broken.
//!
//! It is made when a falsification first needs it, used for all of a round, and goes with the round.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use base::{Fault, Secret};
use hyper::Method;
use kernel::App;
use kernel::app::Opened;
use kernel::control::{Aside, Canary, Counter, Unable};
use kernel::door::Door;
use serde_json::json;

use crate::canary::service as canaries;

/// How long its tasks may take to end.
const GRACE: Duration = Duration::from_secs(2);
/// The address of a shadow's staff.
const STAFF: &str = "shadow@example.com";
/// The program that canaries of a shadow seem to use.
const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";

/// An open shadow.
pub(crate) struct Shadow {
    pub(crate) app: Arc<App>,
    pub(crate) canaries: Vec<Canary>,
    pub(crate) address: SocketAddr,
    pub(crate) aside: Aside,
}

impl Shadow {
    /// Opens one, sets it up and makes its canaries, all through its own door.
    pub(crate) async fn open(app: &Arc<App>, source: IpAddr) -> Result<Self, Unable> {
        let Opened { app: shadow, setup_token, clock } = app.shadows.open(app).await?;
        let address = shadow.door.load().as_deref().copied();
        let address = address.ok_or_else(|| Unable::because("the shadow is not listening"))?;
        let door = Door::new(address, "localhost", source, AGENT);
        let password = Secret::new(crypt::hex(&base::rng::bytes::<16>(&*app.rng)) + "-Aa1");
        let staff = (STAFF.to_owned(), password);
        let aside = Aside { app: Arc::clone(&shadow), staff, clock };
        let mut opened = Self { app: shadow, canaries: Vec::new(), address, aside };
        match opened.fill(&door, &setup_token).await {
            Ok(()) => Ok(opened),
            Err(why) => {
                opened.close().await;
                Err(why)
            }
        }
    }

    async fn fill(&mut self, door: &Door, token: &Secret<String>) -> Result<(), Unable> {
        set_up(&self.aside, door, token).await?;
        for _ in 0..canaries::PLACES {
            self.canaries.push(canaries::make(&self.app, door).await?);
        }
        Ok(())
    }

    /// A client of its door.
    pub(crate) fn door(&self, source: IpAddr) -> Door {
        Door::new(self.address, "localhost", source, AGENT)
    }

    /// For planting.
    pub(crate) fn counter(&self) -> Counter<'_> {
        Counter { app: &self.app, canaries: &self.canaries }
    }

    /// Ends it and removes its folder.
    pub(crate) async fn close(self) {
        let folder = self.app.store.folder().path().to_owned();
        let marked = self.app.store.is_shadow();
        self.app.tasks.stop(GRACE).await;
        drop((self.app, self.aside));
        if marked && let Err(e) = std::fs::remove_dir_all(&folder) {
            tracing::warn!(error = %e, "a shadow's folder remains until the next start");
        }
    }
}

/// The first account of a shadow: its staff.
async fn set_up(aside: &Aside, door: &Door, token: &Secret<String>) -> Result<(), Unable> {
    let (email, password) = &aside.staff;
    let body = json!({ "token": token.reveal(), "organisation": "Shadow", "name": "Shadow",
        "email": email, "password": password.reveal() });
    let answer = door.json(Method::POST, "/api/v1/setup", &body).await;
    match answer.map(|a| a.status.as_u16()) {
        Ok(201) => Ok(()),
        Ok(other) => Err(Unable::because(format!("the shadow's set-up was answered {other}"))),
        Err(e) => Err(Unable::because(e.0)),
    }
}

/// Removes what crashes left behind: shadows and scratch copies.
pub(crate) fn sweep(app: &App) -> Result<(), Fault> {
    for name in ["shadows", "scratch"] {
        match std::fs::remove_dir_all(app.store.folder().join(name)) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e.into()),
            _ => {}
        }
    }
    Ok(())
}
