//! Values of front matter, settings and data files as values of templates.

use jiff::tz::TimeZone;

use super::value::{Map, Value};
use super::{cast, time};

impl Value {
    /// A value of a YAML or TOML data file: keys as they are written.
    pub fn from_data(value: &spanned_data::Value) -> Self {
        converted(value, &as_written(Self::from_data), Self::Int)
    }

    /// A value of a JSON file: like [`Value::from_data`], but all numbers are floats, as Go reads them.
    pub fn from_json(value: &spanned_data::Value) -> Self {
        converted(value, &as_written(Self::from_json), |number| {
            Self::Float(cast::widen(number))
        })
    }

    /// A value of front matter or settings: keys of its tables are found in any case.
    pub fn from_param(value: &spanned_data::Value) -> Self {
        converted(value, &Map::from_params, Self::Int)
    }
}

impl Map {
    /// A table of front matter or settings: keys are found in any case.
    pub fn from_params(map: &spanned_data::Map) -> Self {
        Self::params(
            map.iter()
                .map(|entry| (entry.written.clone(), Value::from_param(&entry.value))),
        )
    }
}

fn as_written(value: fn(&spanned_data::Value) -> Value) -> impl Fn(&spanned_data::Map) -> Map {
    move |map| {
        Map::new(
            map.iter()
                .map(|entry| (entry.written.as_str().into(), value(&entry.value)))
                .collect(),
        )
    }
}

/// Converts a value: tables by `map`, which goes on with their values, integers by `int`.
fn converted(
    value: &spanned_data::Value,
    map: &dyn Fn(&spanned_data::Map) -> Map,
    int: fn(i64) -> Value,
) -> Value {
    use spanned_data::Data;
    match &value.data {
        Data::Null => Value::Nil,
        Data::Bool(value) => Value::Bool(*value),
        Data::Int(value) => int(*value),
        Data::Float(value) => Value::Float(*value),
        Data::Str(text) => Value::str(text.as_str()),
        Data::Date(text) => {
            time::parse(text, &TimeZone::UTC).map_or_else(|| Value::str(text.as_str()), Value::from)
        }
        Data::List(items) => Value::list(items.iter().map(|item| converted(item, map, int)).collect()),
        Data::Map(entries) => Value::Map(map(entries)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::print::sharp;

    #[test]
    fn keys_keep_their_case_in_data_and_lose_it_in_parameters() {
        let text = "Foo: 1\nbar: [a, 1.5, true, ~]\nBaz: {Qux: x}\n";
        let value = spanned_data::yaml::parse(text, 0).0.unwrap();
        assert_eq!(
            sharp(&Value::from_data(&value)),
            r#"map[string]interface {}{"Baz":map[string]interface {}{"Qux":"x"}, "Foo":1, "bar":[]interface {}{"a", 1.5, true, <nil>}}"#
        );
        let Value::Map(params) = Value::from_param(&value) else {
            panic!("a table")
        };
        let Some(Value::Map(inner)) = params.get("BAZ") else {
            panic!("a table inside")
        };
        assert!(inner.get("quX").is_some() && params.get("foo").is_some());
    }

    #[test]
    fn dates_of_toml_are_times() {
        let value = spanned_data::toml::parse("d = 2024-03-05\nt = 2024-03-05T10:20:30Z\n", 0)
            .0
            .unwrap();
        let shown = crate::print::plain(&Value::from_param(&value));
        assert_eq!(
            shown,
            "map[d:2024-03-05 00:00:00 +0000 UTC t:2024-03-05 10:20:30 +0000 UTC]"
        );
    }
}
