//! What the kernel asks about people.

use base::Fault;
use base::id::AccountId;
use base::text::Email;
use kernel::{App, Identities, Person, Profile};

use crate::{account, session, setup, token};

/// Answers the kernel's questions.
#[derive(Clone, Copy, Debug, Default)]
pub struct Port;

impl Identities for Port {
    fn by_cookie(&self, app: &App, value: &str) -> Result<Option<Person>, Fault> {
        session::service::holder(app, value)
    }

    fn by_bearer(&self, app: &App, text: &str) -> Result<Option<Person>, Fault> {
        token::service::holder(app, text)
    }

    fn by_email(&self, app: &App, email: &Email) -> Result<Option<AccountId>, Fault> {
        Ok(account::service::get_by_email(app, email)?.map(|known| known.id))
    }

    fn is_set_up(&self, app: &App) -> Result<bool, Fault> {
        setup::is_done(app)
    }

    fn profile(&self, app: &App, id: AccountId) -> Result<Option<Profile>, Fault> {
        let known = account::service::get(app, id)?;
        Ok(known.map(|k| Profile { name: k.name, email: k.email }))
    }
}
