//! Checking a bundle: from the pinned key down to every line. Each failure names what broke.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use base::Timestamp;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ledger::tree::Growing;
use ledger::{Checkpoint, Hash};
use serde_json::Value;

use crate::evidence;
use crate::judge::{Found, Leaf, Now, Promise, judge};
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
    /// When the checkpoint was signed.
    pub signed_at: String,
    /// Whether every entry since the first one was read, now or at an earlier visit.
    pub complete: bool,
    #[serde(skip)]
    carried: Vec<(u64, String)>,
}

impl Checked {
    /// Whether every line is as the log says.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.complete && self.lines.iter().all(|l| l.wrong.is_none())
    }

    /// What to remember for the next time.
    #[must_use]
    pub fn pin(&self) -> Pin {
        Pin {
            key: self.key.clone(),
            size: self.size,
            root: self.root.clone(),
            carried: self.carried.clone(),
        }
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
    let signed = note.lines().find_map(|l| l.strip_prefix("time ")).and_then(Timestamp::parse);
    let Some(signed) = signed else { return broken("the checkpoint: it does not say when") };
    if (at.0 - signed.0).abs() > HEARTBEAT_MS {
        let what = "the checkpoint: page and log are not of one moment";
        return broken(format!("{what} ({signed}, {at}); a log signs every minute"));
    }
    let mut notes = Vec::new();
    let lines = Lines { page, log: &log, envelopes: &envelopes, at: at.0 }.all()?;
    counts(page)?;
    if let Some(doubt) = page["doubt"].as_str() {
        notes.push(format!("the page doubts itself: {doubt}"));
    }
    if pin.is_none() {
        notes
            .push("the key was seen for the first time: compare it with one from elsewhere".into());
    }
    if !log.complete {
        notes.push(format!(
            "PARTIAL: the {} entries before these were never read; what happened there is not known",
            log.from
        ));
    }
    Ok(Checked {
        origin: head.origin,
        key,
        size: head.size,
        root: STANDARD.encode(head.root.0),
        leaves_hashed: head.size - log.from,
        signatures: 1 + envelopes.len() as u64,
        generated_at: at.iso(),
        signed_at: signed.iso(),
        lines,
        notes,
        complete: log.complete,
        carried: log.carried(bundle, pin),
    })
}

/// The leaves under the checkpoint, and what they say.
struct Log {
    from: u64,
    complete: bool,
    /// Runs by claim.
    runs: HashMap<String, Vec<Leaf>>,
    /// The newest word on each claim, with its number.
    claims: BTreeMap<String, (u64, Value)>,
    /// Documents by claim, with their numbers.
    documents: HashMap<String, Vec<(u64, Value)>>,
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
        let mut log = Self {
            from,
            complete: from == 0 || pin.is_some_and(|p| p.size >= from && !p.carried.is_empty()),
            runs: HashMap::new(),
            claims: BTreeMap::new(),
            documents: HashMap::new(),
        };
        for (number, text) in pin.map_or(&[][..], |p| &p.carried) {
            if *number < from {
                log.take(*number, text)?;
            }
        }
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
        if let Some((claim, run)) = Leaf::read(number, &leaf) {
            self.runs.entry(claim).or_default().push(run);
        } else if let Some(claim) = leaf["claim"].as_str().map(str::to_owned) {
            match leaf["type"].as_str() {
                Some("claim") => drop(self.claims.insert(claim, (number, leaf))),
                Some("attestation") => {
                    self.documents.entry(claim).or_default().push((number, leaf));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// What the next visit needs of this one, if this one knew everything.
    fn carried(&self, bundle: &Value, pin: Option<&Pin>) -> Vec<(u64, String)> {
        if !self.complete {
            return Vec::new();
        }
        let mut numbers: BTreeSet<u64> = self.claims.values().map(|(n, _)| *n).collect();
        numbers.extend(self.documents.values().flatten().map(|(n, _)| *n));
        for runs in self.runs.values() {
            numbers.extend(runs.iter().rfind(|r| r.violations > 0).map(|r| r.number));
            for falsification in [false, true] {
                let ended = runs
                    .iter()
                    .rev()
                    .filter(|r| r.falsification == falsification && r.outcome != "unable");
                numbers.extend(ended.take(CARRIED).map(|r| r.number));
            }
            numbers.extend(runs.last().map(|r| r.number));
        }
        let older = pin.map_or(&[][..], |p| &p.carried);
        let text = |number: u64| match number.checked_sub(self.from) {
            Some(at) => bundle["leaves"].get(usize::try_from(at).ok()?)?.as_str(),
            None => older.iter().find(|(n, _)| *n == number).map(|(_, text)| text.as_str()),
        };
        numbers.into_iter().filter_map(|n| Some((n, text(n)?.to_owned()))).collect()
    }
}

/// Runs of each claim that the next visit is given: more than any rule looks back.
const CARRIED: usize = 8;

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
        let mut ids = BTreeSet::new();
        for row in &rows {
            let id = row["id"].as_str().unwrap_or_default();
            if !ids.insert(id) {
                return broken(format!("{id}: it stands on the page twice"));
            }
            // What would disturb others is tried in a shadow, and says so.
            let environment = &row["target"]["environment"];
            let shadow = SHADOW.contains(&id) && environment == "shadow";
            if *environment != self.page["environment"] && !shadow {
                return broken(format!("{id}: it is of another environment than the page"));
            }
        }
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
        let (_, published) =
            self.log.claims.get(id).ok_or("the log never published it in this span")?;
        if published["text"] != row["text"] {
            return Err("its words are not those that were published".into());
        }
        if published["state"] == "withdrawn" {
            return Ok(Some("withdrawn".into()));
        }
        let assurance = row["assurance"].as_str();
        if row["probe"].is_null() {
            if !published["terms"].is_null() || self.log.runs.contains_key(id) {
                return Err("the log has a probe for it, the page has none".into());
            }
            if assurance.is_some_and(|a| a != "attested") {
                return Err("its assurance is not what the log has".into());
            }
            return self.without_probe(id, row);
        }
        if assurance != Some("self-tested") {
            return Err("its assurance is not what the log has".into());
        }
        self.by_runs(id, row, published).map(Some)
    }

    fn without_probe(&self, id: &str, row: &Value) -> Result<Option<String>, String> {
        match row["state"].as_str().unwrap_or_default() {
            "enforced" if !ENFORCED.contains(&id) => {
                Err("it is not one of the lines that hold by how the program is built".into())
            }
            "enforced" | "planned" | "not-applicable" | "off" | "unchecked" => Ok(None),
            "attested" | "attestation-expired" => self.by_document(id, row).map(Some),
            other => Err(format!("{other} without a probe")),
        }
    }

    /// The document that was approved last and not taken back.
    fn by_document(&self, id: &str, row: &Value) -> Result<String, String> {
        let leaves = self.log.documents.get(id).map_or(&[][..], Vec::as_slice);
        let gone =
            |d: &Value| leaves.iter().any(|(_, l)| l["state"] == "withdrawn" && l["id"] == d["id"]);
        let stands = |(_, d): &&(u64, Value)| d["state"] == "approved" && !gone(d);
        let (_, document) = leaves.iter().rfind(stands).ok_or("no document for it stands")?;
        let time = |name: &str| document[name].as_str().and_then(Timestamp::parse).map(|t| t.0);
        let shown = &row["attestation"];
        for name in ["issuer", "scope", "effective_from", "effective_until"] {
            if shown[name] != document[name] {
                return Err(format!("the {name} of its document is not that of the log"));
            }
        }
        let hash = format!("sha256:{}", document["document"].as_str().unwrap_or_default());
        if shown["document"] != hash.as_str() {
            return Err("its document is not the one in the log".into());
        }
        let (from, until) = (time("effective_from"), time("effective_until"));
        match (from, until) {
            (Some(from), _) if from > self.at => Ok("unchecked".into()),
            (_, Some(until)) if until > self.at => Ok("attested".into()),
            (_, Some(_)) => Ok("attestation-expired".into()),
            _ => Err("its document has no end".into()),
        }
    }

    fn by_runs(&self, id: &str, row: &Value, published: &Value) -> Result<String, String> {
        let (control, version) = row["probe"]
            .as_str()
            .and_then(|p| p.split_once('@'))
            .and_then(|(c, v)| Some((c, v.parse().ok()?)))
            .ok_or("it does not name its probe")?;
        let terms = &published["terms"];
        if terms["probe"] != control {
            return Err("its probe is not the one that was published".into());
        }
        if terms["promised"] != row["promised"] {
            return Err("its promise is not the one that was published".into());
        }
        if terms["life_s"] != row["interval_s"] {
            return Err("the life of its proof is not the one that was published".into());
        }
        let life = row["interval_s"].as_i64().unwrap_or(0);
        if !(1..=LIFE_MAX_S).contains(&life) {
            return Err("a proof of it is said to live longer than three days".into());
        }
        let promise = Promise {
            value: row["promised"]["value"].as_f64().ok_or("it promises no figure")?,
            direction: row["promised"]["direction"].as_str().unwrap_or_default().to_owned(),
        };
        let now = Now {
            version,
            subject: row["subject"].as_str().unwrap_or_default(),
            life: life * 1000,
            at: self.at,
        };
        let leaves = self.log.runs.get(id).map_or(&[][..], Vec::as_slice);
        let found = judge(&promise, &now, leaves);
        self.compare(id, row, &found, &now)?;
        Ok(found.state.to_owned())
    }

    fn compare(&self, id: &str, row: &Value, found: &Found, now: &Now<'_>) -> Result<(), String> {
        let time = |name: &str| row[name].as_str().and_then(Timestamp::parse).map(|t| t.0);
        if time("falsified_at") != found.falsified_at {
            return Err("the time of its falsification is not that of the log".into());
        }
        self.falsification(id, row, found)?;
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
            ("number of targets", row["target"]["of"].as_u64() == Some(run.coverage.1)),
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
        if statement["predicate"]["target"]["environment"] != row["target"]["environment"] {
            return Err("its evidence is of another environment".into());
        }
        let binary = format!("sha256:{}", subject(statement, "binary"));
        if run.subject == now.subject && self.page["binary"] != binary.as_str() {
            return Err("its evidence is about another binary".into());
        }
        Ok(())
    }
}

impl Lines<'_> {
    /// The evidence that the probe can fail is there, and says so.
    fn falsification(&self, id: &str, row: &Value, found: &Found) -> Result<(), String> {
        let Some(leaf) = &found.falsified else { return Ok(()) };
        let linked = row["falsification"].as_str().and_then(|e| e.rsplit('/').next());
        if linked != Some(leaf.evidence.as_str()) {
            return Err("the evidence that its probe can fail is not that of the log".into());
        }
        let statement = self
            .envelopes
            .get(&leaf.evidence)
            .ok_or("the evidence that its probe can fail is missing")?;
        evidence::says_the_same(statement, leaf, id).map_err(|why| format!("falsification: {why}"))
    }
}

/// Lines that are tried in a shadow alone; another one that says so has moved away from the running system.
const SHADOW: [&str; 22] = [
    "AUD-03", "AUD-04", "AUD-06", "AUD-07", "IDN-16", "IDN-20", "IDN-21", "IDN-24", "IDN-25",
    "IDN-39", "PRV-01", "PRV-26", "TEN-08", "TEN-10", "TEN-12", "TEN-13", "TEN-14", "TEN-15",
    "TEN-16", "WEB-01", "WEB-02", "WEB-09",
];
/// Lines that no attack can show; there are no others, whatever a page says.
const ENFORCED: [&str; 2] = ["AUD-05", "IDN-36"];
/// Three days.
const LIFE_MAX_S: i64 = 72 * 3600;

fn subject(statement: &Value, name: &str) -> String {
    let subjects = statement["subject"].as_array();
    let found = subjects.into_iter().flatten().find(|s| s["name"] == name);
    found.and_then(|s| s["digest"]["sha256"].as_str()).unwrap_or_default().to_owned()
}
