//! Bearer tokens: `vch_<kind>_<lookup><secret><check>`, letters and digits only.
//!
//! The lookup (13 characters) finds the row; of the secret (32 characters, 190 bits) the row holds a
//! salted hash; the check (CRC-32, 6 characters) lets scanners and clients notice a mistyped or
//! truncated token without asking anyone. A plain salted SHA-256 is enough for the hash: the secret
//! has too many bits to be guessed, unlike a password.

use base::{Rng, Secret, rng};

use crate::{equal, sha256};

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LOOKUP: usize = 13;
const SECRET: usize = 32;
const CHECK: usize = 6;

/// What a token is for; the third to last letters of its prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// A sign-in that waits for a second factor (the value of the cookie).
    Attempt,
    /// Confirms an e-mail address.
    Confirmation,
    /// A browser that signed in before (the value of a cookie).
    Device,
    /// Invites somebody into a tenant.
    Invitation,
    /// Confirms a sign-in from a network that its account does not know.
    Location,
    /// A personal access token of the API.
    PersonalAccess,
    /// Sets a new password.
    Reset,
    /// A signed-in session (the value of the cookie).
    Session,
    /// Opens the set-up once.
    Setup,
    /// Invites somebody to the staff.
    StaffInvitation,
    /// Answers a warning: it was not me.
    Warning,
}

impl Use {
    fn letters(self) -> &'static str {
        match self {
            Self::Attempt => "att",
            Self::Confirmation => "cfm",
            Self::Device => "dev",
            Self::Invitation => "inv",
            Self::Location => "loc",
            Self::PersonalAccess => "pat",
            Self::Reset => "rst",
            Self::Session => "ses",
            Self::Setup => "set",
            Self::StaffInvitation => "stf",
            Self::Warning => "wrn",
        }
    }
}

/// A token in the clear: shown once, never stored.
#[derive(Clone, Debug)]
pub struct Token {
    kind: Use,
    lookup: String,
    secret: Secret<String>,
}

/// What the store keeps of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Finds the row.
    pub lookup: String,
    /// Random, one per token.
    pub salt: [u8; 16],
    /// SHA-256 of salt and secret.
    pub hash: [u8; 32],
}

/// The text is not a token of the wanted use, or was changed on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAToken;

impl Token {
    /// A fresh token.
    pub fn generate(kind: Use, rng: &dyn Rng) -> Self {
        let lookup = letters(LOOKUP, rng);
        let secret = Secret::new(letters(SECRET, rng));
        Self { kind, lookup, secret }
    }

    /// Parses and checks a token of the wanted use; touches no store.
    pub fn parse(kind: Use, text: &str) -> Result<Self, NotAToken> {
        let rest = text
            .strip_prefix("vch_")
            .and_then(|r| r.strip_prefix(kind.letters()))
            .and_then(|r| r.strip_prefix('_'))
            .ok_or(NotAToken)?;
        if rest.len() != LOOKUP + SECRET + CHECK || !rest.bytes().all(|b| b.is_ascii_alphanumeric())
        {
            return Err(NotAToken);
        }
        let (body, check) = rest.split_at(LOOKUP + SECRET);
        if check_of(kind, body) != check {
            return Err(NotAToken);
        }
        let (lookup, secret) = body.split_at(LOOKUP);
        Ok(Self { kind, lookup: lookup.to_owned(), secret: Secret::new(secret.to_owned()) })
    }

    /// The text that its holder gets.
    #[must_use]
    pub fn reveal(&self) -> String {
        let body = format!("{}{}", self.lookup, self.secret.reveal());
        let check = check_of(self.kind, &body);
        format!("vch_{}_{body}{check}", self.kind.letters())
    }

    /// What finds its row.
    #[must_use]
    pub fn lookup(&self) -> &str {
        &self.lookup
    }

    /// What the store keeps.
    pub fn stored(&self, rng: &dyn Rng) -> Stored {
        let salt: [u8; 16] = rng::bytes(rng);
        let hash = sha256(&[&salt, self.secret.reveal().as_bytes()]);
        Stored { lookup: self.lookup.clone(), salt, hash }
    }

    /// Whether this token is the one that the stored salt and hash came from.
    #[must_use]
    pub fn matches(&self, salt: &[u8], hash: &[u8]) -> bool {
        equal(&sha256(&[salt, self.secret.reveal().as_bytes()]), hash)
    }
}

/// `n` uniform letters: bytes of 248 and more are thrown away, so none is likelier than another.
fn letters(n: usize, rng: &dyn Rng) -> String {
    let mut out = String::with_capacity(n);
    while out.len() < n {
        for byte in rng::bytes::<64>(rng) {
            if out.len() < n && byte < 248 {
                out.push(char::from(ALPHABET[usize::from(byte % 62)]));
            }
        }
    }
    out
}

fn check_of(kind: Use, body: &str) -> String {
    let mut crc = crc32fast::Hasher::new();
    crc.update(kind.letters().as_bytes());
    crc.update(body.as_bytes());
    let mut rest = crc.finalize();
    let mut out = [b'0'; CHECK];
    for place in out.iter_mut().rev() {
        *place = ALPHABET[(rest % 62) as usize];
        rest /= 62;
    }
    out.iter().map(|b| char::from(*b)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::SystemRng;

    #[test]
    fn survives_print_and_parse() {
        let token = Token::generate(Use::PersonalAccess, &SystemRng);
        let stored = token.stored(&SystemRng);
        let text = token.reveal();
        assert!(text.starts_with("vch_pat_"), "{text}");
        let back = Token::parse(Use::PersonalAccess, &text);
        assert!(back.is_ok_and(|t| t.lookup() == stored.lookup && t.matches(&stored.salt, &stored.hash)));
        assert_eq!(Token::parse(Use::Session, &text).err(), Some(NotAToken));
        assert!(!format!("{token:?}").contains(&text[30..40]));
    }

    #[test]
    fn every_changed_letter_is_noticed() {
        let text = Token::generate(Use::Session, &SystemRng).reveal();
        for at in 8..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[at] = if changed[at] == b'x' { b'y' } else { b'x' };
            let changed = String::from_utf8_lossy(&changed).into_owned();
            assert!(Token::parse(Use::Session, &changed).is_err(), "letter {at}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".{0,120}") {
            prop_assert!(Token::parse(Use::Session, &text).is_err());
            let prefixed = format!("vch_ses_{text}");
            prop_assert!(Token::parse(Use::Session, &prefixed).is_err());
        }
    }
}
