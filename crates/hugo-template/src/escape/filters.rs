//! Filters for values, one for each kind of place.

use super::markup::{attr_kind, strip_tags};
use super::place::{Attr, Delimiter, Place, State, UrlPart};
use crate::functions::{json_text, plain_json};
use crate::print;
use crate::value::{Safe, Value};

/// The replacement of a value that is not allowed; Go's word, so that people find its explanation.
const REFUSED: &str = "ZgotmplZ";

/// A value as text, with the kind of place in which it is trusted.
fn texts(value: &Value) -> (String, Option<Safe>) {
    match value {
        Value::Nil => (String::new(), None),
        Value::Safe(safe, text) => (text.to_string(), Some(*safe)),
        _ => (print::plain(value), None),
    }
}

/// `value` as written in `place`.
pub(super) fn escape(place: &Place, value: &Value) -> String {
    let (text, safe) = texts(value);
    let inner = match place.state {
        State::Url | State::CssUrl | State::CssDoubleQuotedUrl | State::CssSingleQuotedUrl => {
            url(place.url_part, &text, safe)
        }
        State::CssDoubleQuoted | State::CssSingleQuoted => css_literal(place.url_part, &text, safe),
        State::Srcset => srcset(&text, safe),
        State::Js => js_value(value),
        State::JsDoubleQuoted | State::JsSingleQuoted => js_literal(&text, safe),
        State::JsTemplate => js_template(&text, safe),
        State::JsRegex => js_regex(&text),
        State::Css => css_value(&text, safe),
        State::Text => {
            return if safe == Some(Safe::Html) {
                text
            } else {
                html(&text)
            };
        }
        State::Rcdata => return with_entities(&text, safe, html_char),
        State::Tag | State::AttrName => return name(&text, safe),
        State::Attr => return attr_value(place.delimiter, &text, safe),
        // Comments are not written; what is left is a place that no value can be in.
        _ => return String::new(),
    };
    match place.delimiter {
        Delimiter::None => inner,
        delimiter => attr_value(delimiter, &inner, None),
    }
}

/// Replaces characters; the entities of trusted HTML stay.
fn with_entities(text: &str, safe: Option<Safe>, replacement: fn(char) -> Option<&'static str>) -> String {
    let keeps = safe == Some(Safe::Html);
    replaced(text, |c| replacement(c).filter(|_| c != '&' || !keeps))
}

/// Replaces characters.
fn replaced(text: &str, replacement: impl Fn(char) -> Option<&'static str>) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match replacement(c) {
            Some(escaped) => out.push_str(escaped),
            None => out.push(c),
        }
    }
    out
}

/// Text in HTML.
pub(crate) fn html(text: &str) -> String {
    replaced(text, html_char)
}

fn html_char(c: char) -> Option<&'static str> {
    Some(match c {
        '\0' => "\u{fffd}",
        '"' => "&#34;",
        '&' => "&amp;",
        '\'' => "&#39;",
        '+' => "&#43;",
        '<' => "&lt;",
        '>' => "&gt;",
        _ => return None,
    })
}

fn unquoted_char(c: char) -> Option<&'static str> {
    Some(match c {
        '\0' => "&#xfffd;",
        '\t' => "&#9;",
        '\n' => "&#10;",
        '\x0b' => "&#11;",
        '\x0c' => "&#12;",
        '\r' => "&#13;",
        ' ' => "&#32;",
        '=' => "&#61;",
        '`' => "&#96;",
        _ => return html_char(c),
    })
}

fn attr_value(delimiter: Delimiter, text: &str, safe: Option<Safe>) -> String {
    let stripped = match safe {
        Some(Safe::Html) => strip_tags(text),
        _ => text.to_owned(),
    };
    match delimiter {
        Delimiter::Space if stripped.is_empty() => REFUSED.to_owned(),
        Delimiter::Space => with_entities(&stripped, safe, unquoted_char),
        _ => with_entities(&stripped, safe, html_char),
    }
}

/// The name of an attribute, which must be harmless.
fn name(text: &str, safe: Option<Safe>) -> String {
    if safe == Some(Safe::Attr) {
        return text.to_owned();
    }
    let name = text.to_ascii_lowercase();
    let harmless = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && attr_kind(&name) == Attr::Plain;
    if harmless { name } else { REFUSED.to_owned() }
}

/// Returns true for a URL without a scheme or with a harmless one.
fn is_safe_url(url: &str) -> bool {
    match url.split_once(':') {
        Some((scheme, _)) if !scheme.contains('/') => ["http", "https", "mailto"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known)),
        _ => true,
    }
}

fn url(part: UrlPart, text: &str, safe: Option<Safe>) -> String {
    let trusted = safe == Some(Safe::Url);
    match part {
        UrlPart::Start if !trusted && !is_safe_url(text) => format!("#{REFUSED}"),
        UrlPart::Start | UrlPart::BeforeQuery => percent_encoded(text, Encode::Normalise),
        UrlPart::QueryOrFragment => percent_encoded(text, Encode::of(safe)),
    }
}

/// The characters that are percent-encoded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Encode {
    /// Those that cannot stand in a URL.
    Normalise,
    /// Those that have a meaning in a URL, too.
    Value,
}

impl Encode {
    /// The characters of a value in a query or fragment.
    fn of(safe: Option<Safe>) -> Self {
        match safe {
            Some(Safe::Url) => Self::Normalise,
            _ => Self::Value,
        }
    }
}

fn percent_encoded(text: &str, encode: Encode) -> String {
    let normalises = encode == Encode::Normalise;
    let bytes = text.as_bytes();
    let is_hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    let mut out = String::with_capacity(text.len());
    for (at, byte) in bytes.iter().enumerate() {
        let keeps = match byte {
            b'-' | b'.' | b'_' | b'~' => true,
            b'%' => normalises && is_hex(at + 1) && is_hex(at + 2),
            _ if byte.is_ascii_alphanumeric() => true,
            _ => normalises && b"!#$&*+,/:;=?@[]".contains(byte),
        };
        match keeps {
            true => out.push(char::from(*byte)),
            false => print::push(&mut out, format_args!("%{byte:02x}")),
        }
    }
    out
}

/// Candidates with commas between; each is a URL and perhaps a size.
fn srcset(text: &str, safe: Option<Safe>) -> String {
    if safe == Some(Safe::Url) {
        return percent_encoded(text, Encode::Normalise).replace(',', "%2c");
    }
    let candidates = text.split(',').map(|candidate| {
        let url = candidate.trim_start();
        let space = &candidate[..candidate.len() - url.len()];
        let (url, size) = url.split_at(url.find(char::is_whitespace).unwrap_or(url.len()));
        let size_is_plain = size
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c.is_ascii_whitespace());
        match is_safe_url(url) && size_is_plain {
            true => format!("{space}{}{size}", percent_encoded(url, Encode::Normalise)),
            false => format!("#{REFUSED}"),
        }
    });
    candidates.collect::<Vec<_>>().join(",")
}

/// A value in a script: JSON. Words and numbers get spaces around them, so that they cannot join others.
fn js_value(value: &Value) -> String {
    let json = match value {
        Value::Safe(Safe::Js, text) => return text.to_string(),
        Value::Safe(Safe::JsStr, text) => return format!("\"{text}\""),
        Value::Time(_) => plain_json(value),
        Value::Object(object) if object.items().is_none() => json_text(&object.print(), true),
        Value::Duration(_) => json_text(&print::plain(value), true),
        _ => plain_json(value),
    };
    let is_word = |c: Option<char>| c.is_some_and(|c| c == '$' || c == '_' || c.is_ascii_alphanumeric());
    match is_word(json.chars().next()) || is_word(json.chars().next_back()) {
        true => format!(" {json} "),
        false => json,
    }
}

fn js_char(c: char) -> Option<&'static str> {
    Some(match c {
        '\0' => "\\u0000",
        '\t' => "\\t",
        '\n' => "\\n",
        '\x0b' => "\\u000b",
        '\x0c' => "\\f",
        '\r' => "\\r",
        '"' => "\\u0022",
        '`' => "\\u0060",
        '&' => "\\u0026",
        '\'' => "\\u0027",
        '+' => "\\u002b",
        '/' => "\\/",
        '<' => "\\u003c",
        '>' => "\\u003e",
        '\\' => "\\\\",
        '\u{2028}' => "\\u2028",
        '\u{2029}' => "\\u2029",
        _ => return None,
    })
}

fn trusted_js_char(c: char) -> Option<&'static str> {
    js_char(c).filter(|_| c != '\\')
}

/// The inside of a JavaScript string.
pub(crate) fn js_string(text: &str) -> String {
    replaced(text, js_char)
}

fn js_literal(text: &str, safe: Option<Safe>) -> String {
    match safe {
        Some(Safe::JsStr) => replaced(text, trusted_js_char),
        _ => js_string(text),
    }
}

fn js_template(text: &str, safe: Option<Safe>) -> String {
    if safe == Some(Safe::JsStr) {
        return replaced(text, trusted_js_char);
    }
    replaced(text, |c| match c {
        '$' => Some("\\u0024"),
        '{' => Some("\\u007b"),
        '}' => Some("\\u007d"),
        _ => js_char(c),
    })
}

fn js_regex(text: &str) -> String {
    if text.is_empty() {
        return "(?:)".to_owned();
    }
    replaced(text, |c| {
        Some(match c {
            '$' => "\\$",
            '(' => "\\(",
            ')' => "\\)",
            '*' => "\\*",
            '-' => "\\-",
            '.' => "\\.",
            '?' => "\\?",
            '[' => "\\[",
            ']' => "\\]",
            '^' => "\\^",
            '{' => "\\{",
            '|' => "\\|",
            '}' => "\\}",
            '`' => "`",
            _ => return js_char(c),
        })
    })
}

/// A value in CSS: numbers, names, colours, no more.
fn css_value(text: &str, safe: Option<Safe>) -> String {
    if safe == Some(Safe::Css) {
        return text.to_owned();
    }
    let bad = |c: char| {
        matches!(
            c,
            '\0' | '"' | '\'' | '(' | ')' | '/' | ';' | '@' | '[' | '\\' | ']' | '`' | '{' | '}' | '<' | '>'
        )
    };
    let names: String = text
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    let names = names.to_ascii_lowercase();
    let refused = text.contains(bad)
        || text.contains("--")
        || names.contains("expression")
        || names.contains("mozbinding");
    if refused {
        REFUSED.to_owned()
    } else {
        text.to_owned()
    }
}

/// A value in a quoted text of CSS, which may be a URL.
fn css_literal(part: UrlPart, text: &str, safe: Option<Safe>) -> String {
    match part {
        UrlPart::Start if safe != Some(Safe::Url) && !is_safe_url(text) => format!("#{REFUSED}"),
        UrlPart::Start | UrlPart::BeforeQuery => css_escaped(text),
        UrlPart::QueryOrFragment => percent_encoded(text, Encode::of(safe)),
    }
}

fn css_escaped(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let special = matches!(
            c,
            '\0' | '\t'
                | '\n'
                | '\x0c'
                | '\r'
                | '"'
                | '&'
                | '\''
                | '('
                | ')'
                | '+'
                | '/'
                | ':'
                | ';'
                | '<'
                | '>'
                | '{'
                | '}'
        );
        match c {
            '\\' => out.push_str("\\\\"),
            _ if special => {
                print::push(&mut out, format_args!("\\{:x}", u32::from(c)));
                let joins = |next: &char| {
                    next.is_ascii_hexdigit() || matches!(next, ' ' | '\t' | '\n' | '\r' | '\x0c')
                };
                if chars.peek().is_none_or(joins) {
                    out.push(' ');
                }
            }
            _ => out.push(c),
        }
    }
    out
}
