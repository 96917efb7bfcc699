//! Authenticator apps: time-based one-time passwords (RFC 6238), SHA-1, six digits, thirty seconds, one step of
//! skew each way. The strength lies in the 160-bit secret; every app speaks this form, and not every app others.

use base::{Fault, Rng, Secret, Timestamp, rng};
use qrcode::{EcLevel, QrCode};
use totp_rs::{Builder, Totp};

const SECRET: usize = 20;
const STEP_S: u64 = 30;

/// A fresh secret.
pub(crate) fn fresh(rng: &dyn Rng) -> [u8; SECRET] {
    rng::bytes(rng)
}

fn of(secret: &[u8], issuer: &str, account: &str) -> Result<Totp, Fault> {
    // A colon separates the two in the address, and would move the border.
    let plain = |text: &str| text.replace(':', " ").into_boxed_str();
    Builder::new()
        .with_secret(secret.to_vec().into_boxed_slice())
        .with_issuer(Some(plain(issuer)))
        .with_account_name(plain(account))
        .build()
        .map_err(|e| Fault::internal(format!("totp: {e}")))
}

/// The step that a code belongs to, among the present one and its two neighbours.
pub(crate) fn step(secret: &[u8], code: &str, now: Timestamp) -> Result<Option<i64>, Fault> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(None);
    }
    let seconds = u64::try_from(now.0 / 1000).unwrap_or(0);
    let totp = of(secret, "", "")?;
    let present = seconds / STEP_S;
    // Compared here, and not by the library, so that the time does not tell which digit was wrong.
    let mut found = None;
    for step in present.saturating_sub(1)..=present + 1 {
        let right = totp.generate(step * STEP_S).to_string();
        if crypt::equal(right.as_bytes(), digits.as_bytes()) {
            found = i64::try_from(step).ok();
        }
    }
    Ok(found)
}

/// The code of a step; what an app shows.
pub(crate) fn code(secret: &[u8], step: u64) -> Result<String, Fault> {
    Ok(of(secret, "", "")?.generate(step * STEP_S).to_string())
}

/// A secret in base32.
pub(crate) fn secret(text: &str) -> Option<Vec<u8>> {
    totp_rs::Secret::try_from_base32(text).ok().map(|s| s.as_bytes().to_vec())
}

/// What an app needs: the secret in letters, the address that the picture holds, and the picture.
pub(crate) struct Sheet {
    pub(crate) letters: Secret<String>,
    pub(crate) url: Secret<String>,
    /// Modules on a side, and the outline of the dark ones (an SVG path).
    pub(crate) size: usize,
    pub(crate) path: String,
}

/// Prepares what is shown while an app is set up.
pub(crate) fn sheet(secret: &[u8], issuer: &str, account: &str) -> Result<Sheet, Fault> {
    let totp = of(secret, issuer, account)?;
    let url = totp.to_url().map_err(|e| Fault::internal(format!("otpauth: {e}")))?;
    let code = QrCode::with_error_correction_level(&url, EcLevel::M)
        .map_err(|e| Fault::internal(format!("qr: {e}")))?;
    let size = code.width();
    let mut path = String::new();
    for (n, colour) in code.to_colors().into_iter().enumerate() {
        if colour == qrcode::Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", n % size + 4, n / size + 4));
        }
    }
    let letters = totp.secret().to_base32();
    // In fours, as people type.
    let letters: Vec<&str> =
        (0..letters.len()).step_by(4).map(|at| &letters[at..(at + 4).min(letters.len())]).collect();
    Ok(Sheet {
        letters: Secret::new(letters.join(" ")),
        url: Secret::new(url),
        size: size + 8,
        path,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, the SHA-1 rows; the last six digits of the eight that it prints.
    #[test]
    fn agrees_with_the_vectors_of_the_rfc() {
        let secret = b"12345678901234567890";
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let now = Timestamp(seconds * 1000);
            assert_eq!(step(secret, code, now).ok().flatten(), Some(seconds / 30), "{code}");
        }
    }

    #[test]
    fn takes_one_step_of_skew_and_no_more() {
        let secret = b"12345678901234567890";
        let at = |seconds: i64| step(secret, "287082", Timestamp(seconds * 1000)).ok().flatten();
        assert_eq!((at(30), at(59), at(60), at(89)), (Some(1), Some(1), Some(1), Some(1)));
        assert_eq!((at(0), at(90), at(-1)), (Some(1), None, Some(1)));
        let odd = |code: &str| step(secret, code, Timestamp(59_000)).ok().flatten();
        assert_eq!(odd("287 082"), Some(1));
        for bad in ["", "28708", "2870820", "28708a", "２８７０８２", "-87082"] {
            assert_eq!(odd(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_sheet_says_what_apps_read() {
        let sheet = sheet(&[7; 20], "Larkspur: Dental", "mara@larkspur.example")
            .unwrap_or_else(|_| unreachable!());
        let url = sheet.url.reveal();
        assert!(
            url.starts_with("otpauth://totp/Larkspur%20%20Dental:mara%40larkspur.example?"),
            "{url}"
        );
        assert!(url.contains("secret=A4DQOBYHA4DQOBYHA4DQOBYHA4DQOBYH"), "{url}");
        assert_eq!(sheet.letters.reveal().replace(' ', "").len(), 32);
        assert!(sheet.size > 30 && sheet.path.len() > 1000);
    }
}
