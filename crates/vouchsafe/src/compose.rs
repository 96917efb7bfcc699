//! The domains, and the application made of them. A newcomer's map.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use arc_swap::{ArcSwap, ArcSwapOption};
use base::{Clock, Fault, Rng, rng};
use crypt::{Hasher, PasswordCost, SystemRng};
use kernel::app::Kept;
use kernel::config::Mode;
use kernel::control::Doors;
use kernel::tasks::Tasks;
use kernel::text::Texts;
use kernel::traffic::Traffic;
use kernel::web::assets::Assets;
use kernel::{App, Brand, Config, Domain, settings};
use store::{Folder, Locked, MasterFile, Schema, Store};
use tokio::sync::Notify;

use crate::clock::SystemClock;
use crate::{docs, shadow};

/// The domains, in reading order. Each is a crate with the same rooms.
pub const DOMAINS: [Domain; 7] = [
    kernel::domain::KERNEL,
    audit::DOMAIN,
    identity::DOMAIN,
    tenancy::DOMAIN,
    privacy::DOMAIN,
    posture::DOMAIN,
    docs::DOMAIN,
];

/// How long a password hash should take, when it is measured at the first start.
const HASH_TARGET: Duration = Duration::from_millis(80);

/// The file that holds the master key, inside the data folder.
pub const MASTER_KEY: &str = "master.key";

/// Why a folder could not be taken.
#[derive(Debug, PartialEq, Eq)]
pub struct Running {
    /// The process that holds it, when it told.
    pub pid: Option<u32>,
}

impl std::fmt::Display for Running {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the data folder is in use")
    }
}

impl std::error::Error for Running {}

/// Takes the data folder. Error [`Running`] when another process holds it.
pub fn take_folder(path: &Path) -> Result<Folder> {
    if path.exists() && !path.is_dir() {
        bail!("{} is not a folder: give another one with --data", path.display());
    }
    Folder::take(path).map_err(|locked| match locked {
        Locked::By(pid) => anyhow!(Running { pid }),
        Locked::Fault(fault) => anyhow!("{}: {}", path.display(), fault.chain()),
    })
}

/// Opens a folder that was taken, and composes the application. Nothing runs yet.
pub fn open(folder: Folder, config: Config) -> Result<Arc<App>> {
    open_with(folder, config, Arc::new(SystemClock), Arc::new(SystemRng))
}

/// The same with a clock and a source of chance of one's own, for tests.
pub fn open_with(
    folder: Folder,
    config: Config,
    clock: Arc<dyn Clock>,
    rng: Arc<dyn Rng>,
) -> Result<Arc<App>> {
    let data_exists = store::holds_data(folder.path());
    let key_file = master_key_file(&config);
    let master = MasterFile::load_or_make(&key_file, data_exists, &*rng).map_err(in_words)?;
    let schema = Schema::new(DOMAINS.iter().flat_map(|d| d.migrations).copied());
    let store = Store::open(folder, master, schema, Arc::clone(&clock), Arc::clone(&rng))
        .map_err(in_words)?;
    let installation = installation(&store, &*rng).map_err(in_words)?;
    let cost = password_cost(&store, &config).map_err(in_words)?;
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let hasher =
        Hasher::start(cost, threads, config.password.queue, Arc::clone(&rng)).map_err(in_words)?;
    let app = Arc::new(App {
        origin: ArcSwap::from_pointee(config.origin.clone()),
        config,
        store,
        clock,
        rng,
        hasher,
        texts: Texts::load().map_err(in_words)?,
        assets: Assets::default(),
        domains: DOMAINS.to_vec(),
        identities: Arc::new(identity::Port),
        memberships: Arc::new(tenancy::Port),
        records: Arc::new(audit::Port),
        proofs: Arc::new(posture::Port),
        tasks: Tasks::default(),
        brand: ArcSwap::from_pointee(Brand::default()),
        installation,
        binary: binary_digest().context("reading this program's own file")?,
        door: ArcSwapOption::empty(),
        doors: ArcSwap::from_pointee(Doors::default()),
        traffic: Traffic::default(),
        kept: Kept::default(),
        shadows: Arc::new(shadow::Maker),
        assess_bell: Notify::new(),
    });
    app.reload_brand().map_err(in_words)?;
    Ok(app)
}

/// Where the master key lies.
#[must_use]
pub fn master_key_file(config: &Config) -> PathBuf {
    config.master_key_file.clone().unwrap_or_else(|| config.data.join(MASTER_KEY))
}

fn in_words(fault: Fault) -> anyhow::Error {
    anyhow!("{}", fault.chain())
}

/// The installation's short name: six letters, made once.
fn installation(store: &Store, rng: &dyn Rng) -> Result<String, Fault> {
    let known = store.control().read(|tx| settings::find_text(tx, settings::INSTALLATION))?;
    if let Some(known) = known {
        return Ok(known);
    }
    let fresh = crypt::hex(&rng::bytes::<3>(rng));
    let name = fresh.clone();
    store
        .control()
        .write_blocking(move |tx| settings::set(tx, settings::INSTALLATION, name.as_bytes()))?;
    Ok(fresh)
}

/// The cost of new hashes: configured, or measured once on this machine. Never below the floor.
fn password_cost(store: &Store, config: &Config) -> Result<PasswordCost, Fault> {
    let floor = PasswordCost {
        memory_kib: config.password.memory_kib,
        iterations: config.password.iterations.unwrap_or(PasswordCost::FLOOR.iterations),
    };
    if config.password.iterations.is_some() {
        return Ok(floor);
    }
    let known = store.control().read(|tx| settings::find_text(tx, settings::PASSWORD_COST))?;
    if let Some(iterations) = known.and_then(|text| text.parse::<u32>().ok()) {
        return Ok(PasswordCost { iterations: iterations.clamp(2, 16), ..floor });
    }
    let measured = measure_hash(floor)?;
    let cost = floor.calibrated(measured, HASH_TARGET);
    let text = cost.iterations.to_string();
    store
        .control()
        .write_blocking(move |tx| settings::set(tx, settings::PASSWORD_COST, text.as_bytes()))?;
    Ok(cost)
}

/// The faster of two hashes: the first also pays for its memory.
#[expect(
    clippy::disallowed_methods,
    reason = "a measurement of this machine, not a moment in the product"
)]
pub(crate) fn measure_hash(cost: PasswordCost) -> Result<Duration, Fault> {
    let mut memory = Vec::new();
    let mut best = Duration::MAX;
    for _ in 0..2 {
        let started = std::time::Instant::now();
        crypt::password::hash_bare(cost, "a password to measure with", &mut memory)?;
        best = best.min(started.elapsed());
    }
    Ok(best)
}

/// SHA-256 of the running program: what proofs belong to.
fn binary_digest() -> Result<String> {
    let mut file = std::fs::File::open("/proc/self/exe")
        .or_else(|_| std::env::current_exe().and_then(std::fs::File::open))?;
    let mut context = aws_lc_rs::digest::Context::new(&aws_lc_rs::digest::SHA256);
    let mut chunk = vec![0_u8; 256 * 1024];
    loop {
        let n = std::io::Read::read(&mut file, &mut chunk)?;
        if n == 0 {
            break;
        }
        context.update(&chunk[..n]);
    }
    Ok(crypt::hex(context.finish().as_ref()))
}

/// Reads and checks a configuration file.
pub fn load_config(path: &Path) -> Result<Config> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("the configuration {} cannot be read", path.display()))?;
    let mut config: Config = toml::from_str(&text)
        .with_context(|| format!("the configuration {} is not understood", path.display()))?;
    config.mode = Mode::Production;
    let problems = config.problems();
    if !problems.is_empty() {
        bail!(
            "the configuration {} has to be mended:\n  - {}",
            path.display(),
            problems.join("\n  - ")
        );
    }
    Ok(config)
}
