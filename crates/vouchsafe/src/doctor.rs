//! The doctor: looks at an installation and says how to mend what is wrong.

use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use std::time::Duration;

use base::{Fault, Timestamp};
use kernel::App;
use kernel::config::Mode;
use serde::Serialize;
use serde_json::{Value, json};
use store::{Db, Outbox, queue};

use crate::backup;
use crate::compose::master_key_file;
use crate::ops::Failed;

/// Bytes that should be free.
const FREE_BYTES_MIN: u64 = 256 * 1024 * 1024;
/// A backup should not be older than this.
const BACKUP_AGE_MAX: Duration = Duration::from_hours(48);

/// One look.
#[derive(Serialize)]
struct Check {
    name: &'static str,
    ok: bool,
    /// Not wrong, but worth knowing.
    warning: bool,
    found: String,
    mend: Option<String>,
}

impl Check {
    fn good(name: &'static str, found: impl Into<String>) -> Self {
        Self { name, ok: true, warning: false, found: found.into(), mend: None }
    }

    fn bad(name: &'static str, found: impl Into<String>, mend: impl Into<String>) -> Self {
        let mend = Some(mend.into());
        Self { name, ok: false, warning: false, found: found.into(), mend }
    }

    fn note(name: &'static str, found: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { ok: true, warning: true, ..Self::bad(name, found, mend) }
    }
}

/// Looks at everything. `{"healthy": bool, "checks": [...]}`.
pub async fn examine(app: &Arc<App>) -> Result<Value, Failed> {
    let mut checks = vec![permissions(app), engine(), free_space(app), mail(app), backups(app)];
    checks.extend(places(app));
    checks.extend(staff_keys(app));
    checks.push(jobs(app)?);
    checks.extend(files(app));
    checks.push(log("audit log", audit::drain(app).await.and_then(|_| audit::verify(app))));
    checks.push(log("public evidence log", posture::verify(app)));
    let healthy = checks.iter().all(|c| c.ok);
    Ok(json!({ "healthy": healthy, "checks": checks }))
}

/// The database of places, if there is one.
fn places(app: &App) -> Option<Check> {
    let file = app.config.sign_in.places_file.as_ref()?;
    let name = "database of places";
    Some(match identity::place::check(file) {
        Ok(()) => Check::good(name, file.display().to_string()),
        Err(why) => {
            let mend = "put a database in MaxMind's format there, or remove sign_in.places_file";
            Check::bad(name, format!("{}: {why}", file.display()), mend)
        }
    })
}

/// Whether staff have to come with a hardware key.
fn staff_keys(app: &App) -> Option<Check> {
    let name = "hardware keys of staff";
    let Some(file) = &app.config.second_factor.staff_keys_file else {
        let mend = "name the roots of the makers that you trust in second_factor.staff_keys_file";
        let open = app.config.mode == Mode::Production;
        return open.then(|| Check::note(name, "not demanded", mend));
    };
    Some(match identity::hardware::check(file) {
        Ok(roots) => Check::good(name, format!("demanded; {roots} roots of makers")),
        Err(why) => {
            let mend = "put the makers' root certificates there, in PEM";
            Check::bad(name, format!("{}: {why}", file.display()), mend)
        }
    })
}

fn permissions(app: &App) -> Check {
    let path = master_key_file(&app.config);
    match std::fs::metadata(&path).map(|m| m.permissions().mode() & 0o777) {
        Ok(0o600 | 0o400) => Check::good("master key", "readable by its owner alone"),
        Ok(mode) => Check::bad(
            "master key",
            format!("mode {mode:04o}"),
            format!("chmod 600 {}", path.display()),
        ),
        Err(e) => Check::bad(
            "master key",
            e.to_string(),
            "make it again from the recovery kit: vouchsafe recover-key",
        ),
    }
}

fn engine() -> Check {
    match store::cipher() {
        Ok((cipher, sqlite)) => {
            Check::good("engine", format!("SQLCipher {cipher}, SQLite {sqlite}"))
        }
        Err(fault) => Check::bad("engine", fault.chain(), "install this program anew"),
    }
}

fn free_space(app: &App) -> Check {
    match backup::free_bytes(app.store.folder().path()) {
        Some(free) if free < FREE_BYTES_MIN => Check::bad(
            "free space",
            format!("{} MiB", free / 1024 / 1024),
            "make room: without it changes are refused (nothing is lost)",
        ),
        Some(free) => Check::good("free space", format!("{} MiB", free / 1024 / 1024)),
        None => Check::note("free space", "not known", "look with df"),
    }
}

fn mail(app: &App) -> Check {
    match (&app.config.mail, app.config.mode) {
        (Some(server), _) => Check::good("mail", format!("{}:{}", server.host, server.port)),
        (None, Mode::Evaluation) => Check::good("mail", "kept at /dev/mail (evaluation)"),
        (None, Mode::Production) => {
            Check::bad("mail", "no mail server", "set [mail] in the configuration, then restart")
        }
    }
}

fn backups(app: &App) -> Check {
    let advice = "vouchsafe backup create, and keep the keys elsewhere";
    let newest =
        backup::list(app.store.folder().path()).ok().and_then(|all| all.into_iter().next());
    match newest.and_then(|b| Timestamp::parse(&b.created_at)) {
        None => Check::note("backup", "none yet", advice),
        Some(at) if app.clock.now().since(at) > BACKUP_AGE_MAX => {
            Check::note("backup", format!("the newest is of {at}"), advice)
        }
        Some(at) => Check::good("backup", format!("the newest is of {at}")),
    }
}

fn jobs(app: &App) -> Result<Check, Fault> {
    let (all, waiting) = app
        .store
        .control()
        .read(|tx| Ok::<_, Fault>((queue::all(tx, 10_000)?, Outbox::waiting(tx)?)))?;
    let failed = all.iter().filter(|j| j.state == "failed").count();
    let found = format!(
        "{} waiting, {failed} given up, {waiting} audit entries on their way",
        all.len() - failed
    );
    Ok(if failed > 0 {
        Check::bad("jobs", found, "look at /admin/jobs for the reasons")
    } else {
        Check::good("jobs", found)
    })
}

fn files(app: &Arc<App>) -> Vec<Check> {
    let store = &app.store;
    let platform = [store.control(), store.audit(), store.posture(), store.keys().db()];
    let mut checks: Vec<Check> = platform.into_iter().map(file).collect();
    let tenants = store.control().read(tenancy::tenant::service::places);
    let (mut good, mut total) = (0, 0);
    for (tenant, region) in tenants.unwrap_or_default() {
        total += 1;
        let opened = app.tenant_db_for_task(tenant, region);
        match opened.and_then(|db| db.db().check()) {
            Ok(found) if found.is_empty() => good += 1,
            Ok(found) => checks.push(Check::bad(
                "tenant file",
                format!("{tenant}: {}", found.join("; ")),
                "restore this file from the newest backup",
            )),
            Err(fault) => checks.push(Check::bad(
                "tenant file",
                format!("{tenant}: {}", fault.chain()),
                "restore this file from the newest backup",
            )),
        }
    }
    let found = format!("{good} of {total} are whole");
    checks.push(if good == total {
        Check::good("tenant files", found)
    } else {
        Check::bad("tenant files", found, "restore the damaged ones from the newest backup")
    });
    checks
}

fn file(db: &Db) -> Check {
    match db.check() {
        Ok(found) if found.is_empty() => Check::good("file", format!("{} is whole", db.name())),
        Ok(found) => Check::bad(
            "file",
            format!("{}: {}", db.name(), found.join("; ")),
            "stop the server and restore the newest backup",
        ),
        Err(fault) => {
            Check::bad("file", fault.chain(), "stop the server and restore the newest backup")
        }
    }
}

fn log(name: &'static str, verified: Result<u64, Fault>) -> Check {
    match verified {
        Ok(entries) => {
            Check::good(name, format!("{entries} entries, nothing missing, nothing changed"))
        }
        Err(fault) => Check::bad(
            name,
            fault.chain(),
            "somebody or something changed the log: keep the folder as it is, and compare with backups",
        ),
    }
}
