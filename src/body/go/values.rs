//! Values of front matter and configuration as values of Go templates.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::data::{Data, Map as DataMap, Value as DataValue};
use crate::gotemplate::{Map, Value};
use crate::parse::ArgValue;

/// A value as templates see it. Texts stay texts; dates among them are fields of the page, not params.
pub(super) fn value(from: &DataValue) -> Value {
    match &from.data {
        Data::Null => Value::Nil,
        Data::Bool(flag) => Value::Bool(*flag),
        Data::Int(number) => Value::Int(*number),
        Data::Float(number) => Value::Float(*number),
        Data::Str(text) | Data::Date(text) => Value::str(text.as_str()),
        Data::List(items) => Value::list(items.iter().map(value).collect()),
        Data::Map(map) => params(map),
    }
}

/// A table whose keys are looked up in any case.
pub(super) fn params(map: &DataMap) -> Value {
    Value::Map(Map::params(
        map.iter().map(|entry| (entry.key.clone(), value(&entry.value))),
    ))
}

/// An argument of a call.
pub(crate) fn argument(from: &ArgValue) -> Value {
    match from {
        ArgValue::Str(text) => Value::str(text.as_str()),
        ArgValue::Int(number) => Value::Int(*number),
        ArgValue::Float(number) => Value::Float(*number),
        ArgValue::Bool(flag) => Value::Bool(*flag),
    }
}

/// A moment; Go's zero time for none.
pub(super) fn time(at: Option<Timestamp>, zone: &TimeZone) -> Value {
    // The first of January of year 1 in UTC, which `.IsZero` of templates looks for.
    let zero = Timestamp::from_second(-62_135_596_800).unwrap_or(Timestamp::MIN);
    Value::Time(Arc::new(at.unwrap_or(zero).to_zoned(zone.clone())))
}
