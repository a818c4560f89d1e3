//! Tables: insertion order, keys without regard to case.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::{self, Debug, Formatter};
use std::ops::Range;

use super::{Data, Value};

/// Tables of at most this many keys are searched from the front, which is faster there than hashing.
const SMALL: usize = 16;

/// A table in the order it was written.
#[derive(Clone, Default)]
pub struct Map {
    entries: Vec<Entry>,
    /// Positions of the keys; empty in tables of at most [`SMALL`] keys.
    index: HashMap<String, usize>,
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

    fn is(&self, key: &str) -> bool {
        #[cfg(test)]
        tests::COMPARED.with(|compared| compared.set(compared.get() + 1));
        self.key == key
    }
}

impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl Debug for Map {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Map").field("entries", &self.entries).finish()
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
        self.position(&lower(key)).map(|at| &self.entries[at])
    }

    /// The position of a key in lower case.
    fn position(&self, key: &str) -> Option<usize> {
        if self.index.is_empty() {
            self.entries.iter().position(|entry| entry.is(key))
        } else {
            self.index.get(key).copied()
        }
    }

    /// Adds an entry whose key is not there yet.
    fn push(&mut self, entry: Entry) {
        if !self.index.is_empty() {
            self.index.insert(entry.key.clone(), self.entries.len());
        }
        self.entries.push(entry);
        if self.index.is_empty() {
            self.reindex();
        }
    }

    fn reindex(&mut self) {
        self.index.clear();
        if self.entries.len() > SMALL {
            let positions = self.entries.iter().enumerate();
            self.index
                .extend(positions.map(|(at, entry)| (entry.key.clone(), at)));
        }
    }

    /// The value of `key`, in any case.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The value of `key`, in any case, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        let at = self.position(&lower(key))?;
        Some(&mut self.entries[at].value)
    }

    /// Changes texts, keys among them, as [`Value::replace_texts`] does.
    pub(crate) fn replace_texts(&mut self, change: &mut dyn FnMut(&str, &Range<usize>) -> Option<String>) {
        let mut renamed = false;
        for entry in &mut self.entries {
            if let Some(key) = change(&entry.written, &entry.key_span) {
                (entry.key, entry.written) = (key.to_lowercase(), key);
                renamed = true;
            }
            entry.value.replace_texts(change);
        }
        if renamed {
            for entry in std::mem::take(self) {
                self.insert_entry(entry);
            }
        }
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
        match self.position(&entry.key) {
            Some(at) => Some(std::mem::replace(&mut self.entries[at], entry)),
            None => {
                self.push(entry);
                None
            }
        }
    }

    /// Removes `key`, in any case, and returns its value.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        let at = self.position(&lower(key))?;
        let removed = self.entries.remove(at);
        self.reindex();
        Some(removed.value)
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
                (None, _) => self.push(entry.clone()),
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
    use std::cell::Cell;

    use super::*;

    thread_local! {
        /// Comparisons of keys that this test has made.
        pub(super) static COMPARED: Cell<usize> = const { Cell::new(0) };
    }

    fn compared(work: impl FnOnce()) -> usize {
        COMPARED.set(0);
        work();
        COMPARED.get()
    }

    /// The lines of a text, each made from its number.
    fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
        (0..count).map(line).collect()
    }

    #[test]
    fn large_tables_are_read_with_a_few_comparisons_a_key() {
        const KEYS: usize = 5_000;
        type Parse = fn(&str, usize) -> (Option<Value>, Vec<crate::Problem>);
        let json = format!("{{{}\"end\": 0}}", lines(KEYS, |n| format!("\"Key{n}\": {n},\n")));
        let yaml = lines(KEYS, |n| format!("Key{n}: {n}\n"));
        let broken_yaml = format!("{yaml}end: [\n");
        let toml = lines(KEYS, |n| format!("Key{n} = {n}\n"));
        let nested = format!("[t]\n{toml}");
        let merged = format!(
            "a: &a\n{}b:\n  <<: *a\n",
            lines(KEYS / 2, |n| format!("  k{n}: {n}\n"))
        );
        let cases: [(&str, &str, Parse); 6] = [
            ("JSON", &json, crate::json::parse),
            ("YAML", &yaml, crate::yaml::parse),
            ("broken YAML", &broken_yaml, crate::yaml::parse),
            ("YAML with a merge key", &merged, crate::yaml::parse),
            ("TOML", &toml, crate::toml::parse),
            ("a table of TOML", &nested, crate::toml::parse),
        ];
        for (name, text, parse) in cases {
            let mut value = None;
            let work = compared(|| value = parse(text, 0).0);
            assert!(work <= 1000, "{name}: {work} comparisons");
            assert!(
                value.is_some_and(|value| value.to_json().to_string().contains("\"k")),
                "{name}"
            );
        }
    }

    #[test]
    fn large_tables_are_joined_with_a_few_comparisons_a_key() {
        let large = |from: usize| -> Map { (from..from + 20_000).map(|n| (format!("k{n}"), 1)).collect() };
        let (mut first, second) = (large(0), large(10_000));
        let work = compared(|| {
            first.merge(&second);
            first.fill(&large(5_000));
        });
        assert!(work <= 1000, "{work} comparisons");
        assert_eq!(first.len(), 30_000);
    }

    #[test]
    fn large_tables_find_and_lose_keys_as_small_ones_do() {
        for count in [SMALL - 1, SMALL, SMALL + 1, SMALL + 2, 5 * SMALL] {
            let mut map: Map = (0_i64..).take(count).map(|n| (format!("Key{n}"), n)).collect();
            assert_eq!(
                map.insert("KEY3", "three").map(|old| old.written),
                Some("Key3".to_owned())
            );
            assert_eq!(map.remove("key1").and_then(|value| value.as_int()), Some(1));
            assert_eq!(map.remove("key1"), None);
            map.insert("last", true);
            if let Some(value) = map.get_mut("kEy5") {
                *value = Value::from("five");
            }
            let expected = (0..count).filter(|n| *n != 1).map(|n| match n {
                3 => "three".to_owned(),
                5 => "five".to_owned(),
                n => n.to_string(),
            });
            let values: Vec<String> = map.iter().map(|entry| entry.value.to_string()).collect();
            assert_eq!(values, expected.chain(["true".to_owned()]).collect::<Vec<_>>());
            let found = map.iter().map(|entry| map.entry(&entry.written));
            assert!(
                found.zip(&map).all(|(found, entry)| found == Some(entry)),
                "{count} keys"
            );
        }
    }

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
