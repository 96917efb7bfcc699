//! EDG-12: data travels over current TLS only.
//!
//! Old versions are offered by hand-made first messages, because no client library that is still kept can
//! speak them.

use std::net::SocketAddr;
use std::time::Duration;

use hyper::header::STRICT_TRANSPORT_SECURITY;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use crate::control::{
    Break, Control, Falsification, Method as How, Needs, Probing, Promise, Risk, Safety, Unable,
    Vantage, unable,
};

pub(super) const MODERN_TLS: Control = Control {
    id: "kernel.modern_tls",
    version: 2,
    claim: "EDG-12",
    promised: Promise::none("old versions, weak ciphers and plain ways"),
    method: How::Live,
    safety: Safety::S0,
    risk: Risk::Medium,
    needs: Needs::DOOR,
    configuration: &["origin", "listen", "mode"],
    routes: &["login"],
    asvs: &["V12.1.1", "V12.2.1", "V3.4.1"],
    probe: |vantage| -> Probing<'_> { Box::pin(offer(vantage)) },
    falsification: Falsification {
        name: "any_version_is_agreed_to",
        by: Break::FirstBytes(agrees),
    },
};

/// How long a listener may think about a first message.
const ANSWER: Duration = Duration::from_secs(5);
const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";

/// Versions and cipher suites (IANA numbers) that must not be agreed to.
const OFFERS: [(&str, u16, &[u16]); 8] = [
    ("SSL 3.0", 0x0300, &[0x002f, 0x0035, 0x000a]),
    ("TLS 1.0", 0x0301, &[0xc013, 0xc014, 0x002f, 0x0035]),
    ("TLS 1.1", 0x0302, &[0xc013, 0xc014, 0x002f, 0x0035]),
    ("TLS 1.2 with RC4", 0x0303, &[0x0004, 0x0005, 0xc011]),
    ("TLS 1.2 with 3DES", 0x0303, &[0x000a, 0xc012]),
    ("TLS 1.2 without encryption", 0x0303, &[0x0001, 0x0002, 0x003b]),
    ("TLS 1.2 without forward secrecy", 0x0303, &[0x009c, 0x009d, 0x002f]),
    ("TLS 1.2 with export ciphers", 0x0303, &[0x0003, 0x0006, 0x0008]),
];

/// TLS 1.2 with forward secrecy and authenticated encryption.
const GOOD: [u16; 6] = [0xc02b, 0xc02c, 0xc02f, 0xc030, 0xcca8, 0xcca9];

async fn offer(vantage: &Vantage) -> Result<(), Unable> {
    let Some(at) = vantage.doors.https else {
        return Err(Unable::because("there is no HTTPS listener: a proxy speaks TLS before it"));
    };
    for (name, version, suites) in OFFERS {
        let agreed = is_agreed_to(vantage, at, &hello(version, suites)).await?;
        vantage.tried(&format!("offer {name}"), "refused", agreed);
    }
    // A good offer of the same make has to be agreed to, else our offers are what is wrong.
    if !is_agreed_to(vantage, at, &hello(0x0303, &GOOD)).await? {
        return Err(Unable::because("even a current offer was not agreed to"));
    }
    let door = vantage.door_to(at, AGENT);
    let answer = door.get("/login").await.map_err(unable)?;
    let page = String::from_utf8_lossy(&answer.body);
    let mixed = ["src=\"http://", "href=\"http://", "action=\"http://"];
    let mixed = mixed.iter().any(|way| page.contains(way));
    vantage.tried("look for plain addresses in a page", "none", mixed);
    vantage.measured_violations();
    if vantage.evaluation {
        vantage.measured(vantage.promised.name, 1.0, "");
        vantage.note(
            "the HTTPS listener refuses all that is old, but the console of an evaluation is plain HTTP on \
             this machine's loopback, without HSTS",
        );
        return Ok(());
    }
    let strict = answer.headers.contains_key(STRICT_TRANSPORT_SECURITY);
    vantage.tried("look for HSTS", "there", !strict);
    if vantage.doors.plain.is_some() {
        vantage.measured(vantage.promised.name, 1.0, "");
        vantage.note("there is a plain listener beside it, for a proxy on this machine");
    } else {
        vantage.measured_violations();
    }
    Ok(())
}

/// Whether the other end goes on with the handshake: its first record is then a handshake (22) with a server's
/// hello (2), and not an alert (21).
async fn is_agreed_to(vantage: &Vantage, at: SocketAddr, hello: &[u8]) -> Result<bool, Unable> {
    vantage.guard.admit(at, "", b"").map_err(Unable::because)?;
    let failed = |e: std::io::Error| Unable::because(format!("the HTTPS listener: {e}"));
    let mut stream = connect(vantage, at).await.map_err(failed)?;
    stream.write_all(hello).await.map_err(failed)?;
    let mut first = [0_u8; 6];
    match timeout(ANSWER, stream.read_exact(&mut first)).await {
        Ok(Ok(_)) => Ok(first[0] == 22 && first[5] == 2),
        Ok(Err(_)) => Ok(false), // it hung up
        Err(_) => Err(Unable::because("the HTTPS listener did not answer a first message")),
    }
}

async fn connect(vantage: &Vantage, at: SocketAddr) -> std::io::Result<TcpStream> {
    let socket = if at.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    if vantage.source.is_ipv4() == at.is_ipv4() {
        socket.bind(SocketAddr::new(vantage.source, 0))?;
    }
    socket.connect(at).await
}

/// A client's first message (RFC 5246, section 7.4.1.2) with the extensions that any server would want: groups,
/// point formats, signatures.
fn hello(version: u16, suites: &[u16]) -> Vec<u8> {
    let mut body = version.to_be_bytes().to_vec();
    body.extend_from_slice(&[0x55; 32]); // "random"; nothing is derived from it
    body.push(0);
    body.extend_from_slice(&length(suites.len() * 2));
    suites.iter().for_each(|suite| body.extend_from_slice(&suite.to_be_bytes()));
    body.extend_from_slice(&[1, 0]);
    if version > 0x0300 {
        let mut extensions = Vec::new();
        let mut add = |number: u16, data: &[u8]| {
            extensions.extend_from_slice(&number.to_be_bytes());
            extensions.extend_from_slice(&length(data.len()));
            extensions.extend_from_slice(data);
        };
        add(10, &[0, 4, 0, 23, 0, 29]);
        add(11, &[1, 0]);
        add(13, &[0, 8, 4, 3, 8, 4, 4, 1, 2, 1]);
        body.extend_from_slice(&length(extensions.len()));
        body.extend_from_slice(&extensions);
    }
    let mut message = vec![1, 0];
    message.extend_from_slice(&length(body.len()));
    message.extend_from_slice(&body);
    let mut record = vec![22];
    record.extend_from_slice(&version.min(0x0301).to_be_bytes());
    record.extend_from_slice(&length(message.len()));
    record.extend_from_slice(&message);
    record
}

fn length(n: usize) -> [u8; 2] {
    u16::try_from(n).unwrap_or(u16::MAX).to_be_bytes()
}

/// The beginning of a server's hello in whatever version was offered.
fn agrees(first: &[u8]) -> Vec<u8> {
    let version = first.get(9..11).unwrap_or(&[3, 1]);
    let mut out = vec![22, version[0], version[1], 0, 6, 2, 0, 0, 2];
    out.extend_from_slice(version);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What our own offers look like to the library that the listener uses.
    #[test]
    fn offers_are_well_formed_first_messages() {
        for (name, version, suites) in OFFERS {
            let bytes = hello(version, suites);
            let mut acceptor = rustls::server::Acceptor::default();
            assert!(acceptor.read_tls(&mut &bytes[..]).is_ok(), "{name}");
            match acceptor.accept() {
                Ok(accepted) => assert!(accepted.is_some(), "{name} is not complete"),
                // SSL 3.0 has no extensions, without which the library reads no further.
                Err(_) => assert_eq!(version, 0x0300, "{name} is not well-formed"),
            }
        }
    }
}
