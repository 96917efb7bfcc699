//! Which passwords are taken. Length instead of composition, as NIST SP 800-63B advises.

use base::Secret;
use base::limit::{PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN};
use base::text::Email;
use kernel::web::problem::Invalid;

/// Long passwords that stand at the top of every breach list; shorter ones fail by length.
const COMMON: &[&str] = &[
    "123456789012",
    "1234567890123",
    "123412341234",
    "123123123123",
    "111111111111",
    "000000000000",
    "password1234",
    "password12345",
    "passwordpassword",
    "password123456",
    "qwertyuiop12",
    "qwertyuiop123",
    "qwertyuiopas",
    "qwertyuiop1234",
    "qwerty123456",
    "qwerty1234567",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "q1w2e3r4t5y6",
    "asdfghjkl123",
    "zxcvbnm12345",
    "abcdefghijkl",
    "abcd12345678",
    "abc123456789",
    "iloveyou1234",
    "letmein12345",
    "welcome12345",
    "administrator",
    "administrator1",
    "changeme1234",
    "unknown12345",
    "football1234",
    "superman1234",
    "mypassword12",
    "secretsecret",
    "testtesttest",
    "adminadminadmin",
    "correcthorsebatterystaple",
];

/// Checks a new password for a person with this address and name. `field` is where it was typed.
pub fn check(
    field: &'static str,
    password: &Secret<String>,
    email: &Email,
    name: &str,
) -> Result<(), Invalid> {
    let text = password.reveal();
    let length = text.chars().count();
    let folded = text.to_lowercase();
    let refuse = |why| Err(Invalid::new(field, why));
    if length < PASSWORD_CHARS_MIN {
        return refuse("error-password-short");
    }
    if length > PASSWORD_CHARS_MAX {
        return refuse("error-password-long");
    }
    if folded == email.folded() || folded == name.to_lowercase() {
        return refuse("error-password-same");
    }
    let first = folded.chars().next();
    if COMMON.contains(&folded.as_str()) || folded.chars().all(|c| Some(c) == first) {
        return refuse("error-password-common");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(password: &str) -> Option<&'static str> {
        let Ok(email) = Email::parse("mara.lindqvist@larkspur.example") else {
            return Some("email");
        };
        check("password", &Secret::new(password.into()), &email, "Mara Lindqvist")
            .err()
            .map(|i| i.text)
    }

    #[test]
    fn length_is_what_counts() {
        assert_eq!(verdict("elevenchars"), Some("error-password-short"));
        assert_eq!(verdict("twelve chars"), None);
        assert_eq!(verdict("ümläuts zählen"), None);
        assert_eq!(verdict(&"long pass ".repeat(12)), None);
        assert_eq!(verdict(&"long pass ".repeat(13)), Some("error-password-long"));
    }

    #[test]
    fn what_everybody_guesses_first_is_refused() {
        assert_eq!(verdict("Password1234"), Some("error-password-common"));
        assert_eq!(verdict("aaaaaaaaaaaaaa"), Some("error-password-common"));
        assert_eq!(verdict("Mara.Lindqvist@Larkspur.Example"), Some("error-password-same"));
        assert_eq!(verdict("mara lindqvist"), Some("error-password-same"));
    }
}
