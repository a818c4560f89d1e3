//! One verb with one argument.

use super::Spec;
use crate::print;
use crate::value::{Map, Value};

/// `arg` printed by `verb`.
pub(super) fn format(spec: &Spec, verb: char, arg: &Value) -> String {
    match (verb, arg) {
        ('T', _) => pad(spec, &arg.type_name()),
        ('v', Value::Nil) => pad(spec, "<nil>"),
        (_, Value::Nil) => format!("%!{verb}(<nil>)"),
        ('v', _) if spec.sharp => print::sharp(arg),
        (_, Value::List(list)) => {
            let mut out = String::new();
            print::write_list(&mut out, list, |out, item| {
                out.push_str(&format(spec, verb, item));
            });
            out
        }
        (_, Value::Map(map)) => {
            let mut out = String::new();
            write_map(&mut out, map, |item| format(spec, verb, item));
            out
        }
        _ => leaf(spec, verb, arg).unwrap_or_else(|| bad_verb(spec, verb, arg)),
    }
}

/// Prints a map, its keys like values.
fn write_map(out: &mut String, map: &Map, part: impl Fn(&Value) -> String) {
    let entries: Vec<String> = map
        .entries()
        .iter()
        .map(|(key, value)| format!("{}:{}", part(&Value::Str(key.clone())), part(value)))
        .collect();
    print::push(out, format_args!("map[{}]", entries.join(" ")));
}

fn bad_verb(spec: &Spec, verb: char, arg: &Value) -> String {
    // The value is printed with the same width and precision.
    format!("%!{verb}({}={})", arg.type_name(), format(spec, 'v', arg))
}

fn leaf(spec: &Spec, verb: char, arg: &Value) -> Option<String> {
    match arg {
        Value::Bool(_) => matches!(verb, 't' | 'v').then(|| pad(spec, &print::plain(arg))),
        Value::Int(value) => integer(spec, verb, *value),
        Value::Float(value) => float(spec, verb, *value),
        Value::Str(text) | Value::Safe(_, text) => self::text(spec, verb, text),
        Value::Duration(nanos) if verb == 'd' => integer(spec, verb, *nanos),
        Value::Object(object) if matches!(verb, 'd' | 'x') => integer(spec, verb, object.as_int()?),
        _ => text(spec, verb, &print::plain(arg)),
    }
}

fn text(spec: &Spec, verb: char, text: &str) -> Option<String> {
    let cut = |text: &str| match spec.precision {
        Some(most) => text.chars().take(most).collect(),
        None => text.to_owned(),
    };
    let body = match verb {
        's' | 'v' => cut(text),
        'q' if spec.sharp && !text.contains('`') => format!("`{}`", cut(text)),
        'q' => print::quote(&cut(text)),
        'x' | 'X' => hex(spec, verb, text),
        _ => return None,
    };
    Some(pad(spec, &body))
}

fn hex(spec: &Spec, verb: char, text: &str) -> String {
    let most = spec.precision.unwrap_or(usize::MAX);
    let digits: Vec<String> = text
        .bytes()
        .take(most)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let joined = digits.join(if spec.space { " " } else { "" });
    let joined = if spec.sharp { format!("0x{joined}") } else { joined };
    if verb == 'X' {
        joined.to_uppercase()
    } else {
        joined
    }
}

fn integer(spec: &Spec, verb: char, value: i64) -> Option<String> {
    let magnitude = value.unsigned_abs();
    let (prefix, digits) = match verb {
        'd' | 'v' => ("", magnitude.to_string()),
        'b' => ("0b", format!("{magnitude:b}")),
        'o' => ("0", format!("{magnitude:o}")),
        'O' => return Some(signed(spec, value < 0, &format!("0o{magnitude:o}"))),
        'x' => ("0x", format!("{magnitude:x}")),
        'X' => ("0X", format!("{magnitude:X}")),
        'c' => return Some(pad(spec, &character(value).to_string())),
        'q' => return Some(pad(spec, &print::quote_char(character(value)))),
        'U' => return Some(pad(spec, &format!("U+{magnitude:04X}"))),
        's' | 't' => return None,
        'e' | 'f' | 'g' | 'E' | 'F' | 'G' => return None,
        _ => return None,
    };
    let digits = filled(&digits, spec.precision.unwrap_or(0), '0');
    let prefix = if spec.sharp { prefix } else { "" };
    Some(signed(spec, value < 0, &format!("{prefix}{digits}")))
}

fn character(value: i64) -> char {
    u32::try_from(value)
        .ok()
        .and_then(char::from_u32)
        .unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// A number with its sign, padded with zeros after the sign or with spaces before it.
fn signed(spec: &Spec, negative: bool, digits: &str) -> String {
    let sign = match (negative, spec.plus, spec.space) {
        (true, ..) => "-",
        (false, true, _) => "+",
        (false, false, true) => " ",
        _ => "",
    };
    let width = spec.width.unwrap_or(0).saturating_sub(sign.len());
    match spec.zero && !spec.minus {
        true => format!("{sign}{}", filled(digits, width, '0')),
        false => pad(spec, &format!("{sign}{digits}")),
    }
}

fn float(spec: &Spec, verb: char, value: f64) -> Option<String> {
    if !value.is_finite() {
        let plain = Spec { zero: false, ..*spec };
        return Some(pad(&plain, &print::not_finite(value)));
    }
    let magnitude = value.abs();
    let precision = spec.precision.map(|digits| digits.min(MAX_DIGITS));
    let digits = match verb {
        'f' | 'F' => format!("{magnitude:.*}", precision.unwrap_or(6)),
        'e' | 'E' => exponential(magnitude, precision.unwrap_or(6)),
        'v' | 'g' | 'G' => general(magnitude, precision),
        _ => return None,
    };
    let digits = if verb.is_uppercase() {
        digits.to_uppercase()
    } else {
        digits
    };
    Some(signed(spec, value.is_sign_negative(), &digits))
}

fn exponential(value: f64, precision: usize) -> String {
    let text = format!("{value:.precision$e}");
    match text.split_once('e') {
        Some((digits, exponent)) => {
            format!("{digits}{}", print::exponent_text(exponent.parse().unwrap_or(0)))
        }
        None => text,
    }
}

/// `%g`: the shortest digits, or at most `precision` significant ones.
fn general(value: f64, precision: Option<usize>) -> String {
    let Some(precision) = precision else {
        return print::float(value);
    };
    let significant = precision.max(1);
    let scientific = format!("{value:.*e}", significant - 1);
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let limit = i32::try_from(significant).unwrap_or(i32::MAX);
    let trim = |text: &str| match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text.to_owned(),
    };
    if value != 0.0 && (exponent < -4 || exponent >= limit) {
        return format!("{}{}", trim(digits), print::exponent_text(exponent));
    }
    let decimals = usize::try_from(limit - 1 - exponent).unwrap_or(0);
    trim(&format!("{value:.decimals$}"))
}

/// `text` padded to the width, counted in characters.
fn pad(spec: &Spec, text: &str) -> String {
    let width = spec.width.unwrap_or(0);
    match (spec.minus, spec.zero) {
        (true, _) => {
            let missing = width.saturating_sub(text.chars().count());
            format!("{text}{}", " ".repeat(missing))
        }
        (false, true) => filled(text, width, '0'),
        (false, false) => filled(text, width, ' '),
    }
}

/// `text` with copies of a character before it up to a width. Rust's own formatting knows no width above 65,535.
fn filled(text: &str, width: usize, with: char) -> String {
    let missing = width.saturating_sub(text.chars().count());
    format!("{}{text}", String::from(with).repeat(missing))
}

/// Maximum number of digits of a float.
const MAX_DIGITS: usize = 1_000;
