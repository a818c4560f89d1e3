//! Texts put together for Markdown, and the prefix of the lines of an inner text.

use crate::diag::{FileId, Span};
use crate::markdown::containers;
use crate::markup::marks::{self, Exchange};
use crate::markup::range_map::RangeMap;
use crate::parse::Call;

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
