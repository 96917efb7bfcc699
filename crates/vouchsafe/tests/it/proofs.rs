//! The first proof, over a real listener: it holds, it was falsified, and it notices a broken system.

use std::sync::Arc;
use std::time::Duration;

use base::Secret;
use kernel::App;
use ledger::{Checkpoint, evidence};
use serde_json::{Value, json};
use vouchsafe::clock::SystemClock;
use vouchsafe::lifecycle;

use crate::support::{PASSWORD, config, few, open};

/// An evaluation with verifiers that a probe takes for strong.
pub(crate) fn floor(data: std::path::PathBuf) -> kernel::Config {
    let mut config = config(data);
    config.password.memory_kib = crypt::PasswordCost::FLOOR.memory_kib;
    config.password.iterations = Some(crypt::PasswordCost::FLOOR.iterations);
    config.listen.http = Some(([127, 0, 0, 1], 0).into());
    config.listen.https = Some(([127, 0, 0, 1], 0).into());
    config
}

/// A server that listens, set up, with a few of the probes.
pub(crate) async fn serving(folder: &std::path::Path) -> lifecycle::Server {
    serving_with(folder, few).await
}

/// The same with all of them, or others.
pub(crate) async fn serving_with(
    folder: &std::path::Path,
    choose: impl FnOnce(&mut Arc<App>),
) -> lifecycle::Server {
    let config = floor(folder.join("data"));
    let listeners = lifecycle::bind(&config).await.unwrap();
    let mut app = open(config, Arc::new(SystemClock));
    choose(&mut app);
    let server = lifecycle::start(app, listeners).await.unwrap();
    set_up(server.app(), server.hello.setup_url.as_deref().unwrap()).await;
    server
}

pub(crate) async fn set_up(app: &Arc<App>, url: &str) {
    let op = app.system_op("test");
    // Every policy of passwords takes it.
    let password = Secret::new(format!("{PASSWORD}-Aa1"));
    let typed = tenancy::Typed {
        token: url.split("token=").nth(1).unwrap(),
        organisation: "Larkspur Dental",
        name: "Mara Lindqvist",
        email: "mara@larkspur.example",
        password: &password,
    };
    tenancy::complete(app, &op, &typed).await.map_err(|_| "set-up").unwrap();
}

pub(crate) fn claim(app: &App, id: &str) -> Value {
    let rows = serde_json::to_value(posture::claims_json(app).unwrap()).unwrap();
    rows.as_array().unwrap().iter().find(|c| c["id"] == id).unwrap().clone()
}

/// Waits until the last line of a round has this state: all others have been tried by then.
async fn until(app: &App, state: &str) -> Value {
    until_claim(app, "IDN-10", state).await
}

pub(crate) async fn until_claim(app: &App, id: &str, state: &str) -> Value {
    for _ in 0..12_000 {
        let lines = serde_json::to_value(posture::claims_json(app).unwrap()).unwrap();
        if !lines.as_array().unwrap().iter().any(|c| c["id"] == id) {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        }
        let now = claim(app, id);
        if now["state"] == state {
            return now;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{id} did not become {state}: {}", claim(app, id));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_proof_is_made_falsified_signed_and_logged() {
    let folder = tempfile::tempdir().unwrap();
    let server = serving(folder.path()).await;
    let app = Arc::clone(server.app());
    let proven = until(&app, "proven").await;
    assert!(proven["attempts"].as_u64().unwrap() >= 240, "{proven}");
    assert_eq!(proven["violations"], 0);
    assert!(proven["falsified_at"].is_string());
    assert!(proven["measured"][0]["value"].as_f64().unwrap() <= 1.0);
    check_evidence(&app, proven["evidence"].as_str().unwrap()).await;
    server.stop().await;
}

/// The evidence opens with the published key, its hash is a leaf, and the leaf is under the checkpoint.
async fn check_evidence(app: &Arc<App>, url: &str) {
    let hash = url.rsplit('/').next().unwrap().to_owned();
    let door = kernel::door::Door::new(
        **app.door.load().as_ref().unwrap(),
        "localhost",
        "127.0.0.1".parse().unwrap(),
        "test",
    );
    let fetched = door.get(url).await.unwrap();
    assert_eq!(crypt::hex(&crypt::sha256(&[&fetched.body])), hash);
    let envelope: evidence::Envelope = serde_json::from_slice(&fetched.body).unwrap();
    let key = posture::note_key(app).unwrap();
    let public = app.store.keys().platform("sign evidence");
    let signer = crypt::sign::Signer::from_seed(*public.bytes());
    let accept = |m: &[u8], s: &[u8]| crypt::sign::verify(&signer.public(), m, s);
    let statement = evidence::open(&envelope, accept).unwrap();
    assert_eq!(statement["predicate"]["claim"], "IDN-10");
    assert_eq!(statement["predicate"]["outcome"], "held");
    let note = String::from_utf8(door.get("/checkpoint").await.unwrap().body.to_vec()).unwrap();
    let head = Checkpoint::verify(&note, &key.verifier_key()).unwrap();
    let found = app.store.posture().read(|tx| {
        for n in 0..head.size {
            let leaf = kernel::log::leaf(tx, n)?.unwrap();
            if String::from_utf8_lossy(&leaf).contains(&hash) {
                let path = kernel::log::inclusion(tx, head.size, n)?;
                let leaf = ledger::tree::leaf_hash(&leaf);
                return Ok(ledger::tree::includes(head.size, head.root, n, leaf, &path));
            }
        }
        Ok::<_, base::Fault>(false)
    });
    assert!(found.unwrap(), "the evidence is not in the log");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_is_public_and_the_proof_then_expires_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let server = serving(folder.path()).await;
    let app = Arc::clone(server.app());
    until(&app, "proven").await;
    let op = kernel::Op { actor: kernel::Actor::Host("test".into()), ..app.system_op("x") };
    assert!(posture::pause(&app, &op, "moving house").await.is_ok());
    let attempts = claim(&app, "IDN-10")["proved_at"].clone();
    posture::assess_all(&app, "manual").await.unwrap();
    assert_eq!(claim(&app, "IDN-10")["proved_at"], attempts, "a paused probe ran");
    let door = kernel::door::Door::new(
        **app.door.load().as_ref().unwrap(),
        "localhost",
        "127.0.0.1".parse().unwrap(),
        "test",
    );
    let page = door.get("/security.json").await.unwrap().json();
    assert_eq!(page["paused"]["why"], json!("moving house"));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_copy_of_the_audit_log_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let server = serving(folder.path()).await;
    let app = Arc::clone(server.app());
    until(&app, "proven").await;
    let older = restored(&app, folder.path(), "older").await;
    let op = kernel::Op { actor: kernel::Actor::Host("test".into()), ..app.system_op("x") };
    assert!(posture::pause(&app, &op, "an act for the log").await.is_ok());
    audit::drain(&app).await.unwrap();
    anchored(&app).await;
    let newer = restored(&app, folder.path(), "newer").await;
    server.stop().await;
    let whole = open(config(newer.clone()), Arc::new(SystemClock));
    assert!(posture::verify(&whole).is_ok());
    drop(whole);
    std::fs::copy(older.join("audit.db"), newer.join("audit.db")).unwrap();
    let robbed = open(config(newer), Arc::new(SystemClock));
    assert!(audit::verify(&robbed).is_ok(), "by itself an older copy is whole");
    let found = posture::verify(&robbed).unwrap_err();
    assert!(found.chain().contains("older copy"), "{}", found.chain());
}

/// Waits until the public log holds a checkpoint of all that the audit log holds now.
async fn anchored(app: &Arc<App>) {
    let size = app.store.audit().read(kernel::log::size).unwrap();
    app.assess_bell.notify_one();
    for _ in 0..1_200 {
        let found = app.store.posture().read(|tx| {
            let leaves = kernel::log::leaves(tx, 0, kernel::log::size(tx)?)?;
            let anchored = |leaf: &Vec<u8>| {
                let leaf: Value = serde_json::from_slice(leaf).unwrap();
                let counted = leaf["note"].as_str().and_then(|n| n.lines().nth(1)?.parse().ok());
                counted.is_some_and(|n: u64| n >= size)
            };
            Ok::<_, base::Fault>(leaves.iter().any(anchored))
        });
        if found.unwrap() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the audit log's checkpoint was not anchored");
}

async fn restored(app: &Arc<App>, folder: &std::path::Path, name: &str) -> std::path::PathBuf {
    use vouchsafe::backup::{self, Restore};
    let made = backup::create(app, None, None).await.map_err(|f| f.text).unwrap();
    let (id, to) = (made["id"].as_str().unwrap().to_owned(), folder.join(name));
    let data = folder.join("data");
    let wanted = Restore { backup: &id, data: &data, keys: None, to: &to, master_key_file: None };
    backup::restore(&wanted, |_| {}).map_err(|f| f.text).unwrap();
    to
}
