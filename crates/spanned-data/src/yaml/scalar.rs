//! Values of plain scalars.

use crate::Data;

/// The value of an unquoted scalar.
pub(super) fn plain(text: &str) -> Data {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Data::Null,
        "true" | "True" | "TRUE" => Data::Bool(true),
        "false" | "False" | "FALSE" => Data::Bool(false),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Data::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Data::Float(f64::NEG_INFINITY),
        ".nan" | ".NaN" | ".NAN" => Data::Float(f64::NAN),
        _ => number(text).unwrap_or_else(|| Data::Str(text.to_owned())),
    }
}

/// The value of a scalar with a tag of the core schema; `None` for tags that say nothing about scalars.
pub(super) fn tagged(tag: &str, text: &str) -> Option<Data> {
    let wanted = match tag {
        "str" => return Some(Data::Str(text.to_owned())),
        "null" => return Some(Data::Null),
        "float" => text.parse().ok().map(Data::Float),
        "int" => number(text).filter(|data| matches!(data, Data::Int(_))),
        "bool" => Some(plain(text)).filter(|data| matches!(data, Data::Bool(_))),
        _ => return None,
    };
    Some(wanted.unwrap_or_else(|| plain(text)))
}

/// Numbers as Hugo's YAML library reads them: `1_000`, `0x1f`, `0o17`, `0b1`, `017` in base 8; a fraction needs a
/// point, so that `1e3` is text. Integers that do not fit stay text, which prints them as written.
fn number(text: &str) -> Option<Data> {
    let negative = text.starts_with('-');
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') || text.ends_with('_') {
        return None;
    }
    let digits = digits.replace('_', "");
    if digits.matches('.').count() == 1 {
        return fraction(&digits, negative);
    }
    let (base, digits) = base_of(&digits);
    if !digits.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let sign = if negative { "-" } else { "" };
    i64::from_str_radix(&format!("{sign}{digits}"), base)
        .ok()
        .map(Data::Int)
}

fn base_of(digits: &str) -> (u32, &str) {
    let prefixes = [("0x", 16), ("0o", 8), ("0b", 2)];
    if let Some((prefix, base)) = prefixes.iter().find(|(prefix, _)| digits.starts_with(prefix)) {
        return (*base, &digits[prefix.len()..]);
    }
    if digits.len() > 1 && digits.starts_with('0') {
        (8, &digits[1..])
    } else {
        (10, digits)
    }
}

fn fraction(digits: &str, negative: bool) -> Option<Data> {
    let numeric = |c: char| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-');
    if !digits.chars().all(numeric) || !digits.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let number: f64 = digits.parse().ok()?;
    Some(Data::Float(if negative { -number } else { number }))
}
