//! An outsider's check: it agrees with a page that is as it says, and names what was changed in one that is not.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::App;
use kernel::door::Door;
use serde_json::{Value, json};
use verify::{Pin, check};

use crate::proofs::{serving_with, until_claim};

async fn fetch(app: &Arc<App>, path: &str) -> Value {
    let at = **app.door.load().as_ref().unwrap();
    let door = Door::new(at, "localhost", "127.0.0.1".parse().unwrap(), "test");
    let answer = door.get(path).await.unwrap();
    assert_eq!(answer.status, 200, "{path}");
    answer.json()
}

/// A page whose every line has been tried, as its bundle has it.
async fn bundle(app: &Arc<App>) -> Value {
    until_claim(app, "OPS-01", "proven").await;
    fetch(app, "/security/bundle").await
}

fn line<'v>(bundle: &'v mut Value, id: &str) -> &'v mut Value {
    let rows = bundle["security"]["claims"].as_array_mut().unwrap();
    rows.iter_mut().find(|c| c["id"] == id).unwrap()
}

/// What the check of a changed bundle says.
fn said(bundle: &Value, change: impl FnOnce(&mut Value)) -> String {
    let mut changed = bundle.clone();
    change(&mut changed);
    match check(&changed, None) {
        Err(broken) => broken.0,
        Ok(found) => {
            let wrong = found.lines.iter().filter_map(|l| Some((l.id.clone(), l.wrong.clone()?)));
            wrong.map(|(id, why)| format!("{id}: {why}")).collect::<Vec<_>>().join("; ")
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outsider_agrees_with_every_line_and_names_every_change() {
    let folder = tempfile::tempdir().unwrap();
    let server = serving_with(folder.path(), |_| {}).await;
    let app = Arc::clone(server.app());
    let whole = bundle(&app).await;
    let found = check(&whole, None).unwrap();
    assert!(found.agrees(), "{:?}", found.lines);
    assert_eq!(found.lines.len(), 80);
    let judged = found.lines.iter().filter(|l| l.recomputed.is_some()).count();
    assert_eq!(judged, 78, "all but the enforced lines follow from the log");
    names_what_broke(&whole);
    names_what_was_said_wrongly(&whole);
    notices_rewritten_logs(&whole, &found.pin());
    server.stop().await;
}

/// Something that a dishonest server might do to a bundle.
type Change = Box<dyn Fn(&mut Value)>;

fn names_what_broke(whole: &Value) {
    let other_key = format!("{}A", whole["keys"]["keys"][0]["vkey"].as_str().unwrap());
    let cases: [(&str, Change); 6] = [
        ("signature", Box::new(move |b| b["keys"]["keys"][0]["vkey"] = json!(other_key))),
        (
            "signature",
            Box::new(|b| {
                let mut lines: Vec<_> =
                    b["checkpoint"].as_str().unwrap().split('\n').map(str::to_owned).collect();
                lines[1] = (lines[1].parse::<u64>().unwrap() + 1).to_string();
                b["checkpoint"] = json!(lines.join("\n"));
            }),
        ),
        (
            "leaves",
            Box::new(|b| {
                let leaf = b["leaves"][3].as_str().unwrap().replacen("\"at\":\"2", "\"at\":\"3", 1);
                b["leaves"][3] = json!(leaf);
            }),
        ),
        ("leaves", Box::new(|b| drop(b["leaves"].as_array_mut().unwrap().pop()))),
        (
            "evidence",
            Box::new(|b| {
                let all = b["evidence"].as_object_mut().unwrap();
                let first = all.values_mut().next().unwrap();
                *first = json!(first.as_str().unwrap().replacen("payloadType", "payloadtype", 1));
            }),
        ),
        ("counts", Box::new(|b| b["security"]["counts"]["proven"] = json!(336))),
    ];
    for (what, change) in cases {
        let said = said(whole, change);
        assert!(said.contains(what), "{what}: {said:?}");
    }
}

fn names_what_was_said_wrongly(whole: &Value) {
    let set = |id: &'static str, name: &'static str, value: Value| {
        move |b: &mut Value| line(b, id)[name] = value
    };
    let mismatch = said(whole, |b| {
        line(b, "IDN-22")["state"] = json!("proven");
        let counts = &mut b["security"]["counts"];
        counts["proven"] = json!(counts["proven"].as_u64().unwrap() + 1);
        counts["mismatch"] = json!(counts["mismatch"].as_u64().unwrap() - 1);
    });
    assert!(mismatch.contains("IDN-22: the log says mismatch"), "{mismatch}");
    for (id, what, change) in [
        ("IDN-10", "words", set("IDN-10", "text", json!("We are secure."))),
        ("TEN-02", "attempts", set("TEN-02", "attempts", json!(1_000_000))),
        ("TEN-02", "time", set("TEN-02", "proved_at", json!("2030-01-01T00:00:00.000Z"))),
        ("AUD-20", "falsification", set("AUD-20", "falsified_at", Value::Null)),
        ("EDG-09", "evidence", set("EDG-09", "evidence", json!("/security/evidence/00"))),
    ] {
        let said = said(whole, change);
        assert!(said.contains(id) && said.contains(what), "{id} {what}: {said:?}");
    }
    let weaker = said(whole, |b| line(b, "IDN-10")["promised"]["value"] = json!(60));
    assert!(weaker.contains("promise"), "{weaker}");
    for (what, change) in [
        ("life", set("IDN-10", "interval_s", json!(259_200))),
        ("assurance", set("IDN-10", "assurance", json!("outsider-reproduced"))),
        ("can fail", set("IDN-10", "falsification", Value::Null)),
    ] {
        let said = said(whole, change);
        assert!(said.contains("IDN-10") && said.contains(what), "{what}: {said:?}");
    }
    let probeless = said(whole, |b| {
        let row = line(b, "IDN-22");
        (row["probe"], row["assurance"], row["state"]) = (Value::Null, Value::Null, json!("off"));
        let counts = &mut b["security"]["counts"];
        counts["mismatch"] = json!(counts["mismatch"].as_u64().unwrap() - 1);
        counts["off"] = json!(1);
    });
    assert!(probeless.contains("IDN-22: the log has a probe for it"), "{probeless}");
    let twice = said(whole, |b| {
        let row = line(b, "IDN-10").clone();
        b["security"]["claims"].as_array_mut().unwrap().push(row);
    });
    assert!(twice.contains("twice"), "{twice}");
    let elsewhere = said(whole, |b| line(b, "IDN-10")["target"]["environment"] = json!("moon"));
    assert!(elsewhere.contains("environment"), "{elsewhere}");
    let old = said(whole, |b| b["security"]["generated_at"] = json!("2030-01-01T00:00:00.000Z"));
    assert!(old.contains("moment"), "{old}");
    let omitted = said(whole, |b| {
        let rows = b["security"]["claims"].as_array_mut().unwrap();
        rows.retain(|c| c["id"] != "IDN-22");
    });
    assert!(omitted.contains("IDN-22: published in the log, missing on the page"), "{omitted}");
}

fn notices_rewritten_logs(whole: &Value, pin: &Pin) {
    assert!(check(whole, Some(pin)).is_ok());
    // From where the last visit ended nothing is lost; from anywhere else it is partial, and said so.
    let size = usize::try_from(pin.size).unwrap();
    let tail = |from: usize| {
        let mut tail = whole.clone();
        let leaves = whole["leaves"].as_array().unwrap();
        let mut tree = ledger::tree::Growing::default();
        leaves[..from].iter().for_each(|l| tree.push(l.as_str().unwrap().as_bytes()));
        let peaks: Vec<String> = tree.peaks().iter().map(|h| STANDARD.encode(h.0)).collect();
        tail["leaves"] = json!(leaves[from..]);
        (tail["from"], tail["frontier"]) = (json!(from), json!(peaks));
        tail
    };
    let later = check(&tail(size), Some(pin)).unwrap();
    assert!(later.complete && later.agrees(), "{:?}", later.lines);
    assert_eq!(later.pin().carried, pin.carried);
    let stranger = check(&tail(30), None).unwrap();
    assert!(!stranger.complete && !stranger.agrees());
    let longer = Pin { size: pin.size + 5, ..pin.clone() };
    assert!(check(whole, Some(&longer)).unwrap_err().0.contains("rolled back"));
    let forked = Pin { root: STANDARD.encode([7; 32]), ..pin.clone() };
    assert!(check(whole, Some(&forked)).unwrap_err().0.contains("forked"));
    let other = Pin { key: "somebody+00000000+AAAA".into(), ..pin.clone() };
    assert!(check(whole, Some(&other)).unwrap_err().0.contains("key"));
}
