//! Values of front matter, configuration and data files, each with its place.
//!
//! One type for YAML, TOML and JSON, so that the rules of `FrontMatter` and `Config` are written once. Keys are
//! case-insensitive as in Hugo: a [`Map`] looks them up in lower case and remembers how they were written.

use std::ops::Range;

/// A value and the bytes of its file that it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// What it is.
    pub data: Data,
    /// Bytes from the start of the file; empty at 0 for values that no file holds.
    pub span: Range<usize>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// Nothing (`~`, `null`, an empty YAML value).
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction or exponent.
    Float(f64),
    /// Text. Dates of YAML and JSON stay text until a field wants a date.
    Str(String),
    /// A native TOML date or date-time, as written.
    Date(String),
    /// A list.
    List(Vec<Value>),
    /// A table.
    Map(Map),
}

/// A table in the order it was written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Map {
    entries: Vec<Entry>,
}

/// One key of a [`Map`] with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key in lower case.
    pub key: String,
    /// The key as written.
    pub written: String,
    /// Where the key stands.
    pub key_span: Range<usize>,
    /// The value.
    pub value: Value,
}
