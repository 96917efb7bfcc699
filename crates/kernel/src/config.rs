//! The configuration: one TOML file, a struct per concern, defaults in code, unknown keys refused.
//!
//! Parsed once at the start; nothing reads the environment later.

mod door;
mod privacy;
mod staff;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

pub use door::{Captcha, Limits, Lockout, Provider, Required, SecondFactor, SignIn, When};
pub use privacy::{Outbound, Privacy};
pub use staff::Staff;

/// Evaluation on loopback, or production.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Mode {
    /// `vouchsafe up`: everything on loopback, mail is kept for reading.
    Evaluation,
    /// `vouchsafe serve`.
    Production,
}

/// Everything that can be configured.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The data folder.
    pub data: PathBuf,
    /// Where the master key lies, if not in the data folder (a systemd credential, another disk).
    #[serde(default)]
    pub master_key_file: Option<PathBuf>,
    /// The address that people type, for links in letters: `https://console.example.com`.
    #[serde(default)]
    pub origin: String,
    /// Listeners.
    #[serde(default)]
    pub listen: Listen,
    /// Who may open an account.
    #[serde(default)]
    pub sign_up: SignUp,
    /// How long sessions live.
    #[serde(default)]
    pub session: Session,
    /// The cost of password hashes.
    #[serde(default)]
    pub password: Password,
    /// How often addresses may come to what anybody can call.
    #[serde(default)]
    pub limits: Limits,
    /// What stands before sign-up and sign-in against programs.
    #[serde(default)]
    pub captcha: Captcha,
    /// What wrong passwords and codes lead to.
    #[serde(default)]
    pub lockout: Lockout,
    /// Signing in.
    #[serde(default)]
    pub sign_in: SignIn,
    /// Who has to have a second factor.
    #[serde(default)]
    pub second_factor: SecondFactor,
    /// The gateway for short messages.
    #[serde(default)]
    pub sms: Option<Sms>,
    /// The mail server.
    #[serde(default)]
    pub mail: Option<Mail>,
    /// The proofs.
    #[serde(default)]
    pub posture: Posture,
    /// Privacy: what the public pages say.
    #[serde(default)]
    pub privacy: Privacy,
    /// The platform's own people.
    #[serde(default)]
    pub staff: Staff,
    /// The program's own log.
    #[serde(default)]
    pub log: Log,
    /// Set by the command that was typed, not by the file.
    #[serde(skip_deserializing, default = "production")]
    pub mode: Mode,
}

fn production() -> Mode {
    Mode::Production
}

/// Listeners.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Listen {
    /// HTTPS: address and port.
    pub https: Option<SocketAddr>,
    /// Plain HTTP, only for a proxy on the same machine and for evaluation.
    pub http: Option<SocketAddr>,
    /// Plain HTTP that leads to HTTPS and does nothing else.
    pub redirect: Option<SocketAddr>,
    /// `/metrics` alone, for a monitor; keep it off public networks.
    pub metrics: Option<SocketAddr>,
    /// PEM certificate chain; made locally when absent.
    pub certificate_file: Option<PathBuf>,
    /// PEM private key.
    pub private_key_file: Option<PathBuf>,
    /// Networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
}

/// Who may open an account.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct SignUp {
    /// Whether anybody may; else by invitation only.
    pub open: bool,
    /// Whether addresses to throw away are taken.
    pub disposable: bool,
    /// A list of their providers instead of the built-in one: a name a line.
    pub disposable_file: Option<PathBuf>,
}

/// How long sessions live.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Session {
    /// Hours without a request.
    pub idle_hours: u32,
    /// Days in all.
    pub absolute_days: u32,
}

impl Default for Session {
    fn default() -> Self {
        Self { idle_hours: 168, absolute_days: 30 }
    }
}

impl Session {
    /// The time without a request after which a session ends.
    #[must_use]
    pub fn idle(&self) -> Duration {
        Duration::from_secs(u64::from(self.idle_hours) * 3600)
    }

    /// The time after which it ends in any case.
    #[must_use]
    pub fn absolute(&self) -> Duration {
        Duration::from_secs(u64::from(self.absolute_days) * 86_400)
    }
}

/// The cost of password hashes.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Password {
    /// KiB of memory; at least 19,456 (OWASP).
    pub memory_kib: u32,
    /// Passes; at least 2. Without a value it is measured at the first start.
    pub iterations: Option<u32>,
    /// Hashes that may wait; more are refused with 503.
    pub queue: usize,
    /// Which passwords are taken: `nist` or `classic`.
    pub policy: Policy,
    /// A corpus of stolen passwords, as `vouchsafe passwords build` writes it.
    pub breach_file: Option<PathBuf>,
    /// A k-anonymity range service instead: `https://api.pwnedpasswords.com/range`.
    pub breach_url: Option<String>,
    /// What happens to a new password when neither can be asked: `accept` or `refuse`.
    pub breach_unavailable: Unavailable,
}

/// Which passwords are taken.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Policy {
    /// A capital, a small letter, a digit and a special sign, and a new one every six months.
    Classic,
    /// Length and strength (NIST SP 800-63B).
    #[default]
    Nist,
}

impl Policy {
    /// How long a password counts.
    #[must_use]
    pub fn life(self) -> Option<Duration> {
        match self {
            Self::Classic => Some(Duration::from_hours(183 * 24)),
            Self::Nist => None,
        }
    }

    /// The word on the wire.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Classic => "classic",
            Self::Nist => "nist",
        }
    }
}

/// What happens when something cannot be asked.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unavailable {
    /// The password is taken, and the audit log says so.
    #[default]
    Accept,
    /// The password is refused.
    Refuse,
}

impl Default for Password {
    fn default() -> Self {
        Self {
            memory_kib: crypt::PasswordCost::FLOOR.memory_kib,
            iterations: None,
            queue: 64,
            policy: Policy::default(),
            breach_file: None,
            breach_url: None,
            breach_unavailable: Unavailable::default(),
        }
    }
}

/// The gateway for short messages: a POST of `{"id", "to", "text"}`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Sms {
    /// Its address; HTTPS, unless it is on this machine.
    pub url: String,
    /// File with the bearer token.
    #[serde(default)]
    pub token_file: Option<PathBuf>,
}

/// How the connection to the mail server is protected.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTls {
    /// TLS from the first byte (port 465).
    Implicit,
    /// No TLS; refused unless the host is on this machine.
    None,
    /// STARTTLS, required (port 587).
    #[default]
    #[serde(alias = "required")]
    StartTls,
}

/// The mail server.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// Its name, as its certificate says.
    pub host: String,
    /// Its port.
    #[serde(default = "submission")]
    pub port: u16,
    /// TLS.
    #[serde(default)]
    pub tls: MailTls,
    /// User name, if it wants one.
    #[serde(default)]
    pub user: Option<String>,
    /// File with the password.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// Sender of every letter.
    pub from: String,
    /// PEM file of a private certificate authority.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
}

fn submission() -> u16 {
    587
}

/// The proofs.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Posture {
    /// Seconds for which a proof of high risk counts, four times as long at medium and twenty-four times at low
    /// risk; the next run comes after 50 to 90 % of them.
    pub interval_s: u64,
    /// Seconds that a probe may take; then it is `unchecked`.
    pub run_s: u64,
    /// Where letters to canaries arrive, under `serve`.
    pub mailbox: Option<Mailbox>,
}

/// The canaries' own mailbox.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Mailbox {
    /// Where it listens for SMTP.
    pub listen: SocketAddr,
    /// The domain whose mail is routed there; its addresses are the canaries'.
    pub domain: String,
}

impl Default for Posture {
    fn default() -> Self {
        Self { interval_s: 900, run_s: 120, mailbox: None }
    }
}

/// The program's own log, on stderr.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// `text` or `json`.
    pub format: LogFormat,
    /// `error`, `warn`, `info` or `debug`.
    pub level: LogLevel,
}

impl Default for Log {
    fn default() -> Self {
        Self { format: LogFormat::Text, level: LogLevel::Info }
    }
}

/// The form of a log line.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For people.
    Text,
}

/// The least important lines that are written.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// Everything.
    Debug,
    /// What failed.
    Error,
    /// What happened.
    Info,
    /// What may need a person.
    Warn,
}

impl Config {
    /// The defaults of an evaluation in `data`.
    #[must_use]
    pub fn evaluation(data: PathBuf) -> Self {
        Self {
            data,
            master_key_file: None,
            origin: String::new(),
            listen: Listen::default(),
            sign_up: SignUp { open: true, ..SignUp::default() },
            session: Session::default(),
            password: Password::default(),
            limits: Limits::default(),
            captcha: Captcha::default(),
            lockout: Lockout::default(),
            sign_in: SignIn::default(),
            second_factor: SecondFactor::default(),
            sms: None,
            mail: None,
            posture: Posture::default(),
            privacy: Privacy::default(),
            staff: Staff::default(),
            log: Log { level: LogLevel::Warn, ..Log::default() },
            mode: Mode::Evaluation,
        }
    }

    /// Takes the limits for addresses and the lockout away, and makes challenges as good as free, for load tests.
    pub fn lift_limits(&mut self) {
        const MANY: u32 = 1_000_000;
        self.limits = Limits {
            sign_ins_per_minute: MANY,
            letters_per_minute: MANY,
            letters_per_mailbox_hour: MANY,
        };
        self.lockout.attempts = MANY;
        self.lockout.account_attempts = MANY;
        self.captcha.work = 1;
    }

    /// What contradicts itself, each with what to do.
    #[must_use]
    pub fn problems(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut need = |broken: bool, text: &str| {
            if broken {
                found.push(text.to_owned());
            }
        };
        let production = self.mode == Mode::Production;
        need(
            production && !self.origin.starts_with("https://"),
            "origin must be the https:// address that people type, for example https://console.example.com",
        );
        let path = self.origin.split_once("://").is_some_and(|(_, host)| host.contains('/'));
        need(path, "origin is scheme and host only: no path, and no slash at the end");
        need(
            production && self.listen.https.is_none() && self.listen.http.is_none(),
            "listen.https (or listen.http behind a proxy) is missing",
        );
        need(
            production && self.listen.http.is_some_and(|a| !a.ip().is_loopback()),
            "listen.http must be a loopback address: passwords would travel in the clear",
        );
        need(
            production && self.listen.metrics.is_some_and(|a| !a.ip().is_loopback()),
            "listen.metrics must be a loopback address: it asks nobody who they are",
        );
        need(
            self.listen.certificate_file.is_some() != self.listen.private_key_file.is_some(),
            "listen.certificate_file and listen.private_key_file belong together",
        );
        found.extend(self.problems_of_sign_in());
        let mut need = |broken: bool, text: &str| {
            if broken {
                found.push(text.to_owned());
            }
        };
        need(
            self.password.breach_url.as_deref().is_some_and(is_plain),
            "password.breach_url must be https://, or http:// on this machine",
        );
        need(
            self.captcha.verify_url.as_deref().is_some_and(is_plain),
            "captcha.verify_url must be https://, or http:// on this machine",
        );
        need(
            self.sms.as_ref().is_some_and(|s| is_plain(&s.url)),
            "sms.url must be https://, or http:// on this machine",
        );
        need(
            self.mail.as_ref().is_some_and(|m| m.tls == MailTls::None && !local_name(&m.host)),
            "mail.tls = \"none\" is allowed only for a mail server on this machine",
        );
        need(
            self.posture.mailbox.as_ref().is_some_and(|m| !plain_domain(&m.domain)),
            "posture.mailbox.domain must be a domain of its own, such as canary.example.com",
        );
        need(
            !(10..=259_200).contains(&self.posture.interval_s),
            "posture.interval_s must be 10 to 259200",
        );
        need(!(5..=600).contains(&self.posture.run_s), "posture.run_s must be 5 to 600");
        found
    }

    fn problems_of_sign_in(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut need = |broken: bool, text: &str| {
            if broken {
                found.push(text.to_owned());
            }
        };
        need(
            self.password.memory_kib < crypt::PasswordCost::FLOOR.memory_kib,
            "password.memory_kib must be at least 19456 (OWASP)",
        );
        need(
            self.password.memory_kib > crypt::PasswordCost::CEILING.memory_kib,
            "password.memory_kib must be at most 262144",
        );
        need(
            self.password.iterations.is_some_and(|t| !(2..=16).contains(&t)),
            "password.iterations must be 2 to 16",
        );
        need(!(1..=4096).contains(&self.password.queue), "password.queue must be 1 to 4096");
        need(
            self.session.idle_hours == 0 || self.session.absolute_days == 0,
            "session.idle_hours and session.absolute_days must be at least 1",
        );
        let limits = &self.limits;
        need(
            limits.sign_ins_per_minute == 0
                || limits.letters_per_minute == 0
                || limits.letters_per_mailbox_hour == 0,
            "limits must be at least 1",
        );
        let captcha = &self.captcha;
        need(!(1..=5_000).contains(&captcha.work), "captcha.work must be 1 to 5000");
        need(
            captcha.provider != Provider::BuiltIn
                && (captcha.site_key.is_none() || captcha.secret_file.is_none()),
            "captcha.site_key and captcha.secret_file are missing: the service gives you both",
        );
        need(
            !(1..=100).contains(&self.lockout.attempts)
                || !(1..=1440).contains(&self.lockout.minutes)
                || self.lockout.account_attempts < self.lockout.attempts,
            "lockout.attempts must be 1 to 100, lockout.minutes 1 to 1440, and lockout.account_attempts not below lockout.attempts",
        );
        found
    }
}

fn plain_domain(domain: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    domain.len() <= 200 && domain.contains('.') && domain.chars().all(part)
}

/// Whether a URL would send its content in the clear over a network.
fn is_plain(url: &str) -> bool {
    let Ok(url) = url::Url::parse(url) else { return true };
    let local = url.host_str().is_some_and(|h| local_name(h.trim_matches(['[', ']'])));
    !(url.scheme() == "https" || (url.scheme() == "http" && local))
}

fn local_name(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn only_this_machine_may_be_asked_in_the_clear() {
        for good in [
            "https://sms.example.com/x",
            "http://127.0.0.1:9/x",
            "http://[::1]:9",
            "http://localhost",
        ] {
            assert!(!is_plain(good), "{good}");
        }
        for bad in
            ["http://sms.example.com", "http://localhost.example.com", "ftp://127.0.0.1", "x", ""]
        {
            assert!(is_plain(bad), "{bad}");
        }
    }
}
