//! Reads how many tests ran out of what the test runners print.

/// What a runner counted. A test that was skipped did not run, and proves nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Counts {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
}

impl Counts {
    pub(crate) fn ran(&self) -> usize {
        self.passed + self.failed
    }
}

/// `Summary [ 0.1s] 3 tests run: 2 passed (1 slow), 1 failed, 4 skipped`; whatever is neither
/// passed nor skipped (failed, timed out, could not start) counts as failed.
pub(crate) fn nextest(said: &str) -> Counts {
    let mut counts = Counts::default();
    let summary = said.lines().rev().find(|line| line.trim_start().starts_with("Summary ["));
    let Some((_, figures)) = summary.and_then(|line| line.split_once(" run: ")) else {
        return counts;
    };
    for figure in without_brackets(figures).split(", ") {
        let (number, word) = figure.split_once(' ').unwrap_or((figure, ""));
        let Ok(number) = number.parse::<usize>() else {
            continue;
        };
        match word.trim() {
            "passed" => counts.passed += number,
            "skipped" => counts.skipped += number,
            _ => counts.failed += number,
        }
    }
    counts
}

/// The sum of the lines `test result: ok. 5 passed; 0 failed; 1 ignored; …`, one per test binary.
pub(crate) fn cargo_test(said: &str) -> Counts {
    let mut counts = Counts::default();
    for line in said.lines().filter(|line| line.starts_with("test result:")) {
        counts.passed += before(line, " passed");
        counts.failed += before(line, " failed");
        counts.skipped += before(line, " ignored");
    }
    counts
}

/// The lines `ℹ pass 5`, `ℹ fail 0`, … at the end of a run of `node --test`.
pub(crate) fn node(said: &str) -> Counts {
    let total = |word: &str| {
        let figures = said.lines().filter_map(|line| line.strip_prefix("ℹ ")?.strip_prefix(word));
        figures.filter_map(|figure| figure.trim().parse::<usize>().ok()).sum::<usize>()
    };
    Counts {
        passed: total("pass "),
        failed: total("fail ") + total("cancelled "),
        skipped: total("skipped ") + total("todo "),
    }
}

/// Files without a test, which Node reports as one that passed: `✔ /…/empty.test.mjs (12ms)`.
pub(crate) fn node_files_without_tests(said: &str) -> Vec<String> {
    let passed = said.lines().filter_map(|line| line.trim_start().strip_prefix("✔ "));
    let files = passed.filter_map(|name| name.split_once(".test.mjs ("));
    files.map(|(path, _)| format!("{}.test.mjs", path.rsplit('/').next().unwrap_or(path))).collect()
}

/// `5 passed (1 slow, 2 flaky), 1 failed` without its remarks, whose numbers count a second time.
fn without_brackets(text: &str) -> String {
    let pieces = text.split('(').enumerate();
    pieces.map(|(n, piece)| if n == 0 { piece } else { after_bracket(piece) }).collect()
}

fn after_bracket(text: &str) -> &str {
    text.split_once(')').map_or("", |(_, rest)| rest)
}

/// The number in front of a word: `before("ok. 5 passed; 0 failed", " passed")` is 5.
fn before(line: &str, word: &str) -> usize {
    let text = line.split_once(word).map_or("", |(text, _)| text);
    text.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nextest_summary_is_read() {
        let said = "     Summary [   0.020s] 9 tests run: 5 passed (1 slow, 2 flaky), \
                    2 failed, 1 timed out, 4 skipped\n";
        assert_eq!(nextest(said), Counts { passed: 5, failed: 3, skipped: 4 });
        let cut_short = "Summary [   0.020s] 3/5 tests run: 2 passed, 1 failed, 0 skipped";
        assert_eq!(nextest(cut_short).ran(), 3);
    }

    #[test]
    fn no_summary_means_no_test() {
        assert_eq!(nextest("error: could not compile").ran(), 0);
        assert_eq!(cargo_test("error: could not compile").ran(), 0);
        assert_eq!(node("SyntaxError").ran(), 0);
    }

    #[test]
    fn cargo_test_binaries_are_summed() {
        let said = "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured\n\
                    test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured\n";
        assert_eq!(cargo_test(said), Counts { passed: 7, failed: 3, skipped: 1 });
    }

    #[test]
    fn node_summary_is_read() {
        let said = "✔ signs in (3.1ms)\nℹ tests 4\nℹ pass 2\nℹ fail 1\n\
                    ℹ cancelled 0\nℹ skipped 1\nℹ todo 0\n";
        assert_eq!(node(said), Counts { passed: 2, failed: 1, skipped: 1 });
        assert!(node_files_without_tests(said).is_empty());
    }

    #[test]
    fn an_empty_file_does_not_count_as_a_test() {
        let said = "✔ /clone/e2e/empty.test.mjs (137.071547ms)\nℹ pass 1\n";
        assert_eq!(node_files_without_tests(said), ["empty.test.mjs"]);
    }
}
