//! The values of templates.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use jiff::Zoned;

use super::host::Handle;
use super::objects::Object;

/// A value of a template.
#[derive(Clone, Default)]
pub enum Value {
    /// Nothing, such as the value of a missing key.
    #[default]
    Nil,
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// Text, escaped when printed into HTML.
    Str(Arc<str>),
    /// Text that is trusted in one kind of place and printed there unchanged.
    Safe(Safe, Arc<str>),
    /// A list of values.
    List(List),
    /// A table with text keys.
    Map(Map),
    /// A point in time with its zone.
    Time(Arc<Zoned>),
    /// A span of time in nanoseconds.
    Duration(i64),
    /// An object of the host: a page, a site, a file.
    Handle(Handle),
    /// An object with fields and methods of its own.
    Object(Arc<dyn Object>),
}

/// The kind of place in which a text is trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safe {
    /// Markup: `safeHTML`, rendered Markdown, an inner text.
    Html,
    /// Attributes with their names.
    Attr,
    /// A URL that is not filtered.
    Url,
    /// JavaScript code.
    Js,
    /// The inside of a JavaScript string.
    JsStr,
    /// CSS code.
    Css,
}

/// A list that knows its size, so that no operation on it can take unbounded time.
#[derive(Clone)]
pub struct List {
    items: Arc<Vec<Value>>,
    size: Size,
}

/// A table, sorted by key as Go prints and ranges over it.
#[derive(Clone)]
pub struct Map {
    entries: Arc<BTreeMap<Arc<str>, Value>>,
    folds_case: bool,
    size: Size,
}

/// The size of a value: the sum of everything in it, and the depth of nesting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) weight: u64,
    pub(super) depth: u32,
}

impl Size {
    const LEAF: Self = Self { weight: 1, depth: 0 };

    fn of_all<'a>(values: impl Iterator<Item = &'a Value>) -> Self {
        values.fold(Self::LEAF, |sum, value| {
            let size = value.size();
            Self {
                weight: sum.weight.saturating_add(size.weight),
                depth: sum.depth.max(size.depth + 1),
            }
        })
    }
}

impl List {
    /// A list of `items`.
    pub fn new(items: Vec<Value>) -> Self {
        let size = Size::of_all(items.iter());
        Self {
            items: Arc::new(items),
            size,
        }
    }

    /// The items in order.
    pub fn items(&self) -> &[Value] {
        &self.items
    }
}

impl Map {
    /// A table of `entries`; the case of keys counts.
    pub fn new(entries: BTreeMap<Arc<str>, Value>) -> Self {
        let size = Size::of_all(entries.values());
        let keys: u64 = entries.keys().map(|key| text_weight(key)).sum();
        let size = Size {
            weight: size.weight.saturating_add(keys),
            depth: size.depth,
        };
        Self {
            entries: Arc::new(entries),
            folds_case: false,
            size,
        }
    }

    /// A table of parameters: keys are lower-cased and looked up in any case, as in `.Params` and `site.Params`.
    pub fn params(entries: impl IntoIterator<Item = (String, Value)>) -> Self {
        let entries = entries
            .into_iter()
            .map(|(key, value)| (key.to_lowercase().into(), value));
        Self {
            folds_case: true,
            ..Self::new(entries.collect())
        }
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self.folds_case {
            true => self.entries.get(key.to_lowercase().as_str()),
            false => self.entries.get(key),
        }
    }

    /// The entries, sorted by key.
    pub fn entries(&self) -> &BTreeMap<Arc<str>, Value> {
        &self.entries
    }

    /// Returns true if keys are looked up in any case.
    pub fn folds_case(&self) -> bool {
        self.folds_case
    }

    /// Makes a table of this kind with other entries.
    pub(super) fn with_entries(&self, entries: BTreeMap<Arc<str>, Value>) -> Self {
        Self {
            folds_case: self.folds_case,
            ..Self::new(entries)
        }
    }
}

impl<const N: usize> From<[(&str, Value); N]> for Map {
    fn from(entries: [(&str, Value); N]) -> Self {
        Self::new(
            entries
                .into_iter()
                .map(|(key, value)| (key.into(), value))
                .collect(),
        )
    }
}

/// The weight of a text: 1 for a short one, more for a long one.
fn text_weight(text: &str) -> u64 {
    1 + text.len() as u64 / 16
}

impl Value {
    /// Makes a text.
    pub fn str(text: impl Into<Arc<str>>) -> Self {
        Self::Str(text.into())
    }

    /// Makes a text of trusted markup.
    pub fn html(text: impl Into<Arc<str>>) -> Self {
        Self::Safe(Safe::Html, text.into())
    }

    /// Makes a list.
    pub fn list(items: Vec<Value>) -> Self {
        Self::List(List::new(items))
    }

    /// A list of texts.
    pub fn texts<T: Into<Arc<str>>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::list(items.into_iter().map(Self::str).collect())
    }

    /// Makes a table; the case of keys counts.
    pub fn map<const N: usize>(entries: [(&str, Value); N]) -> Self {
        Self::Map(entries.into())
    }

    /// A page of the host.
    pub fn page(id: u32) -> Self {
        Self::Handle(Handle::Page(id))
    }

    /// Returns true if it counts as true for `if`: not nil, zero, or empty.
    pub fn is_true(&self) -> bool {
        match self {
            Self::Nil => false,
            Self::Bool(value) => *value,
            Self::Int(value) | Self::Duration(value) => *value != 0,
            Self::Float(value) => *value != 0.0,
            Self::Str(text) | Self::Safe(_, text) => !text.is_empty(),
            Self::List(list) => !list.items().is_empty(),
            Self::Map(map) => !map.entries().is_empty(),
            // Hugo takes Go's zero time for false.
            Self::Time(time) => !super::time::is_zero(time),
            Self::Handle(_) => true,
            Self::Object(object) => object.is_true(),
        }
    }

    /// The text of a plain or trusted text.
    pub fn as_text(&self) -> Option<&Arc<str>> {
        match self {
            Self::Str(text) | Self::Safe(_, text) => Some(text),
            _ => None,
        }
    }

    /// Returns a copy in which `change` replaces texts.
    pub fn map_texts(&self, change: &mut dyn FnMut(&str) -> Option<String>) -> Value {
        match self {
            Self::Str(text) => change(text).map_or_else(|| self.clone(), Self::str),
            Self::Safe(kind, text) => match change(text) {
                Some(text) => Self::Safe(*kind, text.into()),
                None => self.clone(),
            },
            Self::List(list) => Self::list(list.items().iter().map(|item| item.map_texts(change)).collect()),
            Self::Map(map) => {
                let entries = map.entries().iter();
                let entries = entries.map(|(key, value)| {
                    let key = change(key).map_or_else(|| Arc::clone(key), Arc::from);
                    (key, value.map_texts(change))
                });
                Self::Map(map.with_entries(entries.collect()))
            }
            _ => self.clone(),
        }
    }

    /// Its size.
    pub(super) fn size(&self) -> Size {
        match self {
            Self::Str(text) | Self::Safe(_, text) => Size {
                weight: text_weight(text),
                depth: 0,
            },
            Self::List(list) => list.size,
            Self::Map(map) => map.size,
            _ => Size::LEAF,
        }
    }

    /// Go's name of its type, for messages and `%T`.
    pub(super) fn type_name(&self) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            Self::List(list) => return list_type(list).into(),
            Self::Nil => "<nil>",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Float(_) => "float64",
            Self::Str(_) => "string",
            Self::Safe(Safe::Html, _) => "template.HTML",
            Self::Safe(Safe::Attr, _) => "template.HTMLAttr",
            Self::Safe(Safe::Url, _) => "template.URL",
            Self::Safe(Safe::Js, _) => "template.JS",
            Self::Safe(Safe::JsStr, _) => "template.JSStr",
            Self::Safe(Safe::Css, _) => "template.CSS",
            Self::Map(map) if map.folds_case => "maps.Params",
            Self::Map(_) => "map[string]interface {}",
            Self::Time(_) => "time.Time",
            Self::Duration(_) => "time.Duration",
            Self::Handle(handle) => handle.type_name(),
            Self::Object(object) => object.type_name(),
        })
    }
}

/// Hugo's `slice` gives a typed slice when all items are of one type.
fn list_type(list: &List) -> String {
    let mut types = list.items().iter().map(Value::type_name);
    match types.next() {
        Some(first) if types.all(|other| other == first) => match &list.items()[0] {
            Value::Handle(Handle::Page(_)) => "page.Pages".to_owned(),
            _ => format!("[]{first}"),
        },
        _ => "[]interface {}".to_owned(),
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::str(text)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::str(text)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<usize> for Value {
    fn from(value: usize) -> Self {
        Self::Int(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<Zoned> for Value {
    fn from(time: Zoned) -> Self {
        Self::Time(Arc::new(time))
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nil, Into::into)
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", self.type_name(), super::print::sharp(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truth_is_gos() {
        let falsy = [
            Value::Nil,
            false.into(),
            0_i64.into(),
            0.0.into(),
            "".into(),
            Value::list(vec![]),
        ];
        assert!(falsy.iter().all(|value| !value.is_true()));
        let truthy = [
            true.into(),
            (-1_i64).into(),
            0.1.into(),
            "0".into(),
            Value::list(vec![Value::Nil]),
        ];
        assert!(truthy.iter().all(Value::is_true));
    }

    #[test]
    fn parameters_are_found_in_any_case() {
        let params = Map::params([("fooBar".to_owned(), Value::Int(1))]);
        assert!(params.get("FOOBAR").is_some());
        assert!(Map::from([("fooBar", Value::Int(1))]).get("foobar").is_none());
    }

    #[test]
    fn shared_items_count_each_time_they_are_reached() {
        let mut list = Value::list(vec![Value::Int(1)]);
        for _ in 0..30 {
            list = Value::list(vec![list.clone(), list]);
        }
        assert!(list.size().weight > 1 << 30);
        assert_eq!(list.size().depth, 31);
    }
}
