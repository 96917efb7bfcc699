//! The verbs of origins.

use std::collections::BTreeSet;
use std::sync::Arc;

use kernel::web::problem::Invalid;
use kernel::{Action, App, Membership, Op, Origins};

use super::{parse, store};
use crate::event;
use crate::problem::Refused;

/// Origins that one tenant may list.
pub(crate) const LISTED_MAX: usize = 50;

/// What happens to what is not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// It is refused.
    Enforce,
    /// It is let through, and the log says so.
    Report,
}

impl Mode {
    /// The word on the wire and in the store.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Enforce => "enforce",
            Self::Report => "report",
        }
    }

    /// What a word means.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::Enforce, Self::Report].into_iter().find(|m| m.word() == word)
    }
}

/// A tenant's list.
pub(crate) fn list(app: &App, op: &Op, member: &Membership) -> Result<Origins, Refused> {
    op.permit_in(member, Action::SeeTenant)?;
    let tenant = member.tenant.to_string();
    let found = app.store.control().read(|tx| store::of(tx, &tenant))?;
    found.ok_or(Refused::NotFound)
}

/// Puts another list in the place of a tenant's; it counts from the next request on. Whoever opens the API to other sites'
/// pages has to show who they are.
pub(crate) async fn change(
    app: &Arc<App>,
    op: &Op,
    member: &Membership,
    typed: &[String],
    mode: Mode,
) -> Result<(), Refused> {
    let permit = op.permit_shown_in(member, Action::ManageMembers)?;
    let listed = check(typed)?;
    let (app2, op2, tenant) = (Arc::clone(app), op.clone(), member.tenant);
    app.store
        .control()
        .write(move |tx| {
            store::replace(tx, &permit, tenant, &listed, mode.word())?;
            let event = event::origins_changed(tenant, &listed, mode.word());
            audit::append(&app2, tx, &op2, event)
        })
        .await?;
    Ok(())
}

/// Each once, as browsers write it.
fn check(typed: &[String]) -> Result<Vec<String>, Vec<Invalid>> {
    let mut listed = BTreeSet::new();
    for line in typed.iter().filter(|l| !l.trim().is_empty()) {
        let origin = parse::origin(line);
        listed.insert(origin.ok_or_else(|| vec![Invalid::new("origins", "error-origin-invalid")])?);
        if listed.len() > LISTED_MAX {
            return Err(vec![Invalid::new("origins", "error-origin-many")]);
        }
    }
    Ok(listed.into_iter().collect())
}
