//! Texts put together for Markdown, and the prefix of the lines of an inner text.

use crate::diag::{FileId, Span};
use crate::markdown::{containers, goes_on};
use crate::markup::marks::{self, Exchange};
use crate::markup::range_map::RangeMap;
use crate::parse::lines::fence;
use crate::parse::shortcode::holds_code;
use crate::parse::{Call, Segment};

/// A text for Markdown with the entries of its marks.
#[derive(Default)]
pub(crate) struct Expansion {
    /// The expanded text.
    pub(crate) text: String,
    /// Its source positions.
    pub(crate) map: RangeMap,
    /// The entries of its marks.
    pub(crate) table: Vec<Exchange>,
}

impl Expansion {
    /// Adds text of a file as it is.
    pub(super) fn copy(&mut self, file: FileId, from: usize, text: &str) {
        if !text.is_empty() {
            self.map.copied(self.text.len(), file, from);
            self.text.push_str(text);
        }
    }

    /// Adds text made by the source at `span`.
    pub(super) fn insert(&mut self, span: Span, text: &str) {
        if !text.is_empty() {
            self.map.inserted(self.text.len(), span);
            self.text.push_str(text);
        }
    }

    /// Adds text with marks of its own, which get new numbers here.
    pub(super) fn insert_source(&mut self, span: Span, text: &str, table: Vec<Exchange>) {
        let first = self.table.len();
        if first + table.len() >= marks::MAX || !marks::has_mark(text) {
            self.insert(span, &marks::exchange_text(text, &table));
            return;
        }
        let text = marks::renumbered(text, first, table.len());
        self.table.extend(table);
        self.insert(span, &text);
    }

    pub(super) fn mark(&mut self, span: Span, exchange: Exchange, alone: bool) {
        if self.table.len() >= marks::MAX {
            self.insert(span, &exchange.text);
            return;
        }
        let mark = marks::mark(self.table.len());
        self.table.push(exchange);
        if alone {
            self.insert(span, &marks::block(mark));
        } else {
            self.insert(span, mark.encode_utf8(&mut [0; 4]));
        }
    }

    /// Returns true if the line so far only opens containers: white space, quote signs, a list marker.
    pub(super) fn at_line_start(&self) -> bool {
        let line = self.text.rsplit('\n').next().unwrap_or_default();
        containers(line) == line.len()
    }
}

/// White space and quote signs that begin the lines of an inner text and are not part of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Prefix(String);

impl Prefix {
    /// The prefix of the line on which a call begins.
    pub(crate) fn of(text: &str, call: &Call) -> Self {
        let before = text.get(..call.open_span.start as usize).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        Self(line[..containers(line)].to_owned())
    }

    /// The prefix of the lines of `segments`, which stand in a call: quote signs as before the call, and of the
    /// indentation as much as all lines share, but those between fences and those that go on lazily with a paragraph. More
    /// would flatten lists in it.
    pub(crate) fn of_inner(text: &str, call: &Call, segments: &[Segment]) -> Self {
        let mut prefix = Self::of(text, call);
        if prefix.is_empty() {
            return prefix;
        }
        let quotes = prefix.0.rfind('>').map_or(0, |at| at + 1);
        let all_count = holds_code(&call.name, &call.args);
        let (mut before, mut in_code) = ("", false);
        for line in lines_of(text, segments) {
            let len = prefix.len_in(line);
            let rest = &line[len..];
            let is_lazy = goes_on(before) && goes_on(line);
            if all_count || !(in_code || is_lazy) {
                let shared = prefix.0.chars().take(line[..len].chars().count());
                let shared: usize = shared.map(char::len_utf8).sum();
                prefix.0.truncate(shared.max(quotes).min(prefix.0.len()));
            }
            in_code ^= fence(rest.trim_start()).is_some();
            before = rest;
        }
        prefix
    }

    /// Returns true when the lines begin with nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The beginning of a further line in the same list item and the same quote.
    pub(crate) fn continued(&self) -> String {
        let further = |c: char| if c == '>' || c.is_whitespace() { c } else { ' ' };
        self.0.chars().map(further).collect()
    }

    /// Number of bytes of a line that belong to the prefix.
    pub(super) fn len_in(&self, line: &str) -> usize {
        let mut rest = line.chars();
        let mut len = 0;
        for expected in self.0.chars() {
            match rest.next() {
                Some('>') if expected == '>' => len += 1,
                Some(c @ (' ' | '\t')) if expected != '>' => len += c.len_utf8(),
                _ => break,
            }
        }
        len
    }
}

/// The lines of an inner text that are not blank and begin in it. One that is blank before a call is not: the call is on
/// it.
fn lines_of<'t>(text: &'t str, segments: &'t [Segment]) -> impl Iterator<Item = &'t str> {
    let pieces = segments.iter().enumerate();
    pieces.flat_map(move |(at, segment)| {
        let span = match segment {
            Segment::Text(span) => span.range(),
            _ => 0..0,
        };
        let before = text.get(..span.start).unwrap_or_default();
        let is_rest = !(before.is_empty() || before.ends_with('\n'));
        let is_last = at + 1 == segments.len();
        let mut lines = text.get(span).unwrap_or_default().split('\n').peekable();
        if is_rest {
            lines.next();
        }
        std::iter::from_fn(move || {
            let line = lines.next()?;
            Some((line, lines.peek().is_none() && !is_last))
        })
        .filter(|(line, begins_call)| *begins_call || !line.trim().is_empty())
        .map(|(line, _)| line)
    })
}
