//! The data folder: its lock, its layout, and the master key file.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use base::{Fault, FaultKind, Rng};
use crypt::MasterKey;

/// A data folder that this process holds alone until the value is dropped.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    _lock: File,
}

/// Why a folder was not taken.
#[derive(Debug)]
pub enum Locked {
    /// Another process holds it; its process id, when it told.
    By(Option<u32>),
    /// Something else went wrong.
    Fault(Fault),
}

impl From<Fault> for Locked {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<std::io::Error> for Locked {
    fn from(e: std::io::Error) -> Self {
        Self::Fault(e.into())
    }
}

impl Folder {
    /// Makes the folder if need be (0700) and takes its lock. The kernel drops the lock when the process
    /// ends, however it ends.
    pub fn take(path: &Path) -> Result<Self, Locked> {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)?;
        close_to_others(path)?;
        let mut lock = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(path.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let _ = lock.read_to_string(&mut holder);
                return Err(Locked::By(holder.trim().parse().ok()));
            }
            Err(TryLockError::Error(e)) => return Err(e.into()),
        }
        lock.set_len(0)?;
        lock.rewind()?;
        writeln!(lock, "{}", std::process::id())?;
        let path = path.canonicalize()?;
        Ok(Self { path, _lock: lock })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A file or folder inside it.
    #[must_use]
    pub fn join(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}

/// Refuses a folder that others may write to, or that belongs to somebody else; closes one that they may only
/// read.
fn close_to_others(path: &Path) -> Result<(), Fault> {
    let found = std::fs::metadata(path)?;
    let mode = found.permissions().mode() & 0o7777;
    let own = std::fs::metadata("/proc/self").map_or(found.uid(), |m| m.uid());
    let refuse = |what: String| {
        let text = format!("{} {what}: use a folder of this user alone", path.display());
        Err(Fault::new(FaultKind::Corrupt, text))
    };
    if mode & 0o022 != 0 {
        return refuse(format!("can be written to by others (mode {mode:04o})"));
    }
    if found.uid() != own {
        return refuse(format!("belongs to another user (uid {})", found.uid()));
    }
    if mode & 0o077 != 0 {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Where the master key lies, and what was found there.
pub struct MasterFile;

impl MasterFile {
    /// Reads the master key, or makes one if the folder holds no data yet. Refuses a file that others
    /// may read, and refuses to make a new key beside old data: that would look like a loss of all.
    pub fn load_or_make(path: &Path, data_exists: bool, rng: &dyn Rng) -> Result<MasterKey, Fault> {
        match File::open(path) {
            Ok(file) => Self::read(path, file),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound && data_exists => Err(Fault::new(
                FaultKind::Corrupt,
                format!(
                    "the master key {} is missing, but there is data: put the file back, or make \
                         it again from the recovery kit with `vouchsafe recover-key`",
                    path.display()
                ),
            )),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let key = MasterKey::generate(rng);
                Self::write(path, &key)?;
                Ok(key)
            }
            Err(e) => Err(e.into()),
        }
    }

    fn read(path: &Path, file: File) -> Result<MasterKey, Fault> {
        let mode = file.metadata()?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(Fault::new(
                FaultKind::Corrupt,
                format!(
                    "the master key {0} can be read by others (mode {1:04o}): run `chmod 600 {0}`, and \
                     think about who could have copied it",
                    path.display(),
                    mode & 0o7777
                ),
            ));
        }
        let mut text = String::new();
        file.take(4096).read_to_string(&mut text)?;
        let text = base::Secret::new(text);
        parse_hex(text.reveal().trim()).map(MasterKey::from_bytes).ok_or_else(|| {
            Fault::new(
                FaultKind::Corrupt,
                format!("{} is not a master key (64 hexadecimal digits)", path.display()),
            )
        })
    }

    /// Writes a master key where there is none; the file is complete and on the disk, or absent.
    pub fn write(path: &Path, key: &MasterKey) -> Result<(), Fault> {
        let part = path.with_extension("part");
        let _ = std::fs::remove_file(&part);
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part)?;
        writeln!(file, "{}", crypt::hex(key.bytes()))?;
        file.sync_all()?;
        std::fs::hard_link(&part, path)?;
        std::fs::remove_file(&part)?;
        if let Some(folder) = path.parent() {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }
}

fn parse_hex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut out = [0_u8; 32];
    for (n, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * n..2 * n + 2)?, 16).ok()?;
    }
    Some(out)
}
