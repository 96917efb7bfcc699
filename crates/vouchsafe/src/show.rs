//! `posture falsify --show`: a shadow that is broken before somebody's eyes.
//!
//! It proves itself first, as any installation does. Then its data or its guard is made what it must not be,
//! and its own page, badge, feed, metrics and verifier say so.

use std::sync::Arc;

use anyhow::{Context, Result, bail};
use base::Secret;
use kernel::control::{Break, Control, Counter};
use kernel::{App, Config};

use crate::lifecycle::{self, Server};
use crate::{compose, shadow};

/// The claim that is broken when nobody names one.
const USUAL: &str = "IDN-15";

/// A shadow that is running and proven.
pub(crate) struct Show {
    pub(crate) server: Server,
    folder: std::path::PathBuf,
    control: &'static Control,
}

impl Show {
    /// Opens, sets up and proves a shadow; `said` hears of each step.
    pub(crate) async fn open(wanted: &[String], said: impl Fn(&str)) -> Result<Self> {
        let claim = wanted.first().map_or(USUAL, String::as_str);
        let folder = std::env::temp_dir().join(format!("vouchsafe-show-{}", std::process::id()));
        shadow::mark(&folder)?;
        let mut config = Config::evaluation(folder.clone());
        config.listen.http = Some(([127, 0, 0, 1], 0).into());
        config.listen.https = Some(([127, 0, 0, 1], 0).into());
        let listeners = lifecycle::bind(&config).await?;
        let held = compose::take_folder(&folder)?;
        let app = tokio::task::spawn_blocking(move || compose::open(held, config)).await??;
        let control = breakable(&app, claim)?;
        let server = lifecycle::start(app, listeners).await?;
        said("a shadow is open; it is set up and proves itself now");
        set_up(&server).await?;
        let show = Self { server, folder, control };
        // All of them: what is tried on a broken system is red as well, and would hide which line it is about.
        show.until_quiet().await?;
        show.until("proven").await?;
        Ok(show)
    }

    /// Breaks it and waits until its page says so.
    pub(crate) async fn break_it(&self) -> Result<()> {
        let app = self.server.app();
        let canaries = posture::canaries(app).map_err(|f| anyhow::anyhow!("{}", f.chain()))?;
        let Break::State { plant, .. } = self.control.falsification.by else {
            bail!("{} is falsified by a proxy, not by a state", self.control.claim);
        };
        plant(&Counter { app, canaries: &canaries })
            .map_err(|f| anyhow::anyhow!("{}", f.chain()))?;
        let claims = [self.control.claim.to_owned()];
        let ran = posture::assess_some(app, &claims, false).await;
        ran.map_err(|f| anyhow::anyhow!("{}", f.chain()))?
            .map_err(|id| anyhow::anyhow!("no {id}"))?;
        self.until("failing").await
    }

    /// Waits until every line was tried.
    pub(crate) async fn until_quiet(&self) -> Result<()> {
        for _ in 0..3_000 {
            let lines = self.server.app().proofs.lines(self.server.app());
            let lines = lines.map_err(|f| anyhow::anyhow!("{}", f.chain()))?;
            if !lines.is_empty() && lines.iter().all(|l| l.state != "unchecked") {
                return Ok(());
            }
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        }
        bail!("not every line was tried")
    }

    /// What was broken, and which line it is.
    pub(crate) fn broken(&self) -> (&'static str, &'static str) {
        (self.control.claim, self.control.falsification.name)
    }

    /// Ends it and removes its folder.
    pub(crate) async fn close(self) {
        self.server.stop().await;
        let _ = std::fs::remove_dir_all(&self.folder);
    }

    async fn until(&self, state: &str) -> Result<()> {
        for _ in 0..3_000 {
            let lines = self.server.app().proofs.lines(self.server.app());
            let lines = lines.map_err(|f| anyhow::anyhow!("{}", f.chain()))?;
            if lines.iter().any(|l| l.id == self.control.claim && l.state == state) {
                return Ok(());
            }
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        }
        bail!("{} did not become {state}", self.control.claim)
    }
}

/// The control of a claim that a state of data can break for good, without a weak Inspector.
fn breakable(app: &Arc<App>, claim: &str) -> Result<&'static Control> {
    let control = app.domains.iter().flat_map(|d| d.controls).find(|c| c.claim == claim);
    let control = control.with_context(|| format!("no probe is behind {claim}"))?;
    match (control.claim, control.falsification.by) {
        ("IDN-15" | "TEN-01" | "TEN-05" | "TEN-06", Break::State { .. }) => Ok(control),
        _ => bail!("{claim} cannot be shown this way: choose IDN-15, TEN-01, TEN-05 or TEN-06"),
    }
}

async fn set_up(server: &Server) -> Result<()> {
    let app = server.app();
    let url = server.hello.setup_url.as_deref().context("no set-up link")?;
    let secret = Secret::new(crypt::hex(&base::rng::bytes::<16>(&*app.rng)));
    let typed = tenancy::Typed {
        token: url.split("token=").nth(1).unwrap_or_default(),
        organisation: "Shadow",
        name: "Shadow",
        email: "shadow@example.com",
        password: &secret,
    };
    let op = app.system_op("show");
    tenancy::complete(app, &op, &typed)
        .await
        .map_err(|_| anyhow::anyhow!("the shadow could not be set up"))?;
    Ok(())
}

/// The matrix as a page of Markdown: a row for each sabotage, a column for each probe.
pub(crate) fn table(rows: &[posture::Row]) -> String {
    let mut out = String::from(
        "# Probes against sabotages\n\n\
         Made by `vouchsafe posture matrix`. `R`: the probe turned red. `.`: it held. `-`: it could not be made\n\
         on that broken system. Nothing: it was not asked; probes of class S2, which wait for letters, codes or a\n\
         lock, and their sabotages meet in pairs only. A sabotage that its own probe does not notice fails the tests.\n\n",
    );
    let Some(first) = rows.first() else { return out };
    let claims: Vec<&str> = first.noticed.iter().map(|(claim, _)| *claim).collect();
    out.push_str(&format!("| sabotage | of | {} |\n", claims.join(" | ")));
    out.push_str(&format!("|---|---|{}\n", "---|".repeat(claims.len())));
    for row in rows {
        let marks: Vec<&str> = row
            .noticed
            .iter()
            .map(|(_, noticed)| match noticed {
                posture::Noticed::Red => "R",
                posture::Noticed::NotTried => " ",
                posture::Noticed::Held => ".",
                posture::Noticed::Unable => "-",
            })
            .collect();
        let name = row.sabotage.replace('_', " ");
        out.push_str(&format!("| {name} | {} | {} |\n", row.claim, marks.join(" | ")));
    }
    out
}
