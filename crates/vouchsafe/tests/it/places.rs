//! Where addresses are, by a database of the operator's.

use axum::http::StatusCode;

use crate::support::{PASSWORD, World};

const MARA: &str = "mara@larkspur.example";

/// A database in MaxMind's format (MaxMind DB specification 2.0) that knows one network, `203.0.113.0/24`.
fn database() -> Vec<u8> {
    let text = |text: &str| {
        let head = u8::try_from(text.len()).unwrap();
        assert!(head < 29);
        let mut out = vec![0b0100_0000 | head];
        out.extend(text.as_bytes());
        out
    };
    let map = |pairs: Vec<(&str, Vec<u8>)>| {
        let mut out = vec![0b1110_0000 | u8::try_from(pairs.len()).unwrap()];
        for (key, value) in pairs {
            out.extend(text(key));
            out.extend(value);
        }
        out
    };
    let number = |n: u8| vec![0b1010_0001, n]; // a 16-bit number of one byte
    let names = |en: &str, de: &str| {
        let both = map(vec![("en", text(en)), ("de", text(de))]);
        map(vec![("names", both)])
    };
    let place = map(vec![
        ("city", names("Munich", "München")),
        ("country", names("Germany", "Deutschland")),
    ]);
    // One node a bit: on to the next, or to nowhere; the last leads to the data.
    let network: u32 = (203 << 24) | (113 << 8);
    let nodes: u32 = 24;
    let mut out = Vec::new();
    for bit in 0..nodes {
        let on = if bit + 1 == nodes { nodes + 16 } else { bit + 1 };
        let right = network >> (31 - bit) & 1 == 1;
        for side in [false, true] {
            let leads_to = if side == right { on } else { nodes };
            out.extend(&leads_to.to_be_bytes()[1..]);
        }
    }
    out.extend([0; 16]);
    out.extend(place);
    out.extend(b"\xab\xcd\xefMaxMind.com");
    out.extend(map(vec![
        ("node_count", vec![0b1100_0001, 24]), // 32 bits
        ("record_size", number(24)),
        ("ip_version", number(4)),
        ("database_type", text("Test-City")),
        ("languages", vec![0b0000_0000, 4]), // an empty list
        ("binary_format_major_version", number(2)),
        ("binary_format_minor_version", number(0)),
        ("build_epoch", vec![0b0000_0001, 2, 1]),
        ("description", map(vec![])),
    ]));
    out
}

async fn world(bytes: Vec<u8>) -> (World, String) {
    World::set_up_with(|c| {
        let file = c.data.parent().unwrap().join("places.mmdb");
        std::fs::write(&file, bytes).unwrap();
        c.sign_in.places_file = Some(file);
    })
    .await
}

#[tokio::test]
async fn letters_and_lists_say_where_an_address_is() {
    let (world, cookie) = world(database()).await;
    let file = world.app.config.sign_in.places_file.clone().unwrap();
    identity::place::check(&file).unwrap();
    let away = world.sign_in_from("203.0.113.9", MARA, PASSWORD, None).await;
    assert_eq!(away.status, StatusCode::OK);
    let letter = world.letter(MARA).await.unwrap();
    assert!(letter.contains("203.0.113.9 (Munich, Germany)"), "{letter}");
    let list = world.get("/api/v1/sessions", Some(&cookie)).await.json();
    let near: Vec<_> =
        list["items"].as_array().unwrap().iter().map(|s| s["near"].clone()).collect();
    assert_eq!(near, [serde_json::Value::Null, "Munich, Germany".into()], "{list}");
    let page = world.page("/dashboard/sessions", Some(&cookie)).await;
    assert!(page.text.contains("(Munich, Germany)"));
    let checked = vouchsafe::doctor::examine(&world.app).await.unwrap();
    let places = checked["checks"].as_array().unwrap().iter();
    let places = places.filter(|c| c["name"] == "database of places" && c["ok"] == true);
    assert_eq!(places.count(), 1);
}

#[tokio::test]
async fn a_broken_database_stops_nobody() {
    for bytes in [Vec::new(), b"not a database".to_vec(), database()[..300].to_vec()] {
        let (world, cookie) = world(bytes).await;
        let away = world.sign_in_from("203.0.113.9", MARA, PASSWORD, None).await;
        assert_eq!(away.status, StatusCode::OK);
        let list = world.get("/api/v1/sessions", Some(&cookie)).await.json();
        assert!(list["items"][1]["near"].is_null());
        let checked = vouchsafe::doctor::examine(&world.app).await.unwrap();
        let mut places = checked["checks"].as_array().unwrap().iter();
        let bad = places.find(|c| c["name"] == "database of places").unwrap();
        assert!(bad["ok"] == false && bad["mend"].is_string(), "{bad}");
    }
}
