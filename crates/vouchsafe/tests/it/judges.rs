//! The two implementations of a verdict say the same, whatever happened.

use std::time::Duration;

use base::Timestamp;
use kernel::control::{Figure, Promise};
use posture::verdict::{self, Case, Outcome, Run};
use proptest::prelude::*;
use serde_json::json;
use verify::judge::{self, Leaf, Now};

const LIFE: Duration = Duration::from_secs(900);
const CONTROL: &str = "identity.session_revoke";

/// A run, and whether it is a falsification.
fn any_run() -> impl Strategy<Value = (Run, bool)> {
    let figures = prop_oneof![Just(None), Just(Some(0.0)), Just(Some(0.5)), Just(Some(1.5))];
    let what = (0_i64..3_000_000, 0_u8..3, 0_u64..3, 0_u64..3, 1_u32..3, 0_u8..3);
    (what, figures, 0_u64..3, any::<bool>()).prop_map(|(what, figure, covered, falsification)| {
        let (at, outcome, attempts, violations, version, subject) = what;
        let run = Run {
            number: 0,
            version,
            subject: format!("{subject:032}"),
            ended_at: Timestamp(at),
            outcome: match outcome {
                0 => Outcome::Held,
                1 => Outcome::Violated,
                _ => Outcome::Unable("no answer".into()),
            },
            attempts,
            violations,
            measured: figure.map(|value| Figure { name: "x".into(), value, unit: "s".into() }),
            covered,
            of: 2,
            note: None,
        };
        (run, falsification)
    })
}

/// The leaf as the log has it.
fn leaf(run: &Run, falsification: bool) -> Leaf {
    let leaf = json!({
        "type": if falsification { "falsification" } else { "probe" },
        "control": CONTROL,
        "claim": "IDN-10",
        "version": run.version,
        "at": run.ended_at,
        "outcome": run.outcome.word(),
        "attempts": run.attempts,
        "violations": run.violations,
        "measured": run.measured.as_ref().map(|m| m.value),
        "covered": run.covered,
        "of": run.of,
        "subject": run.subject,
        "evidence": "",
    });
    Leaf::read(run.number, &leaf).unwrap().1
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn both_judges_agree(
        history in proptest::collection::vec(any_run(), 0..10),
        now in 0_i64..4_000_000,
        direction in prop_oneof![Just("<="), Just(">="), Just("=")],
    ) {
        let promised = Promise { name: "x", value: 0.5, unit: "s", direction };
        let (mut runs, mut falsifications, mut leaves) = (Vec::new(), Vec::new(), Vec::new());
        for (number, (mut run, falsification)) in (0_u64..).zip(history) {
            run.number = number;
            leaves.push(leaf(&run, falsification));
            if falsification { falsifications.push(run) } else { runs.push(run) }
        }
        let subject = format!("{:032}", 1);
        let own = verdict::judge(&Case {
            promised: &promised,
            version: 1,
            subject: &subject,
            life: LIFE,
            runs: &runs,
            falsifications: &falsifications,
            now: Timestamp(now),
        });
        let promise = judge::Promise { value: promised.value, direction: direction.into() };
        let at = Now { version: 1, subject: &subject, life: 900_000, at: now };
        let other = judge::judge(&promise, &at, &leaves);
        prop_assert_eq!(own.state.word(), other.state);
        prop_assert_eq!(own.falsified_at.map(|t| t.0), other.falsified_at);
        prop_assert_eq!(own.number, other.run.as_ref().map(|r| r.number));
        prop_assert_eq!(own.attempts, other.run.map_or(0, |r| r.attempts));
    }
}
