//! Reading values as the type that a field wants, as leniently as Hugo does.

use super::{Data, Map, Value};

impl Value {
    /// The text of a value that is text; `None` for numbers, lists and the rest.
    pub fn as_str(&self) -> Option<&str> {
        match &self.data {
            Data::Str(text) | Data::Date(text) => Some(text),
            _ => None,
        }
    }

    /// Any value as text; nothing for null.
    pub fn to_text(&self) -> Option<String> {
        match &self.data {
            Data::Null => None,
            _ => Some(self.to_string()),
        }
    }

    /// A bool, text that Go's `ParseBool` takes (`"true"`, `"1"`, `"F"`), or a number that is not zero.
    pub fn as_bool(&self) -> Option<bool> {
        match &self.data {
            Data::Bool(flag) => Some(*flag),
            Data::Int(number) => Some(*number != 0),
            Data::Float(number) => Some(*number != 0.0),
            Data::Str(text) => parse_bool(text.trim()),
            _ => None,
        }
    }

    /// An integer: fractions are cut off, text is read as a decimal number, bools count as 1 and 0.
    pub fn as_int(&self) -> Option<i64> {
        match &self.data {
            Data::Bool(flag) => Some(i64::from(*flag)),
            Data::Int(number) => Some(*number),
            Data::Float(number) => truncate(*number),
            Data::Str(text) => parse_int(text.trim()),
            _ => None,
        }
    }

    /// A number as a float.
    pub fn as_float(&self) -> Option<f64> {
        match &self.data {
            #[expect(clippy::cast_precision_loss, reason = "numbers that large mean nothing here")]
            Data::Int(number) => Some(*number as f64),
            Data::Float(number) => Some(*number),
            Data::Str(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
            _ => None,
        }
    }

    /// The items of a list.
    pub fn as_list(&self) -> Option<&[Value]> {
        match &self.data {
            Data::List(items) => Some(items),
            _ => None,
        }
    }

    /// The items of a list, or the value itself as the only item; null has none.
    pub fn items(&self) -> &[Value] {
        match &self.data {
            Data::Null => &[],
            Data::List(items) => items,
            _ => std::slice::from_ref(self),
        }
    }

    /// The items as texts. Tables, lists, null and empty texts among them are left out.
    pub fn to_strings(&self) -> Vec<String> {
        let simple = |item: &&Value| !matches!(item.data, Data::List(_) | Data::Map(_));
        self.items()
            .iter()
            .filter(simple)
            .filter_map(Value::to_text)
            .filter(|text| !text.is_empty())
            .collect()
    }

    /// The table, if it is one.
    pub fn as_map(&self) -> Option<&Map> {
        match &self.data {
            Data::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The table, taken out.
    pub fn into_map(self) -> Option<Map> {
        match self.data {
            Data::Map(map) => Some(map),
            _ => None,
        }
    }

    /// Returns true for null.
    pub fn is_null(&self) -> bool {
        matches!(self.data, Data::Null)
    }
}

impl Map {
    /// The value of `key` as text, of any kind ([`Value::to_text`]).
    pub fn text(&self, key: &str) -> Option<String> {
        self.get(key)?.to_text()
    }

    /// The value of `key` as a bool ([`Value::as_bool`]).
    pub fn bool(&self, key: &str) -> Option<bool> {
        self.get(key)?.as_bool()
    }

    /// The value of `key` as an integer ([`Value::as_int`]).
    pub fn int(&self, key: &str) -> Option<i64> {
        self.get(key)?.as_int()
    }

    /// The value of `key` as a number ([`Value::as_float`]).
    pub fn float(&self, key: &str) -> Option<f64> {
        self.get(key)?.as_float()
    }

    /// The table at `key`.
    pub fn map(&self, key: &str) -> Option<&Map> {
        self.get(key)?.as_map()
    }

    /// The texts at `key`, one or a list ([`Value::to_strings`]); none when it is not set.
    pub fn strings(&self, key: &str) -> Vec<String> {
        self.get(key).map(Value::to_strings).unwrap_or_default()
    }
}

fn parse_bool(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "True" | "TRUE" => Some(true),
        "0" | "f" | "F" | "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

fn parse_int(text: &str) -> Option<i64> {
    text.parse().ok().or_else(|| truncate(text.parse().ok()?))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "cutting off the fraction is the purpose"
)]
fn truncate(number: f64) -> Option<i64> {
    (number.abs() < 9.0e18).then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_may_be_text_or_a_fraction() {
        assert_eq!(Value::from("7").as_int(), Some(7));
        assert_eq!(Value::from("08").as_int(), Some(8));
        assert_eq!(Value::from(1.5).as_int(), Some(1));
        assert_eq!(Value::from(-1.5).as_int(), Some(-1));
        assert_eq!(Value::from("ten").as_int(), None);
        assert_eq!(Value::from(f64::NAN).as_int(), None);
        assert_eq!(Value::from("").as_int(), None);
    }

    #[test]
    fn a_bool_may_be_text() {
        assert_eq!(Value::from("true").as_bool(), Some(true));
        assert_eq!(Value::from("False").as_bool(), Some(false));
        assert_eq!(Value::from(1).as_bool(), Some(true));
        assert_eq!(Value::from("maybe").as_bool(), None);
        assert_eq!(Value::null().as_bool(), None);
    }

    #[test]
    fn one_text_is_a_list_of_one() {
        assert_eq!(Value::from("a").to_strings(), ["a"]);
        assert_eq!(Value::null().to_strings(), [""; 0]);
        let list = Value::from(vec![
            Value::from("a"),
            Value::from(5),
            Value::null(),
            Value::from(""),
        ]);
        assert_eq!(list.to_strings(), ["a", "5"]);
    }
}
