//! Comparison and equality of values.

use std::cmp::Ordering;
use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{CollatorBorrowed, CollatorPreferences};

use crate::cast;
use crate::value::Value;

/// `eq`: equal kind and value. `1` and `1.0` are equal, `1` and `"1"` are not.
pub(crate) fn same(a: &Value, b: &Value) -> bool {
    if let (Some(a), Some(b)) = (a.as_text(), b.as_text()) {
        return a == b;
    }
    match (a, b) {
        (Value::Nil, Value::Nil) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Float(a), Value::Float(b)) => a == b,
        (Value::Time(a), Value::Time(b)) => a.timestamp() == b.timestamp(),
        (Value::Handle(a), Value::Handle(b)) => a == b,
        (Value::List(a), Value::List(b)) => same_lists(a.items(), b.items()),
        (Value::Map(a), Value::Map(b)) => {
            let keys = a.entries().keys().eq(b.entries().keys());
            keys && a
                .entries()
                .values()
                .zip(b.entries().values())
                .all(|(a, b)| same(a, b))
        }
        (Value::Float(a), b) | (b, Value::Float(a)) => whole(b).is_some_and(|b| cast::widen(b) == *a),
        _ => whole(a).is_some_and(|a| whole(b) == Some(a)),
    }
}

fn same_lists(a: &[Value], b: &[Value]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
}

/// Integers, durations, months.
fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Int(number) | Value::Duration(number) => Some(*number),
        Value::Object(object) => object.as_int(),
        _ => None,
    }
}

/// `lt`, `gt` and their like: numbers by value, texts letter by letter, a text beside a number like a number, lists
/// and maps by length, times by their order.
pub(crate) fn compare(a: &Value, b: &Value) -> Option<Ordering> {
    if let (Value::Time(a), Value::Time(b)) = (a, b) {
        return Some(a.timestamp().cmp(&b.timestamp()));
    }
    if let (Some(a), Some(b)) = (a.as_text(), b.as_text()) {
        return Some(a.cmp(b));
    }
    match (rank(a), rank(b)) {
        (Rank::Text(a), Rank::Text(b)) => Some(a.cmp(&b)),
        (a, b) => a.number().partial_cmp(&b.number()),
    }
}

/// Returns true if `where` can compare the two: numbers with numbers, texts with texts, times with times.
pub(crate) fn comparable(a: &Value, b: &Value) -> bool {
    let is_number = |value: &Value| whole(value).is_some() || matches!(value, Value::Float(_));
    (a.as_text().is_some() && b.as_text().is_some())
        || (is_number(a) && is_number(b))
        || matches!((a, b), (Value::Time(_), Value::Time(_)))
}

enum Rank {
    Number(f64),
    Text(String),
}

impl Rank {
    fn number(&self) -> f64 {
        match self {
            Self::Number(number) => *number,
            Self::Text(_) => 0.0,
        }
    }
}

fn rank(value: &Value) -> Rank {
    match value {
        Value::Str(text) | Value::Safe(_, text) => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Rank::Number(number),
            _ => Rank::Text(text.to_string()),
        },
        Value::List(list) => Rank::Number(cast::widen(to_i64(list.items().len()))),
        Value::Map(map) => Rank::Number(cast::widen(to_i64(map.entries().len()))),
        Value::Time(at) => Rank::Number(cast::widen(at.timestamp().as_second())),
        _ => Rank::Number(whole(value).map_or_else(|| cast::float(value).unwrap_or(0.0), cast::widen)),
    }
}

fn to_i64(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// The order of `sort` and of pages: like [`compare`], but texts are always texts, in any case; nil comes first.
pub(crate) fn for_sorting(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Nil, Value::Nil) => Ordering::Equal,
        (Value::Nil, _) => Ordering::Less,
        (_, Value::Nil) => Ordering::Greater,
        _ => match (a.as_text(), b.as_text()) {
            (Some(a), Some(b)) => texts(a, b),
            _ => compare(a, b).unwrap_or(Ordering::Equal),
        },
    }
}

/// Hugo's order of texts: that of a dictionary.
fn texts(a: &str, b: &str) -> Ordering {
    static COLLATOR: LazyLock<Option<CollatorBorrowed<'static>>> = LazyLock::new(|| {
        CollatorBorrowed::try_new(CollatorPreferences::default(), CollatorOptions::default()).ok()
    });
    let collated = COLLATOR
        .as_ref()
        .map_or(Ordering::Equal, |collator| collator.compare(a, b));
    collated.then_with(|| a.cmp(b))
}
