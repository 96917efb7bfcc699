//! Faults: what went wrong on our side. The log gets the whole chain once, the caller only a kind.

use std::error::Error;
use std::fmt;

/// What a caller may do about a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A unique value is taken already; the caller often turns this into an outcome.
    Conflict,
    /// A file is damaged or was opened with the wrong key.
    Corrupt,
    /// The disk is full. Nothing of the change was kept.
    Full,
    /// A defect or an unforeseen state.
    Internal,
    /// Too much work is waiting; trying again later is safe.
    Overloaded,
}

/// An opaque failure with its cause chain. Never shown to users: they see a trace id.
#[derive(Debug)]
pub struct Fault {
    kind: FaultKind,
    what: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl Fault {
    /// A fault described by `what` (lower case, no full stop), without a cause.
    pub fn new(kind: FaultKind, what: impl Into<String>) -> Self {
        Self { kind, what: what.into(), source: None }
    }

    /// An internal fault without a cause.
    pub fn internal(what: impl Into<String>) -> Self {
        Self::new(FaultKind::Internal, what)
    }

    /// A fault that was caused by `source`.
    pub fn because(
        kind: FaultKind,
        what: impl Into<String>,
        source: impl Error + Send + Sync + 'static,
    ) -> Self {
        Self { kind, what: what.into(), source: Some(Box::new(source)) }
    }

    /// What the caller may do about it.
    #[must_use]
    pub fn kind(&self) -> FaultKind {
        self.kind
    }

    /// The whole chain on one line, for the log.
    #[must_use]
    pub fn chain(&self) -> String {
        let mut text = self.what.clone();
        let mut next: Option<&(dyn Error + 'static)> =
            self.source.as_deref().map(|s| s as &(dyn Error + 'static));
        while let Some(cause) = next {
            let said = cause.to_string();
            // Many errors repeat their cause's words in their own.
            if !text.contains(&said) {
                text.push_str(": ");
                text.push_str(&said);
            }
            next = cause.source();
        }
        text
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.chain())
    }
}

impl Error for Fault {}

impl From<std::io::Error> for Fault {
    fn from(e: std::io::Error) -> Self {
        let kind = if e.kind() == std::io::ErrorKind::StorageFull {
            FaultKind::Full
        } else {
            FaultKind::Internal
        };
        Self::because(kind, "input or output", e)
    }
}
