//! Go's literals: quoted texts, characters and numbers.

use super::value::Value;

/// Length of the quoted text that `text` begins with, quotes included.
pub(super) fn quoted_length(text: &str, quote: char) -> Option<usize> {
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            _ if c == quote => return Some(at + 1),
            '\\' if quote != '`' => drop(chars.next()),
            '\n' if quote != '`' => return None,
            _ => {}
        }
    }
    None
}

/// The value of a quoted text or character, quotes included.
pub(super) fn unquote(quoted: &str) -> Option<Value> {
    let inside = quoted.get(1..quoted.len() - 1)?;
    match quoted.as_bytes().first()? {
        b'`' => Some(Value::str(inside.replace('\r', ""))),
        b'"' => Some(Value::str(unescape(inside)?)),
        _ => {
            let text = unescape(inside)?;
            let mut chars = text.chars();
            let only = chars.next().filter(|_| chars.next().is_none())?;
            Some(Value::Int(i64::from(u32::from(only))))
        }
    }
}

fn unescape(text: &str) -> Option<String> {
    if !text.contains('\\') {
        return Some(text.to_owned());
    }
    let mut out = Vec::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => escape(&mut chars, &mut out)?,
            _ => push_char(&mut out, c),
        }
    }
    // `\xff` may make bytes that are no UTF-8; they are shown as replacement characters.
    Some(String::from_utf8_lossy(&out).into_owned())
}

fn push_char(out: &mut Vec<u8>, c: char) {
    out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
}

fn escape(chars: &mut std::str::Chars<'_>, out: &mut Vec<u8>) -> Option<()> {
    let c = chars.next()?;
    match c {
        'a' => out.push(7),
        'b' => out.push(8),
        'f' => out.push(12),
        'n' => out.push(b'\n'),
        'r' => out.push(b'\r'),
        't' => out.push(b'\t'),
        'v' => out.push(11),
        '\\' | '"' | '\'' => push_char(out, c),
        'x' => out.push(u8::try_from(digits(chars, 2, 16)?).ok()?),
        'u' => push_char(out, char::from_u32(digits(chars, 4, 16)?)?),
        'U' => push_char(out, char::from_u32(digits(chars, 8, 16)?)?),
        '0'..='7' => {
            let first = c.to_digit(8)?;
            out.push(u8::try_from(first * 64 + digits(chars, 2, 8)?).ok()?);
        }
        _ => return None,
    }
    Some(())
}

fn digits(chars: &mut std::str::Chars<'_>, count: usize, radix: u32) -> Option<u32> {
    (0..count).try_fold(0_u32, |sum, _| {
        sum.checked_mul(radix)?
            .checked_add(chars.next()?.to_digit(radix)?)
    })
}

/// Length of the text at the start of `text` that looks like a number.
pub(super) fn number_length(text: &str) -> usize {
    let mut previous = ' ';
    let hex = text
        .trim_start_matches(['+', '-'])
        .to_ascii_lowercase()
        .starts_with("0x");
    for (at, c) in text.char_indices() {
        let is_sign = matches!(c, '+' | '-');
        let exponent = matches!(previous, 'e' | 'E') && !hex || matches!(previous, 'p' | 'P');
        if !(c.is_ascii_alphanumeric() || c == '_' || c == '.' || is_sign && (at == 0 || exponent)) {
            return at;
        }
        previous = c;
    }
    text.len()
}

/// The value of a number: decimal, `0x`, `0o`, `0b`, `1_000`, `1e3`.
pub(super) fn number(written: &str) -> Option<Value> {
    let clean = written.replace('_', "");
    if let Some(value) = integer(&clean) {
        return Some(Value::Int(value));
    }
    let is_decimal = clean.bytes().all(|b| b.is_ascii_digit() || b".eE+-".contains(&b));
    let value = clean
        .parse::<f64>()
        .ok()
        .filter(|value| is_decimal && value.is_finite())?;
    // Go takes `1e3` for an int where an int is wanted; a float that is whole stays a float here.
    Some(Value::Float(value))
}

/// An integer in Go's notation.
pub(super) fn integer(text: &str) -> Option<i64> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => ("-", &text[1..]),
        b'+' => ("", &text[1..]),
        _ => ("", text),
    };
    let lower = digits.to_ascii_lowercase();
    let (radix, digits) = match lower.get(..2) {
        Some("0x") => (16, &lower[2..]),
        Some("0o") => (8, &lower[2..]),
        Some("0b") => (2, &lower[2..]),
        _ if lower.len() > 1 && lower.starts_with('0') => (8, &lower[1..]),
        _ => (10, lower.as_str()),
    };
    if digits.starts_with(['+', '-']) {
        return None;
    }
    i64::from_str_radix(&format!("{sign}{digits}"), radix).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_gos() {
        let cases = [
            ("42", Some("int(42)")),
            ("-7", Some("int(-7)")),
            ("0x1F", Some("int(31)")),
            ("0b101", Some("int(5)")),
            ("017", Some("int(15)")),
            ("0o17", Some("int(15)")),
            ("1_000", Some("int(1000)")),
            ("1.5", Some("float64(1.5)")),
            (".5", Some("float64(0.5)")),
            ("1e3", Some("float64(1000)")),
            ("1x", None),
            ("1.2.3", None),
            ("0x", None),
            ("--1", None),
        ];
        for (written, expected) in cases {
            let shown = number(written).map(|value| format!("{value:?}"));
            assert_eq!(shown.as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn quotes_and_escapes_are_gos() {
        let cases = [
            (r#""a\"b\n""#, Some("a\"b\n")),
            (r#""\u00e9\x41\101""#, Some("éAA")),
            ("`raw \\n`", Some("raw \\n")),
            (r#""\q""#, None),
        ];
        for (written, expected) in cases {
            let value = unquote(written);
            assert_eq!(
                value.as_ref().and_then(Value::as_text).map(AsRef::as_ref),
                expected,
                "{written}"
            );
        }
        assert!(matches!(unquote("'A'"), Some(Value::Int(65))));
        assert!(unquote("'AB'").is_none());
        assert!(unquote("''").is_none());
    }

    #[test]
    fn a_quoted_text_ends_at_its_quote() {
        assert_eq!(quoted_length(r#""a\"b" c"#, '"'), Some(6));
        assert_eq!(quoted_length("\"a\nb\"", '"'), None);
        assert_eq!(quoted_length("`a\nb`", '`'), Some(5));
    }
}
