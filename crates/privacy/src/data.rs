//! What privacy stores, and why.

use kernel::DataClass;
use kernel::domain::DataKind::{self, Plain, SealedPersonal};

const fn class(column: &'static str, kind: DataKind, purpose: &'static str) -> DataClass {
    DataClass { column, kind, purpose }
}

pub(crate) const CLASSES: &[DataClass] = &[
    class("processor.id", Plain, "names the company"),
    class("processor.name", Plain, "its name, in public"),
    class("processor.purpose", Plain, "what it does, in public"),
    class("processor.country", Plain, "where it does it, in public"),
    class("processor.hosts", Plain, "what is sent where"),
    class("processor.announced_at", Plain, "in public since"),
    class("processor.starts_at", Plain, "begins its work"),
    class("processor.ended_at", Plain, "has ended it"),
    class("dpa_signature.id", Plain, "names the signature"),
    class("dpa_signature.digest", Plain, "of the text that was signed"),
    class("dpa_signature.lang", Plain, "its language"),
    class("dpa_signature.signer", SealedPersonal, "company, name and address: proof of a contract"),
    class("dpa_signature.signed_at", Plain, "when"),
];
