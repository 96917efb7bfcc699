//! Limits that several crates share. A crate's own limits stand in its own `limit.rs` or beside
//! the parser that they guard.

use std::time::Duration;

/// Characters of an e-mail address (RFC 5321, section 4.5.3.1.3, less the angle brackets).
pub const EMAIL_CHARS_MAX: usize = 254;
/// Characters of a person's or an organisation's name.
pub const NAME_CHARS_MAX: usize = 80;
/// Bytes of a request body, unless a route says otherwise.
pub const BODY_BYTES_MAX: usize = 64 * 1024;
/// Characters of a new password at least (NIST SP 800-63B asks for length, not for composition).
pub const PASSWORD_CHARS_MIN: usize = 12;
/// Characters of a password at most: longer input is refused before it is hashed.
pub const PASSWORD_CHARS_MAX: usize = 128;
/// Rows on one page of a listing at most.
pub const PAGE_ROWS_MAX: usize = 100;
/// How long a set-up link lives.
pub const SETUP_LINK_LIFE: Duration = Duration::from_mins(30);
