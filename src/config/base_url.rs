//! The address of a site, taken apart.

use std::fmt::{self, Display, Formatter};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Characters that are encoded in a path. `%` is not, so that an address that is encoded already does not change.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'\\')
    .add(b'^')
    .add(b'|');

/// The `baseURL`, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    /// `https://example.org`, without a slash at the end. Empty when the address is only a path, such as `/`.
    pub origin: String,
    /// `/` or `/sub/`: begins and ends with a slash, percent-encoded.
    pub path: String,
}

impl Default for BaseUrl {
    /// Hugo's address for sites that set none.
    fn default() -> Self {
        Self {
            origin: "https://example.org".to_owned(),
            path: "/".to_owned(),
        }
    }
}

impl BaseUrl {
    /// Takes an address apart, and describes its guessed or omitted parts.
    ///
    /// `/` and `/sub/` give an empty origin; `//host/` keeps the scheme open; `host/` becomes `https://host/`.
    pub fn parse(text: &str) -> (Self, Option<String>) {
        let text = text.trim();
        let address = &text[..text.find(['?', '#']).unwrap_or(text.len())];
        let cut = (address.len() < text.len())
            .then(|| "the address of a site has no query and no fragment; they are left out".to_owned());
        if address.is_empty() {
            return (Self::default(), cut);
        }
        let (origin, path, guess) = split(address);
        (
            Self {
                origin,
                path: tidy_path(path),
            },
            guess.or(cut),
        )
    }

    /// The address of a path that begins with a slash and includes [`path`](BaseUrl::path): `https://host/sub/a/`.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

impl Display for BaseUrl {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, self.path)
    }
}

/// Origin, path, and a description of guessed parts.
fn split(address: &str) -> (String, &str, Option<String>) {
    if let Some((scheme, rest)) = address.split_once("://")
        && is_scheme(scheme)
    {
        let (host, path) = host_and_path(rest);
        let origin = if host.is_empty() {
            String::new()
        } else {
            format!("{}://{host}", scheme.to_ascii_lowercase())
        };
        return (origin, path, no_host(host));
    }
    if let Some(rest) = address.strip_prefix("//") {
        let (host, path) = host_and_path(rest);
        let origin = if host.is_empty() {
            String::new()
        } else {
            format!("//{host}")
        };
        return (origin, path, no_host(host));
    }
    let (host, path) = host_and_path(address);
    if looks_like_host(host) {
        let guess = format!("`{address}` has no scheme; `https://` is assumed");
        return (format!("https://{host}"), path, Some(guess));
    }
    (String::new(), address, None)
}

fn no_host(host: &str) -> Option<String> {
    host.is_empty()
        .then(|| "the address of a site needs a host, or is only a path".to_owned())
}

fn host_and_path(text: &str) -> (&str, &str) {
    text.split_at(text.find('/').unwrap_or(text.len()))
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// `example.org`, `localhost:1313`; not `sub` and not `.`.
fn looks_like_host(text: &str) -> bool {
    let port = text
        .rsplit_once(':')
        .is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    port || (text.contains('.') && text.split('.').all(|label| !label.is_empty()))
}

/// The path with exactly one slash around every segment, dots resolved, and characters encoded that URLs cannot hold.
fn tidy_path(path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    let mut tidied = String::from("/");
    for segment in segments {
        tidied.extend(utf8_percent_encode(segment, PATH));
        tidied.push('/');
    }
    tidied
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole address, and true if a part was guessed.
    fn parsed(text: &str) -> (String, bool) {
        let (url, note) = BaseUrl::parse(text);
        (format!("{} {}", url.origin, url.path), note.is_some())
    }

    #[test]
    fn a_slash_at_the_end_is_optional() {
        assert_eq!(
            parsed("https://flag.example/x"),
            ("https://flag.example /x/".to_owned(), false)
        );
        assert_eq!(parsed("https://e.org"), ("https://e.org /".to_owned(), false));
        assert_eq!(
            parsed("https://e.org//a///b/"),
            ("https://e.org /a/b/".to_owned(), false)
        );
    }

    #[test]
    fn a_path_alone_has_no_origin() {
        assert_eq!(parsed("/"), (" /".to_owned(), false));
        assert_eq!(parsed("/sub"), (" /sub/".to_owned(), false));
        assert_eq!(parsed("sub/"), (" /sub/".to_owned(), false));
        assert_eq!(parsed("./"), (" /".to_owned(), false));
    }

    #[test]
    fn nothing_is_the_address_that_hugo_takes() {
        assert_eq!(BaseUrl::parse(" ").0.to_string(), "https://example.org/");
    }

    #[test]
    fn ports_and_schemes_are_kept_and_missing_schemes_guessed() {
        assert_eq!(
            parsed("HTTP://0.0.0.0:1313/hugo-book/"),
            ("http://0.0.0.0:1313 /hugo-book/".to_owned(), false)
        );
        assert_eq!(parsed("//cdn.example/x"), ("//cdn.example /x/".to_owned(), false));
        assert_eq!(
            parsed("example.org/docs"),
            ("https://example.org /docs/".to_owned(), true)
        );
        assert_eq!(
            parsed("localhost:1313"),
            ("https://localhost:1313 /".to_owned(), true)
        );
    }

    #[test]
    fn an_address_without_host_is_a_path() {
        assert_eq!(parsed("https:///docs"), (" /docs/".to_owned(), true));
        assert_eq!(parsed("///"), (" /".to_owned(), true));
    }

    #[test]
    fn paths_are_encoded_once_and_queries_left_out() {
        assert_eq!(
            parsed("https://e.org/日 本/%E6%97%A5/?a=b#c"),
            ("https://e.org /%E6%97%A5%20%E6%9C%AC/%E6%97%A5/".to_owned(), true)
        );
    }

    proptest::proptest! {
        #[test]
        fn every_address_is_tidy_and_stays_so(text in "\\PC{0,30}|(https?:)?//[a-z.]{0,9}(:[0-9]{2})?[/a-z%é.]{0,12}") {
            let (url, _) = BaseUrl::parse(&text);
            proptest::prop_assert!(url.path.starts_with('/') && url.path.ends_with('/'));
            proptest::prop_assert!(url.path.is_ascii() && !url.path.contains("//"));
            proptest::prop_assert!(!url.origin.ends_with('/'));
            proptest::prop_assert_eq!(&BaseUrl::parse(&url.to_string()).0, &url);
        }
    }
}
