//! Second factors: authenticator app, passkeys, backup codes, codes by mail and by SMS.

pub(crate) mod backup;
pub(crate) mod code;
pub mod hardware;
pub(crate) mod passkey;
pub(crate) mod phone;
pub(crate) mod service;
pub(crate) mod store;
pub(crate) mod totp;

/// How somebody shows who they are beside the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// One of the ten codes on paper.
    Backup,
    /// A code sent to the account's address.
    Mail,
    /// A passkey.
    Passkey,
    /// A code sent to the account's telephone.
    Sms,
    /// A code of an authenticator app.
    Totp,
}

impl Method {
    /// The word on the wire.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Backup => "backup_code",
            Self::Mail => "mail",
            Self::Passkey => "passkey",
            Self::Sms => "sms",
            Self::Totp => "totp",
        }
    }

    /// The method that a word names.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::Backup, Self::Mail, Self::Passkey, Self::Sms, Self::Totp]
            .into_iter()
            .find(|method| method.word() == word)
    }
}
