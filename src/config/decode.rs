//! Reads settings as the type of a field, and records which settings were read.

use std::cell::RefCell;
use std::collections::BTreeSet;

use spanned_data::{Data, Map, Value};

use super::Places;
use crate::diag::{Code, Diagnostic, Diagnostics, Span, nearest};

/// State shared by all tables of a configuration.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    places: &'a Places,
    /// Dotted paths of the settings read so far, in lower case.
    read: RefCell<BTreeSet<String>>,
    diagnostics: RefCell<Diagnostics>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(places: &'a Places) -> Self {
        Self {
            places,
            read: RefCell::default(),
            diagnostics: RefCell::default(),
        }
    }

    /// The root of the settings.
    pub(super) fn root(&'a self, map: &'a Map) -> Table<'a> {
        Table {
            reader: self,
            map: Some(map),
            path: String::new(),
        }
    }

    pub(super) fn report(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    /// The settings that were read and those that were not, as written and in their order, and the findings.
    pub(super) fn finish(self, root: &Map) -> (Usage, Diagnostics) {
        let mut usage = Usage::default();
        self.sort_out(root, "", "", &mut usage);
        (usage, self.diagnostics.into_inner())
    }

    fn sort_out(&self, map: &Map, path: &str, written: &str, usage: &mut Usage) {
        for entry in map {
            let path = dotted(path, &entry.key);
            let written = dotted(written, &entry.written);
            if let Data::Map(inner) = &entry.value.data
                && !self.read.borrow().contains(&path)
            {
                self.sort_out(inner, &path, &written, usage);
            } else if let Some(span) = self.places.span(&entry.key_span) {
                let is_read = self.read.borrow().contains(&path);
                let list = if is_read {
                    &mut usage.honoured
                } else {
                    &mut usage.ignored
                };
                list.push((written, span));
            }
        }
    }
}

/// The settings with and without an effect.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Usage {
    pub(super) honoured: Vec<(String, Span)>,
    pub(super) ignored: Vec<(String, Span)>,
}

/// A table of settings; a missing one reads like an empty one.
#[derive(Debug, Clone)]
pub(super) struct Table<'a> {
    reader: &'a Reader<'a>,
    map: Option<&'a Map>,
    path: String,
}

impl<'a> Table<'a> {
    /// The table at `key`.
    pub(super) fn table(&self, key: &str) -> Table<'a> {
        let value = self
            .map
            .and_then(|map| map.get(key))
            .filter(|value| !value.is_null());
        let map = value.and_then(|value| {
            let map = value.as_map();
            if map.is_none() {
                self.mark(key);
                self.wrong(value, key, "a table");
            }
            map
        });
        Table {
            reader: self.reader,
            map,
            path: dotted(&self.path, &key.to_lowercase()),
        }
    }

    /// The raw table at `key`, all of which counts as read; empty where there is none.
    pub(super) fn map(&self, key: &str) -> Map {
        let table = self.table(key);
        self.mark(key);
        table.map.cloned().unwrap_or_default()
    }

    /// The raw value of `key`, null included, without counting it as read.
    pub(super) fn peek(&self, key: &str) -> Option<&'a Value> {
        self.map?.get(key)
    }

    /// The raw value of `key`, null being none. It counts as read.
    pub(super) fn value(&self, key: &str) -> Option<&'a Value> {
        let value = self.map?.get(key)?;
        self.mark(key);
        (!value.is_null()).then_some(value)
    }

    /// The raw value of the first key that is set; the others count as read as well.
    pub(super) fn first(&self, keys: &[&str]) -> Option<&'a Value> {
        keys.iter()
            .filter_map(|key| self.value(key))
            .collect::<Vec<_>>()
            .first()
            .copied()
    }

    pub(super) fn bool(&self, key: &str) -> Option<bool> {
        self.read(key, "true or false", Value::as_bool)
    }

    pub(super) fn int(&self, key: &str) -> Option<i64> {
        self.read(key, "a whole number", Value::as_int)
    }

    pub(super) fn float(&self, key: &str) -> Option<f64> {
        self.read(key, "a number", Value::as_float)
    }

    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.read(key, "text", simple_text)
    }

    /// The text at the first of several spellings that is set.
    pub(super) fn text_at(&self, keys: &[&str]) -> Option<String> {
        keys.iter()
            .filter_map(|key| self.text(key))
            .collect::<Vec<_>>()
            .into_iter()
            .next()
    }

    /// A list of texts; one text is a list of one.
    pub(super) fn texts(&self, key: &str) -> Option<Vec<String>> {
        self.read(key, "a list of texts", texts)
    }

    /// A list of texts; one text is a list of its words, with blanks or commas between them.
    pub(super) fn words(&self, key: &str) -> Option<Vec<String>> {
        self.read(key, "a list of texts", |value| match &value.data {
            Data::Str(text) => {
                let words = text.split([' ', '\t', '\n', ',']).filter(|word| !word.is_empty());
                Some(words.map(str::to_owned).collect())
            }
            _ => texts(value),
        })
    }

    /// The tables of a list; a table by itself is a list of one.
    pub(super) fn tables(&self, key: &str) -> Vec<Table<'a>> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let tables = value.items().iter().filter_map(|item| {
            let map = item.as_map();
            if map.is_none() {
                self.wrong(item, key, "a table");
            }
            map
        });
        tables
            .map(|map| Table {
                reader: self.reader,
                map: Some(map),
                path: dotted(&self.path, key),
            })
            .collect()
    }

    /// The entries of the table.
    pub(super) fn entries(&self) -> impl Iterator<Item = &'a spanned_data::Entry> + use<'a> {
        self.map.into_iter().flatten()
    }

    /// Counts `key` as read.
    pub(super) fn mark(&self, key: &str) {
        self.reader
            .read
            .borrow_mut()
            .insert(dotted(&self.path, &key.to_lowercase()));
    }

    /// Reports a setting whose value does not fit.
    pub(super) fn wrong(&self, value: &Value, key: &str, wanted: &str) {
        let written = self
            .map
            .and_then(|map| map.entry(key))
            .map_or(key, |entry| &entry.written);
        let message = format!(
            "`{}` should be {wanted}, not {}",
            dotted(&self.path, written),
            describe(value)
        );
        let span = self.reader.places.span(&value.span);
        let diagnostic = Diagnostic::warning(Code::InvalidConfig, span, message);
        self.reader.report(diagnostic.help("the default is used instead"));
    }

    /// Reports the keys of the table that are not among `known`.
    pub(super) fn report_others(&self, known: &[&str]) {
        for entry in self
            .entries()
            .filter(|entry| !known.contains(&entry.key.as_str()))
        {
            let message = format!("`{}` has no setting `{}`", self.path, entry.written);
            let help = nearest::did_you_mean(&entry.written, known.iter().copied())
                .unwrap_or_else(|| format!("it has `{}`", known.join("`, `")));
            let span = self.key_span(&entry.key);
            self.report(Diagnostic::warning(Code::UnknownSetting, span, message).help(help));
        }
    }

    /// Reports something else about a setting.
    pub(super) fn report(&self, diagnostic: Diagnostic) {
        self.reader.report(diagnostic);
    }

    /// The span of a value.
    pub(super) fn span(&self, value: &Value) -> Option<Span> {
        self.reader.places.span(&value.span)
    }

    /// The span of a key.
    pub(super) fn key_span(&self, key: &str) -> Option<Span> {
        self.reader.places.span(&self.map?.entry(key)?.key_span)
    }

    fn read<T>(&self, key: &str, wanted: &str, cast: impl Fn(&Value) -> Option<T>) -> Option<T> {
        let value = self.value(key)?;
        let cast = cast(value);
        if cast.is_none() {
            self.wrong(value, key, wanted);
        }
        cast
    }
}

/// Text, or a bool or number as text.
fn texts(value: &Value) -> Option<Vec<String>> {
    match &value.data {
        Data::List(items) => items.iter().map(simple_text).collect(),
        _ => Some(vec![simple_text(value)?]),
    }
}

fn simple_text(value: &Value) -> Option<String> {
    match value.data {
        Data::Null | Data::List(_) | Data::Map(_) => None,
        _ => value.to_text(),
    }
}

fn describe(value: &Value) -> String {
    match &value.data {
        Data::Null => "nothing".to_owned(),
        Data::List(_) => "a list".to_owned(),
        Data::Map(_) => "a table".to_owned(),
        Data::Str(text) => format!("\"{text}\""),
        _ => format!("{value}"),
    }
}

fn dotted(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}
