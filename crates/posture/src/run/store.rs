//! The SQL of runs.

use base::id::RunId;
use base::{Fault, FaultKind, Timestamp};
use kernel::control::Figure;
use serde_json::Value;
use store::{Row, Tx, params};

use crate::verdict::{Digests, Outcome, Run};

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
    pub(crate) evidence: String,
    pub(crate) run: Run,
}

pub(crate) fn insert(tx: &Tx<'_>, new: &New) -> Result<(), Fault> {
    let (outcome, reason) = match &new.run.outcome {
        Outcome::Held => ("held", None),
        Outcome::Unable(why) => ("unable", Some(why.as_str())),
        Outcome::Violated => ("violated", None),
    };
    let figure = new.run.measured.as_ref().map(|f| serde_json::json!(f).to_string());
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    tx.execute(
        "INSERT INTO run (id, control, version, kind, trigger, started_at, ended_at, binary, \
         config, routes, outcome, attempts, violations, residue, figure, reason, evidence) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
        params![
            new.id,
            new.control,
            new.run.version,
            new.kind,
            new.trigger,
            new.started_at,
            new.run.ended_at,
            &new.run.digests.binary,
            &new.run.digests.config,
            &new.run.digests.routes,
            outcome,
            count(new.run.attempts),
            count(new.run.violations),
            count(new.residue),
            figure,
            reason,
            &new.evidence
        ],
    )?;
    tx.execute(
        "DELETE FROM run WHERE ended_at < ?1 AND violations = 0",
        params![Timestamp(new.run.ended_at.0 - KEPT_DAYS * DAY)],
    )
    .map(drop)
}

/// The newest runs of a control, oldest first.
pub(crate) fn newest(
    tx: &Tx<'_>,
    control: &str,
    kind: &str,
    limit: i64,
) -> Result<Vec<Recorded>, Fault> {
    let mut rows = tx.query(
        "SELECT version, binary, config, routes, ended_at, outcome, reason, attempts, violations, \
         figure, evidence FROM run WHERE control = ?1 AND kind = ?2 \
         ORDER BY ended_at DESC, id DESC LIMIT ?3",
        params![control, kind, limit],
        read,
    )?;
    rows.reverse();
    Ok(rows)
}

/// The newest run in which something got through, however long ago.
pub(crate) fn last_violated(tx: &Tx<'_>, control: &str) -> Result<Option<Recorded>, Fault> {
    tx.find(
        "SELECT version, binary, config, routes, ended_at, outcome, reason, attempts, violations, \
         figure, evidence FROM run WHERE control = ?1 AND kind = 'probe' AND violations > 0 \
         ORDER BY ended_at DESC LIMIT 1",
        params![control],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<Recorded, Fault> {
    let outcome: String = row.get(5)?;
    let reason: Option<String> = row.get(6)?;
    let figure: Option<String> = row.get(9)?;
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    Ok(Recorded {
        run: Run {
            version: row.get(0)?,
            digests: Digests { binary: row.get(1)?, config: row.get(2)?, routes: row.get(3)? },
            ended_at: row.get(4)?,
            outcome: match outcome.as_str() {
                "held" => Outcome::Held,
                "violated" => Outcome::Violated,
                _ => Outcome::Unable(reason.unwrap_or_default()),
            },
            attempts: count(row.get(7)?),
            violations: count(row.get(8)?),
            measured: figure.map(|f| figure_from(&f)).transpose()?,
        },
        evidence: row.get(10)?,
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

/// One day of a control: how many runs held, and how many were violated; a day with neither was not tried.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Day {
    /// Days since the epoch.
    pub(crate) day: i64,
    pub(crate) held: i64,
    pub(crate) violated: i64,
}

pub(crate) fn days(tx: &Tx<'_>, control: &str, from: i64) -> Result<Vec<Day>, Fault> {
    tx.query(
        "SELECT ended_at / 86400000 AS day, sum(outcome = 'held'), sum(outcome = 'violated') FROM run \
         WHERE control = ?1 AND kind = 'probe' AND ended_at >= ?2 GROUP BY day ORDER BY day",
        params![control, Timestamp(from * DAY)],
        |row| {
            Ok(Day {
                day: row.get(0)?,
                held: row.get(1)?,
                violated: row.get(2)?,
            })
        },
    )
}
