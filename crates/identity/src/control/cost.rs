//! What a stolen copy of the verifiers is worth: one scheme for all of them, and the price of a guess.

use std::time::Duration;

use crypt::password::{self, Verifier};
use kernel::control::{
    Break, Control, Falsification, Method as How, Needs, Probing, Promise, Risk, Safety, Unable,
    Vantage, blocking,
};
use kernel::inspect::Weakness;

use super::{passwords, store};

/// IDN-17.
pub(super) const GUESS: Control = Control {
    id: "identity.price_of_a_guess",
    version: 1,
    claim: "IDN-17",
    promised: Promise {
        name: "guesses a second on one core",
        value: 100.0,
        unit: "/s",
        direction: "<=",
    },
    method: How::Live,
    safety: Safety::S1,
    risk: Risk::Low,
    needs: Needs::BOTH,
    configuration: &["password"],
    routes: &[],
    asvs: &["V11.4.2"],
    probe: |vantage| -> Probing<'_> { Box::pin(async { blocking(|| guess(vantage)) }) },
    falsification: Falsification {
        name: "one_verifier_at_no_cost",
        by: Break::State {
            plant: |shadow| store::plant_cheap(&shadow.app.store).map(|()| Weakness::None),
            mend: |shadow| store::mend_cheap(&shadow.app.store),
        },
    },
};

/// IDN-28.
pub(super) const ONE_SCHEME: Control = Control {
    id: "identity.one_scheme",
    version: 1,
    claim: "IDN-28",
    promised: Promise::none("verifiers of another scheme than all"),
    method: How::Live,
    safety: Safety::S0,
    risk: Risk::Low,
    needs: Needs::BOTH,
    configuration: &["password"],
    routes: &[],
    asvs: &["V11.4.2"],
    probe: |vantage| -> Probing<'_> {
        Box::pin(async { blocking(|| passwords::look_at_all(vantage)) })
    },
    falsification: Falsification {
        name: "one_verifier_of_an_old_scheme",
        by: Break::State {
            plant: |shadow| store::plant_old_scheme(&shadow.app.store).map(|()| Weakness::None),
            mend: |shadow| store::mend_old_scheme(&shadow.app.store),
        },
    },
};

/// Guesses that are timed, and for how long at most.
const GUESSES: u32 = 8;
const TIME: Duration = Duration::from_secs(3);

/// Hashes wrong guesses at the settings of the cheapest verifier, as somebody would who has the table.
fn guess(vantage: &Vantage) -> Result<(), Unable> {
    let all = vantage.inspector()?.control(store::verifiers)?;
    let read: Vec<Verifier> = all.iter().filter_map(|v| Verifier::parse(v).ok()).collect();
    let other = (all.len() - read.len()) as u64;
    vantage.tried_many("read what a guess costs", "it is told", all.len() as u64, other);
    let costs = read.iter().map(Verifier::cost);
    let cheapest = costs.min_by_key(|c| u64::from(c.memory_kib) * u64::from(c.iterations));
    let cost = cheapest.ok_or_else(|| Unable::because("there is no verifier to guess at"))?;
    let (begun, mut memory, mut done) = (vantage.clock.now(), Vec::new(), 0_u32);
    // The fastest one counts: others have the processor, too.
    let mut fastest = TIME;
    while done < GUESSES && vantage.clock.now().since(begun) < TIME {
        let from = vantage.clock.now();
        password::hash_bare(cost, "wrong, and long enough", &mut memory).map_err(Unable::from)?;
        fastest = fastest.min(vantage.clock.now().since(from));
        done += 1;
    }
    // The clock counts milliseconds: what took none took less than one.
    let rate = 1.0 / fastest.max(Duration::from_millis(1)).as_secs_f64();
    let dear = rate <= vantage.promised.value;
    let step = "guess at the cheapest stored verifier, at its own settings";
    vantage.tried_many(step, "slow", u64::from(done), if dear { 0 } else { u64::from(done) });
    vantage.measured(vantage.promised.name, rate, "/s");
    Ok(())
}
