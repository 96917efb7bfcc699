//! AUD-07: what was exported shows by itself, away from the server, whether anything is missing.

use hyper::StatusCode;
use kernel::control::{
    Break, Control, Falsification, Needs, Probing, Promise, Safety, Tamper, Unable, Vantage, unable,
};
use kernel::door::{Answer, Door, Request};
use ledger::archive::{self, Whole};
use serde_json::Value;

use super::read::{DESK, plant};

pub(crate) const COMPLETE: Control = Control {
    safety: Safety::S3,
    needs: Needs::SHADOW,
    routes: &["archive_audit_events", "export_audit_events"],
    asvs: &["V16.4.2"],
    ..Control::live(
        ("audit.archive_complete", "AUD-07"),
        Promise::none("exports that are not whole, or whose gaps were not found"),
        |vantage| -> Probing<'_> { Box::pin(export_and_check(vantage)) },
        Falsification { name: "archive_with_a_gap", by: Break::Answers(|| Box::new(Gap)) },
    )
};

/// Where gaps are torn: the first entries, the last one, and some between.
const GAPS: usize = 10;

async fn export_and_check(vantage: &Vantage) -> Result<(), Unable> {
    let owner = vantage.sign_in(0, DESK).await?;
    let planted = plant(vantage, &owner, 0).await;
    vantage.sign_out(owner).await;
    planted?;
    let staff = vantage.staff(DESK).await?;
    let table = fetch(&staff, "export?format=csv").await?;
    let lines = fetch(&staff, "export?format=ndjson").await?;
    let file = fetch(&staff, "archive").await?;
    let whole = archive::check(file.as_bytes(), None);
    vantage.tried("check the whole log offline", "whole", whole.is_err());
    let Ok(whole) = whole else {
        vantage.measured_violations();
        return Ok(());
    };
    for (step, ids) in
        [("compare the table", of_table(&table)?), ("compare the lines", of_lines(&lines)?)]
    {
        compare(vantage, &whole, step, &ids);
    }
    tear(vantage, &file);
    vantage.measured_violations();
    Ok(())
}

async fn fetch(staff: &Door, what: &str) -> Result<String, Unable> {
    let path = format!("/api/v1/audit-events/{what}");
    let answer = staff.get(&path).await.map_err(unable)?;
    if answer.status != StatusCode::OK {
        return Err(Unable::because(format!("{path} was answered {}", answer.status)));
    }
    String::from_utf8(answer.body.to_vec()).map_err(|_| Unable::because("a file is not UTF-8"))
}

fn of_lines(text: &str) -> Result<Vec<String>, Unable> {
    let id = |line: &str| {
        let entry: Value = serde_json::from_str(line).ok()?;
        entry["id"].as_str().map(str::to_owned)
    };
    text.lines().map(id).collect::<Option<_>>().ok_or_else(|| Unable::because("a line is no entry"))
}

fn of_table(text: &str) -> Result<Vec<String>, Unable> {
    let bad = |e: csv::Error| Unable::because(format!("the table cannot be read: {e}"));
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let at = table.headers().map_err(bad)?.iter().position(|n| n == "id");
    let at = at.ok_or_else(|| Unable::because("the table has no identifiers"))?;
    let id = |r: csv::StringRecord| r.get(at).unwrap_or_default().to_owned();
    table.records().map(|r| r.map(id).map_err(bad)).collect()
}

/// All rows are the log's; and without any of some, that is found.
fn compare(vantage: &Vantage, whole: &Whole, step: &str, ids: &[String]) {
    let tries = ids.len().max(1) as u64;
    let complete = whole.covers(ids.iter().cloned()).is_ok();
    vantage.tried_many(
        &format!("{step} with the log"),
        "none is missing",
        tries,
        u64::from(!complete),
    );
    // Without its newest row an export is that of a moment before: all others count.
    for gone in spread(ids.len()).into_iter().filter(|n| *n > 0) {
        let rest = ids.iter().enumerate().filter(|(n, _)| *n != gone).map(|(_, id)| id.clone());
        let step = format!("{step} without one of its rows");
        vantage.tried(&step, "found", whole.covers(rest).is_ok());
    }
}

/// Leaves an entry out, doubles one, alters one: each has to be found.
fn tear(vantage: &Vantage, file: &str) {
    let lines: Vec<&str> = file.lines().collect();
    let missed = |lines: &[&str]| archive::check(lines.join("\n").as_bytes(), None).is_ok();
    for n in spread(lines.len()).into_iter().filter(|n| *n > 0) {
        let (before, after) = (&lines[..n], &lines[n + 1..]);
        let without = [before, after].concat();
        vantage.tried("leave an entry out of the file", "found", missed(&without));
        let twice = [before, &[lines[n], lines[n]], after].concat();
        vantage.tried("put an entry into the file twice", "found", missed(&twice));
        let altered = lines[n].replacen("done", "gone", 1).replacen("refused", "excused", 1);
        let with = [before, &[altered.as_str()], after].concat();
        vantage.tried("alter an entry of the file", "found", missed(&with));
    }
}

/// Up to [`GAPS`] places of so many, the first and the last among them.
fn spread(many: usize) -> Vec<usize> {
    let step = many.div_ceil(GAPS).max(1);
    let mut all: Vec<usize> = (0..many).step_by(step).collect();
    if let Some(last) = many.checked_sub(1)
        && all.last() != Some(&last)
    {
        all.push(last);
    }
    all
}

/// A system that leaves out an entry of what it gives out.
struct Gap;

impl Tamper for Gap {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path.ends_with("/audit-events/archive") {
            let text = String::from_utf8_lossy(&answer.body).into_owned();
            let kept = text.lines().enumerate().filter(|(n, _)| *n != 2);
            let kept: Vec<&str> = kept.map(|(_, line)| line).collect();
            answer.body = (kept.join("\n") + "\n").into();
        }
        answer
    }
}
