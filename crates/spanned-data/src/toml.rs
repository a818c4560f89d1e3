//! TOML. Native dates stay as written until a field wants a date.

use std::ops::Range;

use toml_edit::{Document, Item, Key, TableLike, TomlError};

use super::{Data, Entry, MAX_DEPTH, Map, Problem, Value, chunks, written};

/// Reads `text`, which begins at byte `base` of its file.
///
/// After a mistake the statements are tried one by one, so that one bad line does not take the others with it.
pub fn parse(text: &str, base: usize) -> (Option<Value>, Vec<Problem>) {
    match read(text, base) {
        Ok((map, problems)) => (whole(map, text, base), problems),
        Err(problem) => recover(text, base, problem),
    }
}

fn whole(map: Map, text: &str, base: usize) -> Option<Value> {
    Some(Value::new(Data::Map(map), base..base + text.len()))
}

fn read(text: &str, base: usize) -> Result<(Map, Vec<Problem>), Problem> {
    let document = Document::parse(text).map_err(|error| problem(&error, text, base))?;
    let mut reader = Reader {
        base,
        problems: Vec::new(),
    };
    let map = reader.table(document.as_table(), 0);
    Ok((map, reader.problems))
}

fn problem(error: &TomlError, text: &str, base: usize) -> Problem {
    let span = error.span().unwrap_or(0..0);
    let start = text.floor_char_boundary(span.start);
    let end = text.ceil_char_boundary(span.end).max(start);
    Problem::syntax(
        base + start..base + end,
        format!("invalid TOML: {}", error.message()),
    )
}

/// The statements of a broken text that can be read on their own.
fn recover(text: &str, base: usize, first: Problem) -> (Option<Value>, Vec<Problem>) {
    let mut map = Map::new();
    let mut problems = Vec::new();
    let mut table = Section::default();
    for chunk in chunks::toml(text) {
        let statement = &text[chunk.clone()];
        match read(statement, base + chunk.start) {
            Ok((part, _)) if chunks::is_toml_header(statement) => {
                std::mem::replace(
                    &mut table,
                    Section {
                        header: part,
                        entries: Map::new(),
                    },
                )
                .add_to(&mut map);
            }
            Ok((part, found)) => {
                problems.extend(found);
                table.add(part, &mut problems);
            }
            Err(problem) => {
                problems.push(problem);
                let written = is_text(statement).then(|| written::entry(statement, base + chunk.start, "="));
                if let Some(part) = written.flatten().and_then(Value::into_map) {
                    table.add(part, &mut problems);
                }
            }
        }
    }
    table.add_to(&mut map);
    if problems
        .iter()
        .all(|problem| problem.kind != super::ProblemKind::Syntax)
    {
        problems = vec![first];
    }
    (whole(map, text, base), problems)
}

/// Returns true for a statement whose broken value is a text, or a number with zeros before it.
fn is_text(statement: &str) -> bool {
    let value = statement.split_once('=').map_or("", |(_, value)| value.trim());
    let begins = value.starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '\'' | '[' | '{' | '*'));
    begins || value.starts_with('0') && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// A table header with the statements below it.
#[derive(Default)]
struct Section {
    /// `[a.b]` as a table: `a = {b = {}}`.
    header: Map,
    entries: Map,
}

impl Section {
    fn add(&mut self, part: Map, problems: &mut Vec<Problem>) {
        for entry in part {
            let (key, span) = (entry.written.clone(), entry.key_span.clone());
            match (
                self.entries.get_mut(&entry.key).map(|value| &mut value.data),
                &entry.value.data,
            ) {
                (Some(Data::Map(mine)), Data::Map(more)) => mine.merge(more),
                _ => {
                    if let Some(old) = self.entries.insert_entry(entry) {
                        problems.push(Problem::duplicate(&key, old.key_span, span));
                    }
                }
            }
        }
    }

    fn add_to(mut self, map: &mut Map) {
        match innermost(&mut self.header) {
            Some(place) => *place = self.entries,
            None => self.header = self.entries,
        }
        graft(map, self.header);
    }
}

/// The empty table that a header makes.
fn innermost(header: &mut Map) -> Option<&mut Map> {
    let key = header.iter().next()?.key.clone();
    let inner = match &mut header.get_mut(&key)?.data {
        Data::Map(inner) => inner,
        Data::List(items) => match &mut items.first_mut()?.data {
            Data::Map(inner) => inner,
            _ => return None,
        },
        _ => return None,
    };
    if inner.is_empty() {
        Some(inner)
    } else {
        innermost(inner)
    }
}

/// Merges tables; a further `[[list]]` is a further item.
fn graft(map: &mut Map, part: Map) {
    for entry in part {
        match (
            map.get_mut(&entry.key).map(|value| &mut value.data),
            entry.value.data,
        ) {
            (Some(Data::Map(mine)), Data::Map(more)) => graft(mine, more),
            (Some(Data::List(mine)), Data::List(more)) => mine.extend(more),
            (_, data) => {
                let value = Value::new(data, entry.value.span);
                map.insert_entry(Entry { value, ..entry });
            }
        }
    }
}

struct Reader {
    base: usize,
    problems: Vec<Problem>,
}

impl Reader {
    fn table(&mut self, table: &dyn TableLike, depth: usize) -> Map {
        let mut map = Map::new();
        for (name, item) in table.iter() {
            let key_span = self.place(table.key(name).and_then(Key::span));
            let value = self.item(item, &key_span, depth + 1);
            if let Some(old) = map.insert_entry(Entry::new(name, key_span.clone(), value)) {
                self.problems
                    .push(Problem::duplicate(name, old.key_span, key_span));
            }
        }
        map
    }

    fn item(&mut self, item: &Item, key_span: &Range<usize>, depth: usize) -> Value {
        let span = item
            .span()
            .map_or_else(|| key_span.clone(), |span| self.place(Some(span)));
        if depth > MAX_DEPTH {
            self.problems.push(Problem::syntax(
                span.clone(),
                "nested too deeply; the value is left out",
            ));
            return Value::new(Data::Null, span);
        }
        let data = match item {
            Item::None => Data::Null,
            Item::Value(value) => return self.value(value, &span, depth),
            Item::Table(table) => Data::Map(self.table(table, depth)),
            Item::ArrayOfTables(tables) => Data::List(
                tables
                    .iter()
                    .map(|table| {
                        let place = table
                            .span()
                            .map_or_else(|| span.clone(), |at| self.place(Some(at)));
                        Value::new(Data::Map(self.table(table, depth + 1)), place)
                    })
                    .collect(),
            ),
        };
        Value::new(data, span)
    }

    fn value(&mut self, value: &toml_edit::Value, around: &Range<usize>, depth: usize) -> Value {
        use toml_edit::Value as Toml;
        let span = value
            .span()
            .map_or_else(|| around.clone(), |span| self.place(Some(span)));
        let data = match value {
            Toml::String(text) => Data::Str(text.value().clone()),
            Toml::Integer(number) => Data::Int(*number.value()),
            Toml::Float(number) => Data::Float(*number.value()),
            Toml::Boolean(flag) => Data::Bool(*flag.value()),
            Toml::Datetime(date) => Data::Date(date.value().to_string()),
            Toml::Array(items) if depth < MAX_DEPTH => Data::List(
                items
                    .iter()
                    .map(|item| self.value(item, &span, depth + 1))
                    .collect(),
            ),
            Toml::InlineTable(table) if depth < MAX_DEPTH => Data::Map(self.table(table, depth)),
            Toml::Array(_) | Toml::InlineTable(_) => {
                self.problems.push(Problem::syntax(
                    span.clone(),
                    "nested too deeply; the value is left out",
                ));
                Data::Null
            }
        };
        Value::new(data, span)
    }

    fn place(&self, span: Option<Range<usize>>) -> Range<usize> {
        let span = span.unwrap_or(0..0);
        self.base + span.start..self.base + span.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn json(value: Option<Value>) -> String {
        value.unwrap_or(Value::null()).to_json().to_string()
    }

    #[test]
    fn tables_lists_and_dates_are_read() {
        let text = "title = \"T\"\nweight = 3\ndate = 2024-02-03T04:05:06+09:00\nx = [1, {y = 2.5}]\n[Params.a]\nFoo = true\n[[r]]\nn = 1\n[[r]]\nn = 2\n";
        let (value, problems) = parse(text, 0);
        assert_eq!(problems, []);
        assert_eq!(
            json(value),
            r#"{"title":"T","weight":3,"date":"2024-02-03T04:05:06+09:00","x":[1,{"y":2.5}],"params":{"a":{"foo":true}},"r":[{"n":1},{"n":2}]}"#
        );
    }

    #[test]
    fn spans_count_bytes_of_the_file() {
        let text = "title = \"日本\"\n[params]\nfoo = 7\n";
        let map = parse(text, 4).0.and_then(Value::into_map).unwrap_or_default();
        let title = map.entry("title").expect("title");
        assert_eq!(&text[title.key_span.start - 4..title.key_span.end - 4], "title");
        assert_eq!(
            &text[title.value.span.start - 4..title.value.span.end - 4],
            "\"日本\""
        );
        let foo = map.get_path("params.foo").expect("foo");
        assert_eq!(&text[foo.span.start - 4..foo.span.end - 4], "7");
    }

    #[test]
    fn a_mistake_is_shown_and_the_other_statements_survive() {
        let text = "title = X\nweight = 3\ntags = [\"a\"\ndraft = true\n[params]\nfoo = 1\nbar = \n[[r]]\nn = 1\n[[r]]\nn = 2\n";
        let (value, problems) = parse(text, 0);
        assert_eq!(
            json(value),
            r#"{"title":"X","weight":3,"draft":true,"params":{"foo":1},"r":[{"n":1},{"n":2}]}"#
        );
        assert_eq!(problems.len(), 3, "{problems:?}");
        assert_eq!(&text[problems[0].span.clone()], "X");
    }

    #[test]
    fn a_key_set_twice_is_reported() {
        let (value, problems) = parse("a = 1\na = 2\n", 0);
        assert_eq!(json(value), r#"{"a":2}"#);
        assert_eq!(problems.len(), 1);
        let (_, problems) = parse("Title = 1\ntitle = 2\n", 0);
        assert_eq!(problems, [Problem::duplicate("title", 0..5, 10..15)]);
    }

    #[test]
    fn deep_nesting_is_cut_and_reported() {
        for text in [
            format!("a = {}", "[".repeat(5000)),
            format!("{}a = 1", "a.".repeat(5000)),
        ] {
            assert!(!parse(&text, 0).1.is_empty());
        }
        let header = "a.".repeat(70);
        let text = format!("[{header}a]\nb = {}1{}\n", "[".repeat(70), "]".repeat(70));
        assert!(parse(&text, 0).1[0].message.contains("deep"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic_and_with_spans_inside(text in "(\\PC|[\n\t a=.\\[\\]{}'\"#,1-]){0,60}") {
            let (value, problems) = parse(&text, 7);
            for problem in problems {
                prop_assert!(text.get(problem.span.start - 7..problem.span.end - 7).is_some());
            }
            if let Some(value) = value {
                super::super::tests::check_spans(&value, &text, 7)?;
            }
        }
    }
}
