//! What verdicts and pages show of past runs, kept in memory: a control is read anew once it has a newer run.
//!
//! The key is the number of the newest run in the file itself, so nobody has to remember to tell this place
//! anything. A file whose newest run is older than what is known, or another day, empties it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use base::Fault;
use kernel::App;
use kernel::control::Control;
use store::Tx;

use super::store::{self as runs, Day, Recorded};
use crate::verdict::Run;

/// Runs that came to an end, of those that a verdict looks at; besides the last failure.
const RUNS: i64 = 8;
/// Days of a strip.
pub(crate) const DAYS: i64 = 90;

/// The past of one control.
#[derive(Debug, Default)]
pub(crate) struct History {
    /// What a verdict looks at, in the order of the log.
    pub(crate) probes: Vec<Recorded>,
    pub(crate) falsifications: Vec<Recorded>,
    /// The runs of the two alone, for a [`crate::verdict::Case`].
    pub(crate) case: (Vec<Run>, Vec<Run>),
    pub(crate) days: Vec<Day>,
    /// Milliseconds between two runs of the probe, at most.
    pub(crate) longest_gap: i64,
}

struct Known {
    /// Number of the newest run that was looked at.
    newest: i64,
    today: i64,
    of: HashMap<&'static str, Arc<History>>,
}

struct Shelf(Mutex<Known>);

impl Default for Shelf {
    fn default() -> Self {
        Self(Mutex::new(Known { newest: -1, today: 0, of: HashMap::new() }))
    }
}

/// The past of each of these controls, by its name, as of now.
pub(crate) fn of(
    app: &App,
    controls: impl Iterator<Item = &'static Control>,
) -> Result<HashMap<&'static str, Arc<History>>, Fault> {
    let today = app.clock.now().0 / 86_400_000;
    let shelf = app.kept.get(Shelf::default);
    let mut known = shelf.0.lock().unwrap_or_else(PoisonError::into_inner);
    app.store.posture().read(|tx| {
        known.forget_what_changed(tx, today)?;
        controls.map(|control| Ok((control.id, known.find(tx, control.id)?))).collect()
    })
}

impl Known {
    fn forget_what_changed(&mut self, tx: &Tx<'_>, today: i64) -> Result<(), Fault> {
        let newest = runs::last_number(tx)?;
        if newest < self.newest || today != self.today {
            self.of.clear();
        } else if newest > self.newest {
            for control in runs::controls_since(tx, self.newest)? {
                self.of.remove(control.as_str());
            }
        }
        (self.newest, self.today) = (newest, today);
        Ok(())
    }

    fn find(&mut self, tx: &Tx<'_>, control: &'static str) -> Result<Arc<History>, Fault> {
        if let Some(found) = self.of.get(control) {
            return Ok(Arc::clone(found));
        }
        let history = Arc::new(read(tx, control, self.today)?);
        self.of.insert(control, Arc::clone(&history));
        Ok(history)
    }
}

fn read(tx: &Tx<'_>, control: &str, today: i64) -> Result<History, Fault> {
    let probes = runs::decisive(tx, control, "probe", RUNS)?;
    // A failure must not drop out of sight because many runs came after it.
    let older = runs::last_violated(tx, control)?
        .filter(|v| probes.first().is_some_and(|p| v.run.number < p.run.number));
    let probes: Vec<Recorded> = older.into_iter().chain(probes).collect();
    let falsifications = runs::decisive(tx, control, "falsification", RUNS)?;
    let only = |all: &[Recorded]| all.iter().map(|r| r.run.clone()).collect();
    Ok(History {
        case: (only(&probes), only(&falsifications)),
        probes,
        falsifications,
        days: runs::days(tx, control, today - DAYS + 1)?,
        longest_gap: runs::longest_gap(tx, control)?,
    })
}
