//! What became of each stage, and the table that says so.

use std::time::Duration;

use crate::test::count::Counts;

/// One stage in the table. The verdict carries why it failed.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) verdict: Result<(), String>,
    pub(crate) counts: Option<Counts>,
    pub(crate) time: Duration,
}

impl Row {
    pub(crate) fn has_passed(&self) -> bool {
        self.verdict.is_ok()
    }
}

/// A stage that counts tests and ran none has failed: its green would mean nothing. A counted
/// failure fails the stage even when the tool forgot to say so by its exit code.
pub(crate) fn judge(ok: bool, counts: Option<Counts>) -> Result<(), String> {
    match counts {
        Some(counts) if counts.failed > 0 => Err(format!("{} failed", counts.failed)),
        _ if !ok => Err("the tool reported failure".to_owned()),
        Some(counts) if counts.ran() == 0 => Err("nothing was run".to_owned()),
        _ => Ok(()),
    }
}

/// No row at all is no success either.
pub(crate) fn all_passed(rows: &[Row]) -> bool {
    !rows.is_empty() && rows.iter().all(Row::has_passed)
}

pub(crate) fn print(rows: &[Row]) {
    println!("\n{}", table(rows));
    for row in rows {
        if let Err(why) = &row.verdict {
            println!("{} failed: {why}", row.name);
        }
    }
}

fn table(rows: &[Row]) -> String {
    let head = ["stage", "result", "passed", "failed", "skipped", "time"];
    let mut text = line(head.map(str::to_owned));
    for row in rows {
        let figures = row.counts.map(|counts| [counts.passed, counts.failed, counts.skipped]);
        let [passed, failed, skipped] =
            figures.map_or([(); 3].map(|()| "-".to_owned()), |all| all.map(|n| n.to_string()));
        let result = if row.has_passed() { "pass" } else { "FAIL" };
        let time = format!("{:.1} s", row.time.as_secs_f64());
        text.push_str(&line([
            row.name.to_owned(),
            result.to_owned(),
            passed,
            failed,
            skipped,
            time,
        ]));
    }
    let time: Duration = rows.iter().map(|row| row.time).sum();
    text.push_str(&format!("{:<50}{:>10.1} s\n", "total", time.as_secs_f64()));
    text
}

fn line(cells: [String; 6]) -> String {
    let [stage, result, passed, failed, skipped, time] = cells;
    format!("{stage:<10}{result:<10}{passed:>10}{failed:>10}{skipped:>10}{time:>12}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(passed: usize, failed: usize, skipped: usize) -> Option<Counts> {
        Some(Counts { passed, failed, skipped })
    }

    #[test]
    fn a_good_stage_passes() {
        assert!(judge(true, None).is_ok());
        assert!(judge(true, counts(3, 0, 1)).is_ok());
    }

    #[test]
    fn a_stage_that_ran_nothing_fails() {
        assert!(judge(true, counts(0, 0, 0)).is_err());
        assert!(judge(true, counts(0, 0, 7)).is_err());
        assert!(!all_passed(&[]));
    }

    #[test]
    fn a_counted_failure_fails_whatever_the_exit_code() {
        assert!(judge(true, counts(3, 1, 0)).is_err());
        assert!(judge(false, counts(3, 0, 0)).is_err());
    }

    #[test]
    fn the_table_shows_each_stage_with_its_counts() {
        let time = Duration::from_millis(1500);
        let rows = [Row { name: "unit", verdict: Ok(()), counts: counts(12, 0, 3), time }];
        let text = table(&rows);
        let row = text.lines().nth(1).unwrap_or_default();
        let cells: Vec<&str> = row.split_whitespace().collect();
        assert_eq!(cells, ["unit", "pass", "12", "0", "3", "1.5", "s"]);
    }
}
