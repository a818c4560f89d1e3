//! Acceptance of requests. All input from the network is judged here.

use std::net::IpAddr;

use percent_encoding::percent_decode_str;

/// The host of an address such as `https://example.org/sub/`.
pub(in crate::serve) fn host_of(url: Option<&str>) -> Option<String> {
    let rest = url?.split_once("://")?.1;
    let authority = rest.split('/').next()?;
    Some(without_port(authority).to_ascii_lowercase()).filter(|host| !host.is_empty())
}

/// Returns true if the header `Host` names this server. A page of another site can make a browser send requests to any
/// address by a name of its own; it cannot make it name an address or `localhost`.
pub(super) fn is_ours(host: Option<&str>, named: Option<&str>) -> bool {
    // A request without it does not come from a browser.
    let Some(host) = host else { return true };
    let host = without_port(host).to_ascii_lowercase();
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    bare.unwrap_or(&host).parse::<IpAddr>().is_ok()
        || host == "localhost"
        || host.ends_with(".localhost")
        || named.is_some_and(|named| named == host)
}

fn without_port(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !host.is_empty() => host,
        _ => authority,
    }
}

/// The target of a request's path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A path of the site, decoded, without a leading slash.
    Site(String),
    /// A resource of the server's own: the part behind `.wsgen/`.
    Own(String),
    /// The site's root, for a path that lacks the base path.
    Root,
    /// Outside of the site, or a path that no site has.
    Nowhere,
}

/// Reads the path of a request to a server whose site lives at `base`, a path with a slash at both ends.
pub(super) fn place(path: &str, base: &str) -> Place {
    let Ok(path) = percent_decode_str(path).decode_utf8() else {
        return Place::Nowhere;
    };
    let base = percent_decode_str(base).decode_utf8_lossy();
    if path == base.trim_end_matches('/') || (path == "/" && base != "/") {
        return Place::Root;
    }
    let Some(below) = path.strip_prefix(&*base) else {
        return Place::Nowhere;
    };
    if let Some(own) = below.strip_prefix(".wsgen/") {
        return Place::Own(own.to_owned());
    }
    if is_clean(below) {
        Place::Site(below.to_owned())
    } else {
        Place::Nowhere
    }
}

/// Returns true for a path without ways up, hidden files, or characters that file systems read in different ways.
fn is_clean(path: &str) -> bool {
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let hidden = segment.starts_with('.') && segment != ".well-known";
        let empty = segment.is_empty() && segments.peek().is_some();
        let odd = segment.contains(|c: char| c == '\\' || c == ':' && cfg!(windows) || c.is_control());
        if hidden || empty || odd {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_local_names_are_ours() {
        for host in [
            "127.0.0.1:1313",
            "[::1]:1313",
            "localhost",
            "LOCALHOST:80",
            "a.localhost:1",
            "192.168.1.2",
            "[::1]",
        ] {
            assert!(is_ours(Some(host), None), "{host}");
        }
        assert!(is_ours(None, None));
        assert!(is_ours(Some("Demo.example:80"), Some("demo.example")));
    }

    #[test]
    fn other_names_are_not() {
        for host in [
            "evil.example",
            "evil.example:1313",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "",
            ":1313",
            "xlocalhost",
        ] {
            assert!(!is_ours(Some(host), Some("demo.example")), "{host}");
        }
    }

    #[test]
    fn the_host_of_an_address_is_found() {
        assert_eq!(
            host_of(Some("https://Example.org:8080/sub/")).as_deref(),
            Some("example.org")
        );
        assert_eq!(host_of(Some("/sub/")), None);
        assert_eq!(host_of(None), None);
    }

    #[test]
    fn paths_of_the_site_are_decoded() {
        assert_eq!(
            place("/sub/a%20b/%E6%97%A5/", "/sub/"),
            Place::Site("a b/日/".to_owned())
        );
        assert_eq!(place("/", "/"), Place::Site(String::new()));
        assert_eq!(
            place("/.well-known/x", "/"),
            Place::Site(".well-known/x".to_owned())
        );
        assert_eq!(
            place("/sub/.wsgen/events", "/sub/"),
            Place::Own("events".to_owned())
        );
    }

    #[test]
    fn the_root_is_found_without_its_slash_and_from_above() {
        assert_eq!(place("/sub", "/sub/"), Place::Root);
        assert_eq!(place("/", "/sub/"), Place::Root);
    }

    #[test]
    fn nothing_leads_out() {
        for path in [
            "/sub/../x",
            "/sub/%2e%2e/x",
            "/sub/..",
            "/sub/a/%2e%2e%2fx",
            "/sub/.git/config",
            "/sub/a/.env",
            "/sub//etc/passwd",
            "/sub/a//b",
            "/sub/a%00",
            "/sub/a%5c..%5cb",
            "/sub/%ff",
            "/other/",
            "/subx/",
            "",
            "*",
            "/sub/%0d%0a",
        ] {
            assert_eq!(place(path, "/sub/"), Place::Nowhere, "{path}");
        }
    }
}
