//! The built-in challenge: ALTCHA's proof of work, version 2. A program that tries a password pays about as much as the
//! hash costs us; making a challenge costs us one step of it, and judging a solution two keyed hashes.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use altcha::{
    Challenge, CreateChallengeOptions, Solution, SolveChallengeOptions, VerifySolutionOptions,
};
use base::{Fault, FaultKind, Timestamp};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Purpose, Unsolved};
use crate::app::App;
use crate::op::Op;
use crate::web::limit;

/// How long a challenge may be solved and presented.
pub(super) const LIFE: Duration = Duration::from_mins(2);
/// Iterations of PBKDF2 for one try of the solver.
const COST: u32 = 1000;
/// Solutions that are remembered as used, about 20 MB. Each took its sender a good part of a second to find.
const SPENT_MAX: usize = 400_000;
/// Between two looks for those that are too old anyway.
const SELDOM: Duration = Duration::from_secs(10);
/// Tries of a challenge at most, whatever is configured: a slow phone must be done before it is too old.
const TRIES_MAX: u32 = 20_000;
/// Bytes of a presented solution.
const PAYLOAD_BYTES_MAX: usize = 4096;

/// What a browser sends back: ALTCHA's payload, base64 of this as JSON.
#[derive(Serialize, Deserialize)]
struct Payload {
    challenge: Challenge,
    solution: Solution,
}

/// Makes and takes challenges. Its secrets live as long as the program: nothing that was used before counts after a
/// restart.
pub(super) struct Board {
    signature: String,
    key_signature: String,
    spent: Mutex<Spent>,
}

#[derive(Default)]
struct Spent {
    all: HashMap<[u8; 16], Timestamp>,
    purged_at: Option<Timestamp>,
}

impl Board {
    pub(super) fn new(app: &App) -> Self {
        let secret = || crypt::hex(&base::rng::bytes::<32>(&*app.rng));
        Self { signature: secret(), key_signature: secret(), spent: Mutex::default() }
    }

    /// A challenge for a purpose and a network; `factor` times the usual work.
    pub(super) fn challenge(
        &self,
        app: &App,
        op: &Op,
        purpose: Purpose,
        factor: u32,
    ) -> Result<Value, Fault> {
        let most = app.config.captcha.work.saturating_mul(factor).clamp(1, TRIES_MAX);
        let random = u32::from_le_bytes(base::rng::bytes::<4>(&*app.rng));
        // Its own data, not ALTCHA's `expiresAt`, which is judged by the machine's clock and not by ours.
        let until = op.now.plus(LIFE);
        let data = BTreeMap::from([
            ("purpose".to_owned(), json!(purpose.word())),
            ("source".to_owned(), json!(source(app, op))),
            ("until".to_owned(), json!(until.0)),
        ]);
        let made = altcha::create_challenge(CreateChallengeOptions {
            cost: COST,
            counter: Some(random % most),
            data: Some(data),
            hmac_signature_secret: Some(self.signature.clone()),
            hmac_key_signature_secret: Some(self.key_signature.clone()),
            ..CreateChallengeOptions::default()
        });
        let made = made.map_err(|e| Fault::because(FaultKind::Internal, "a challenge", e))?;
        serde_json::to_value(made)
            .map_err(|e| Fault::because(FaultKind::Internal, "a challenge", e))
    }

    /// Judges a solution, and uses it up.
    pub(super) fn take(
        &self,
        app: &App,
        op: &Op,
        purpose: Purpose,
        presented: &str,
    ) -> Result<(), Unsolved> {
        if presented.is_empty() {
            return Err(Unsolved::Missing);
        }
        let payload = read(presented).ok_or(Unsolved::Refused)?;
        let data = payload.challenge.parameters.data.as_ref().ok_or(Unsolved::Refused)?;
        let until = data.get("until").and_then(Value::as_i64).map(Timestamp);
        let until = until.filter(|until| op.now <= *until).ok_or(Unsolved::Refused)?;
        let ours = data.get("purpose").is_some_and(|p| p == purpose.word())
            && data.get("source").is_some_and(|s| *s == source(app, op));
        let judged = altcha::verify_solution(VerifySolutionOptions {
            hmac_key_signature_secret: Some(self.key_signature.clone()),
            ..VerifySolutionOptions::new(
                &payload.challenge,
                &payload.solution,
                self.signature.clone(),
            )
        });
        if !ours || !judged.is_ok_and(|judged| judged.verified) {
            return Err(Unsolved::Refused);
        }
        let nonce = u128::from_str_radix(&payload.challenge.parameters.nonce, 16);
        self.spend(op.now, nonce.map_err(|_| Unsolved::Refused)?.to_be_bytes(), until)
    }

    fn spend(&self, now: Timestamp, nonce: [u8; 16], until: Timestamp) -> Result<(), Unsolved> {
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        if spent.purged_at.is_none_or(|at| now.since(at) >= SELDOM) {
            spent.all.retain(|_, until| *until >= now);
            spent.purged_at = Some(now);
        }
        if spent.all.len() >= SPENT_MAX || spent.all.insert(nonce, until).is_some() {
            return Err(Unsolved::Refused);
        }
        Ok(())
    }
}

fn read(presented: &str) -> Option<Payload> {
    let bytes = Some(presented).filter(|p| p.len() <= PAYLOAD_BYTES_MAX)?;
    serde_json::from_slice(&STANDARD.decode(bytes).ok()?).ok()
}

/// A name for a network that says nothing about it.
fn source(app: &App, op: &Op) -> String {
    let network = op.address.as_ref().map_or([0; 16], |a| limit::prefix(*a.reveal()));
    crypt::hex(&app.blind_index("captcha source", &crypt::hex(&network))[..8])
}

/// Solves a challenge as a browser does; takes a core for a good part of a second. `None` for what is no challenge.
#[must_use]
pub fn solve(challenge: &Value) -> Option<String> {
    let challenge: Challenge = serde_json::from_value(challenge.clone()).ok()?;
    let solution = altcha::solve_challenge(SolveChallengeOptions::new(&challenge)).ok()??;
    let text = serde_json::to_string(&Payload { challenge, solution }).ok()?;
    Some(STANDARD.encode(text))
}
