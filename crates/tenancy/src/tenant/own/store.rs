//! The SQL of a tenant's own file.

use base::Fault;
use kernel::Permit;
use store::{Tx, params};

/// What a tenant says about itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Profile {
    pub(crate) description: String,
    pub(crate) contact: String,
}

pub(crate) fn profile(tx: &Tx<'_>) -> Result<Profile, Fault> {
    let found =
        tx.find("SELECT description, contact FROM profile WHERE one = 1", params![], |row| {
            Ok(Profile { description: row.get(0)?, contact: row.get(1)? })
        })?;
    Ok(found.unwrap_or_default())
}

pub(crate) fn set_profile(tx: &Tx<'_>, _: &Permit, profile: &Profile) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO profile (one, description, contact) VALUES (1, ?1, ?2) \
         ON CONFLICT (one) DO UPDATE SET description = excluded.description, \
         contact = excluded.contact",
        params![&profile.description, &profile.contact],
    )
    .map(drop)
}
