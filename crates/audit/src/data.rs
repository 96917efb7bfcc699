//! What the audit file stores.

use kernel::DataClass;
use kernel::domain::DataKind::{Plain, Pseudonym, SealedPersonal};

const fn class(
    column: &'static str,
    kind: kernel::domain::DataKind,
    purpose: &'static str,
) -> DataClass {
    DataClass { column, kind, purpose }
}

pub(crate) const CLASSES: &[DataClass] = &[
    class("entry.seq", Plain, "place in the log"),
    class("entry.id", Plain, "name of the entry"),
    class("entry.at", Plain, "when"),
    class("entry.action", Plain, "what was done"),
    class("entry.actor", Pseudonym, "who did it"),
    class("entry.target", Pseudonym, "to what or whom"),
    class("entry.tenant", Plain, "in which tenant"),
    class("entry.result", Plain, "done or refused"),
    class("entry.trace", Plain, "which operation"),
    class("entry.address_index", Pseudonym, "finds entries by exact address"),
    class("entry.source", Plain, "which outbox it came from"),
    class("entry.number", Plain, "its number there"),
    class("log_leaf.number", Plain, "place in the log"),
    class("log_leaf.bytes", SealedPersonal, "the entry itself; address and device sealed"),
    class("log_node.number", Plain, "place in the tree"),
    class("log_node.hash", Plain, "node of the tree"),
    class("log_head.size", Plain, "entries at a checkpoint"),
    class("log_head.note", Plain, "the signed checkpoint"),
    class("log_head.at", Plain, "when it was signed"),
    class("verified.against", Plain, "what it was compared with"),
    class("verified.size", Plain, "entries looked at"),
    class("verified.at", Plain, "when"),
    class("verified.ok", Plain, "what was found"),
    class("verified.what", Plain, "what was found, in words"),
];
