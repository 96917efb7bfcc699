//! The audit events of privacy: a closed list, no free text.

use audit::Event;
use base::id::{AccountId, ProcessorId, SignatureId};
use serde_json::json;

pub(crate) const ALL: &[&str] = &[
    "account.anonymised",
    "account.exported",
    "dpa.signed",
    "processor.announced",
    "processor.ended",
];

pub(crate) fn anonymised(account: AccountId) -> Event {
    Event::done("account.anonymised").to(account).by(account)
}

pub(crate) fn exported(account: AccountId) -> Event {
    Event::done("account.exported").to(account)
}

pub(crate) fn signed(id: SignatureId, digest: &str) -> Event {
    Event::done("dpa.signed").to(id).with(json!({ "digest": digest }))
}

pub(crate) fn announced(id: ProcessorId) -> Event {
    Event::done("processor.announced").to(id)
}

pub(crate) fn ended(id: ProcessorId) -> Event {
    Event::done("processor.ended").to(id)
}
