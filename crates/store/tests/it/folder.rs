//! The master key file, copies, and the versions that the binary carries.

use std::os::unix::fs::PermissionsExt;

use crypt::SystemRng;
use store::MasterFile;

use crate::support::{add, count, key, open};

#[test]
fn the_master_key_is_made_once_for_its_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.key");
    let made = MasterFile::load_or_make(&path, false, &SystemRng).unwrap();
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let again = MasterFile::load_or_make(&path, true, &SystemRng).unwrap();
    assert_eq!(made.fingerprint(), again.fingerprint());
}

#[test]
fn a_master_key_that_others_may_read_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.key");
    MasterFile::load_or_make(&path, false, &SystemRng).unwrap();
    for mode in [0o640, 0o604, 0o660, 0o644] {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        let fault = MasterFile::load_or_make(&path, true, &SystemRng).unwrap_err();
        assert!(fault.chain().contains("chmod 600"), "{mode:o}: {}", fault.chain());
    }
}

#[test]
fn no_new_master_key_is_made_beside_old_data() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.key");
    let fault = MasterFile::load_or_make(&path, true, &SystemRng).unwrap_err();
    assert!(fault.chain().contains("recovery kit"), "{}", fault.chain());
    std::fs::write(&path, "not a key").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    assert!(MasterFile::load_or_make(&path, true, &SystemRng).is_err());
}

#[tokio::test]
async fn copies_are_whole_and_stay_encrypted() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), &key()).unwrap();
    store.control().write(|tx| add(tx, "kept")).await.unwrap();
    let target = folder.path().join("copy.db");
    store.control().copy_to(&target).unwrap();
    assert!(!std::fs::read(&target).unwrap().starts_with(b"SQLite format 3"));
    assert!(store.control().check().unwrap().is_empty());
    assert_eq!(store.control().read(count).unwrap(), 1);
}

/// Below SQLite 3.51.3 a reset of the write-ahead log could corrupt a file with two connections.
#[test]
fn the_binary_carries_a_sqlcipher_without_the_log_reset_defect() {
    let (cipher, sqlite) = store::cipher().unwrap();
    assert!(cipher.starts_with("4."), "{cipher}");
    let parts: Vec<u32> = sqlite.split('.').map(|p| p.parse().unwrap()).collect();
    assert!(parts >= vec![3, 51, 3], "{sqlite}");
}
