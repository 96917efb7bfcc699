//! What the public pages of privacy say, and to whom the program itself sends anything.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Config, Provider, local_name};

/// Privacy.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Privacy {
    /// A data processing agreement of one's own in the place of the built-in one: plain text.
    pub dpa_file: Option<PathBuf>,
    /// Days between the announcement of a new sub-processor and its first work.
    pub notice_days: u32,
    /// Where the machines of this installation stand, in words: `Falkenstein, Germany`.
    pub place: Option<String>,
}

impl Default for Privacy {
    fn default() -> Self {
        Self { dpa_file: None, notice_days: 30, place: None }
    }
}

/// Somewhere outside this machine where the program sends something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outbound {
    /// Which setting says so.
    pub setting: &'static str,
    /// The host's name.
    pub host: String,
}

impl Config {
    /// Everything outside this machine that the settings have the program send something to: with this list the public one
    /// is compared. A new setting that names a host belongs here.
    #[must_use]
    pub fn outbound(&self) -> Vec<Outbound> {
        let mut found = Vec::new();
        let mut add = |setting, host: Option<String>| {
            found.extend(
                host.filter(|h| !local_name(h.trim_matches(['[', ']'])))
                    .map(|host| Outbound { setting, host: host.to_ascii_lowercase() }),
            );
        };
        add("mail.host", self.mail.as_ref().map(|m| m.host.clone()));
        add("sms.url", self.sms.as_ref().and_then(|s| host_of(&s.url)));
        add("password.breach_url", self.password.breach_url.as_deref().and_then(host_of));
        let verify = self.captcha.verify_url.as_deref().and_then(host_of);
        // Its script runs in people's browsers, wherever the answers are checked.
        let vendor = match self.captcha.provider {
            Provider::BuiltIn => None,
            Provider::Turnstile => Some("challenges.cloudflare.com"),
            Provider::Hcaptcha => Some("hcaptcha.com"),
        };
        add("captcha.provider", vendor.map(str::to_owned));
        add("captcha.verify_url", verify.filter(|_| vendor.is_some()));
        found
    }
}

fn host_of(address: &str) -> Option<String> {
    url::Url::parse(address).ok()?.host_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(text: &str) -> Config {
        toml::from_str(&format!("data = \"d\"\n{text}")).unwrap_or_else(|e| panic!("{e}"))
    }

    #[test]
    fn every_host_that_a_setting_names_is_outbound_and_this_machine_is_not() {
        let all = config(
            "[mail]\nhost = \"mail.example.net\"\nfrom = \"a@example.net\"\n\
             [sms]\nurl = \"https://sms.example.org/send\"\n\
             [password]\nbreach_url = \"https://range.example.com/range\"\n\
             [captcha]\nprovider = \"hcaptcha\"\n",
        );
        let hosts: Vec<String> = all.outbound().into_iter().map(|o| o.host).collect();
        assert_eq!(
            hosts,
            ["mail.example.net", "sms.example.org", "range.example.com", "hcaptcha.com"]
        );
        let here = config(
            "[mail]\nhost = \"localhost\"\nfrom = \"a@example.net\"\n\
             [sms]\nurl = \"http://127.0.0.1:9/send\"\n\
             [password]\nbreach_url = \"http://[::1]:9/range\"\n",
        );
        assert!(here.outbound().is_empty(), "{:?}", here.outbound());
        assert!(config("").outbound().is_empty());
    }

    /// A setting that names a host and is not in the list would be a sub-processor that nobody hears of.
    #[test]
    fn no_setting_that_names_a_host_is_forgotten() {
        let all = serde_json::to_value(config("")).unwrap_or_default();
        let mut named = Vec::new();
        for (section, fields) in all.as_object().into_iter().flatten() {
            for name in fields.as_object().into_iter().flatten().map(|(n, _)| n) {
                if name.ends_with("url") || name.ends_with("host") {
                    named.push(format!("{section}.{name}"));
                }
            }
        }
        named.sort();
        assert_eq!(named, ["captcha.verify_url", "password.breach_url"]);
    }
}
