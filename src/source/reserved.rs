//! Characters that stand for calls while a page is made, and that no text of an author may hold.
//!
//! They cannot be written as they are, since reading a file replaces them. They can be written in other ways: as an
//! escape (`"\U00100000"`) in data, or as a character reference (`&#x100000;`) in Markdown and HTML.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr_iter, memmem};
use spanned_data::Value;

use crate::diag::{Code, Diagnostic, Span};

const FIRST: u32 = 0x10_0000;

/// Returns true for a character of the last plane of Unicode, which is for private use.
pub(crate) fn is_reserved(c: char) -> bool {
    u32::from(c) >= FIRST
}

/// Offset of the first reserved character. All of them begin with the byte 0xF4, which hardly any text has.
pub(crate) fn find(text: &str) -> Option<usize> {
    memchr(0xf4, text.as_bytes()).and_then(|_| text.find(is_reserved))
}

/// The text with each reserved character replaced; `None` if it has none.
pub(crate) fn replaced(text: &str) -> Option<String> {
    find(text).map(|_| text.replace(is_reserved, "\u{fffd}"))
}

/// The text without reserved characters, for one whose references have been resolved.
pub(crate) fn cleaned(text: String) -> String {
    replaced(&text).unwrap_or(text)
}

/// Replaces the reserved characters that escapes in `source` have put into its value. Returns the span of the first.
pub(crate) fn replace_escaped(source: &str, value: &mut Value) -> Option<Range<usize>> {
    let bytes = source.as_bytes();
    let has_escape = memchr_iter(b'\\', bytes).any(|at| matches!(bytes.get(at + 1), Some(b'u' | b'U')));
    let mut first = None;
    if has_escape {
        value.replace_texts(&mut |text, span| {
            let replaced = replaced(text)?;
            first.get_or_insert_with(|| span.clone());
            Some(replaced)
        });
    }
    first
}

/// The finding for a reserved character.
pub(crate) fn finding(span: impl Into<Option<Span>>) -> Diagnostic {
    let message = "characters from U+100000 on are for private use; they are shown as `\u{fffd}`";
    Diagnostic::warning(Code::PrivateUseCharacter, span, message)
}

/// The ranges of character references to reserved characters, `&#x100000;` and `&#1048576;`. HTML takes them without
/// the semicolon, too.
pub(crate) fn references(text: &str) -> impl Iterator<Item = Range<usize>> {
    memmem::find_iter(text.as_bytes(), "&#").filter_map(|start| {
        let rest = &text.as_bytes()[start + "&#".len()..];
        let (radix, mark) = match rest.first() {
            Some(b'x' | b'X') => (16, 1),
            _ => (10, 0),
        };
        let digits = rest[mark..]
            .iter()
            .map_while(|byte| char::from(*byte).to_digit(radix));
        let (len, code) = digits.fold((0, 0u32), |(len, code), digit| {
            (len + 1, code.saturating_mul(radix).saturating_add(digit))
        });
        let after = start + "&#".len() + mark + len;
        let end = after + usize::from(text.as_bytes().get(after) == Some(&b';'));
        (FIRST..=u32::from(char::MAX))
            .contains(&code)
            .then_some(start..end)
    })
}

/// A piece of HTML with the references to reserved characters replaced.
pub(crate) fn without_references(html: &str) -> Cow<'_, str> {
    let mut found = references(html).peekable();
    if found.peek().is_none() {
        return Cow::Borrowed(html);
    }
    let (mut out, mut at) = (String::with_capacity(html.len()), 0);
    for range in found {
        out.push_str(&html[at..range.start]);
        out.push('\u{fffd}');
        at = range.end;
    }
    out.push_str(&html[at..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_however_they_are_written() {
        for text in [
            "&#x100000;",
            "&#X10FFFF;",
            "&#1048576;",
            "&#x0000100001;",
            "&#x100002",
            "&#01114109;",
        ] {
            assert_eq!(
                without_references(&format!("a{text} b;")),
                "a\u{fffd} b;",
                "{text}"
            );
        }
        for text in [
            "&#x10000;",
            "&#xe000;",
            "&#;",
            "&#x110000;",
            "&#99999999999999999999;",
            "&#x",
        ] {
            assert_eq!(without_references(text), text);
        }
    }

    #[test]
    fn escapes_in_data_are_replaced_in_texts_and_keys() {
        use spanned_data::{json, toml, yaml};
        let read = |source: &str, value: Option<Value>| {
            let mut value = value.unwrap();
            let first = replace_escaped(source, &mut value);
            (value.to_json().to_string(), first.is_some())
        };
        let yaml_text = "a: [\"\\U00100000\"]\n\"\\U0010FFFF\": {b: \"x\\U00100001\"}\n";
        let expected = r#"{"a":["�"],"�":{"b":"x�"}}"#.to_owned();
        assert_eq!(read(yaml_text, yaml::parse(yaml_text, 0).0), (expected, true));
        let toml_text = "a = \"\\U00100000\"\n";
        assert_eq!(
            read(toml_text, toml::parse(toml_text, 0).0),
            (r#"{"a":"�"}"#.into(), true)
        );
        let json_text = r#"{"a": "\udbc0\udc00"}"#;
        assert_eq!(
            read(json_text, json::parse(json_text, 0).0),
            (r#"{"a":"�"}"#.into(), true)
        );
        let plain = r#"{"a": "\u3042"}"#;
        assert_eq!(
            read(plain, json::parse(plain, 0).0),
            (r#"{"a":"あ"}"#.into(), false)
        );
    }
}
