//! YAML 1.2 with the core schema as Hugo reads it: only `true` and `false` are bools, `yes` is text, `010` is 8.

mod load;
mod scalar;

use std::borrow::Cow;
use std::ops::Range;

use super::{Data, Map, Problem, ProblemKind, Value, chunks, written};

/// Reads the first document of `text`, which begins at byte `base` of its file. `None` for an empty text.
///
/// After a mistake the top-level keys are tried one by one, so that one bad line does not take a page's title and
/// weight with it.
pub fn parse(text: &str, base: usize) -> (Option<Value>, Vec<Problem>) {
    let text = without_nul(text);
    let whole = load::load(&text, base);
    match whole.broken {
        false => (whole.value, whole.problems),
        true => match load::load(&with_spaces_after_keys(&text), base) {
            spaced if !spaced.broken => (spaced.value, spaced.problems),
            _ => recover(&text, base, whole.value, whole.problems),
        },
    }
}

/// The text with spaces for tabs between a key's colon and its value, which Hugo takes and the scanner does not.
fn with_spaces_after_keys(text: &str) -> String {
    let spaced = |line: &str| {
        let Some(colon) = line.find(":\t") else {
            return line.to_owned();
        };
        let (key, value) = line.split_at(colon + 1);
        let tabs = value.len() - value.trim_start_matches(['\t', ' ']).len();
        format!("{key}{}{}", " ".repeat(tabs), &value[tabs..])
    };
    text.split_inclusive('\n').map(spaced).collect()
}

/// The scanner takes NUL for the end of the text; a space has the same length.
fn without_nul(text: &str) -> Cow<'_, str> {
    if text.contains('\0') {
        text.replace('\0', " ").into()
    } else {
        text.into()
    }
}

/// The top-level keys of a broken text that can be read on their own.
///
/// The mistakes found that way are nearer to their cause: an unclosed bracket is reported in its own entry and not at
/// the key after it. Mistakes that only the whole text shows are kept when no entry shows one.
fn recover(
    text: &str,
    base: usize,
    whole: Option<Value>,
    problems: Vec<Problem>,
) -> (Option<Value>, Vec<Problem>) {
    let mut map = Map::new();
    let mut found = Vec::new();
    for chunk in chunks::yaml(text) {
        let (entry, base) = (&text[chunk.clone()], base + chunk.start);
        let part = load::load(entry, base);
        let value = if part.broken {
            written::entry(entry, base, ": ").or(part.value)
        } else {
            part.value
        };
        found.extend(
            part.problems
                .into_iter()
                .filter(|problem| !is_missing_anchor(problem)),
        );
        add_entries(&mut map, value, &mut found);
    }
    let value = if map.is_empty() {
        whole
    } else {
        Some(Value::new(Data::Map(map), span(text, base)))
    };
    let explained = found.iter().any(|problem| problem.kind == ProblemKind::Syntax);
    (value, if explained { found } else { problems })
}

fn add_entries(map: &mut Map, part: Option<Value>, problems: &mut Vec<Problem>) {
    for entry in part.and_then(Value::into_map).into_iter().flatten() {
        let (key, span) = (entry.written.clone(), entry.key_span.clone());
        if let Some(old) = map.insert_entry(entry) {
            problems.push(Problem::duplicate(&key, old.key_span, span));
        }
    }
}

/// Returns true for a missing anchor: an entry read on its own does not see the anchors of the others.
fn is_missing_anchor(problem: &Problem) -> bool {
    problem.message.contains("unknown anchor")
}

fn span(text: &str, base: usize) -> Range<usize> {
    base..base + text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> String {
        let (value, problems) = parse(text, 0);
        assert_eq!(problems, [], "{text}");
        value.unwrap_or(Value::null()).to_json().to_string()
    }

    fn first_problem(text: &str) -> (String, Range<usize>) {
        let (_, problems) = parse(text, 100);
        let first = problems.into_iter().next().expect("a problem");
        (first.message, first.span.start - 100..first.span.end - 100)
    }

    #[test]
    fn plain_scalars_follow_the_core_schema() {
        let text = "a: yes\nb: no\nc: 010\nd: 1e3\ne: ~\nf: 2024-01-02\ng: \"q\\tz\"\nh: 12:30\ni: True\nj: 1.5\nk: -3\n\
                    l: 0o10\nm: 0x1F\nn: 08\no:\np: \"7\"\nq: !!str 7\nr: 1_000\ns: 1.2.3\nt: +4\nu: '~'\nv: .\nw: x # c\n";
        let expected = r#"{"a":"yes","b":"no","c":8,"d":"1e3","e":null,"f":"2024-01-02","g":"q\tz","h":"12:30","i":true,"j":1.5,"k":-3,"l":8,"m":31,"n":"08","o":null,"p":"7","q":"7","r":1000,"s":"1.2.3","t":4,"u":"~","v":".","w":"x"}"#;
        assert_eq!(read(text), expected);
    }

    #[test]
    fn lists_tables_and_block_texts_are_read() {
        let text = "# c\nlist:\n- a\n- b\nmulti: |\n  l1\n  l2\nt: {x: [1, {y: z}]}\n";
        assert_eq!(
            read(text),
            r#"{"list":["a","b"],"multi":"l1\nl2\n","t":{"x":[1,{"y":"z"}]}}"#
        );
    }

    #[test]
    fn anchors_aliases_and_merge_keys_work() {
        let text =
            "base: &b {x: 1, y: 2}\none: *b\ntwo:\n  <<: *b\n  y: 3\nthree:\n  <<: [*b, {z: 9, x: 7}]\n";
        let expected =
            r#"{"base":{"x":1,"y":2},"one":{"x":1,"y":2},"two":{"y":3,"x":1},"three":{"x":1,"y":2,"z":9}}"#;
        assert_eq!(read(text), expected);
    }

    #[test]
    fn an_alias_bomb_is_defused() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let items = format!("*a{}, ", level - 1).repeat(9);
            text.push_str(&format!("a{level}: &a{level} [{items}]\n"));
        }
        let (value, problems) = parse(&text, 0);
        assert!(problems[0].message.contains("aliases"), "{problems:?}");
        assert!(value.is_some_and(|value| value.to_string().len() < 5_000_000));
    }

    #[test]
    fn an_alias_to_itself_is_a_problem() {
        let (_, problems) = parse("a: &a [*a]\n", 0);
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn deep_nesting_is_cut_and_reported() {
        for text in [
            "- ".repeat(50_000),
            "[".repeat(200) + &"]".repeat(200),
            "{a: ".repeat(5000),
        ] {
            let (_, problems) = parse(&text, 0);
            assert!(!problems.is_empty());
        }
    }

    #[test]
    fn spans_count_bytes_of_the_file() {
        let text = "títle: \"日本\" # c\nweight: 4\n";
        let (value, _) = parse(text, 10);
        let map = value.and_then(Value::into_map).unwrap_or_default();
        let title = map.entry("títle").expect("title");
        assert_eq!(&text[title.key_span.start - 10..title.key_span.end - 10], "títle");
        assert_eq!(
            &text[title.value.span.start - 10..title.value.span.end - 10],
            "\"日本\""
        );
        let weight = map.get("weight").expect("weight");
        assert_eq!(&text[weight.span.start - 10..weight.span.end - 10], "4");
    }

    #[test]
    fn the_later_of_two_equal_keys_wins_with_a_warning_that_shows_both() {
        let (value, problems) = parse("pre: a\nx: 1\nPre: b\n", 5);
        assert_eq!(
            value.unwrap_or(Value::null()).to_json().to_string(),
            r#"{"pre":"b","x":1}"#
        );
        assert_eq!(problems, [Problem::duplicate("Pre", 5..8, 17..20)]);
    }

    #[test]
    fn a_mistake_is_shown_where_it_is_and_the_other_keys_survive() {
        let text = "title: a: b\nweight: 4\ntags: [x\nlast: 1\n";
        let (value, problems) = parse(text, 0);
        assert_eq!(
            value.unwrap_or(Value::null()).to_json().to_string(),
            r#"{"title":"a: b","weight":4,"tags":["x"],"last":1}"#
        );
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert_eq!(problems[0].span, 8..9);
        assert!((24..34).contains(&problems[1].span.start), "{problems:?}");
    }

    #[test]
    fn a_tab_for_indentation_is_a_problem_at_the_tab() {
        let (message, span) = first_problem("title: A\n\tfoo: x\nweight: 3\n");
        assert!(message.contains("tab"), "{message}");
        assert_eq!(span, 9..10);
    }

    #[test]
    fn broken_texts_without_keys_still_say_what_is_wrong() {
        let (message, _) = first_problem("[1, 2");
        assert!(message.starts_with("invalid YAML"), "{message}");
    }

    #[test]
    fn line_ends_may_be_crlf() {
        assert_eq!(
            read("a: 1\r\nb: |\r\n  x\r\n  y\r\nc: z\r\n"),
            r#"{"a":1,"b":"x\ny\n","c":"z"}"#
        );
    }

    #[test]
    fn nothing_is_nothing() {
        assert_eq!(parse("", 0), (None, vec![]));
        assert_eq!(parse("# only a comment\n", 0), (None, vec![]));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic_and_with_spans_inside(text in "(\\PC|[\n\t \\[\\]{}:&*<>|'\"#!%-]){0,80}") {
            let (value, problems) = parse(&text, 7);
            for problem in problems {
                prop_assert!(problem.span.start >= 7 && problem.span.end <= text.len() + 7);
                prop_assert!(text.get(problem.span.start - 7..problem.span.end - 7).is_some());
            }
            if let Some(value) = value {
                super::super::tests::check_spans(&value, &text, 7)?;
            }
        }
    }
}
