//! The guard of the probes' client: it refuses what is not leased, and notices bait that is out of place.

use std::collections::HashSet;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use base::Fault;

/// The kinds of identifiers that name somebody's thing.
const KINDS: [&str; 6] = ["acc_", "inv_", "pky_", "ses_", "ten_", "tok_"];
/// Characters of an identifier behind its kind.
const ID_CHARS: usize = 26;

/// What probes may touch. Everything else is refused before a byte is sent.
#[derive(Debug, Default)]
pub struct Guard {
    addresses: Mutex<HashSet<SocketAddr>>,
    leased: Mutex<HashSet<String>>,
    /// Each canary's bait, in the order of the canaries.
    baits: Vec<String>,
    escaped: AtomicU64,
    shared: AtomicBool,
}

impl Guard {
    /// Allows these listeners, and knows these baits.
    #[must_use]
    pub fn new(addresses: impl IntoIterator<Item = SocketAddr>, baits: Vec<String>) -> Self {
        Self { addresses: Mutex::new(addresses.into_iter().collect()), baits, ..Self::default() }
    }

    /// Allows one more thing: an identifier, an address of mail, a name in a path.
    pub fn lease(&self, thing: impl Into<String>) {
        self.leased.lock().unwrap_or_else(PoisonError::into_inner).insert(thing.into());
    }

    /// Allows one more listener.
    pub fn lease_address(&self, address: SocketAddr) {
        self.addresses.lock().unwrap_or_else(PoisonError::into_inner).insert(address);
    }

    /// Refuses a request whose listener, identifiers, mail addresses or tenant are not leased.
    pub fn admit(&self, target: SocketAddr, path: &str, body: &[u8]) -> Result<(), String> {
        if !self.addresses.lock().unwrap_or_else(PoisonError::into_inner).contains(&target) {
            return Err(format!("the guard refused the address {target}: not leased"));
        }
        let body = String::from_utf8_lossy(body).replace("%40", "@");
        let path = &path.replace("%40", "@");
        let leased = self.leased.lock().unwrap_or_else(PoisonError::into_inner);
        let named = identifiers(path)
            .chain(identifiers(&body))
            .chain(mail(path))
            .chain(mail(&body))
            .chain(slugs(path));
        for thing in named {
            if !leased.contains(thing) {
                let kind = thing.get(..4).unwrap_or("a name");
                return Err(format!("the guard refused a request for {kind}…: not leased"));
            }
        }
        Ok(())
    }

    /// Looks for the bait of canaries other than `owner` in an answer; `None` for a stranger.
    pub(crate) fn watch(&self, owner: Option<usize>, body: &[u8]) {
        for (n, bait) in self.baits.iter().enumerate() {
            let shared = owner.is_some() && self.shared.load(Ordering::SeqCst);
            if owner != Some(n) && !shared && store::inspect::contains(body, bait.as_bytes()) {
                self.escaped.fetch_add(1, Ordering::SeqCst);
            }
        }
    }

    /// The canaries are in one tenant for now: what one of them sees of the other is not out of its place.
    pub fn share(&self) {
        self.shared.store(true, Ordering::SeqCst);
    }

    /// How often bait was seen out of its place.
    #[must_use]
    pub fn escaped(&self) -> u64 {
        self.escaped.load(Ordering::SeqCst)
    }
}

fn identifiers(text: &str) -> impl Iterator<Item = &str> {
    KINDS.iter().flat_map(move |kind| {
        text.match_indices(kind).filter_map(move |(at, _)| {
            let end = at + kind.len() + ID_CHARS;
            let id = text.get(at..end)?;
            let plain = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
            id.as_bytes()[kind.len()..].iter().all(plain).then_some(id)
        })
    })
}

fn mail(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "._+-".contains(c);
    text.match_indices('@').map(move |(at, _)| {
        let from = text[..at].rfind(|c| !is_part(c)).map_or(0, |n| n + 1);
        let to = text[at + 1..].find(|c| !is_part(c)).map_or(text.len(), |n| at + 1 + n);
        &text[from..to]
    })
}

/// Names of tenants: what follows `/t/` or `/tenants/`, but for the page that founds one.
fn slugs(path: &str) -> impl Iterator<Item = &str> {
    let path = path.split('?').next().unwrap_or(path);
    ["/t/", "/tenants/"].into_iter().flat_map(move |before| {
        path.match_indices(before).filter_map(move |(at, _)| {
            let name = path[at + before.len()..].split('/').next()?;
            (!name.is_empty() && name != "new").then_some(name)
        })
    })
}

/// Where leases are kept: each thing is written down before it is made.
pub trait Leases: Send + Sync {
    /// A thing of this kind is about to be made for a canary; answers the lease's number.
    fn take(&self, kind: &'static str, owner: &str) -> Leasing<'_, u64>;
    /// The thing is gone.
    fn give_back(&self, lease: u64) -> Leasing<'_, ()>;
}

/// A lease on its way to the disk.
pub type Leasing<'a, T> = Pin<Box<dyn Future<Output = Result<T, Fault>> + Send + 'a>>;

/// For shadows, which go with all that is in them.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoLeases;

impl Leases for NoLeases {
    fn take(&self, _: &'static str, _: &str) -> Leasing<'_, u64> {
        Box::pin(async { Ok(0) })
    }

    fn give_back(&self, _: u64) -> Leasing<'_, ()> {
        Box::pin(async { Ok(()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "ses_01m86b0f11vq02d97ymdz88c45";
    const FOREIGN: &str = "ses_01m86b0f11vq02d97ymdz88c46";

    fn guard() -> (Guard, SocketAddr) {
        let address = SocketAddr::from(([127, 0, 0, 1], 8080));
        let guard = Guard::new([address], vec!["a1".into(), "b2".into()]);
        for thing in [OWN, "jo.do@example.com", "larkspur"] {
            guard.lease(thing);
        }
        (guard, address)
    }

    #[test]
    fn what_is_not_leased_is_refused() {
        let (guard, address) = guard();
        let admits = |path: &str, body: &str| guard.admit(address, path, body.as_bytes()).is_ok();
        assert!(admits(&format!("/api/v1/sessions/{OWN}"), ""));
        assert!(!admits(&format!("/api/v1/sessions/{FOREIGN}"), ""));
        assert!(!admits(&format!("/x?next={OWN}&other={FOREIGN}"), ""));
        assert!(admits("/api/v1/sign-in", r#"{"email":"jo.do@example.com"}"#));
        assert!(!admits("/api/v1/sign-in", r#"{"email":"mara@larkspur.example"}"#));
        assert!(!admits("/api/v1/x", &format!(r#"{{"id":"{FOREIGN}"}}"#)));
        assert!(admits("/t/larkspur/team", "") && !admits("/t/larkspur-2/team", ""));
        assert!(!admits("/api/v1/tenants/larkspur-2", "") && admits("/dashboard/tenants/new", ""));
        assert!(!admits("/x", "email=mara%40larkspur.example"));
        let elsewhere = SocketAddr::from(([127, 0, 0, 1], 8081));
        assert!(guard.admit(elsewhere, "/", b"").is_err());
    }

    #[test]
    fn bait_is_noticed_out_of_its_place_only() {
        let (guard, _) = guard();
        guard.watch(Some(0), b"... a1 ...");
        assert_eq!(guard.escaped(), 0);
        guard.watch(Some(1), b"... a1 ...");
        guard.watch(None, b"... b2 ...");
        assert_eq!(guard.escaped(), 2);
    }
}
