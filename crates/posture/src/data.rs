//! What posture stores.

use kernel::DataClass;
use kernel::domain::DataKind::{self, Credential, Plain};

const fn class(column: &'static str, kind: DataKind, purpose: &'static str) -> DataClass {
    DataClass { column, kind, purpose }
}

pub(crate) const CLASSES: &[DataClass] = &[
    class("run.id", Plain, "names the run"),
    class("run.control", Plain, "which probe"),
    class("run.version", Plain, "which version of it"),
    class("run.kind", Plain, "probe or falsification"),
    class("run.trigger", Plain, "why it ran"),
    class("run.started_at", Plain, "when"),
    class("run.ended_at", Plain, "when"),
    class("run.binary", Plain, "what was tested"),
    class("run.config", Plain, "what was tested"),
    class("run.routes", Plain, "what was tested"),
    class("run.outcome", Plain, "held, violated or unable"),
    class("run.attempts", Plain, "how often it tried"),
    class("run.violations", Plain, "how often it got through"),
    class("run.residue", Plain, "what it could not clean up"),
    class("run.figure", Plain, "what was measured"),
    class("run.reason", Plain, "why it could not try"),
    class("run.evidence", Plain, "hash of the signed evidence"),
    class("evidence.hash", Plain, "names it"),
    class("evidence.envelope", Plain, "the signed evidence; public"),
    class("evidence.at", Plain, "when"),
    class("canary.id", Plain, "names the canary"),
    class("canary.email", Plain, "an invented address of a reserved domain"),
    class("canary.password", Credential, "sealed; the canary's own"),
    class("canary.made_at", Plain, "re-created weekly"),
    class("canary.retired_at", Plain, "no longer used"),
    class("lever.one", Plain, "the only row"),
    class("lever.why", Plain, "public reason of the pause"),
    class("lever.paused_at", Plain, "since when"),
    class("log_leaf.number", Plain, "place in the log"),
    class("log_leaf.bytes", Plain, "the leaf; public"),
    class("log_node.number", Plain, "place in the tree"),
    class("log_node.hash", Plain, "node of the tree"),
    class("log_head.size", Plain, "leaves at a checkpoint"),
    class("log_head.note", Plain, "the signed checkpoint"),
    class("log_head.at", Plain, "when it was signed"),
];
