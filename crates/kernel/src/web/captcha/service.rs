//! Services that judge instead of us, on the pages: Cloudflare Turnstile and hCaptcha. When one does not answer, our own
//! challenge stands in for a minute: sign-in must not depend on another company's good day.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use base::{Fault, FaultKind};
use serde::Deserialize;

use super::{Purpose, Unsolved};
use crate::app::App;
use crate::config::Provider;
use crate::fetch;
use crate::op::Op;

/// How long one judgement may take.
const JUDGEMENT: Duration = Duration::from_secs(5);
/// How long a service that did not answer is not asked again.
const REST: Duration = Duration::from_mins(1);
/// Bytes of an answer.
const ANSWER_BYTES_MAX: u64 = 16 * 1024;
/// Characters of a token (Turnstile's own limit; hCaptcha's are longer).
const TOKEN_CHARS_MAX: usize = 16 * 1024;

/// Until when a service that did not answer is not asked.
#[derive(Default)]
struct DownUntil(AtomicI64);

/// A service, as its documentation describes it.
pub(super) struct Service {
    pub(super) word: &'static str,
    pub(super) script: &'static str,
    pub(super) origin: &'static str,
    verify: &'static str,
    /// Whether its answer names what the token is for.
    names_action: bool,
}

static TURNSTILE: Service = Service {
    word: "turnstile",
    script: "https://challenges.cloudflare.com/turnstile/v0/api.js",
    origin: "https://challenges.cloudflare.com",
    verify: "https://challenges.cloudflare.com/turnstile/v0/siteverify",
    names_action: true,
};

static HCAPTCHA: Service = Service {
    word: "hcaptcha",
    script: "https://js.hcaptcha.com/1/api.js",
    origin: "https://hcaptcha.com https://*.hcaptcha.com",
    verify: "https://api.hcaptcha.com/siteverify",
    names_action: false,
};

/// The configured service, unless it is down.
pub(super) fn in_use(app: &App) -> Option<&'static Service> {
    let service = match app.config.captcha.provider {
        Provider::BuiltIn => return None,
        Provider::Turnstile => &TURNSTILE,
        Provider::Hcaptcha => &HCAPTCHA,
    };
    let until = app.kept.get(DownUntil::default).0.load(Ordering::Relaxed);
    (app.clock.now().0 >= until).then_some(service)
}

/// What a service says of a token.
#[derive(Deserialize)]
struct Verdict {
    success: bool,
    #[serde(default)]
    hostname: String,
    #[serde(default)]
    action: String,
}

impl Service {
    pub(super) async fn judge(
        &'static self,
        app: &Arc<App>,
        op: &Op,
        purpose: Purpose,
        token: &str,
    ) -> Result<(), Unsolved> {
        if token.is_empty() {
            return Err(Unsolved::Missing);
        }
        if token.len() > TOKEN_CHARS_MAX {
            return Err(Unsolved::Refused);
        }
        let (app2, token) = (Arc::clone(app), token.to_owned());
        let address = op.address.as_ref().map(|a| a.reveal().to_string()).unwrap_or_default();
        let asked = tokio::task::spawn_blocking(move || self.ask(&app2, &token, &address)).await;
        let verdict = match asked {
            Ok(Ok(verdict)) => verdict,
            Ok(Err(fault)) => return Err(self.rest(app, &fault.chain())),
            Err(e) => return Err(self.rest(app, &e.to_string())),
        };
        let origin = app.origin.load();
        let host = origin.split("://").nth(1).and_then(|h| h.split(':').next()).unwrap_or_default();
        let action = !self.names_action || verdict.action == purpose.word();
        if verdict.success && verdict.hostname == host && action {
            Ok(())
        } else {
            Err(Unsolved::Refused)
        }
    }

    fn ask(&self, app: &App, token: &str, address: &str) -> Result<Verdict, Fault> {
        let config = &app.config.captcha;
        let file = config.secret_file.as_ref().ok_or_else(|| {
            Fault::new(FaultKind::Internal, "captcha.secret_file is not configured")
        })?;
        let secret = std::fs::read_to_string(file)?;
        let url = config.verify_url.as_deref().unwrap_or(self.verify);
        let form = [("secret", secret.trim()), ("response", token), ("remoteip", address)];
        let failed = |e: ureq::Error| {
            Fault::because(FaultKind::Internal, "asking whether it is a person", e)
        };
        let mut answer = fetch::agent(JUDGEMENT).post(url).send_form(form).map_err(failed)?;
        let text = answer.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_string();
        serde_json::from_str(&text.map_err(failed)?)
            .map_err(|e| Fault::because(FaultKind::Internal, "what the service answered", e))
    }

    /// Nobody is let in on its silence: the next page asks for our own challenge.
    fn rest(&self, app: &App, why: &str) -> Unsolved {
        tracing::warn!(
            service = self.word,
            why,
            "the CAPTCHA service did not answer: ours stands in"
        );
        let until = app.clock.now().plus(REST).0;
        app.kept.get(DownUntil::default).0.store(until, Ordering::Relaxed);
        Unsolved::Down
    }
}
