//! Tables: insertion order, keys without regard to case.

use std::borrow::Cow;
use std::ops::Range;

use super::{Data, Value};

/// A table in the order it was written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Map {
    entries: Vec<Entry>,
}

/// A key of a [`Map`] with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key in lower case.
    pub key: String,
    /// The key as written.
    pub written: String,
    /// Bytes of the key, from the start of the file.
    pub key_span: Range<usize>,
    /// The value of the key.
    pub value: Value,
}

impl Entry {
    /// `written` with its value; the key is put in lower case.
    pub fn new(written: impl Into<String>, key_span: Range<usize>, value: Value) -> Self {
        let written = written.into();
        Self {
            key: written.to_lowercase(),
            written,
            key_span,
            value,
        }
    }
}

impl Map {
    /// An empty table.
    pub fn new() -> Self {
        Self::default()
    }

    /// Number of keys.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns true if there is no key.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries in the order written.
    pub fn iter(&self) -> std::slice::Iter<'_, Entry> {
        self.entries.iter()
    }

    /// The entry of `key`, in any case.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        let key = lower(key);
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The value of `key`, in any case.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The value of `key`, in any case, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        let key = lower(key);
        self.entries
            .iter_mut()
            .find(|entry| entry.key == key)
            .map(|entry| &mut entry.value)
    }

    /// Returns true if `key` is set, in any case.
    pub fn contains(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// The value at a dotted path: `ui.sidebar.open` looks into nested tables. A key that itself holds dots wins.
    pub fn get_path(&self, path: &str) -> Option<&Value> {
        // Most pages have no settings of their own, and are asked for many.
        if self.is_empty() {
            return None;
        }
        if let Some(value) = self.get(path) {
            return Some(value);
        }
        let (first, rest) = path.split_once('.')?;
        self.map(first)?.get_path(rest)
    }

    /// Sets `key`, which keeps its place if it was set before. Returns the previous entry.
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<Value>) -> Option<Entry> {
        let value = value.into();
        let span = value.span.clone();
        self.insert_entry(Entry::new(key, span.start..span.start, value))
    }

    /// Adds an entry, which replaces one with the same key. Returns the previous entry.
    pub fn insert_entry(&mut self, entry: Entry) -> Option<Entry> {
        match self.entries.iter_mut().find(|old| old.key == entry.key) {
            Some(old) => Some(std::mem::replace(old, entry)),
            None => {
                self.entries.push(entry);
                None
            }
        }
    }

    /// Removes `key`, in any case, and returns its value.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        let key = lower(key);
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(at).value)
    }

    /// Adds all entries of `later`, which win; tables within tables are merged too.
    pub fn merge(&mut self, later: &Map) {
        for entry in later {
            match (
                self.get_mut(&entry.key).map(|value| &mut value.data),
                &entry.value.data,
            ) {
                (Some(Data::Map(mine)), Data::Map(theirs)) => mine.merge(theirs),
                _ => {
                    self.insert_entry(entry.clone());
                }
            }
        }
    }

    /// Adds the entries of `defaults` that this table lacks; tables within tables are filled too.
    pub fn fill(&mut self, defaults: &Map) {
        for entry in defaults {
            match (
                self.get_mut(&entry.key).map(|value| &mut value.data),
                &entry.value.data,
            ) {
                (Some(Data::Map(mine)), Data::Map(theirs)) => mine.fill(theirs),
                (Some(_), _) => {}
                (None, _) => self.entries.push(entry.clone()),
            }
        }
    }
}

/// The key in lower case, as Hugo compares keys. Most look-ups are by a name that already is.
fn lower(key: &str) -> Cow<'_, str> {
    if key
        .bytes()
        .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'.'))
    {
        Cow::Borrowed(key)
    } else {
        Cow::Owned(key.to_lowercase())
    }
}

impl<'a> IntoIterator for &'a Map {
    type Item = &'a Entry;
    type IntoIter = std::slice::Iter<'a, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Map {
    type Item = Entry;
    type IntoIter = std::vec::IntoIter<Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<K: Into<String>, V: Into<Value>> FromIterator<(K, V)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let mut map = Self::new();
        for (key, value) in pairs {
            map.insert(key, value);
        }
        map
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(text: &str) -> Map {
        crate::yaml::parse(text, 0)
            .0
            .and_then(Value::into_map)
            .unwrap_or_default()
    }

    #[test]
    fn keys_are_found_in_any_case_and_remember_how_they_were_written() {
        let map = map("disableToc: true\n");
        assert_eq!(map.bool("DISABLETOC"), Some(true));
        assert_eq!(
            map.entry("disabletoc").map(|entry| entry.written.as_str()),
            Some("disableToc")
        );
    }

    #[test]
    fn a_dotted_path_looks_into_nested_tables() {
        let map = map("ui:\n  Sidebar:\n    open: 3\na.b: x\n");
        assert_eq!(map.get_path("ui.sidebar.OPEN").and_then(Value::as_int), Some(3));
        assert_eq!(map.get_path("a.b").and_then(Value::as_str), Some("x"));
        assert_eq!(map.get_path("ui.nothing.open"), None);
    }

    #[test]
    fn merging_lets_the_later_table_win_and_keeps_the_order() {
        let mut base = map("a: 1\nt: {x: 1, y: 2}\nb: 2\n");
        base.merge(&map("t: {y: 3, z: 4}\na: 9\nc: 5\n"));
        assert_eq!(
            Value::from(base).to_string(),
            "map[a:9 b:2 c:5 t:map[x:1 y:3 z:4]]"
        );
    }

    #[test]
    fn filling_keeps_what_is_set() {
        let mut base = map("a: 1\nt: {x: 1}\n");
        base.fill(&map("a: 2\nt: {x: 2, y: 2}\nb: 2\n"));
        assert_eq!(Value::from(base).to_string(), "map[a:1 b:2 t:map[x:1 y:2]]");
    }
}
