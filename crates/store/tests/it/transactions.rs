//! What a transaction keeps, undoes and refuses.

use std::sync::Arc;

use base::id::JobId;
use base::{Fault, FaultKind, Timestamp};
use crypt::SystemRng;
use store::{Outbox, params, queue};

use crate::support::{add, count, key, open, tenant};

#[tokio::test]
async fn grouped_closures_each_keep_or_lose_only_their_own_changes() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), &key()).unwrap();
    let mut tasks = Vec::new();
    for n in 0..200_u32 {
        let db = store.control().clone();
        tasks.push(tokio::spawn(async move {
            db.write(move |tx| {
                add(tx, &format!("note {n}"))?;
                match n % 4 {
                    0 => Err(Fault::new(FaultKind::Conflict, "refused")),
                    1 => panic!("a defect in one closure"),
                    2 => Err(Fault::internal("a defect that was noticed")),
                    _ => Ok(()),
                }
            })
            .await
            .is_ok()
        }));
    }
    let mut kept = 0;
    for task in tasks {
        kept += i64::from(task.await.unwrap());
    }
    assert_eq!(kept, 50);
    assert_eq!(store.control().read(count).unwrap(), 50);
}

#[tokio::test]
async fn a_taken_unique_value_is_a_conflict_that_the_caller_can_act_on() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), &key()).unwrap();
    store.control().write(|tx| add(tx, "one")).await.unwrap();
    let second = store.control().write(|tx| add(tx, "one")).await;
    assert_eq!(second.unwrap_err().kind(), FaultKind::Conflict);
}

#[tokio::test]
async fn readers_see_whole_commits_only() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), &key()).unwrap();
    let writer = {
        let db = store.control().clone();
        tokio::spawn(async move {
            for n in 0..100 {
                db.write(move |tx| {
                    add(tx, &format!("a{n}"))?;
                    add(tx, &format!("b{n}"))
                })
                .await
                .unwrap();
            }
        })
    };
    let mut looked = 0;
    while !writer.is_finished() || looked < 10 {
        assert_eq!(store.control().read(count).unwrap() % 2, 0);
        looked += 1;
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn statements_reach_their_own_tables_only() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), &key()).unwrap();
    let refused: [&'static str; 9] = [
        "ATTACH DATABASE 'other.db' AS other",
        "PRAGMA key = 'x'",
        "PRAGMA user_version",
        "SELECT * FROM sqlite_master",
        "DROP TABLE note",
        "CREATE TABLE more (id INTEGER)",
        "DELETE FROM migration",
        "SELECT load_extension('x')",
        "SELECT sqlcipher_export('main')",
    ];
    for sql in refused {
        let result = store.control().write(move |tx| tx.execute(sql, params![]).map(drop)).await;
        assert!(result.is_err(), "{sql} was not refused");
        let result = store.control().read(|tx| tx.execute(sql, params![]));
        assert!(result.is_err(), "{sql} was not refused to a reader");
    }
    let result = store.control().read(|tx| add(tx, "by a reader"));
    assert!(result.is_err(), "a reader could write");
}

#[tokio::test]
async fn jobs_and_audit_entries_commit_with_the_change_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), &key()).unwrap();
    for fail in [true, false] {
        let id = JobId::new(Timestamp(1), &SystemRng);
        let _ = store
            .control()
            .write(move |tx| {
                add(tx, "with a job")?;
                queue::enqueue(tx, id, "test.work", b"{}", Timestamp(1), Timestamp(1))?;
                Outbox::put(tx, b"entry")?;
                if fail { Err(Fault::new(FaultKind::Conflict, "undone")) } else { Ok(()) }
            })
            .await;
        let expected = i64::from(!fail);
        let (notes, jobs, entries) = store
            .control()
            .read(|tx| {
                let jobs = queue::due(tx, Timestamp(2), 10)?.len() as i64;
                Ok::<_, Fault>((count(tx)?, jobs, Outbox::waiting(tx)?))
            })
            .unwrap();
        assert_eq!((notes, jobs, entries), (expected, expected, expected));
    }
}

#[tokio::test]
async fn a_tenant_is_marked_before_it_is_written_and_unmarked_after_its_work() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), &key()).unwrap();
    let db = Arc::new(tenant(&store, 1).await);
    assert!(store.tenants_with_work(10).unwrap().is_empty());
    db.write(|tx| Outbox::put(tx, b"entry")).await.unwrap();
    assert_eq!(store.tenants_with_work(10).unwrap().len(), 1);
    // With an entry still waiting the mark stays.
    store.settle_tenant(&db).await.unwrap();
    assert_eq!(store.tenants_with_work(10).unwrap().len(), 1);
    db.write(|tx| Outbox::remove_to(tx, i64::MAX)).await.unwrap();
    store.settle_tenant(&db).await.unwrap();
    assert!(store.tenants_with_work(10).unwrap().is_empty());
    // And a job in the future brings it back when its time has come, not before.
    let id = JobId::new(Timestamp(1), &SystemRng);
    db.write(move |tx| {
        queue::enqueue(tx, id, "test.work", b"{}", Timestamp(1), Timestamp(i64::MAX))
    })
    .await
    .unwrap();
    store.settle_tenant(&db).await.unwrap();
    assert!(store.tenants_with_work(10).unwrap().is_empty());
}

#[tokio::test]
async fn marks_survive_writers_that_race_with_settling() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), &key()).unwrap();
    let db = Arc::new(tenant(&store, 1).await);
    for round in 0..60 {
        let writer = {
            let db = Arc::clone(&db);
            tokio::spawn(async move { db.write(|tx| Outbox::put(tx, b"entry")).await })
        };
        store.settle_tenant(&db).await.unwrap();
        writer.await.unwrap().unwrap();
        let waiting = db.read(Outbox::waiting).unwrap();
        let marked = !store.tenants_with_work(10).unwrap().is_empty();
        assert!(marked || waiting == 0, "round {round}: {waiting} entries wait unmarked");
        db.write(|tx| Outbox::remove_to(tx, i64::MAX)).await.unwrap();
    }
}
