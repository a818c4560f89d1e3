//! Formats that programs read.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::Serialize;

use super::{Place, Places, inert};
use crate::diag::{Diagnostic, Kind, Severity, Span};

/// One line for each finding: `path:line:column: severity[code]: message`.
pub(super) fn short(list: &[Diagnostic], places: &mut Places<'_>) -> String {
    let mut out = String::new();
    for d in list {
        if let Some(span) = d.span {
            let _ = write!(out, "{}: ", places.place(span));
        }
        let _ = writeln!(
            out,
            "{}[{}]: {}",
            d.severity.name(),
            d.name(),
            one_line(&d.message)
        );
    }
    out
}

/// A message on one line.
fn one_line(message: &str) -> String {
    let lines: Vec<_> = message.lines().map(|line| inert::line(line.trim())).collect();
    lines.join(" ")
}

/// A finding in [`Format::Json`](super::Format::Json).
#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    severity: &'static str,
    code: &'static str,
    kind: Option<&'static str>,
    message: &'a str,
    #[serde(flatten)]
    place: Option<JsonPlace<'a>>,
    help: Option<&'a str>,
    labels: Vec<JsonLabel<'a>>,
    fix: Vec<JsonEdit<'a>>,
}

/// A change that mends the finding: the text that takes the place of another.
#[derive(Serialize)]
struct JsonEdit<'a> {
    text: &'a str,
    #[serde(flatten)]
    place: JsonPlace<'a>,
}

#[derive(Serialize)]
struct JsonLabel<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: JsonPlace<'a>,
}

/// A place. Lines and columns count from 1, columns in characters; `end_column` is one past the last character. `start`
/// and `end` are bytes of the file, from 0.
#[derive(Serialize)]
struct JsonPlace<'a> {
    file: &'a str,
    path: Cow<'a, str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    start: u32,
    end: u32,
}

/// A JSON array, one object on each line.
pub(super) fn json(list: &[Diagnostic], places: &mut Places<'_>) -> String {
    let objects: Vec<String> = list.iter().map(|d| json_object(d, places)).collect();
    if objects.is_empty() {
        "[]\n".to_owned()
    } else {
        format!("[\n{}\n]\n", objects.join(",\n"))
    }
}

fn json_object(d: &Diagnostic, places: &mut Places<'_>) -> String {
    let labels = d
        .labels
        .iter()
        .map(|l| JsonLabel {
            message: &l.text,
            place: json_place(l.span, places),
        })
        .collect();
    let fix = d
        .fix
        .iter()
        .map(|edit| JsonEdit {
            text: &edit.text,
            place: json_place(edit.span, places),
        })
        .collect();
    let object = JsonDiagnostic {
        severity: d.severity.name(),
        code: d.code.name(),
        kind: d.kind.map(Kind::name),
        message: &d.message,
        place: d.span.map(|span| json_place(span, places)),
        help: d.help.as_deref(),
        labels,
        fix,
    };
    // Only texts hold the character, and build servers act on two of them even here.
    let text = serde_json::to_string(&object).unwrap_or_default();
    text.replace("##", "#\\u0023")
}

fn json_place<'a>(span: Span, places: &mut Places<'a>) -> JsonPlace<'a> {
    let Place { path, shown, lines } = places.place(span);
    let (start, end) = places.bytes(span);
    JsonPlace {
        file: path,
        path: shown,
        line: lines.map(|(start, _)| start.line),
        column: lines.map(|(start, _)| start.column),
        end_line: lines.map(|(_, end)| end.line),
        end_column: lines.map(|(_, end)| end.column),
        start,
        end,
    }
}

/// Workflow commands: `::error file=a.md,line=3,col=7,endLine=3,endColumn=9,title=broken-ref::message`.
pub(super) fn github(list: &[Diagnostic], places: &mut Places<'_>) -> String {
    let mut out = String::new();
    for d in list {
        let command = match d.severity {
            Severity::Note => "notice",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let place = d
            .span
            .map(|span| github_place(&places.place(span)))
            .unwrap_or_default();
        let title = escape_property(d.name());
        let _ = writeln!(
            out,
            "::{command} {place}title={title}::{}",
            escape_data(&with_help(d))
        );
    }
    out
}

fn github_place(place: &Place<'_>) -> String {
    let mut out = format!("file={},", escape_property(&place.shown));
    if let Some((start, end)) = place.lines {
        let _ = write!(
            out,
            "line={},col={},endLine={},",
            start.line, start.column, end.line
        );
        // GitHub refuses columns over several lines.
        if start.line == end.line {
            let _ = write!(out, "endColumn={},", end.column);
        }
    }
    out
}

fn with_help(d: &Diagnostic) -> String {
    match &d.help {
        Some(help) => format!("{}\nhelp: {help}", d.message),
        None => d.message.clone(),
    }
}

/// Escapes the text behind `::`.
fn escape_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the text behind `=`.
fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}
