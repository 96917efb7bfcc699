//! Damaged, missing and foreign files; a disk that is full; versions out of order.

use base::FaultKind;
use crypt::MasterKey;
use store::{Folder, Locked, Migration, Place, Schema};

use crate::support::{NOTE, add, count, key, open, open_with, schema, tenant};

fn files_of(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files_of(&path)) } else { found.push(path) }
    }
    found
}

#[tokio::test]
async fn nothing_readable_lies_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let bait = "bait-7f3a9c51e2d84b06";
    {
        let store = open(folder.path(), &key()).unwrap();
        store.control().write(move |tx| add(tx, bait)).await.unwrap();
        tenant(&store, 1).await.write(move |tx| add(tx, bait)).await.unwrap();
    }
    let mut bytes = 0;
    for file in files_of(folder.path()) {
        let content = std::fs::read(&file).unwrap();
        bytes += content.len();
        let hit = content.windows(bait.len()).any(|w| w == bait.as_bytes());
        assert!(!hit, "the bait lies in {}", file.display());
        assert!(!content.starts_with(b"SQLite format 3"), "{} is not encrypted", file.display());
    }
    assert!(bytes > 50_000, "only {bytes} bytes were looked at");
}

#[tokio::test]
async fn a_wrong_master_key_is_said_so_and_harms_nothing() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path(), &key()).unwrap().control().write(|tx| add(tx, "kept")).await.unwrap();
    let fault = open(folder.path(), &MasterKey::from_bytes([8; 32])).err().unwrap();
    assert_eq!(fault.kind(), FaultKind::Corrupt);
    assert!(fault.chain().contains("wrong master key"), "{}", fault.chain());
    let store = open(folder.path(), &key()).unwrap();
    assert_eq!(store.control().read(count).unwrap(), 1);
}

#[tokio::test]
async fn a_flipped_byte_in_one_tenant_leaves_the_others_served() {
    let folder = tempfile::tempdir().unwrap();
    let broken = {
        let store = open(folder.path(), &key()).unwrap();
        for n in [1, 2] {
            let db = tenant(&store, n).await;
            db.write(|tx| add(tx, "kept")).await.unwrap();
            db.db().scrub().unwrap();
        }
        folder.path().join("tenants/local").join(format!("{}.db", tenant(&store, 1).await.tenant()))
    };
    let mut bytes = std::fs::read(&broken).unwrap();
    bytes.chunks_mut(4096).skip(1).for_each(|page| page[100] ^= 1);
    std::fs::write(&broken, bytes).unwrap();
    let store = open(folder.path(), &key()).unwrap();
    assert_eq!(tenant(&store, 2).await.read(count).unwrap(), 1);
    let access = store::TenantAccess::decided_by_kernel(
        broken.file_stem().unwrap().to_str().unwrap().parse().unwrap(),
        "local".into(),
    );
    let damage = match store.tenant(&access) {
        Err(fault) => fault.kind(),
        Ok(db) => db.read(count).map_or_else(|f| f.kind(), |_| FaultKind::Internal),
    };
    assert_eq!(damage, FaultKind::Corrupt);
}

#[tokio::test]
async fn a_missing_tenant_file_is_not_taken_for_an_empty_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), &key()).unwrap();
    let id = tenant(&store, 1).await.tenant();
    store.close_tenant(id);
    std::fs::remove_file(folder.path().join(format!("tenants/local/{id}.db"))).unwrap();
    let access = store::TenantAccess::decided_by_kernel(id, "local".into());
    let fault = store.tenant(&access).err().unwrap();
    assert!(fault.chain().contains("is missing"), "{}", fault.chain());
}

#[tokio::test]
async fn a_region_cannot_climb_out_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), &key()).unwrap();
    let id = tenant(&store, 1).await.tenant();
    store.close_tenant(id);
    for region in ["../..", "", "a/b", "A", ".", "x\0y"] {
        let access = store::TenantAccess::decided_by_kernel(id, region.into());
        assert!(store.tenant(&access).is_err(), "{region:?}");
    }
}

#[tokio::test]
async fn an_upgrade_makes_a_copy_first_and_a_downgrade_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path(), &key()).unwrap().control().write(|tx| add(tx, "kept")).await.unwrap();
    let newer = || {
        Schema::new([
            Migration { place: Place::Control, id: "test/0001_note", sql: NOTE },
            Migration { place: Place::Tenant, id: "test/0001_note", sql: NOTE },
            Migration {
                place: Place::Control,
                id: "test/0002_note_color",
                sql: "ALTER TABLE note ADD COLUMN color TEXT",
            },
        ])
    };
    {
        let store = open_with(folder.path(), &key(), newer()).unwrap();
        assert_eq!(store.control().read(count).unwrap(), 1);
    }
    let copies = files_of(&folder.path().join("backups"));
    assert_eq!(copies.len(), 1, "{copies:?}");
    let fault = open_with(folder.path(), &key(), schema()).err().unwrap();
    assert!(fault.chain().contains("newer version"), "{}", fault.chain());
    open_with(folder.path(), &key(), newer()).unwrap();
}

#[tokio::test]
async fn a_failing_migration_leaves_the_file_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path(), &key()).unwrap().control().write(|tx| add(tx, "kept")).await.unwrap();
    let broken = Schema::new([
        Migration { place: Place::Control, id: "test/0001_note", sql: NOTE },
        Migration { place: Place::Tenant, id: "test/0001_note", sql: NOTE },
        Migration {
            place: Place::Control,
            id: "test/0002_broken",
            sql: "DELETE FROM note; CREATE TABLE note (id INTEGER)",
        },
    ]);
    assert!(open_with(folder.path(), &key(), broken).is_err());
    let store = open(folder.path(), &key()).unwrap();
    assert_eq!(store.control().read(count).unwrap(), 1);
}

#[tokio::test]
async fn a_lost_platform_file_is_not_taken_for_a_first_start() {
    for name in ["control.db", "keys.db", "audit.db", "posture.db"] {
        let folder = tempfile::tempdir().unwrap();
        drop(open(folder.path(), &key()).unwrap());
        std::fs::remove_file(folder.path().join(name)).unwrap();
        let fault = open(folder.path(), &key()).err().unwrap();
        assert!(fault.chain().contains(&format!("{name} is missing")), "{}", fault.chain());
    }
}

#[tokio::test]
async fn a_first_start_that_was_cut_short_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path(), &key()).unwrap());
    for name in ["complete", "audit.db", "posture.db"] {
        std::fs::remove_file(folder.path().join(name)).unwrap();
    }
    let store = open(folder.path(), &key()).unwrap();
    assert_eq!(store.control().read(count).unwrap(), 0);
}

#[test]
fn one_folder_belongs_to_one_process() {
    let folder = tempfile::tempdir().unwrap();
    let _held = Folder::take(folder.path()).unwrap();
    match Folder::take(folder.path()) {
        Err(Locked::By(pid)) => assert_eq!(pid, Some(std::process::id())),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn destroying_a_key_is_final() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), &key()).unwrap();
    store.keys().create("acc_x").await.unwrap();
    store.keys().destroy("acc_x").await.unwrap();
    assert!(store.keys().find("acc_x").unwrap().is_none());
    assert_eq!(store.keys().create("acc_x").await.err().unwrap().kind(), FaultKind::Conflict);
}

#[tokio::test]
async fn a_full_disk_fails_the_batch_and_keeps_what_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), &key()).unwrap();
    let db = store.control().clone();
    db.limit_pages_for_tests(60).unwrap();
    let big = "x".repeat(4000);
    let mut acknowledged = 0;
    let fault = loop {
        let text = format!("{acknowledged} {big}");
        match db.write(move |tx| add(tx, &text)).await {
            Ok(()) => acknowledged += 1,
            Err(fault) => break fault,
        }
        assert!(acknowledged < 500, "the limit was never reached");
    };
    assert_eq!(fault.kind(), FaultKind::Full);
    assert_eq!(db.read(count).unwrap(), acknowledged);
    db.limit_pages_for_tests(10_000).unwrap();
    db.write(|tx| add(tx, "after room was made")).await.unwrap();
    assert_eq!(db.read(count).unwrap(), acknowledged + 1);
}
