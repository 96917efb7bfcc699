//! Codes by mail and by SMS: eight digits, ten minutes, bound to the sign-in that asked for them, five tries.

use std::time::Duration;

use base::{Rng, Secret, rng};
use kernel::App;

/// How long a code counts.
pub(crate) const LIFE: Duration = Duration::from_mins(10);
/// Wrong codes for one sign-in, then it begins anew.
pub(crate) const TRIES_MAX: i64 = 5;
/// Codes sent for one sign-in.
pub(crate) const SENT_MAX: i64 = 5;
/// Time between two of them.
pub(crate) const AGAIN: Duration = Duration::from_secs(30);

const RANGE: u64 = 100_000_000;

/// A fresh code: eight digits, 26 bits.
pub(crate) fn fresh(rng: &dyn Rng) -> Secret<String> {
    // Numbers above the last whole multiple are thrown again: every code is equally likely.
    loop {
        let number = u64::from_le_bytes(rng::bytes(rng));
        if number < u64::MAX - u64::MAX % RANGE {
            return Secret::new(format!("{:08}", number % RANGE));
        }
    }
}

/// As it is read out: `1234 5678`.
pub(crate) fn spaced(code: &Secret<String>) -> String {
    let (first, last) = code.reveal().split_at(4);
    format!("{first} {last}")
}

/// What is kept of a code; `of` is what it is bound to.
pub(crate) fn kept(app: &App, of: &str, code: &str) -> [u8; 32] {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).take(16).collect();
    app.blind_index("code", &format!("{of} {digits}"))
}
