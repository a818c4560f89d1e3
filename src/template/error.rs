//! Errors of templates as values, with Tera's places.

use std::fmt;

use tera::ErrorKind;

use super::assemble::Origins;
use crate::diag::{Code, Diagnostic, Span};

/// A template that cannot be read, or that failed while rendering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// Name of the template, for example `page.html`.
    pub template: String,
    /// Span in a template of the site; `None` for embedded templates and errors without a place.
    pub span: Option<Span>,
    /// Description of the error, one line.
    pub message: String,
}

impl TemplateError {
    pub(super) fn new(template: &str, error: &tera::Error, origins: &Origins) -> Self {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Self {
                template: report.filename().to_owned(),
                span: origins.span(report.filename(), report.span().range.clone()),
                message: report.message().to_owned(),
            },
            ErrorKind::Msg(text) => Self::from_report(template, text, origins),
            other => Self {
                template: template.to_owned(),
                span: None,
                message: one_line(&other.to_string()),
            },
        }
    }

    /// Reads the error from a report. Tera reports unknown filters, functions, components and blocks as a text that
    /// names the place in its second line: `--> page.html:3:7`.
    fn from_report(template: &str, report: &str, origins: &Origins) -> Self {
        let mut lines = report.lines();
        let message = lines
            .next()
            .unwrap_or_default()
            .trim_start_matches("error: ")
            .to_owned();
        let place = lines
            .next()
            .and_then(|line| line.trim_start().strip_prefix("--> "))
            .and_then(parse_place);
        match place {
            Some((name, line, column)) => Self {
                template: name.to_owned(),
                span: origins.span_at(name, line, column),
                message,
            },
            None => Self {
                template: template.to_owned(),
                span: None,
                message: one_line(report),
            },
        }
    }

    pub(super) fn unknown(template: &str) -> Self {
        Self::plain(template, &format!("there is no template `{template}`"))
    }

    /// An error without a place.
    pub(crate) fn plain(template: &str, message: &str) -> Self {
        Self {
            template: template.to_owned(),
            span: None,
            message: message.to_owned(),
        }
    }

    /// The finding for this error.
    pub fn diagnostic(&self, code: Code) -> Diagnostic {
        Diagnostic::error(code, self.span, self.to_string())
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "template `{}`: {}", self.template, self.message)
    }
}

impl std::error::Error for TemplateError {}

fn parse_place(place: &str) -> Option<(&str, usize, usize)> {
    let (rest, column) = place.rsplit_once(':')?;
    let (name, line) = rest.rsplit_once(':')?;
    Some((name, line.parse().ok()?, column.parse().ok()?))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
