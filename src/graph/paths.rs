//! Paths of pages and of URLs: Hugo's normal form, the characters that a URL keeps, and percent-encoding.

use std::borrow::Cow;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use unicode_general_category::{GeneralCategory, get_general_category};
use xxhash_rust::xxh3::xxh3_64;

use crate::config::UrlRules;
use crate::source::composed;

/// Characters that Go's `net/url` escapes in a path.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A decoded URL path as it is printed: UTF-8, percent-encoded with upper-case digits.
pub fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, ESCAPED).to_string()
}

/// The text of a percent-encoded path; the path itself if the text is not UTF-8.
pub fn decode_path(path: &str) -> Cow<'_, str> {
    percent_decode_str(path)
        .decode_utf8()
        .unwrap_or(Cow::Borrowed(path))
}

/// The decoded name of a page or file in a link, in the form in which names are known.
pub(super) fn decode_name(path: &str) -> String {
    composed(&decode_path(path)).into_owned()
}

/// The file that answers a decoded URL path, from the site's root: `/docs/` is `docs/index.html`.
pub fn output_path(url: &str) -> String {
    let path = url.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    }
}

/// Hugo's normal form of a path, which identifies a page: lower case, hyphens for spaces.
pub(super) fn normal(path: &str) -> String {
    lower(path).replace(' ', "-")
}

/// Lower case, character by character as in Go, so that a final sigma stays a sigma.
fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars()
        .map(|c| c.to_lowercase().next().unwrap_or(c))
        .collect()
}

/// A path with its `.` and `..` segments resolved, with one leading slash and none at the end. It never leads above the
/// root.
pub(super) fn clean(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                kept.pop();
            }
            _ => kept.push(segment),
        }
    }
    format!("/{}", kept.join("/"))
}

/// `relative` resolved in the folder `base`.
pub(crate) fn join(base: &str, relative: &str) -> String {
    clean(&format!("{base}/{relative}"))
}

/// The folder that a path lies in: `/a` for `/a/b`, nothing for `a`.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(dir, _)| dir)
}

/// The last segment of a path.
pub(super) fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The first segment of a path without leading slash.
pub(super) fn first(path: &str) -> &str {
    path.split('/').next().unwrap_or(path)
}

/// A file or folder name as a URL segment; `None` if no character of it can be part of a URL.
pub(super) fn segment(name: &str, rules: &UrlRules) -> Option<String> {
    // Where case is kept, Hugo has no normal form of the name, in which each blank is a hyphen.
    let kept = if rules.keep_case {
        sanitise(name, rules)
    } else {
        sanitise(&name.replace(' ', "-"), rules)
    };
    is_visible(&kept).then_some(kept)
}

/// A slug or title as a piece of a URL path, slashes kept.
pub(super) fn urlize(text: &str, rules: &UrlRules) -> String {
    sanitise(text.trim(), rules).trim_matches('/').to_owned()
}

/// A segment for a name that has no other: the code points of its characters.
pub(super) fn code_points(name: &str) -> String {
    let points: Vec<String> = name.chars().map(|c| format!("u{:x}", u32::from(c))).collect();
    if points.is_empty() {
        "page".to_owned()
    } else {
        points.join("-")
    }
}

/// Shortens the longest segments of a path, because file systems take no name of more than 255 bytes. A number tells
/// shortened segments apart.
pub(super) fn shorten(path: String) -> String {
    if path.split('/').all(|segment| segment.len() <= MAX_NAME_BYTES) {
        return path;
    }
    let short = |segment: &str| {
        if segment.len() <= MAX_NAME_BYTES {
            return segment.to_owned();
        }
        let end = (0..=KEPT)
            .rev()
            .find(|end| segment.is_char_boundary(*end))
            .unwrap_or(0);
        format!("{}-{:016x}", &segment[..end], xxh3_64(segment.as_bytes()))
    };
    path.split('/').map(short).collect::<Vec<_>>().join("/")
}

/// Longest segment of a path, with room for an extension.
const MAX_NAME_BYTES: usize = 240;

/// Number of bytes kept of a segment that is too long.
const KEPT: usize = 200;

/// Keeps the characters that a URL may hold; runs of white space become one hyphen.
fn sanitise(text: &str, rules: &UrlRules) -> String {
    let cased = if rules.keep_case {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(lower(text))
    };
    let plain = if rules.remove_accents {
        Cow::Owned(without_accents(&cased))
    } else {
        cased
    };
    let mut out = String::with_capacity(plain.len());
    let mut gap = false;
    for (at, c) in plain.char_indices() {
        if is_kept(c) || (c == '%' && is_escape(&plain[at..])) {
            if gap && c != '-' {
                out.push('-');
            }
            gap = false;
            out.push(c);
        } else if c.is_whitespace() && !out.is_empty() && !out.ends_with('-') {
            gap = true;
        }
    }
    out
}

/// Returns true if a text begins with a percent sign and two hexadecimal digits, which Hugo keeps.
fn is_escape(text: &str) -> bool {
    let digits = text.as_bytes().get(1..3);
    digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

/// Letters, digits and marks of every script, and the punctuation that Hugo keeps.
fn is_kept(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || "./\\_#+~-@".contains(c);
    }
    use GeneralCategory as G;
    matches!(
        get_general_category(c),
        G::UppercaseLetter
            | G::LowercaseLetter
            | G::TitlecaseLetter
            | G::ModifierLetter
            | G::OtherLetter
            | G::DecimalNumber
            | G::NonspacingMark
            | G::SpacingMark
            | G::EnclosingMark
    )
}

/// Returns true if a segment has visible characters and does not lead to another folder.
fn is_visible(segment: &str) -> bool {
    let is_mark = |c: char| {
        matches!(
            get_general_category(c),
            GeneralCategory::NonspacingMark | GeneralCategory::SpacingMark | GeneralCategory::EnclosingMark
        )
    };
    segment.chars().any(|c| c != '.' && (c.is_ascii() || !is_mark(c)))
}

fn without_accents(text: &str) -> String {
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(text);
    let bare: String = decomposed
        .chars()
        .filter(|c| get_general_category(*c) != GeneralCategory::NonspacingMark)
        .collect();
    ComposingNormalizerBorrowed::new_nfc()
        .normalize(&bare)
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seg(name: &str) -> String {
        segment(name, &UrlRules::default()).unwrap_or_default()
    }

    #[test]
    fn a_url_keeps_letters_digits_marks_and_a_little_punctuation() {
        let cases = [
            ("My Page", "my-page"),
            ("10_Setup", "10_setup"),
            ("準備 作業", "準備-作業"),
            ("c++", "c++"),
            ("a@b", "a@b"),
            ("a!b~c", "ab~c"),
            ("名前！？", "名前"),
            ("ｆｕｌｌ（幅）", "ｆｕｌｌ幅"),
            ("a&b", "ab"),
            ("it's", "its"),
            ("50%", "50"),
            ("Module%201", "module%201"),
            ("50%of", "50of"),
            ("q(1)", "q1"),
            ("a=b+c", "ab+c"),
            ("x#y", "x#y"),
            ("x・y「z」ー", "xyzー"),
            ("v1.2", "v1.2"),
            ("foo  bar", "foo--bar"),
            ("a,b;c", "abc"),
            ("é", "é"),
        ];
        for (name, expected) in cases {
            assert_eq!(seg(name), expected, "{name}");
        }
    }

    #[test]
    fn a_name_of_dropped_characters_or_dots_is_no_segment() {
        for name in ["😀", "☺\u{fe0f}", "！？", "!..", "", "."] {
            assert_eq!(segment(name, &UrlRules::default()), None, "{name}");
        }
        assert_eq!(code_points("😀!"), "u1f600-u21");
    }

    #[test]
    fn slugs_put_one_hyphen_for_a_run_of_spaces() {
        let rules = UrlRules::default();
        assert_eq!(urlize(" UPPER   Case ", &rules), "upper-case");
        assert_eq!(urlize("a - b", &rules), "a-b");
        assert_eq!(urlize("/a/b/", &rules), "a/b");
        let rules = UrlRules {
            keep_case: true,
            remove_accents: true,
            ..UrlRules::default()
        };
        assert_eq!(urlize("É日", &rules), "E日");
    }

    #[test]
    fn encoding_escapes_as_go_does() {
        assert_eq!(encode_path("/x#y/"), "/x%23y/");
        assert_eq!(encode_path("/c++/a@b~.-_/(!)"), "/c++/a@b~.-_/(!)");
        assert_eq!(encode_path("/準備 a%/"), "/%E6%BA%96%E5%82%99%20a%25/");
        assert_eq!(decode_path("/%E6%BA%96"), "/準");
        assert_eq!(decode_path("/%FF"), "/%FF");
    }

    #[test]
    fn a_url_with_a_slash_at_its_end_is_an_index_file() {
        assert_eq!(output_path("/"), "index.html");
        assert_eq!(output_path("/a/b/"), "a/b/index.html");
        assert_eq!(output_path("/a.html"), "a.html");
    }

    #[test]
    fn no_segment_is_longer_than_file_systems_take() {
        let (long, other) = ("準".repeat(100), "準".repeat(101));
        let (a, b) = (shorten(format!("/a/{long}/b")), shorten(format!("/a/{other}/b")));
        assert!(a.len() < 240 && a.ends_with("/b"), "{a}");
        assert_ne!(a, b);
        assert_eq!(shorten("/a/b".to_owned()), "/a/b");
    }

    #[test]
    fn no_path_leads_above_the_root() {
        assert_eq!(clean("/../../etc//passwd/./x/.."), "/etc/passwd");
        assert_eq!(join("/lab/sub", "../a"), "/lab/a");
        assert_eq!(join("", "../.."), "/");
    }
}
