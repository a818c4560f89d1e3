//! JSON, strict as in Hugo. Notations that only a lenient reader understands are read and reported.

use std::ops::Range;

use jsonc_parser::ast::{self, ObjectProp};
use jsonc_parser::common::Ranged;
use jsonc_parser::errors::ParseError;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::{Data, Entry, MAX_DEPTH, Map, Problem, Value};

/// Reads `text`, which begins at byte `base` of its file. Comments, trailing commas and the like are problems, but
/// the value is read all the same.
pub fn parse(text: &str, base: usize) -> (Option<Value>, Vec<Problem>) {
    let mut reader = Reader {
        base,
        problems: Vec::new(),
    };
    let tree = match parse_to_ast(text, &CollectOptions::default(), &strict()) {
        Ok(parsed) => parsed.value,
        Err(error) => {
            reader.problems.push(problem(&error, text, base));
            parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default())
                .ok()
                .and_then(|parsed| parsed.value)
        }
    };
    let value = tree.map(|tree| reader.value(&tree, 0));
    (value, reader.problems)
}

fn strict() -> ParseOptions {
    ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

fn problem(error: &ParseError, text: &str, base: usize) -> Problem {
    let range = error.range();
    let start = text.floor_char_boundary(range.start);
    let end = text.ceil_char_boundary(range.end).max(start);
    Problem::syntax(
        base + start..base + end,
        format!("invalid JSON: {}", decapitalised(&error.kind().to_string())),
    )
}

fn decapitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_lowercase().chain(chars).collect())
        .unwrap_or_default()
}

struct Reader {
    base: usize,
    problems: Vec<Problem>,
}

impl Reader {
    fn value(&mut self, tree: &ast::Value<'_>, depth: usize) -> Value {
        let span = self.place(tree);
        let data = match tree {
            ast::Value::NullKeyword(_) => Data::Null,
            ast::Value::BooleanLit(flag) => Data::Bool(flag.value),
            ast::Value::StringLit(text) => Data::Str(text.value.to_string()),
            ast::Value::NumberLit(number) => self::number(number.value),
            ast::Value::Array(_) | ast::Value::Object(_) if depth >= MAX_DEPTH => {
                self.problems.push(Problem::syntax(
                    span.clone(),
                    "nested too deeply; the value is left out",
                ));
                Data::Null
            }
            ast::Value::Array(list) => Data::List(
                list.elements
                    .iter()
                    .map(|item| self.value(item, depth + 1))
                    .collect(),
            ),
            ast::Value::Object(object) => Data::Map(self.object(&object.properties, depth + 1)),
        };
        Value::new(data, span)
    }

    fn object(&mut self, properties: &[ObjectProp<'_>], depth: usize) -> Map {
        let mut map = Map::new();
        for property in properties {
            let (name, key_span) = (property.name.as_str(), self.place(&property.name));
            let value = self.value(&property.value, depth);
            if let Some(old) = map.insert_entry(Entry::new(name, key_span.clone(), value)) {
                self.problems
                    .push(Problem::duplicate(name, old.key_span, key_span));
            }
        }
        map
    }

    fn place(&self, node: &impl Ranged) -> Range<usize> {
        let range = node.range();
        self.base + range.start..self.base + range.end
    }
}

/// The value of a number. Integers that do not fit and the forms of lenient JSON stay text.
fn number(text: &str) -> Data {
    if let Ok(number) = text.parse() {
        return Data::Int(number);
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Data::Float(number),
        _ => Data::Str(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn json_is_read_with_spans() {
        let text = r#"{"Title": "日\u0041", "n": [1, -2.5, null, true], "o": {"K": {}}}"#;
        let (value, problems) = parse(text, 3);
        assert_eq!(problems, []);
        let value = value.expect("a value");
        assert_eq!(
            value.to_json().to_string(),
            r#"{"title":"日A","n":[1,-2.5,null,true],"o":{"k":{}}}"#
        );
        let title = value.as_map().and_then(|map| map.entry("title")).expect("title");
        assert_eq!(
            &text[title.value.span.start - 3..title.value.span.end - 3],
            r#""日\u0041""#
        );
    }

    #[test]
    fn a_trailing_comma_is_reported_and_the_value_read() {
        let (value, problems) = parse("{\"a\": 1,}", 0);
        assert_eq!(
            value.map(|value| value.to_json().to_string()),
            Some("{\"a\":1}".to_owned())
        );
        assert_eq!(
            problems,
            [Problem::syntax(
                7..8,
                "invalid JSON: trailing commas are not allowed"
            )]
        );
    }

    #[test]
    fn a_key_set_twice_is_reported() {
        let (value, problems) = parse("{\"a\": 1, \"A\": 2}", 0);
        assert_eq!(
            value.map(|value| value.to_json().to_string()),
            Some("{\"a\":2}".to_owned())
        );
        assert_eq!(problems, [Problem::duplicate("A", 1..4, 9..12)]);
    }

    #[test]
    fn deep_nesting_is_cut_and_reported() {
        for depth in [150, 100_000] {
            let text = "[".repeat(depth) + &"]".repeat(depth);
            assert!(!parse(&text, 0).1.is_empty());
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic_and_with_spans_inside(text in "(\\PC|[\n{}:\\[\\],\"'/*\\\\ 1e.-]){0,60}") {
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
