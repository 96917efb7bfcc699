//! How the service is doing, counted from its own answers: what background work asks before it adds to the load.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use base::Timestamp;

/// Time that is looked back over; the present half and the one before it.
const HALF: Duration = Duration::from_secs(30);
/// An answer that took longer is slow.
const SLOW: Duration = Duration::from_secs(2);
/// Fewer answers than this say nothing.
const ENOUGH: u32 = 20;
/// Share of answers that may fail or be slow.
const SHARE_MAX: f64 = 0.1;

/// Answers of the last half minute to minute.
#[derive(Default)]
pub struct Traffic(Mutex<[Half; 2]>);

#[derive(Clone, Copy, Default)]
struct Half {
    /// Which half minute since the epoch.
    number: i64,
    answers: u32,
    failed: u32,
    slow: u32,
}

/// What is the matter with the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// More than a tenth of its answers are errors of its own (5xx).
    Failing,
    /// More than a tenth of its answers take longer than two seconds.
    Slow,
}

impl Traffic {
    /// Counts an answer.
    pub fn note(&self, now: Timestamp, took: Duration, failed: bool) {
        let number = half(now);
        let mut halves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if halves[0].number != number {
            halves[1] = halves[0];
            halves[0] = Half { number, ..Half::default() };
        }
        halves[0].answers += 1;
        halves[0].failed += u32::from(failed);
        halves[0].slow += u32::from(took > SLOW);
    }

    /// What is the matter now, if anything is.
    #[must_use]
    pub fn trouble(&self, now: Timestamp) -> Option<Trouble> {
        let number = half(now);
        let halves = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = halves.iter().filter(|h| h.number == number || h.number == number - 1);
        let (mut answers, mut failed, mut slow) = (0, 0, 0);
        for half in recent {
            answers += half.answers;
            failed += half.failed;
            slow += half.slow;
        }
        let many = |n: u32| f64::from(n) > f64::from(answers) * SHARE_MAX;
        match answers >= ENOUGH {
            true if many(failed) => Some(Trouble::Failing),
            true if many(slow) => Some(Trouble::Slow),
            _ => None,
        }
    }
}

fn half(now: Timestamp) -> i64 {
    now.0.div_euclid(HALF.as_millis() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAST: Duration = Duration::from_millis(3);

    #[test]
    fn trouble_is_seen_and_forgotten() {
        let traffic = Traffic::default();
        let at = |s: i64| Timestamp(s * 1000);
        for _ in 0..19 {
            traffic.note(at(0), FAST, true);
        }
        assert_eq!(traffic.trouble(at(0)), None, "too few to say");
        traffic.note(at(1), FAST, true);
        assert_eq!(traffic.trouble(at(1)), Some(Trouble::Failing));
        assert_eq!(traffic.trouble(at(59)), Some(Trouble::Failing));
        assert_eq!(traffic.trouble(at(60)), None, "it is over");
        for n in 0..30 {
            traffic.note(at(61), if n < 4 { FAST * 1000 } else { FAST }, false);
        }
        assert_eq!(traffic.trouble(at(62)), Some(Trouble::Slow));
        for _ in 0..30 {
            traffic.note(at(62), FAST, false);
        }
        assert_eq!(traffic.trouble(at(62)), None);
    }
}
