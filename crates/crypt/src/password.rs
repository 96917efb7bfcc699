//! Passwords: Argon2id (RFC 9106) on threads of its own, behind a bounded queue.
//!
//! Every thread keeps its memory, because fresh pages for each hash cost about as much as a quarter
//! of the hash. A full queue refuses at once instead of letting a flood of sign-ins take all memory.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub use argon2::Block;
use argon2::{Algorithm, Argon2, Params, Version};
use base::limit::PASSWORD_CHARS_MAX;
use base::{Fault, FaultKind, Rng, Secret, rng};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use tokio::sync::oneshot;

use crate::equal;
use crate::legacy::{Exported, Legacy};

const HASH: usize = 32;
const SALT: usize = 16;

/// Memory and passes of a hash; parallelism is always 1 (one thread a hash serves most sign-ins).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PasswordCost {
    /// KiB of memory.
    pub memory_kib: u32,
    /// Passes over it.
    pub iterations: u32,
}

impl PasswordCost {
    /// The least that OWASP's password storage cheat sheet asks for: 19 MiB, two passes.
    pub const FLOOR: Self = Self { memory_kib: 19_456, iterations: 2 };
    /// More than this is refused on reading, so that a planted verifier cannot stop the service.
    pub const CEILING: Self = Self { memory_kib: 262_144, iterations: 16 };

    /// The cost with more passes, such that a hash takes about `target`, given that one at this
    /// cost took `measured`. Never cheaper than this, never beyond the ceiling.
    #[must_use]
    pub fn calibrated(self, measured: Duration, target: Duration) -> Self {
        let per_pass = measured.as_secs_f64() / f64::from(self.iterations.max(1));
        if per_pass <= 0.0 {
            return self;
        }
        // Rounded down: a sign-in shall rather be a little cheaper than the target than dearer.
        let passes = (target.as_secs_f64() / per_pass).clamp(0.0, 16.0) as u32;
        Self { iterations: passes.clamp(self.iterations, Self::CEILING.iterations), ..self }
    }
}

/// A stored verifier in PHC string form: `$argon2id$v=19$m=…,t=…,p=1$salt$hash`. Around a hash of an older scheme
/// `~` and that scheme's settings follow.
#[derive(Clone, PartialEq, Eq)]
pub struct Verifier {
    cost: PasswordCost,
    salt: [u8; SALT],
    hash: [u8; HASH],
    around: Option<Legacy>,
}

impl std::fmt::Debug for Verifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Verifier(argon2id, {:?})", self.cost)
    }
}

impl Verifier {
    /// Parses the stored form.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        Self::parse_fields(text)
            .ok_or_else(|| Fault::new(FaultKind::Corrupt, "stored password verifier is malformed"))
    }

    fn parse_fields(text: &str) -> Option<Self> {
        let (text, around) = match text.split_once('~') {
            Some((text, settings)) => (text, Some(Legacy::from_settings(settings)?)),
            None => (text, None),
        };
        let mut parts = text.strip_prefix("$argon2id$v=19$m=")?.split('$');
        let (memory, rest) = parts.next()?.split_once(",t=")?;
        let (iterations, lanes) = rest.split_once(",p=")?;
        let cost =
            PasswordCost { memory_kib: memory.parse().ok()?, iterations: iterations.parse().ok()? };
        let salt = STANDARD_NO_PAD.decode(parts.next()?).ok()?.try_into().ok()?;
        let hash = STANDARD_NO_PAD.decode(parts.next()?).ok()?.try_into().ok()?;
        let bounded = cost.memory_kib <= PasswordCost::CEILING.memory_kib
            && cost.iterations <= PasswordCost::CEILING.iterations;
        (bounded && lanes == "1" && parts.next().is_none()).then_some(Self {
            cost,
            salt,
            hash,
            around,
        })
    }

    /// The stored form.
    #[must_use]
    pub fn phc(&self) -> String {
        let around =
            self.around.as_ref().map_or_else(String::new, |l| format!("~{}", l.settings()));
        format!(
            "$argon2id$v=19$m={},t={},p=1${}${}{around}",
            self.cost.memory_kib,
            self.cost.iterations,
            STANDARD_NO_PAD.encode(self.salt),
            STANDARD_NO_PAD.encode(self.hash)
        )
    }

    /// What it was made at.
    #[must_use]
    pub fn cost(&self) -> PasswordCost {
        self.cost
    }

    /// Whether it is around a hash of an older scheme, and should be made anew at sign-in.
    #[must_use]
    pub fn is_around_legacy(&self) -> bool {
        self.around.is_some()
    }

    /// Whether it was made at a lower cost than `wanted`, and should be made anew at sign-in.
    #[must_use]
    pub fn is_cheaper_than(&self, wanted: PasswordCost) -> bool {
        self.cost.memory_kib < wanted.memory_kib || self.cost.iterations < wanted.iterations
    }
}

struct Work {
    password: Secret<String>,
    salt: [u8; SALT],
    cost: PasswordCost,
    around: Option<Legacy>,
    reply: oneshot::Sender<Result<[u8; HASH], Fault>>,
}

/// The threads that hash, and the queue before them.
#[derive(Clone)]
pub struct Hasher {
    pool: Arc<Pool>,
    cost: PasswordCost,
    rng: Arc<dyn Rng>,
    /// What an unknown account is checked against, so that it costs the same as a known one.
    nobody: Verifier,
}

/// Ends the threads when the last hasher goes.
struct Pool(Arc<Shared>);

impl Drop for Pool {
    fn drop(&mut self) {
        lock(&self.0.state).closed = true;
        self.0.wake.iter().for_each(Condvar::notify_one);
    }
}

struct Shared {
    state: Mutex<State>,
    /// One a thread: the thread that hashed last is woken first, because its memory is still in the cache.
    wake: Vec<Condvar>,
    queue_max: usize,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Work>,
    idle: Vec<usize>,
    closed: bool,
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Hasher {
    /// Starts `threads` threads behind a queue of `queue` waiting hashes.
    pub fn start(
        cost: PasswordCost,
        threads: usize,
        queue: usize,
        rng: Arc<dyn Rng>,
    ) -> Result<Self, Fault> {
        let threads = threads.max(1);
        let shared = Arc::new(Shared {
            state: Mutex::default(),
            wake: (0..threads).map(|_| Condvar::new()).collect(),
            queue_max: queue.max(1),
        });
        let pool = Arc::new(Pool(Arc::clone(&shared)));
        for n in 0..threads {
            let shared = Arc::clone(&shared);
            std::thread::Builder::new()
                .name(format!("hash-{n}"))
                .spawn(move || hash_until_closed(&shared, n, cost))?;
        }
        let (salt, hash) = (rng::bytes(&*rng), rng::bytes(&*rng));
        let nobody = Verifier { cost, salt, hash, around: None };
        Ok(Self { pool, cost, rng, nobody })
    }

    /// The cost of new verifiers.
    #[must_use]
    pub fn cost(&self) -> PasswordCost {
        self.cost
    }

    /// Makes a verifier of a new password. Errors: overloaded.
    pub async fn hash(&self, password: &Secret<String>) -> Result<Verifier, Fault> {
        let salt = rng::bytes(&*self.rng);
        let hash = self.run(password, salt, self.cost, None).await?;
        Ok(Verifier { cost: self.cost, salt, hash, around: None })
    }

    /// Makes a verifier of a hash that another system exported; nobody needs to know the password. Errors: overloaded.
    pub async fn wrap(&self, exported: &Exported) -> Result<Verifier, Fault> {
        let salt = rng::bytes(&*self.rng);
        let inner = inner(exported.digest.reveal());
        let hash = self.run(&inner, salt, self.cost, None).await?;
        Ok(Verifier { cost: self.cost, salt, hash, around: Some(exported.legacy.clone()) })
    }

    /// Whether the password is the one that the verifier came from. With `None` (an account that does
    /// not exist, or has no password) it works just as long and says no. Around an older hash it works longer, by
    /// that hash. Errors: overloaded.
    pub async fn verify(
        &self,
        password: &Secret<String>,
        verifier: Option<&Verifier>,
    ) -> Result<bool, Fault> {
        let tried = verifier.unwrap_or(&self.nobody);
        let hash = self.run(password, tried.salt, tried.cost, tried.around.clone()).await?;
        Ok(equal(&hash, &tried.hash) && verifier.is_some())
    }

    fn submit(&self, work: Work) -> Result<(), Fault> {
        let shared = &self.pool.0;
        let mut state = lock(&shared.state);
        if state.waiting.len() >= shared.queue_max {
            return Err(Fault::new(FaultKind::Overloaded, "hashing queue is full"));
        }
        state.waiting.push_back(work);
        if let Some(n) = state.idle.pop() {
            shared.wake[n].notify_one();
        }
        Ok(())
    }

    async fn run(
        &self,
        password: &Secret<String>,
        salt: [u8; SALT],
        cost: PasswordCost,
        around: Option<Legacy>,
    ) -> Result<[u8; HASH], Fault> {
        if password.reveal().chars().count() > PASSWORD_CHARS_MAX {
            return Err(Fault::internal("password longer than the limit reached the hasher"));
        }
        let (reply, answer) = oneshot::channel();
        let work = Work { password: password.clone(), salt, cost, around, reply };
        self.submit(work)?;
        answer.await.map_err(|_| Fault::internal("hashing thread ended"))?
    }
}

/// Steps of niceness below all other threads: whoever is signed in does not wait for a flood of sign-ins.
const NICE: i32 = 5;

fn hash_until_closed(shared: &Shared, own: usize, usual: PasswordCost) {
    // Of a thread's own number, Linux sets that thread alone. Where it is refused, hashes only weigh more.
    let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICE);
    let mut memory = vec![Block::new(); usual.memory_kib as usize];
    while let Some(work) = next(shared, own) {
        if work.reply.is_closed() {
            continue; // the client went away while it waited: nothing to compute
        }
        let result = hash_through(&work, &mut memory);
        let _ = work.reply.send(result);
        memory.truncate(usual.memory_kib as usize);
    }
}

fn hash_through(work: &Work, memory: &mut Vec<Block>) -> Result<[u8; HASH], Fault> {
    match &work.around {
        None => hash_once(&work.password, &work.salt, work.cost, memory),
        Some(legacy) => {
            let digest = Secret::new(legacy.digest(work.password.reveal().as_bytes())?);
            hash_once(&inner(digest.reveal()), &work.salt, work.cost, memory)
        }
    }
}

/// An older hash in the place of a password.
fn inner(digest: &[u8]) -> Secret<String> {
    Secret::new(STANDARD_NO_PAD.encode(digest))
}

/// Waits for work; `None` when the hasher is gone.
fn next(shared: &Shared, own: usize) -> Option<Work> {
    let mut state = lock(&shared.state);
    loop {
        if state.closed {
            return None;
        }
        if let Some(work) = state.waiting.pop_front() {
            return Some(work);
        }
        state.idle.push(own);
        state = shared.wake[own].wait(state).unwrap_or_else(PoisonError::into_inner);
        state.idle.retain(|n| *n != own);
    }
}

fn hash_once(
    password: &Secret<String>,
    salt: &[u8; SALT],
    cost: PasswordCost,
    memory: &mut Vec<Block>,
) -> Result<[u8; HASH], Fault> {
    let fault = |e: argon2::Error| Fault::internal(format!("argon2: {e}"));
    let params = Params::new(cost.memory_kib, cost.iterations, 1, Some(HASH)).map_err(fault)?;
    if memory.len() < params.block_count() {
        memory.resize(params.block_count(), Block::new());
    }
    let mut out = [0_u8; HASH];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(password.reveal().as_bytes(), salt, &mut out, memory)
        .map_err(fault)?;
    Ok(out)
}

/// One hash on the calling thread with its own memory: for calibration and benchmarks.
pub fn hash_bare(
    cost: PasswordCost,
    password: &str,
    memory: &mut Vec<Block>,
) -> Result<[u8; HASH], Fault> {
    hash_once(&Secret::new(password.to_owned()), &[7; SALT], cost, memory)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemRng;

    const CHEAP: PasswordCost = PasswordCost { memory_kib: 64, iterations: 1 };

    fn hasher(queue: usize) -> Hasher {
        let started = Hasher::start(CHEAP, 1, queue, Arc::new(SystemRng));
        assert!(started.is_ok());
        started.unwrap_or_else(|_| unreachable!())
    }

    fn secret(text: &str) -> Secret<String> {
        Secret::new(text.to_owned())
    }

    #[tokio::test]
    async fn tells_right_from_wrong_and_nobody_from_both() {
        let hasher = hasher(8);
        let verifier = hasher.hash(&secret("a long enough one")).await;
        let verifier = verifier.ok().and_then(|v| Verifier::parse(&v.phc()).ok());
        assert!(verifier.is_some());
        assert_eq!(
            hasher.verify(&secret("a long enough one"), verifier.as_ref()).await.ok(),
            Some(true)
        );
        assert_eq!(
            hasher.verify(&secret("a long enough two"), verifier.as_ref()).await.ok(),
            Some(false)
        );
        assert_eq!(hasher.verify(&secret("a long enough one"), None).await.ok(), Some(false));
    }

    #[tokio::test]
    async fn wraps_an_older_hash_and_never_stores_it() {
        let hasher = hasher(8);
        let text = "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
        let Ok(exported) = Exported::parse(text) else { unreachable!() };
        let Ok(wrapped) = hasher.wrap(&exported).await else { unreachable!() };
        let stored = wrapped.phc();
        assert!(stored.starts_with("$argon2id$") && stored.contains("~bcrypt,5,"), "{stored}");
        assert!(!stored.contains("5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"), "{stored}");
        let read = Verifier::parse(&stored).ok();
        assert!(read.as_ref().is_some_and(Verifier::is_around_legacy));
        assert_eq!(hasher.verify(&secret("U*U"), read.as_ref()).await.ok(), Some(true));
        assert_eq!(hasher.verify(&secret("U*V"), read.as_ref()).await.ok(), Some(false));
        // Its own text opens nothing: whoever steals the store cannot sign in with what they find.
        let inner = inner(exported.digest.reveal());
        assert_eq!(hasher.verify(&inner, read.as_ref()).await.ok(), Some(false));
        for broken in ["~", "~bcrypt", "~bcrypt,5,!!", "~md5,1,AAAA", "~bcrypt,5,AA~x"] {
            let text = stored.split('~').next().unwrap_or_default().to_owned() + broken;
            assert!(Verifier::parse(&text).is_err(), "{broken}");
        }
    }

    /// The reference implementation's own vector for Argon2id v19, m=64 MiB t=2 p=1 ("password",
    /// "somesalt") is covered by the library; here the stored form is checked against hand-made ones.
    #[test]
    fn refuses_malformed_and_ruinous_verifiers() {
        let good =
            Verifier { cost: PasswordCost::FLOOR, salt: [1; 16], hash: [2; 32], around: None }
                .phc();
        assert!(Verifier::parse(&good).is_ok());
        for bad in [
            "",
            "$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA",
            &good.replace("m=19456", "m=99999999"),
            &good.replace("t=2", "t=4000"),
            &good.replace("p=1", "p=2"),
            &format!("{good}$x"),
            &good[..good.len() - 4],
        ] {
            assert!(Verifier::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn calibration_only_ever_raises_the_cost() {
        let floor = PasswordCost::FLOOR;
        let fast = floor.calibrated(Duration::from_millis(20), Duration::from_millis(60));
        assert_eq!(fast.iterations, 6);
        assert_eq!(floor.calibrated(Duration::from_millis(500), Duration::from_millis(60)), floor);
        assert_eq!(floor.calibrated(Duration::ZERO, Duration::from_millis(60)), floor);
    }

    #[tokio::test]
    async fn a_full_queue_refuses_instead_of_waiting() {
        let slow = PasswordCost { memory_kib: 65_536, iterations: 1 };
        let started = Hasher::start(slow, 1, 1, Arc::new(SystemRng));
        assert!(started.is_ok());
        let Ok(hasher) = started else { return };
        let one = secret("x");
        let tries = (0..8).map(|_| hasher.hash(&one));
        let mut refused = 0;
        for result in futures_in_order(tries).await {
            refused += usize::from(result.is_err_and(|f| f.kind() == FaultKind::Overloaded));
        }
        assert!(refused >= 5, "{refused}");
    }

    async fn futures_in_order<F: Future>(tries: impl Iterator<Item = F>) -> Vec<F::Output> {
        let mut pinned: Vec<_> = tries.map(Box::pin).collect();
        let mut done = Vec::new();
        // Poll all once, so that all are in the queue together, then await each.
        std::future::poll_fn(|cx| {
            let mut keep = Vec::new();
            for mut future in pinned.drain(..) {
                match future.as_mut().poll(cx) {
                    std::task::Poll::Ready(out) => done.push(out),
                    std::task::Poll::Pending => keep.push(future),
                }
            }
            pinned = keep;
            if pinned.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        })
        .await;
        done
    }
}
