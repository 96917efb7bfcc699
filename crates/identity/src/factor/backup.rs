//! Backup codes: ten codes on paper, each good once, for the day when the phone is gone.

use base::id::AccountId;
use base::{Rng, Secret, rng};
use kernel::App;

/// How many there are.
pub(crate) const CODES: usize = 10;
const LETTERS: usize = 8;
/// No letter that can be taken for another; 32 of them, so that a byte gives five bits without bias.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// Fresh codes: what is shown once, `7Q4M-K2XD`.
pub(crate) fn fresh(rng: &dyn Rng) -> Vec<Secret<String>> {
    (0..CODES)
        .map(|_| {
            let bytes: [u8; LETTERS] = rng::bytes(rng);
            let letters: String =
                bytes.iter().map(|b| char::from(ALPHABET[usize::from(b % 32)])).collect();
            Secret::new(format!("{}-{}", &letters[..4], &letters[4..]))
        })
        .collect()
}

/// What is kept of a code: forty bits are too few for a plain hash, so it is keyed, by a key outside the store.
pub(crate) fn kept(app: &App, account: AccountId, code: &str) -> Option<[u8; 32]> {
    let letters: String = code
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let plain = letters.len() == LETTERS && letters.bytes().all(|b| ALPHABET.contains(&b));
    plain.then(|| app.blind_index("backup_code", &format!("{account} {letters}")))
}
