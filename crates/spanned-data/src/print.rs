//! Values as text, as Hugo's templates print them, and as JSON.

use std::fmt::{self, Display, Formatter};

use super::{Data, Entry, Map, Value};

impl Display for Value {
    /// As Go prints it: `[a b]` for lists, `map[k:v]` with sorted keys for tables, nothing for null.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.data {
            Data::Null => Ok(()),
            Data::Bool(flag) => flag.fmt(f),
            Data::Int(number) => number.fmt(f),
            Data::Float(number) => fmt_float(*number, f),
            Data::Str(text) | Data::Date(text) => f.write_str(text),
            Data::List(items) => fmt_list(items, f),
            Data::Map(map) => fmt_map(map, f),
        }
    }
}

/// Go's `%v`: the shortest digits that give the number back; an exponent below 1e-4 and from 1e21 on.
fn fmt_float(number: f64, f: &mut Formatter<'_>) -> fmt::Result {
    let size = number.abs();
    if number == 0.0 || (1e-4..1e21).contains(&size) {
        return write!(f, "{number}");
    }
    if !number.is_finite() {
        return f.write_str(if number.is_nan() {
            "NaN"
        } else if number > 0.0 {
            "+Inf"
        } else {
            "-Inf"
        });
    }
    let text = format!("{number:e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (sign, exponent) = exponent
        .strip_prefix('-')
        .map_or(('+', exponent), |rest| ('-', rest));
    write!(f, "{digits}e{sign}{exponent:0>2}")
}

fn fmt_list(items: &[Value], f: &mut Formatter<'_>) -> fmt::Result {
    f.write_str("[")?;
    for (at, item) in items.iter().enumerate() {
        let gap = if at == 0 { "" } else { " " };
        write!(f, "{gap}{item}")?;
    }
    f.write_str("]")
}

fn fmt_map(map: &Map, f: &mut Formatter<'_>) -> fmt::Result {
    let mut entries: Vec<&Entry> = map.iter().collect();
    entries.sort_by(|a, b| a.key.cmp(&b.key));
    f.write_str("map[")?;
    for (at, entry) in entries.into_iter().enumerate() {
        let gap = if at == 0 { "" } else { " " };
        write!(f, "{gap}{}:{}", entry.key, entry.value)?;
    }
    f.write_str("]")
}

impl Value {
    /// The value as JSON, for templates. Dates are texts; numbers that JSON cannot hold are null.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.data {
            Data::Null => serde_json::Value::Null,
            Data::Bool(flag) => (*flag).into(),
            Data::Int(number) => (*number).into(),
            Data::Float(number) => (*number).into(),
            Data::Str(text) | Data::Date(text) => text.as_str().into(),
            Data::List(items) => items.iter().map(Value::to_json).collect(),
            Data::Map(map) => map.to_json(),
        }
    }
}

impl Map {
    /// The table as a JSON object with keys in lower case, as Hugo stores them.
    pub fn to_json(&self) -> serde_json::Value {
        self.iter()
            .map(|entry| (entry.key.clone(), entry.value.to_json()))
            .collect()
    }
}

impl From<&serde_json::Value> for Value {
    /// A value from JSON that no file holds.
    fn from(json: &serde_json::Value) -> Self {
        use serde_json::Value as Json;
        match json {
            Json::Null => Self::null(),
            Json::Bool(flag) => (*flag).into(),
            Json::Number(number) => match number.as_i64() {
                Some(whole) => whole.into(),
                None => number.as_f64().unwrap_or_default().into(),
            },
            Json::String(text) => text.as_str().into(),
            Json::Array(items) => items.iter().map(Self::from).collect::<Vec<_>>().into(),
            Json::Object(object) => object.iter().collect::<Map>().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_print_as_in_hugo() {
        let list = Value::from(vec![
            Value::from("a"),
            Value::from(2),
            Value::from(true),
            Value::from(1.0),
        ]);
        assert_eq!(list.to_string(), "[a 2 true 1]");
        let map: Map = [("b", Value::from(1)), ("A", list)].into_iter().collect();
        assert_eq!(Value::from(map).to_string(), "map[a:[a 2 true 1] b:1]");
        assert_eq!(Value::null().to_string(), "");
    }

    #[test]
    fn large_and_small_numbers_print_with_an_exponent() {
        let print = |number: f64| Value::from(number).to_string();
        assert_eq!(print(1e21), "1e+21");
        assert_eq!(print(1.5e-7), "1.5e-07");
        assert_eq!(print(123_456_789.25), "123456789.25");
        assert_eq!(print(-0.5), "-0.5");
    }

    #[test]
    fn json_has_lower_case_keys_in_the_order_written() {
        let map: Map = [("Zeta", Value::from(1)), ("alpha", Value::from(1.5))]
            .into_iter()
            .collect();
        assert_eq!(map.to_json().to_string(), r#"{"zeta":1,"alpha":1.5}"#);
    }

    #[test]
    fn json_comes_back_as_the_same_value() {
        let json = serde_json::json!({"a": [1, 1.5, "x", null, true], "b": {"c": {}}});
        assert_eq!(Value::from(&json).to_json(), json);
    }
}
