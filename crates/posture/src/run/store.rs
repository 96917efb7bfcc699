//! The SQL of runs and of what each day brought.

use base::id::RunId;
use base::{Fault, FaultKind, Timestamp};
use kernel::control::Figure;
use serde_json::Value;
use store::{Row, Tx, params};

use crate::digest::Digests;
use crate::verdict::{Outcome, Run};

/// Days of runs that are kept.
const KEPT_DAYS: i64 = 92;
const DAY: i64 = 86_400_000;

/// A run with what the pages show of it.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    pub(crate) run: Run,
    pub(crate) evidence: String,
}

/// What a new row holds beside the run itself.
#[derive(Clone, Debug)]
pub(crate) struct New {
    pub(crate) id: RunId,
    pub(crate) control: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) trigger: &'static str,
    pub(crate) started_at: Timestamp,
    pub(crate) residue: u64,
    /// Whether its figure is the promised one.
    pub(crate) kept: bool,
    pub(crate) evidence: String,
    pub(crate) digests: Digests,
    pub(crate) run: Run,
}

pub(crate) fn insert(tx: &Tx<'_>, new: &New) -> Result<(), Fault> {
    let reason = match &new.run.outcome {
        Outcome::Unable(why) => Some(why.as_str()),
        Outcome::Held | Outcome::Violated => None,
    };
    let figure = new.run.measured.as_ref().map(|f| serde_json::json!(f).to_string());
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    tx.execute(
        "INSERT INTO run (id, control, version, kind, trigger, started_at, ended_at, binary, \
         config, routes, outcome, attempts, violations, residue, figure, reason, evidence, number, \
         subject, covered, total, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, \
         ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)",
        params![
            new.id,
            new.control,
            new.run.version,
            new.kind,
            new.trigger,
            new.started_at,
            new.run.ended_at,
            &new.digests.binary,
            &new.digests.config,
            &new.digests.routes,
            new.run.outcome.word(),
            count(new.run.attempts),
            count(new.run.violations),
            count(new.residue),
            figure.as_deref(),
            reason,
            &new.evidence,
            count(new.run.number),
            &new.run.subject,
            count(new.run.covered),
            count(new.run.of),
            new.run.note.as_deref(),
        ],
    )?;
    if new.kind == "probe" {
        roll_up(tx, new)?;
    }
    let oldest = new.run.ended_at.0 / DAY - KEPT_DAYS;
    tx.execute("DELETE FROM day WHERE day < ?1", params![oldest])?;
    tx.execute(
        "DELETE FROM run WHERE control = ?1 AND ended_at < ?2 AND violations = 0",
        params![new.control, Timestamp(oldest * DAY)],
    )
    .map(drop)
}

fn roll_up(tx: &Tx<'_>, new: &New) -> Result<(), Fault> {
    let (mut held, mut short, mut violated, mut unable) = (0_i64, 0_i64, 0_i64, 0_i64);
    *match new.run.outcome {
        Outcome::Held if new.kept => &mut held,
        Outcome::Held => &mut short,
        Outcome::Violated => &mut violated,
        Outcome::Unable(_) => &mut unable,
    } = 1;
    tx.execute(
        "INSERT INTO day (control, day, held, short, violated, unable) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
         ON CONFLICT (control, day) DO UPDATE SET held = held + excluded.held, \
         short = short + excluded.short, violated = violated + excluded.violated, \
         unable = unable + excluded.unable",
        params![new.control, new.run.ended_at.0 / DAY, held, short, violated, unable],
    )
    .map(drop)
}

/// The newest runs of a kind, in the order of the log.
pub(crate) fn newest(
    tx: &Tx<'_>,
    control: &str,
    kind: &str,
    limit: i64,
) -> Result<Vec<Recorded>, Fault> {
    let mut rows = tx.query(
        "SELECT version, ended_at, outcome, reason, attempts, violations, figure, evidence, number, \
         subject, covered, total, note FROM run WHERE control = ?1 AND kind = ?2 \
         ORDER BY number DESC LIMIT ?3",
        params![control, kind, limit],
        read,
    )?;
    rows.reverse();
    Ok(rows)
}

/// What a verdict looks at, in the order of the log: the newest runs that came to an end, and the newest of all.
/// However many could not be made since, they do not hide those.
pub(crate) fn decisive(
    tx: &Tx<'_>,
    control: &str,
    kind: &str,
    limit: i64,
) -> Result<Vec<Recorded>, Fault> {
    let mut rows = tx.query(
        "SELECT version, ended_at, outcome, reason, attempts, violations, figure, evidence, number, \
         subject, covered, total, note FROM run WHERE control = ?1 AND kind = ?2 \
         AND outcome <> 'unable' ORDER BY number DESC LIMIT ?3",
        params![control, kind, limit],
        read,
    )?;
    rows.reverse();
    let last = newest(tx, control, kind, 1)?.pop();
    rows.extend(last.filter(|last| matches!(last.run.outcome, Outcome::Unable(_))));
    Ok(rows)
}

/// The newest run in which something got through, however long ago.
pub(crate) fn last_violated(tx: &Tx<'_>, control: &str) -> Result<Option<Recorded>, Fault> {
    tx.find(
        "SELECT version, ended_at, outcome, reason, attempts, violations, figure, evidence, number, \
         subject, covered, total, note FROM run \
         WHERE control = ?1 AND kind = 'probe' AND violations > 0 ORDER BY number DESC LIMIT 1",
        params![control],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<Recorded, Fault> {
    let outcome: String = row.get(2)?;
    let reason: Option<String> = row.get(3)?;
    let figure: Option<String> = row.get(6)?;
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    Ok(Recorded {
        run: Run {
            number: count(row.get(8)?),
            version: row.get(0)?,
            subject: row.get(9)?,
            ended_at: row.get(1)?,
            outcome: match outcome.as_str() {
                "held" => Outcome::Held,
                "violated" => Outcome::Violated,
                _ => Outcome::Unable(reason.unwrap_or_default()),
            },
            attempts: count(row.get(4)?),
            violations: count(row.get(5)?),
            measured: figure.map(|f| figure_from(&f)).transpose()?,
            covered: count(row.get(10)?),
            of: count(row.get(11)?),
            note: row.get(12)?,
        },
        evidence: row.get(7)?,
    })
}

fn figure_from(text: &str) -> Result<Figure, Fault> {
    let value: Value = serde_json::from_str(text)
        .map_err(|e| Fault::because(FaultKind::Corrupt, "a run's figure", e))?;
    let word = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    // A figure that is no number keeps no promise.
    let number = value["value"].as_f64().unwrap_or(f64::NAN);
    Ok(Figure { name: word("name"), value: number, unit: word("unit") })
}

/// Objects that probes could not clean up, in the runs that are kept.
pub(crate) fn residue(tx: &Tx<'_>) -> Result<i64, Fault> {
    tx.number("SELECT sum(residue) FROM run WHERE kind = 'probe'", params![])
}

/// The longest time between two runs of a probe, in the runs that are kept.
pub(crate) fn longest_gap(tx: &Tx<'_>, control: &str) -> Result<i64, Fault> {
    tx.number(
        "SELECT max(gap) FROM (SELECT ended_at - lag(ended_at) OVER (ORDER BY number) AS gap \
         FROM run WHERE control = ?1 AND kind = 'probe' AND outcome <> 'unable')",
        params![control],
    )
}

/// One day of a control.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Day {
    /// Days since the epoch.
    pub(crate) day: i64,
    /// Runs that held.
    pub(crate) held: i64,
    /// Runs in which nothing got through, and whose figure was not the promised one.
    pub(crate) short: i64,
    /// Runs in which something got through.
    pub(crate) violated: i64,
}

/// The days of a control, in their order; a day with neither held nor violated was not tried.
pub(crate) fn days(tx: &Tx<'_>, control: &str, from: i64) -> Result<Vec<Day>, Fault> {
    tx.query(
        "SELECT day, held, short, violated FROM day WHERE control = ?1 AND day >= ?2 ORDER BY day",
        params![control, from],
        |row| {
            let (day, held) = (row.get(0)?, row.get(1)?);
            Ok(Day { day, held, short: row.get(2)?, violated: row.get(3)? })
        },
    )
}

/// The number of the newest run of all, -1 before the first.
pub(crate) fn last_number(tx: &Tx<'_>) -> Result<i64, Fault> {
    tx.number("SELECT coalesce(max(number), -1) FROM run", params![])
}

/// The controls that have runs above this number.
pub(crate) fn controls_since(tx: &Tx<'_>, number: i64) -> Result<Vec<String>, Fault> {
    let sql = "SELECT DISTINCT control FROM run WHERE number > ?1";
    tx.query(sql, params![number], |row| row.get(0))
}
