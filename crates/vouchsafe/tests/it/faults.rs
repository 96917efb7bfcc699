//! What goes wrong around the proofs: a named reason each time, and never a false `proven`.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use base::{Clock, Timestamp};
use kernel::App;
use store::params;
use vouchsafe::clock::SystemClock;
use vouchsafe::lifecycle::{self, Server};

use crate::proofs::{claim, floor, serving, set_up, until_claim};
use crate::support::{few, open};

/// The system's clock, moved by so many milliseconds.
#[derive(Default)]
pub(crate) struct Moved(pub(crate) AtomicI64);

impl Clock for Moved {
    fn now(&self) -> Timestamp {
        Timestamp(SystemClock.now().0 + self.0.load(Ordering::SeqCst))
    }
}

const DAY: i64 = 86_400_000;

async fn with_clock(folder: &std::path::Path) -> (Server, Arc<Moved>) {
    let clock = Arc::new(Moved::default());
    let config = floor(folder.join("data"));
    let listeners = lifecycle::bind(&config).await.unwrap();
    let mut app = open(config, Arc::clone(&clock) as _);
    few(&mut app);
    let server = lifecycle::start(app, listeners).await.unwrap();
    set_up(server.app(), server.hello.setup_url.as_deref().unwrap()).await;
    (server, clock)
}

fn reason(app: &App, id: &str) -> String {
    claim(app, id)["reason"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_jumps_proves_nothing_either_way() {
    let folder = tempfile::tempdir().unwrap();
    let (server, clock) = with_clock(folder.path()).await;
    let app = Arc::clone(server.app());
    until_claim(&app, "AUD-20", "proven").await;
    clock.0.store(2 * DAY, Ordering::SeqCst);
    assert_eq!(claim(&app, "AUD-20")["state"], "stale", "two days on nothing was tried in time");
    app.assess_bell.notify_one();
    until_claim(&app, "AUD-20", "proven").await;
    clock.0.store(-2 * DAY, Ordering::SeqCst);
    assert_eq!(claim(&app, "AUD-20")["state"], "unchecked");
    assert!(
        reason(&app, "AUD-20").contains("changed") || reason(&app, "AUD-20").contains("future")
    );
    app.assess_bell.notify_one();
    until_claim(&app, "AUD-20", "proven").await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_canary_that_somebody_took_over_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let server = serving(folder.path()).await;
    let app = Arc::clone(server.app());
    until_claim(&app, "OPS-01", "proven").await;
    // Every account but that of the set-up is a canary: all get a password that nobody knows.
    let sql = "UPDATE account SET password = (SELECT password FROM account WHERE staff = 1) \
               WHERE staff = 0";
    app.store.control().write(move |tx| tx.execute(sql, params![]).map(drop)).await.unwrap();
    posture::assess_some(&app, &["IDN-09".into()], false).await.unwrap().unwrap();
    assert_eq!(claim(&app, "IDN-09")["state"], "proven", "{}", reason(&app, "IDN-09"));
    let count = "SELECT count(*) FROM canary WHERE retired_at IS NOT NULL";
    let retired = app.store.posture().read(|tx| tx.number(count, params![])).unwrap();
    assert_eq!(retired, 2);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn runs_that_vanish_from_the_file_stop_counting_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let server = serving(folder.path()).await;
    let app = Arc::clone(server.app());
    until_claim(&app, "OPS-01", "proven").await;
    std::fs::write(app.store.folder().join("SHADOW"), "").unwrap();
    app.store.plant(app.store.posture(), "DELETE FROM run", params![]).unwrap();
    assert_eq!(claim(&app, "OPS-01")["state"], "unchecked");
    server.stop().await;
}

/// Starts the folder anew after something was done to its public log.
async fn after(change: &'static str, says: &str) {
    let folder = tempfile::tempdir().unwrap();
    let server = serving(folder.path()).await;
    let app = Arc::clone(server.app());
    until_claim(&app, "OPS-01", "proven").await;
    std::fs::write(app.store.folder().join("SHADOW"), "").unwrap();
    app.store.plant(app.store.posture(), change, params![]).unwrap();
    server.stop().await;
    drop(app);
    let config = floor(folder.path().join("data"));
    let listeners = lifecycle::bind(&config).await.unwrap();
    let mut app = open(config, Arc::new(SystemClock));
    few(&mut app);
    let server = lifecycle::start(app, listeners).await.unwrap();
    let app = Arc::clone(server.app());
    assert_ne!(claim(&app, "IDN-10")["state"], "proven", "before anybody looked");
    for _ in 0..200 {
        if reason(&app, "IDN-10").contains(says) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(reason(&app, "IDN-10").contains(says), "{change}: {}", reason(&app, "IDN-10"));
    let rows = serde_json::to_value(posture::claims_json(&app).unwrap()).unwrap();
    assert!(rows.as_array().unwrap().iter().all(|c| c["state"] != "proven"), "{rows}");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_truncated_log_proves_nothing() {
    let last = "DELETE FROM log_leaf WHERE number >= (SELECT max(number) - 3 FROM log_leaf)";
    after(last, "does not verify").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn changed_evidence_proves_nothing() {
    let changed = "UPDATE evidence SET envelope = replace(envelope, 'payload', 'Payload')";
    after(changed, "its bytes were changed").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_crash_left_behind_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    for left in ["shadows/0123456789abcdef", "scratch"] {
        std::fs::create_dir_all(data.join(left)).unwrap();
        std::fs::write(data.join(left).join("control.db"), "left behind").unwrap();
    }
    std::fs::set_permissions(&data, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let server = serving(folder.path()).await;
    let app = Arc::clone(server.app());
    // A lease of something that was being made when the machine went down.
    let lease =
        "INSERT INTO lease (kind, owner, taken_at) VALUES ('session', 'gone@example.com', 1)";
    app.store.posture().write(move |tx| tx.execute(lease, params![]).map(drop)).await.unwrap();
    until_claim(&app, "OPS-01", "proven").await;
    posture::assess_some(&app, &["IDN-09".into()], false).await.unwrap().unwrap();
    let open = app.store.posture().read(|tx| tx.number("SELECT count(*) FROM lease", params![]));
    assert_eq!(open.unwrap(), 0);
    let left = std::fs::read_dir(data.join("shadows")).map_or(0, Iterator::count);
    assert_eq!(left, 0, "shadows remain");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_breaks_works_outside_a_shadow() {
    let folder = tempfile::tempdir().unwrap();
    let server = serving(folder.path()).await;
    let app = Arc::clone(server.app());
    let store = &app.store;
    assert!(store.plant(store.control(), "DELETE FROM session", params![]).is_err());
    let owner = store.keys().platform("x");
    assert!(store.plant_key("ten_x", &owner).is_err());
    let weak = kernel::inspect::Weakness::GuardOff;
    assert!(kernel::inspect::Inspector::weakened(&app, weak).is_err());
    assert!(posture::canaries(&app).is_err());
    server.stop().await;
}
