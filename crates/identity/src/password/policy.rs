//! Which passwords are taken. By default length and strength instead of composition, as NIST SP 800-63B advises; the
//! classic rules are for operators who have to have them.

use base::Secret;
use base::limit::{PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN};
use base::text::Email;
use kernel::config::Policy;
use kernel::web::problem::Invalid;

use super::strength;

/// The least strength that is taken, of 0 to 4 (zxcvbn): about ten million guesses.
const SCORE_MIN: u8 = 2;

/// Checks a new password for a person with this address and name. `field` is where it was typed.
pub fn check(
    policy: Policy,
    field: &'static str,
    password: &Secret<String>,
    email: &Email,
    name: &str,
) -> Result<(), Invalid> {
    match why_not(policy, password, email, name) {
        Some(why) => Err(Invalid::new(field, why)),
        None => Ok(()),
    }
}

/// Why a password is not taken; the id of the text.
pub(crate) fn why_not(
    policy: Policy,
    password: &Secret<String>,
    email: &Email,
    name: &str,
) -> Option<&'static str> {
    let text = password.reveal();
    let length = text.chars().count();
    let folded = text.to_lowercase();
    if length < PASSWORD_CHARS_MIN {
        return Some("error-password-short");
    }
    if length > PASSWORD_CHARS_MAX {
        return Some("error-password-long");
    }
    if folded == email.folded() || folded == name.to_lowercase() {
        return Some("error-password-same");
    }
    if strength::is_listed(text) {
        return Some("error-password-stolen");
    }
    if policy == Policy::Classic && !has_classes(text) {
        return Some("error-password-classes");
    }
    let own = [email.reveal(), name];
    (strength::of(text, &own).score < SCORE_MIN).then_some("error-password-common")
}

fn has_classes(text: &str) -> bool {
    let has = |class: fn(char) -> bool| text.chars().any(class);
    has(char::is_uppercase)
        && has(char::is_lowercase)
        && has(|c| c.is_ascii_digit())
        && has(|c| !c.is_alphanumeric() && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict_by(policy: Policy, password: &str) -> Option<&'static str> {
        let Ok(email) = Email::parse("mara.lindqvist@larkspur.example") else {
            return Some("email");
        };
        why_not(policy, &Secret::new(password.into()), &email, "Mara Lindqvist")
    }

    fn verdict(password: &str) -> Option<&'static str> {
        verdict_by(Policy::Nist, password)
    }

    #[test]
    fn length_is_what_counts() {
        assert_eq!(verdict("elevenchars"), Some("error-password-short"));
        assert_eq!(verdict("gravel otter lamp"), None);
        assert_eq!(verdict("ümläuts zählen auch"), None);
        assert_eq!(verdict(&"long pass ".repeat(13)), Some("error-password-long"));
    }

    #[test]
    fn what_everybody_guesses_first_is_refused() {
        for listed in ["Password1234", "leavemealone", "CounterStrike", "1qaz2wsx3edc4rfv"] {
            assert_eq!(verdict(listed), Some("error-password-stolen"), "{listed}");
        }
        for common in [
            "aaaaaaaaaaaaaa",
            "123456789012",
            "qwertyuiop12",
            "abcabcabcabc",
            "passwordpassword",
            "mara.lindqvist1",
        ] {
            assert_eq!(verdict(common), Some("error-password-common"), "{common}");
        }
        assert_eq!(verdict("Mara.Lindqvist@Larkspur.Example"), Some("error-password-same"));
        assert_eq!(verdict("mara lindqvist"), Some("error-password-same"));
    }

    #[test]
    fn the_classic_rules_want_every_class() {
        let classic = |password| verdict_by(Policy::Classic, password);
        assert_eq!(classic("Gravel-otter-lamp-7"), None);
        for missing in
            ["gravel-otter-lamp-7", "GRAVEL-OTTER-LAMP-7", "Gravel-otter-lamp", "GravelOtterLamp7"]
        {
            assert_eq!(classic(missing), Some("error-password-classes"), "{missing}");
        }
        assert_eq!(classic("Short-pass1"), Some("error-password-short"));
    }
}
