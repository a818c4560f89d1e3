//! Values as Go's `fmt` prints them with `%v`.

use std::fmt::Write as _;

use super::time;
use super::value::{List, Map, Value};

/// A value as `{{ . }}` and `%v` print it.
pub(super) fn plain(value: &Value) -> String {
    let mut out = String::new();
    write_plain(&mut out, value);
    out
}

/// Appends the result of [`plain`].
pub(super) fn write_plain(out: &mut String, value: &Value) {
    match value {
        Value::Nil => out.push_str("<nil>"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Int(value) => push(out, format_args!("{value}")),
        Value::Float(value) => out.push_str(&float(*value)),
        Value::Str(text) | Value::Safe(_, text) => out.push_str(text),
        Value::List(list) => write_list(out, list, write_plain),
        Value::Map(map) => write_map(out, map, write_plain),
        Value::Time(at) => out.push_str(&time::print(at)),
        Value::Duration(nanos) => out.push_str(&time::print_duration(*nanos)),
        Value::Handle(handle) => push(out, format_args!("{handle:?}")),
        Value::Object(object) => out.push_str(&object.print()),
    }
}

/// Appends formatted text. Writing to a `String` cannot fail.
pub(super) fn push(out: &mut String, what: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(what);
}

/// Prints a list: `[a b]`.
pub(super) fn write_list(out: &mut String, list: &List, item: impl Fn(&mut String, &Value)) {
    out.push('[');
    for (at, value) in list.items().iter().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        item(out, value);
    }
    out.push(']');
}

/// Prints a map: `map[a:1 b:2]`.
pub(super) fn write_map(out: &mut String, map: &Map, item: impl Fn(&mut String, &Value)) {
    out.push_str("map[");
    for (at, (key, value)) in map.entries().iter().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        out.push_str(key);
        out.push(':');
        item(out, value);
    }
    out.push(']');
}

/// A value with its texts in quotes, close to `%#v`.
pub(super) fn sharp(value: &Value) -> String {
    match value {
        Value::Str(text) | Value::Safe(_, text) => quote(text),
        Value::Nil => "<nil>".to_owned(),
        Value::List(list) => {
            let items: Vec<String> = list.items().iter().map(sharp).collect();
            format!("{}{{{}}}", value.type_name(), items.join(", "))
        }
        Value::Map(map) => {
            let entries: Vec<String> = map
                .entries()
                .iter()
                .map(|(key, value)| format!("{}:{}", quote(key), sharp(value)))
                .collect();
            format!("{}{{{}}}", value.type_name(), entries.join(", "))
        }
        _ => plain(value),
    }
}

/// A float as Go's `%v`: the shortest digits that read back the same, with an exponent from a million on.
pub(super) fn float(value: f64) -> String {
    float_shortest(value, 6)
}

/// The shortest digits, with an exponent below 1e-4 and from `10^limit` on.
pub(super) fn float_shortest(value: f64, limit: i32) -> String {
    if !value.is_finite() {
        return not_finite(value);
    }
    let scientific = format!("{value:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    match value != 0.0 && (exponent < -4 || exponent >= limit) {
        true => format!("{digits}{}", exponent_text(exponent)),
        false => format!("{value}"),
    }
}

/// `e+06`: Go writes at least two digits.
pub(super) fn exponent_text(exponent: i32) -> String {
    format!("e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
}

/// `NaN`, `+Inf`, `-Inf`.
pub(super) fn not_finite(value: f64) -> String {
    match value {
        _ if value.is_nan() => "NaN",
        _ if value > 0.0 => "+Inf",
        _ => "-Inf",
    }
    .to_owned()
}

/// `%q`: a text in double quotes with Go's escapes.
pub(super) fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            _ => push_escaped(&mut out, c),
        }
    }
    out.push('"');
    out
}

/// `%q` of a number: the character in single quotes.
pub(super) fn quote_char(c: char) -> String {
    let mut out = String::from("'");
    match c {
        '\'' => out.push_str("\\'"),
        _ => push_escaped(&mut out, c),
    }
    out.push('\'');
    out
}

fn push_escaped(out: &mut String, c: char) {
    match c {
        '\\' => out.push_str("\\\\"),
        '\u{7}' => out.push_str("\\a"),
        '\u{8}' => out.push_str("\\b"),
        '\u{c}' => out.push_str("\\f"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\u{b}' => out.push_str("\\v"),
        _ if is_printable(c) => out.push(c),
        _ if u32::from(c) < 0x80 => push(out, format_args!("\\x{:02x}", u32::from(c))),
        _ if u32::from(c) < 0x1_0000 => push(out, format_args!("\\u{:04x}", u32::from(c))),
        _ => push(out, format_args!("\\U{:08x}", u32::from(c))),
    }
}

/// Go's `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols, and the ASCII space.
fn is_printable(c: char) -> bool {
    use unicode_general_category::GeneralCategory as G;
    match unicode_general_category::get_general_category(c) {
        G::Control | G::Format | G::Surrogate | G::PrivateUse | G::Unassigned => false,
        G::SpaceSeparator | G::LineSeparator | G::ParagraphSeparator => c == ' ',
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_print_as_in_go() {
        let cases = [
            (Value::Float(1.0), "1"),
            (Value::Float(0.1), "0.1"),
            (Value::Float(1e21), "1e+21"),
            (Value::Float(123_456_789.0), "1.23456789e+08"),
            (Value::Float(0.00001), "1e-05"),
            (
                Value::list(vec![Value::Int(1), "a b".into(), Value::Nil]),
                "[1 a b <nil>]",
            ),
            (
                Value::map([("b", Value::Int(1)), ("a", true.into())]),
                "map[a:true b:1]",
            ),
        ];
        for (value, expected) in cases {
            assert_eq!(plain(&value), expected);
        }
    }

    #[test]
    fn quoting_is_gos() {
        assert_eq!(quote("a\"b\\\n\té\u{200b}\u{1}"), r#""a\"b\\\n\té\u200b\x01""#);
        assert_eq!(quote_char('\''), r"'\''");
    }
}
