//! Transitions in CSS.

use super::markup::SPACE;
use super::place::{Place, State};

/// Up to a literal or a comment.
pub(super) fn code(place: &mut Place, text: &str) -> usize {
    let mut from = 0;
    while let Some(at) = text[from..].find(['(', '"', '\'', '/']) {
        let at = from + at;
        let rest = &text[at..];
        let (state, length) = match rest.as_bytes()[0] {
            b'"' => (State::CssDoubleQuoted, 1),
            b'\'' => (State::CssSingleQuoted, 1),
            b'/' if rest.starts_with("//") => (State::CssLineComment, 2),
            b'/' if rest.starts_with("/*") => (State::CssBlockComment, 2),
            b'(' if ends_with_url(&text[..at]) => url_start(rest),
            _ => {
                from = at + 1;
                continue;
            }
        };
        place.state = state;
        place.url_part = super::place::UrlPart::Start;
        return at + length;
    }
    text.len()
}

fn ends_with_url(before: &str) -> bool {
    let before = before.trim_end_matches(SPACE);
    let Some(start) = before.len().checked_sub(3) else {
        return false;
    };
    let is_url = before
        .get(start..)
        .is_some_and(|word| word.eq_ignore_ascii_case("url"));
    is_url && !before[..start].ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_')
}

/// The state behind `url(`, and the length of the white space.
fn url_start(rest: &str) -> (State, usize) {
    let inside = rest[1..].trim_start_matches(SPACE);
    let length = rest.len() - inside.len();
    match inside.as_bytes().first() {
        Some(b'"') => (State::CssDoubleQuotedUrl, length + 1),
        Some(b'\'') => (State::CssSingleQuotedUrl, length + 1),
        _ => (State::CssUrl, length),
    }
}

/// Inside a quoted text or a URL.
pub(super) fn literal(place: &mut Place, text: &str) -> usize {
    let ends: &[char] = match place.state {
        State::CssDoubleQuoted | State::CssDoubleQuotedUrl => &['"'],
        State::CssSingleQuoted | State::CssSingleQuotedUrl => &['\''],
        _ => &[' ', '\t', '\n', '\x0c', '\r', ')'],
    };
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if ends.contains(&c) {
            place.state = State::Css;
            return at + 1;
        }
    }
    place.follow_url(text);
    text.len()
}
