//! Checks mermaid diagrams while building.
//!
//! Takes the text of a diagram; gives its first mistake. Readers get the diagram from mermaid itself, in their browser,
//! where a mistake shows as an error picture. `merman-core` reads the same grammars in microseconds; the cache
//! remembers which diagrams have no mistake.

use std::ops::Range;

use merman_core::generated::default_site_config;
use merman_core::{Error, ParseDiagnostic, ParseDiagnosticSpanKind, SemanticParser};
use serde_json::json;

use crate::diag::nearest::nearest;
use crate::guard::guarded;
use crate::highlight::Cache;

/// A mistake in a diagram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagramError {
    /// Description of the mistake, one line.
    pub message: String,
    /// Byte range in the diagram's text, if known.
    pub range: Option<Range<usize>>,
}

/// The keys that select parts of the library for a diagram: the word that names its kind, `layout` where its settings
/// choose one, and `$$` where it has formulas. For a kind that is not known, everything is needed.
pub(super) fn needs(source: &str) -> Vec<String> {
    let mut text = source.trim_start();
    if let Some(rest) = text.strip_prefix("---") {
        text = rest.split_once("\n---").map_or("", |(_, rest)| rest);
    }
    let mut lines = text.lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with("%%"));
    let end = |c: char| c.is_whitespace() || matches!(c, ';' | ':' | '{');
    let kind = first.and_then(|line| line.split(end).next()).unwrap_or_default();
    let mut needs = vec![kind.to_owned()];
    for (sign, need) in [("layout", "layout"), ("elk", "layout"), ("$$", "$$")] {
        if source.contains(sign) {
            needs.push(need.to_owned());
        }
    }
    needs
}

/// The first mistake in the diagram `source`.
///
/// Nothing is said about kinds of diagrams that the checker does not know, nor when the checker itself fails.
pub fn check(source: &str, cache: &Cache) -> Option<DiagramError> {
    const MAX_BYTES: usize = 200_000;
    let key = Cache::key("mermaid", source);
    if source.len() > MAX_BYTES || cache.find(key, |_| Some(())).is_some() {
        return None;
    }
    let error = error_of(source).and_then(|error| explain(&error, source));
    if error.is_none() {
        cache.insert(key, Box::default());
    }
    error
}

/// The parser's error. Its alpha release may panic on arbitrary text; that must not become the build's panic.
fn error_of(source: &str) -> Option<Error> {
    guarded(|| parser().parse_diagram_sync(source).err()).ok()?
}

fn parser() -> SemanticParser {
    thread_local!(static PARSER: SemanticParser = quick_parser());
    PARSER.with(Clone::clone)
}

/// A parser with settings that spare it work of which only the picture would show: it would clean the HTML of labels,
/// and copy the whole configuration to change the theme. It is four times as fast so.
fn quick_parser() -> SemanticParser {
    let parser = SemanticParser::new();
    let mut settings = json!({
        "securityLevel": "loose",
        "dompurifyConfig": { "ALLOWED_TAGS": ["br"], "ALLOWED_ATTR": ["href"], "FORBID_CONTENTS": [] },
    });
    let defaults = default_site_config();
    for (key, fallback) in [("theme", "default"), ("look", "classic"), ("layout", "dagre")] {
        let value = defaults
            .as_value()
            .get(key)
            .cloned()
            .unwrap_or_else(|| json!(fallback));
        for (section, own) in defaults.as_value().as_object().into_iter().flatten() {
            if own.get(key).is_some() {
                settings[section][key] = value.clone();
            }
        }
        settings[key] = value;
    }
    let mut overrides = parser.site_config_overrides().clone();
    overrides.deep_merge(&settings);
    parser.with_site_config(overrides)
}

fn explain(error: &Error, source: &str) -> Option<DiagramError> {
    let at_start = |message: String| DiagramError { message, range: None };
    match error {
        Error::DiagramParse { diagnostic, .. } => Some(DiagramError {
            message: wording(diagnostic.message()),
            range: place(diagnostic, source).map(|range| within(range, source)),
        }),
        Error::DetectType(_) => Some(unknown_kind(source)),
        Error::MalformedFrontMatter => Some(at_start("the diagram's front matter is not closed".into())),
        Error::InvalidFrontMatterYaml { message } | Error::InvalidDirectiveJson { message } => {
            Some(at_start(wording(message)))
        }
        _ => None,
    }
}

/// The first words of diagrams, one for each kind.
const KINDS: [&str; 31] = [
    "architecture-beta",
    "block",
    "block-beta",
    "C4Component",
    "C4Container",
    "C4Context",
    "C4Deployment",
    "C4Dynamic",
    "classDiagram",
    "erDiagram",
    "flowchart",
    "gantt",
    "gitGraph",
    "graph",
    "info",
    "journey",
    "kanban",
    "mindmap",
    "packet",
    "packet-beta",
    "pie",
    "quadrantChart",
    "radar-beta",
    "requirementDiagram",
    "sankey-beta",
    "sequenceDiagram",
    "stateDiagram",
    "stateDiagram-v2",
    "timeline",
    "treemap-beta",
    "xychart-beta",
];

fn unknown_kind(source: &str) -> DiagramError {
    let line = source
        .lines()
        .find(|line| !line.trim().is_empty() && !line.trim_start().starts_with("%%"));
    let Some(word) = line.and_then(|line| line.split_whitespace().next()) else {
        return DiagramError {
            message: "the diagram is empty".into(),
            range: None,
        };
    };
    let start = source.find(word);
    let known = nearest(word, KINDS).map_or_else(String::new, |kind| format!("; did you mean `{kind}`?"));
    DiagramError {
        message: format!("no kind of diagram is called `{word}`{known}"),
        range: start.map(|start| start..start + word.len()),
    }
}

/// The parser's words, made short and uniform.
fn wording(message: &str) -> String {
    const MOST_EXPECTED: usize = 5;
    let line = message.lines().next().unwrap_or_default().trim_end_matches('.');
    let line = line
        .replace("statement separator", "end of line")
        .replace("EOF", "end of the diagram");
    let line = without_offset(&line);
    let (head, expected) = line.split_once("; expected ").unwrap_or((line, ""));
    let mut text = head.to_owned();
    let words: Vec<&str> = expected.split(", ").filter(|word| !word.is_empty()).collect();
    if !words.is_empty() {
        text += "; expected ";
        text += &words[..words.len().min(MOST_EXPECTED)].join(", ");
        text += if words.len() > MOST_EXPECTED { ", …" } else { "" };
    }
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Drops ` at 24`: the place is given as a place.
fn without_offset(line: &str) -> &str {
    match line.rsplit_once(" at ") {
        Some((head, offset)) if offset.bytes().all(|byte| byte.is_ascii_digit()) => head,
        _ => line,
    }
}

fn place(diagnostic: &ParseDiagnostic, source: &str) -> Option<Range<usize>> {
    match diagnostic.span() {
        Some(span) if diagnostic.span_kind() != ParseDiagnosticSpanKind::Fallback => {
            Some(span.start..span.end)
        }
        _ => line_of(diagnostic.message(), source),
    }
}

/// The first line with which the diagram so far has this mistake.
fn line_of(message: &str, source: &str) -> Option<Range<usize>> {
    const MOST_LINES: usize = 200;
    let mut end = 0;
    for line in source.split_inclusive('\n').take(MOST_LINES) {
        let start = end;
        end += line.len();
        let same = |error| matches!(error, Error::DiagramParse { diagnostic, .. } if diagnostic.message() == message);
        if error_of(&source[..end]).is_some_and(same) {
            let start = start + line.len() - line.trim_start().len();
            return Some(start..start + line.trim().len());
        }
    }
    None
}

/// `range` on characters of `source` and not behind the last line that has text.
fn within(range: Range<usize>, source: &str) -> Range<usize> {
    let end = source.trim_end().len();
    let floor = |mut at: usize| {
        at = at.min(end);
        while !source.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(range.start);
    start..floor(range.end).max(start)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mistake(source: &str) -> (String, Option<&str>) {
        let error = check(source, &Cache::default()).expect(source);
        (error.message, error.range.map(|range| &source[range]))
    }

    #[test]
    fn what_a_diagram_needs_is_said_by_its_first_word_and_its_settings() {
        assert_eq!(needs("graph TD; a-->b"), ["graph"]);
        assert_eq!(
            needs("\n%% note\n%%{init: {}}%%\ngitGraph:\n commit"),
            ["gitGraph"]
        );
        assert_eq!(
            needs("---\ntitle: x\n---\nflowchart LR\n a[\"$$x$$\"]"),
            ["flowchart", "$$"]
        );
        assert_eq!(
            needs("---\nconfig:\n  layout: elk\n---\nflowchart LR"),
            ["flowchart", "layout", "layout"]
        );
        assert_eq!(needs(""), [""]);
    }

    #[test]
    fn correct_diagrams_pass() {
        for source in [
            "graph LR\n  A --> B\n",
            "flowchart TD\r\n  A[\"始め (1)\"] --> B{終わり}\r\n",
            "sequenceDiagram\n  Alice->>Bob: こんにちは\n",
            "%% a comment\npie title P\n  \"a\" : 10\n",
            "---\ntitle: T\n---\nstateDiagram-v2\n  [*] --> A\n",
            "gantt\n  title T\n  section S\n  task :a, 2024-01-01, 3d\n",
            "%%{init: {'theme':'forest'}}%%\nclassDiagram\n  A <|-- B\n",
        ] {
            assert_eq!(check(source, &Cache::default()), None, "{source}");
        }
    }

    #[test]
    fn only_correct_diagrams_are_remembered() {
        let cache = Cache::default();
        for _ in 0..2 {
            assert_eq!(check("graph LR\n A --> B\n", &cache), None);
            assert!(check("graph LR\n A -->\n", &cache).is_some());
        }
        assert!(
            cache
                .find(Cache::key("mermaid", "graph LR\n A --> B\n"), |_| Some(()))
                .is_some()
        );
        assert!(
            cache
                .find(Cache::key("mermaid", "graph LR\n A -->\n"), |_| Some(()))
                .is_none()
        );
    }

    #[test]
    fn mistakes_have_their_place() {
        for (source, message, place) in [
            ("flowchart TD\n A --> \n B ]\n", "unexpected character", Some("]")),
            (
                "graph LR\n A[x\n",
                "unterminated node label (missing `]`)",
                Some("[x"),
            ),
            (
                "sequenceDiagram\n A->>B Hi\n C->>D: x\n",
                "unexpected end of line; expected text",
                Some("\n"),
            ),
            (
                "gantt\n title x\n section\n",
                "unrecognized statement: section",
                Some("section"),
            ),
        ] {
            assert_eq!(mistake(source), (message.to_owned(), place), "{source}");
        }
    }

    #[test]
    fn a_mistake_without_a_place_is_found_by_its_line() {
        let (message, place) = mistake("pie\n \"a\" : 1\n \"b\" = 2\n \"c\" : 3\n");
        assert_eq!(
            (message.as_str(), place),
            ("unexpected pie statement: \"b\" = 2", Some("\"b\" = 2"))
        );
        let (_, place) = mistake("flowchart TD\n X --> Y\n A[あ(い)] --> B\n B --> C\n");
        assert_eq!(place, Some("A[あ(い)] --> B"));
    }

    #[test]
    fn long_lists_of_what_was_expected_are_cut() {
        let (message, place) = mistake("sequenceDiagram\n  loop x\n  A->>B: x\n");
        assert_eq!(
            message,
            "unexpected end of input; expected newline, \"participant\", \"actor\", \"create\", \"destroy\", …"
        );
        assert_eq!(place, Some(""));
    }

    #[test]
    fn an_unknown_kind_is_named_with_the_nearest() {
        let (message, place) = mistake("%% x\n\n flowchar TD\n A --> B\n");
        assert_eq!(
            message,
            "no kind of diagram is called `flowchar`; did you mean `flowchart`?"
        );
        assert_eq!(place, Some("flowchar"));
        assert_eq!(mistake("zzzzzz\n").0, "no kind of diagram is called `zzzzzz`");
        assert_eq!(mistake(" \n").0, "the diagram is empty");
    }

    #[test]
    fn every_kind_in_the_list_is_known_to_the_checker() {
        for kind in KINDS {
            assert!(!matches!(error_of(kind), Some(Error::DetectType(_))), "{kind}");
        }
    }

    #[test]
    fn deep_and_huge_diagrams_do_no_harm() {
        for source in [
            format!("flowchart TD\n{}", "subgraph a\n".repeat(3000)),
            format!("flowchart TD\nA{}", "[".repeat(20_000)),
            format!("stateDiagram-v2\n{}", "state a {\n".repeat(3000)),
            format!("sequenceDiagram\n{}", "loop a\n".repeat(3000)),
            format!("block-beta\n{}", "block\n".repeat(3000)),
            format!("graph LR\n{}", "A --> B\n".repeat(100_000)),
            "\u{0}".repeat(1000),
        ] {
            check(&source, &Cache::default());
        }
    }

    proptest! {
        #[test]
        fn any_text_is_checked_and_places_lie_inside_it(
            kind in prop::sample::select(KINDS.to_vec()), text in "(\\PC|[\\n \\[\\](){}:>;\"-]){0,60}",
        ) {
            let source = format!("{kind}\n{text}");
            if let Some(range) = check(&source, &Cache::default()).and_then(|error| error.range) {
                prop_assert!(source.get(range).is_some());
            }
        }
    }
}
