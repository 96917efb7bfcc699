//! The platform's own people.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Staff.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Staff {
    /// A confidentiality agreement of one's own in the place of the built-in one: plain text.
    pub agreement_file: Option<PathBuf>,
    /// Days after which it has to be looked at again whether somebody still needs the access.
    pub review_days: u32,
}

impl Default for Staff {
    fn default() -> Self {
        Self { agreement_file: None, review_days: 90 }
    }
}
