#![doc = include_str!("../README.md")]

mod cast;
mod chunks;
pub mod json;
mod map;
mod print;
mod problem;
pub mod toml;
mod written;
pub mod yaml;

pub use map::{Entry, Map};
pub use problem::{Problem, ProblemKind};

use std::ops::Range;

/// Maximum depth of lists and tables. Deeper values are left out and reported, so that everything that walks a
/// [`Value`] may recurse.
pub const MAX_DEPTH: usize = 100;

/// A value and the bytes of its file that it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// The value itself.
    pub data: Data,
    /// Bytes from the start of the file; empty at 0 for values that no file holds.
    pub span: Range<usize>,
}

/// The kinds of values.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// Nothing (`~`, `null`, an empty YAML value).
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A number with a fraction or exponent.
    Float(f64),
    /// Text. Dates of YAML and JSON stay text until a field wants a date.
    Str(String),
    /// A native TOML date or date-time, as written.
    Date(String),
    /// A list of values.
    List(Vec<Value>),
    /// A table of keys and values.
    Map(Map),
}

impl Value {
    /// A value at a place.
    pub fn new(data: Data, span: Range<usize>) -> Self {
        Self { data, span }
    }

    /// Null, at no place.
    pub fn null() -> Self {
        Self::from(Data::Null)
    }

    /// Changes texts at every depth, keys among them. `change` takes a text and its span, and returns `None` if the
    /// text stays.
    pub fn replace_texts(&mut self, change: &mut dyn FnMut(&str, &Range<usize>) -> Option<String>) {
        match &mut self.data {
            Data::Str(text) | Data::Date(text) => {
                if let Some(changed) = change(text, &self.span) {
                    *text = changed;
                }
            }
            Data::List(items) => items.iter_mut().for_each(|item| item.replace_texts(change)),
            Data::Map(map) => map.replace_texts(change),
            Data::Null | Data::Bool(_) | Data::Int(_) | Data::Float(_) => {}
        }
    }
}

impl From<Data> for Value {
    fn from(data: Data) -> Self {
        Self { data, span: 0..0 }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Data::Str(text.to_owned()).into()
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Data::Str(text).into()
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Data::Bool(flag).into()
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Data::Int(number).into()
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Data::Float(number).into()
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Self {
        Data::List(items).into()
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Self {
        Data::Map(map).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::test_runner::TestCaseError;

    /// Every value and key stands inside the text, between characters.
    pub(super) fn check_spans(value: &Value, text: &str, base: usize) -> Result<(), TestCaseError> {
        let inside = |span: &Range<usize>| {
            *span == (0..0)
                || text
                    .get(span.start.wrapping_sub(base)..span.end.wrapping_sub(base))
                    .is_some()
        };
        proptest::prop_assert!(inside(&value.span), "{value:?}");
        match &value.data {
            Data::List(items) => items.iter().try_for_each(|item| check_spans(item, text, base)),
            Data::Map(map) => map.iter().try_for_each(|entry| {
                proptest::prop_assert!(inside(&entry.key_span), "{entry:?}");
                check_spans(&entry.value, text, base)
            }),
            _ => Ok(()),
        }
    }
}
