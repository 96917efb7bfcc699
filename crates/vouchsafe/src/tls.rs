//! Certificates: from files, reloaded on SIGHUP, or made locally.

use std::fs::OpenOptions;
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use arc_swap::ArcSwap;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;

/// A certificate that can be exchanged while connections go on.
#[derive(Debug)]
pub struct Certificate {
    chain_file: PathBuf,
    key_file: PathBuf,
    current: ArcSwap<CertifiedKey>,
}

impl Certificate {
    /// Reads chain and key (PEM).
    pub fn load(chain_file: &Path, key_file: &Path) -> Result<Arc<Self>> {
        let current = ArcSwap::from_pointee(read(chain_file, key_file)?);
        Ok(Arc::new(Self {
            chain_file: chain_file.to_owned(),
            key_file: key_file.to_owned(),
            current,
        }))
    }

    /// Reads the files again. On an error the old certificate stays in use.
    pub fn reload(&self) -> Result<()> {
        self.current.store(Arc::new(read(&self.chain_file, &self.key_file)?));
        Ok(())
    }

    /// What the listener needs: TLS 1.2 and 1.3, HTTP/1.1.
    pub fn server_config(self: &Arc<Self>) -> Arc<ServerConfig> {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let builder =
            ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        // The provider supports both versions: this cannot fail, and without TLS nothing may go on.
        let Ok(builder) = builder else { std::process::abort() };
        let resolver = Arc::clone(self) as Arc<dyn ResolvesServerCert>;
        let mut config = builder.with_no_client_auth().with_cert_resolver(resolver);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Arc::new(config)
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current.load_full())
    }
}

fn read(chain_file: &Path, key_file: &Path) -> Result<CertifiedKey> {
    let chain = CertificateDer::pem_file_iter(chain_file)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|e| anyhow!("the certificate {}: {e}", chain_file.display()))?;
    if chain.is_empty() {
        return Err(anyhow!("{} holds no certificate", chain_file.display()));
    }
    let key = PrivateKeyDer::from_pem_file(key_file)
        .map_err(|e| anyhow!("the private key {}: {e}", key_file.display()))?;
    let provider = rustls::crypto::aws_lc_rs::default_provider();
    CertifiedKey::from_der(chain, key, &provider).with_context(|| {
        format!("{} and {} do not belong together", chain_file.display(), key_file.display())
    })
}

/// A certificate for this machine, made once and kept in `folder`. Browsers will warn of it.
pub fn local(folder: &Path) -> Result<Arc<Certificate>> {
    let (chain_file, key_file) = (folder.join("certificate.pem"), folder.join("key.pem"));
    if !chain_file.exists() || !key_file.exists() {
        std::fs::create_dir_all(folder)?;
        make(&chain_file, &key_file)?;
    }
    Certificate::load(&chain_file, &key_file)
}

fn make(chain_file: &Path, key_file: &Path) -> Result<()> {
    let key = rcgen::KeyPair::generate()?;
    let mut params = rcgen::CertificateParams::new(vec!["localhost".to_owned()])?;
    for ip in [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)] {
        params.subject_alt_names.push(rcgen::SanType::IpAddress(ip));
    }
    let mut name = rcgen::DistinguishedName::new();
    name.push(rcgen::DnType::CommonName, "Vouchsafe on this machine");
    params.distinguished_name = name;
    let certificate = params.self_signed(&key)?;
    write_private(key_file, &key.serialize_pem())?;
    std::fs::write(chain_file, certificate.pem())?;
    Ok(())
}

fn write_private(path: &Path, text: &str) -> Result<()> {
    let _ = std::fs::remove_file(path);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(())
}
