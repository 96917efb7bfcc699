//! A client for the few services that an operator may name: a gateway for short messages, a list of breached
//! passwords, a check that somebody is a person. HTTPS with the machine's own roots; nothing is followed.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use rustls::crypto::aws_lc_rs;
use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

/// The machine's own roots, as they were when they were first needed: reading them takes milliseconds.
static ROOTS: LazyLock<Arc<Vec<Certificate<'static>>>> = LazyLock::new(|| {
    let found = rustls_native_certs::load_native_certs().certs;
    Arc::new(found.iter().map(|c| Certificate::from_der(c.as_ref()).to_owned()).collect())
});

/// A client whose every call, connecting included, takes at most this long.
#[must_use]
pub fn agent(whole: Duration) -> Agent {
    let tls = TlsConfig::builder()
        .unversioned_rustls_crypto_provider(Arc::new(aws_lc_rs::default_provider()))
        .root_certs(RootCerts::Specific(Arc::clone(&ROOTS)));
    let config = Agent::config_builder()
        .tls_config(tls.build())
        .max_redirects(0)
        .timeout_global(Some(whole))
        .user_agent(concat!("vouchsafe/", env!("CARGO_PKG_VERSION")))
        .build();
    Agent::new_with_config(config)
}
