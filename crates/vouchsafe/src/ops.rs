//! Operator commands: the same whether they come over the local socket or work on a stopped folder.

use std::sync::Arc;

use base::id::TraceId;
use base::text::Email;
use base::{Fault, FaultKind, Secret};
use identity::account::import::{self, Line, Outcome};
use kernel::text::Lang;
use kernel::{Actor, App, Op};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{backup, doctor};

/// A command.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "kebab-case")]
pub enum Request {
    /// Entries of the audit log, newest first.
    AuditTail {
        /// How many.
        limit: i64,
    },
    /// Derives both logs anew and compares them with what was signed.
    AuditVerify,
    /// Makes a backup.
    BackupCreate {
        /// Folder for data; inside the data folder by default.
        to: Option<String>,
        /// Folder for keys; apart from the data by default.
        keys_to: Option<String>,
    },
    /// The claims with their states.
    Claims {
        /// Only those that are on the public page.
        published: bool,
    },
    /// Checks the installation.
    Doctor,
    /// Stops all probes.
    PosturePause {
        /// The public reason.
        why: String,
    },
    /// Lets probes run again.
    PostureResume,
    /// Runs probes now.
    PostureRun {
        /// Of which claims; all without any.
        claims: Vec<String>,
        /// Whether to show anew first that they can fail.
        falsify: bool,
    },
    /// All tenants.
    TenantList,
    /// Opens accounts for people of another system.
    UserImport {
        /// At most 100.
        items: Vec<ImportLine>,
        /// Only say what would become of each.
        dry_run: bool,
    },
    /// Makes a link to set a new password.
    UserResetLink {
        /// Whose.
        email: String,
    },
}

/// A person, as another system knew them.
#[derive(Clone, Serialize, Deserialize)]
pub struct ImportLine {
    /// Address.
    pub email: String,
    name: String,
    password_hash: Option<String>,
    lang: Option<String>,
}

/// Without the hash.
impl std::fmt::Debug for ImportLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ImportLine")
    }
}

impl ImportLine {
    /// How many bytes it has on the wire.
    #[must_use]
    pub fn bytes(&self) -> usize {
        serde_json::to_string(self).map_or(usize::MAX, |text| text.len())
    }
}

impl From<Line> for ImportLine {
    fn from(line: Line) -> Self {
        let password_hash = line.password_hash.map(|hash| hash.reveal().clone());
        Self { email: line.email, name: line.name, password_hash, lang: line.lang }
    }
}

impl From<ImportLine> for Line {
    fn from(line: ImportLine) -> Self {
        let password_hash = line.password_hash.map(Secret::new);
        Self { email: line.email, name: line.name, password_hash, lang: line.lang }
    }
}

/// Why a command failed, with the exit code that says so.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Failed {
    /// Exit code.
    pub code: u8,
    /// In words.
    pub text: String,
}

impl Failed {
    /// Exit 1.
    pub fn because(text: impl Into<String>) -> Self {
        Self { code: 1, text: text.into() }
    }

    /// Exit 2.
    pub fn usage(text: impl Into<String>) -> Self {
        Self { code: 2, text: text.into() }
    }

    /// Exit 3.
    pub fn not_found(text: impl Into<String>) -> Self {
        Self { code: 3, text: text.into() }
    }

    /// Exit 5.
    pub fn forbidden(text: impl Into<String>) -> Self {
        Self { code: 5, text: text.into() }
    }

    /// Exit 8.
    pub fn check(text: impl Into<String>) -> Self {
        Self { code: 8, text: text.into() }
    }
}

impl From<Fault> for Failed {
    fn from(fault: Fault) -> Self {
        let code = if fault.kind() == FaultKind::Corrupt { 8 } else { 1 };
        Self { code, text: fault.chain() }
    }
}

/// Runs a command, as the user `caller` (a numeric id) on the host.
pub async fn run(app: &Arc<App>, caller: u32, request: Request) -> Result<Value, Failed> {
    match request {
        Request::AuditTail { limit } => tail(app, limit).await,
        Request::AuditVerify => verify(app).await,
        Request::BackupCreate { to, keys_to } => backup::create(app, to, keys_to).await,
        Request::Claims { published: true } => Ok(json!({ "items": posture::claims_json(app)? })),
        Request::Claims { published: false } => {
            Ok(json!({ "items": posture::catalogue_json(app)? }))
        }
        Request::Doctor => doctor::examine(app).await,
        Request::PosturePause { why } => {
            posture::pause(app, &host_op(app, caller), &why).await.map_err(lever)?;
            Ok(json!({ "paused": true }))
        }
        Request::PostureResume => {
            posture::resume(app, &host_op(app, caller)).await.map_err(lever)?;
            Ok(json!({ "paused": false }))
        }
        Request::PostureRun { claims, falsify } => run_probes(app, &claims, falsify).await,
        Request::TenantList => Ok(json!({ "items": tenancy::tenant::service::all(app)? })),
        Request::UserImport { items, dry_run } => import_people(app, caller, items, dry_run).await,
        Request::UserResetLink { email } => reset_link(app, caller, &email).await,
    }
}

async fn run_probes(app: &Arc<App>, claims: &[String], falsify: bool) -> Result<Value, Failed> {
    if app.door.load().is_none() {
        return Err(Failed::usage("nothing is listening: start the server, then run the probes"));
    }
    if let Err(unknown) = posture::assess_some(app, claims, falsify).await? {
        return Err(Failed::not_found(format!("no probe is behind {unknown}")));
    }
    let items = serde_json::to_value(posture::claims_json(app)?)
        .map_err(|e| Failed::because(e.to_string()))?;
    let wanted = |c: &&Value| {
        claims.is_empty() || c["id"].as_str().is_some_and(|id| claims.iter().any(|w| w == id))
    };
    let items: Vec<&Value> = items.as_array().into_iter().flatten().filter(wanted).collect();
    Ok(json!({ "items": items }))
}

fn lever(refused: posture::LeverRefused) -> Failed {
    match refused {
        posture::LeverRefused::Denied => Failed::forbidden("not allowed"),
        posture::LeverRefused::Fault(fault) => fault.into(),
        posture::LeverRefused::NotFound => Failed::not_found("there is no such claim"),
        posture::LeverRefused::Invalid(_) => {
            Failed::usage("a reason of 1 to 200 characters is needed: --why \"…\"")
        }
    }
}

/// The operation of somebody on the machine. The data folder's permissions are what lets them in; the
/// audit log says that it was the host.
fn host_op(app: &App, caller: u32) -> Op {
    let now = app.clock.now();
    Op {
        actor: Actor::Host(format!("uid {caller}")),
        trace: TraceId::new(now, &*app.rng),
        now,
        address: None,
        device: "command line".into(),
        lang: Lang::default(),
        browser: None,
        support: None,
    }
}

async fn verify(app: &Arc<App>) -> Result<Value, Failed> {
    audit::drain(app).await?;
    let audit = audit::verify(app)?;
    let evidence = posture::verify(app)?;
    Ok(json!({ "audit_entries": audit, "evidence_entries": evidence, "verified": true }))
}

async fn tail(app: &Arc<App>, limit: i64) -> Result<Value, Failed> {
    audit::drain(app).await?;
    Ok(json!({ "items": audit::newest(app, limit.clamp(1, 1000))? }))
}

async fn import_people(
    app: &Arc<App>,
    caller: u32,
    items: Vec<ImportLine>,
    dry_run: bool,
) -> Result<Value, Failed> {
    let lines: Vec<Line> = items.into_iter().map(Into::into).collect();
    let op = host_op(app, caller);
    let words = app.words(op.lang);
    let outcomes = match import::import(app, &op, &lines, dry_run).await {
        Ok(outcomes) => outcomes,
        Err(identity::Refused::Fault(fault)) => return Err(fault.into()),
        Err(_) => return Err(Failed::usage(words.get("error-import-long"))),
    };
    let items: Vec<Value> = outcomes
        .iter()
        .map(|outcome| {
            let errors: Vec<String> = match outcome {
                Outcome::Refused(invalid) => invalid.iter().map(|i| words.get(i.text)).collect(),
                Outcome::Imported(_) | Outcome::Known => Vec::new(),
            };
            json!({ "result": outcome.word(), "errors": errors })
        })
        .collect();
    Ok(json!({ "items": items }))
}

async fn reset_link(app: &Arc<App>, caller: u32, email: &str) -> Result<Value, Failed> {
    let parsed = Email::parse(email).map_err(|_| Failed::usage("that is not an e-mail address"))?;
    let account = app
        .identities
        .by_email(app, &parsed)?
        .ok_or_else(|| Failed::not_found("no account has this address"))?;
    let link = identity::reset::service::send_link(app, &host_op(app, caller), account)
        .await
        .map_err(|refused| match refused {
            identity::Refused::Fault(fault) => fault.into(),
            _ => Failed::not_found("no account has this address"),
        })?;
    Ok(json!({ "url": link, "valid_minutes": 30 }))
}
