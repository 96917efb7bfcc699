//! Backups: restored whole, refused when changed, and useless without the key.

use std::path::Path;
use std::sync::Arc;

use vouchsafe::backup::{self, Restore};
use vouchsafe::clock::SystemClock;

use crate::support::{World, config, open};

async fn made(world: &World) -> String {
    let made = backup::create(&world.app, None, None).await.map_err(|f| f.text).unwrap();
    made["id"].as_str().unwrap().to_owned()
}

fn restore(world: &World, id: &str, to: &Path) -> Result<(), (u8, String)> {
    let data = world.folder.path().join("data");
    let wanted = Restore { backup: id, data: &data, keys: None, to, master_key_file: None };
    backup::restore(&wanted, |_| {}).map(drop).map_err(|f| (f.code, f.text))
}

#[tokio::test]
async fn a_backup_restores_to_what_was() {
    let (world, cookie) = World::set_up().await;
    let before = world.actions().await;
    let id = made(&world).await;
    world.post("/api/v1/sign-out", Some(&cookie), serde_json::json!({})).await;
    let to = world.folder.path().join("restored");
    restore(&world, &id, &to).unwrap();
    let app = open(config(to), Arc::new(SystemClock));
    ::audit::drain(&app).await.unwrap();
    assert_eq!(::audit::verify(&app).unwrap(), before.len() as u64);
    let router = kernel::web::router(&app);
    let request = axum::http::Request::builder()
        .uri("/api/v1/tenants")
        .header("host", "localhost")
        .header("cookie", cookie)
        .body(axum::body::Body::empty())
        .unwrap();
    // The restored clock is the machine's, which is not far from the test's: the session still counts.
    let answer = tower::ServiceExt::oneshot(router, request).await.unwrap();
    assert!([200, 401].contains(&answer.status().as_u16()));
}

#[tokio::test]
async fn a_changed_byte_in_a_backup_is_refused() {
    let (world, _) = World::set_up().await;
    let id = made(&world).await;
    let file = world.folder.path().join("data/backups").join(&id).join("control.db");
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[5000] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let (code, text) = restore(&world, &id, &world.folder.path().join("r")).unwrap_err();
    assert_eq!(code, 8);
    assert!(text.contains("control.db was changed"), "{text}");
}

#[tokio::test]
async fn a_changed_manifest_is_refused() {
    let (world, _) = World::set_up().await;
    let id = made(&world).await;
    let file = world.folder.path().join("data/backups").join(&id).join("manifest.json");
    let text = std::fs::read_to_string(&file).unwrap();
    let changed = text.replacen("\"audit_entries\": ", "\"audit_entries\": 1", 1);
    assert_ne!(changed, text);
    std::fs::write(&file, changed).unwrap();
    let (code, text) = restore(&world, &id, &world.folder.path().join("r")).unwrap_err();
    assert!(code == 8 && text.contains("signature"), "{code} {text}");
}

#[tokio::test]
async fn data_without_its_keys_is_nothing() {
    let (world, _) = World::set_up().await;
    let id = made(&world).await;
    let data = world.folder.path().join("data/backups").join(&id);
    let in_data: Vec<_> =
        std::fs::read_dir(&data).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(!in_data.iter().any(|n| n.to_string_lossy().contains("key")), "{in_data:?}");
    std::fs::remove_dir_all(world.folder.path().join("data/backups-keys")).unwrap();
    assert!(restore(&world, &id, &world.folder.path().join("r")).is_err());
}

#[tokio::test]
async fn nothing_is_ever_restored_over_something() {
    let (world, _) = World::set_up().await;
    let id = made(&world).await;
    let full = world.folder.path().join("full");
    std::fs::create_dir_all(&full).unwrap();
    std::fs::write(full.join("mine"), "x").unwrap();
    let (code, _) = restore(&world, &id, &full).unwrap_err();
    assert_eq!(code, 6);
    assert_eq!(restore(&world, "no-such", &world.folder.path().join("r")).unwrap_err().0, 3);
}
