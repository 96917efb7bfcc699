//! The probes that prove the claims of the web shell, each with what shows that it can fail.

mod csrf;
mod gate;
mod login;
mod transport;

use crate::control::Control;

/// In the order of the catalogue.
pub(crate) const CONTROLS: [Control; 4] =
    [login::ONLY_HTTPS, gate::SIGN_IN_REQUIRED, csrf::FORGERY_REFUSED, transport::MODERN_TLS];
