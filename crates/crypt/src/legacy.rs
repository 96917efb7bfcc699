//! Password hashes of older schemes, as other systems export them: bcrypt, PBKDF2-SHA512, SHA-512-crypt, scrypt.
//!
//! None is stored as it came. What an export holds is hashed once more with Argon2id, so that a stolen store is
//! worth no less work than with passwords that were set here; at the next sign-in the inner hash goes.

use std::fmt;

use base::{Fault, Secret};
use base64::Engine;
use base64::alphabet::BCRYPT;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD_NO_PAD};
use base64ct::{Base64ShaCrypt, Encoding};
use pbkdf2::pbkdf2_hmac;
use scrypt::Params as ScryptParams;
use sha2::Sha512;

/// bcrypt's cost at most: 2^14 rounds take about a second. Whoever knows an imported address makes us compute this.
const BCRYPT_MAX: u32 = 14;
/// PBKDF2's rounds at most: about a second.
const PBKDF2_MAX: u32 = 1_000_000;
/// SHA-512-crypt's rounds at most. They grow dearer with the password, which whoever tries may choose.
const SHA512_CRYPT_MAX: u32 = 200_000;
/// scrypt's memory at most: 128·r·2^ln bytes, and 128·r·p beside it.
const SCRYPT_BYTES_MAX: u64 = 64 << 20;
const SCRYPT_BESIDE_MAX: u64 = 1 << 20;
/// scrypt's work at most, 2^ln·r·p: about a second.
const SCRYPT_WORK_MAX: u64 = 1 << 20;
/// Bytes of a salt, and of a hash, at most.
const FIELD_MAX: usize = 64;
/// Bytes of a hash at least: fewer could be met by chance.
const HASH_MIN: usize = 16;
/// Characters of an exported hash at most.
const TEXT_MAX: usize = 512;

const BCRYPT_BASE64: GeneralPurpose = GeneralPurpose::new(
    &BCRYPT,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(base64::engine::DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true),
);

/// A scheme with its settings and its salt: all that is needed to hash another password the same way.
#[derive(Clone, PartialEq, Eq)]
pub struct Legacy(Scheme);

#[derive(Clone, PartialEq, Eq)]
enum Scheme {
    Bcrypt { cost: u32, salt: [u8; 16] },
    Pbkdf2Sha512 { rounds: u32, salt: Vec<u8>, len: usize },
    Scrypt { log_n: u8, r: u32, p: u32, salt: Vec<u8>, len: usize },
    Sha512Crypt { rounds: u32, salt: Vec<u8> },
}

/// A hash as it was exported: the scheme, and what it made of the password.
pub struct Exported {
    /// The scheme.
    pub legacy: Legacy,
    /// Its hash. A secret: it was a credential elsewhere.
    pub digest: Secret<Vec<u8>>,
}

/// Why an exported hash is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// None of the four schemes.
    Scheme,
    /// Fields are missing, too many, or not what the scheme has.
    Form,
    /// Its settings would make a sign-in take too long.
    Cost,
}

impl fmt::Debug for Legacy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Legacy({})", self.scheme())
    }
}

impl Exported {
    /// Reads what other systems write: `$2a$`, `$2b$` and `$2y$` of bcrypt; `$6$` of crypt(3);
    /// `$pbkdf2-sha512$rounds$salt$hash` (Passlib) and `$pbkdf2-sha512$i=…,l=…$salt$hash` (PHC);
    /// `$scrypt$ln=…,r=…,p=…$salt$hash` (PHC and Passlib).
    pub fn parse(text: &str) -> Result<Self, Refused> {
        if text.len() > TEXT_MAX {
            return Err(Refused::Form);
        }
        let fields: Vec<&str> = text.split('$').collect();
        let ["", scheme, rest @ ..] = &fields[..] else { return Err(Refused::Scheme) };
        let (scheme, digest) = match *scheme {
            "2a" | "2b" | "2y" => bcrypt_of(rest)?,
            "6" => sha512_crypt_of(rest)?,
            "pbkdf2-sha512" => pbkdf2_of(rest)?,
            "scrypt" => scrypt_of(rest)?,
            _ => return Err(Refused::Scheme),
        };
        scheme.bounded()?;
        Ok(Self { legacy: Legacy(scheme), digest: Secret::new(digest) })
    }
}

impl Scheme {
    /// Whether its settings can be computed in about a second, here and after reading it again.
    fn bounded(&self) -> Result<(), Refused> {
        let fits = |bytes: &[u8], most: usize| (1..=most).contains(&bytes.len());
        let (form, cost) = match self {
            Self::Bcrypt { cost, .. } => (*cost >= 4, *cost <= BCRYPT_MAX),
            Self::Pbkdf2Sha512 { rounds, salt, len } => {
                let form = fits(salt, FIELD_MAX) && (HASH_MIN..=FIELD_MAX).contains(len);
                (form && *rounds > 0, *rounds <= PBKDF2_MAX)
            }
            Self::Scrypt { log_n, r, p, salt, len } => {
                let form = fits(salt, FIELD_MAX) && (HASH_MIN..=FIELD_MAX).contains(len);
                let n = 1_u64.checked_shl(u32::from(*log_n)).unwrap_or(u64::MAX);
                let (r, p) = (u64::from(*r), u64::from(*p));
                let cost = n.saturating_mul(128 * r) <= SCRYPT_BYTES_MAX
                    && (128 * r).saturating_mul(p) <= SCRYPT_BESIDE_MAX
                    && n.saturating_mul(r).saturating_mul(p) <= SCRYPT_WORK_MAX;
                (form && *log_n > 0 && r > 0 && p > 0, cost)
            }
            Self::Sha512Crypt { rounds, salt } => {
                (fits(salt, 16) && *rounds >= 1_000, *rounds <= SHA512_CRYPT_MAX)
            }
        };
        match (form, cost) {
            (false, _) => Err(Refused::Form),
            (true, false) => Err(Refused::Cost),
            (true, true) => Ok(()),
        }
    }
}

fn bcrypt_of(fields: &[&str]) -> Result<(Scheme, Vec<u8>), Refused> {
    let [cost, both] = fields else { return Err(Refused::Form) };
    if both.len() != 53 || !both.is_ascii() {
        return Err(Refused::Form);
    }
    let cost: u32 = cost.parse().map_err(|_| Refused::Form)?;
    let (salt, hash) = both.split_at(22);
    let decode = |text: &str| BCRYPT_BASE64.decode(text).map_err(|_| Refused::Form);
    let salt = decode(salt)?.try_into().map_err(|_| Refused::Form)?;
    Ok((Scheme::Bcrypt { cost, salt }, decode(hash)?))
}

fn sha512_crypt_of(fields: &[&str]) -> Result<(Scheme, Vec<u8>), Refused> {
    let (rounds, salt, hash) = match fields {
        [salt, hash] => (5_000, salt, hash),
        [rounds, salt, hash] => {
            let rounds = rounds.strip_prefix("rounds=").and_then(|r| r.parse().ok());
            (rounds.ok_or(Refused::Form)?, salt, hash)
        }
        _ => return Err(Refused::Form),
    };
    if hash.len() != 86 {
        return Err(Refused::Form);
    }
    let hash = Base64ShaCrypt::decode_vec(hash).map_err(|_| Refused::Form)?;
    Ok((Scheme::Sha512Crypt { rounds, salt: salt.as_bytes().to_vec() }, hash))
}

fn pbkdf2_of(fields: &[&str]) -> Result<(Scheme, Vec<u8>), Refused> {
    let [settings, salt, hash] = fields else { return Err(Refused::Form) };
    let rounds = match settings.strip_prefix("i=") {
        Some(settings) => settings.split(',').next().unwrap_or_default(),
        None => settings,
    };
    let rounds = rounds.parse().map_err(|_| Refused::Form)?;
    let (salt, hash) = (field(salt)?, field(hash)?);
    Ok((Scheme::Pbkdf2Sha512 { rounds, salt, len: hash.len() }, hash))
}

fn scrypt_of(fields: &[&str]) -> Result<(Scheme, Vec<u8>), Refused> {
    let [settings, salt, hash] = fields else { return Err(Refused::Form) };
    let setting = |name: &str| {
        let found = settings.split(',').find_map(|s| s.strip_prefix(name)?.strip_prefix('='));
        found.and_then(|value| value.parse::<u32>().ok()).ok_or(Refused::Form)
    };
    let (log_n, r, p) = (setting("ln")?, setting("r")?, setting("p")?);
    let (salt, hash) = (field(salt)?, field(hash)?);
    let log_n = u8::try_from(log_n).map_err(|_| Refused::Cost)?;
    Ok((Scheme::Scrypt { log_n, r, p, salt, len: hash.len() }, hash))
}

/// Base64 without padding; Passlib writes `.` for `+`.
fn field(text: &str) -> Result<Vec<u8>, Refused> {
    let text = text.trim_end_matches('=').replace('.', "+");
    STANDARD_NO_PAD.decode(text).map_err(|_| Refused::Form)
}

impl Legacy {
    /// The scheme's name.
    #[must_use]
    pub fn scheme(&self) -> &'static str {
        match self.0 {
            Scheme::Bcrypt { .. } => "bcrypt",
            Scheme::Pbkdf2Sha512 { .. } => "pbkdf2-sha512",
            Scheme::Scrypt { .. } => "scrypt",
            Scheme::Sha512Crypt { .. } => "sha512-crypt",
        }
    }

    /// What the scheme makes of a password.
    pub(crate) fn digest(&self, password: &[u8]) -> Result<Vec<u8>, Fault> {
        let odd = |what: &str| Fault::internal(format!("{}: {what}", self.scheme()));
        match &self.0 {
            Scheme::Bcrypt { cost, salt } => {
                let made = bcrypt::hash_with_salt_bytes(password, *cost, *salt)
                    .map_err(|e| odd(&e.to_string()))?;
                BCRYPT_BASE64.decode(&made[29..]).map_err(|e| odd(&e.to_string()))
            }
            Scheme::Pbkdf2Sha512 { rounds, salt, len } => {
                let mut out = vec![0; *len];
                pbkdf2_hmac::<Sha512>(password, salt, *rounds, &mut out);
                Ok(out)
            }
            Scheme::Scrypt { log_n, r, p, salt, len } => {
                let params = ScryptParams::new(*log_n, *r, *p).map_err(|e| odd(&e.to_string()))?;
                let mut out = vec![0; *len];
                scrypt::scrypt(password, salt, &params, &mut out)
                    .map_err(|e| odd(&e.to_string()))?;
                Ok(out)
            }
            Scheme::Sha512Crypt { rounds, salt } => {
                let params = sha_crypt::Params::new(*rounds).map_err(|e| odd(&e.to_string()))?;
                Ok(in_the_order_of_crypt(&sha_crypt::sha512_crypt(password, salt, params)))
            }
        }
    }

    /// The settings in one word without `$` and `~`; [`Legacy::from_settings`] reads it.
    pub(crate) fn settings(&self) -> String {
        let base64 = |bytes: &[u8]| STANDARD_NO_PAD.encode(bytes);
        let name = self.scheme();
        match &self.0 {
            Scheme::Bcrypt { cost, salt } => format!("{name},{cost},{}", base64(salt)),
            Scheme::Pbkdf2Sha512 { rounds, salt, len } => {
                format!("{name},{rounds},{len},{}", base64(salt))
            }
            Scheme::Scrypt { log_n, r, p, salt, len } => {
                format!("{name},{log_n},{r},{p},{len},{}", base64(salt))
            }
            Scheme::Sha512Crypt { rounds, salt } => format!("{name},{rounds},{}", base64(salt)),
        }
    }

    pub(crate) fn from_settings(text: &str) -> Option<Self> {
        let fields: Vec<&str> = text.split(',').collect();
        let salt = STANDARD_NO_PAD.decode(fields.last()?).ok()?;
        let number = |n: usize| fields.get(n).and_then(|f| f.parse::<u32>().ok());
        let len = |n: usize| number(n).and_then(|n| usize::try_from(n).ok());
        let scheme = match (fields[0], fields.len()) {
            ("bcrypt", 3) => Scheme::Bcrypt { cost: number(1)?, salt: salt.try_into().ok()? },
            ("pbkdf2-sha512", 4) => Scheme::Pbkdf2Sha512 { rounds: number(1)?, len: len(2)?, salt },
            ("scrypt", 6) => Scheme::Scrypt {
                log_n: u8::try_from(number(1)?).ok()?,
                r: number(2)?,
                p: number(3)?,
                len: len(4)?,
                salt,
            },
            ("sha512-crypt", 3) => Scheme::Sha512Crypt { rounds: number(1)?, salt },
            _ => return None,
        };
        scheme.bounded().ok()?;
        Some(Self(scheme))
    }
}

/// crypt(3) writes the bytes of a SHA-512 in an order of its own: in groups of three, 21 apart, each group beginning
/// one further and turned by one.
fn in_the_order_of_crypt(bytes: &[u8; 64]) -> Vec<u8> {
    let mut out = Vec::with_capacity(64);
    let (mut a, mut b, mut c) = (0, 21, 42);
    for _ in 0..21 {
        out.extend([bytes[c], bytes[b], bytes[a]]);
        (a, b, c) = (b + 1, c + 1, a + 1);
    }
    out.push(bytes[63]);
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is(password: &str, text: &str) -> bool {
        let Ok(exported) = Exported::parse(text) else { return false };
        let again = Legacy::from_settings(&exported.legacy.settings());
        assert_eq!(again.as_ref(), Some(&exported.legacy), "its settings are kept whole");
        let made = exported.legacy.digest(password.as_bytes());
        made.is_ok_and(|digest| digest == *exported.digest.reveal())
    }

    /// crypt_blowfish's own first vector; the 72nd byte is the last that counts.
    #[test]
    fn bcrypt_is_what_openwall_says() {
        for version in ["2a", "2b", "2y"] {
            let text =
                format!("${version}$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW");
            assert!(is("U*U", &text), "{version}");
            assert!(!is("U*V", &text), "{version}");
        }
    }

    /// The vectors of "Unix crypt using SHA-256 and SHA-512" (Drepper, 0.4).
    #[test]
    fn sha512_crypt_is_what_its_specification_says() {
        let plain = "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1";
        let rounds = "$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.";
        assert!(is("Hello world!", plain));
        assert!(is("Hello world!", rounds));
        assert!(!is("Hello world?", plain));
    }

    /// Widely published vectors of PBKDF2-HMAC-SHA512 ("password", "salt", one round), in both forms.
    #[test]
    fn pbkdf2_is_what_others_compute() {
        let hash = "hn9wzxreAs/zdSWZo6U9xK80x6ZpgVrl1RNVThyM8lLALUcKKFoFAbrZmb/pQ8CPBQI119aLHaVeY/c7YKV/zg";
        assert!(is("password", &format!("$pbkdf2-sha512$i=1,l=64$c2FsdA${hash}")));
        let passlib = format!("$pbkdf2-sha512$1$c2FsdA${}", hash.replace('+', "."));
        assert!(is("password", &passlib));
        assert!(!is("passwort", &passlib));
    }

    /// RFC 7914, section 12.
    #[test]
    fn scrypt_is_what_its_rfc_says() {
        let text = "$scrypt$ln=10,r=8,p=16$TmFDbA$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWIurzDZLiKjiG/xCSedmDDaxyevuUqD7m2DYMvfoswGQA";
        assert!(is("password", text));
        assert!(!is("Password", text));
    }

    #[test]
    fn what_is_unknown_broken_or_too_dear_is_refused_by_name() {
        let refused = |text: &str| Exported::parse(text).err();
        assert_eq!(refused("5f4dcc3b5aa765d61d8327deb882cf99"), Some(Refused::Scheme));
        assert_eq!(refused("$1$salt$hash"), Some(Refused::Scheme));
        assert_eq!(refused("$argon2id$v=19$m=19456,t=2,p=1$a$b"), Some(Refused::Scheme));
        assert_eq!(refused("$2b$05$short"), Some(Refused::Form));
        assert_eq!(refused("$6$salt$short"), Some(Refused::Form));
        assert_eq!(refused("$pbkdf2-sha512$i=1$c2FsdA$AAAA"), Some(Refused::Form), "too short");
        assert_eq!(refused(&"$6$".repeat(400)), Some(Refused::Form));
        let bcrypt = "$2b$20$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
        assert_eq!(refused(bcrypt), Some(Refused::Cost));
        let hash = "AAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        let dear = format!("$pbkdf2-sha512$99000000$c2FsdA${hash}");
        assert_eq!(refused(&dear), Some(Refused::Cost));
        let dear = format!("$scrypt$ln=20,r=8,p=1$c2FsdA${hash}");
        assert_eq!(refused(&dear), Some(Refused::Cost));
        for settings in ["ln=4000000000,r=8,p=1", "ln=16,r=8,p=16", "ln=1,r=524288,p=16"] {
            let dear = format!("$scrypt${settings}$c2FsdA${hash}");
            assert_eq!(refused(&dear), Some(Refused::Cost), "{settings}");
        }
        let dear = format!("$6$rounds=900000$salt${}", ".".repeat(86));
        assert_eq!(refused(&dear), Some(Refused::Cost));
        for settings in [
            "bcrypt,31,AAAAAAAAAAAAAAAAAAAAAA",
            "pbkdf2-sha512,4294967295,64,AAAA",
            "pbkdf2-sha512,1000,0,AAAA",
            "scrypt,33,8,1,32,AAAA",
            "sha512-crypt,999999999,AAAA",
        ] {
            assert_eq!(Legacy::from_settings(settings), None, "planted: {settings}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_parser(text in "\\$?(2b|6|scrypt|pbkdf2-sha512)?\\$[ -~äß$,=]{0,80}") {
            let _ = Exported::parse(&text);
            let _ = Legacy::from_settings(&text);
        }
    }
}
