//! Probes that hang, panic or cannot write down what they saw: a named reason, and never a false `proven`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use kernel::control::{Control, Probing, Vantage};
use store::params;
use vouchsafe::compose::DOMAINS;
use vouchsafe::lifecycle::{self, Server};

use crate::faults::Moved;
use crate::proofs::{claim, floor, set_up, until_claim};
use crate::support::{few, open};

const CLAIM: &str = "IDN-09";
const RUN_S: u64 = 6;
/// Longer than a proof of high risk counts.
const LATER_MS: i64 = 1_000_000;

/// What the probe of [`CLAIM`] does.
static MOOD: AtomicU8 = AtomicU8::new(SOUND);
const SOUND: u8 = 0;
const HANGS: u8 = 1;
const PANICS: u8 = 2;
const SEES_A_BREACH: u8 = 3;

fn controls() -> impl Iterator<Item = &'static Control> {
    DOMAINS.iter().flat_map(|d| d.controls)
}

fn moody(vantage: &Vantage) -> Probing<'_> {
    let sound = controls().find(|c| c.claim == CLAIM).unwrap().probe;
    match MOOD.load(Ordering::SeqCst) {
        HANGS => Box::pin(std::future::pending()),
        PANICS => Box::pin(async { panic!("a probe of this test") }),
        SEES_A_BREACH => Box::pin(async move {
            vantage.tried_many("a breach", "none", 1, 1);
            vantage.measured_violations();
            Ok(())
        }),
        _ => sound(vantage),
    }
}

/// A server whose probe of [`CLAIM`] has moods.
async fn serving(folder: &std::path::Path) -> (Server, Arc<Moved>) {
    let clock = Arc::new(Moved::default());
    let mut config = floor(folder.join("data"));
    config.posture.run_s = RUN_S;
    let listeners = lifecycle::bind(&config).await.unwrap();
    let mut app = open(config, Arc::clone(&clock) as _);
    few(&mut app);
    for domain in &mut Arc::get_mut(&mut app).unwrap().domains {
        let changed = domain.controls.iter().map(|control| match control.claim {
            CLAIM => Control { probe: moody, ..*control },
            _ => *control,
        });
        domain.controls = Vec::leak(changed.collect());
    }
    let server = lifecycle::start(app, listeners).await.unwrap();
    set_up(server.app(), server.hello.setup_url.as_deref().unwrap()).await;
    (server, clock)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_probe_that_cannot_do_its_work_proves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (server, clock) = serving(folder.path()).await;
    let app = Arc::clone(server.app());
    until_claim(&app, "OPS-01", "proven").await;
    let try_it = || posture::assess_some(&app, &[], false);
    for (mood, says) in [(HANGS, "longer than 6 s"), (PANICS, "panicked")] {
        MOOD.store(mood, Ordering::SeqCst);
        clock.0.fetch_add(LATER_MS, Ordering::SeqCst);
        try_it().await.unwrap().unwrap();
        let line = claim(&app, CLAIM);
        assert_eq!(line["state"], "unchecked", "{line}");
        assert!(line["reason"].as_str().unwrap().contains(says), "{line}");
        assert_eq!(claim(&app, "IDN-10")["state"], "proven", "the others were tried all the same");
    }
    MOOD.store(SOUND, Ordering::SeqCst);
    try_it().await.unwrap().unwrap();
    assert_eq!(claim(&app, CLAIM)["state"], "proven", "{}", claim(&app, CLAIM));

    // From here on the file of the proofs cannot grow, as on a full disk.
    std::fs::write(app.store.folder().join("SHADOW"), "").unwrap();
    let _ = app.store.plant(app.store.posture(), "PRAGMA max_page_count = 1", params![]);
    MOOD.store(SEES_A_BREACH, Ordering::SeqCst);
    let mut written = 0;
    while posture::assess_some(&app, &[CLAIM.into()], false).await.is_ok() {
        written += 1; // free pages of the file take some
        assert!(written < 200, "the file still grows");
    }
    assert_eq!(claim(&app, CLAIM)["state"], "failing", "seen, and not hidden by the full disk");
    let _ = app.store.plant(app.store.posture(), "PRAGMA max_page_count = 4294967294", params![]);
    MOOD.store(SOUND, Ordering::SeqCst);
    for _ in 0..2 {
        posture::assess_some(&app, &[CLAIM.into()], true).await.unwrap().unwrap();
    }
    assert_eq!(claim(&app, CLAIM)["state"], "proven", "{}", claim(&app, CLAIM));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_tried_on_top_of_trouble() {
    let folder = tempfile::tempdir().unwrap();
    let (server, clock) = serving(folder.path()).await;
    let app = Arc::clone(server.app());
    until_claim(&app, "OPS-01", "proven").await;
    clock.0.fetch_add(LATER_MS, Ordering::SeqCst);
    for _ in 0..2_000 {
        app.traffic.note(app.clock.now(), std::time::Duration::ZERO, true);
    }
    posture::assess_some(&app, &["IDN-10".into()], false).await.unwrap().unwrap();
    let line = claim(&app, "IDN-10");
    assert_eq!(line["state"], "unchecked", "{line}");
    assert!(line["reason"].as_str().unwrap().contains("requests fail"), "{line}");
    server.stop().await;
}
