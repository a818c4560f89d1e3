//! JUnit's XML, which GitLab, Jenkins and others show as tests; and a summary in Markdown.

use std::fmt::Write as _;

use super::Places;
use crate::diag::{Diagnostic, Severity};

/// A failed test for each error and warning, and a skipped one for each note. A site without findings is one test that
/// passes.
pub(super) fn junit(list: &[Diagnostic], places: &mut Places<'_>) -> String {
    let notes = list.iter().filter(|d| d.severity == Severity::Note).count();
    let (tests, failures) = (list.len().max(1), list.len() - notes);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n\
         <testsuite name=\"wsgen\" tests=\"{tests}\" failures=\"{failures}\" skipped=\"{notes}\">\n"
    );
    if list.is_empty() {
        out += "<testcase classname=\"wsgen\" name=\"no findings\"/>\n";
    }
    for d in list {
        let (file, place) = match d.span.map(|span| places.place(span)) {
            Some(place) => (place.shown.clone().into_owned(), place.to_string()),
            None => ("wsgen".to_owned(), "wsgen".to_owned()),
        };
        let help = d
            .help
            .iter()
            .map(|help| format!("\nhelp: {help}"))
            .collect::<String>();
        let (file, name) = (escaped(&file), escaped(&format!("{} {place}", d.name())));
        let (message, text) = (
            escaped(&d.message),
            escaped(&format!("{place}: {}{help}", d.message)),
        );
        let _ = write!(
            out,
            "<testcase classname=\"{file}\" file=\"{file}\" name=\"{name}\">"
        );
        let _ = match d.severity {
            Severity::Note => write!(out, "<skipped message=\"{message}\"/>"),
            severity => write!(
                out,
                "<failure type=\"{}\" message=\"{message}\">{text}</failure>",
                severity.name()
            ),
        };
        out += "</testcase>\n";
    }
    out + "</testsuite>\n</testsuites>\n"
}

/// Text without the signs of XML and the characters that it does not have.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\n' => out += "&#10;",
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// All findings as a table in Markdown.
pub(super) fn summary(list: &[Diagnostic], places: &mut Places<'_>) -> String {
    let mut out = String::from("| severity | finding | place | message |\n|---|---|---|---|\n");
    for d in list {
        let place = d
            .span
            .map(|span| places.place(span).to_string())
            .unwrap_or_default();
        let help = d
            .help
            .iter()
            .map(|help| format!("<br>{}", cell(help)))
            .collect::<String>();
        let _ = writeln!(
            out,
            "| {} | {} | {} | {}{help} |",
            d.severity.name(),
            d.name(),
            cell(&place),
            cell(&d.message)
        );
    }
    out
}

/// Text for a cell: nothing in it is markup.
fn cell(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('|', "\\|").replace('[', "\\[").replace('!', "\\!")
}
