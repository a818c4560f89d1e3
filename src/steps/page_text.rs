//! The text of a page for its plan: lines of code with the values of the calls in them.

use std::ops::Range;

use spanned_data::{Data, Map};

use super::script::Line;
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Span};
use crate::graph::PageId;
use crate::parse::{Call, Segment};

/// The text of a page, and what gives the calls in it their values.
#[derive(Clone)]
pub(super) struct PageText<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    /// The part behind the front matter.
    pub(super) body: Range<usize>,
    pub(super) segments: &'a [Segment],
    /// Values of `var` calls from the settings.
    pub(super) vars: &'a [(String, String)],
    /// Params of the page and of its language.
    pub(super) params: [&'a Map; 2],
    /// The section whose pages share a session.
    pub(super) shared: Option<PageId>,
    /// The reason why no step of the page runs.
    pub(super) skip: Option<String>,
}

/// Lines of code.
#[derive(Debug, Clone, Default)]
pub(super) struct Text {
    pub(super) lines: Vec<Line>,
    /// The name of a call whose text is known only to a build.
    pub(super) unread: Option<String>,
    /// Variables without a value.
    pub(super) missing: Diagnostics,
}

/// The text that stands for a part of the file.
enum Value {
    Text(String),
    Unread(String),
    Missing(Diagnostic),
}

impl PageText<'_> {
    /// The lines at `ranges` of the file, with the values of calls.
    pub(super) fn lines(&self, ranges: impl IntoIterator<Item = Range<usize>>) -> Text {
        let mut text = Text::default();
        for range in ranges {
            let mut line = String::new();
            let mut at = range.start;
            for (place, value) in self.values(&range) {
                line.push_str(self.text.get(at..place.start).unwrap_or_default());
                match value {
                    Value::Text(value) => line.push_str(&value),
                    Value::Unread(name) => {
                        line.push_str(self.text.get(place.clone()).unwrap_or_default());
                        text.unread = Some(name);
                    }
                    Value::Missing(finding) => text.missing.push(finding),
                }
                at = place.end.max(at);
            }
            line.push_str(self.text.get(at..range.end).unwrap_or_default());
            text.lines.push(Line { text: line, range });
        }
        text
    }

    /// The lines of a part of the file, without line breaks, and without empty ones around them.
    pub(super) fn line_ranges(&self, part: Range<usize>) -> Vec<Range<usize>> {
        let mut at = part.start;
        let mut lines: Vec<Range<usize>> = Vec::new();
        for line in self.text[part].split_inclusive('\n') {
            lines.push(at..at + line.trim_end().len());
            at += line.len();
        }
        let is_blank = |line: &Range<usize>| self.text[line.clone()].trim().is_empty();
        let first = lines
            .iter()
            .position(|line| !is_blank(line))
            .unwrap_or(lines.len());
        lines.drain(..first);
        while lines.last().is_some_and(is_blank) {
            lines.pop();
        }
        lines
    }

    /// The values of the calls in a part of the file, in order.
    fn values(&self, part: &Range<usize>) -> Vec<(Range<usize>, Value)> {
        let mut found = Vec::new();
        self.collect(self.segments, part, &mut found);
        found
    }

    fn collect(&self, segments: &[Segment], part: &Range<usize>, found: &mut Vec<(Range<usize>, Value)>) {
        let starts_in = |span: Span| part.contains(&span.range().start);
        for segment in segments {
            match segment {
                Segment::Escaped { span, text } if starts_in(*span) => {
                    found.push((span.range(), Value::Text(text.clone())));
                }
                Segment::Call(call) if starts_in(call.open_span) => {
                    found.push((call.span.range(), self.value(call)));
                }
                Segment::Call(call) => {
                    if let Some(inner) = &call.inner {
                        self.collect(&inner.segments, part, found);
                    }
                }
                Segment::Text(_) | Segment::Escaped { .. } => {}
            }
        }
    }

    fn value(&self, call: &Call) -> Value {
        let name = call.args.text(&["name"], Some(0)).unwrap_or_default();
        match &*call.name.to_lowercase() {
            "var" => self.variable(name.trim(), call),
            "param" => match self.param(&name) {
                Some(text) => Value::Text(text),
                None => Value::Unread(call.name.clone()),
            },
            _ => Value::Unread(call.name.clone()),
        }
    }

    fn variable(&self, name: &str, call: &Call) -> Value {
        let of_settings = self.vars.iter().find(|(known, _)| known == name);
        let value = of_settings
            .map(|(_, value)| value.clone())
            .or_else(|| call.args.text(&["default"], Some(1)))
            .or_else(|| self.param(&format!("vars.{name}")))
            .filter(|value| !value.is_empty());
        match value {
            Some(value) => Value::Text(value),
            None => {
                let message = format!("the variable `{name}` has no value");
                let help = format!("give it one: `{name} = \"…\"` in `[wsgen.test.vars]`");
                Value::Missing(Diagnostic::error(Code::InvalidStep, call.open_span, message).help(help))
            }
        }
    }

    /// A param as text; of a table its `default`.
    fn param(&self, path: &str) -> Option<String> {
        let value = self.params.iter().find_map(|params| params.get_path(path))?;
        match &value.data {
            Data::Map(map) => map.get("default").map(ToString::to_string),
            _ => Some(value.to_string()),
        }
    }
}
