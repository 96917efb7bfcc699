//! The verbs of sub-processors.

use std::sync::Arc;
use std::time::Duration;

use base::Fault;
use base::id::ProcessorId;
use base::text;
use kernel::config::Outbound;
use kernel::web::problem::Invalid;
use kernel::{Action, App, Op};

use super::store::{self, Processor};
use crate::event;
use crate::problem::Refused;

const CHARS_MAX: usize = 200;
/// Companies on the list at once; nobody reads more.
const ALL_MAX: usize = 200;

/// A company as it is typed.
pub(crate) struct Typed<'a> {
    pub(crate) name: &'a str,
    pub(crate) purpose: &'a str,
    pub(crate) country: &'a str,
    /// Names of hosts, separated by spaces or commas; none, if nothing goes there from this program.
    pub(crate) hosts: &'a str,
}

/// Everything on the list, with what ended; the newest announcement first.
pub(crate) fn all(app: &App) -> Result<Vec<Processor>, Fault> {
    app.store.control().read(store::all)
}

/// Where the program sends something for which no company on the list stands that is at work: one that was announced may
/// get nothing yet.
pub(crate) fn undeclared(app: &App, all: &[Processor]) -> Vec<Outbound> {
    let now = app.clock.now();
    let at_work = |p: &&Processor| p.ended_at.is_none() && p.starts_at <= now;
    let declared = |host: &str| {
        all.iter().filter(at_work).any(|p| p.hosts.split(' ').any(|h| is_under(host, h)))
    };
    app.config.outbound().into_iter().filter(|o| !declared(&o.host)).collect()
}

/// Whether a host is a name, or lies under it.
pub(crate) fn is_under(host: &str, name: &str) -> bool {
    !name.is_empty() && (host == name || host.ends_with(&format!(".{name}")))
}

/// Announces a company in public. It begins its work after the notice that the settings give, so that customers can object;
/// at once if it is at work already, and the list is to be made true (`at_once`).
pub(crate) async fn announce(
    app: &Arc<App>,
    op: &Op,
    typed: &Typed<'_>,
    at_once: bool,
) -> Result<ProcessorId, Refused> {
    let permit = op.permit_shown(Action::ChangePlatformSettings)?;
    let notice = Duration::from_secs(u64::from(app.config.privacy.notice_days) * 86_400);
    let new = check(app, op, typed, if at_once { Duration::ZERO } else { notice })?;
    let (app2, op2, id) = (Arc::clone(app), op.clone(), new.id);
    app.store
        .control()
        .write(move |tx| {
            if store::all(tx)?.len() >= ALL_MAX {
                return Err(vec![Invalid::new("name", "error-processor-many")].into());
            }
            store::insert(tx, &permit, &new)?;
            audit::append(&app2, tx, &op2, event::announced(new.id))?;
            Ok::<_, Refused>(())
        })
        .await?;
    Ok(id)
}

fn check(
    app: &App,
    op: &Op,
    typed: &Typed<'_>,
    notice: Duration,
) -> Result<Processor, Vec<Invalid>> {
    let mut invalid = Vec::new();
    let mut line = |field: &'static str, value: &str| {
        text::line(value, CHARS_MAX).unwrap_or_else(|_| {
            invalid.push(Invalid::new(field, "error-processor-line"));
            String::new()
        })
    };
    let name = line("name", typed.name);
    let purpose = line("purpose", typed.purpose);
    let country = line("country", typed.country);
    let hosts: Vec<String> = typed
        .hosts
        .split([' ', ',', '\n'])
        .map(|h| h.trim().to_ascii_lowercase())
        .filter(|h| !h.is_empty())
        .collect();
    // Also `relay`, and addresses: whatever a setting can name can be declared.
    let plain = |h: &String| h.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-:[]".contains(&b));
    if hosts.len() > 20 || !hosts.iter().all(plain) {
        invalid.push(Invalid::new("hosts", "error-processor-hosts"));
    }
    if !invalid.is_empty() {
        return Err(invalid);
    }
    Ok(Processor {
        id: ProcessorId::new(op.now, &*app.rng),
        name,
        purpose,
        country,
        hosts: hosts.join(" "),
        announced_at: op.now,
        starts_at: op.now.plus(notice),
        ended_at: None,
    })
}

/// A company gets nothing any more. It stays on the page, among those of before.
pub(crate) async fn end(app: &Arc<App>, op: &Op, id: ProcessorId) -> Result<(), Refused> {
    let permit = op.permit_shown(Action::ChangePlatformSettings)?;
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            if !store::end(tx, &permit, id, op2.now)? {
                return Err(Refused::NotFound);
            }
            audit::append(&app2, tx, &op2, event::ended(id))?;
            Ok(())
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::is_under;

    #[test]
    fn a_name_stands_for_what_lies_under_it_and_for_nothing_beside() {
        assert!(
            is_under("mail.example.net", "example.net") && is_under("example.net", "example.net")
        );
        assert!(
            !is_under("badexample.net", "example.net")
                && !is_under("example.net.evil.org", "example.net")
        );
        assert!(!is_under("example.net", ""));
    }
}
