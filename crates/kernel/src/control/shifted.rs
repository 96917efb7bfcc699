//! The clock of a shadow, which a probe may put forward. The running product has no second clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use base::{Clock, Timestamp};

/// The real time, and what it was put forward by.
pub struct Shifted {
    real: Arc<dyn Clock>,
    by: AtomicI64,
}

impl Shifted {
    /// As late as the real one.
    #[must_use]
    pub fn new(real: Arc<dyn Clock>) -> Self {
        Self { real, by: AtomicI64::new(0) }
    }

    /// Puts it forward.
    pub fn forward(&self, span: Duration) {
        let by = i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
        self.by.fetch_add(by, Ordering::SeqCst);
    }

    /// Whether it was put forward.
    #[must_use]
    pub fn is_ahead(&self) -> bool {
        self.by.load(Ordering::SeqCst) != 0
    }
}

impl Clock for Shifted {
    fn now(&self) -> Timestamp {
        Timestamp(self.real.now().0.saturating_add(self.by.load(Ordering::SeqCst)))
    }
}
