//! Front matter in Org: `#+title: The lab`, one keyword a line. Rules: those of Hugo.

use std::ops::Range;

use spanned_data::{Data, Entry, Map, Value};

/// The name and the value of a keyword.
pub(super) fn keyword(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix("#+")?.split_once(':')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '[' | ']');
    (!name.is_empty() && name.chars().all(is_name)).then(|| (name, value.trim()))
}

/// Reads the keywords of `text`, which begins at `base` of its file. One that comes twice is a list, as is one that ends
/// with `[]`, and `filetags`.
pub(super) fn parse(text: &str, base: usize) -> Value {
    let mut map = Map::new();
    let mut at = base;
    for line in text.split_inclusive('\n') {
        let span = at..at + line.trim_end().len();
        at += line.len();
        let Some((name, written)) = keyword(line) else {
            continue;
        };
        let texts = |parts: &mut dyn Iterator<Item = &str>| {
            Data::List(parts.map(|part| text_at(part, &span)).collect())
        };
        let (name, data) = match name.strip_suffix("[]") {
            Some(name) => (name, texts(&mut written.split_whitespace())),
            None if name.eq_ignore_ascii_case("filetags") => {
                (name, texts(&mut written.split(':').filter(|tag| !tag.is_empty())))
            }
            None => (name, Data::Str(date(name, written).unwrap_or(written).to_owned())),
        };
        match map.get_mut(&name.to_lowercase()) {
            Some(value) => append(value, Value::new(data, span)),
            None => drop(map.insert_entry(Entry::new(name, span.clone(), Value::new(data, span)))),
        }
    }
    Value::new(Data::Map(map), base..base + text.len())
}

fn text_at(text: &str, span: &Range<usize>) -> Value {
    Value::new(Data::Str(text.to_owned()), span.clone())
}

fn append(value: &mut Value, more: Value) {
    let first = std::mem::replace(&mut value.data, Data::Null);
    let mut items = match first {
        Data::List(items) => items,
        data => vec![Value::new(data, value.span.clone())],
    };
    match more.data {
        Data::List(others) => items.extend(others),
        data => items.push(Value::new(data, more.span)),
    }
    value.data = Data::List(items);
}

/// The day in `<2024-02-03 Sat>`, where a keyword wants a date.
fn date<'t>(name: &str, value: &'t str) -> Option<&'t str> {
    let is_date = ["date", "lastmod", "publishdate", "expirydate"]
        .iter()
        .any(|key| name.eq_ignore_ascii_case(key));
    let inner = value.strip_prefix(['<', '['])?.strip_suffix(['>', ']'])?;
    inner.split(' ').next().filter(|_| is_date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_texts_and_lists() {
        let Some(map) = parse(
            "#+TITLE: The lab\n#+tags[]: a b\n#+date: <2024-02-03 Sat>\n#+x: 1\n#+X: 2\n",
            0,
        )
        .into_map() else {
            panic!("no keywords");
        };
        let text = |key: &str| map.get(key).and_then(Value::as_str).map(str::to_owned);
        assert_eq!(text("title").as_deref(), Some("The lab"));
        assert_eq!(text("date").as_deref(), Some("2024-02-03"));
        for key in ["tags", "x"] {
            assert!(
                matches!(&map.get(key).unwrap().data, Data::List(items) if items.len() == 2),
                "{key}"
            );
        }
    }

    #[test]
    fn other_lines_are_none() {
        for line in ["# a: b", "#+a", "#+a b: c", "a"] {
            assert_eq!(keyword(line), None, "{line}");
        }
    }
}
