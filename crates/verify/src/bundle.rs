//! Checking a bundle: from the pinned key down to every line. Each failure names what broke.

use std::collections::{BTreeMap, HashMap};

use base::Timestamp;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ledger::tree::Growing;
use ledger::{Checkpoint, Hash};
use serde_json::Value;

use crate::evidence;
use crate::judge::{Leaf, Now, Promise, judge};
use crate::pin::Pin;

/// A log that stands still signs once a minute; one that is silent for longer has been stopped.
const HEARTBEAT_MS: i64 = 5 * 60 * 1000;

/// Something does not hold, and which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken(pub String);

/// A line of the page, judged anew.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Line {
    /// Its number.
    pub id: String,
    /// What the page says.
    pub stated: String,
    /// What follows from the log, for lines that follow from it.
    pub recomputed: Option<String>,
    /// Why the two differ, or what else is wrong with the line.
    pub wrong: Option<String>,
    /// Until when the page says that the proof counts.
    pub valid_until: Option<String>,
}

/// What was found.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Checked {
    /// The log's name.
    pub origin: String,
    /// Its key.
    pub key: String,
    /// Leaves under the checkpoint.
    pub size: u64,
    /// Its root, base64.
    pub root: String,
    /// Leaves whose hashes were computed.
    pub leaves_hashed: u64,
    /// Signatures that were verified.
    pub signatures: u64,
    /// When the page was made.
    pub generated_at: String,
    /// Every line.
    pub lines: Vec<Line>,
    /// What is worth knowing and breaks nothing.
    pub notes: Vec<String>,
}

impl Checked {
    /// Whether every line is as the log says.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.lines.iter().all(|l| l.wrong.is_none())
    }

    /// What to remember for the next time.
    #[must_use]
    pub fn pin(&self) -> Pin {
        Pin { key: self.key.clone(), size: self.size, root: self.root.clone() }
    }
}

fn broken<T>(what: impl Into<String>) -> Result<T, Broken> {
    Err(Broken(what.into()))
}

/// Checks a whole bundle against what was pinned earlier, if anything was. The error names the first thing that
/// broke; lines that disagree are in the result.
pub fn check(bundle: &Value, pin: Option<&Pin>) -> Result<Checked, Broken> {
    if bundle["format"] != "vouchsafe-bundle-v1" {
        return broken("the format: this is no vouchsafe bundle of version 1");
    }
    let key = bundle["keys"]["keys"][0]["vkey"].as_str().unwrap_or_default().to_owned();
    if pin.is_some_and(|p| p.key != key) {
        return broken("the key: it is not the one that was pinned");
    }
    let note = bundle["checkpoint"].as_str().unwrap_or_default();
    let head = Checkpoint::verify(note, &key)
        .map_err(|f| Broken(format!("the checkpoint's signature: {}", f.chain())))?;
    let log = Log::read(bundle, &head, pin)?;
    let raw = evidence::raw_key(&key).ok_or_else(|| Broken("the key: no Ed25519 key".into()))?;
    let envelopes = open_all(bundle, &raw)?;
    let page = &bundle["security"];
    let at = page["generated_at"].as_str().and_then(Timestamp::parse);
    let Some(at) = at else { return broken("the page: it does not say when it was made") };
    let mut notes = Vec::new();
    heartbeat(note, at, &mut notes)?;
    let lines = Lines { page, log: &log, envelopes: &envelopes, at: at.0 }.all()?;
    counts(page)?;
    if log.from > 0 {
        notes.push(format!("entries before {} are covered by the tree only", log.from));
    }
    if let Some(doubt) = page["doubt"].as_str() {
        notes.push(format!("the page doubts itself: {doubt}"));
    }
    if pin.is_none() {
        notes
            .push("the key was seen for the first time: compare it with one from elsewhere".into());
    }
    Ok(Checked {
        origin: head.origin,
        key,
        size: head.size,
        root: STANDARD.encode(head.root.0),
        leaves_hashed: head.size - log.from,
        signatures: 1 + envelopes.len() as u64,
        generated_at: at.iso(),
        lines,
        notes,
    })
}

/// The leaves under the checkpoint, and what they say.
struct Log {
    from: u64,
    /// Runs by control.
    runs: HashMap<String, Vec<Leaf>>,
    /// The newest word on each claim.
    claims: BTreeMap<String, Value>,
    /// Documents by claim.
    documents: HashMap<String, Vec<Value>>,
}

impl Log {
    fn read(bundle: &Value, head: &Checkpoint, pin: Option<&Pin>) -> Result<Self, Broken> {
        let from = bundle["from"].as_u64().unwrap_or(0);
        let hash = |v: &Value| -> Option<Hash> {
            Some(Hash(STANDARD.decode(v.as_str()?).ok()?.try_into().ok()?))
        };
        let peaks: Option<Vec<Hash>> =
            bundle["frontier"].as_array().into_iter().flatten().map(hash).collect();
        let tree = peaks.and_then(|peaks| Growing::from_frontier(from, peaks));
        let Some(mut tree) = tree else { return broken("the frontier: not of that many entries") };
        let mut log =
            Self { from, runs: HashMap::new(), claims: BTreeMap::new(), documents: HashMap::new() };
        let mut pinned = pin.filter(|p| p.size > 0);
        if let Some(p) = pinned.filter(|p| p.size > head.size) {
            let what = "the log was rolled back: it had";
            return broken(format!("{what} {} entries and has {}", p.size, head.size));
        }
        for leaf in std::iter::once(None).chain(texts(bundle).map(Some)) {
            if let Some(text) = leaf {
                let number = tree.size();
                tree.push(text.as_bytes());
                log.take(number, text)?;
            }
            if let Some(p) = pinned.filter(|p| p.size == tree.size()) {
                if STANDARD.encode(tree.root().0) != p.root {
                    return broken("the log was forked: it does not begin with what was pinned");
                }
                pinned = None;
            }
        }
        if tree.size() != head.size {
            let what = "the leaves: the checkpoint counts";
            return broken(format!("{what} {}, the bundle reaches {}", head.size, tree.size()));
        }
        if tree.root() != head.root {
            return broken("the leaves: their root is not that of the checkpoint");
        }
        match pinned {
            Some(p) if p.size < from => broken(format!(
                "consistency: the bundle begins at entry {from}, after the {} that were pinned",
                p.size
            )),
            _ => Ok(log),
        }
    }

    fn take(&mut self, number: u64, text: &str) -> Result<(), Broken> {
        let leaf: Value = serde_json::from_str(text)
            .map_err(|e| Broken(format!("leaf {number}: not JSON: {e}")))?;
        if let Some((control, run)) = Leaf::read(number, &leaf) {
            self.runs.entry(control).or_default().push(run);
        } else if let Some(claim) = leaf["claim"].as_str().map(str::to_owned) {
            match leaf["type"].as_str() {
                Some("claim") => drop(self.claims.insert(claim, leaf)),
                Some("attestation") => self.documents.entry(claim).or_default().push(leaf),
                _ => {}
            }
        }
        Ok(())
    }
}

fn texts(bundle: &Value) -> impl Iterator<Item = &str> {
    bundle["leaves"].as_array().into_iter().flatten().map(|l| l.as_str().unwrap_or_default())
}

fn open_all(bundle: &Value, key: &[u8; 32]) -> Result<HashMap<String, Value>, Broken> {
    let mut out = HashMap::new();
    for (hash, text) in bundle["evidence"].as_object().into_iter().flatten() {
        let name = hash.get(..12).unwrap_or(hash);
        let wrong = |why: String| Broken(format!("evidence {name}…: {why}"));
        let statement =
            evidence::opened(hash, text.as_str().unwrap_or_default(), key).map_err(wrong)?;
        let statement = serde_json::from_slice(&statement)
            .map_err(|e| wrong(format!("its statement is not JSON: {e}")))?;
        out.insert(hash.clone(), statement);
    }
    Ok(out)
}

/// The checkpoint's own time must be near the page's: a log that is silent has been stopped.
fn heartbeat(note: &str, at: Timestamp, notes: &mut Vec<String>) -> Result<(), Broken> {
    let signed = note.lines().find_map(|l| l.strip_prefix("time ")).and_then(Timestamp::parse);
    let Some(signed) = signed else { return broken("the checkpoint: it does not say when") };
    if at.0 - signed.0 > HEARTBEAT_MS {
        notes.push(format!("the log has been silent since {signed}: it should sign every minute"));
    }
    Ok(())
}

fn counts(page: &Value) -> Result<(), Broken> {
    let mut own: BTreeMap<&str, u64> = BTreeMap::new();
    for claim in page["claims"].as_array().into_iter().flatten() {
        *own.entry(claim["state"].as_str().unwrap_or_default()).or_default() += 1;
    }
    if serde_json::json!(own) == page["counts"] {
        Ok(())
    } else {
        broken("the counts: they are not those of the lines")
    }
}

struct Lines<'a> {
    page: &'a Value,
    log: &'a Log,
    envelopes: &'a HashMap<String, Value>,
    at: i64,
}

impl Lines<'_> {
    fn all(&self) -> Result<Vec<Line>, Broken> {
        let rows: Vec<&Value> = self.page["claims"].as_array().into_iter().flatten().collect();
        for id in self.log.claims.keys() {
            if !rows.iter().any(|r| r["id"] == id.as_str()) {
                return broken(format!("{id}: published in the log, missing on the page"));
            }
        }
        Ok(rows.into_iter().map(|row| self.one(row)).collect())
    }

    fn one(&self, row: &Value) -> Line {
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let (id, stated) = (text("id"), text("state"));
        let judged = self.judged(&id, row);
        // A page may think worse of itself than its log does; never better.
        let doubted = self.page["doubt"].is_string() && stated == "unchecked";
        let (recomputed, wrong) = match judged {
            Ok(Some(found)) if doubted && found != "failing" => (Some(found), None),
            Ok(Some(found)) if found != stated => {
                (Some(found.clone()), Some(format!("the log says {found}")))
            }
            Ok(found) => (found, None),
            Err(why) => (None, Some(why)),
        };
        let valid_until = row["valid_until"].as_str().map(str::to_owned);
        Line { id, stated, recomputed, wrong, valid_until }
    }

    /// The state that follows; `None` where nothing in the log decides it.
    fn judged(&self, id: &str, row: &Value) -> Result<Option<String>, String> {
        let published = self.log.claims.get(id).ok_or("the log never published it in this span")?;
        if published["text"] != row["text"] {
            return Err("its words are not those that were published".into());
        }
        if published["state"] == "withdrawn" {
            return Ok(Some("withdrawn".into()));
        }
        if row["probe"].is_null() {
            return self.without_probe(id, row);
        }
        self.by_runs(id, row, published).map(Some)
    }

    fn without_probe(&self, id: &str, row: &Value) -> Result<Option<String>, String> {
        let documents = self.log.documents.get(id).map_or(&[][..], Vec::as_slice);
        let time = |d: &Value, name: &str| d[name].as_str().and_then(Timestamp::parse).map(|t| t.0);
        match row["state"].as_str().unwrap_or_default() {
            "enforced" | "planned" | "not-applicable" | "off" | "unchecked" => Ok(None),
            stated @ ("attested" | "attestation-expired") => {
                let newest = documents.last().ok_or("no document for it is in the log")?;
                if newest["state"] != "approved" {
                    return Err("its document was taken back".into());
                }
                let until = time(newest, "effective_until").ok_or("its document has no end")?;
                let found = if until > self.at { "attested" } else { "attestation-expired" };
                if row["attestation"]["document"]
                    != format!("sha256:{}", newest["document"].as_str().unwrap_or_default())
                {
                    return Err("its document is not the one in the log".into());
                }
                let _ = stated;
                Ok(Some(found.into()))
            }
            other => Err(format!("{other} without a probe")),
        }
    }

    fn by_runs(&self, id: &str, row: &Value, published: &Value) -> Result<String, String> {
        let (control, version) = row["probe"]
            .as_str()
            .and_then(|p| p.split_once('@'))
            .and_then(|(c, v)| Some((c, v.parse().ok()?)))
            .ok_or("it does not name its probe")?;
        let promise = self.promise(row, published)?;
        let now = Now {
            version,
            subject: row["subject"].as_str().unwrap_or_default(),
            life: i64::try_from(row["interval_s"].as_u64().unwrap_or(0)).unwrap_or(0) * 1000,
            at: self.at,
        };
        if now.life > 72 * 3600 * 1000 {
            return Err("a proof of it is said to live longer than three days".into());
        }
        let leaves = self.log.runs.get(control).map_or(&[][..], Vec::as_slice);
        let found = judge(&promise, &now, leaves);
        self.compare(id, row, &found, &now)?;
        Ok(found.state.to_owned())
    }

    /// The promise: as the row has it, and not weaker than what was published.
    fn promise(&self, row: &Value, published: &Value) -> Result<Promise, String> {
        let promised = &row["promised"];
        let value = promised["value"].as_f64().ok_or("it promises no figure")?;
        let direction = promised["direction"].as_str().unwrap_or_default().to_owned();
        let name = promised["name"].as_str().unwrap_or_default().replace(' ', "_");
        for parameter in published["parameters"].as_array().into_iter().flatten() {
            let same = parameter["value"].as_f64() == Some(value)
                && parameter["direction"] == direction.as_str();
            if parameter["name"] == name.as_str() && !same {
                return Err("its promise is not the one that was published".into());
            }
        }
        Ok(Promise { value, direction })
    }

    fn compare(
        &self,
        id: &str,
        row: &Value,
        found: &crate::judge::Found,
        now: &Now<'_>,
    ) -> Result<(), String> {
        let time = |name: &str| row[name].as_str().and_then(Timestamp::parse).map(|t| t.0);
        if time("falsified_at") != found.falsified_at {
            return Err("the time of its falsification is not that of the log".into());
        }
        let Some(run) = &found.run else {
            return Ok(());
        };
        let same = [
            ("time", time("proved_at") == Some(run.at)),
            ("expiry", time("valid_until") == Some(run.at + now.life)),
            ("attempts", row["attempts"].as_u64() == Some(run.attempts)),
            ("violations", row["violations"].as_u64() == Some(run.violations)),
            ("figure", row["measured"][0]["value"].as_f64() == run.measured),
            ("coverage", row["target"]["covered"].as_u64() == Some(run.coverage.0)),
        ];
        if let Some((what, _)) = same.iter().find(|(_, same)| !same) {
            return Err(format!("its {what} is not that of the log"));
        }
        let linked = row["evidence"].as_str().and_then(|e| e.rsplit('/').next());
        if linked != Some(run.evidence.as_str()) {
            return Err("its evidence is not that of the run it rests on".into());
        }
        let statement = self.envelopes.get(&run.evidence).ok_or("its evidence is missing")?;
        evidence::says_the_same(statement, run, id).map_err(|why| format!("evidence: {why}"))?;
        let binary = format!("sha256:{}", subject(statement, "binary"));
        if run.subject == now.subject && self.page["binary"] != binary.as_str() {
            return Err("its evidence is about another binary".into());
        }
        Ok(())
    }
}

fn subject(statement: &Value, name: &str) -> String {
    let subjects = statement["subject"].as_array();
    let found = subjects.into_iter().flatten().find(|s| s["name"] == name);
    found.and_then(|s| s["digest"]["sha256"].as_str()).unwrap_or_default().to_owned()
}
