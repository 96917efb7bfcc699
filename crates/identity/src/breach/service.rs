//! Asking what this installation has, and what happens when it cannot be asked.

use std::sync::Arc;

use base::Secret;
use kernel::config::Unavailable;
use kernel::web::problem::Invalid;
use kernel::{App, Op};

use super::file::Corpus;
use super::{service_range, sha1};
use crate::event;
use crate::problem::Refused;

/// The file, opened once.
struct Opened(Option<Corpus>);

/// What there is to ask: `file`, `service` or `none`.
pub(crate) fn source(app: &App) -> &'static str {
    match (&app.config.password.breach_file, &app.config.password.breach_url) {
        (Some(_), _) => "file",
        (None, Some(_)) => "service",
        (None, None) => "none",
    }
}

/// Refuses a password that is known to be stolen. When nothing can be asked, the configuration says whether it is taken;
/// either way the audit log says so.
pub async fn refuse_stolen(
    app: &Arc<App>,
    op: &Op,
    field: &'static str,
    password: &Secret<String>,
) -> Result<(), Refused> {
    if source(app) == "none" {
        return Ok(());
    }
    let (app2, hash) = (Arc::clone(app), sha1(password.reveal()));
    let known = tokio::task::spawn_blocking(move || ask(&app2, &hash)).await;
    match known.unwrap_or_else(|e| Err(e.to_string())) {
        Ok(false) => Ok(()),
        Ok(true) => Err(vec![Invalid::new(field, "error-password-stolen")].into()),
        Err(why) => {
            tracing::warn!(%why, "stolen passwords could not be looked up");
            let (app2, op2) = (Arc::clone(app), op.clone());
            app.store
                .control()
                .write(move |tx| audit::append(&app2, tx, &op2, event::corpus_unavailable()))
                .await?;
            match app.config.password.breach_unavailable {
                Unavailable::Accept => Ok(()),
                Unavailable::Refuse => {
                    Err(vec![Invalid::new(field, "error-password-unchecked")].into())
                }
            }
        }
    }
}

fn ask(app: &App, hash: &[u8; 20]) -> Result<bool, String> {
    let config = &app.config.password;
    if let Some(path) = &config.breach_file {
        let open = || match Corpus::open(path) {
            Ok(corpus) => Opened(Some(corpus)),
            Err(e) => {
                tracing::error!(error = %e, path = %path.display(), "password.breach_file");
                Opened(None)
            }
        };
        let opened = app.kept.get(open);
        let corpus = opened.0.as_ref().ok_or("the file cannot be read")?;
        return corpus.has(hash).map_err(|e| e.to_string());
    }
    match &config.breach_url {
        Some(url) => service_range::has(url, hash),
        None => Ok(false),
    }
}
