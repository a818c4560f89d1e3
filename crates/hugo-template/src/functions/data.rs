//! Notations of data: `jsonify`, Base64.

use super::{Args, Entry, Outcome};
use crate::error::Fault;
use crate::eval::Context;
use crate::value::{Map, Value};
use crate::{print, time};

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["jsonify", "encoding.Jsonify"], jsonify),
    (&["base64Encode", "encoding.Base64Encode"], |_, args| {
        Ok(base64(args.text(0)?.as_bytes()).into())
    }),
    (&["base64Decode", "encoding.Base64Decode"], |_, args| {
        let bytes = from_base64(&args.text(0)?).ok_or_else(|| Fault::failed("no Base64"))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned().into())
    }),
];

/// `jsonify [(dict "indent" "  " "prefix" "" "noHTMLEscape" true)] VALUE`.
fn jsonify(_: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let value = args.value(args.len().saturating_sub(1))?;
    let option = |name: &str| match (args.len(), args.get(0)) {
        (2, Some(Value::Map(options))) => options
            .entries()
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.clone()),
        _ => None,
    };
    let text_option = |name: &str| option(name).map(|value| print::plain(&value)).unwrap_or_default();
    let escapes = !option("noHTMLEscape").is_some_and(|value| value.is_true());
    let layout = Layout {
        prefix: text_option("prefix"),
        indent: text_option("indent"),
        escapes,
    };
    let mut out = String::new();
    layout.write(&mut out, value, 0);
    Ok(Value::html(out))
}

/// A value as JSON on one line.
pub(crate) fn plain_json(value: &Value) -> String {
    let mut out = String::new();
    Layout {
        prefix: String::new(),
        indent: String::new(),
        escapes: true,
    }
    .write(&mut out, value, 0);
    out
}

/// A value as JSON on many lines, as `transform.Remarshal` writes it.
pub(super) fn pretty_json(value: &Value) -> String {
    let layout = Layout {
        prefix: String::new(),
        indent: "   ".to_owned(),
        escapes: true,
    };
    let mut out = String::new();
    layout.write(&mut out, value, 0);
    out + "\n"
}

struct Layout {
    prefix: String,
    indent: String,
    escapes: bool,
}

impl Layout {
    fn write(&self, out: &mut String, value: &Value, level: usize) {
        match value {
            Value::Nil | Value::Handle(_) => out.push_str("null"),
            Value::Bool(_) | Value::Int(_) => out.push_str(&print::plain(value)),
            Value::Duration(nanos) => out.push_str(&nanos.to_string()),
            Value::Float(number) => out.push_str(&json_number(*number)),
            Value::Str(text) | Value::Safe(_, text) => out.push_str(&json_text(text, self.escapes)),
            Value::Time(at) => out.push_str(&json_text(
                &time::format(at, "2006-01-02T15:04:05.999999999Z07:00"),
                false,
            )),
            Value::Object(object) => match (object.as_int(), object.items()) {
                (Some(number), _) => out.push_str(&number.to_string()),
                (None, Some(items)) => self.list(out, &items, level),
                _ => out.push_str(&json_text(&object.print(), self.escapes)),
            },
            Value::List(list) => self.list(out, list.items(), level),
            Value::Map(map) => self.map(out, map, level),
        }
    }

    fn list(&self, out: &mut String, items: &[Value], level: usize) {
        out.push('[');
        for (at, item) in items.iter().enumerate() {
            self.separate(out, at > 0, level + 1);
            self.write(out, item, level + 1);
        }
        self.end(out, items.is_empty(), level);
        out.push(']');
    }

    fn map(&self, out: &mut String, map: &Map, level: usize) {
        out.push('{');
        for (at, (key, value)) in map.entries().iter().enumerate() {
            self.separate(out, at > 0, level + 1);
            out.push_str(&json_text(key, self.escapes));
            out.push_str(if self.is_compact() { ":" } else { ": " });
            self.write(out, value, level + 1);
        }
        self.end(out, map.entries().is_empty(), level);
        out.push('}');
    }

    fn is_compact(&self) -> bool {
        self.prefix.is_empty() && self.indent.is_empty()
    }

    fn separate(&self, out: &mut String, comma: bool, level: usize) {
        if comma {
            out.push(',');
        }
        self.line(out, level);
    }

    fn end(&self, out: &mut String, empty: bool, level: usize) {
        if !empty {
            self.line(out, level);
        }
    }

    fn line(&self, out: &mut String, level: usize) {
        if !self.is_compact() {
            out.push('\n');
            out.push_str(&self.prefix);
            out.push_str(&self.indent.repeat(level));
        }
    }
}

fn json_number(number: f64) -> String {
    match number.is_finite() {
        true => print::float_shortest(number, 21)
            .replace("e-0", "e-")
            .replace("e+0", "e+"),
        false => "null".to_owned(),
    }
}

/// A text as JSON. `<`, `>` and `&` are escaped unless `escapes` is false, as in Go.
pub(crate) fn json_text(text: &str, escapes: bool) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '<' | '>' | '&' if escapes => print::push(&mut out, format_args!("\\u{:04x}", u32::from(c))),
            '\u{2028}' | '\u{2029}' => print::push(&mut out, format_args!("\\u{:04x}", u32::from(c))),
            _ if u32::from(c) < 0x20 => print::push(&mut out, format_args!("\\u{:04x}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 with padding.
pub fn base64(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4_usize {
            let letter = ALPHABET[(bits >> (18 - 6 * at)) as usize & 63];
            out.push(if at <= chunk.len() {
                char::from(letter)
            } else {
                '='
            });
        }
    }
    out
}

fn from_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0_u32);
    for letter in text
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=')
    {
        let value = ALPHABET.iter().position(|known| *known == letter)?;
        bits = (bits << 6 | u32::try_from(value).ok()?) & 0xff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_goes_both_ways() {
        for (text, encoded) in [
            ("", ""),
            ("a", "YQ=="),
            ("ab", "YWI="),
            ("abc", "YWJj"),
            ("é☂", "w6nimII="),
        ] {
            assert_eq!(base64(text.as_bytes()), encoded);
            assert_eq!(from_base64(encoded).unwrap(), text.as_bytes());
        }
        assert!(from_base64("!").is_none());
    }
}
