//! An origin as people type it, and as browsers send it.

use url::{Host, Origin, Url};

/// Bytes of an origin: the longest name of a host, with scheme and port.
const BYTES_MAX: usize = 270;

/// Reads a web origin exactly: scheme, host and perhaps a port, without path, wildcard or credentials. Answers how browsers
/// write it in the `Origin` header (RFC 6454, section 6.2; hosts in ASCII). Plain HTTP only where nothing leaves the machine.
pub(super) fn origin(typed: &str) -> Option<String> {
    let typed = typed.trim();
    if typed.len() > BYTES_MAX || typed.contains(['*', '\\', '@']) {
        return None;
    }
    let url = Url::parse(typed).ok()?;
    let bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
    let local = match url.host()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
    };
    let safe = url.scheme() == "https" || (url.scheme() == "http" && local);
    match url.origin() {
        origin @ Origin::Tuple(..) if bare && safe => Some(origin.ascii_serialization()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn origins_are_exact() {
        for (typed, meant) in [
            ("https://crm.example.com", "https://crm.example.com"),
            (" HTTPS://CRM.example.com:443/ ", "https://crm.example.com"),
            ("https://crm.example.com:8443", "https://crm.example.com:8443"),
            ("https://bücher.example", "https://xn--bcher-kva.example"),
            ("http://localhost:5173", "http://localhost:5173"),
            ("http://[::1]:80", "http://[::1]"),
        ] {
            assert_eq!(origin(typed).as_deref(), Some(meant), "{typed}");
        }
    }

    #[test]
    fn what_is_no_origin_is_refused() {
        for typed in [
            "",
            "null",
            "*",
            "https://*.example.com",
            "crm.example.com",
            "//crm.example.com",
            "http://crm.example.com",
            "https://crm.example.com/app",
            "https://crm.example.com?x",
            "https://crm.example.com#x",
            "https://me@crm.example.com",
            "https://crm.example.com\\@evil.example",
            "file:///etc/passwd",
            "chrome-extension://abcdef",
            "https://",
            "https://a b.example",
        ] {
            assert_eq!(origin(typed), None, "{typed}");
        }
        assert_eq!(origin(&format!("https://{}.example", "a".repeat(300))), None);
    }
}
