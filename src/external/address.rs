//! Addresses of links that can be asked.

use std::net::IpAddr;

use url::{Host, Url};

/// Endings of host names that exist nowhere (RFC 2606, 6761, 8375) or only in one's own network.
const NOT_PUBLIC: [&str; 9] = [
    "localhost",
    "test",
    "example",
    "invalid",
    "local",
    "internal",
    "home.arpa",
    "onion",
    "lan",
];
/// Hosts that are there for examples.
const EXAMPLES: [&str; 3] = ["example.com", "example.net", "example.org"];

/// The address that a link asks for: absolute, without fragment. `None` for mail, telephone and the like.
pub(super) fn of(link: &str) -> Option<String> {
    let link = link.trim();
    let absolute = if link.starts_with("//") {
        format!("https:{link}")
    } else {
        link.to_owned()
    };
    let mut url = Url::parse(&absolute).ok()?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return None;
    }
    url.set_fragment(None);
    Some(url.into())
}

/// The target of a redirect, relative to the address that it came from.
pub(super) fn join(from: &str, location: &str) -> Option<String> {
    of(Url::parse(from).ok()?.join(location).ok()?.as_str())
}

/// Host and port, by which requests are spaced.
pub(super) fn host(address: &str) -> String {
    let url = Url::parse(address).ok();
    let host = url
        .as_ref()
        .and_then(|url| Some(format!("{}:{}", url.host_str()?, url.port_or_known_default()?)));
    host.unwrap_or_default()
}

/// Returns true for an address of this machine, of a private network, or of no network at all. Workshops are full of
/// `http://localhost:8080`, and nobody wants those asked.
pub(super) fn is_local(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return true };
    match url.host() {
        Some(Host::Ipv4(ip)) => is_private(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => is_private(IpAddr::V6(ip)),
        Some(Host::Domain(name)) => is_private_name(name.trim_end_matches('.')),
        None => true,
    }
}

fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            ip.is_loopback()
                || ip.is_private()
                || ip.is_link_local()
                || ip.is_unspecified()
                || ip.is_documentation()
        }
        IpAddr::V6(ip) => {
            ip.is_loopback() || ip.is_unspecified() || ip.is_unique_local() || ip.is_unicast_link_local()
        }
    }
}

fn is_private_name(name: &str) -> bool {
    let below = |ending: &&str| {
        name.strip_suffix(*ending)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    !name.contains('.') || NOT_PUBLIC.iter().any(&below) || EXAMPLES.iter().any(below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_absolute_and_have_no_fragment() {
        assert_eq!(of("https://a.dev/x#y").as_deref(), Some("https://a.dev/x"));
        assert_eq!(of("//a.dev/x").as_deref(), Some("https://a.dev/x"));
        assert_eq!(of("HTTP://A.dev").as_deref(), Some("http://a.dev/"));
        assert_eq!(
            of("https://a.dev/準備?q=あ").as_deref(),
            Some("https://a.dev/%E6%BA%96%E5%82%99?q=%E3%81%82")
        );
    }

    #[test]
    fn other_schemes_and_texts_are_none() {
        for link in [
            "mailto:a@b.dev",
            "tel:1",
            "javascript:x",
            "vscode://file/x",
            "https://",
            "https://a:bit.org/",
            "x",
        ] {
            assert_eq!(of(link), None, "{link}");
        }
    }

    #[test]
    fn what_is_not_public_is_left_alone() {
        for address in [
            "http://localhost:8080/",
            "http://127.0.0.1/",
            "http://[::1]/",
            "http://192.168.0.1/",
            "http://api.example.com/",
            "https://demo.test/",
            "http://myhost/",
            "http://app.svc.local/",
        ] {
            assert!(is_local(address), "{address}");
        }
        for address in [
            "https://a.dev/",
            "https://notexample.com/",
            "http://8.8.8.8/",
            "https://test.org/",
        ] {
            assert!(!is_local(address), "{address}");
        }
    }

    #[test]
    fn redirects_may_be_relative() {
        assert_eq!(
            join("https://a.dev/x/y", "../z").as_deref(),
            Some("https://a.dev/z")
        );
        assert_eq!(
            join("https://a.dev/x", "//b.dev/").as_deref(),
            Some("https://b.dev/")
        );
        assert_eq!(join("https://a.dev/x", "ftp://b.dev/"), None);
    }
}
