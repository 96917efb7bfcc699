//! Backups: consistent copies of all files, still encrypted; keys in a place of their own.
//!
//! The files are copied in an order that loses nothing: control data, then tenants, then the logs (an
//! entry that moved meanwhile is then in both, and taken once; the public log before the audit log, whose
//! checkpoints it holds), then keys (a superset of what the data needs). A backup counts when its manifest is there: it is written last.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};
use base::Fault;
use crypt::sign::{self, Signer};
use kernel::{App, log};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::MasterFile;

use crate::compose::MASTER_KEY;
use crate::ops::Failed;

const MANIFEST: &str = "manifest.json";
const KEYS: &str = "keys.db";

/// What a backup holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// Its name.
    pub id: String,
    /// RFC 3339.
    pub created_at: String,
    /// Version of the program that made it.
    pub version: String,
    /// Which installation.
    pub installation: String,
    /// A value that tells the right master key from others.
    pub master: String,
    /// Entries of the audit log.
    pub audit_entries: u64,
    /// Path, bytes and SHA-256 of each file.
    pub files: Vec<Copied>,
    /// The key file, which lies elsewhere.
    pub keys: Copied,
    /// Ed25519 over all of the above, hexadecimal.
    #[serde(default)]
    pub signature: String,
}

/// One file of a backup.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Copied {
    /// Path inside the backup.
    pub path: String,
    /// Length.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

fn data_folder(data: &Path) -> PathBuf {
    data.join("backups")
}

fn keys_folder(data: &Path) -> PathBuf {
    data.join("backups-keys")
}

/// Makes a backup.
pub async fn create(
    app: &Arc<App>,
    to: Option<String>,
    keys_to: Option<String>,
) -> Result<Value, Failed> {
    let app = Arc::clone(app);
    let made = tokio::task::spawn_blocking(move || make(&app, to, keys_to))
        .await
        .map_err(|e| Failed::because(format!("the backup ended early: {e}")))?;
    let (manifest, folder, keys) = made.map_err(|e| Failed::because(format!("{e:#}")))?;
    let bytes: u64 = manifest.files.iter().map(|f| f.bytes).sum();
    Ok(json!({
        "id": manifest.id,
        "created_at": manifest.created_at,
        "files": manifest.files.len(),
        "bytes": bytes,
        "data": folder,
        "keys": keys,
    }))
}

fn make(
    app: &App,
    to: Option<String>,
    keys_to: Option<String>,
) -> Result<(Manifest, PathBuf, PathBuf)> {
    let now = app.clock.now();
    let data = app.store.folder().path();
    let id = now.iso().replace([':', '.'], "-");
    let folder = to.map_or_else(|| data_folder(data), PathBuf::from).join(&id);
    let keys = keys_to.map_or_else(|| keys_folder(data), PathBuf::from).join(&id);
    for new in [&folder, &keys] {
        if new.exists() {
            bail!("{} exists already", new.display());
        }
        private_folder(new)?;
    }
    let files = copy_files(app, &folder)?;
    app.store.keys().db().copy_to(&keys.join(KEYS)).map_err(fault)?;
    let mut manifest = Manifest {
        id,
        created_at: now.iso(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        installation: app.installation.clone(),
        master: app.store.keys().master().fingerprint(),
        audit_entries: app.store.audit().read(log::size).map_err(fault)?,
        files,
        keys: describe(&keys, KEYS)?,
        signature: String::new(),
    };
    manifest.signature = crypt::hex(&signer(app.store.keys().master()).sign(&signed(&manifest)?));
    let part = folder.join("manifest.part");
    std::fs::write(&part, serde_json::to_vec_pretty(&manifest)?)?;
    std::fs::File::open(&part)?.sync_all()?;
    std::fs::rename(&part, folder.join(MANIFEST))?;
    std::fs::File::open(&folder)?.sync_all()?;
    Ok((manifest, folder, keys))
}

fn copy_files(app: &App, folder: &Path) -> Result<Vec<Copied>> {
    let store = &app.store;
    let mut files = Vec::new();
    let mut copy = |db: &store::Db, path: String| -> Result<()> {
        let target = folder.join(&path);
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent)?;
        }
        db.copy_to(&target).map_err(fault)?;
        std::fs::File::open(&target)?.sync_all()?;
        files.push(describe(folder, &path)?);
        Ok(())
    };
    copy(store.control(), "control.db".into())?;
    let tenants = store.control().read(tenancy::tenant::service::places).map_err(fault)?;
    for (tenant, region) in tenants {
        let db = app.tenant_db_for_task(tenant, region.clone()).map_err(fault)?;
        copy(db.db(), format!("tenants/{region}/{tenant}.db"))?;
    }
    // The public log first: it holds checkpoints of the audit log, which must not be ahead of its copy.
    copy(store.posture(), "posture.db".into())?;
    copy(store.audit(), "audit.db".into())?;
    Ok(files)
}

fn fault(fault: Fault) -> anyhow::Error {
    anyhow!("{}", fault.chain())
}

fn describe(folder: &Path, path: &str) -> Result<Copied> {
    let full = folder.join(path);
    let mut file = std::fs::File::open(&full).with_context(|| full.display().to_string())?;
    let mut context = aws_lc_rs::digest::Context::new(&aws_lc_rs::digest::SHA256);
    let (mut bytes, mut chunk) = (0_u64, vec![0_u8; 256 * 1024]);
    loop {
        let n = file.read(&mut chunk)?;
        if n == 0 {
            break;
        }
        context.update(&chunk[..n]);
        bytes += n as u64;
    }
    Ok(Copied { path: path.to_owned(), bytes, sha256: crypt::hex(context.finish().as_ref()) })
}

fn signer(master: &crypt::MasterKey) -> Signer {
    Signer::from_seed(*master.platform("sign backup").bytes())
}

fn signed(manifest: &Manifest) -> Result<Vec<u8>> {
    let unsigned = Manifest { signature: String::new(), ..manifest.clone() };
    Ok(serde_json::to_vec(&unsigned)?)
}

/// The complete backups of a data folder, newest first.
pub fn list(data: &Path) -> Result<Vec<Manifest>> {
    let folder = data_folder(data);
    let mut found = Vec::new();
    if folder.is_dir() {
        for entry in std::fs::read_dir(&folder)? {
            let manifest = entry?.path().join(MANIFEST);
            if let Ok(text) = std::fs::read(&manifest)
                && let Ok(parsed) = serde_json::from_slice::<Manifest>(&text)
            {
                found.push(parsed);
            }
        }
    }
    found.sort_by(|a: &Manifest, b| b.created_at.cmp(&a.created_at));
    Ok(found)
}

/// What a restore needs.
pub struct Restore<'a> {
    /// A backup's folder, or its name inside `data`.
    pub backup: &'a str,
    /// The data folder that the name is looked up in.
    pub data: &'a Path,
    /// The folder of the keys, if it is not beside the data.
    pub keys: Option<&'a Path>,
    /// Where to restore to; must not exist, or be empty.
    pub to: &'a Path,
    /// The master key's file; that of `data` by default.
    pub master_key_file: Option<&'a Path>,
}

/// Restores a backup into a new folder, after every file's checksum and the manifest's signature were
/// checked. `progress` is told each file.
pub fn restore(wanted: &Restore<'_>, mut progress: impl FnMut(&str)) -> Result<Manifest, Failed> {
    let (folder, id) = find(wanted)?;
    let text = std::fs::read(folder.join(MANIFEST))
        .map_err(|_| Failed::not_found(format!("there is no backup {}", wanted.backup)))?;
    let manifest: Manifest = serde_json::from_slice(&text)
        .map_err(|e| Failed::check(format!("the manifest of {id} is damaged: {e}")))?;
    let default_key = wanted.data.join(MASTER_KEY);
    let key_file = wanted.master_key_file.unwrap_or(&default_key);
    let master = MasterFile::load_or_make(key_file, true, &crypt::SystemRng)?;
    check_signature(&manifest, &master)?;
    if wanted.to.exists() && std::fs::read_dir(wanted.to).map_or(true, |mut d| d.next().is_some()) {
        return Err(Failed {
            code: 6,
            text: format!("{} is not empty: restore into a new folder", wanted.to.display()),
        });
    }
    let keys_at = wanted.keys.map_or_else(|| keys_folder(wanted.data).join(&id), Path::to_owned);
    let result = copy_back(&manifest, &folder, &keys_at, wanted.to, &mut progress)
        .and_then(|()| Ok(MasterFile::write(&wanted.to.join(MASTER_KEY), &master)?));
    result.map_err(|e| Failed::check(format!("{e:#}")))?;
    Ok(manifest)
}

fn find(wanted: &Restore<'_>) -> Result<(PathBuf, String), Failed> {
    let named = data_folder(wanted.data).join(wanted.backup);
    let folder = if named.join(MANIFEST).exists() { named } else { PathBuf::from(wanted.backup) };
    let id = folder.file_name().map(|n| n.to_string_lossy().into_owned());
    id.map(|id| (folder, id)).ok_or_else(|| Failed::not_found("that is not a backup's name"))
}

fn check_signature(manifest: &Manifest, master: &crypt::MasterKey) -> Result<(), Failed> {
    if manifest.master != master.fingerprint() {
        return Err(Failed::check(
            "the backup belongs to another master key: give the right one with --master-key-file",
        ));
    }
    let message = signed(manifest).map_err(|e| Failed::because(e.to_string()))?;
    let signature: Vec<u8> = (0..manifest.signature.len() / 2)
        .filter_map(|n| u8::from_str_radix(manifest.signature.get(2 * n..2 * n + 2)?, 16).ok())
        .collect();
    if sign::verify(&signer(master).public(), &message, &signature) {
        Ok(())
    } else {
        Err(Failed::check("the backup's manifest was changed: its signature does not hold"))
    }
}

/// A folder for its owner alone.
fn private_folder(path: &Path) -> std::io::Result<()> {
    std::os::unix::fs::DirBuilderExt::mode(std::fs::DirBuilder::new().recursive(true), 0o700)
        .create(path)
}

fn copy_back(
    manifest: &Manifest,
    folder: &Path,
    keys: &Path,
    to: &Path,
    progress: &mut impl FnMut(&str),
) -> Result<()> {
    private_folder(to)?;
    let sources = manifest.files.iter().map(|f| (folder, f)).chain([(keys, &manifest.keys)]);
    for (from, file) in sources {
        progress(&file.path);
        let plain = Path::new(&file.path)
            .components()
            .all(|c| matches!(c, std::path::Component::Normal(_)));
        if !plain {
            bail!("{} is not a path inside a backup", file.path);
        }
        let found = describe(from, &file.path)?;
        if found.sha256 != file.sha256 {
            bail!("{} was changed since the backup was made", file.path);
        }
        let target = to.join(&file.path);
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::copy(from.join(&file.path), &target)?;
        std::fs::File::open(&target)?.sync_all()?;
    }
    std::fs::write(to.join(store::COMPLETE), "1\n")?;
    std::fs::File::open(to)?.sync_all()?;
    Ok(())
}

/// Bytes that are free where a folder lies; asks `df`, the standard library does not tell.
pub(crate) fn free_bytes(folder: &Path) -> Option<u64> {
    let output = std::process::Command::new("df")
        .args(["--output=avail", "--block-size=1"])
        .arg(folder)
        .output()
        .ok()?;
    String::from_utf8(output.stdout).ok()?.lines().nth(1)?.trim().parse().ok()
}
