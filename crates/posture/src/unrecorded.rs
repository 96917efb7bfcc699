//! Violations that were seen and could not be written down: they show all the same, until a run is recorded.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use kernel::App;

#[derive(Default)]
struct Reds(Mutex<HashSet<&'static str>>);

/// A control's run was red and was not recorded.
pub(crate) fn note(app: &App, control: &'static str) {
    let reds = app.kept.get(Reds::default);
    reds.0.lock().unwrap_or_else(PoisonError::into_inner).insert(control);
}

/// A run of the control was recorded: from now on the log decides.
pub(crate) fn settle(app: &App, control: &str) {
    let reds = app.kept.get(Reds::default);
    reds.0.lock().unwrap_or_else(PoisonError::into_inner).remove(control);
}

pub(crate) fn is_red(app: &App, control: &str) -> bool {
    let reds = app.kept.get(Reds::default);
    reds.0.lock().unwrap_or_else(PoisonError::into_inner).contains(control)
}
