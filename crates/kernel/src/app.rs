//! The running application: what every verb may use, passed as a value.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::{ArcSwap, ArcSwapOption};
use base::id::{AccountId, SessionId, TenantId, TraceId};
use base::text::Email;
use base::{Clock, Fault, FaultKind, Pii, Rng, Secret};
use crypt::{Hasher, Key, seal};
use serde::{Deserialize, Serialize};
use store::{Store, TenantDb};
use tokio::sync::Notify;

use crate::config::Config;
use crate::control::{Doors, Shifted};
use crate::domain::Domain;
use crate::op::{Actor, Membership, Op, Person, Support};
use crate::settings;
use crate::tasks::Tasks;
use crate::text::{Lang, Texts, Words};
use crate::traffic::Traffic;
use crate::web::assets::Assets;

/// What the kernel asks about people; the identity domain answers.
pub trait Identities: Send + Sync {
    /// Who holds a session cookie's value.
    fn by_cookie(&self, app: &App, value: &str) -> Result<Option<Person>, Fault>;
    /// Who holds a bearer token.
    fn by_bearer(&self, app: &App, token: &str) -> Result<Option<Person>, Fault>;
    /// The account with this address.
    fn by_email(&self, app: &App, email: &Email) -> Result<Option<AccountId>, Fault>;
    /// Whether somebody has set the installation up.
    fn is_set_up(&self, app: &App) -> Result<bool, Fault>;
    /// Name and address for the page's frame.
    fn profile(&self, app: &App, account: AccountId) -> Result<Option<Profile>, Fault>;
}

/// What the kernel asks about tenants; the tenancy domain answers.
pub trait Memberships: Send + Sync {
    /// All tenants of a person, by name.
    fn of(&self, app: &App, account: AccountId) -> Result<Vec<Membership>, Fault>;
    /// The tenant with this slug or identifier, without asking who wants to know; for the operator's pages.
    fn tenant(&self, app: &App, tenant: &str) -> Result<Option<TenantName>, Fault>;
    /// Every tenant, and the region where its data lies.
    fn places(&self, app: &App) -> Result<Vec<(TenantId, String)>, Fault>;
    /// The support session that lies over a session of staff.
    fn support(&self, app: &App, session: SessionId) -> Result<Option<Support>, Fault>;
    /// Writes down what somebody in a support session asked for, before they are answered.
    fn note_support<'a>(
        &'a self,
        app: &'a Arc<App>,
        op: &'a Op,
        method: &'a str,
        route: &'a str,
    ) -> Noting<'a>;
    /// Notes that a session entered a tenant: it ends when its person is removed there.
    fn note_visit(&self, app: &App, session: SessionId, membership: &Membership);
    /// From where browsers may call the API for the tenant with this slug or identifier.
    fn origins(&self, app: &App, tenant: &str) -> Result<Option<Origins>, Fault>;
    /// A person's membership in the tenant with this slug or identifier.
    fn find(
        &self,
        app: &App,
        account: AccountId,
        tenant: &str,
    ) -> Result<Option<Membership>, Fault>;
}

/// From which other sites' pages the API may be called for a tenant.
#[derive(Clone, Debug)]
pub struct Origins {
    /// Which tenant.
    pub tenant: TenantId,
    /// Each as browsers send it: `https://crm.example.com`.
    pub listed: Vec<String>,
    /// Others are let through, and the log says so.
    pub report_only: bool,
}

/// An entry that is being written.
pub type Noting<'a> = Pin<Box<dyn Future<Output = Result<(), Fault>> + Send + 'a>>;

/// What the kernel itself has to tell the audit log; audit answers.
pub trait Records: Send + Sync {
    /// A call to a route of administrators was refused. Nobody waits for the entry.
    fn refused(&self, app: &Arc<App>, op: &Op, call: RefusedCall);
    /// A call came from an origin that the tenant has not listed, and was let through because its list only reports.
    fn reported(&self, app: &Arc<App>, op: &Op, call: RefusedCall);
}

/// A call that was refused.
#[derive(Clone, Debug)]
pub struct RefusedCall {
    /// `GET`.
    pub method: String,
    /// The path as it is declared.
    pub route: String,
    /// The answer's.
    pub status: u16,
    /// The tenant, whose member called.
    pub tenant: Option<TenantId>,
    /// The tenant, if the caller is not of it.
    pub other: Option<TenantId>,
    /// Where the calling page is from, if that was the matter.
    pub origin: Option<String>,
}

/// What the kernel asks about the proofs; posture answers.
pub trait Proofs: Send + Sync {
    /// The published lines with their present states.
    fn lines(&self, app: &App) -> Result<Vec<ProofLine>, Fault>;
    /// Sizes and roots of the audit log that the public log holds, oldest first.
    fn anchors(&self, app: &App) -> Result<Vec<(u64, ledger::Hash)>, Fault>;
    /// OpenMetrics of the proofs, without the end mark.
    fn metrics(&self, app: &App) -> Result<String, Fault>;
}

/// Makes shadows; the binary answers, because it alone composes applications.
pub trait Shadows: Send + Sync {
    /// A fresh shadow beside `app`: the same program on a marked folder with its own loopback port, without
    /// proofs of its own, ready for its first account.
    fn open<'a>(&'a self, app: &'a Arc<App>) -> Opening<'a>;
}

/// A shadow, and the link that sets it up.
pub struct Opened {
    /// It listens on `app.door`.
    pub app: Arc<App>,
    /// The token of its set-up link.
    pub setup_token: Secret<String>,
    /// Its clock.
    pub clock: Arc<Shifted>,
}

/// A shadow on its way.
pub type Opening<'a> = Pin<Box<dyn Future<Output = Result<Opened, Fault>> + Send + 'a>>;

/// A line of the public page, in short.
#[derive(Clone, Debug)]
pub struct ProofLine {
    /// Number in the catalogue.
    pub id: String,
    /// The sentence.
    pub text: String,
    /// State, as a word of the wire.
    pub state: &'static str,
}

/// A person as the page's frame shows them.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Name.
    pub name: Pii<String>,
    /// Address.
    pub email: Email,
}

/// A tenant's identifier and names.
#[derive(Clone, Debug)]
pub struct TenantName {
    /// Identifier.
    pub id: TenantId,
    /// Name in URLs.
    pub slug: String,
    /// Name.
    pub name: String,
}

/// How the operator presents the product.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Brand {
    /// The name on every page and letter.
    pub product: String,
    /// `#rrggbb`, if the operator chose a colour.
    #[serde(default)]
    pub accent: Option<String>,
    /// A short hash of the logo, if there is one.
    #[serde(default)]
    pub logo: Option<String>,
}

impl Default for Brand {
    fn default() -> Self {
        Self { product: "Vouchsafe".into(), accent: None, logo: None }
    }
}

/// What domains keep in memory for the life of the application, one value a type.
#[derive(Default)]
pub struct Kept(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Kept {
    /// The value of this type, made at the first call.
    pub fn get<T: Any + Send + Sync>(&self, make: impl FnOnce() -> T) -> Arc<T> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.get(&TypeId::of::<T>()).and_then(|v| Arc::clone(v).downcast().ok());
        match found {
            Some(value) => value,
            None => {
                let value = Arc::new(make());
                kept.insert(TypeId::of::<T>(), Arc::clone(&value) as _);
                value
            }
        }
    }
}

/// Everything that verbs use.
pub struct App {
    /// The configuration, as parsed at the start.
    pub config: Config,
    /// Files.
    pub store: Arc<Store>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub rng: Arc<dyn Rng>,
    /// Password hashing.
    pub hasher: Hasher,
    /// Words.
    pub texts: Texts,
    /// Static files.
    pub assets: Assets,
    /// The domains of this binary, in reading order.
    pub domains: Vec<Domain>,
    /// The port to identity.
    pub identities: Arc<dyn Identities>,
    /// The port to tenancy.
    pub memberships: Arc<dyn Memberships>,
    /// The port to the audit log.
    pub records: Arc<dyn Records>,
    /// The port to posture.
    pub proofs: Arc<dyn Proofs>,
    /// Background tasks.
    pub tasks: Tasks,
    /// How the operator presents the product.
    pub brand: ArcSwap<Brand>,
    /// The installation's own short name, part of its cookies' names: cookies ignore ports.
    pub installation: String,
    /// The address that people type; in evaluation known once the listener is.
    pub origin: ArcSwap<String>,
    /// SHA-256 of the running binary, hexadecimal.
    pub binary: String,
    /// The public door as probes reach it: address of the console's listener, once it is bound.
    pub door: ArcSwapOption<SocketAddr>,
    /// All listeners, once they are bound.
    pub doors: ArcSwap<Doors>,
    /// How the service is doing.
    pub traffic: Traffic,
    /// What domains keep in memory.
    pub kept: Kept,
    /// Makes shadows.
    pub shadows: Arc<dyn Shadows>,
    /// Rung when somebody asks for the proofs to be made now.
    pub assess_bell: Notify,
}

impl App {
    /// An operation of a background task.
    #[must_use]
    pub fn system_op(&self, name: &'static str) -> Op {
        let now = self.clock.now();
        Op {
            actor: Actor::System(name),
            trace: TraceId::new(now, &*self.rng),
            now,
            address: None,
            device: String::new(),
            lang: Lang::default(),
            browser: None,
            support: None,
        }
    }

    /// The key that seals what is personal to an account. Fault `Corrupt` when it was destroyed.
    pub fn person_key(&self, account: AccountId) -> Result<Key, Fault> {
        self.store.keys().get(&account.to_string())
    }

    /// Seals a personal field: bound to its table, column and row.
    pub fn seal_for(
        &self,
        account: AccountId,
        context: &[&str],
        plain: &str,
    ) -> Result<Vec<u8>, Fault> {
        Ok(seal::seal(&self.person_key(account)?, context, plain.as_bytes(), &*self.rng))
    }

    /// Opens a personal field. `None` when the person's key was destroyed: they are anonymous now.
    pub fn open_for(
        &self,
        account: AccountId,
        context: &[&str],
        sealed: &[u8],
    ) -> Result<Option<String>, Fault> {
        let Some(key) = self.store.keys().find(&account.to_string())? else { return Ok(None) };
        open_text(&key, context, sealed).map(Some)
    }

    /// The value by which a sealed text can be found: `purpose` keeps columns apart.
    #[must_use]
    pub fn blind_index(&self, purpose: &str, text: &str) -> [u8; 32] {
        let key = self.store.keys().platform("index").purpose(purpose);
        crypt::derive::blind_index(key.bytes(), text)
    }

    /// A member's tenant file.
    pub fn tenant_db(&self, membership: &Membership) -> Result<TenantDb, Fault> {
        self.store.tenant(&membership.access())
    }

    /// A tenant's file, for a background task of that tenant.
    pub fn tenant_db_for_task(&self, tenant: TenantId, region: String) -> Result<TenantDb, Fault> {
        self.store.tenant(&store::TenantAccess::decided_by_kernel(tenant, region))
    }

    /// Removes the file of a tenant whose key was destroyed; answers how many files there were.
    pub async fn delete_tenant(&self, tenant: TenantId, region: String) -> Result<usize, Fault> {
        let access = store::TenantAccess::decided_by_kernel(tenant, region);
        self.store.delete_tenant(&access).await
    }

    /// Reads the brand anew; called after each change of it.
    pub fn reload_brand(&self) -> Result<(), Fault> {
        let stored = self.store.control().read(|tx| settings::find_text(tx, settings::BRAND))?;
        let brand = stored.and_then(|t| serde_json::from_str(&t).ok()).unwrap_or_default();
        self.brand.store(Arc::new(brand));
        Ok(())
    }

    /// The words of one language.
    #[must_use]
    pub fn words(&self, lang: Lang) -> Words<'_> {
        self.texts.of(lang)
    }

    /// The address of a page, for letters: `app.url("/login")`.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin.load())
    }

    /// The name of the cookie that a browser keeps beyond its session, to be known again.
    #[must_use]
    pub fn browser_cookie_name(&self) -> String {
        format!("{}-browser", self.cookie_name())
    }

    /// The name of the session cookie.
    #[must_use]
    pub fn cookie_name(&self) -> String {
        format!("__Host-vouchsafe-{}", self.installation)
    }
}

/// Opens a sealed text.
pub fn open_text(key: &Key, context: &[&str], sealed: &[u8]) -> Result<String, Fault> {
    let plain = seal::open(key, context, sealed).map_err(|e| {
        Fault::because(FaultKind::Corrupt, format!("opening {}", context.join(".")), e)
    })?;
    String::from_utf8(plain)
        .map_err(|e| Fault::because(FaultKind::Corrupt, "a sealed text is not UTF-8", e))
}
