//! Bare URLs and e-mail addresses in text become links, by the rules of Hugo's Markdown.

use std::sync::LazyLock;

use memchr::{memchr, memchr3_iter, memmem};
use regex::Regex;

use crate::markup::marks::FLANK;

/// A link found in a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Bytes of the text that are the link.
    pub(crate) len: usize,
    /// The scheme that makes a URL of the text: `https://`, `mailto:`, or nothing.
    pub(crate) prefix: String,
}

#[expect(
    clippy::unwrap_used,
    reason = "constant patterns, compiled by every test that reads a page"
)]
static URL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"^(?:http|https|ftp)://[-a-zA-Z0-9@:%._+~#=]{1,256}\.[a-z]+(?::\d+)?(?:[/?#][-a-zA-Z0-9@:%_+.~#$!?&/=();,'">^{}\[\]`]*)?"#,
    )
    .unwrap()
});
#[expect(clippy::unwrap_used, reason = "see `URL`")]
static WWW: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"^www\.[-a-zA-Z0-9@:%._+~#=]{1,256}\.[a-z]+(?:[/?#][-a-zA-Z0-9@:%_+.~#!?&/=();,'">^{}\[\]`]*)?"#,
    )
    .unwrap()
});
#[expect(clippy::unwrap_used, reason = "see `URL`")]
static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?").unwrap()
});

/// Returns true if a link may begin behind this character. The beginning of a line counts as a line break.
pub(crate) fn may_follow(before: char) -> bool {
    matches!(before, ' ' | '\t' | '\n' | '*' | '_' | '~' | '(')
}

/// Returns true for the bytes of which every text with a link holds at least one.
pub(crate) const fn may_be_of_link(byte: u8) -> bool {
    matches!(byte, b':' | b'.' | b'@')
}

/// Returns true if a text may hold a link. Saves the look at every character.
pub(crate) fn worth_looking(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr3_iter(b':', b'.', b'@', bytes).any(|at| match bytes[at] {
        b':' => bytes[at + 1..].starts_with(b"//"),
        b'.' => bytes[..at].ends_with(b"www"),
        _ => true,
    })
}

/// Adds the places where marks keep the underscores of an address from being read as emphasis, which they would begin or
/// end beside punctuation: `https://example.org/__init__.py`.
pub(crate) fn separate_underscores(text: &str, positions: &mut Vec<usize>) {
    let bytes = text.as_bytes();
    if memchr(b'_', bytes).is_none() {
        return;
    }
    for sign in ["://", "www."] {
        for at in memmem::find_iter(bytes, sign) {
            let scheme = text[..at].trim_end_matches(|c: char| c.is_ascii_lowercase());
            let start = if sign == "www." { at } else { scheme.len() };
            let before = text[..start].chars().next_back().unwrap_or('\n');
            if let Some(link) = link_at(&text[start..], "").filter(|_| may_follow(before)) {
                positions.extend(open_underscores(bytes, start, start + link.len));
            }
        }
    }
}

/// The sides of runs of underscores in `start..end` that no letter or digit stands at.
fn open_underscores(bytes: &[u8], start: usize, end: usize) -> impl Iterator<Item = usize> {
    (start + 1..end).filter(move |at| {
        let (before, after) = (bytes[at - 1], bytes[*at]);
        (before == b'_') != (after == b'_') && before.is_ascii_punctuation() && after.is_ascii_punctuation()
    })
}

/// The link that `text` begins with, which may have marks in it.
pub(crate) fn marked_link_at(text: &str, protocol: &str) -> Option<Found> {
    let token = text.split(char::is_whitespace).next().unwrap_or_default();
    if !token.contains(FLANK) {
        return link_at(text, protocol);
    }
    let plain = token.replace(FLANK, "");
    let found = link_at(&plain, protocol)?;
    let mut left = found.len;
    let end = token.char_indices().find(|(_, c)| {
        let is_end = left == 0;
        left -= if *c == FLANK || is_end { 0 } else { c.len_utf8() };
        is_end
    });
    Some(Found {
        len: end.map_or(token.len(), |(at, _)| at),
        ..found
    })
}

/// The link that `text` begins with.
pub(crate) fn link_at(text: &str, protocol: &str) -> Option<Found> {
    let begins = |prefix: &str| text.as_bytes().starts_with(prefix.as_bytes());
    if begins("http://") || begins("https://") || begins("ftp://") {
        let found = URL.find(text)?;
        return Some(Found {
            len: trimmed(found.as_str()),
            prefix: String::new(),
        });
    }
    if begins("www.") {
        let found = WWW.find(text)?;
        return Some(Found {
            len: trimmed(found.as_str()),
            prefix: format!("{protocol}://"),
        });
    }
    email_at(text)
}

/// Punctuation at the end that belongs to the sentence: first marks, then brackets that nothing in the URL has opened,
/// or an entity.
fn trimmed(url: &str) -> usize {
    let url = url.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~']);
    let url = url.trim_end_matches(['"', '\'']);
    if url.ends_with(')') {
        let open = url.matches('(').count();
        return url.len() - url.matches(')').count().saturating_sub(open);
    }
    if let Some(rest) = url.strip_suffix(';')
        && let Some((before, entity)) = rest.rsplit_once('&')
        && !entity.is_empty()
        && entity.bytes().all(|byte| byte.is_ascii_alphanumeric())
    {
        return before.len();
    }
    url.len()
}

fn email_at(text: &str) -> Option<Found> {
    if text.as_bytes().first().is_none_or(u8::is_ascii_punctuation) || !text.contains('@') {
        return None;
    }
    let found = EMAIL.find(text)?.as_str();
    let (_, domain) = found.split_once('@')?;
    let after = text[found.len()..].chars().next();
    if !domain.contains('.') || matches!(after, Some('-' | '_')) {
        return None;
    }
    Some(Found {
        len: found.len(),
        prefix: "mailto:".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(text: &str) -> Option<&str> {
        link_at(text, "https").map(|found| &text[..found.len])
    }

    #[test]
    fn urls_end_before_the_punctuation_of_the_sentence() {
        assert_eq!(link("https://a.example/x. Then"), Some("https://a.example/x"));
        assert_eq!(link("https://a.example/x(y)) z"), Some("https://a.example/x(y)"));
        assert_eq!(link("https://a.example、次"), Some("https://a.example"));
        assert_eq!(link("https://a.example/?a&amp;"), Some("https://a.example/?a"));
        assert_eq!(link("https://a.example/x: y"), Some("https://a.example/x"));
        assert_eq!(link("https://a.example/x?!"), Some("https://a.example/x"));
        assert_eq!(link("https://a.example/x): y"), Some("https://a.example/x"));
        assert_eq!(link("https://a.example/x.) y"), Some("https://a.example/x."));
        assert_eq!(link("https://a.example/x\" y"), Some("https://a.example/x"));
    }

    #[test]
    fn underscores_beside_punctuation_are_marked() {
        let marked = |text: &str| {
            let mut positions = Vec::new();
            separate_underscores(text, &mut positions);
            positions
        };
        assert_eq!(marked("https://a.example/__init__.py"), [18, 26]);
        assert_eq!(marked("x www.a.example/_b/_(c)_d"), [16, 19, 20, 23]);
        for text in [
            "https://a.example/a_b_c",
            "xhttps://a.example/_b",
            "https://a.example/a_",
            "__a__ ://",
        ] {
            assert!(marked(text).is_empty(), "{text}");
        }
        let found = marked_link_at("https://a.example/\u{10fffd}__init__\u{10fffd}.py. x", "");
        assert_eq!(found.map(|found| found.len), Some(37));
    }

    #[test]
    fn hosts_without_a_dot_are_not_links() {
        assert_eq!(link("http://localhost:8080/x"), None);
    }

    #[test]
    fn www_and_mail_get_their_scheme() {
        assert_eq!(
            link_at("www.example.org", "https")
                .map(|found| found.prefix)
                .as_deref(),
            Some("https://")
        );
        assert_eq!(
            link_at("a.b@example.org.", "https").map(|found| found.len),
            Some(15)
        );
        assert_eq!(link("a@b"), None);
    }
}
