//! Assessing: runs each probe in its interval, and first shows that the probe can fail.

mod matrix;
mod round;
mod schedule;
mod stand;

use std::time::Duration;

use base::Fault;
use kernel::App;
use kernel::control::{Control, switched_off};

pub use matrix::{Noticed, Row, matrix};
pub(crate) use round::falsify_now;
pub use round::{assess_all, assess_one, assess_some};
pub use schedule::run_until_stopped;

/// Every control of every domain whose feature is on, in the order of the manifests.
pub(crate) fn controls(app: &App) -> Vec<&'static Control> {
    let on = |c: &&Control| switched_off(c.claim, &app.config).is_none();
    all_controls(app).filter(on).collect()
}

/// Those whose feature is off, too: what was recorded of them stays in sight.
pub(crate) fn all_controls(app: &App) -> impl Iterator<Item = &'static Control> {
    app.domains.iter().flat_map(|d| d.controls)
}

/// The control of a claim, be its feature on or off.
pub(crate) fn control_of(app: &App, claim: &str) -> Option<&'static Control> {
    all_controls(app).find(|c| c.claim == claim)
}

/// How long a control's proof counts.
pub(crate) fn life(app: &App, control: &Control) -> Duration {
    control.risk.life(Duration::from_secs(app.config.posture.interval_s))
}

/// What probes cost so far, as a share of one core over the last hour.
pub(crate) fn overhead(app: &App) -> f64 {
    schedule::overhead(app)
}

/// Whether a disk is too full to write evidence that nobody could keep.
pub(crate) fn stop_condition(app: &App) -> Result<Option<&'static str>, Fault> {
    stand::stop_condition(app)
}
