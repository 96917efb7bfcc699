//! Letters to a tenant's owners about a support session.

use base::Timestamp;
use base::id::{AccountId, TenantId};
use base::{Fault, Pii};
use kernel::mail::{self, Owner};
use kernel::{App, Role};
use store::Tx;

use crate::member;

/// Who is told.
pub(crate) struct Owners(Vec<identity::account::Known>);

impl Owners {
    /// The owners of a tenant.
    pub(crate) fn of(app: &App, tenant: TenantId) -> Result<Self, Fault> {
        let people = app.store.control().read(|tx| member::store::of_tenant(tx, tenant))?;
        let owners = people.into_iter().filter(|p| p.role == Role::Owner);
        let known = owners.map(|p| identity::account::service::get(app, p.account));
        Ok(Self(known.filter_map(Result::transpose).collect::<Result<_, _>>()?))
    }

    /// Each of them.
    pub(crate) fn each(&self) -> impl Iterator<Item = &identity::account::Known> {
        self.0.iter()
    }

    /// Writes the letters into the caller's transaction.
    pub(crate) fn tell(&self, app: &App, tx: &Tx<'_>, told: &Told) -> Result<(), Fault> {
        for owner in &self.0 {
            let args: [(&str, &dyn std::fmt::Display); 4] = [
                ("staff", told.staff.reveal()),
                ("tenant", &told.tenant),
                ("reason", told.reason.reveal()),
                ("until", &told.until),
            ];
            let letter = mail::Draft {
                name: told.name,
                family: None,
                to: &owner.email,
                lang: owner.lang,
                person: Some(owner.name.reveal()),
                args: &args,
                url: Some(app.url(&format!("/t/{}/support", told.slug))),
            };
            mail::post(app, tx, Owner::Account(owner.id), &letter)?;
        }
        Ok(())
    }
}

/// What they are told.
#[derive(Clone)]
pub(crate) struct Told {
    pub(crate) name: &'static str,
    pub(crate) staff: Pii<String>,
    pub(crate) tenant: String,
    pub(crate) slug: String,
    pub(crate) reason: Pii<String>,
    pub(crate) until: Timestamp,
}

/// A person's name, for people.
pub(crate) fn name_of(app: &App, account: AccountId) -> Result<Pii<String>, Fault> {
    let profile = app.identities.profile(app, account)?;
    Ok(profile.map_or_else(|| Pii::new(account.to_string()), |p| p.name))
}
