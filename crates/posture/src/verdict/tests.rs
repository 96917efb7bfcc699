//! No order of events yields a proof that was not earned.

use proptest::prelude::*;

use super::*;

const PROMISE: Promise = Promise { name: "first refusal", value: 1.0, unit: "s", direction: "<=" };
const LIFE: Duration = Duration::from_secs(900);

fn subject(n: u8) -> String {
    format!("subject {n}")
}

/// Its place in the log follows its time, as it does while nobody touches the clock.
fn run(at: i64, outcome: Outcome, attempts: u64, violations: u64) -> Run {
    let measured = Some(Figure { name: "p99".into(), value: 0.004, unit: "s".into() });
    Run {
        number: at.unsigned_abs(),
        version: 1,
        subject: subject(1),
        ended_at: Timestamp(at),
        outcome,
        attempts,
        violations,
        measured,
        covered: 3,
        of: 3,
        note: None,
    }
}

fn held(at: i64) -> Run {
    run(at, Outcome::Held, 240, 0)
}

fn red(at: i64) -> Run {
    run(at, Outcome::Violated, 240, 240)
}

fn judged(runs: &[Run], falsifications: &[Run], now: i64) -> Verdict {
    judge(&Case {
        promised: &PROMISE,
        version: 1,
        subject: &subject(1),
        life: LIFE,
        runs,
        falsifications,
        now: Timestamp(now),
    })
}

fn state(runs: &[Run], falsifications: &[Run], now: i64) -> State {
    judged(runs, falsifications, now).state
}

#[test]
fn a_fresh_falsified_run_proves() {
    assert_eq!(state(&[held(1_000)], &[red(500)], 2_000), State::Proven);
}

#[test]
fn nothing_else_does() {
    assert_eq!(state(&[], &[red(500)], 2_000), State::Unchecked);
    assert_eq!(state(&[held(1_000)], &[], 2_000), State::Unchecked);
    assert_eq!(state(&[run(1_000, Outcome::Held, 0, 0)], &[red(500)], 2_000), State::Unchecked);
    assert_eq!(state(&[run(1_000, Outcome::Held, 9, 1)], &[red(500)], 2_000), State::Failing);
    assert_eq!(
        state(&[run(1_000, Outcome::Unable("x".into()), 0, 0)], &[red(500)], 2_000),
        State::Unchecked
    );
    // A falsification that did not turn red shows the opposite.
    assert_eq!(state(&[held(1_000)], &[held(500)], 2_000), State::Unchecked);
    assert_eq!(state(&[held(1_000)], &[red(500)], 1_000 + 900_000), State::Stale);
}

#[test]
fn a_proof_belongs_to_what_it_ran_on() {
    let mut other = held(1_000);
    other.subject = subject(2);
    assert_eq!(state(&[other], &[red(500)], 2_000), State::Unchecked);
    let mut older = held(1_000);
    older.version = 0;
    assert_eq!(state(&[older], &[red(500)], 2_000), State::Unchecked);
    let mut foreign = red(500);
    foreign.subject = subject(2);
    assert_eq!(state(&[held(1_000)], &[foreign], 2_000), State::Unchecked);
}

#[test]
fn a_clock_set_back_proves_nothing() {
    assert_eq!(state(&[held(5_000)], &[red(500)], 2_000), State::Unchecked);
    assert_eq!(state(&[held(1_000)], &[red(5_000)], 2_000), State::Unchecked);
    // Nor does it hide what was seen: an older proof does not come back, a violation stays.
    assert_eq!(state(&[held(1_000), held(5_000)], &[red(500)], 2_000), State::Unchecked);
    let broken = run(5_000, Outcome::Violated, 240, 3);
    assert_eq!(state(&[held(1_000), broken], &[red(500)], 2_000), State::Failing);
}

#[test]
fn an_old_falsification_does_not_count() {
    let now = 31 * 86_400_000_i64;
    assert_eq!(state(&[held(now - 10)], &[red(1)], now), State::Unchecked);
}

#[test]
fn a_missed_figure_is_a_mismatch() {
    let mut slow = held(1_000);
    slow.measured = Some(Figure { name: "p99".into(), value: 1.5, unit: "s".into() });
    assert_eq!(state(std::slice::from_ref(&slow), &[red(500)], 2_000), State::Mismatch);
    slow.measured = Some(Figure { name: "p99".into(), value: f64::NAN, unit: "s".into() });
    assert_eq!(state(std::slice::from_ref(&slow), &[red(500)], 2_000), State::Mismatch);
    slow.measured = None;
    assert_eq!(state(&[slow], &[red(500)], 2_000), State::Unchecked);
}

#[test]
fn a_failure_ends_after_two_clean_runs_and_a_new_falsification() {
    let broken = run(1_000, Outcome::Violated, 240, 3);
    assert_eq!(state(std::slice::from_ref(&broken), &[red(500)], 1_100), State::Failing);
    assert_eq!(state(&[broken.clone(), held(1_200)], &[red(1_150)], 1_300), State::Failing);
    assert_eq!(
        state(&[broken.clone(), held(1_200), held(1_250)], &[red(500)], 1_300),
        State::Failing
    );
    assert_eq!(
        state(&[broken.clone(), held(1_200), held(1_250)], &[red(1_150)], 1_300),
        State::Proven
    );
    // Being unable to look does not end it either.
    let blind = run(1_200, Outcome::Unable("down".into()), 0, 0);
    assert_eq!(state(&[broken, blind], &[red(1_150)], 1_300), State::Failing);
}

#[test]
fn being_unable_keeps_a_proof_until_it_expires_and_names_the_reason_after() {
    let blind = run(2_000, Outcome::Unable("no canary mailbox".into()), 0, 0);
    let runs = [held(1_000), blind];
    assert_eq!(state(&runs, &[red(500)], 3_000), State::Proven);
    let late = judged(&runs, &[red(500)], 1_000_000);
    assert_eq!(late.state, State::Unchecked);
    assert_eq!(late.reason.as_deref(), Some("no canary mailbox"));
}

fn any_run() -> impl Strategy<Value = Run> {
    (0_i64..4_000_000, 0_u8..3, 0_u64..3, 0_u64..3, 0_u32..3, 0_u8..3, 0_u8..4).prop_map(
        |(at, outcome, attempts, violations, version, digest, figure)| Run {
            number: 0,
            version,
            subject: subject(digest),
            ended_at: Timestamp(at),
            outcome: match outcome {
                0 => Outcome::Held,
                1 => Outcome::Violated,
                _ => Outcome::Unable("no answer".into()),
            },
            attempts,
            violations,
            measured: match figure {
                0 => None,
                1 => Some(Figure { name: "p99".into(), value: 2.0, unit: "s".into() }),
                _ => Some(Figure { name: "p99".into(), value: 0.1, unit: "s".into() }),
            },
            covered: 1 + u64::from(digest / 2),
            of: 2,
            note: None,
        },
    )
}

/// Numbers all runs in one order, as the log does.
fn numbered(mut runs: Vec<Run>, mut falsifications: Vec<Run>) -> (Vec<Run>, Vec<Run>) {
    for (n, run) in (0..).zip(runs.iter_mut()) {
        run.number = 2 * n;
    }
    for (n, run) in (0..).zip(falsifications.iter_mut()) {
        run.number = 2 * n + 1;
    }
    (runs, falsifications)
}

#[test]
fn a_failed_falsification_takes_an_earlier_one_away() {
    assert_eq!(state(&[held(1_000)], &[red(500), held(700)], 2_000), State::Unchecked);
    // One that could not be made says nothing.
    let unable = run(700, Outcome::Unable("no shadow".into()), 0, 0);
    assert_eq!(state(&[held(1_000)], &[red(500), unable], 2_000), State::Proven);
}

#[test]
fn a_proof_covers_all_of_its_target_or_is_none() {
    let mut part = held(1_000);
    part.covered = 2;
    let found = judged(std::slice::from_ref(&part), &[red(500)], 2_000);
    assert_eq!(found.state, State::Unchecked);
    assert_eq!(found.reason.as_deref(), Some("it covers 2 of 3"));
    (part.covered, part.of) = (0, 0);
    assert_eq!(state(&[part], &[red(500)], 2_000), State::Unchecked);
}

#[test]
fn a_run_of_a_clock_that_was_ahead_is_got_over() {
    let mut early = held(9_000_000);
    early.number = 1;
    let mut sane = held(2_000);
    sane.number = 2;
    assert_eq!(state(std::slice::from_ref(&early), &[red(0)], 3_000), State::Unchecked);
    assert_eq!(state(&[early, sane], &[red(0)], 3_000), State::Proven);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    /// Whatever happened in whatever order: a proof has a run behind it that earned it.
    #[test]
    fn no_history_yields_an_unearned_proof(
        runs in proptest::collection::vec(any_run(), 0..8),
        falsifications in proptest::collection::vec(any_run(), 0..4),
        now in 0_i64..5_000_000,
    ) {
        let (runs, falsifications) = numbered(runs, falsifications);
        let verdict = judged(&runs, &falsifications, now);
        if verdict.state == State::Proven {
            let now = Timestamp(now);
            let earned = runs.iter().any(|r| {
                r.version == 1 && r.subject == subject(1) && r.outcome == Outcome::Held
                    && r.attempts > 0 && r.violations == 0 && r.ended_at <= now
                    && r.ended_at.plus(LIFE) > now && r.covered == r.of
                    && r.measured.as_ref().is_some_and(|m| m.value <= 1.0)
            });
            let falsified = falsifications.iter().any(|f| {
                f.version == 1 && f.subject == subject(1) && f.outcome == Outcome::Violated
                    && f.violations > 0 && f.ended_at <= now
                    && f.ended_at.plus(FALSIFICATION_LIFE) > now
            });
            prop_assert!(earned && falsified);
            prop_assert!(verdict.attempts > 0 && verdict.violations == 0);
            prop_assert!(verdict.valid_until.is_some_and(|t| t > now));
        }
    }

    /// Time alone never makes a claim better.
    #[test]
    fn waiting_proves_nothing(
        runs in proptest::collection::vec(any_run(), 0..8),
        falsifications in proptest::collection::vec(any_run(), 0..4),
    ) {
        let (runs, falsifications) = numbered(runs, falsifications);
        let all = 4_000_000;
        let before = state(&runs, &falsifications, all);
        let after = state(&runs, &falsifications, all + 10_000_000);
        prop_assert!(after != State::Proven);
        if before == State::Failing {
            prop_assert_eq!(after, State::Failing);
        }
    }
}
