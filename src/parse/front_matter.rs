//! Front matter: its bounds, its keys, and the fields that wsgen acts on.
//!
//! [`read`] takes a file's text and gives a table and the start of the body; [`FrontMatter::decode`] takes such a
//! table, perhaps merged with values of cascades, and gives the typed fields.
//!
//! [`FrontMatter::decode`]: crate::parse::FrontMatter::decode

mod date;
mod decode;
mod detect;
mod fields;
mod nested;
mod org;
mod times;

use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Severity, Span};
use crate::source::reserved;

pub use date::parse as parse_date;
use spanned_data::{Data, Map, Problem, Value, json, toml, yaml};
pub use times::duration_entry;

use detect::{Detected, Language};

/// The front matter of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontText {
    /// Its keys and values, as written.
    pub values: Map,
    /// Its span, delimiters included; empty at the body's start when there is none.
    pub span: Span,
    /// Offset of the body's first byte.
    pub body: usize,
}

/// Finds and reads the front matter of `text`, the whole text of `file`. No mistake in it is an error: the page is
/// built with all that could be read.
pub fn read(file: FileId, text: &str) -> (FrontText, Diagnostics) {
    let Detected {
        language,
        span,
        content,
        body,
        finding,
    } = detect::detect(text);
    let mut diagnostics: Diagnostics = finding
        .map(|finding| finding.diagnostic(file))
        .into_iter()
        .collect();
    let mut values = Some(Map::new());
    if let Some(language) = language {
        let (mut value, problems) = parse_as(language, &text[content.clone()], content.start);
        let reserved = value
            .as_mut()
            .and_then(|value| reserved::replace_escaped(&text[content.clone()], value));
        diagnostics.extend(reserved.map(|at| reserved::finding(Span::new(file, at.start, at.end))));
        diagnostics.extend(problems.iter().map(|problem| Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::in_data(problem, file, Code::InvalidFrontMatter)
        }));
        values = table(value, file, &mut diagnostics);
        if let Some(values) = &mut values {
            texts_as_written(values, file, text, &mut diagnostics);
        }
    }
    // Text between two rules, which has no keys, is text.
    let (span, body) = match values {
        Some(_) => (span, body),
        None => (span.start..span.start, span.start),
    };
    (
        FrontText {
            values: values.unwrap_or_default(),
            span: Span::new(file, span.start, span.end),
            body,
        },
        diagnostics,
    )
}

fn parse_as(language: Language, text: &str, base: usize) -> (Option<Value>, Vec<Problem>) {
    match language {
        Language::Yaml => yaml::parse(text, base),
        Language::Toml => toml::parse(text, base),
        Language::Json => json::parse(text, base),
        Language::Org => (Some(org::parse(text, base)), Vec::new()),
    }
}

/// The keys of front matter. `None` for a text or a list.
fn table(value: Option<Value>, file: FileId, diagnostics: &mut Diagnostics) -> Option<Map> {
    let Some(value) = value.filter(|value| !value.is_null()) else {
        return Some(Map::new());
    };
    let span = Span::new(file, value.span.start, value.span.end);
    let map = value.into_map();
    // A text that could not be read is reported as such already.
    if map.is_none() && diagnostics.is_empty() {
        let message = "the front matter has no keys; it is read as text";
        let finding = Diagnostic::warning(Code::InvalidFrontMatter, span, message);
        diagnostics.push(finding.help("write `title: …`, one key a line"));
    }
    map
}

/// Takes texts that look like a list or a table, `title: [Draft]`, as they are written.
fn texts_as_written(values: &mut Map, file: FileId, text: &str, diagnostics: &mut Diagnostics) {
    for key in ["title", "linktitle", "description"] {
        let Some(entry) = values.entry(key) else { continue };
        let span = entry.value.span.clone();
        let written = text.get(span.clone()).map(str::trim_end).unwrap_or_default();
        let is_text = matches!(entry.value.data, Data::List(_) | Data::Map(_))
            && written.starts_with(['[', '{'])
            && !written.contains('\n');
        if !is_text {
            continue;
        }
        let message = format!(
            "`{}` looks like no text; it is taken as it is written",
            entry.written
        );
        let place = Span::new(file, span.start, span.end);
        let finding = Diagnostic::warning(Code::InvalidValue, place, message);
        diagnostics.push(finding.help("put quotes around it"));
        let mut entry = entry.clone();
        entry.value = Value::new(Data::Str(written.to_owned()), span);
        values.remove(key);
        values.insert_entry(entry);
    }
}

/// Fields that only count at the top level. Below `params` a key of the same name is a parameter and nothing else.
const FIELDS: [&str; 31] = [
    "title",
    "linktitle",
    "description",
    "summary",
    "slug",
    "url",
    "weight",
    "date",
    "lastmod",
    "modified",
    "publishdate",
    "pubdate",
    "published",
    "expirydate",
    "unpublishdate",
    "draft",
    "headless",
    "aliases",
    "type",
    "layout",
    "translationkey",
    "keywords",
    "build",
    "_build",
    "sitemap",
    "cascade",
    "resources",
    "menu",
    "menus",
    "iscjklanguage",
    "params",
];

/// Moves the keys of `params` to the top, where unknown keys of front matter are parameters too. Keys that would turn
/// into a field there (`params.weight`, a taxonomy) stay below `params`.
pub fn lift_params(values: &mut Map, taxonomies: &[String]) {
    let Some(params) = values.remove("params") else {
        return;
    };
    let span = params.span.clone();
    let mut rest = Map::new();
    for entry in params.into_map().unwrap_or_default() {
        let is_field = FIELDS.contains(&entry.key.as_str())
            || taxonomies
                .iter()
                .any(|taxonomy| taxonomy.to_lowercase() == entry.key);
        let target = if is_field { &mut rest } else { &mut *values };
        target.insert_entry(entry);
    }
    if !rest.is_empty() {
        values.insert("params", Value::new(Data::Map(rest), span));
    }
}

/// All parameters of a page as Hugo's `.Params` shows them: every key of `values`, and the keys that stayed below
/// `params`.
pub fn page_params(values: &Map) -> Map {
    let mut all = values.clone();
    if let Some(rest) = all.remove("params").and_then(Value::into_map) {
        all.fill(&rest);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> (String, &str, Vec<String>) {
        let (front, diagnostics) = read(FileId(0), text);
        let findings = diagnostics
            .iter()
            .map(|finding| format!("{} {}", finding.code, finding.message))
            .collect();
        (front.values.to_json().to_string(), &text[front.body..], findings)
    }

    fn fine(text: &str) -> (String, &str) {
        let (values, body, findings) = read_text(text);
        assert_eq!(findings, [""; 0], "{text}");
        (values, body)
    }

    #[test]
    fn yaml_toml_and_json_are_told_by_the_first_line() {
        assert_eq!(fine("---\na: 1\n---\nB\n"), (r#"{"a":1}"#.into(), "B\n"));
        assert_eq!(fine("+++\na = 1\n+++\nB\n"), (r#"{"a":1}"#.into(), "B\n"));
        assert_eq!(fine("{\"a\": 1}\nB\n"), (r#"{"a":1}"#.into(), "B\n"));
        assert_eq!(
            fine("{\"title\":\"a }\"}Body"),
            (r#"{"title":"a }"}"#.into(), "Body")
        );
        assert_eq!(fine("B\n"), ("{}".into(), "B\n"));
        assert_eq!(fine(""), ("{}".into(), ""));
    }

    #[test]
    fn a_mark_and_blank_lines_before_it_and_blanks_after_it_are_fine() {
        assert_eq!(
            fine("\u{feff}\r\n \n--- \t\r\na: 1\r\n---  \r\nB"),
            (r#"{"a":1}"#.into(), "B")
        );
        assert_eq!(fine("---\n---\n\nB"), ("{}".into(), "\nB"));
    }

    #[test]
    fn the_rest_of_the_closing_line_is_body() {
        assert_eq!(fine("---\na: 1\n---a\nb"), (r#"{"a":1}"#.into(), "a\nb"));
        assert_eq!(
            fine("---\na: 1\n---\n---\nrule above"),
            (r#"{"a":1}"#.into(), "---\nrule above")
        );
    }

    #[test]
    fn text_that_hugo_would_take_for_front_matter_is_body_with_a_warning() {
        for text in ["- one\n- two\n", "+ x", "----\nx\n", "-5 degrees", "{#id}"] {
            let (values, body, findings) = read_text(text);
            assert_eq!((values.as_str(), body), ("{}", text));
            assert_eq!(findings.len(), 1, "{text}");
        }
    }

    #[test]
    fn an_unclosed_front_matter_ends_with_its_keys() {
        let (values, body, findings) = read_text("---\ntitle: X\ntags:\n- a\n\n# Heading\ntext: no\n");
        assert_eq!(
            (values.as_str(), body),
            (r#"{"title":"X","tags":["a"]}"#, "\n# Heading\ntext: no\n")
        );
        assert!(findings[0].starts_with("unclosed-front-matter"), "{findings:?}");
        let (values, body, _) = read_text("+++\ntitle = \"X\"\n# H\n");
        assert_eq!((values.as_str(), body), (r#"{"title":"X"}"#, "# H\n"));
        let (values, body, _) = read_text("---\ntitle: X");
        assert_eq!((values.as_str(), body), (r#"{"title":"X"}"#, ""));
    }

    #[test]
    fn a_rule_at_the_top_of_a_text_stays_in_the_text() {
        let (values, body, findings) = read_text("---\n\nSome text\n");
        assert_eq!(
            (values.as_str(), body, findings.len()),
            ("{}", "---\n\nSome text\n", 1)
        );
    }

    #[test]
    fn front_matter_without_keys_is_text() {
        for text in ["---\njust a string\n---\nB", "---\n- a\n---\nB"] {
            let (values, body, findings) = read_text(text);
            assert_eq!((values.as_str(), body, findings.len()), ("{}", text, 1));
        }
    }

    #[test]
    fn broken_front_matter_keeps_what_can_be_read() {
        let (values, body, findings) = read_text("---\ntitle: \"x\nweight: 3\ndraft: true\n---\nB");
        assert!(values.contains(r#""weight":3,"draft":true"#), "{values}");
        assert_eq!((body, findings.len()), ("B", 1), "{findings:?}");
    }

    #[test]
    fn params_rise_to_the_top_unless_they_would_become_a_field() {
        let text = "a: 1\nparams:\n  a: 2\n  Nested: {Inner: y}\n  weight: 5\n  tags: [x]\n";
        let mut values = yaml::parse(text, 0)
            .0
            .and_then(Value::into_map)
            .unwrap_or_default();
        lift_params(&mut values, &["tags".into()]);
        let expected = r#"{"a":2,"nested":{"inner":"y"},"params":{"weight":5,"tags":["x"]}}"#;
        assert_eq!(values.to_json().to_string(), expected);
        let expected = r#"{"a":2,"nested":{"inner":"y"},"weight":5,"tags":["x"]}"#;
        assert_eq!(page_params(&values).to_json().to_string(), expected);
    }
}
