//! The rules of a verdict, over the leaves of the log. The server's own are in `posture::verdict`; this file
//! was written from the rules in `docs/verify.md`, not from that code.

use base::Timestamp;
use serde_json::Value;

/// Thirty days, in milliseconds: the life of a falsification.
const FALSIFICATION_MS: i64 = 30 * 24 * 3600 * 1000;

/// A promised figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Promise {
    /// How much.
    pub value: f64,
    /// `<=`, `>=` or `=`.
    pub direction: String,
}

/// A leaf of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// Its place in the log.
    pub number: u64,
    /// Whether it is a falsification.
    pub falsification: bool,
    /// Version of the probe.
    pub version: u64,
    /// Short digest of what it ran on.
    pub subject: String,
    /// When it ended, in milliseconds.
    pub at: i64,
    /// `held`, `violated` or `unable`.
    pub outcome: String,
    /// Tries.
    pub attempts: u64,
    /// Tries that got through.
    pub violations: u64,
    /// The figure.
    pub measured: Option<f64>,
    /// Targets that it stands for, of how many.
    pub coverage: (u64, u64),
    /// Hash of its evidence.
    pub evidence: String,
    /// `domain.noun_verb` of the probe.
    pub control: String,
}

impl Leaf {
    /// Reads a leaf, with the claim that it is about; `None` for leaves of another type.
    #[must_use]
    pub fn read(number: u64, leaf: &Value) -> Option<(String, Self)> {
        let kind = leaf["type"].as_str()?;
        if kind != "probe" && kind != "falsification" {
            return None;
        }
        let read = Self {
            number,
            falsification: kind == "falsification",
            version: leaf["version"].as_u64()?,
            subject: leaf["subject"].as_str()?.to_owned(),
            at: Timestamp::parse(leaf["at"].as_str()?)?.0,
            outcome: leaf["outcome"].as_str()?.to_owned(),
            attempts: leaf["attempts"].as_u64()?,
            violations: leaf["violations"].as_u64()?,
            measured: leaf["measured"].as_f64(),
            coverage: (leaf["covered"].as_u64()?, leaf["of"].as_u64()?),
            evidence: leaf["evidence"].as_str()?.to_owned(),
            control: leaf["control"].as_str()?.to_owned(),
        };
        Some((leaf["claim"].as_str()?.to_owned(), read))
    }

    fn says_something(&self) -> bool {
        let right = if self.violations > 0 { "violated" } else { "held" };
        self.attempts > 0 && self.outcome == right
    }
}

/// What a line says it runs on, and when.
#[derive(Clone, Debug)]
pub struct Now<'a> {
    /// Version of the probe.
    pub version: u64,
    /// Short digest.
    pub subject: &'a str,
    /// Life of a proof, in milliseconds.
    pub life: i64,
    /// The moment that is judged, in milliseconds.
    pub at: i64,
}

/// What follows.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The state.
    pub state: &'static str,
    /// The run that it rests on.
    pub run: Option<Leaf>,
    /// When the probe was last seen to fail, if that counts.
    pub falsified_at: Option<i64>,
    /// That falsification.
    pub falsified: Option<Leaf>,
}

/// Judges a line. `leaves` are those of its claim, in the order of the log: a probe under another name does not
/// make a violation undone.
#[must_use]
pub fn judge(promise: &Promise, now: &Now<'_>, leaves: &[Leaf]) -> Found {
    let current =
        |l: &&Leaf| l.version == now.version && l.subject == now.subject && l.at <= now.at;
    let (falsifications, runs): (Vec<&Leaf>, Vec<&Leaf>) =
        leaves.iter().partition(|l| l.falsification);
    // The newest falsification that was carried out decides whether the probe can fail.
    let able = falsifications
        .iter()
        .copied()
        .filter(|l| current(l) && l.outcome != "unable")
        .max_by_key(|l| l.number)
        .filter(|l| l.outcome == "violated" && l.violations > 0)
        .filter(|l| l.at + FALSIFICATION_MS > now.at);
    let counting: Vec<&Leaf> =
        runs.iter().copied().filter(|l| current(l) && l.says_something()).collect();
    let newest = counting.last().copied();
    let red = runs.iter().copied().filter(|l| l.violations > 0).max_by_key(|l| l.number);
    let mended = |red: &Leaf| {
        let clean = counting.iter().filter(|l| l.number > red.number).count();
        clean >= 2 && able.is_some_and(|f| f.number > red.number)
    };
    let open_red = red.filter(|red| !mended(red));
    let rests_on = newest.or(open_red);
    let state = match (open_red, newest) {
        (Some(_), _) => "failing",
        (None, None) => "unchecked",
        (None, Some(run)) => by_newest(promise, now, run, &runs, able.is_some()),
    };
    Found {
        state,
        run: rests_on.cloned(),
        falsified_at: able.map(|l| l.at),
        falsified: able.cloned(),
    }
}

fn by_newest(
    promise: &Promise,
    now: &Now<'_>,
    run: &Leaf,
    runs: &[&Leaf],
    able: bool,
) -> &'static str {
    if runs.last().is_some_and(|l| l.at > now.at) {
        return "unchecked"; // the clock was set back
    }
    if run.at + now.life <= now.at {
        let tried_since =
            runs.iter().any(|l| l.outcome == "unable" && l.number > run.number && l.at <= now.at);
        return if tried_since { "unchecked" } else { "stale" };
    }
    if !able || run.coverage.1 == 0 || run.coverage.0 != run.coverage.1 {
        return "unchecked";
    }
    match run.measured {
        None => "unchecked",
        Some(value) if keeps(promise, value) => "proven",
        Some(_) => "mismatch",
    }
}

fn keeps(promise: &Promise, value: f64) -> bool {
    match promise.direction.as_str() {
        "<=" => value <= promise.value,
        ">=" => value >= promise.value,
        "=" => (value - promise.value).abs() < f64::EPSILON,
        _ => false,
    }
}
