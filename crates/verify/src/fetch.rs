//! Fetching, with limits on size and time.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::crypto::aws_lc_rs;
use ureq::http::Response;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Body};

/// Bytes of an answer: a month of a busy log is some tens of megabytes.
const BYTES_MAX: u64 = 512 * 1024 * 1024;
const WHOLE: Duration = Duration::from_secs(120);
const CONNECT: Duration = Duration::from_secs(10);

/// A client that follows nothing and believes no status.
pub(crate) fn agent(ca: Option<&Path>) -> Result<Agent, String> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let roots = match ca {
        Some(path) => {
            let pem = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
            let ca = Certificate::from_pem(&pem);
            vec![ca.map_err(|e| format!("{}: {e}", path.display()))?]
        }
        // What this machine believes; a platform on plain HTTP needs none.
        None => rustls_native_certs::load_native_certs()
            .certs
            .iter()
            .map(|c| Certificate::from_der(c.as_ref()).to_owned())
            .collect(),
    };
    let tls = TlsConfig::builder()
        .unversioned_rustls_crypto_provider(provider)
        .root_certs(RootCerts::Specific(Arc::new(roots)));
    let config = Agent::config_builder()
        .tls_config(tls.build())
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_connect(Some(CONNECT))
        .timeout_global(Some(WHOLE))
        .user_agent(concat!("vouchsafe-verify/", env!("CARGO_PKG_VERSION")))
        .build();
    Ok(Agent::new_with_config(config))
}

/// The body of a good answer.
pub(crate) fn text(agent: &Agent, url: &str) -> Result<String, String> {
    let answer = agent.get(url).call().map_err(|e| format!("{url}: {e}"))?;
    if answer.status() != 200 {
        return Err(format!("{url} was answered {}", answer.status()));
    }
    body(answer).map_err(|e| format!("{url}: {e}"))
}

/// A body as text.
pub(crate) fn body(answer: Response<Body>) -> Result<String, String> {
    let mut text = String::new();
    answer
        .into_body()
        .into_with_config()
        .limit(BYTES_MAX)
        .reader()
        .read_to_string(&mut text)
        .map_err(|e| e.to_string())?;
    Ok(text)
}
