//! Conversions between kinds of values, as Hugo's functions do them with their arguments.

use std::sync::Arc;

use super::error::Fault;
use super::value::Value;
use super::{literal, print};

/// A value as text: nil is empty, numbers are written out, lists and maps are an error.
pub(super) fn text(value: &Value) -> Result<Arc<str>, Fault> {
    match value {
        Value::Str(text) | Value::Safe(_, text) => Ok(text.clone()),
        Value::Nil => Ok("".into()),
        Value::Float(number) if number.is_finite() => Ok(format!("{number}").into()),
        Value::List(_) | Value::Map(_) | Value::Handle(_) => Err(cannot(value, "a text")),
        _ => Ok(print::plain(value).into()),
    }
}

/// A value as an integer.
pub(super) fn int(value: &Value) -> Result<i64, Fault> {
    match value {
        Value::Int(number) | Value::Duration(number) => Ok(*number),
        Value::Float(number) => Ok(truncate(*number)),
        Value::Bool(value) => Ok((*value).into()),
        Value::Nil => Ok(0),
        Value::Str(text) | Value::Safe(_, text) => {
            int_of_text(text).ok_or_else(|| cannot(value, "a whole number"))
        }
        Value::Object(object) => object.as_int().ok_or_else(|| cannot(value, "a whole number")),
        _ => Err(cannot(value, "a whole number")),
    }
}

/// An integer in Go's notation; a fraction is cut off, and an empty text is zero.
fn int_of_text(text: &str) -> Option<i64> {
    match text.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|byte| byte.is_ascii_digit()) => whole.parse().ok(),
        Some(_) => None,
        None if text.is_empty() => Some(0),
        None => literal::integer(&text.replace('_', "")),
    }
}

/// A float without its fraction; a number out of range becomes the nearest one in range.
#[expect(
    clippy::cast_possible_truncation,
    reason = "`as` saturates, which is what is wanted"
)]
pub(super) fn truncate(number: f64) -> i64 {
    number as i64
}

/// An integer as a float.
#[expect(clippy::cast_precision_loss, reason = "Go converts the same way")]
pub(super) fn widen(number: i64) -> f64 {
    number as f64
}

/// A value as a float.
pub(super) fn float(value: &Value) -> Result<f64, Fault> {
    match value {
        Value::Int(number) | Value::Duration(number) => Ok(widen(*number)),
        Value::Float(number) => Ok(*number),
        Value::Bool(value) => Ok(if *value { 1.0 } else { 0.0 }),
        Value::Nil => Ok(0.0),
        Value::Str(text) | Value::Safe(_, text) => {
            let number = text
                .trim()
                .parse::<f64>()
                .ok()
                .or_else(|| int_of_text(text).map(widen));
            number.ok_or_else(|| cannot(value, "a number"))
        }
        _ => Err(cannot(value, "a number")),
    }
}

/// A value as `true` or `false`, with Go's spellings for texts.
pub(super) fn bool(value: &Value) -> Result<bool, Fault> {
    match value.as_text().map(AsRef::as_ref) {
        Some("1" | "t" | "T" | "true" | "TRUE" | "True") => Ok(true),
        Some("0" | "f" | "F" | "false" | "FALSE" | "False" | "") => Ok(false),
        Some(_) => Err(cannot(value, "true or false")),
        None => Ok(value.is_true()),
    }
}

fn cannot(value: &Value, what: &str) -> Fault {
    let mut shown = print::plain(value);
    if shown.chars().count() > 40 {
        shown = shown.chars().take(40).collect::<String>() + "…";
    }
    Fault::failed(format!("{shown:?} of type {} is not {what}", value.type_name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_whole_numbers() {
        let cases = [
            ("7", Some(7)),
            ("-7", Some(-7)),
            ("010", Some(8)),
            ("0x1f", Some(31)),
            ("7.0", Some(7)),
            ("7.5", Some(7)),
            ("", Some(0)),
            ("a", None),
        ];
        for (written, expected) in cases {
            assert_eq!(int(&written.into()).ok(), expected, "{written}");
        }
        assert_eq!(int(&Value::Float(1e300)).ok(), Some(i64::MAX));
    }

    #[test]
    fn lists_are_no_text() {
        assert!(text(&Value::list(vec![])).is_err());
        assert_eq!(&*text(&Value::Float(1e21)).unwrap(), "1000000000000000000000");
    }
}
