//! How far a long piece of work is: a bar for a person, a line at each tenth for a log.

use std::io::IsTerminal;

use super::output::Printer;

pub(super) struct Bar {
    of_what: &'static str,
    shown: u64,
    on: bool,
}

impl Bar {
    /// A bar that counts these: `files`.
    pub(super) fn of(of_what: &'static str) -> Self {
        Self { of_what, shown: u64::MAX, on: std::io::stderr().is_terminal() }
    }

    pub(super) fn show(&mut self, done: u64, all: u64, printer: &Printer) {
        let steps = if self.on { 40 } else { 10 };
        let step = done.saturating_mul(steps) / all.max(1);
        if step == self.shown {
            return;
        }
        self.shown = step;
        if self.on {
            let full = usize::try_from(step).unwrap_or(0);
            let (full, rest) = ("#".repeat(full), ".".repeat(40_usize.saturating_sub(full)));
            eprint!("\r[{full}{rest}] {done} of {all} {}", self.of_what);
        } else {
            printer.say(&format!("{done} of {all} {}", self.of_what));
        }
    }

    pub(super) fn clear(&self) {
        if self.on && self.shown != u64::MAX {
            eprintln!();
        }
    }
}
